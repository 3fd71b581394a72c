"""Who is offered as a recipient: whoever asked, and the school's contacts (R40)."""

from dataclasses import dataclass

from decisions.models import Request
from infosharing.cases.enums import ContactKind
from infosharing.cases.queries import current_details
from infosharing.guidance.codes import codes_of
from infosharing.guidance.pack import Pack
from infosharing.journeys.templatetags.british import british_date

REQUESTER = "requester"
_METHODS = {ContactKind.TELEPHONE: "telephone", ContactKind.POST: "recorded_post"}
_METHODS |= {ContactKind.FAX: "fax", ContactKind.PORTAL: "secure_portal"}


@dataclass(frozen=True)
class Offered:
    """Somebody offered as a recipient: what filling in the page would type.

    ``method`` is blank where a number or address may serve several ways.
    """

    key: str
    words: str
    name: str
    organisation: str
    method: str = ""
    address: str = ""
    source: str = ""


def offered(request: Request, pack: Pack, organisation_id: int) -> list[Offered]:
    """Return who can be chosen as a recipient: whoever asked, then the contacts; one query.

    Of whoever asked the name only: an address that they gave themselves was not found
    independently, whoever they turned out to be (R6).
    """
    methods = codes_of(pack.methods)
    found = []
    if request.received and request.requester_name:
        found.append(
            Offered(
                key=REQUESTER,
                words=f"{request.requester_name}, who asked: the name, not the address they gave",
                name=request.requester_name,
                organisation=request.requester_organisation,
            )
        )
    for detail in current_details(organisation_id):
        contact = detail.contact
        method = _METHODS.get(ContactKind(detail.kind), "")
        who = ", ".join(filter(None, (contact.name, contact.role, contact.agency)))
        found.append(
            Offered(
                key=detail.public_id,
                words=f"{who}: {detail.value}",
                name=contact.name,
                organisation=", ".join(filter(None, (contact.role, contact.agency))),
                method=method if method in methods else "",
                address=detail.value,
                source=f"{detail.source}, found on {british_date(detail.found_on)} by "
                f"{detail.found_by}",
            )
        )
    return found
