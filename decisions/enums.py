"""Closed lists of the decisions app. The guide's own codes stand in infosharing.guidance.codes."""

from django.db import models


class State(models.TextChoices):
    """Where the thread of a decision stands."""

    DRAFTING = "drafting", "Being drafted"
    SIGNED = "signed", "Signed"


class ReviewState(models.TextChoices):
    """Where the review of the version in force stands."""

    NONE = "", "Not signed yet"
    NOT_NEEDED = "not_needed", "No review needed"
    WAITING = "waiting", "Waiting for review"
    SECOND = "second", "Waiting for a second reviewer"
    AGREED = "agreed", "Reviewed: agreed"
    DISAGREED = "disagreed", "Reviewed: not agreed, it stands"
    RETURNED = "returned", "Returned with changes to make"


# Somebody is still to review it.
AWAITED = (ReviewState.WAITING, ReviewState.SECOND)


class ReviewKind(models.TextChoices):
    """Which decisions a school has reviewed; ``EVERY`` is all of them (R57)."""

    EVERY = "every", "every decision"
    WITHOUT_CONSENT = "without_consent", "it is shared without consent"
    NOT_TOLD = "not_told", "the person is not told"
    REFUSED = "refused", "nothing is shared"
    EMERGENCY = "emergency", "it was shared in an emergency"
    POLICE = "police", "the police asked, or it is about a crime"
    AGAINST_SUGGESTION = "against_suggestion", "it goes against the guide’s suggestion"
    AGAINST_ADVICE = "against_advice", "it goes against advice that was given"
    # Not to be chosen: what was to be reviewed before and was not agreed still is.
    CARRIED = "carried", "the version before it was to be reviewed and nobody has agreed with it"


class VersionKind(models.TextChoices):
    """Why a version was signed (design.md "Records")."""

    DECISION = "decision", "Decision"
    EMERGENCY = "emergency", "Emergency"
    WRITE_UP = "write_up", "Write-up"
    AMENDMENT = "amendment", "Amendment"
    REOPENING = "reopening", "Opened again"


class Handling(models.TextChoices):
    """What happens to one item of information (R38)."""

    SHARE = "share", "Share it"
    REDACT = "redact", "Share it with parts taken out"
    HOLD_BACK = "hold_back", "Hold it back"


class ReviewOutcome(models.TextChoices):
    """What a reviewer said."""

    AGREED = "agreed", "Agree"
    RETURNED = "returned", "Return, with what to change"
    DISAGREED = "disagreed", "Disagree; the decision stands"


class LookedBack(models.TextChoices):
    """What a look back at an emergency found about sharing at once (R19)."""

    RIGHT = "right", "It was right to share at once"
    PARTLY = "partly", "It was right to share, but not all of it or not like this"
    WRONG = "wrong", "It should not have been shared at once"


class ReceiptState(models.TextChoices):
    """Whether what was sent reached the intended recipient (R44)."""

    CONFIRMED = "confirmed", "Confirmed by the recipient"
    CHASED = "chased", "Asked again, no answer yet"
    NOT_RECEIVED = "not_received", "Came back or never arrived"
    WRONG_RECIPIENT = "wrong_recipient", "Reached the wrong person"


class ProgressKind(models.TextChoices):
    """What came of a decision later: a reply, a stage of pressing for one, closing (domain.md)."""

    REPLY = "reply", "What the recipient did"
    ASKED_AGAIN = "asked_again", "Asked again"
    MANAGER = "manager", "Raised with the recipient’s manager"
    DSL_TO_DSL = "dsl_to_dsl", "Raised between safeguarding leads"
    FORMAL = "formal", "Formal escalation"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


# The stages of pressing for an answer, in their order.
STAGES = (
    ProgressKind.ASKED_AGAIN,
    ProgressKind.MANAGER,
    ProgressKind.DSL_TO_DSL,
    ProgressKind.FORMAL,
)


class BreachKind(models.TextChoices):
    """One step in dealing with a breach (UK GDPR Articles 33 and 34)."""

    CONTAINED = "contained", "Done to contain it"
    TOLD_LEAD = "told_lead", "Data protection lead told"
    TOLD_PERSON = "told_person", "Person told"
    PERSON_NOT_TOLD = "person_not_told", "Decided not to tell the person"
    TOLD_ICO = "told_ico", "Information Commissioner told"
    ICO_NOT_TOLD = "ico_not_told", "Decided not to tell the Information Commissioner"
    RISK = "risk", "Risk assessed"
    NOTE = "note", "Note"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


class Risk(models.TextChoices):
    """What a breach may do to people; each has its duty (UK GDPR Articles 33 and 34)."""

    UNLIKELY = "unlikely", "Harm to anybody is unlikely"
    LIKELY = "likely", "Somebody may come to harm"
    HIGH = "high", "Somebody may come to serious harm"


class IdentityHow(models.TextChoices):
    """How a requester's identity was checked (R6)."""

    CALLED_BACK = "called_back", "Rang back on a number found independently"
    KNOWN_ADDRESS = "known_address", "Wrote from an address we already hold"
    IN_PERSON = "in_person", "Showed identification in person"
    KNOWN_TO_US = "known_to_us", "Known to us personally"
    OTHER = "other", "In another way"


# The same where it showed that a requester is not who they said.
HOW_IT_SHOWED: dict[IdentityHow, str] = {
    IdentityHow.CALLED_BACK: "Rang the real office on a number found independently",
    IdentityHow.KNOWN_ADDRESS: "The address or number is not the one we hold",
    IdentityHow.IN_PERSON: "What they showed in person was not right",
    IdentityHow.KNOWN_TO_US: "Somebody here knows the real person, and it was not them",
    IdentityHow.OTHER: "In another way",
}


def identity_how_words(how: str, identity: str) -> str:
    """Return how a requester's identity was checked, in words that fit what came of it."""
    found = IdentityHow(how)
    return HOW_IT_SHOWED[found] if identity == "failed" else str(found.label)


class Reaction(models.TextChoices):
    """What was done after consent changed that a decision relied on (R31)."""

    STOPPED = "stopped", "Stopped: nothing more is shared under this decision"
    LOOKED_AGAIN = "looked_again", "Look again: a new version is written"
    TOLD = "told", "Told everybody who got it"
    UNCHANGED = "unchanged", "Nothing has to change, and this is why"


class Others(models.TextChoices):
    """Whether somebody whom it is not about could be recognised from an item (R39)."""

    NO = "no", "No, nobody"
    YES = "yes", "Yes"
    NOT_SURE = "not_sure", "Not sure"


class LegalPower(models.TextChoices):
    """What obliges or empowers somebody to ask (R8, domain.md line 15 of section 9)."""

    COURT_ORDER = "court_order", "A court order"
    STATUTORY_DUTY = "statutory_duty", "A duty in law to tell them"
    SECTION_47 = "section_47", "Section 47 of the Children Act 1989: a child may be harmed"
    SECTION_42 = "section_42", "Section 42 of the Care Act 2014: an adult may be harmed"
    CRIME = "crime", "To prevent or look into a crime"
    OTHER = "other", "Another power in law"
    NONE = "none", "They named none"


class Entitled(models.TextChoices):
    """Whether somebody may have what they ask for, apart from who they are (R6)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known yet"
