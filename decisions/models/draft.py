"""A draft kept in rows, page by page, as typed, valid or not (design.md "Records")."""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.enums import VersionKind
from decisions.models.decision import Decision
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class Draft(Identified):
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
