"""What the log is told about requests, decisions and what follows them."""

from infosharing.audit.events import EventCode


class DecisionEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    REQUEST_RECORDED = "decisions.request_recorded", "Request recorded"
    REQUEST_SEEN = "decisions.request_seen", "Request looked at"
    IDENTITY_CHECKED = "decisions.identity_checked", "Requester's identity checked"
    DRAFT_STARTED = "decisions.draft_started", "Draft started"
    DRAFT_SEEN = "decisions.draft_seen", "Draft looked at"
    PAGE_SAVED = "decisions.page_saved", "Page of a draft saved"
    PAGE_REMOVED = "decisions.page_removed", "Entry of a draft removed"
    WRITE_UP_STARTED = "decisions.write_up_started", "Write-up started"
    ADVICE_ASKED = "decisions.advice_asked", "Advice asked for"
    ADVICE_GIVEN = "decisions.advice_given", "Advice given"
    ADVICE_REPORTED = "decisions.advice_reported", "Advice reported"
    ADVICE_TRIED = "decisions.advice_tried", "Advice tried in vain"
    ADVICE_SEEN = "decisions.advice_seen", "Question for advice looked at"
    SIGNED = "decisions.signed", "Decision signed"
    DECISION_SEEN = "decisions.decision_seen", "Decision looked at"
    LIST_SEEN = "decisions.list_seen", "List of decisions looked at"
    LIST_EXPORTED = "decisions.list_exported", "List of decisions taken away as CSV"
    FIGURES_SEEN = "decisions.figures_seen", "Figures looked at"
    SENT = "decisions.sent", "Information sent"
    RECEIPT_RECORDED = "decisions.receipt_recorded", "Receipt recorded"
    TELLING_RECORDED = "decisions.telling_recorded", "Telling the person recorded"
    BREACH_STARTED = "decisions.breach_started", "Breach recorded"
    BREACH_STEP = "decisions.breach_step", "Step about a breach recorded"
    BREACH_SEEN = "decisions.breach_seen", "Breach looked at"
    BREACHES_SEEN = "decisions.breaches_seen", "List of breaches looked at"
    PROGRESS_RECORDED = "decisions.progress_recorded", "What came of a decision recorded"
    CLOSED = "decisions.closed", "Decision closed"
    REOPENED = "decisions.reopened", "Closed decision opened again"
    FOLLOW_UPS_SEEN = "decisions.follow_ups_seen", "List of open follow-ups looked at"
    AFTERWARDS_ANSWERED = "decisions.afterwards_answered", "Question for afterwards answered"
    REVIEWED = "decisions.reviewed", "Decision reviewed"
    EXPORTED = "decisions.exported", "Decision exported as PDF"
    DOCUMENT_ATTACHED = "decisions.document_attached", "Document attached to the request"
    CONSENT_CHANGE_ANSWERED = (
        "decisions.consent_change_answered",
        "Said what was done after consent changed",
    )
    OUTGOING_SEEN = "decisions.outgoing_seen", "Sheet of what goes out looked at"
    REQUEST_CORRECTED = "decisions.request_corrected", "Request corrected"
    SAME_REQUEST_SAID = "decisions.same_request_said", "Said whether a request is an earlier one"
    KNOWN_ANSWERED = "decisions.known_answered", "Said who was known already after an emergency"
    REQUEST_PERSON_ADDED = "decisions.request_person_added", "Person added to the request"
    REVIEW_SETTING_CHANGED = "decisions.review_setting_changed", "What is reviewed changed"
    REVIEW_SETTING_SEEN = "decisions.review_setting_seen", "What is reviewed looked at"
    DISAGREEMENT_ANSWERED = "decisions.disagreement_answered", "Disagreement answered"
    LOOKED_BACK = "decisions.looked_back", "Emergency looked back at"
