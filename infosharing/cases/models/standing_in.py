"""Who stands in for a safeguarding lead, on which days and why."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Membership, Organisation, User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class StandIn(Identified):
    """A deputy named for some days: ``membership`` is the role they hold then, and its days."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="stand_ins"
    )
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="stand_in")
    in_place_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stand_ins_for")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stand_ins")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    why = models.TextField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stand_ins_named")
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="stand_ins_ended"
    )
    ended_at = models.DateTimeField("ended before the last day", null=True, blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="cases_standin_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(deputy=models.F("in_place_of")),
                name="cases_standin_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cases_standin_both_ended_at_and_by_set",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"])]

    def __str__(self) -> str:
        return self.public_id
