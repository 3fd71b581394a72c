"""What the log is told about consent."""

from infosharing.audit.events import EventCode


class ConsentEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    RECORDED = "consent.recorded", "Consent or refusal recorded"
    WITHDRAWN = "consent.withdrawn", "Consent withdrawn"
    STEP_RECORDED = "consent.step_recorded", "Step towards or from consent recorded"
    NARROWED = "consent.narrowed", "Part of a consent withdrawn"
    REVIEWED = "consent.reviewed", "Continuing consent looked at again"
    SEEN = "consent.seen", "Consent record looked at"
    PERSON_SEEN = "consent.person_seen", "What was said about sharing looked at, for one person"
    LEAFLET_MADE = "consent.leaflet_made", "Leaflet about sharing printed or taken away"
