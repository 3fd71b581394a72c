"""Whether what is typed as an address can be one, for the way it is sent (R41)."""

from email.utils import parseaddr

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from decisions.care import BY_EMAIL

_check = EmailValidator()
NO_EMAIL = (
    "This is not an e-mail address, such as name@council.example. Check it, or choose another way"
)


def is_email(words: str) -> bool:
    """Return whether words are one e-mail address, with or without a name beside it."""
    try:
        _check(parseaddr(words)[1])
    except ValidationError:
        return False
    return True


def refuse_no_address(form: forms.Form) -> None:
    """Put an error beside ``address`` where ``method`` needs an e-mail address and this is none.

    Nothing typed is no error: it may not be known yet. Of a form that is being cleaned.
    """
    typed = form.cleaned_data.get("address") or ""
    if form.cleaned_data.get("method") in BY_EMAIL and typed and not is_email(typed):
        form.add_error("address", NO_EMAIL)
