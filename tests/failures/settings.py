"""The product's settings for a server that is made to fail on purpose.

What differs from ``bin/serve``: pages need no collected static files, SQLite's file may grow to a
certain size only (``FAILING_MOST_PAGES``), and the server stops where ``tests.failures.pausing``
is told to, so that it can be killed exactly there.
"""

import os

from infosharing.settings import *  # noqa: F403 all of them, under their own names
from infosharing.settings import DATABASES, MIDDLEWARE, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
MIDDLEWARE.insert(0, "tests.failures.pausing.PausingMiddleware")
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        f" PRAGMA max_page_count={int(os.environ['FAILING_MOST_PAGES'])};"
    )
