"""What happens about consent beside a yes or no: asked, not asked, waited for, narrowed."""

from django.db import models
from django.db.models import Q

from consent.enums import GivenBy, How, Step
from consent.models.consent import ConsentRecord
from infosharing.accounts.models import User
from infosharing.audit.history import tracked
from infosharing.cases.models import Case, Person
from infosharing.identifiers import Referenced


class ConsentStep(Referenced):
    """One step on the way to a yes or no about sharing, or back from it; never changed.

    What was asked is kept in the words of the leaflet (R22, R59). A part of a yes that was taken
    back, and a second look at a continuing yes, name that yes (``consent``; R31, R33).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consent_steps")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consent_steps", verbose_name="about whom"
    )
    kind = models.CharField(max_length=20, choices=Step.choices)
    happened_on = models.DateField("day it happened")
    consent = models.ForeignKey(
        ConsentRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    whom = models.CharField("who is asked, or who said it", max_length=200, blank=True)
    standing = models.CharField(max_length=20, choices=GivenBy.choices, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    taken_by = models.CharField("who asked, or heard it", max_length=200, blank=True)
    words = models.TextField("what was said, or why nobody was asked", blank=True)
    again_on = models.DateField("to be looked at again on", null=True, blank=True)

    scope_purpose = models.TextField("what for", blank=True)
    scope_recipients = models.TextField("with whom", blank=True)
    scope_information = models.TextField("which information", blank=True)
    onward = models.TextField("whom those may tell in turn", blank=True)
    if_yes = models.TextField("what follows from a yes", blank=True)
    if_no = models.TextField("what follows from a no", blank=True)
    until = models.DateField("would hold until", null=True, blank=True)
    kept = models.TextField("how long it is kept", blank=True)
    contact = models.TextField("whom to ask or tell, and how", blank=True)

    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consent_steps")
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Step.NOT_SOUGHT) | ~Q(words=""),
                name="consent_consentstep_not_sought_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Step.PART_WITHDRAWN)
                | ~Q(scope_recipients="", scope_information=""),
                name="consent_consentstep_part_withdrawn_says_which",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Step.PART_WITHDRAWN, Step.REVIEWED], consent__isnull=False)
                | (~Q(kind__in=[Step.PART_WITHDRAWN, Step.REVIEWED]) & Q(consent=None)),
                name="consent_consentstep_of_a_yes_where_it_is_of_one",
            ),
        ]
        indexes = [models.Index(fields=["case", "happened_on"])]

    def __str__(self) -> str:
        return self.reference
