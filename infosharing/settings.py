"""All settings in one file; the environment is read through ``env.py`` only."""

import os
from pathlib import Path

from infosharing import env

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.mode()
PRODUCTION = MODE == env.PRODUCTION
DEMONSTRATION = not PRODUCTION
# Until when a recipient is to say that something arrived, in working days (R44).
RECEIPT_WORKING_DAYS = 2
if PRODUCTION:
    env.refuse_debug()
DATA_DIR = env.data_folder(BASE_DIR)

DEBUG = False
SECRET_KEY = env.secret_key(DATA_DIR, production=PRODUCTION)
ALLOWED_HOSTS = env.allowed_hosts(production=PRODUCTION)
# Links in invitations and e-mails start with this, never with what a request calls its host (W4).
PUBLIC_URL = env.public_url(production=PRODUCTION)
DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "infosharing.accounts",
    # Before simple_history: it refuses the commands of that package which change history.
    "infosharing.audit",
    "simple_history",
    "infosharing.search",
    "infosharing.cases",
    "infosharing.access",
    "infosharing.journeys",
    "consent",
    "decisions",
    "infosharing.casefile",
    # Models that only the tests of the log's guard use; empty outside of them.
    *filter(None, os.environ.get("INFOSHARING_TEST_APPS", "").split(",")),
]

MIDDLEWARE = [
    "infosharing.access.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "infosharing.access.middleware.ResponseHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "infosharing.access.middleware.SessionLimitsMiddleware",
    "infosharing.access.sender.SenderMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "infosharing.access.middleware.DeclaredAccessMiddleware",
    "infosharing.access.once.OnceMiddleware",
]

ROOT_URLCONF = "infosharing.urls"
WSGI_APPLICATION = "infosharing.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "infosharing.casefile.context.surroundings",
            ],
            "builtins": [
                "infosharing.journeys.templatetags.british",
                "infosharing.access.templatetags.posting",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["isd"]
CRISPY_TEMPLATE_PACK = "isd"
CRISPY_FAIL_SILENTLY = False

# Sign-in: django-allauth, user name or e-mail address, Argon2id, 12 characters or more (S2, S4).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["infosharing.access.backends.OneLookupBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "casefile:home"
ACCOUNT_ADAPTER = "infosharing.access.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = "infosharing.accounts.models.display_name"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "infosharing.access.forms.passwords.SignInForm",
    "change_password": "infosharing.access.forms.passwords.ChangePasswordForm",
    "reset_password": "infosharing.access.forms.passwords.AskForLinkForm",
    "reset_password_from_key": "infosharing.access.forms.passwords.ChoosePasswordForm",
}
# Failures are counted by account and device or address, never by account alone, so nobody can
# lock another out (S2); see infosharing/access/sign_in.py. Beside that, the browsers of one
# address that an account does not know share their tries.
SIGN_INS_OF_STRANGERS = "60/5m/ip"
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "change_password": "10/m/user",
    "reset_password": "20/m/ip,5/5m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "signup": "1/d/ip",
    "manage_email": "1/d/user",
    "confirm_email": "1/d/key",
}
# Without EMAIL_URL nothing is sent: links are handed over by the administrator. Printing them
# would put secrets into the log.
SENDS_EMAIL = bool(env.env.str("EMAIL_URL", default=""))
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 3
if SENDS_EMAIL:
    vars().update(env.env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.env.str("DEFAULT_FROM_EMAIL", default="infosharing@localhost")

# Counters of failed sign-ins are shared by all workers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_counters",
        # Above what anybody can fill in five minutes: a full table would forget counters.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sessions end after half an hour without a request, and after ten hours in any case.
SESSION_COOKIE_AGE = 30 * 60
SESSION_ABSOLUTE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "infosharing_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "infosharing_csrf"
CSRF_FAILURE_VIEW = "infosharing.access.errors.csrf_failure"
DEVICE_COOKIE_NAME = "__Host-device" if PRODUCTION else "infosharing_device"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 63072000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION and env.env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The last address in X-Forwarded-For is the one that this proxy saw; no other is believed.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# The user and the reason of a history row come from the act; see infosharing/audit/history.py.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Documents: outside of what any web server serves, for the service's owner only. What is larger
# is read to its end, so that the form can be shown again, and not kept.
DOCUMENTS_DIR = DATA_DIR / "documents"
DOCUMENT_MAX_BYTES = env.document_megabytes() * 1024 * 1024
# PDFs made in the background, and pages kept for the next one; after so many days a PDF goes.
EXPORTS_DIR = DATA_DIR / "exports"
EXPORT_DAYS = 7
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["infosharing.journeys.uploads.LimitedUploadHandler"]

# The application log holds no form data, no addresses and no names (W5).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "infosharing.logs.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "infosharing": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "weasyprint": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "fontTools": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
