"""What the log is told about searches: that there was one, never what was looked for."""

from infosharing.audit.events import EventCode


class SearchEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    MADE = "search.made", "Search made"
    KEPT = "search.kept", "Filter saved"
    DROPPED = "search.dropped", "Saved filter deleted"
