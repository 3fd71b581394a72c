"""A second look at a signed version by somebody who had no hand in it (R57); what they ask."""

from django.db import models
from django.db.models import Q

from decisions.enums import LookedBack, ReviewOutcome
from decisions.models.decision import Decision
from decisions.models.version import SignedVersion
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.roles import Role
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified

DEFAULT_LOOK_BACK_DAYS = 5


class ReviewSetting(Identified):
    """What of a place's decisions is reviewed, and by how many; the latest row holds.

    ``kinds`` and ``second`` are codes of ``ReviewKind``. What was settled at a signature stays,
    whatever is set later.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="review_settings"
    )
    kinds = models.JSONField("what is reviewed")
    second = models.JSONField("what is reviewed by a second person", default=list)
    look_back_days = models.PositiveSmallIntegerField(
        "working days until an emergency is looked back at", default=DEFAULT_LOOK_BACK_DAYS
    )
    reason = models.TextField("why")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_settings")
    set_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(look_back_days__gte=1) & ~Q(reason=""),
                name="decisions_reviewsetting_has_days_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Judged(models.Model):
    """What a reviewer said; ``shown`` is the digest of all that they were shown."""

    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices)
    words = models.TextField("comment, what to change or why not agreed", blank=True)
    shown = models.CharField("digest of what was shown", max_length=64)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="%(class)ss")
    reviewed_as = models.CharField(max_length=30, choices=Role.choices)
    in_place_of = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss_in_place"
    )
    reviewed_at = models.DateTimeField()

    class Meta:
        abstract = True


def _has_words(name: str, *outcomes: ReviewOutcome) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(outcome__in=outcomes) | ~Q(words=""), name=name)


class Review(Judged, Identified):
    """Agreed, returned with what to change, or not agreed while the decision stands."""

    version = models.OneToOneField(SignedVersion, on_delete=models.PROTECT, related_name="review")

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ReviewOutcome.RETURNED) | ~Q(words=""),
                name="decisions_review_returned_says_what_to_change",
            ),
            _has_words("decisions_review_disagreed_says_why", ReviewOutcome.DISAGREED),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def said(self) -> "list[Review | SecondReview]":
        """What was said of the version so far: this, and what a second person said."""
        second: SecondReview | None = getattr(self, "second", None)
        return [self] if second is None else [self, second]

    @property
    def returned_by(self) -> "Review | SecondReview | None":
        """The review that returned the version, if one did."""
        return next((one for one in self.said if one.outcome == ReviewOutcome.RETURNED), None)


class SecondReview(Judged, Identified):
    """What another person said after the first; only where the school's setting wanted two."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="second")

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            _has_words(
                "decisions_secondreview_says_why",
                ReviewOutcome.RETURNED,
                ReviewOutcome.DISAGREED,
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ReviewReply(Identified):
    """What the author says to a reviewer who did not agree, or that they have read it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="replies")
    to_second = models.BooleanField("to the second reviewer", default=False)
    words = models.TextField("what the author says to it", blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_replies")
    replied_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "to_second"], name="decisions_reviewreply_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class LookBack(Identified):
    """A later look at what was shared in an emergency: was it right, what is learnt (R19)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="look_back")
    # In force when it was looked back at.
    version = models.ForeignKey(SignedVersion, on_delete=models.PROTECT, related_name="look_backs")
    found = models.CharField("what was found", max_length=10, choices=LookedBack.choices)
    findings = models.TextField("why")
    to_change = models.TextField("what is to be done differently", blank=True)
    shown = models.CharField("digest of what was shown", max_length=64)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="look_backs")
    looked_as = models.CharField(max_length=30, choices=Role.choices)
    in_place_of = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="look_backs_in_place"
    )
    looked_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(findings=""), name="decisions_lookback_says_what_was_found"
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
