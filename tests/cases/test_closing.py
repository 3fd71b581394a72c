"""Closing a case and opening it again: who may do which, and never everybody locked out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.accounts.models import Membership
from infosharing.accounts.queries import today
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.ending import end_access, lift_restriction
from infosharing.cases.domain.opening import (
    UnableToName,
    UnableToOpen,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from infosharing.cases.permissions import (
    user_can_keep_away,
    user_can_name_people,
    user_can_restrict,
)
from infosharing.cases.queries import visible_cases
from tests.factories import a_case
from tests.people import NAMES

NOW = timezone.now
LEADS = {"dsl", "deputy", "head", "dpl"}

# state of a case opened by staff, colleague named → may name, keep away, restrict or open again
MAY = {
    "open": (LEADS | {"staff", "colleague"}, LEADS | {"staff"}, LEADS),
    "dsl kept from it": (
        (LEADS | {"staff", "colleague"}) - {"dsl"},
        (LEADS | {"staff"}) - {"dsl"},
        LEADS - {"dsl"},
    ),
    "restricted by the dsl": ({"dsl"}, {"dsl"}, {"dsl"}),
    "restricted, head named": ({"dsl", "head"}, {"dsl", "head"}, {"dsl", "head"}),
    "restricted, author not named any more": ({"dsl"}, {"dsl"}, {"dsl"}),
    "restricted, its only lead has left": ({"staff", "colleague"},) * 3,
}


def _named(case, user):
    return case.access.get(user=user, ended_at=None)


def _case_in(state, cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    act = {"case": case, "reason": "The tests", "at": NOW()}
    name_on_case(user=cast.colleague, by=cast.staff, **act)
    if state == "dsl kept from it":
        exclude_from_case(user=cast.dsl, by=cast.staff, **act)
    if state.startswith("restricted"):
        restrict_case(by=cast.dsl, **act)
    if state == "restricted, head named":
        name_on_case(user=cast.head, by=cast.dsl, **act)
    if state == "restricted, author not named any more":
        end_access(access=_named(case, cast.staff), reason="Left", by=cast.dsl, at=NOW())
    if state == "restricted, its only lead has left":
        Membership.objects.filter(user=cast.dsl).update(ends_on=today() - timedelta(days=1))
        del cast.dsl._standing
    return case


@pytest.mark.parametrize("state", MAY)
def test_who_of_those_who_see_a_case_may_do_what(state, cast):
    case = _case_in(state, cast)
    seeing = {name: user for name, user in cast.everybody().items() if case in visible_cases(user)}
    found = tuple(
        {name for name, user in seeing.items() if may(user, case)}
        for may in (user_can_name_people, user_can_keep_away, user_can_restrict)
    )
    assert found == MAY[state]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_does_not_see_a_case_closes_and_opens_nothing(name, cast):
    case = _case_in("restricted by the dsl", cast)
    user = getattr(cast, name)
    if name in ("dsl", "staff", "colleague"):
        return
    entries = Entry.objects.count()
    act = {"by": user, "at": NOW(), "reason": "x"}
    for attempt in (
        lambda: name_on_case(case=case, user=cast.manager, **act),
        lambda: exclude_from_case(case=case, user=cast.deputy, **act),
        lambda: restrict_case(case=case, **act),
        lambda: lift_restriction(case=case, **act),
        lambda: end_access(access=_named(case, cast.staff), **act),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Entry.objects.count() == entries


class TestNobodyIsLockedOut:
    def test_the_last_lead_of_a_restricted_case_stays_named(self, cast):
        case = _case_in("restricted by the dsl", cast)
        with pytest.raises(UnableToName, match="last person who leads"):
            end_access(access=_named(case, cast.dsl), reason="x", by=cast.dsl, at=NOW())
        assert case in visible_cases(cast.dsl)

    def test_one_of_two_leads_goes_and_then_not_the_other(self, cast):
        case = _case_in("restricted, head named", cast)
        end_access(access=_named(case, cast.dsl), reason="x", by=cast.head, at=NOW())
        with pytest.raises(UnableToName, match="last person who leads"):
            end_access(access=_named(case, cast.head), reason="x", by=cast.head, at=NOW())

    def test_a_practitioner_cannot_keep_a_case_from_everybody_who_leads(self, cast):
        case = a_case(
            by=cast.staff, organisation=cast.school, keep_from=[cast.dsl, cast.deputy, cast.head]
        )
        with pytest.raises(UnableToName, match="last person who leads"):
            exclude_from_case(case=case, user=cast.dpl, reason="x", by=cast.staff, at=NOW())
        leads = [cast.dsl, cast.deputy, cast.head, cast.dpl]
        with pytest.raises(UnableToOpen, match="Everybody who leads here"):
            a_case(by=cast.staff, organisation=cast.school, keep_from=leads)

    def test_an_only_lead_is_kept_from_it_on_day_one_and_the_next_one_sees_it(self, cast):
        Membership.objects.filter(role__in=[Role.DEPUTY_DSL, Role.HEAD]).delete()
        Membership.objects.filter(role=Role.DATA_PROTECTION_LEAD).delete()
        case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
        assert [user for user in cast.everybody().values() if case in visible_cases(user)] == [
            cast.staff,
            cast.auditor,
        ]
        assert user_can_keep_away(cast.staff, case)
        with pytest.raises(UnableToName, match="Nobody would see"):
            end_access(access=_named(case, cast.staff), reason="x", by=cast.staff, at=NOW())


class TestEnding:
    def test_who_is_not_kept_from_it_any_more_sees_what_their_role_shows(self, cast):
        case = _case_in("dsl kept from it", cast)
        kept = case.access.get(user=cast.dsl, kind="excluded")
        end_access(access=kept, reason="It was not about her", by=cast.head, at=NOW())
        kept.refresh_from_db()
        assert (kept.ended_by, kept.end_reason) == (cast.head, "It was not about her")
        assert case in visible_cases(cast.dsl)
        assert not case.access.filter(user=cast.dsl, ended_at=None).exists()
        assert kept.history.latest().history_change_reason == "It was not about her"

    def test_what_has_ended_does_not_end_again(self, cast):
        case = _case_in("dsl kept from it", cast)
        kept = case.access.get(user=cast.dsl, kind="excluded")
        end_access(access=kept, reason="x", by=cast.head, at=NOW())
        with pytest.raises(UnableToName, match="ended already"):
            end_access(access=kept, reason="y", by=cast.head, at=NOW())

    def test_opening_again_leaves_who_is_kept_from_it_kept_from_it(self, cast):
        case = _case_in("dsl kept from it", cast)
        restrict_case(case=case, reason="x", by=cast.head, at=NOW())
        lift_restriction(case=case, reason="Nothing in it", by=cast.head, at=NOW())
        seen_by = {name for name, user in cast.everybody().items() if case in visible_cases(user)}
        assert seen_by == {"staff", "colleague", "deputy", "head", "dpl", "auditor"}
        case.refresh_from_db()
        assert case.history.latest().history_change_reason == "Nothing in it"
        with pytest.raises(UnableToName):
            lift_restriction(case=case, reason="Again", by=cast.head, at=NOW())

    def test_who_was_kept_from_it_is_on_record_with_by_whom_and_why(self, cast):
        case = _case_in("dsl kept from it", cast)
        exclude_from_case(case=case, user=cast.colleague, reason="Cousin", by=cast.head, at=NOW())
        named = case.access.get(user=cast.colleague, kind="named")
        assert (named.ended_by, named.end_reason) == (cast.head, "Cousin")
