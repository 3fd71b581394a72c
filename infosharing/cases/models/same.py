"""That two rows are one person, or are not: a link between them, never a deletion."""

from django.db import models
from django.db.models import F, Q

from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.enums import Part
from infosharing.cases.models.case import Case
from infosharing.cases.models.person import Person
from infosharing.identifiers import Identified


class SamePerson(Identified):
    """What somebody said of two rows in a case; of the same two, what was said last holds.

    Both rows stay, with everything that points at them. In the case the second row's part becomes
    that of somebody recorded twice; ``part`` is what it was.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="same_people")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="same_as", verbose_name="recorded again"
    )
    known = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="known_again", verbose_name="who it is"
    )
    same = models.BooleanField("the same person")
    part = models.CharField(max_length=10, choices=Part.choices)
    why = models.TextField(blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="same_people_said")
    said_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        verbose_name_plural = "same people"
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("known")), name="cases_sameperson_of_two"),
        ]

    def __str__(self) -> str:
        return self.public_id
