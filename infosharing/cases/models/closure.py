"""Days on which nobody is at work at one school or service, beside weekends and bank holidays."""

from django.db import models
from django.db.models import F, Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class Closure(Identified):
    """Days, first and last included, that do not count as working days; may be taken back."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="closures"
    )
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    what = models.CharField("what it is", max_length=200)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="closures_added")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="closures_removed"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="cases_closure_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="cases_closure_both_removed_at_and_by_set",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "last_on"])]

    def __str__(self) -> str:
        return self.public_id
