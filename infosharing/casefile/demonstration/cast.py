"""Who works in the demonstration: one school of a trust, and a stranger in another school."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from infosharing.access.domain.members import add_member, set_up_organisation
from infosharing.accounts.models import Organisation, OrganisationKind, User
from infosharing.accounts.roles import Role
from infosharing.guidance.loading import DEFAULT

PASSWORD = "safe to share 2026"  # noqa: S105 - printed at every start; refused in production
TRUST = "Vale Learning Trust"
SCHOOL = "Marsh Lane School"
OTHER_SCHOOL = "Hill Rise School"


@dataclass(frozen=True)
class Member:
    """Somebody who can sign in, and what they are there to try."""

    username: str
    name: str
    role: Role
    school: str = SCHOOL


MEMBERS = (
    Member("staff", "Sam Okafor", Role.PRACTITIONER),
    Member("colleague", "Priya Nair", Role.PRACTITIONER),
    Member("dsl", "Dilys Morgan", Role.DSL),
    Member("deputy", "Tomasz Łęcki", Role.DEPUTY_DSL),
    Member("head", "Helen Achebe", Role.HEAD),
    Member("manager", "Martin Boyle", Role.MANAGER),
    Member("dpl", "Dana Whitlock", Role.DATA_PROTECTION_LEAD),
    Member("auditor", "Aisha Rahman", Role.AUDITOR),
    Member("admin", "Alex Byrne", Role.ADMINISTRATOR),
    Member("stranger", "Stella Price", Role.DSL, OTHER_SCHOOL),
)


@dataclass(frozen=True)
class Cast:
    """The school, the other school, and everybody by user name."""

    school: Organisation
    other_school: Organisation
    users: dict[str, User]

    def __getattr__(self, username: str) -> User:
        try:
            return self.users[username]
        except KeyError:
            raise AttributeError(username) from None


def make_cast(at: datetime) -> Cast:
    """Make trust, schools and members; ``at`` lies before every story."""
    trust = _organisation(TRUST, OrganisationKind.TRUST, None, at)
    schools = {
        name: _organisation(name, OrganisationKind.SCHOOL, trust, at)
        for name in (SCHOOL, OTHER_SCHOOL)
    }
    password_hash = make_password(PASSWORD)
    users = {
        member.username: add_member(
            organisation=schools[member.school],
            username=member.username,
            name=member.name,
            email=f"{member.username}@infosharing.example",
            password_hash=password_hash,
            role=member.role,
            by=None,
            at=at,
        )
        for member in MEMBERS
    }
    return Cast(schools[SCHOOL], schools[OTHER_SCHOOL], users)


def _organisation(
    name: str, kind: OrganisationKind, parent: Organisation | None, at: datetime
) -> Organisation:
    return set_up_organisation(name=name, kind=kind, pack=DEFAULT, parent=parent, by=None, at=at)
