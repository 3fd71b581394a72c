"""A person: child, young person, adult at risk, relative; and what was judged about them."""

from datetime import date

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.enums import AgeBand, Holds, JudgementKind, YearGroup
from infosharing.guidance.facts import age_on
from infosharing.identifiers import Identified
from infosharing.search.models import Searched, Texts


class Person(Searched, Identified):
    """Somebody a case is about or who has a part in it; belongs to one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    name = models.CharField("full name", max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    born = models.DateField("date of birth", null=True, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True)
    # As said on a day, so that it grows with the person; the band is what it was on that day.
    about_age = models.PositiveSmallIntegerField("about how old", null=True, blank=True)
    about_age_on = models.DateField("the day that was said", null=True, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    year_group = models.CharField(max_length=4, choices=YearGroup.choices, blank=True)
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
            models.CheckConstraint(
                condition=Q(about_age=None, about_age_on=None)
                | Q(about_age__isnull=False, about_age_on__isnull=False, born=None),
                name="cases_person_about_age_with_its_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name

    def band_on(self, on: date) -> str:
        """Return the age band on a day for somebody whose date of birth is not known.

        "About 9" said two years ago is about 11; without a number it is the band as chosen.
        """
        if self.about_age is None or self.about_age_on is None:
            return self.age_band
        return str(band_of(self.about_age + age_on(self.about_age_on, on)))

    def searched(self) -> Texts:
        """Return the names."""
        return {("person", self.pk): (self.name, self.preferred_name)}


def band_of(years: int) -> AgeBand:
    """Return the age band of an age in years."""
    if years < 16:
        return AgeBand.UNDER_16
    return AgeBand.SIXTEEN_OR_17 if years < 18 else AgeBand.ADULT


class Responsibility(Identified):
    """Who holds parental responsibility for a person, and how that is known (R1)."""

    # The case it came through: who must not see that one learns nothing of it elsewhere.
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="responsibilities"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    holder = models.CharField("name of the holder", max_length=200)
    relationship = models.CharField(max_length=200, blank=True)
    holds = models.CharField(max_length=10, choices=Holds.choices)
    evidence = models.TextField("what shows it", blank=True)
    seen_on = models.DateField("the day that was seen", null=True, blank=True)
    seen_by = models.CharField("who saw it", max_length=200, blank=True)
    document = models.ForeignKey(
        "cases.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsibilities",
    )
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
    # Each answer for itself; unknown (NULL) in judgements from before they were kept apart, whose
    # answers stand in ``reasons`` under their questions.
    understands = models.BooleanField(null=True)
    retains = models.BooleanField(null=True)
    weighs = models.BooleanField(null=True)
    communicates = models.BooleanField(null=True)
    own_view = models.BooleanField("their own view, not pressed on them", null=True)
    impairment = models.BooleanField("something affects mind or brain", null=True)
    impairment_what = models.CharField(max_length=300, blank=True)
    because_of_impairment = models.BooleanField(null=True)
    support = models.TextField("what was done to help them decide", blank=True)
    able = models.BooleanField()
    reasons = models.TextField("what they said or did that shows it")
    judged_on = models.DateField()
    judged_by = models.CharField("who judged it", max_length=300)
    document = models.ForeignKey(
        "cases.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="judgements",
        verbose_name="document that shows it",
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="judgements_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
