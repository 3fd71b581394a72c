"""Contacts: people of other agencies, their numbers and where these were found (R41)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from infosharing.accounts.models import Organisation, User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.enums import ContactKind
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Contact, ContactDetail
from infosharing.cases.permissions import check_user_can_keep_contacts


class UnableToKeep(Exception):
    """A contact cannot be kept like this; the message says why."""


@dataclass(frozen=True)
class Found:
    """A number or an address, and where it was found independently of whoever asked."""

    kind: ContactKind
    value: str
    source: str
    found_on: date
    found_by: str


def _add(contact: Contact, found: Found, by: User, at: datetime) -> ContactDetail:
    if not found.value.strip() or not found.source.strip() or not found.found_by.strip():
        raise UnableToKeep("Say what it is, where it was found and who found it.")
    if found.found_on > localdate(at):
        raise UnableToKeep("This day has not come yet.")
    return ContactDetail.objects.create(
        contact=contact,
        kind=found.kind,
        value=found.value,
        source=found.source,
        found_on=found.found_on,
        found_by=found.found_by,
        added_by=by,
        added_at=at,
    )


@act
def add_contact(
    *,
    organisation: Organisation,
    name: str,
    role: str,
    agency: str,
    found: Found,
    by: User,
    at: datetime,
) -> Contact:
    """Add a contact with the first number or address.

    :raises UnableToKeep: without a name, or for a number without where it was found.
    :raises PermissionDenied: for somebody who records nothing there.
    """
    check_user_can_keep_contacts(by, organisation.pk)
    if not name.strip():
        raise UnableToKeep("Say who it is.")
    contact = Contact.objects.create(
        organisation=organisation, name=name, role=role, agency=agency, added_by=by, added_at=at
    )
    _add(contact, found, by, at)
    record(CaseEvent.CONTACT_ADDED, by=by, at=at, organisation=organisation, about=contact)
    return contact


@act
def change_contact(
    *,
    contact: Contact,
    name: str,
    role: str,
    agency: str,
    used: bool,
    reason: str,
    by: User,
    at: datetime,
) -> Contact:
    """Correct a contact, or say that it is no longer used; what stood there stays in history.

    :raises UnableToKeep: without a name or a reason.
    :raises PermissionDenied: for somebody who records nothing there.
    """
    check_user_can_keep_contacts(by, contact.organisation_id)
    if not name.strip() or not reason.strip():
        raise UnableToKeep("Say who it is, and why you change it.")
    contact.name, contact.role, contact.agency = name, role, agency
    contact.ended_at = None if used else contact.ended_at or at
    contact.save()
    record(
        CaseEvent.CONTACT_CHANGED,
        by=by,
        at=at,
        organisation=contact.organisation,
        about=contact,
        details={"reason": reason, "used": used},
    )
    return contact


@act
def add_detail(
    *,
    contact: Contact,
    found: Found,
    in_place_of: ContactDetail | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> ContactDetail:
    """Add a number or address; the one it replaces stays, marked as superseded, with the reason.

    :raises UnableToKeep: without where it was found, for one of another contact or superseded
        already, or without why it is replaced.
    :raises PermissionDenied: for somebody who records nothing there.
    """
    check_user_can_keep_contacts(by, contact.organisation_id)
    detail = _add(contact, found, by, at)
    if in_place_of is not None:
        old = ContactDetail.objects.select_for_update(of=("self",)).get(pk=in_place_of.pk)
        if old.contact_id != contact.pk or old.superseded_at is not None:
            raise UnableToKeep("This number or address was replaced already.")
        if not because.strip():
            raise UnableToKeep("Say why the old one is no longer right.")
        old.superseded_at, old.superseded_because = at, because
        old.save(update_fields=["superseded_at", "superseded_because"])
    record(
        CaseEvent.CONTACT_DETAIL_ADDED,
        by=by,
        at=at,
        organisation=contact.organisation,
        about=detail,
        details={"replaces": bool(in_place_of)},
    )
    return detail
