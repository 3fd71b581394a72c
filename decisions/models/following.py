"""What happened after signing: sent, received, told; planned and done are apart (design.md)."""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.enums import ProgressKind, ReceiptState
from decisions.models.decision import Decision
from decisions.models.version import Item, Recipient
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.models import Document, Person
from infosharing.identifiers import Identified


class Disclosure(Identified):
    """Something was sent to one recipient (R34, R41)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="disclosures")
    sent_on = models.DateField()
    sent_time = models.CharField("time, as remembered", max_length=100, blank=True)
    method = models.CharField("how", max_length=40)
    address = models.CharField("number or address used", max_length=300, blank=True)
    sent_by = models.CharField("who sent it", max_length=200)
    told_confidential = models.BooleanField()
    # The care its way needs, ticked as codes of decisions.care; what was not is shown, too.
    checks: "models.JSONField[list[str], Any]" = models.JSONField(default=list)
    tracking = models.CharField("tracking number", max_length=200, blank=True)
    heard_by = models.CharField("who heard it or was handed it", max_length=300, blank=True)
    unplanned_because = models.TextField("why not as planned", blank=True)
    receipt_due_on = models.DateField("receipt expected by", null=True, blank=True)
    note = models.TextField(blank=True)
    document = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
        verbose_name="copy of what was sent",
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="disclosures_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id


class DisclosedItem(models.Model):
    """One item that was in what was sent."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="sent_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sent_items")

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "item"], name="decisions_discloseditem_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id}/{self.item_id}"


class Receipt(Identified):
    """Whether what was sent arrived, as far as was known at a moment; the latest holds (R44)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="receipts")
    state = models.CharField(max_length=15, choices=ReceiptState.choices)
    known_on = models.DateField()
    confirmed_by = models.CharField("who confirmed it", max_length=200, blank=True)
    how = models.TextField(blank=True)
    due_on = models.DateField("asked again, answer expected by", null=True, blank=True)
    document = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="receipts",
        verbose_name="document that shows it",
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="receipts_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReceiptState.CONFIRMED) | ~Q(confirmed_by=""),
                name="decisions_receipt_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Telling(Identified):
    """Whether the person, or somebody for them, was told (R49)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="tellings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tellings")
    told = models.BooleanField()
    told_on = models.DateField(null=True, blank=True)
    told_who = models.CharField("who was told", max_length=200, blank=True)
    told_by = models.CharField("who told them", max_length=200, blank=True)
    how = models.TextField(blank=True)
    why_not = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="tellings_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told=True, told_on__isnull=False, why_not="", look_again_on=None)
                | (Q(told=False, told_on=None) & ~Q(why_not="")),
                name="decisions_telling_told_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AfterAnswer(Identified):
    """The answer to one of the checklist's questions for afterwards; the latest holds (R14)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="after_answers")
    question = models.CharField(max_length=60)
    answer = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="after_answers_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id


class Progress(Identified):
    """What came of a decision later: a reply, a stage of escalation, closing, opening again."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="progress")
    kind = models.CharField(max_length=15, choices=ProgressKind.choices)
    happened_on = models.DateField()
    who = models.CharField("who replied, or with whom it was raised", max_length=300, blank=True)
    words = models.TextField("what was said or done, or why")
    look_again_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="progress_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="")
                & (Q(kind__in=[ProgressKind.CLOSED, ProgressKind.REOPENED]) | ~Q(who="")),
                name="decisions_progress_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
