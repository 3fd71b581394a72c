"""Keeping a document in a case."""

from datetime import datetime

from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, Document
from infosharing.cases.permissions import check_user_can_work_on


class NotKeptHere(Exception):
    """The document belongs to another case."""


@act
def keep_document(*, case: Case, arrived: Arrived, what: str, by: User, at: datetime) -> Document:
    """Keep a file in a case; the same bytes given again are the document that is there already.

    Called inside ``documents.arriving``, which takes the file away again if anything fails. The
    log holds the hash, never the name.
    """
    check_user_can_work_on(by, case)
    # Two who give the same file at once wait for each other here.
    Case.objects.select_for_update().get(pk=case.pk)
    found = Document.objects.filter(case=case, sha256=arrived.sha256).first()
    event = CaseEvent.DOCUMENT_GIVEN_AGAIN if found else CaseEvent.DOCUMENT_KEPT
    document = found or Document.objects.create(
        case=case,
        what=what,
        name=arrived.name,
        kind=arrived.kind,
        size=arrived.size,
        sha256=arrived.sha256,
        stored_as=arrived.place(),
        added_by=by,
        added_at=at,
    )
    record(
        event,
        by=by,
        at=at,
        organisation=case.organisation,
        case=case,
        about=document,
        details={"sha256": arrived.sha256, "bytes": arrived.size},
    )
    return document


def what_shows_it(
    *,
    case: Case,
    document: Document | None,
    arrived: Arrived | None,
    what: str,
    by: User,
    at: datetime,
) -> Document | None:
    """Return the document that shows what is recorded: one of the case's, or one just given.

    ``what`` says what a file that has just arrived is. Called within the act that records what
    it shows.

    :raises NotKeptHere: for a document of another case.
    """
    if arrived is not None:
        return keep_document(case=case, arrived=arrived, what=what, by=by, at=at)
    if document is not None and document.case_id != case.pk:
        raise NotKeptHere(document.public_id)
    return document
