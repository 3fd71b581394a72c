"""A note on a case for the eyes of a few, whoever else sees the case."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.models.case import Case
from infosharing.identifiers import Identified


class RestrictedNote(Identified):
    """Shown to those named on it and to nobody else; in no list, count, search or export.

    It is not the place for what a decision rests on: that is signed, and read by who reviews.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="restricted_notes")
    words = models.TextField("the note")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notes_written")
    written_at = models.DateTimeField()

    history = tracked()

    class Meta:
        indexes = [models.Index(fields=["case", "id"])]

    def __str__(self) -> str:
        return self.public_id


class NoteReader(Identified):
    """Somebody named on a restricted note; until ``ended_at`` they read it."""

    note = models.ForeignKey(RestrictedNote, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="notes_read", verbose_name="who reads it"
    )
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="notes_shown", verbose_name="named by"
    )
    given_at = models.DateTimeField("named on")
    ended_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notes_hidden",
        verbose_name="ended by",
    )
    ended_at = models.DateTimeField("no longer since", null=True, blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "user"],
                condition=Q(ended_at=None),
                name="cases_notereader_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="cases_notereader_both_ended_at_and_by_set",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
