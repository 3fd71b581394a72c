"""A second look at a signed version by somebody who had no hand in it (R57); what they ask."""

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


class ReviewQuestion(Identified):
    """What a reviewer asks about one part of a version, to be answered beside that part.

    ``page`` and ``index`` are where a draft changes that part; blank where no page does.
    ``place`` is what the part was called on the record that the reviewer read.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    page = models.CharField(max_length=60, blank=True)
    index = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=200)
    words = models.TextField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"], name="decisions_reviewquestion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
