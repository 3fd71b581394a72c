"""Exports: what somebody asked to take away as PDF, and pages that are made once and kept."""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.models import Decision
from infosharing.accounts.models import Organisation, User
from infosharing.casefile.enums import ExportKind, ExportState
from infosharing.cases.models import Case, Person
from infosharing.identifiers import Referenced

_WHY_PLAIN = "made from the record and thrown away again; each step is an entry of the log"


class Export(Referenced):
    """A PDF that somebody asked for; theirs alone, made in the background, kept for some days."""

    kind = models.CharField(max_length=10, choices=ExportKind.choices)
    state = models.CharField(
        max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField()
    # Where it is of one organisation, for the log.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="exports"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="exports"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="exports"
    )
    told: "models.JSONField[list[str], Any]" = models.JSONField("filter in words", default=list)
    # Found by the filter, and seen by who asked, but not theirs to take away.
    kept_back = models.PositiveIntegerField(default=0)

    total = models.PositiveIntegerField("steps in all", default=0)
    done = models.PositiveIntegerField("steps done", default=0)
    # Who is making it, until when that is believed without a further sign, and how often begun.
    claim = models.CharField(max_length=22, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField("why it could not be made", blank=True)
    stored_as = models.CharField(max_length=32, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    keep_until = models.DateTimeField(null=True, blank=True)

    unprotected_because = _WHY_PLAIN

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | (~Q(stored_as="") & ~Q(sha256="")),
                name="casefile_export_ready_has_a_file",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"]),
            models.Index(fields=["state", "asked_at"]),
            models.Index(fields=["stored_as"]),
        ]

    def __str__(self) -> str:
        return self.reference


class ExportRecord(models.Model):
    """One record that belongs into an export: a decision, or a case."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # No pages are made of it: what is known of a person came through it into those of others, so
    # who may not see it any more does not take them away (cases.reaching).
    beside = models.BooleanField(default=False)
    # How often its pages were begun; whoever dies over the same record twice leaves it out.
    tries = models.PositiveSmallIntegerField(default=0)
    failed = models.BooleanField("its pages could not be made", default=False)

    unprotected_because = _WHY_PLAIN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="casefile_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.export_id}/{self.number}"


class KeptPages(models.Model):
    """Pages that are made once and kept, as long as what they are made of stays the same."""

    made_of = models.CharField("SHA-256 of content and layout", max_length=64, unique=True)
    pages = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=32, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    used_on = models.DateField(db_index=True)

    unprotected_because = _WHY_PLAIN

    def __str__(self) -> str:
        return self.made_of
