"""The school's contacts: the list, one of them, adding and changing (R41)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import through
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.casefile.forms.contacts import ChangeContactForm, DetailForm, NewContactForm
from infosharing.cases.domain import contacts
from infosharing.cases.enums import ContactKind
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Contact
from infosharing.cases.permissions import check_user_can_keep_contacts
from infosharing.cases.queries import contacts_with_details, places_to_record, visible_contacts
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.templatetags.british import british_date

LIMIT = 200
HEADERS = ["Contact", "Organisation", "Numbers and addresses", "Found"]


def _of(user: User, public_id: str) -> Contact:
    """Return a contact of an organisation in which the user records.

    :raises Http404: alike for absent and another's.
    """
    return through(visible_contacts(user), user, public_id)


def _crumbs(contact: Contact | None = None) -> list[dict[str, str]]:
    found = [{"label": "Contacts", "url": reverse("casefile:contacts")}]
    if contact is not None:
        found.append(
            {"label": "One contact", "url": reverse("casefile:contact", args=[contact.public_id])}
        )
    return found


def _seen(request: HttpRequest, contact: Contact) -> None:
    sights.record(request, CaseEvent.CONTACT_SEEN, organisation=contact.organisation, about=contact)


def _page(
    request: HttpRequest, form: PlainForm, title: str, back: str, crumbs: list[dict[str, str]]
) -> HttpResponse:
    context = {
        "page_title": title,
        "heading": title,
        "breadcrumbs": crumbs,
        "save_text": "Save",
        "links": [{"text": "Leave without saving", "url": back}],
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "journeys/page.html", context, status=status)


@requires(Access.STAFF, shows=Shows.LIST)
@require_http_methods(["GET", "HEAD"])
def contact_list(request: HttpRequest) -> HttpResponse:
    """Show the contacts, by name, with what is known of each and since when."""
    user: Any = request.user
    found = list(contacts_with_details(visible_contacts(user))[: LIMIT + 1])
    rows = []
    for one in found[:LIMIT]:
        current = [detail for detail in one.details.all() if detail.superseded_at is None]
        latest = max((detail.found_on for detail in current), default=None)
        rows.append(
            [
                {
                    "text": one.name,
                    "url": reverse("casefile:contact", args=[one.public_id]),
                    "hint": "No longer used" if one.ended_at else one.role,
                },
                one.agency,
                "; ".join(detail.value for detail in current),
                british_date(latest) if latest else "",
            ]
        )
    context = {
        "page_title": "Contacts",
        "headers": HEADERS,
        "rows": rows,
        "more": len(found) > LIMIT,
        "limit": LIMIT,
    }
    sights.record(request, CaseEvent.CONTACTS_SEEN)
    return render(request, "casefile/contacts.html", context)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a contact with all its numbers and addresses, the superseded ones too."""
    user: Any = request.user
    found = _of(user, public_id)
    details = list(found.details.select_related("added_by").order_by("-id"))
    context = {
        "page_title": "Contact",
        "breadcrumbs": _crumbs(),
        "contact": found,
        "current": [one for one in details if one.superseded_at is None],
        "superseded": [one for one in details if one.superseded_at is not None],
    }
    _seen(request, found)
    return render(request, "casefile/contact.html", context)


@requires(Access.STAFF, shows=Shows.NOTHING)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest) -> HttpResponse:
    """Add a contact with a number or address found independently."""
    user: Any = request.user
    places = {place.public_id: place for place in places_to_record(user)}
    form = NewContactForm(
        request.POST if request.method == "POST" else None,
        places=[(key, place.name) for key, place in places.items()],
        today=today(),
        initial={"found_on": today(), "found_by": user.name},
    )
    if places and form.is_valid():
        said = form.cleaned_data
        made = contacts.add_contact(
            organisation=places[said.get("place") or next(iter(places))],
            name=said["name"],
            role=said["role"],
            agency=said["agency"],
            found=form.found,
            by=user,
            at=timezone.now(),
        )
        messages.success(request, "The contact is added.")
        return redirect("casefile:contact", public_id=made.public_id)
    return _page(request, form, "Add a contact", reverse("casefile:contacts"), _crumbs())


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct who a contact is, or say that it is no longer used."""
    user: Any = request.user
    found = _of(user, public_id)
    check_user_can_keep_contacts(user, found.organisation_id)
    form = ChangeContactForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "role": found.role, "agency": found.agency},
    )
    if form.is_valid():
        said = form.cleaned_data
        contacts.change_contact(
            contact=found,
            name=said["name"],
            role=said["role"],
            agency=said["agency"],
            used=said["used"],
            reason=said["reason"],
            by=user,
            at=timezone.now(),
        )
        messages.success(request, "The contact is changed.")
        return redirect("casefile:contact", public_id=public_id)
    _seen(request, found)
    back = reverse("casefile:contact", args=[public_id])
    return _page(request, form, "Change a contact", back, _crumbs(found))


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def detail_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a number or address; the one it replaces stays readable."""
    user: Any = request.user
    found = _of(user, public_id)
    check_user_can_keep_contacts(user, found.organisation_id)
    current = {
        one.public_id: one for one in found.details.filter(superseded_at=None).order_by("id")
    }
    form = DetailForm(
        request.POST if request.method == "POST" else None,
        today=today(),
        current=[
            (key, f"{ContactKind(one.kind).label}: {one.value}") for key, one in current.items()
        ],
        initial={"found_on": today(), "found_by": user.name},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            contacts.add_detail(
                contact=found,
                found=form.found,
                in_place_of=current.get(said["replaces"]),
                because=said["because"],
                by=user,
                at=timezone.now(),
            )
        except contacts.UnableToKeep as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The number or address is added.")
            return redirect("casefile:contact", public_id=public_id)
    _seen(request, found)
    back = reverse("casefile:contact", args=[public_id])
    return _page(request, form, "Add a number or address", back, _crumbs(found))
