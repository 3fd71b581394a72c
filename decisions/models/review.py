"""A second look at a signed version by somebody who had no hand in it (R57)."""

from django.db import models
from django.db.models import Q

from decisions.enums import ReviewOutcome
from decisions.models.version import SignedVersion
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class Review(Identified):
    """Agreed, or returned with what to change; names the hash of exactly what was shown."""

    version = models.OneToOneField(SignedVersion, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices)
    words = models.TextField("comment, or what to change", blank=True)
    shown = models.CharField("digest of what was shown", max_length=64)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    reviewed_as = models.CharField(max_length=30, choices=Role.choices)
    reviewed_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ReviewOutcome.RETURNED) | ~Q(words=""),
                name="decisions_review_returned_says_what_to_change",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
