from infosharing.audit.events import EventCode


class SampleEvent(EventCode):
    """What happens to samples."""

    CHANGED = "auditsample.changed", "Changed"
    SEEN = "auditsample.seen", "Looked at"
    REFUSED = "auditsample.refused", "Refused"
