"""How long a school or service keeps what it records, in the words it tells people (R31, R52)."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.identifiers import Identified


class KeptFor(Identified):
    """What was said about it from one moment on; the latest holds, the earlier stay readable."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="kept_for"
    )
    words = models.TextField("how long it is kept")
    because = models.TextField("where that stands", blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="kept_for_set")
    set_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="cases_keptfor_says_how_long"),
        ]
        indexes = [models.Index(fields=["organisation", "id"])]

    def __str__(self) -> str:
        return self.public_id
