"""What the pages that record and sign in one go share: which case, which place, which roles."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from decisions.forms.matter import FIND, MatterForm
from decisions.permissions import deciding_roles
from decisions.presenters import requests as shown
from decisions.views.requests import signed_in
from infosharing.access import sights
from infosharing.access.doors import access_case
from infosharing.accounts.models import Organisation
from infosharing.accounts.queries import today
from infosharing.accounts.roles import Role
from infosharing.cases.events import CaseEvent
from infosharing.cases.finding import find_cases
from infosharing.cases.models import Case
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import places_to_record, visible_cases, with_people

RECENT = 5
FOUND = 20


@dataclass
class Matter:
    """Where somebody may record, the cases at hand, and the one the address names, if any."""

    places: list[Organisation]
    cases: list[Case]
    case: Case | None
    roles: list[Role]

    @property
    def place(self) -> Organisation:
        """Where a new case is opened unless another place is chosen."""
        return self.case.organisation if self.case else self.places[0]

    def offered(self) -> dict[str, Any]:
        """Return what a ``MatterForm`` takes.

        With nothing of what the cases are about: these pages are opened with others around.
        """
        return {
            "case_known": self.case is not None,
            "cases": [
                (case.public_id, f"{shown.about(case.parts.all())}, case {case.spoken_reference}")
                for case in self.cases
            ],
            "hints": {
                case.public_id: shown.case_hint_at_a_glance(case, today()) for case in self.cases
            },
            "places": [(place.public_id, place.name) for place in self.places],
            "roles": self.roles,
        }

    def of(self, form: MatterForm) -> tuple[Organisation, Case | None]:
        """Return the place and the case that were chosen; of a valid form."""
        if self.case is not None:
            return self.case.organisation, self.case
        for case in self.cases:
            if case.public_id == form.chosen_case:
                return case.organisation, case
        wanted = form.cleaned_data.get("place")
        chosen = [place for place in self.places if place.public_id == wanted]
        return (chosen or self.places)[0], None


def matter_of(request: HttpRequest) -> Matter:
    """Return what the page has to offer: the recent cases, and the one that was chosen.

    With ``?case=`` the page is about that case.

    :raises Http404: for a case that is absent or invisible; the refusal is logged.
    :raises PermissionDenied: for a case that the user may only read.
    """
    user = signed_in(request)
    places = places_to_record(user)
    named = request.GET.get("case")
    case = None
    cases: list[Case] = []
    if named is not None:
        case = access_case(user, named)
        check_user_can_work_on(user, case)
        found = {case.organisation_id}
    else:
        rows = with_people(visible_cases(user)).select_related("organisation")
        cases = list(rows.order_by("-opened_at", "-id")[:RECENT])
        chosen = request.POST.get("who", "")[:100]
        if chosen and chosen not in {FIND, *(one.public_id for one in cases)}:
            cases = [*rows.filter(public_id=chosen)[:1], *cases]
        found = {one.pk for one in places} | {one.organisation_id for one in cases}
    held = {role for organisation in found for role in deciding_roles(user, organisation)}
    return Matter(places, cases, case, [role for role in Role if role in held])


def search(request: HttpRequest, form: MatterForm, matter: Matter) -> dict[str, Any] | None:
    """Look for another case; return everything typed, to show it again with what was found.

    None where nothing was found, or nothing typed to look for: the form says so.
    """
    words = form["find"].data or ""
    if not words.strip():
        form.is_valid()
        return None
    rows = with_people(find_cases(signed_in(request), words)).select_related("organisation")
    found = list(rows.order_by("-opened_at", "-id")[:FOUND])
    if not found:
        form.add_error("find", "No case that you can see has this name or reference")
        return None
    matter.cases = found
    typed = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return {**typed, "who": None}


def seen(request: HttpRequest, matter: Matter) -> None:
    """Record that somebody is about to see the cases offered, or the one the page is about."""
    if matter.case is None:
        sights.record(request, CaseEvent.LIST_SEEN)
        return
    case = matter.case
    sights.record(
        request, CaseEvent.CASE_SEEN, organisation=case.organisation, case=case, about=case
    )
