"""The cast: a trust with one school and its people, and a stranger in another school of it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.utils import timezone

from infosharing.accounts.models import Membership, Organisation, OrganisationKind, User
from infosharing.accounts.roles import Role

PASSWORD = "correct horse battery"
_HASHED = make_password(PASSWORD, salt="salt-for-the-tests", hasher=MD5PasswordHasher())

ROLES = {
    "staff": Role.PRACTITIONER,
    "colleague": Role.PRACTITIONER,
    "dsl": Role.DSL,
    "deputy": Role.DEPUTY_DSL,
    "head": Role.HEAD,
    "manager": Role.MANAGER,
    "dpl": Role.DATA_PROTECTION_LEAD,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
}
NAMES = {
    "staff": "Sam Okafor",
    "colleague": "Priya Nair",
    "dsl": "Dilys Morgan",
    "deputy": "Tomasz Łęcki",
    "head": "Helen Achebe",
    "manager": "Martin Boyle",
    "dpl": "Dana Whitlock",
    "auditor": "Aisha Rahman",
    "admin": "Alex Byrne",
    "stranger": "Stella Price",
}


@dataclass
class Cast:
    """Everybody the tests speak of."""

    trust: Organisation
    school: Organisation
    other_school: Organisation
    staff: User
    colleague: User
    dsl: User
    deputy: User
    head: User
    manager: User
    dpl: User
    auditor: User
    admin: User
    stranger: User

    def everybody(self) -> dict[str, User]:
        """Return the users by the name the tests call them."""
        return {name: getattr(self, name) for name in NAMES}


# The cast has the same keys in every test, as PostgreSQL numbers on where a test is taken back:
# what is kept by somebody's standing (infosharing.cases.due) is then kept for them.
FIRST_KEY = 10_000_001
KEYS = {name: FIRST_KEY + place for place, name in enumerate(NAMES)}


def make_user(username: str, name: str | None = None) -> User:
    """Make a user with the password of the tests and no role."""
    user = _a_user(username, name)
    user.save(force_insert=True)
    return user


def make_member(user: User, organisation: Organisation, role: Role) -> Membership:
    """Give a user a role from long ago, without an end."""
    member = _a_member(user, organisation, role)
    member.save(force_insert=True)
    return member


def make_cast() -> Cast:
    """Make trust, schools and everybody in them. Inside a test's transaction only."""
    now = timezone.now()
    trust = Organisation(
        pk=FIRST_KEY + 0, name="Vale Learning Trust", kind=OrganisationKind.TRUST, made_at=now
    )
    school, other = (
        Organisation(
            pk=FIRST_KEY + place,
            name=name,
            kind=OrganisationKind.SCHOOL,
            parent=trust,
            made_at=now,
        )
        for place, name in enumerate(("Marsh Lane School", "Hill Rise School"), start=1)
    )
    users = {username: _a_user(username) for username in (*ROLES, "stranger")}
    members = [_a_member(users[username], school, role) for username, role in ROLES.items()]
    # Three statements, as nearly every test begins with them.
    Organisation.objects.bulk_create([trust, school, other])
    User.objects.bulk_create(users.values())
    Membership.objects.bulk_create([*members, _a_member(users["stranger"], other, Role.DSL)])
    return Cast(trust=trust, school=school, other_school=other, **users)


def _a_user(username: str, name: str | None = None) -> User:
    return User(
        pk=KEYS.get(username),
        username=username,
        name=name or NAMES.get(username, username.title()),
        password=_HASHED,
        joined_at=timezone.now(),
    )


def _a_member(user: User, organisation: Organisation, role: Role) -> Membership:
    return Membership(
        user=user,
        organisation=organisation,
        role=role,
        starts_on=date(2020, 1, 1),
        given_at=timezone.now(),
    )
