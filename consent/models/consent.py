"""One yes or no about sharing, in its own words; never changed, only followed by another."""

from typing import Final

from django.db import models
from django.db.models import Q

from consent.enums import GivenBy, How, Status
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.models import Case, Document, Person
from infosharing.identifiers import Identified, Referenced

# What makes a yes one that can be relied on: what was known, understood and free (R22, R23).
UNDERSTANDING: Final = (
    "knows_what_happens",
    "knows_who_is_told",
    "knows_onward_sharing",
    "knows_why",
    "consequences_explained",
    "understood",
    "freely_given",
)


class ConsentRecord(Referenced):
    """Somebody agreed or refused that information about a person is shared (R21 to R33)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consents", verbose_name="about whom"
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    said_on = models.DateField("day it was said")
    until = models.DateField("holds until", null=True, blank=True)
    limits = models.TextField("what they said no to within their yes", blank=True)
    continuing = models.BooleanField("for sharing again and again", default=False)
    review_on = models.DateField("to be looked at again on", null=True, blank=True)
    asked = models.ForeignKey(
        "consent.ConsentStep",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name="the question it answers",
    )

    given_by = models.CharField(max_length=20, choices=GivenBy.choices)
    giver = models.CharField("who said it", max_length=200)
    giver_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_given"
    )
    parental_responsibility = models.BooleanField()
    authority_evidenced = models.BooleanField()
    authority_evidence = models.TextField(blank=True)

    # Of a yes; of a no nobody asks it, as a no counts whatever was known (guide.md section 3).
    knows_what_happens = models.BooleanField(null=True, blank=True)
    knows_who_is_told = models.BooleanField(null=True, blank=True)
    knows_onward_sharing = models.BooleanField(null=True, blank=True)
    knows_why = models.BooleanField(null=True, blank=True)
    consequences_explained = models.BooleanField(null=True, blank=True)
    freely_given = models.BooleanField(null=True, blank=True)
    understood = models.BooleanField(null=True, blank=True)

    scope_purpose = models.TextField("for what purpose")
    scope_recipients = models.TextField("to whom")
    scope_information = models.TextField("which information")

    how = models.CharField("how it was said", max_length=20, choices=How.choices)
    taken_by = models.CharField("who asked", max_length=200)
    evidence = models.TextField("where the proof is, or what was said", blank=True)
    document = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name="document that shows it",
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents_taken")
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("said_on")),
                name="consent_consentrecord_until_not_before_said",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.REFUSED)
                | Q(**{f"{name}__isnull": False for name in UNDERSTANDING}),
                name="consent_consentrecord_a_yes_says_what_was_known",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.GIVEN) | Q(limits="", continuing=False, review_on=None),
                name="consent_consentrecord_limits_and_reviews_of_a_yes_only",
            ),
            models.CheckConstraint(
                condition=Q(continuing=False) | Q(until__isnull=False, review_on__isnull=False),
                name="consent_consentrecord_continuing_has_end_and_review",
            ),
        ]
        indexes = [models.Index(fields=["case", "said_on"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def recipients(self) -> list[str]:
        """Whom it names, as they were typed: one a line (R33)."""
        return [line.strip() for line in self.scope_recipients.splitlines() if line.strip()]


class Withdrawal(Identified):
    """A yes taken back; the yes stays as it was said (R31)."""

    consent = models.OneToOneField(
        ConsentRecord, on_delete=models.PROTECT, related_name="withdrawal"
    )
    withdrawn_on = models.DateField()
    withdrawn_by = models.CharField("who withdrew it", max_length=200)
    how = models.CharField(max_length=20, choices=How.choices)
    words = models.TextField("what was said", blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="withdrawals_taken"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
