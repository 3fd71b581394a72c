"""The sheet of what goes to one recipient: what is sent, whole or with parts taken out."""

from dataclasses import dataclass

from decisions.enums import Handling
from decisions.models import Decision, Item, Recipient, SignedVersion
from infosharing.guidance import codes

ATTACHED = "Attached, with parts taken out."


@dataclass(frozen=True)
class Piece:
    """One item as the recipient reads it."""

    words: str
    about: str
    nature: str
    when: str


@dataclass(frozen=True)
class Sheet:
    """Everything that is on the sheet, and nothing else of the record."""

    reference: str
    organisation: str
    name: str
    recipient_organisation: str
    intended_use: str
    signed_by: str
    pieces: list[Piece]


def sendable(version: SignedVersion) -> list[Item]:
    """Return the items that may go out, in order: never one that is held back; two queries."""
    rows = version.items.filter(handling__in=[Handling.SHARE, Handling.REDACT])
    return list(
        rows.only("version", "number", "what", "nature", "handling", "as_sent", "history_when")
        .prefetch_related("about")
        .order_by("number")
    )


def words_sent(item: Item) -> str:
    """Return the words of an item as they go out.

    Of one with parts taken out only the words it was given for that; what it was called in the
    record may hold the very parts, so without them a copy is to be attached.
    """
    if item.handling == Handling.REDACT:
        return item.as_sent or ATTACHED
    return item.what


def sheet(decision: Decision, version: SignedVersion, recipient: Recipient) -> Sheet:
    """Return what goes to one recipient."""
    return Sheet(
        reference=decision.spoken_reference,
        organisation=decision.organisation.name,
        name=recipient.name,
        recipient_organisation=recipient.organisation,
        intended_use=recipient.intended_use,
        signed_by=version.signed_by.name,
        pieces=[
            Piece(
                words=words_sent(item),
                about=", ".join(person.name for person in item.about.all()),
                nature=codes.words_of(codes.NATURES, item.nature) if item.nature else "",
                when=item.history_when,
            )
            for item in sendable(version)
        ],
    )
