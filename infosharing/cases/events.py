"""What the log is told about people and cases."""

from infosharing.audit.events import EventCode


class CaseEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    PERSON_ADDED = "cases.person_added", "Person added"
    PERSON_CHANGED = "cases.person_changed", "Person's details changed"
    RESPONSIBILITY_RECORDED = "cases.responsibility_recorded", "Parental responsibility recorded"
    OPENED = "cases.opened", "Case opened"
    PERSON_JOINED = "cases.person_joined", "Person added to the case"
    NAMED = "cases.named", "Somebody named on the case"
    EXCLUDED = "cases.excluded", "Somebody kept from the case"
    RESTRICTED = "cases.restricted", "Case restricted to named people"
    JUDGEMENT_RECORDED = "cases.judgement_recorded", "Judgement recorded"
    CONTACT_ADDED = "cases.contact_added", "Contact added"
    CONTACT_CHANGED = "cases.contact_changed", "Contact changed"
    CONTACT_DETAIL_ADDED = "cases.contact_detail_added", "Contact's number or address added"
    CONTACT_SEEN = "cases.contact_seen", "Contact looked at"
    CONTACTS_SEEN = "cases.contacts_seen", "List of contacts looked at"
    CASE_SEEN = "cases.case_seen", "Case looked at"
    CLOSURE_ADDED = "cases.closure_added", "Days without work added"
    CLOSURE_REMOVED = "cases.closure_removed", "Days without work taken back"
    LIST_SEEN = "cases.list_seen", "List of cases looked at"
    DOCUMENT_KEPT = "cases.document_kept", "Document added to the case"
    DOCUMENT_GIVEN_AGAIN = "cases.document_given_again", "Document given again, kept once"
    DOCUMENT_TAKEN = "cases.document_taken", "Document taken out"
    DOCUMENT_DAMAGED = "cases.document_damaged", "Document asked for and found damaged"
    PROTECTED = "cases.person_protected", "Person's details marked not to reach somebody"
    PROTECTION_ENDED = "cases.protection_ended", "Mark that details must not reach somebody ended"
    COURT_ORDER_RECORDED = "cases.court_order_recorded", "Court order recorded"
    VIEW_HEARD = "cases.view_heard", "Somebody's view recorded"
