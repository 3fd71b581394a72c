"""Whether the product can do its work, for the machine that watches it."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from infosharing.access.declared import Access, requires
from infosharing.audit.models import Entry

ANSWERS = {200: "ok\n", 503: "degraded\n"}


@requires(Access.PUBLIC)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say ``ok`` when the database answers and the log can be read, else ``degraded``."""
    try:
        Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    except (DatabaseError, InterfaceError):
        status = 503
    else:
        status = 200
    return HttpResponse(ANSWERS[status], status=status, content_type="text/plain")
