"""Whom the school shares with: people of other agencies, with numbers found independently (R41)."""

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import Organisation, User
from infosharing.audit.history import tracked
from infosharing.cases.enums import ContactKind
from infosharing.identifiers import Identified


class Contact(Identified):
    """Somebody outside to whom information may go; belongs to one organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    agency = models.CharField("organisation or team", max_length=200, blank=True)
    ended_at = models.DateTimeField("no longer used since", null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts_added")
    added_at = models.DateTimeField()

    history = tracked()

    class Meta:
        indexes = [models.Index(fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.public_id


class ContactDetail(Identified):
    """A number or an address with where it was found; superseded, never overwritten."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="details")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField("number or address", max_length=300)
    source = models.CharField("where it was found", max_length=300)
    found_on = models.DateField()
    found_by = models.CharField("who found it", max_length=200)
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="contact_details_added"
    )
    added_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_because = models.TextField(blank=True)

    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(value="")
                & ~Q(source="")
                & (
                    Q(superseded_at=None, superseded_because="")
                    | (Q(superseded_at__isnull=False) & ~Q(superseded_because=""))
                ),
                name="cases_contactdetail_says_where_it_was_found",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
