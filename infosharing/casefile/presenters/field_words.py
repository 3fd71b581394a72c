"""What the fields of the record are called in a history: the words of the pages they are typed on.

A field that has words in its model keeps them. A history is read by somebody who knows neither
the tables nor the program (R51, R54): what stands here replaces names that only a programmer
would understand.
"""

from typing import Any, Final

from django.db.models import Field, Model

from infosharing.audit.protection import options_of

# By the name of the field, wherever it stands.
ANYWHERE: Final = {
    "organisation": "School or organisation",
    "person": "About whom",
    "user": "Who",
    "reference": "Reference, to say aloud",
    "in_place_of": "In whose place",
    "pack": "Checklist followed",
    "sha256": "Fingerprint of the file (SHA-256)",
    "shown": "Fingerprint of what was on the page (SHA-256)",
    "digest": "Fingerprint of what was signed (SHA-256)",
    "origin": "Where it came from",
    "outcome": "What was decided",
    "identity": "Identity of the requester",
    "identity_how": "How their identity was checked",
    "identity_checked_by": "Who checked their identity",
    "identity_checked_at": "When their identity was checked",
    "requester_kind": "Kind of requester",
    "requester_name": "Requester’s name",
    "requester_role": "Requester’s job",
    "requester_organisation": "Requester’s organisation",
    "requester_contact": "How to reach the requester",
    "crime_investigation": "To prevent or look into a crime",
    "legal_power_kind": "Law or order they rely on",
    "told_confidential": "Told that it is confidential",
    "parental_responsibility": "Holds parental responsibility",
    "document": "Document that shows it",
}
FIELDS: Final[dict[str, dict[str, str]]] = {
    "cases.person": {
        "preferred_name": "Known as",
        "upn": "Unique pupil number",
    },
    "cases.responsibility": {
        "relationship": "What they are to the child",
        "holds": "Holds parental responsibility",
    },
    "cases.judgement": {
        "kind": "Competence or capacity",
        "understands": "Understands what it is about",
        "retains": "Keeps it in mind for long enough",
        "weighs": "Weighs it up",
        "communicates": "Can say what they decide",
        "impairment_what": "What affects mind or brain",
        "because_of_impairment": "Unable because of that",
        "able": "Can decide this themselves",
        "judged_on": "Day it was judged",
    },
    "cases.case": {
        "restricted": "Shown only to people named on it",
    },
    "cases.caseperson": {
        "person": "Who",
        "part": "Their part in the case",
    },
    "cases.caseaccess": {
        "kind": "Named on the case or kept from it",
        "reason": "Why",
    },
    "cases.document": {
        "kind": "Kind of file",
        "size": "Size in bytes",
    },
    "cases.protection": {"ended_why": "Why it ended"},
    "cases.courtorder": {
        "kind": "Kind of order",
        "court": "Which court made it",
        "made_on": "Day it was made",
        "ends_on": "Day until which it holds",
    },
    "cases.viewheard": {
        "whose": "Whose view",
        "said_on": "Day they said it",
        "how": "How it was heard",
        "heard_by": "Who heard it",
    },
    "cases.sameperson": {"part": "Part in the case of who it is"},
    "consent.consentrecord": {
        "status": "What they said",
        "given_by": "In what standing they said it",
        "giver_person": "Who of the people in the case said it",
        "authority_evidenced": "Proof was seen that they may decide for the person",
        "authority_evidence": "What was seen, and when",
        "knows_what_happens": "Knew what will happen to the information",
        "knows_who_is_told": "Knew who will be told what",
        "knows_onward_sharing": "Knew whom those may tell",
        "knows_why": "Knew why",
        "consequences_explained": "Knew what follows from yes and from no",
        "freely_given": "Given freely, without pressure",
        "understood": "Understood by who said it",
    },
    "consent.withdrawal": {
        "withdrawn_on": "Day they took it back",
        "how": "How they said it",
    },
    "consent.consentstep": {
        "kind": "What was done",
        "consent": "What was said, record",
        "follows": "Follows on from",
        "standing": "In what standing",
        "how": "How they were asked, or said it",
    },
    "decisions.samerequest": {"known": "The request recorded before"},
    "decisions.requestcorrection": {
        "reason": "Why it was corrected",
        "changes": "What was corrected",
    },
    "decisions.decision": {
        "request": "The request it answers",
        "state": "Where it stands",
        "version": "Version in force",
        "suggestion": "What the guide suggested",
        "without_consent": "Shared without consent",
        "against_suggestion": "Goes against the guide’s suggestion",
        "against_advice": "Goes against advice that was given",
        "write_up_due": "To be written up by",
        "telling_planned": "The person is to be told",
        "review_state": "Where the review stands",
        "look_back_due": "To be looked back at by",
    },
    "decisions.consentconsidered": {
        "consent": "What was said, record",
        "version": "For which version",
        "covers_purpose": "Covers what it is shared for",
        "covers_recipients": "Covers whom it is shared with",
        "covers_information": "Covers the information shared",
    },
    "decisions.advicerequest": {
        "asked_of": "Who was asked",
        "asked_by": "Who asked",
    },
    "decisions.advice": {
        "request": "The question it answers",
        "role": "In which role they advised",
        "given_on": "Day it was given",
        "advised": "What they advised to do",
    },
    "decisions.advicetried": {
        "role": "Who was to be reached",
        "how": "How and when it was tried",
    },
    "decisions.draft": {"kind": "Why it was begun"},
    "decisions.draftpage": {
        "page": "Page",
        "removed": "Taken off the list",
    },
    "decisions.drafteditor": {"first_at": "First worked on it"},
    "decisions.signedversion": {
        "number": "Number of the version",
        "kind": "Why it was signed",
        "draft": "Draft it was made from",
        "signed_as": "Role they signed in",
        "happened_on": "Day it happened",
        "write_up_due": "To be written up by",
    },
    "decisions.item": {
        "number": "Number in the list",
        "what": "What it is",
        "nature": "Fact or opinion",
        "handling": "What happens to it",
        "handling_reason": "What is left out, and why",
        "source_checked": "Checked with who said or wrote it",
        "source_not_checked_because": "Why it was not checked",
    },
    "decisions.itemperson": {"item": "Item", "person": "Whom it is about"},
    "decisions.recipient": {
        "number": "Number in the list",
        "name": "Who gets it",
        "organisation": "Organisation or team",
        "method": "How it is sent or told",
        "need_to_know": "They need it to protect or help the person",
        "intended_use": "What they will do with it",
    },
    "decisions.disclosure": {
        "recipient": "To whom",
        "sent_on": "Day it was sent",
        "checks": "Care taken, as ticked",
    },
    "decisions.discloseditem": {"disclosure": "Sending", "item": "What was sent"},
    "decisions.receipt": {
        "disclosure": "Sending",
        "state": "Whether it arrived",
        "known_on": "Day that was known",
        "how": "How that is known",
    },
    "decisions.telling": {
        "told": "Were they told",
        "told_on": "Day they were told",
        "how": "How they were told",
        "why_not": "Why they were not told",
        "look_again_on": "To be looked at again on",
    },
    "decisions.afteranswer": {
        "question": "Question",
        "answer": "Answer",
    },
    "decisions.progress": {
        "kind": "What came of it",
        "happened_on": "Day it happened",
        "look_again_on": "To be looked at again on",
    },
    "decisions.breach": {
        "decision": "Decision it belongs to",
        "disclosure": "Sending that went wrong",
        "happened_on": "Day it happened",
        "known_at": "Known since",
    },
    "decisions.breachstep": {
        "breach": "Breach",
        "kind": "What was done or decided",
        "risk": "What may come of it for the people",
        "happened_at": "When",
        "words": "What was done or decided, and why",
    },
    "decisions.consentreaction": {
        "version": "For which version",
        "done": "What was done about it",
    },
    "decisions.review": {
        "version": "For which version",
        "outcome": "What the reviewer said",
        "reviewed_as": "Role they reviewed in",
    },
    "decisions.secondreview": {
        "review": "First review",
        "outcome": "What the second reviewer said",
        "reviewed_as": "Role they reviewed in",
    },
    "decisions.reviewreply": {"review": "Review it answers"},
    "decisions.lookback": {
        "version": "Version looked back at",
        "looked_by": "Who looked back",
        "looked_as": "Role they looked back in",
        "looked_at": "Looked back on",
    },
    "decisions.reviewquestion": {
        "number": "Number of the question",
        "page": "Page it is about",
        "place": "Part it is about",
        "words": "The question",
    },
}
# Numbers worked out from a content: called the same wherever they stand.
FINGERPRINTS: Final = frozenset({"sha256", "shown", "digest"})
# Names of fields that are plain words by themselves.
PLAIN: Final = frozenset(
    {
        "added_by", "age_band", "answered_at", "attached_by", "closed_by", "corrected_by",
        "ended_by", "given_by", "holder", "kind", "note", "opened_by", "part", "reason",
        "recorded_by", "replied_by", "reviewer", "said_by", "saved_by", "signed_by",
        "started_by", "why", "words", "written_by", "year_group",
    }
)  # fmt: skip


def words_of_field(one: "Field[Any, Any]", model: type[Model]) -> str:
    """Return what a field is called where its history is told."""
    found = FIELDS.get(options_of(model).label_lower, {}).get(one.name)
    if found is None and (has_no_words(one) or one.name in FINGERPRINTS):
        found = ANYWHERE.get(one.name)
    name = found or str(one.verbose_name)
    if found is None and has_no_words(one) and one.name.endswith("_at"):
        name = name.removesuffix(" at") + " on"
    return name[:1].upper() + name[1:]


def has_no_words(one: "Field[Any, Any]") -> bool:
    """Return whether its model says nothing but its name."""
    return str(one.verbose_name) == one.name.replace("_", " ")


def is_named_for_readers(one: "Field[Any, Any]", model: type[Model]) -> bool:
    """Return whether somebody has thought of what a field is called."""
    here = FIELDS.get(options_of(model).label_lower, {})
    return (
        one.name in here
        or one.name in ANYWHERE
        or one.name in PLAIN
        or one.name.endswith("_at")
        or not has_no_words(one)
    )
