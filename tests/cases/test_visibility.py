"""Who sees which case: a truth table of people × states, from the first query on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from infosharing.accounts.models import Membership, OrganisationKind
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import Role
from infosharing.cases.domain.opening import (
    UnableToName,
    UnableToOpen,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from infosharing.cases.queries import visible_cases, visible_people
from tests.factories import a_case
from tests.people import NAMES, make_member, make_user

EVERYBODY = tuple(NAMES)
OVERSEERS = {"dsl", "deputy", "head", "dpl", "auditor"}

# state of a case opened by staff → who sees it
TABLE = {
    "as opened": OVERSEERS | {"staff"},
    "colleague named": OVERSEERS | {"staff", "colleague"},
    "manager named": OVERSEERS | {"staff", "manager"},
    "restricted by the dsl": {"staff", "dsl"},
    "restricted, head named": {"staff", "dsl", "head"},
    "dsl kept from it": (OVERSEERS | {"staff"}) - {"dsl"},
    "dsl named, then kept from it": (OVERSEERS | {"staff"}) - {"dsl"},
    "colleague kept from it": OVERSEERS | {"staff"},
    "auditor kept from it": (OVERSEERS | {"staff"}) - {"auditor"},
}


def _case_in(state, cast):
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school)
    act = {"case": case, "reason": "The tests", "at": now}
    match state:
        case "as opened":
            pass
        case "colleague named":
            name_on_case(user=cast.colleague, by=cast.staff, **act)
        case "manager named":
            name_on_case(user=cast.manager, by=cast.staff, **act)
        case "restricted by the dsl":
            restrict_case(case=case, by=cast.dsl, at=now)
        case "restricted, head named":
            restrict_case(case=case, by=cast.dsl, at=now)
            name_on_case(user=cast.head, by=cast.dsl, **act)
        case "dsl kept from it":
            exclude_from_case(user=cast.dsl, by=cast.staff, **act)
        case "dsl named, then kept from it":
            name_on_case(user=cast.dsl, by=cast.staff, **act)
            exclude_from_case(user=cast.dsl, by=cast.staff, **act)
        case "colleague kept from it":
            exclude_from_case(user=cast.colleague, by=cast.staff, **act)
        case "auditor kept from it":
            exclude_from_case(user=cast.auditor, by=cast.staff, **act)
        case _:
            raise AssertionError(state)
    return case


@pytest.mark.parametrize("state", TABLE)
def test_who_sees_a_case(state, cast):
    case = _case_in(state, cast)
    seen_by = {name for name, user in cast.everybody().items() if case in visible_cases(user)}
    assert seen_by == TABLE[state]
    people_seen_by = {name for name, user in cast.everybody().items() if visible_people(user)}
    assert people_seen_by == TABLE[state]


def test_a_case_can_be_kept_from_the_dsl_from_its_first_moment(cast):
    case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
    assert not visible_cases(cast.dsl).exists()
    assert visible_cases(cast.head).get() == case


def test_nobody_keeps_a_case_from_themselves(cast):
    with pytest.raises(UnableToOpen):
        a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.staff])
    case = a_case(by=cast.staff, organisation=cast.school)
    with pytest.raises(UnableToName):
        exclude_from_case(case=case, user=cast.staff, reason="x", by=cast.staff, at=timezone.now())


def test_somebody_kept_from_a_case_cannot_be_named_on_it(cast):
    case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
    with pytest.raises(UnableToName):
        name_on_case(case=case, user=cast.dsl, reason="x", by=cast.staff, at=timezone.now())


@pytest.mark.parametrize(
    ("role", "kind", "reaches_down"),
    [
        (Role.DSL, OrganisationKind.TRUST, True),
        (Role.DEPUTY_DSL, OrganisationKind.TRUST, True),
        (Role.DATA_PROTECTION_LEAD, OrganisationKind.TRUST, True),
        (Role.AUDITOR, OrganisationKind.TRUST, True),
        (Role.HEAD, OrganisationKind.TRUST, False),
        (Role.MANAGER, OrganisationKind.TRUST, False),
        (Role.PRACTITIONER, OrganisationKind.TRUST, False),
        (Role.ADMINISTRATOR, OrganisationKind.TRUST, False),
        (Role.DSL, OrganisationKind.CHARITY, False),
    ],
)
def test_who_reaches_down_from_the_trust(role, kind, reaches_down, cast):
    cast.trust.kind = kind
    cast.trust.save()
    somebody = make_user("somebody")
    make_member(somebody, cast.trust, role)
    case = a_case(by=cast.staff, organisation=cast.school)
    assert (case in visible_cases(somebody)) is reaches_down


@pytest.mark.parametrize(
    ("starts", "ends", "sees"),
    [
        (-10, None, True),
        (0, None, True),
        (1, None, False),
        (-10, 0, True),
        (-10, -1, False),
        (-10, 5, True),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(starts, ends, sees, cast):
    day = today()
    a_case(by=cast.staff, organisation=cast.school)
    somebody = make_user("somebody")
    membership = make_member(somebody, cast.school, Role.HEAD)
    membership.starts_on = day + timedelta(days=starts)
    membership.ends_on = None if ends is None else day + timedelta(days=ends)
    membership.save()
    assert visible_cases(somebody).exists() is sees


def test_the_author_loses_sight_with_the_membership(cast):
    a_case(by=cast.staff, organisation=cast.school)
    Membership.objects.filter(user=cast.staff).update(ends_on=today() - timedelta(days=1))
    del cast.staff._standing
    assert not visible_cases(cast.staff).exists()


def test_somebody_made_inactive_sees_nothing(cast):
    a_case(by=cast.staff, organisation=cast.school)
    cast.dsl.is_active = False
    cast.dsl.save()
    assert not visible_cases(cast.dsl).exists()
    assert standing(cast.dsl).memberships == []


def test_an_administrator_of_the_school_sees_no_case(cast):
    a_case(by=cast.staff, organisation=cast.school)
    assert not visible_cases(cast.admin).exists()
    assert not visible_people(cast.admin).exists()
