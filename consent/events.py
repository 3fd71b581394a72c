"""What the log is told about consent."""

from infosharing.audit.events import EventCode


class ConsentEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    RECORDED = "consent.recorded", "Consent or refusal recorded"
    WITHDRAWN = "consent.withdrawn", "Consent withdrawn"
    SEEN = "consent.seen", "Consent record looked at"
