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
