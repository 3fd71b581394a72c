"""A deputy takes over from a safeguarding lead for some days, named beforehand, with a reason."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from infosharing.accounts.models import Membership, Organisation, User
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import StandIn
from infosharing.cases.permissions import check_user_can_say_who_stands_in
from infosharing.cases.queries import leads_to_stand_in_for, people_to_stand_in

MOST_DAYS = 366


class UnableToStandIn(Exception):
    """It cannot be arranged like this; the message says why, ``field`` where."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@act
def name_stand_in(
    *,
    organisation: Organisation,
    in_place_of: User,
    deputy: User,
    starts_on: date,
    ends_on: date,
    why: str,
    by: User,
    at: datetime,
) -> StandIn:
    """Let somebody act in a lead's place from a day until a day, both included.

    They have the rights of a deputy DSL there on these days, and see no more than the lead: no
    restricted case on which they are not named, and none that the lead is kept from. It ends by
    itself.

    :raises PermissionDenied: for anybody but the lead and the administrators of the place.
    :raises UnableToStandIn: for somebody who is no DSL there, or records nothing there; for days
        that have gone, are the wrong way round or too many, or overlap with another's.
    """
    check_user_can_say_who_stands_in(by, organisation, in_place_of)
    # Two who name somebody at once wait for each other here.
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if in_place_of not in leads_to_stand_in_for(locked):
        raise UnableToStandIn("Choose a designated safeguarding lead of this place.", "lead")
    if deputy not in people_to_stand_in(locked, in_place_of, by):
        raise UnableToStandIn("Choose somebody else who records requests here.", "deputy")
    _check_days(starts_on, ends_on, localdate(at))
    if not why.strip():
        raise UnableToStandIn("Say why.", "why")
    overlapping = StandIn.objects.filter(
        organisation=locked,
        in_place_of=in_place_of,
        ended_at=None,
        starts_on__lte=ends_on,
        ends_on__gte=starts_on,
    ).select_related("deputy")
    for one in overlapping:
        raise UnableToStandIn(
            f"{one.deputy.name} stands in on some of these days already. End that first.",
            "starts_on",
        )
    membership = Membership.objects.create(
        user=deputy,
        organisation=locked,
        role=Role.DEPUTY_DSL,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
        given_at=at,
        in_place_of=in_place_of,
    )
    made = StandIn.objects.create(
        organisation=locked,
        membership=membership,
        in_place_of=in_place_of,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        why=why,
        named_by=by,
        named_at=at,
    )
    record(
        CaseEvent.STAND_IN_NAMED,
        by=by,
        at=at,
        organisation=locked,
        about=made,
        details={
            "deputy": deputy.public_id,
            "in_place_of": in_place_of.public_id,
            "from": starts_on,
            "until": ends_on,
            "why": why,
        },
    )
    return made


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on < today:
        raise UnableToStandIn("The first day has gone. Choose today or later.", "starts_on")
    if ends_on < starts_on:
        raise UnableToStandIn("The last day is before the first day.", "ends_on")
    if (ends_on - starts_on).days >= MOST_DAYS:
        raise UnableToStandIn(
            "This is longer than a year. Ask your administrator to give the role instead.",
            "ends_on",
        )


@act
def end_stand_in(*, stand_in: StandIn, by: User, at: datetime) -> None:
    """End it before its last day: from the next click on. Doing it again changes nothing.

    :raises PermissionDenied: for anybody but the lead and the administrators of the place.
    """
    check_user_can_say_who_stands_in(by, stand_in.organisation, stand_in.in_place_of)
    locked = StandIn.objects.select_for_update(of=("self",)).get(pk=stand_in.pk)
    if locked.ended_at is None and locked.ends_on >= localdate(at):
        locked.ended_by = by
        locked.ended_at = at
        locked.save(update_fields=["ended_by", "ended_at"])
        membership = Membership.objects.get(pk=locked.membership_id)
        yesterday = localdate(at) - timedelta(days=1)
        membership.ends_on = max(yesterday, membership.starts_on - timedelta(days=1))
        membership.save(update_fields=["ends_on"])
    record(
        CaseEvent.STAND_IN_ENDED,
        by=by,
        at=at,
        organisation=stand_in.organisation,
        about=stand_in,
    )
