"""What becomes known about a person beside their details: danger, orders, views."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.enums import HeardHow, OrderKind, Whose
from infosharing.cases.models.case import Case
from infosharing.cases.models.document import Document
from infosharing.cases.models.person import Person
from infosharing.identifiers import Identified


class Protection(Identified):
    """A person's details must not reach somebody (rule 5 of 2024: identity protection).

    It belongs to the person and is shown in every case they are in, until it is ended: to whom
    it may be told (``cases.reaching``).
    """

    # The case it came through: who must not see that one learns nothing of it elsewhere.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="protections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protections")
    from_whom = models.CharField("whom the details must not reach", max_length=300)
    why = models.TextField()
    # Then every case the person is in is restricted, and stays so until this is ended.
    named_only = models.BooleanField("shown only to those named on a case", default=False)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="protections_recorded"
    )
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="protections_ended"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cases_protection_both_ended_at_and_by_set",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class CourtOrder(Identified):
    """An order of a court about a person; shown in every case they are in (R8).

    Told as ``cases.reaching`` says.
    """

    # The case it came through: who must not see that one learns nothing of it elsewhere.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="court_orders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="court_orders")
    kind = models.CharField(max_length=30, choices=OrderKind.choices)
    court = models.CharField(max_length=300, blank=True)
    made_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    says = models.TextField("what it says")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="court_orders"
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="court_orders_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id


class ViewHeard(Identified):
    """What somebody thinks of the matter, in their words; no consent, and no refusal (R17, R21)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="views")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="views")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    said_by = models.CharField("name of whoever said it", max_length=200)
    words = models.TextField("what they said, in their words")
    said_on = models.DateField()
    how = models.CharField(max_length=12, choices=HeardHow.choices)
    heard_by = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="views_recorded")
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
