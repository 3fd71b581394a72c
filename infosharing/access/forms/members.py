"""Forms about members, invitations and roles."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator

from infosharing.access.forms.passwords import DIFFERENT, LENGTH_HINT
from infosharing.accounts.models import User
from infosharing.accounts.roles import DESCRIPTIONS, Role
from infosharing.journeys.forms import BritishDateField, NameField, PlainForm, RadioField, TextField

_ROLE_HINTS = {str(role): words for role, words in DESCRIPTIONS.items()}
_EMAIL_HELP = "Enter an e-mail address such as name@example.org"


def _email_field(label: str, **kwargs: Any) -> TextField:
    field = TextField(
        label=label, max_length=254, validators=[EmailValidator(_EMAIL_HELP)], **kwargs
    )
    field.widget.input_type = "email"
    field.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
    return field


def _role_field() -> RadioField:
    return RadioField(label="Role", choices=Role.choices, hints=_ROLE_HINTS)


def _password_field(label: str, wanted: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": wanted},
    )


class InviteForm(PlainForm):
    """Who is invited, and to which role."""

    name = NameField(
        label="Full name",
        help_text="As it should stand beside what they do.",
        max_length=200,
    )
    email = _email_field(
        "E-mail address",
        help_text="Where the link is to go: by e-mail where this service sends any, else by your "
        "own hand.",
    )
    role = _role_field()


class GiveRoleForm(PlainForm):
    """Who gets a further role, from when and until when."""

    member = forms.ChoiceField(label="Who", required=False)
    email = _email_field(
        "Or the e-mail address of somebody from another school or service",
        help_text="They must have an account already.",
        required=False,
    )
    role = _role_field()
    starts_on = BritishDateField(
        label="First day", help_text="For example 27 3 2026. It may lie ahead."
    )
    ends_on = BritishDateField(
        label="Last day, if it is known", help_text="Leave it empty if it is not.", required=False
    )

    def __init__(
        self, data: Any = None, *args: Any, members: Sequence[User] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        member = self.fields["member"]
        member.widget = forms.Select()
        member.choices = [  # type: ignore[attr-defined]
            (user.public_id, f"{user.name} ({user.username})") for user in members
        ]

    def clean(self) -> None:
        """Ask for one person, and compare the two days."""
        member, email = self.cleaned_data.get("member"), self.cleaned_data.get("email")
        if member and email:
            self.add_error("email", "Choose somebody above or enter an e-mail address, not both")
        elif not member and not email and not {"member", "email"} & self.errors.keys():
            self.add_error("member", "Choose who gets the role")
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day is before the first day")


class EndRoleForm(PlainForm):
    """When a role ends."""

    reveals: ClassVar = {"when": {"later": ("ends_on",)}}

    when = RadioField(
        label="When does the role end?",
        choices=[
            ("now", "Now"),
            ("today", "At the end of today"),
            ("later", "At the end of another day"),
        ],
        hints={"now": "From their next click on, it no longer holds."},
    )
    ends_on = BritishDateField(label="Last day", help_text="For example 27 3 2026.")

    def __init__(self, data: Any = None, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today

    def clean_ends_on(self) -> date | None:
        """Refuse a day that has gone: what was done in the role then was done in it."""
        found: date | None = self.cleaned_data["ends_on"]
        if found and found < self.today:
            raise ValidationError("This day has gone. Choose “Now” to end the role at once")
        return found


class ChecklistForm(PlainForm):
    """Which checklist the organisation follows."""

    pack = RadioField(label="Checklist", choices=[])

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        packs: Sequence[tuple[str, str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        field = self.fields["pack"]
        field.choices = [(code, title) for code, title, _about in packs]  # type: ignore[attr-defined]
        field.widget.hints = {code: about for code, _title, about in packs}


class AcceptForm(PlainForm):
    """The user name and password of somebody who was invited."""

    username = TextField(
        label="Choose a user name",
        help_text="Letters and numbers, for example jsmith. You sign in with it, or with your "
        "e-mail address.",
        max_length=150,
        width=20,
        error_messages={"required": "Choose a user name"},
        validators=[
            RegexValidator(r"^[\w.+-]+\Z", "Use letters, numbers and . + - _ only, without spaces")
        ],
    )
    password = _password_field("Choose a password", "Choose a password", LENGTH_HINT)
    again = _password_field("The password again", "Type the password again")

    def __init__(self, data: Any = None, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.user = user
        self.fields["username"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }

    def clean_username(self) -> str:
        """Keep one way of writing it, so that it is found however it is typed."""
        return unicodedata.normalize("NFKC", str(self.cleaned_data["username"])).lower()

    def clean(self) -> None:
        """Check the password against the rules and what is known of the person."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password:
            self.user.username = self.cleaned_data.get("username", "")
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        if password and again and password != again:
            self.add_error("again", DIFFERENT)
