"""What somebody asked for, or what we think of sharing ourselves (R4 to R8)."""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.enums import Entitled, IdentityHow, LegalPower
from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.models import Case, Document, Person
from infosharing.identifiers import Identified, Referenced
from infosharing.search.models import Searched, Texts


class Request(Searched, Referenced):
    """A request received, or our own initiative; recorded even when nothing is shared (R4)."""

    # Its case's, which never moves to another: a list is walked along it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="requests", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    # Codes of infosharing.guidance.codes: ORIGINS, CHANNELS, REQUESTER_KINDS, IDENTITIES.
    origin = models.CharField(max_length=20)
    asked_for = models.TextField("which information")
    purpose = models.TextField("for what purpose")
    happened_on = models.DateField("day it came, or the day we thought of it")
    happened_time = models.CharField("time, as remembered", max_length=100, blank=True)
    by_when = models.DateTimeField("to be decided by", null=True, blank=True)

    channel = models.CharField("how it came", max_length=20, blank=True)
    requester_kind = models.CharField(max_length=20, blank=True)
    requester_name = models.CharField(max_length=200, blank=True)
    requester_role = models.CharField(max_length=200, blank=True)
    requester_organisation = models.CharField(max_length=200, blank=True)
    requester_contact = models.CharField(max_length=300, blank=True)
    # None where nobody asked: on the pages for an emergency and for refusing at once.
    crime_investigation = models.BooleanField(null=True, default=False)
    legal_power_kind = models.CharField(max_length=20, choices=LegalPower.choices, blank=True)
    legal_power = models.TextField("court order, duty or other legal power", blank=True)
    background = models.TextField("what else is known of it", blank=True)

    identity = models.CharField(max_length=20, blank=True)
    identity_how = models.CharField(max_length=20, choices=IdentityHow.choices, blank=True)
    identity_note = models.TextField("what was checked", blank=True)
    call_back_source = models.CharField(
        "where the number rung back came from", max_length=300, blank=True
    )
    entitled = models.CharField(
        "may they have it?", max_length=10, choices=Entitled.choices, blank=True
    )
    entitlement = models.TextField("why they are entitled to it, or not", blank=True)
    identity_checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="identities_checked"
    )
    identity_checked_at = models.DateTimeField(null=True, blank=True)

    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="requests_recorded"
    )
    recorded_at = models.DateTimeField()

    history = tracked(no_db_index=["organisation"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    origin="own_initiative",
                    channel="",
                    requester_kind="",
                    identity="",
                    crime_investigation=False,
                )
                | (Q(origin="received") & ~Q(channel="") & ~Q(requester_kind="") & ~Q(identity="")),
                name="decisions_request_received_has_requester",
            ),
            models.CheckConstraint(
                condition=Q(identity_checked_at=None, identity_checked_by=None)
                | Q(identity_checked_at__isnull=False, identity_checked_by__isnull=False),
                name="decisions_request_both_identity_checked_at_and_by_set",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "recorded_at"]),
            models.Index(fields=["organisation", "-recorded_at", "-id"]),
            models.Index(fields=["-recorded_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; a new one is undecided."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if new:
            Undecided.objects.create(request=self)

    def searched(self) -> Texts:
        """Return what was asked, what for and by whom; and who worked on it."""
        asked = (self.asked_for, self.purpose, self.legal_power)
        who = (self.requester_name, self.requester_role, self.requester_organisation)
        decision = None if self._state.adding else getattr(self, "decision", None)
        workers = decision.workers() if decision else ()
        return {
            ("request", self.pk): (*asked, *who),
            ("requester", self.pk): who,
            ("worker", self.pk): (self.recorded_by.name, *workers),
        }

    @classmethod
    def found_now(cls) -> "models.QuerySet[Request]":
        """Return all requests with who recorded them and their decisions."""
        return cls._base_manager.select_related("recorded_by", "decision")

    @property
    def received(self) -> bool:
        """Whether somebody asked, rather than we ourselves."""
        return self.origin == "received"


class Undecided(models.Model):
    """That nothing is signed about a request yet; the row goes with the first signature.

    What is undecided is little of what was ever asked, and every page asks for it: looked up
    here, rather than found by leaving out what is decided.
    """

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="undecided")

    unprotected_because = "repeats what requests and decisions say; can be made again from them"

    def __str__(self) -> str:
        return str(self.request_id)


class RequestPerson(models.Model):
    """Somebody of the case whom a request is about; the others of the case are not."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="about")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asked_about")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="asked_about_added")
    added_at = models.DateTimeField()

    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "person"], name="decisions_requestperson_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.person_id}"


class RequestDocument(Identified):
    """A document of the case that came with, or belongs to, a request."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="attached")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="requests")
    attached_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="documents_attached"
    )
    attached_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "document"], name="decisions_requestdocument_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class SameRequest(Identified):
    """That a request is, or is not, one recorded before; what was said last of two holds.

    Both stay with everything that belongs to them.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="same_as")
    known = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="known_again")
    same = models.BooleanField("the same request")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="same_requests_said")
    said_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(request=models.F("known")), name="decisions_samerequest_of_two"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RequestCorrection(Identified):
    """A request put right: why, by whom, and each line as it was and as it is (R51)."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="corrections")
    reason = models.TextField()
    # [label, before, after] of each line that changed.
    changes = models.JSONField()
    corrected_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="requests_corrected"
    )
    corrected_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
