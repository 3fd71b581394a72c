"""The only doors to members, roles and invitations."""

from django.db.models import Q, QuerySet

from infosharing.access.domain.members import hashed
from infosharing.access.doors import through
from infosharing.accounts.models import Invitation, Membership, Organisation, User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import Role
from infosharing.cases.models import Closure, StandIn


def administered(user: User) -> list[Organisation]:
    """Return the organisations that a user looks after, by name."""
    found = {
        membership.organisation_id: membership.organisation
        for membership in standing(user).memberships
        if membership.role == Role.ADMINISTRATOR
    }
    return sorted(found.values(), key=lambda organisation: (organisation.name, organisation.pk))


def access_organisation(user: User, public_id: str) -> Organisation:
    """Return an organisation that the user looks after.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    rows = Organisation.objects.filter(pk__in=[one.pk for one in administered(user)])
    return through(rows, user, public_id)


def _roles(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(
        organisation__in=[one.pk for one in administered(user)], in_place_of=None
    ).select_related("user", "organisation", "given_by")


def access_membership(user: User, public_id: str) -> Membership:
    """Return a role in an organisation that the user looks after.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    return through(_roles(user), user, public_id)


def access_invitation(user: User, public_id: str) -> Invitation:
    """Return an invitation to an organisation that the user looks after.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    rows = Invitation.objects.filter(
        organisation__in=[one.pk for one in administered(user)]
    ).select_related("organisation", "made_by")
    return through(rows, user, public_id)


def access_closure(user: User, public_id: str) -> Closure:
    """Return days without work at an organisation that the user looks after.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    rows = Closure.objects.filter(
        organisation__in=[one.pk for one in administered(user)]
    ).select_related("organisation")
    return through(rows, user, public_id)


def administers(user: User, organisation: Organisation) -> bool:
    """Return whether a user looks after that very organisation."""
    return organisation in administered(user)


def places_to_stand_in(user: User) -> list[Organisation]:
    """Return where a user says who stands in: as the lead there, or as administrator; by name."""
    found = {
        membership.organisation_id: membership.organisation
        for membership in standing(user).memberships
        if membership.role in (Role.DSL, Role.ADMINISTRATOR)
    }
    return sorted(found.values(), key=lambda organisation: (organisation.name, organisation.pk))


def place_to_stand_in(user: User, public_id: str) -> Organisation:
    """Return one of these places.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    rows = Organisation.objects.filter(pk__in=[one.pk for one in places_to_stand_in(user)])
    return through(rows, user, public_id)


def stand_ins_at(organisation: Organisation) -> list[StandIn]:
    """Return who stands, stood or will stand in for whom at a place, the latest first."""
    rows = StandIn.objects.filter(organisation=organisation).select_related(
        "deputy", "in_place_of", "named_by", "ended_by", "organisation"
    )
    return list(rows.order_by("-starts_on", "-id")[:100])


def access_stand_in(user: User, public_id: str) -> StandIn:
    """Return a stand-in that a user may end: their own place, or one they look after.

    :raises Http404: alike for absent and another's; the refusal is logged.
    """
    looked_after = [one.pk for one in administered(user)]
    led = [
        membership.organisation_id
        for membership in standing(user).memberships
        if membership.role == Role.DSL
    ]
    rows = StandIn.objects.filter(
        Q(organisation__in=looked_after) | Q(organisation__in=led, in_place_of=user)
    ).select_related("organisation", "in_place_of", "deputy")
    return through(rows, user, public_id)


def roles_held(organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles that hold now or are to begin, by name."""
    return (
        Membership.objects.filter(organisation=organisation)
        .exclude(ends_on__lt=today())
        .select_related("user", "in_place_of")
        .order_by("user__name", "user_id", "starts_on", "id")
    )


def roles_ended(organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles that have ended, the latest first."""
    return (
        Membership.objects.filter(organisation=organisation, ends_on__lt=today())
        .select_related("user", "in_place_of")
        .order_by("-ends_on", "user__name", "id")
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations nobody has accepted, those that have run out among them."""
    return (
        Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
        .select_related("made_by")
        .order_by("-made_at", "-id")
    )


def people_known(organisation: Organisation) -> list[User]:
    """Return the active users who have or had a role in an organisation, by name."""
    return list(
        User.objects.filter(memberships__organisation=organisation, is_active=True)
        .distinct()
        .order_by("name", "id")
    )


def invitation_with(secret: str) -> Invitation | None:
    """Return the invitation that a link is for, whatever became of it."""
    found = Invitation.objects.filter(secret_hash=hashed(secret))
    return found.select_related("organisation").first()
