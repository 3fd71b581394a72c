"""What somebody did after consent changed that a signed decision relied on (R31)."""

from django.db import models

from decisions.enums import Reaction
from decisions.models.version import SignedVersion
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class ConsentReaction(Identified):
    """What was done about every change of consent known at that moment; never changed.

    ``shown`` is the digest of the changes that were on the page.
    """

    version = models.ForeignKey(
        SignedVersion, on_delete=models.PROTECT, related_name="consent_reactions"
    )
    done = models.CharField(max_length=15, choices=Reaction.choices)
    words = models.TextField("what was done, and why")
    shown = models.CharField("digest of the changes shown", max_length=64)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="consent_reactions"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
