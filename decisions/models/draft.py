"""A draft kept in rows, page by page, as typed, valid or not (design.md "Records")."""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.enums import VersionKind
from decisions.models.decision import Decision
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class TakenUpAgain(models.Model):
    """Why there is a further version; blank for a first one (R50).

    ``known_on`` and ``known_from`` say of a decision that is opened again since when what is new
    is known, and from whom.
    """

    reason = models.TextField("why a new version is needed, or what is new", blank=True)
    known_on = models.DateField("since when it is known", null=True, blank=True)
    known_from = models.CharField("from whom it is known", max_length=300, blank=True)

    class Meta:
        abstract = True


def reopening_says_what_is_new() -> Q:
    """Return what a row that opens a decision again must satisfy."""
    return ~Q(kind=VersionKind.REOPENING) | (
        Q(known_on__isnull=False) & ~Q(reason="") & ~Q(known_from="")
    )


class Draft(TakenUpAgain, Identified):
    """One attempt at a version; a decision has one open draft at the most."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(
        max_length=10, choices=VersionKind.choices, default=VersionKind.DECISION
    )
    pack = models.CharField("checklist followed", max_length=50)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts_started")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(closed_at=None),
                name="decisions_draft_one_open_a_decision",
            ),
            models.CheckConstraint(
                condition=reopening_says_what_is_new(),
                name="decisions_draft_reopening_says_what_is_new",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class DraftPage(models.Model):
    """What was typed on one page; ``index`` counts pages that repeat, such as items, from 1."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="pages")
    page = models.CharField(max_length=60)
    index = models.PositiveSmallIntegerField(default=0)
    typed: "models.JSONField[dict[str, list[str]], Any]" = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    removed = models.BooleanField(default=False)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pages_saved")
    saved_at = models.DateTimeField()

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "page", "index"], name="decisions_draftpage_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.page}/{self.index}"


class DraftEditor(models.Model):
    """Somebody who changed a draft: may sign it, can never review it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="editors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts_edited")
    first_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "user"], name="decisions_drafteditor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.user_id}"
