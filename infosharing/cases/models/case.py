"""A case, the people in it, and who may see it."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.enums import AccessKind, Part
from infosharing.cases.models.person import Person
from infosharing.identifiers import Identified, Referenced
from infosharing.search.models import Searched, Texts


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases; who may see which is the business of ``queries.visible_cases``."""


class Case(Searched, Referenced):
    """What an organisation knows and decides about one matter concerning one or more people."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    summary = models.TextField("what the case is about")
    restricted = models.BooleanField(default=False)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cases_opened")
    opened_at = models.DateTimeField()
    # None while it is open. Closing bars nothing; only somebody's own act opens it again.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_closed"
    )
    closed_because = models.TextField("why it was closed", blank=True)
    people: "models.ManyToManyField[Person, CasePerson]" = models.ManyToManyField(
        Person, through="CasePerson", related_name="cases"
    )

    objects = CaseQuerySet.as_manager()
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_because="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
                name="cases_case_closed_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opened_at"]),
            models.Index(fields=["-opened_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    def searched(self) -> Texts:
        """Return what it is about, and who opened it."""
        return {("case", self.pk): (self.summary,), ("opener", self.pk): (self.opened_by.name,)}

    @classmethod
    def found_now(cls) -> "models.QuerySet[Case]":
        """Return all cases with who opened them."""
        return cls._base_manager.select_related("opened_by")


class CasePerson(models.Model):
    """The part of one person in one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10, choices=Part.choices)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="parts_added")
    added_at = models.DateTimeField()

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_caseperson_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.person_id}"


class CaseAccess(Identified):
    """Somebody named on a case, or kept from it. Kept from it beats every role (design.md)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_access")
    kind = models.CharField(max_length=10, choices=AccessKind.choices)
    reason = models.TextField(blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_access_given")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="case_access_ended"
    )
    end_reason = models.TextField("why it ended", blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "kind"],
                condition=Q(ended_at=None),
                name="cases_caseaccess_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["user", "kind", "case"])]

    def __str__(self) -> str:
        return self.public_id
