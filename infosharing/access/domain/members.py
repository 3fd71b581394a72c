"""Organisations, invitations and roles (R3, A8: nobody gives themselves a role)."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.timezone import localdate

from infosharing.access.events import AccessEvent
from infosharing.accounts.models import Invitation, Membership, Organisation, OrganisationKind, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.guidance.loading import SHIPPED

INVITATION_DAYS = 14


class UnableToSetUp(Exception):
    """The organisation cannot be made; the message says why."""


class UnableToChoose(Exception):
    """The checklist cannot be followed; the message says why."""


class UnableToInvite(Exception):
    """The person cannot be invited; the message says why."""


class InvitationClosed(Exception):
    """The invitation cannot be accepted any more; the message says why."""


class UserNameTaken(Exception):
    """Somebody else has the user name; the message says so."""


class UnableToChangeRole(Exception):
    """The role cannot be given or ended; the message says why."""


def hashed(secret: str) -> str:
    """Return what is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_user_can_administer(user: User, organisation: Organisation) -> None:
    """Refuse anybody but an administrator of that very organisation.

    :raises PermissionDenied: with the sentence to show.
    """
    if Role.ADMINISTRATOR not in standing(user).own_roles_in(organisation.pk):
        raise PermissionDenied("Members and roles are looked after by your administrator.")


@act
def set_up_organisation(
    *,
    name: str,
    kind: OrganisationKind,
    pack: str,
    parent: Organisation | None,
    by: User | None,
    at: datetime,
) -> Organisation:
    """Make an organisation, below a trust or on its own; done from the command line.

    :raises UnableToSetUp: when there is one of that name in the same place, for a place that is
        no trust, and for a checklist that does not ship.
    """
    if pack not in SHIPPED:
        raise UnableToSetUp(f"There is no checklist {pack}. There are: {', '.join(SHIPPED)}.")
    if parent is not None and parent.kind != OrganisationKind.TRUST:
        raise UnableToSetUp(f"{parent.name} is not a trust.")
    if Organisation.objects.filter(parent=parent, name__iexact=name).exists():
        place = f" in {parent.name}" if parent else ""
        raise UnableToSetUp(f"There is an organisation called {name}{place} already.")
    organisation = Organisation.objects.create(
        name=name, kind=kind, pack=pack, parent=parent, made_at=at
    )
    record(
        AccessEvent.ORGANISATION_SET_UP,
        by=by,
        system=by is None,
        at=at,
        organisation=organisation,
        about=organisation,
        details={"name": name, "kind": str(kind), "pack": pack},
    )
    return organisation


@act
def choose_pack(*, organisation: Organisation, pack: str, by: User, at: datetime) -> None:
    """Let an organisation follow another checklist from now on (R54).

    :raises UnableToChoose: for a checklist that does not ship.
    """
    check_user_can_administer(by, organisation)
    if pack not in SHIPPED:
        raise UnableToChoose("Choose one of the checklists offered.")
    organisation.pack = pack
    organisation.save(update_fields=["pack"])
    record(
        AccessEvent.PACK_CHOSEN,
        by=by,
        at=at,
        organisation=organisation,
        about=organisation,
        details={"pack": pack},
    )


@act
def add_member(
    *,
    organisation: Organisation,
    username: str,
    name: str,
    email: str,
    password_hash: str,
    role: Role,
    by: User | None,
    at: datetime,
) -> User:
    """Make a user with a first role; only the demonstration does, others are invited.

    ``password_hash`` is what ``make_password`` returns: there all have one password, and a hash
    of it takes a quarter of a second.
    """
    user = User(username=username, name=name, email=email, password=password_hash, joined_at=at)
    user.save()
    _give(user=user, organisation=organisation, role=role, starts_on=localdate(at), by=by, at=at)
    record(
        AccessEvent.MEMBER_ADDED,
        by=by,
        system=by is None,
        at=at,
        organisation=organisation,
        about=user,
        details={"role": str(role), "name": name},
    )
    return user


def _give(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    by: User | None,
    at: datetime,
) -> Membership:
    return Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        given_by=by,
        given_at=at,
    )


@act
def invite(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    role: Role,
    by: User | None,
    at: datetime,
) -> tuple[Invitation, str]:
    """Invite somebody; return the invitation and its secret, which is shown once and not kept.

    ``by`` is None only from the command line, for an organisation's first administrator.

    :raises UnableToInvite: when somebody has that e-mail address already.
    """
    if by is not None:
        check_user_can_administer(by, organisation)
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise UnableToInvite(
            "Somebody with this e-mail address has an account already. Give them a role instead."
        )
    secret = secrets.token_urlsafe(32)
    inviter = by or _command_line_user(at)
    invitation = Invitation.objects.create(
        organisation=organisation,
        role=role,
        name=name,
        email=email,
        secret_hash=hashed(secret),
        made_by=inviter,
        made_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    record(
        AccessEvent.MEMBER_INVITED,
        by=by,
        system=by is None,
        at=at,
        organisation=organisation,
        about=invitation,
        details={"name": name, "role": str(role)},
    )
    return invitation, secret


def _command_line_user(at: datetime) -> User:
    """Return the user that stands for the command line; it cannot sign in."""
    user = User.objects.filter(username="command-line").first()
    if user is None:
        user = User(username="command-line", name="Command line", is_active=False, joined_at=at)
        user.set_unusable_password()
        user.save()
    return user


@act
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Make an invitation's link stop working, or clear away one that has run out.

    :raises UnableToInvite: when it was accepted or withdrawn already.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    check_user_can_administer(by, locked.organisation)
    if locked.accepted_at is not None or locked.withdrawn_at is not None:
        raise UnableToInvite("This invitation has been used or withdrawn already.")
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    record(
        AccessEvent.INVITATION_WITHDRAWN,
        by=by,
        at=at,
        organisation=locked.organisation,
        about=locked,
    )


@act
def accept_invitation(
    *, invitation: Invitation, username: str, password: str, by: None, at: datetime
) -> User:
    """Make the invited person's account with the role they were invited to.

    ``by`` is None: the person who accepts becomes the user, and the entry names them.

    :raises InvitationClosed: when the link is used or has run out, or they have an account.
    :raises UserNameTaken: when somebody has this user name.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not locked.is_open(at):
        raise InvitationClosed("This link has been used or has run out. Ask for a new one.")
    if User.objects.filter(email__iexact=locked.email).exists():
        raise InvitationClosed("There is an account for your e-mail address already. Sign in.")
    if User.objects.filter(username__iexact=username).exists():
        raise UserNameTaken("This user name is taken. Choose another.")
    user = User(username=username, name=locked.name, email=locked.email, joined_at=at)
    user.set_password(password)
    user.save()
    _give(
        user=user,
        organisation=locked.organisation,
        role=Role(locked.role),
        starts_on=localdate(at),
        by=locked.made_by,
        at=at,
    )
    locked.accepted_at = at
    locked.accepted_by = user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    record(
        AccessEvent.INVITATION_ACCEPTED,
        by=user,
        at=at,
        organisation=locked.organisation,
        about=locked,
        details={"username": username},
    )
    return user


@act
def give_role(
    *,
    organisation: Organisation,
    user: User,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    by: User,
    at: datetime,
) -> Membership:
    """Give a member a further role.

    :raises UnableToChangeRole: for oneself, for a first day that has gone, or when the person has
        the role already at some time in between.
    """
    check_user_can_administer(by, organisation)
    if user.pk == by.pk:
        raise UnableToChangeRole("Nobody gives themselves a role: ask another administrator.")
    if starts_on < localdate(at):
        raise UnableToChangeRole("The first day has gone. A role begins today or later.")
    if ends_on and ends_on < starts_on:
        raise UnableToChangeRole("The last day is before the first day.")
    meanwhile = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if ends_on:
        meanwhile &= Q(starts_on__lte=ends_on)
    if Membership.objects.filter(
        meanwhile, user=user, organisation=organisation, role=role, in_place_of=None
    ).exists():
        raise UnableToChangeRole(f"{user.name} has this role already.")
    membership = _give(
        user=user, organisation=organisation, role=role, starts_on=starts_on, by=by, at=at
    )
    if ends_on:
        membership.ends_on = ends_on
        membership.save(update_fields=["ends_on"])
    record(
        AccessEvent.ROLE_GIVEN,
        by=by,
        at=at,
        organisation=organisation,
        about=user,
        details={"role": str(role), "from": starts_on.isoformat()},
    )
    return membership


@act
def end_role(*, membership: Membership, ends_on: date, by: User, at: datetime) -> None:
    """End a role after a day; from the next day nothing of it works.

    Yesterday ends it at once. A role that has not begun never does, if it ends before.

    :raises UnableToChangeRole: for oneself, for a day before yesterday, or when it ends no later
        than that already.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    check_user_can_administer(by, membership.organisation)
    if membership.in_place_of_id is not None:
        raise UnableToChangeRole("They only stand in for somebody: end that instead.")
    if membership.user_id == by.pk:
        raise UnableToChangeRole("Nobody ends their own role: ask another administrator.")
    if ends_on < localdate(at) - timedelta(days=1):
        raise UnableToChangeRole("This day has gone: what was done in the role stays done in it.")
    if membership.ends_on and membership.ends_on <= ends_on:
        raise UnableToChangeRole("This role has ended already, or ends before.")
    membership.ends_on = max(ends_on, membership.starts_on - timedelta(days=1))
    membership.save(update_fields=["ends_on"])
    record(
        AccessEvent.ROLE_ENDED,
        by=by,
        at=at,
        organisation=membership.organisation,
        about=membership.user,
        details={"role": membership.role, "last_day": membership.ends_on.isoformat()},
    )
