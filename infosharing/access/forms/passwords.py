"""django-allauth's forms in the product's words."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest

from infosharing.access.backends import user_called
from infosharing.journeys.forms import PlainWords
from infosharing.journeys.forms.texts import readable_data

LENGTH_HINT = (
    "At least 12 characters. Three words that have nothing to do with each other are easy to "
    "remember and hard to guess."
)
DIFFERENT = "Type the same password in both boxes"


class OurWords(PlainWords, forms.Form):
    """Our words, and text made readable, so that a password is the same from every keyboard."""

    labels: Mapping[str, tuple[str, str]] = {}

    def __init__(self, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        if kwargs.get("data") is not None:
            kwargs["data"] = readable_data(kwargs["data"])[0]
        super().__init__(**kwargs)
        for name, (label, hint) in self.labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint


class SignInForm(OurWords, allauth_forms.LoginForm):
    """User name or e-mail address, and password."""

    labels = {"login": ("User name or e-mail address", ""), "password": ("Password", "")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }

    def user_credentials(self) -> dict[str, Any]:
        """Return one name whatever it is: a user name or an e-mail address."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def clean(self) -> Any:
        """Check name and password in our words; every failure has the same ones."""
        try:
            return super().clean()  # type: ignore[no-untyped-call]
        except forms.ValidationError as error:
            if error.code == "too_many_login_attempts":
                words = "There were too many tries. Wait five minutes, then try again."
            else:
                words = "The user name or the password is not right. Check both and try again."
            raise forms.ValidationError(words, code=error.code) from error


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    """The password one has, and a new one twice."""

    labels = {
        "oldpassword": ("The password you have now", ""),
        "password1": ("New password", ""),  # the page says above how long it has to be
        "password2": ("The new password again", ""),
    }

    def clean_oldpassword(self) -> str:
        """Check the password one has, in our words."""
        try:
            return str(super().clean_oldpassword())
        except forms.ValidationError as error:
            raise forms.ValidationError("This is not your password now") from error


class ChoosePasswordForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    """A new password twice."""

    labels = {
        "password1": ("New password", LENGTH_HINT),
        "password2": ("The new password again", ""),
    }


class AskForLinkForm(OurWords, allauth_forms.ResetPasswordForm):
    """The e-mail address of an account. Nothing it does or says tells whether there is one."""

    labels = {"email": ("E-mail address", "")}

    def clean_email(self) -> str:
        """Find whose address it is."""
        email = str(self.cleaned_data["email"]).lower()
        found = user_called(email)
        self.users = [found] if found and found.is_active and found.email.lower() == email else []
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link; to an address without an account, a letter that says so."""
        email = str(self.cleaned_data["email"])
        if self.users:
            return str(super().save(request, **kwargs))
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email
