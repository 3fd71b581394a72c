"""Closed lists of the cases app, with their words."""

from django.db import models


class AgeBand(models.TextChoices):
    """Stands in for a date of birth that is not known (guide.md section 1)."""

    UNBORN = "unborn", "Not yet born"
    UNDER_16 = "under_16", "Under 16"
    SIXTEEN_OR_17 = "16_or_17", "16 or 17"
    ADULT = "adult", "18 or over"


class Part(models.TextChoices):
    """The part a person has in a case (R1)."""

    SUBJECT = "subject", "The child, young person or adult it is about"
    RELATIVE = "relative", "A parent, carer or relative"
    OTHER = "other", "Somebody else"
    # Said afterwards, never chosen: ``cases.domain.recognising``.
    DOUBLE = "double", "The same person, recorded a second time"


class ContactKind(models.TextChoices):
    """What a contact's number or address is."""

    TELEPHONE = "telephone", "Telephone"
    EMAIL = "email", "Email"
    POST = "post", "Postal address"
    PORTAL = "portal", "Secure portal or mailbox"
    FAX = "fax", "Fax"


class Holds(models.TextChoices):
    """Whether somebody holds parental responsibility."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class AccessKind(models.TextChoices):
    """Why a person is listed on a case: to see it, or never to."""

    NAMED = "named", "Named on the case"
    EXCLUDED = "excluded", "Kept from the case"


class JudgementKind(models.TextChoices):
    """What was judged about a person, for one matter (domain.md section 3)."""

    COMPETENCE = "competence", "Under 16: able to decide this (Gillick competence)"
    CAPACITY = "capacity", "16 or over: mental capacity to decide this"


class YearGroup(models.TextChoices):
    """Years of school in England and Wales."""

    NURSERY = "n", "Nursery"
    RECEPTION = "r", "Reception"
    YEAR_1 = "1", "Year 1"
    YEAR_2 = "2", "Year 2"
    YEAR_3 = "3", "Year 3"
    YEAR_4 = "4", "Year 4"
    YEAR_5 = "5", "Year 5"
    YEAR_6 = "6", "Year 6"
    YEAR_7 = "7", "Year 7"
    YEAR_8 = "8", "Year 8"
    YEAR_9 = "9", "Year 9"
    YEAR_10 = "10", "Year 10"
    YEAR_11 = "11", "Year 11"
    YEAR_12 = "12", "Year 12"
    YEAR_13 = "13", "Year 13"
    NONE = "none", "Not at school"


class OrderKind(models.TextChoices):
    """Orders of a court that say something about a person (domain.md section 3)."""

    CARE = "care", "Care order, also an interim one"
    CHILD_ARRANGEMENTS = "child_arrangements", "Child arrangements order"
    SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship order"
    PARENTAL_RESPONSIBILITY = "parental_responsibility", "Parental responsibility order"
    ADOPTION = "adoption", "Adoption or placement order"
    NON_MOLESTATION = "non_molestation", "Non-molestation or occupation order"
    PROHIBITED_STEPS = "prohibited_steps", "Prohibited steps or specific issue order"
    WARDSHIP = "wardship", "Wardship, or another order of the High Court"
    DEPUTYSHIP = "deputyship", "Court of Protection order, such as a deputyship"
    DISCLOSURE = "disclosure", "Order to give or to withhold information"
    OTHER = "other", "Another order"


class Whose(models.TextChoices):
    """Whose view was heard."""

    PERSON = "person", "The person it is about"
    PARENT = "parent", "A parent or carer"
    RELATIVE = "relative", "Another relative"
    ADVOCATE = "advocate", "An advocate speaking for them"


class HeardHow(models.TextChoices):
    """How somebody's view was heard."""

    SPOKEN = "spoken", "They said it, face to face"
    TELEPHONE = "telephone", "By telephone or video call"
    WRITTEN = "written", "They wrote it"
    SHOWN = "shown", "They showed it: by drawing, play, signs or pictures"
    INTERPRETED = "interpreted", "Through an interpreter"
    REPORTED = "reported", "Somebody else told us what they said"


class Strand(models.TextChoices):
    """What an entry of a chronology is about: the kinds it can be narrowed to (R2)."""

    REQUEST = "request", "Requests"
    CONSENT = "consent", "What people said about sharing"
    ADVICE = "advice", "Advice"
    DECISION = "decision", "Drafts and decisions"
    REVIEW = "review", "Reviews"
    SENT = "sent", "What was sent, and receipts"
    PROGRESS = "progress", "Follow-up and escalation"
    TOLD = "told", "Telling people"
    BREACH = "breach", "Breaches"
    PERSON = "person", "People, and what is known of them"
    DOCUMENT = "document", "Documents"
    CASE = "case", "The case, and who sees it"
    NOTE = "note", "Restricted notes"
