"""The two tables of the log, whose rows never change (R51, L1); and which forms were sent."""

from django.db import models

from infosharing.audit import log_format
from infosharing.audit.events import Outcome


class ReturnedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that the database hands back with the INSERT: what is stored, not what was meant."""

    db_returning = True


class Entry(models.Model):
    """One thing that happened. ``header`` is the evidence; the columns below repeat it for queries.

    ``seq`` has no gaps. ``prev_hash`` is unique, so the chain cannot fork. An empty text in a
    column means "none"; ``at`` is UTC.
    """

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    prev_hash = models.BinaryField(unique=True, max_length=log_format.HASH_BYTES)
    header = ReturnedBytesField()
    commitment = ReturnedBytesField(max_length=log_format.HASH_BYTES)
    entry_hash = ReturnedBytesField(max_length=log_format.HASH_BYTES)

    at = models.DateTimeField()
    event = models.CharField(max_length=64)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    actor_id = models.CharField(max_length=22)
    organisation_id = models.CharField(max_length=22, blank=True)
    case_id = models.CharField(max_length=22, blank=True)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_entry_seq_from_1"),
        ]
        indexes = [
            models.Index(fields=["case_id", "-seq"], name="audit_entry_case"),
            models.Index(fields=["object_type", "object_id", "-seq"], name="audit_entry_object"),
            models.Index(fields=["actor_id", "-seq"], name="audit_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"


class Payload(models.Model):
    """The human details of the entry with the same ``seq``, apart so that they can be disposed of.

    The entry commits to them by ``commitment(salt, payload)``; without the salt nobody can guess
    them from it.
    """

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField(max_length=log_format.SALT_BYTES)
    payload = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_payload_seq_from_1"),
        ]

    def __str__(self) -> str:
        return str(self.seq)


class Submission(models.Model):
    """A form that somebody sent and that led to an act: so the same form acts once (C1).

    Written as the first thing in the transaction of the act it led to, so both are there or
    neither. ``address`` is where the act led, added when the answer is known; empty where the
    server died before. Not part of the record: no text of anybody, only a keyed hash of it.
    """

    token = models.CharField(max_length=22)
    actor_id = models.CharField(max_length=22)
    digest = models.CharField(max_length=64)
    address = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "token"], name="audit_submission_once"),
        ]

    def __str__(self) -> str:
        return self.token
