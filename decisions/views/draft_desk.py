"""A draft on the desk of whoever works on it: its rows, its addresses, what the guide says."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from decisions.domain import drafting
from decisions.events import DecisionEvent
from decisions.facts import Material, material_of
from decisions.journey import Situation, journey_for, situation_of
from decisions.models import Draft, DraftPage
from decisions.offering import offered
from decisions.packs import pack_of_draft
from decisions.permissions import check_user_can_edit, deciding_roles
from decisions.queries import access_draft
from decisions.views import wizard
from infosharing.access import sights
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.journeys.steps import Typed
from infosharing.journeys.storage import Changed, Kept, Saved

CHECK = "check"
DRAFT = "draft"


@dataclass(frozen=True)
class DraftLinks:
    """Addresses of the pages of one draft; ``from_check`` brings the reader back there."""

    draft: Draft
    from_check: bool = False

    def page(self, key: str, index: int = 0) -> str:
        """Return the address of a page or of an entry."""
        draft_id = self.draft.public_id
        match key:
            case "request":
                asked = self.draft.decision.request.public_id
                found = reverse("decisions:request-identity", args=[asked])
                return f"{found}?from={CHECK if self.from_check else DRAFT}"
            case "asked":
                asked = self.draft.decision.request.public_id
                return reverse("decisions:request-correct", args=[asked])
            case "advice":
                found = reverse("decisions:draft-advice", args=[draft_id])
            case _ if index:
                found = reverse("decisions:draft-entry", args=[draft_id, key, index])
            case _:
                found = reverse("decisions:draft-page", args=[draft_id, key])
        return f"{found}?from={CHECK}" if self.from_check else found

    def remove(self, key: str, index: int) -> str:
        """Return the address where an entry is taken off."""
        return reverse("decisions:draft-entry-remove", args=[self.draft.public_id, key, index])

    @property
    def tasks(self) -> str:
        """The address of the task list."""
        return reverse("decisions:draft", args=[self.draft.public_id])

    @property
    def check(self) -> str:
        """The address of check-your-answers."""
        return reverse("decisions:draft-check", args=[self.draft.public_id])


class RowStorage:
    """The pages of a draft in rows, saved through the domain."""

    def __init__(self, draft: Draft, by: User) -> None:
        self._draft = draft
        self._by = by
        self._rows = {(row.page, row.index): row for row in draft.pages.order_by("page", "index")}

    def pages(self) -> Kept:
        """Return what stands on the pages that are not taken off."""
        return {place: row.typed for place, row in self._rows.items() if not row.removed}

    def page(self, key: str, index: int) -> Saved | None:
        """Return one page; None where nothing was ever saved."""
        row = self._rows.get((key, index))
        return None if row is None else _saved(row, by="")

    def save(self, key: str, index: int, typed: Typed, version: int) -> int:
        """Keep a page and return its version.

        :raises Changed: when somebody saved something else in between.
        :raises decisions.policies.AlreadySigned: when the draft has become a version.
        """
        try:
            row = drafting.save_page(
                draft=self._draft,
                page=key,
                index=index,
                typed=typed,
                version=version,
                by=self._by,
                at=timezone.now(),
            )
        except drafting.PageChanged as changed:
            raise _changed(changed, self._by) from changed
        self._rows[(key, index)] = row
        return row.version

    def remove(self, key: str, index: int, version: int) -> None:
        """Take an entry off.

        :raises Changed: when somebody saved it in between.
        :raises decisions.policies.AlreadySigned: when the draft has become a version.
        """
        try:
            drafting.remove_entry(
                draft=self._draft,
                page=key,
                index=index,
                version=version,
                by=self._by,
                at=timezone.now(),
            )
        except drafting.PageChanged as changed:
            raise _changed(changed, self._by) from changed

    def next_index(self, key: str) -> int:
        """Return the index for a further entry, from 1; none is used twice."""
        return max((index for name, index in self._rows if name == key), default=0) + 1


def _saved(row: DraftPage, by: str) -> Saved:
    return Saved(row.typed, row.version, removed=row.removed, by=by, at=row.saved_at)


def _changed(changed: drafting.PageChanged, by: User) -> Changed:
    """Return what stands there now; ``by`` is who was about to save, who may have been faster."""
    row = changed.current
    if not row.pk:
        return Changed(Saved())
    return Changed(replace(_saved(row, row.saved_by.name), own=row.saved_by_id == by.pk))


def open_draft(request: HttpRequest, draft_id: str) -> Draft:
    """Return a draft the user may see and edit; signed ones too.

    :raises Http404: alike for absent and invisible.
    :raises PermissionDenied: for those who may only read.
    """
    user = user_of(request)
    draft = access_draft(user, draft_id)
    check_user_can_edit(user, draft)
    return draft


def user_of(request: HttpRequest) -> User:
    """Return who asks; declared access lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def desk_of(request: HttpRequest, draft: Draft, page: str = "") -> wizard.Desk:
    """Return a draft on the desk of whoever asks; six queries, one more for a recipient's page."""
    user = user_of(request)
    pack = pack_of_draft(draft)
    roles = tuple(deciding_roles(user, draft.decision.organisation_id))
    storage = RowStorage(draft, user)
    material = material_of(draft, pack, today(), storage.pages(), roles=roles, reader=user)
    if page == "recipient":
        material = replace(
            material, offered=offered(material.request, pack, draft.decision.organisation_id)
        )

    def make(found: Material) -> Situation:
        return situation_of(found, roles)

    return wizard.Desk(
        journey=journey_for(pack, returned=bool(material.renewal and material.renewal.returned)),
        situation=make(material),
        storage=storage,
        links=DraftLinks(draft),
        weigh=wizard.evaluate_again(material, make),
    )


def to_decision(draft: Draft) -> HttpResponse:
    """Return the way to the record of a draft that was signed."""
    return redirect("decisions:decision", draft.decision.public_id)


def seen(request: HttpRequest, draft: Draft) -> None:
    """Record that somebody is about to see a draft."""
    decision = draft.decision
    sights.record(
        request,
        DecisionEvent.DRAFT_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=draft,
    )


def around(draft: Draft) -> dict[str, Any]:
    """Return what every page of a draft shows of where it belongs; never a name."""
    return {
        "draft": draft,
        "caption": f"Decision {draft.decision.spoken_reference}",
        "tasks_url": DraftLinks(draft).tasks,
    }


def tail(request: HttpRequest) -> str:
    """Return the query that brings a reader who came from check-your-answers back there."""
    return f"?from={CHECK}" if request.GET.get("from") == CHECK else ""
