"""Who has which role where, today. Asked anew with every request, so a change holds at once."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from infosharing.accounts.models import Membership, Organisation, OrganisationKind, User
from infosharing.accounts.roles import REACHING_DOWN, Role


def today() -> date:
    """Return the date in London: every "today" of the product."""
    return timezone.localdate()


class Standing:
    """The memberships of one user on one day; two queries at the most, each made once."""

    def __init__(self, user: User, on: date) -> None:
        self.user = user
        self.on = on

    @cached_property
    def memberships(self) -> list[Membership]:
        """Memberships in force, with their organisations."""
        if not self.user.is_active:
            return []
        found = Membership.objects.on(self.on).filter(user=self.user)
        return list(found.select_related("organisation", "in_place_of").order_by("starts_on", "id"))

    @cached_property
    def _descendants(self) -> dict[int, list[Organisation]]:
        tops = {
            m.organisation_id
            for m in self.memberships
            if m.role in REACHING_DOWN and m.organisation.kind == OrganisationKind.TRUST
        }
        if not tops:
            return {}
        found: dict[int, list[Organisation]] = {top: [] for top in tops}
        for child in Organisation.objects.filter(parent__in=tops):
            found[child.parent_id or 0].append(child)
        return found

    def roles_in(self, organisation_id: int, besides: Iterable[User] = ()) -> list[Role]:
        """Return the roles that hold in an organisation, those of its trust that reach down too.

        Without those that are held in the place of somebody of ``besides``.
        """
        left_out = {one.pk for one in besides}
        memberships = [m for m in self.memberships if m.in_place_of_id not in left_out]
        held = {Role(m.role) for m in memberships if m.organisation_id == organisation_id}
        for top, children in self._descendants.items():
            if any(child.pk == organisation_id for child in children):
                held |= {
                    Role(m.role)
                    for m in memberships
                    if m.organisation_id == top and m.role in REACHING_DOWN
                }
        return [role for role in Role if role in held]

    def own_roles_in(self, organisation_id: int) -> list[Role]:
        """Return the roles given in that very organisation."""
        held = {m.role for m in self.memberships if m.organisation_id == organisation_id}
        return [role for role in Role if role in held]

    def organisations_with(
        self, roles: Iterable[Role], *, standing_in: User | None = None, own: bool = False
    ) -> list[Organisation]:
        """Return where one of these roles holds, by membership or reaching down.

        ``own`` leaves out what is held in somebody's place; ``standing_in`` leaves only what is
        held in that person's.
        """
        wanted = frozenset(roles)
        found: dict[int, Organisation] = {}
        for membership in self.memberships:
            if own and membership.in_place_of_id is not None:
                continue
            if standing_in is not None and membership.in_place_of_id != standing_in.pk:
                continue
            if membership.role in wanted:
                found.setdefault(membership.organisation_id, membership.organisation)
                if membership.role in REACHING_DOWN:
                    for child in self._descendants.get(membership.organisation_id, []):
                        found.setdefault(child.pk, child)
        return list(found.values())

    @property
    def stands_in_for(self) -> list[User]:
        """Whose place the user takes today, each once."""
        found = {m.in_place_of_id: m.in_place_of for m in self.memberships if m.in_place_of}
        return list(found.values())

    def in_place_of(self, organisation_id: int, role: str) -> User | None:
        """Return in whose place the user acts in a role in an organisation; None in nobody's."""
        reached = self._descendants
        for membership in self.memberships:
            here = membership.organisation_id == organisation_id or any(
                child.pk == organisation_id for child in reached.get(membership.organisation_id, ())
            )
            if here and membership.role == role and membership.in_place_of is not None:
                return membership.in_place_of
        return None

    @property
    def signature(self) -> tuple[object, ...]:
        """What tells this standing from another: user, day, roles where and for whom, and below."""
        held = [
            (m.organisation_id, m.role, m.in_place_of_id, m.organisation.pack)
            for m in self.memberships
        ]
        below = [
            (top, child.pk, child.pack)
            for top, children in self._descendants.items()
            for child in children
        ]
        return (self.user.pk, self.on, tuple(held), tuple(below))

    def has(self, roles: Iterable[Role]) -> bool:
        """Return whether one of these roles is held anywhere."""
        wanted = frozenset(roles)
        return any(m.role in wanted for m in self.memberships)


def standing(user: Any) -> Standing:
    """Return the standing of a user today, kept on the user object for the one request."""
    on = today()
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None or kept.on != on or kept.user is not user:
        kept = Standing(user, on)
        user._standing = kept  # noqa: SLF001 - the cache lives as long as the request's user
    return kept


def members_of(organisation: Organisation, roles: Iterable[Role], on: date) -> list[Membership]:
    """Return the memberships in force with one of the roles, by name; active users only."""
    return list(
        Membership.objects.on(on)
        .filter(organisation=organisation, role__in=list(roles), user__is_active=True)
        .select_related("user")
        .order_by("user__name", "id")
    )
