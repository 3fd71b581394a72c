"""Users, the tree of organisations, and who has which role in which of them, from when to when."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from infosharing.accounts.roles import Role
from infosharing.identifiers import Identified


class UserManager(BaseUserManager["User"]):
    """Looks users up by user name; making one is a verb of ``infosharing.access.domain``."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of that name, capital letters aside."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser, Identified):
    """A person who signs in. Never deleted: made inactive when they leave."""

    username = models.CharField(
        "user name", max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField("full name", max_length=200)
    email = models.EmailField("e-mail address", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    # What Django calls the last sign-in is an entry in the log here, not a column.
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="accounts_user_username_once"),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="accounts_user_email_once"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """Return the name as it is shown beside what the person did."""
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Return whether the password is right; never writes (no silent rehash outside an act)."""
        return check_password(raw_password, self.password)


def display_name(user: User) -> str:
    """Return how a user is addressed."""
    return user.name


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    TRUST = "trust", "Trust"
    SCHOOL = "school", "School or college"
    CHARITY = "charity", "Charity"
    SERVICE = "service", "Service"


class Organisation(Identified):
    """A school, trust, charity or service; a trust has its schools below it (R60)."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    pack = models.CharField(
        "checklist it follows", max_length=50, default="statutory-2024", help_text="Code of a pack."
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="accounts_organisation_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by the day they hold."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Return those in force on a day (a date in London)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Membership(Identified):
    """One role of one user in one organisation, from a day until a day (both included)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="memberships_given"
    )
    given_at = models.DateTimeField()
    # A deputy's for some days: for whom they stand in (cases.StandIn says why and until when).
    in_place_of = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="stood_in_for"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on") - 1),
                name="accounts_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(in_place_of=None)
                | (Q(ends_on__isnull=False) & ~Q(in_place_of=models.F("user"))),
                name="accounts_membership_in_place_of_another_with_an_end",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Invitation(Identified):
    """A link by which somebody new makes their account; only the hash of its secret is kept."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_both_accepted_at_and_accepted_by_set",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_open(self, at: datetime) -> bool:
        """Return whether the link still works at a moment (aware)."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
