"""Roles: what each is called, what it is for, and which the guide knows (guide.md section 6)."""

from collections.abc import Iterable

from django.db import models


class Role(models.TextChoices):
    """A role somebody has in one organisation for a time."""

    PRACTITIONER = "practitioner", "Practitioner"
    DSL = "dsl", "Designated safeguarding lead (DSL)"
    DEPUTY_DSL = "deputy_dsl", "Deputy safeguarding lead"
    HEAD = "head", "Head"
    MANAGER = "manager", "Manager"
    DATA_PROTECTION_LEAD = "data_protection_lead", "Data protection lead"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


DESCRIPTIONS: dict[Role, str] = {
    Role.PRACTITIONER: "Records requests and decisions, and sees the cases they work on.",
    Role.DSL: "Sees every case of the organisation, advises, decides and reviews.",
    Role.DEPUTY_DSL: "Stands in for the designated safeguarding lead, with the same rights.",
    Role.HEAD: "Sees every case of the organisation, decides, and reviews when no lead can.",
    Role.MANAGER: "Records and decides, gives advice, and sees the cases they work on.",
    Role.DATA_PROTECTION_LEAD: "Sees every case, advises on the law, and reviews after the head.",
    Role.AUDITOR: "Reads every decision and exports it. Changes nothing.",
    Role.ADMINISTRATOR: "Invites people and gives roles. Sees no case.",
}

# Who may record requests, draft and sign decisions.
RECORDING = frozenset(
    {
        Role.PRACTITIONER,
        Role.DSL,
        Role.DEPUTY_DSL,
        Role.HEAD,
        Role.MANAGER,
        Role.DATA_PROTECTION_LEAD,
    }
)
# Who sees every case of the organisation that is neither restricted nor closed to them.
OVERSEEING = frozenset(
    {Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.DATA_PROTECTION_LEAD, Role.AUDITOR}
)
# Who leads on cases: sees them all and changes them, so can close one and open it again.
LEADING = OVERSEEING & RECORDING
# Who, as a member of a trust, reaches down to its schools (design.md "People and who sees what").
REACHING_DOWN = frozenset({Role.DSL, Role.DEPUTY_DSL, Role.DATA_PROTECTION_LEAD, Role.AUDITOR})
# Who reviews, in this order; then the same roles of the trust (design.md "Records").
REVIEWING = (Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.DATA_PROTECTION_LEAD)
# Who may be asked for advice on a case.
ADVISING = frozenset(
    {
        Role.DSL,
        Role.DEPUTY_DSL,
        Role.HEAD,
        Role.MANAGER,
        Role.DATA_PROTECTION_LEAD,
        Role.PRACTITIONER,
    }
)

_GUIDE_ROLES = {Role.DEPUTY_DSL: "dsl"}


def guide_role(role: str) -> str:
    """Return the code the guide uses for a role: a deputy DSL counts as a DSL (guide.md 6)."""
    return _GUIDE_ROLES.get(Role(role), str(role))


def words(role: str) -> str:
    """Return what a role is called on screen."""
    return str(Role(role).label)


def acting_words(role: str, in_place_of: str = "") -> str:
    """Return in what role somebody acted, and in whose place if in somebody's."""
    return f"{words(role)}, in place of {in_place_of}" if in_place_of else words(role)


def in_order(found: Iterable[str], order: Iterable[Role] = tuple(Role)) -> list[Role]:
    """Return the roles found, each once, in the order given."""
    held = {Role(role) for role in found}
    return [role for role in order if role in held]
