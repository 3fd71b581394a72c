"""What was signed: immutable, with the pack it followed; and its items and recipients as rows."""

import json
from typing import Any

from django.db import models

from decisions.enums import Handling, Others, VersionKind
from decisions.models.decision import Decision
from decisions.models.draft import Draft, TakenUpAgain, reopening_says_what_is_new
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.history import tracked
from infosharing.cases.models import Person
from infosharing.identifiers import Identified
from infosharing.search.models import Searched, Texts, replace_words

# What is typed into a decision in sentences: names in guide.md section 5.
REASONS = (
    "reasons",
    "withheld",
    "no_consent_because",
    "not_informed_because",
    "refusal_not_discussed_because",
    "override_reasons",
)


class PackVersion(models.Model):
    """One version of a checklist, whole, kept once under the hash of its content (R54)."""

    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=50)
    version = models.CharField(max_length=50)
    body = models.TextField("canonical JSON")
    kept_at = models.DateTimeField()

    append_only = True

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class SignedVersion(TakenUpAgain, Searched, Identified):
    """A decision as it was signed: one canonical JSON from which PDF and proofs are made."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=VersionKind.choices)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="version")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="versions")
    body = models.TextField("canonical JSON")
    digest = models.CharField("SHA-256 of the body", max_length=64)
    outcome = models.CharField(max_length=20)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="versions_signed")
    signed_as = models.CharField(max_length=30, choices=Role.choices)
    signed_at = models.DateTimeField()
    # Of an emergency: when it happened, apart from when it was signed.
    happened_on = models.DateField(null=True, blank=True)
    happened_time = models.CharField("time, as remembered", max_length=100, blank=True)
    # Until when what it leaves open is written up; None where it leaves nothing open.
    write_up_due = models.DateTimeField(null=True, blank=True)
    # Settled at the signature by the school's setting then: codes of ReviewKind, none for neither.
    review_because = models.JSONField("why it is reviewed", default=list, blank=True)
    second_because = models.JSONField("why two people review it", default=list, blank=True)
    look_back_due = models.DateTimeField("to be looked back at by", null=True, blank=True)
    in_place_of = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="versions_in_place"
    )

    append_only = True
    history = tracked(excluded_fields=["body"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"], name="decisions_signedversion_number_once"
            ),
            models.CheckConstraint(
                condition=reopening_says_what_is_new(),
                name="decisions_signedversion_reopening_says_what_is_new",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; the decision is then found by this version and no longer by an earlier one."""
        kinds = ("decision", "recipient", "author", "ground")
        replace_words({(kind, self.decision_id): () for kind in kinds})
        super().save(*args, **kwargs)

    def searched(self) -> Texts:
        """Return what the decision is found by, and by its items and recipients in turn."""
        signed: dict[str, Any] = json.loads(self.body)
        given: dict[str, Any] = signed.get("given", {})
        decided: dict[str, Any] = given.get("decision", {})
        reasons = (decided.get(name) or "" for name in REASONS)
        people = [
            person.get(name) or ""
            for person in signed.get("people", ())
            for name in ("name", "preferred_name")
        ]
        key = self.decision_id
        return {
            ("decision", key): (*reasons, *people),
            ("author", key): (signed.get("signed", {}).get("name") or "",),
            ("ground", key): given.get("grounds", ()),
        }

    @classmethod
    def found_now(cls) -> "models.QuerySet[SignedVersion]":
        """Return the versions in force."""
        return cls._base_manager.filter(in_force_of__isnull=False)


class Item(Searched, Identified):
    """One piece of information in a signed version: shared, redacted or held back (R34, R38)."""

    version = models.ForeignKey(SignedVersion, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    nature = models.CharField(max_length=10, blank=True)
    handling = models.CharField(max_length=10, choices=Handling.choices)
    handling_reason = models.TextField(blank=True)
    source_checked = models.BooleanField(default=False)
    source_not_checked_because = models.TextField(blank=True)
    source = models.TextField("who said or wrote it", blank=True)
    is_history = models.BooleanField("about the past rather than now", null=True, blank=True)
    history_when = models.TextField("from when it is", blank=True)
    others = models.CharField(
        "whether others can be recognised", max_length=10, choices=Others.choices, blank=True
    )
    others_done = models.TextField("who they are and what was done", blank=True)
    as_sent = models.TextField("how it reads with parts taken out", blank=True)
    about = models.ManyToManyField(Person, through="ItemPerson", related_name="items")

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="decisions_item_number"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def searched(self) -> Texts:
        """Return what is in it, to find the decision by."""
        return {("decision", self.version.decision_id): (self.what, self.handling_reason)}

    @classmethod
    def found_now(cls) -> "models.QuerySet[Item]":
        """Return those of the versions in force."""
        rows = cls._base_manager.filter(version__in_force_of__isnull=False)
        return rows.select_related("version")


class ItemPerson(models.Model):
    """Somebody an item is about."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="item_people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="item_people")

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return f"{self.item_id}/{self.person_id}"


class Recipient(Searched, Identified):
    """Somebody who is to be told, how, and for what use (R40 to R43)."""

    version = models.ForeignKey(SignedVersion, on_delete=models.PROTECT, related_name="recipients")
    number = models.PositiveSmallIntegerField()
    name = models.TextField()
    organisation = models.TextField(blank=True)
    method = models.CharField(max_length=40)
    address = models.TextField("number or address used", blank=True)
    need_to_know = models.BooleanField(default=False)
    told_confidential = models.BooleanField(default=False)
    intended_use = models.TextField(blank=True)
    address_source = models.TextField("where the number or address was found", blank=True)
    onward = models.CharField("may they pass it on", max_length=10, blank=True)
    onward_limits = models.TextField("to whom, on what terms", blank=True)

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="decisions_recipient_number"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def searched(self) -> Texts:
        """Return who it is, to find the decision by; what it is for is found like its reasons."""
        key = self.version.decision_id
        return {
            ("recipient", key): (self.name, self.organisation),
            ("decision", key): (self.name, self.organisation, self.intended_use),
        }

    @classmethod
    def found_now(cls) -> "models.QuerySet[Recipient]":
        """Return those of the versions in force."""
        rows = cls._base_manager.filter(version__in_force_of__isnull=False)
        return rows.select_related("version")
