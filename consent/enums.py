"""Closed lists of the consent app, with their words (codes: guide.md section 3)."""

from django.db import models


class Status(models.TextChoices):
    """What was said."""

    GIVEN = "given", "Yes, they agreed"
    REFUSED = "refused", "No, they refused"


class GivenBy(models.TextChoices):
    """In what standing somebody said it."""

    SELF = "self", "The person themselves"
    PARENT = "parent", "A parent"
    GUARDIAN = "guardian", "A guardian, such as a special guardian"
    LOCAL_AUTHORITY = "local_authority", "The local authority, under a care order"
    CARER = "carer", "A carer, such as a relative the child stays with"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy", "An attorney or a deputy appointed by the court"
    OTHER = "other", "Somebody else"


class How(models.TextChoices):
    """How it was said."""

    SIGNED_FORM = "signed_form", "On a signed form"
    LETTER_OR_EMAIL = "letter_or_email", "In a letter or an e-mail"
    IN_PERSON = "in_person", "Face to face"
    TELEPHONE = "telephone", "On the telephone"
    OTHER = "other", "In another way"


class Step(models.TextChoices):
    """A step on the way to a yes or no, or back from it; none of them goes to the guide."""

    TO_ASK = "to_ask", "To be asked"
    ASKED = "asked", "Asked, no answer yet"
    NO_ANSWER = "no_answer", "Asked, and no answer came"
    NOT_SOUGHT = "not_sought", "Not asked, for a reason"
    PART_WITHDRAWN = "part_withdrawn", "Part of a yes taken back"
    REVIEWED = "reviewed", "Looked at again: it still stands"
