"""Writing up what an emergency, or advice that could not be had, left open (guide.md section 5)."""

from datetime import datetime

from decisions.enums import VersionKind
from decisions.events import DecisionEvent
from decisions.models import Decision, Draft, DraftEditor, DraftPage
from decisions.typed import with_other_ids
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.domain.opening import ensure_named
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import known_ids


class NothingToWriteUp(Exception):
    """Nothing is left to be written up."""


class WritingUpAlready(Exception):
    """Somebody has begun; ``draft`` is where."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("A new version is being written already.")
        self.draft = draft


@act
def start_write_up(*, decision: Decision, by: User, at: datetime) -> Draft:
    """Start writing up the rest, filled with what was signed; that stays as it is.

    Whoever was found out to be known already is ticked by the row they are known by.

    :raises NothingToWriteUp: when nothing is left open.
    :raises WritingUpAlready: with the draft that is open.
    :raises PermissionDenied: for those who may not work on the case.
    """
    locked = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("case", "organisation", "version")
        .get(pk=decision.pk)
    )
    check_user_can_work_on(by, locked.case)
    if locked.version is None or locked.write_up_due is None:
        raise NothingToWriteUp
    begun = locked.drafts.filter(closed_at=None).first()
    if begun is not None:
        raise WritingUpAlready(begun)
    signed = locked.version.draft
    draft = Draft.objects.create(
        decision=locked, kind=VersionKind.WRITE_UP, pack=signed.pack, started_by=by, started_at=at
    )
    DraftEditor.objects.create(draft=draft, user=by, first_at=at)
    ids = known_ids(locked.case)
    for page in signed.pages.filter(removed=False).order_by("page", "index"):
        # Who writes it up says in which role; the role that signed stays with what was signed.
        kept = {name: values for name, values in page.typed.items() if name != "decided_by_role"}
        typed = with_other_ids(kept, ids)
        DraftPage.objects.create(
            draft=draft, page=page.page, index=page.index, typed=typed, saved_by=by, saved_at=at
        )
    ensure_named(locked.case, by, "Started a write-up", at)
    record(
        DecisionEvent.WRITE_UP_STARTED,
        by=by,
        at=at,
        organisation=locked.organisation,
        case=locked.case,
        about=locked,
        details={"version": locked.version.number},
    )
    return draft
