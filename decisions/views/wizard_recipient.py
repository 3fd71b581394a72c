"""The page of a recipient: filling in whom one knows, and what to check first (R6, R40, R41)."""

from decisions import typed
from decisions.care import BY_EMAIL
from decisions.facts import Material
from infosharing.journeys.steps import Typed

FILL = "fill"
FIELDS = {
    "name": "name",
    "organisation": "organisation",
    "method": "method",
    "address": "address",
    "address_source": "source",
}


def filled_in(
    material: Material, page: str, index: int, typed_now: Typed, *, asked: bool
) -> dict[str, list[str]] | None:
    """Return what was typed with what is known of whoever was chosen; None to leave it.

    Filled in when ``asked`` by its button, or when somebody was chosen and no name typed. What
    was typed since the page was last saved is left alone.
    """
    before = material.pages.get((page, index), typed.NOTHING)
    wanted = typed.text(typed_now, "contact")
    known = next((one for one in material.offered if one.key == wanted), None)
    same = wanted == typed.text(before, "contact")
    named = typed.text(typed_now, "name")
    if page != "recipient" or known is None or (named and (same or not asked)):
        return None
    filled = {name: list(values) for name, values in typed_now.items()}
    for name, known_as in FIELDS.items():
        now = typed.text(typed_now, name)
        value: str = getattr(known, known_as)
        if (not now or now == typed.text(before, name)) and (value or name != "method"):
            filled[name] = [value]
    return filled


def recipient_warnings(material: Material, page: str, index: int) -> list[str]:
    """Return what to check before somebody gets it: above all when it is whoever asked."""
    request = material.request
    found = material.pages.get((page, index), typed.NOTHING)
    name = typed.text(found, "name") or ""
    if page != "recipient":
        return []
    warnings = [*filter(None, [other_address(material, found)])]
    if not request.received or name.casefold() != request.requester_name.strip().casefold():
        return warnings
    if request.identity != "verified":
        warnings.append(
            "This is whoever asked, and nobody has made sure that they are who they say. Check "
            "that first."
        )
    address = typed.text(found, "address") or ""
    given = request.requester_contact.strip()
    find = "Find one yourself, such as on their organisation’s website, and say below where."
    if given and not address:
        warnings.append(
            f"When they asked they gave “{given}”. It is not filled in, because it came from "
            f"them. {find}"
        )
    elif given and _same(address, given) and not typed.text(found, "address_source"):
        warnings.append(f"This address or number came from whoever asked. {find}")
    return warnings


def other_address(material: Material, found: Typed) -> str:
    """Return that the contacts hold another address or number for them; "" where they do not.

    ``found`` is what was typed about one recipient. Only what was found independently is in the
    contacts (R6), and only what fits the way it is sent is compared.
    """
    name, address = typed.text(found, "name"), typed.text(found, "address")
    method = typed.text(found, "method")
    if not name or not address:
        return ""
    known = [
        one
        for one in material.offered
        if one.address
        and one.name.casefold() == name.casefold()
        and (one.method == method or (not one.method and method in BY_EMAIL and "@" in one.address))
    ]
    if not known or any(_same(one.address, address) for one in known):
        return ""
    return (
        f"Your contacts have “{known[0].address}” for {known[0].name} ({known[0].source}). This is "
        "another. Check it before anything is sent, and say below where you found it."
    )


def _same(address: str, given: str) -> bool:
    """Whether two addresses or numbers are one, however they are spaced."""
    return "".join(address.split()).casefold() == "".join(given.split()).casefold()
