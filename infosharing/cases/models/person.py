"""A person: child, young person, adult at risk, relative; and what was judged about them."""

import unicodedata

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.enums import AgeBand, Holds, JudgementKind
from infosharing.identifiers import Identified

# Letters that Unicode does not take apart, as they are typed on a British keyboard.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def searchable(*parts: str) -> str:
    """Return text for searching: no accents, no capitals, the same on both databases."""
    plain = unicodedata.normalize("NFKD", " ".join(part for part in parts if part).casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_STROKES).split())


class Person(Identified):
    """Somebody a case is about or who has a part in it; belongs to one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    name = models.CharField("full name", max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    born = models.DateField("date of birth", null=True, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="people_added")
    added_at = models.DateTimeField()

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(born__isnull=False) & Q(age_band=""))
                | (Q(born=None) & ~Q(age_band="")),
                name="cases_person_born_or_age_band",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name


class Responsibility(Identified):
    """Who holds parental responsibility for a person, and how that is known (R1)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    holder = models.CharField("name of the holder", max_length=200)
    relationship = models.CharField(max_length=200, blank=True)
    holds = models.CharField(max_length=10, choices=Holds.choices)
    evidence = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="responsibilities_recorded"
    )
    recorded_at = models.DateTimeField()

    history = tracked()

    def __str__(self) -> str:
        return self.holder


class Judgement(Identified):
    """Whether a person can decide one matter; never carried over to another (design.md)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="judgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements")
    kind = models.CharField(max_length=12, choices=JudgementKind.choices)
    matter = models.TextField("what was to be decided")
    able = models.BooleanField()
    reasons = models.TextField()
    judged_on = models.DateField()
    judged_by = models.CharField("who judged it", max_length=300)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="judgements_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
