"""The thread of a decision: one request, its drafts, its signed versions, its follow-up."""

from typing import Any

from django.db import models
from django.db.models import Q

from consent.models import ConsentRecord
from decisions.enums import ReviewState, State
from decisions.models.request import Request
from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.models import Case
from infosharing.identifiers import Referenced
from infosharing.search.models import add_words


class Decision(Referenced):
    """Whether, what and with whom to share; the columns repeat the version in force, for lists."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="decisions"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="decision")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTING)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions_started")
    started_at = models.DateTimeField()

    # Of the version in force; blank until one is signed.
    version = models.ForeignKey(
        "decisions.SignedVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="in_force_of",
    )
    outcome = models.CharField(max_length=20, blank=True)
    suggestion = models.CharField(max_length=40, blank=True)
    without_consent = models.BooleanField(default=False)
    against_suggestion = models.BooleanField(default=False)
    against_advice = models.BooleanField(default=False)
    signed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_signed"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    # Until when the rest is written up (guide.md section 5); None where nothing is left to write.
    write_up_due = models.DateTimeField(null=True, blank=True, db_index=True)
    # Whether the people are to be told, as signed; None where nobody can be recognised (R49).
    telling_planned = models.BooleanField(null=True, blank=True)
    # When its follow-up was closed; None while it is open (domain.md section 5, 40).
    closed_at = models.DateTimeField(null=True, blank=True)
    review_state = models.CharField(
        max_length=10, choices=ReviewState.choices, default=ReviewState.NONE, blank=True
    )
    # Until when an emergency is looked back at; None where none is, or it has been (R19).
    look_back_due = models.DateTimeField(null=True, blank=True, db_index=True)

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=State.DRAFTING, version=None, signed_at=None, signed_by=None, outcome=""
                )
                | (
                    Q(
                        state=State.SIGNED,
                        version__isnull=False,
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                    )
                    & ~Q(outcome="")
                ),
                name="decisions_decision_signed_has_version_and_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "-signed_at", "-id"]),
            models.Index(fields=["organisation", "review_state", "signed_at"]),
            models.Index(fields=["case", "started_at"]),
            # The latest of every place, for lists of a whole trust.
            models.Index(
                fields=["-signed_at", "-id"],
                condition=Q(signed_at__isnull=False),
                name="decisions_decision_newest",
            ),
            # What is still followed up, which is little of what was ever signed.
            models.Index(
                fields=["signed_by"],
                condition=Q(closed_at=None),
                name="decisions_decision_open",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; its request is then found by who works on it."""
        super().save(*args, **kwargs)
        add_words({("worker", self.request_id): self.workers()})

    def workers(self) -> list[str]:
        """Return the names of who started it and who signed the version in force."""
        return [one.name for one in (self.started_by, self.signed_by) if one is not None]


class ConsentConsidered(models.Model):
    """Whether one yes or no concerns one signed disclosure (design.md "Records")."""

    version = models.ForeignKey(
        "decisions.SignedVersion", on_delete=models.PROTECT, related_name="consents_considered"
    )
    consent = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, related_name="considered_in"
    )
    covers_purpose = models.BooleanField()
    covers_recipients = models.BooleanField()
    covers_information = models.BooleanField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "consent"], name="decisions_consentconsidered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.consent_id}"
