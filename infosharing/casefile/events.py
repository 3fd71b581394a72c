"""What the log is told about exports."""

from infosharing.audit.events import EventCode


class ExportEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    ASKED = "casefile.export_asked", "PDF asked for"
    MADE = "casefile.export_made", "PDF made"
    TAKEN = "casefile.export_taken", "PDF taken away"
    REFUSED = "casefile.export_refused", "PDF no longer given out"
    CANCELLED = "casefile.export_cancelled", "PDF cancelled"
    FAILED = "casefile.export_failed", "PDF could not be made"
    EXPIRED = "casefile.export_expired", "PDF no longer kept"
