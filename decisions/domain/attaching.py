"""Attaching a document to a request."""

from datetime import datetime

from decisions.events import DecisionEvent
from decisions.models import Request, RequestDocument
from infosharing.accounts.models import User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived
from infosharing.cases.domain.keeping import keep_document


@act
def attach_document(
    *, request: Request, arrived: Arrived, what: str, by: User, at: datetime
) -> RequestDocument:
    """Keep a file in the case of a request and attach it; the same file twice is attached once.

    Called inside ``documents.arriving``.
    """
    document = keep_document(case=request.case, arrived=arrived, what=what, by=by, at=at)
    attached, _ = RequestDocument.objects.get_or_create(
        request=request, document=document, defaults={"attached_by": by, "attached_at": at}
    )
    record(
        DecisionEvent.DOCUMENT_ATTACHED,
        by=by,
        at=at,
        organisation=request.case.organisation,
        case=request.case,
        about=request,
        details={"document": document.public_id},
    )
    return attached
