"""What access keeps that is no part of the record."""

from django.db import models

from infosharing.accounts.models import User
from infosharing.identifiers import Identified


class KeptText(Identified):
    """A page that somebody sent when they were no longer signed in: theirs alone, until sent.

    ``fields`` are the posted names with their values, in page order; ``path`` is where they go.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    fields = models.JSONField()
    attached = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
