"""A breach: what was sent reached somebody it was not meant for (UK GDPR Article 33)."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import Case as FirstOf
from django.db.models import F, Q, Value, When

from decisions.enums import BreachKind, Risk
from decisions.models.decision import Decision
from decisions.models.following import Disclosure
from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.models import Case
from infosharing.identifiers import Identified, Referenced

A_MILLENNIUM: Final = timedelta(days=365_000)


def open_ones_first() -> FirstOf:
    """Return the time by which breaches are listed, rising: one column, so that pages follow it.

    Of an open one when it was known; of a closed one long after it was closed.
    """
    return FirstOf(
        When(closed_at=None, then=F("known_at")),
        default=F("closed_at") + Value(A_MILLENNIUM),
        output_field=models.DateTimeField(),
    )


class Breach(Referenced):
    """One breach, told once; everything done about it is a ``BreachStep``.

    ``known_at`` starts the 72 hours; ``closed_at`` alone changes.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="breaches"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breaches")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="breaches")
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="breach")
    happened_on = models.DateField()
    known_at = models.DateTimeField()
    reached = models.TextField("whom it reached")
    what = models.TextField("which information")
    whose = models.TextField("whose information")
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="breaches_recorded"
    )
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name_plural = "breaches"
        indexes = [models.Index(fields=["organisation", "closed_at", "known_at"])]

    def __str__(self) -> str:
        return self.reference


class BreachStep(Identified):
    """One thing done, decided or told about a breach; the latest of its kind holds."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=BreachKind.choices)
    risk = models.CharField(max_length=10, choices=Risk.choices, blank=True)
    happened_at = models.DateTimeField()
    who = models.CharField("who did it, or who was told", max_length=300, blank=True)
    words = models.TextField()
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="breach_steps_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="")
                & (
                    (Q(kind=BreachKind.RISK) & ~Q(risk=""))
                    | (~Q(kind=BreachKind.RISK) & Q(risk=""))
                ),
                name="decisions_breachstep_risk_with_its_assessment",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
