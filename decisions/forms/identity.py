"""How it was checked who asks, and whether they may have what they ask for (R6)."""

from collections.abc import Mapping
from typing import Any

from decisions.domain.requesting import Identity
from decisions.enums import Entitled, IdentityHow
from infosharing.guidance import codes
from infosharing.journeys.forms import LongTextField, PlainForm, RadioField, TextField


class IdentityForm(PlainForm):
    """How it was found out who asks, and whether they may have what they ask for (R6)."""

    identity = RadioField(
        label="Are they who they say they are?",
        choices=codes.IDENTITIES,
        error_messages={"required": "Say whether they are who they say they are"},
    )
    identity_how = RadioField(
        label="How did you check?",
        choices=IdentityHow.choices,
        required=False,
    )
    call_back_source = TextField(
        label="Where did the number you rang back come from?",
        max_length=300,
        required=False,
        help_text="For example: the council’s own website, or our contact list. A number the "
        "caller gave you proves nothing.",
    )
    identity_note = LongTextField(
        label="What did you check, and what did you find?",
        rows=3,
        required=False,
    )
    entitled = RadioField(
        label="May they have what they ask for?",
        choices=Entitled.choices,
        required=False,
        help_text="Being who they say is not enough: their job must need it, or the law give "
        "them a right to it.",
    )
    entitlement = LongTextField(
        label="Why, or why not?",
        rows=3,
        required=False,
        help_text="For example: she is the child’s allocated social worker.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        telephone: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.telephone = telephone

    def clean(self) -> dict[str, Any]:
        """Ask how, and for a call-back its number, once somebody has been checked."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        identity, how = found.get("identity"), found.get("identity_how")
        if identity in ("verified", "failed") and not how and "identity_how" not in self.errors:
            self.add_error("identity_how", "Say how you checked")
        if identity == "failed" and not found.get("identity_note"):
            self.add_error("identity_note", "Say what you checked and what you found")
        rung_back = how == IdentityHow.CALLED_BACK or (self.telephone and identity == "verified")
        missing = identity == "verified" and rung_back and not found.get("call_back_source")
        if missing and "call_back_source" not in self.errors:
            self.add_error(
                "call_back_source",
                "Say where the number came from: a caller is rung back before they are told "
                "anything",
            )
        if identity == "verified" and not found.get("entitled") and "entitled" not in self.errors:
            self.add_error("entitled", "Say whether they may have it, or that it is not known yet")
        answered = found.get("entitled") in (Entitled.YES, Entitled.NO)
        if answered and not found.get("entitlement") and "entitlement" not in self.errors:
            self.add_error("entitlement", "Say why they may have it, or why not")
        return found

    def checked(self) -> Identity:
        """Return what was found out; of a valid form."""
        data = self.cleaned_data
        return Identity(
            identity=data["identity"],
            identity_how=data["identity_how"],
            identity_note=data["identity_note"],
            call_back_source=data["call_back_source"],
            entitled=data["entitled"],
            entitlement=data["entitlement"],
        )
