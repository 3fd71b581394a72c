"""Drafts: started, saved page by page as typed, never lost, never overwritten unseen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from decisions import policies
from decisions.enums import VersionKind
from decisions.events import DecisionEvent
from decisions.facts import ANSWERS
from decisions.models import Decision, Draft, DraftEditor, DraftPage, Request
from decisions.permissions import check_user_can_edit
from decisions.typed import with_other_ids, without_answers
from infosharing.accounts.models import User
from infosharing.audit.acts import act, repeatable
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import ensure_named
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import known_ids


class AlreadyStarted(Exception):
    """The request is being decided already; ``draft`` is where."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("Somebody has started this decision already.")
        self.draft = draft


class PageChanged(Exception):
    """Somebody saved the page since it was shown; ``current`` is what stands there now."""

    def __init__(self, current: DraftPage) -> None:
        super().__init__("This page was changed since you opened it.")
        self.current = current


class UnableToAmend(Exception):
    """A new version cannot be started; the message says why."""


@act
def start_decision(
    *, request: Request, kind: VersionKind = VersionKind.DECISION, by: User, at: datetime
) -> Draft:
    """Start deciding a request, under the checklist its organisation follows today.

    :raises AlreadyStarted: with the draft that is there.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    case = locked.case
    check_user_can_work_on(by, case)
    existing = Decision.objects.filter(request=locked).first()
    if existing is not None:
        raise AlreadyStarted(existing.drafts.order_by("-id")[0])
    decision = Decision.objects.create(
        organisation=case.organisation, case=case, request=locked, started_by=by, started_at=at
    )
    draft = Draft.objects.create(
        decision=decision,
        kind=kind,
        pack=case.organisation.pack,
        started_by=by,
        started_at=at,
    )
    DraftEditor.objects.create(draft=draft, user=by, first_at=at)
    ensure_named(case, by, "Started a decision", at)
    record(
        DecisionEvent.DRAFT_STARTED,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=decision,
    )
    return draft


@act
def start_amendment(*, decision: Decision, reason: str, by: User, at: datetime) -> Draft:
    """Start a new version of a signed decision, filled with what the last one held.

    The version in force stays as it is until the new one is signed; both stay readable. The
    reason stands on the draft, and on the version that it becomes.

    :raises UnableToAmend: while nothing is signed, a draft is open, or no reason is given.
    """
    if not reason.strip():
        raise UnableToAmend("Say why a new version is needed.")
    draft = Draft(kind=VersionKind.AMENDMENT, reason=reason)
    return _start_version(decision, draft, by, at)


@act
def reopen(
    *,
    decision: Decision,
    what_is_new: str,
    known_on: date,
    known_from: str,
    by: User,
    at: datetime,
) -> Draft:
    """Open a refusal again because something new is known (R50).

    The refusal stays in force until the new version is signed, and readable after that.

    :raises UnableToAmend: for a decision to share, while nothing is signed or a draft is open,
        for a day that has not come, and where what is new or from whom it is known is not said.
    """
    if known_on > localdate(at):
        raise UnableToAmend("The day since when it is known has not come yet.")
    if not what_is_new.strip() or not known_from.strip():
        raise UnableToAmend("Say what is new and from whom you know it.")
    draft = Draft(
        kind=VersionKind.REOPENING, reason=what_is_new, known_on=known_on, known_from=known_from
    )
    return _start_version(decision, draft, by, at)


def _start_version(decision: Decision, draft: Draft, by: User, at: datetime) -> Draft:
    """Keep the draft of a further version, with the pages of the version in force.

    What was answered to an earlier reviewer is not taken over: it stands in that version.
    """
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_user_can_work_on(by, locked.case)
    if locked.version is None:
        raise UnableToAmend("Nothing has been signed yet.")
    if locked.drafts.filter(closed_at=None).exists():
        raise UnableToAmend("A new version is being drafted already.")
    if draft.kind == VersionKind.REOPENING and locked.outcome in policies.SHARING:
        raise UnableToAmend("Only a refusal is opened again. Start a new version instead.")
    draft.decision = locked
    draft.pack = locked.organisation.pack
    draft.started_by = by
    draft.started_at = at
    draft.save()
    DraftEditor.objects.create(draft=draft, user=by, first_at=at)
    kept = locked.version.draft.pages.filter(removed=False).exclude(page=ANSWERS)
    ids = known_ids(locked.case)
    for page in kept.order_by("page", "index"):
        DraftPage.objects.create(
            draft=draft,
            page=page.page,
            index=page.index,
            typed=with_other_ids(without_answers(page.typed), ids),
            saved_by=by,
            saved_at=at,
        )
    record(
        DecisionEvent.DRAFT_STARTED,
        by=by,
        at=at,
        organisation=locked.organisation,
        case=locked.case,
        about=locked,
        details={"reason": draft.reason, "kind": str(draft.kind)},
    )
    return draft


def _locked(draft: Draft, by: User) -> Draft:
    """Lock the decision of a draft and return the draft as it stands, open for changes.

    :raises decisions.policies.AlreadySigned: when it has become a version.
    """
    Decision.objects.select_for_update(of=("self",)).get(pk=draft.decision_id)
    current = Draft.objects.select_related("decision__case__organisation").get(pk=draft.pk)
    check_user_can_edit(by, current)
    policies.check_is_open(current)
    return current


@act
@repeatable
def save_page(
    *,
    draft: Draft,
    page: str,
    index: int,
    typed: Mapping[str, Sequence[str]],
    version: int,
    by: User,
    at: datetime,
) -> DraftPage:
    """Keep what was typed on a page, as typed, valid or not.

    ``version`` is that of the page as it was shown, 0 for one never saved; ``index`` is 0 for a
    page that does not repeat. Saving the same text again after it was saved is no conflict.

    :raises PageChanged: when somebody saved something else in between; nothing is overwritten.
    :raises decisions.policies.AlreadySigned: when the draft has become a version.
    """
    current = _locked(draft, by)
    kept = {name: list(values) for name, values in typed.items()}
    row = DraftPage.objects.filter(draft=current, page=page, index=index).first()
    if row is None:
        if version != 0:
            raise PageChanged(DraftPage(draft=current, page=page, index=index, version=0))
        row = DraftPage(draft=current, page=page, index=index, version=0)
    elif row.version != version and (row.typed != kept or row.removed):
        raise PageChanged(row)
    row.typed = kept
    row.removed = False
    row.version += 1
    row.saved_by = by
    row.saved_at = at
    row.save()
    _remember_editor(current, by, at)
    record(
        DecisionEvent.PAGE_SAVED,
        by=by,
        at=at,
        organisation=current.decision.organisation,
        case=current.decision.case,
        about=current,
        details={"page": page, "index": index, "version": row.version},
    )
    return row


def next_index(draft: Draft, page: str) -> int:
    """Return the index of a further entry of a page that repeats, from 1; none is used twice."""
    last = draft.pages.filter(page=page).order_by("-index").values_list("index", flat=True).first()
    return (last or 0) + 1


@act
def remove_entry(
    *, draft: Draft, page: str, index: int, version: int, by: User, at: datetime
) -> None:
    """Take an entry, such as an item, off a draft; what it said stays in the history.

    :raises PageChanged: when somebody saved it in between.
    :raises decisions.policies.AlreadySigned: when the draft has become a version.
    """
    current = _locked(draft, by)
    row = DraftPage.objects.get(draft=current, page=page, index=index)
    if row.version != version or row.removed:
        raise PageChanged(row)
    row.removed = True
    row.version += 1
    row.saved_by = by
    row.saved_at = at
    row.save()
    _remember_editor(current, by, at)
    record(
        DecisionEvent.PAGE_REMOVED,
        by=by,
        at=at,
        organisation=current.decision.organisation,
        case=current.decision.case,
        about=current,
        details={"page": page, "index": index},
    )


def _remember_editor(draft: Draft, by: User, at: datetime) -> None:
    if not DraftEditor.objects.filter(draft=draft, user=by).exists():
        DraftEditor.objects.create(draft=draft, user=by, first_at=at)
