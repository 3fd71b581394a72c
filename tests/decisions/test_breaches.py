"""Breaches: the 72 hours, who decides what, closing only when everything is done."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions.domain import breaches
from decisions.enums import BreachKind, Risk
from decisions.models import BreachStep
from decisions.policies import ico_due, open_about
from decisions.presenters.breaches import clock
from infosharing.cases.domain.opening import exclude_from_case
from tests.counting import statements
from tests.decisions.afterwards import a_decision, a_disclosure, typed_date
from tests.factories import a_case

LONDON = ZoneInfo("Europe/London")
EVERYTHING = (
    BreachKind.CONTAINED,
    BreachKind.TOLD_LEAD,
    BreachKind.RISK,
    BreachKind.ICO_NOT_TOLD,
    BreachKind.TOLD_PERSON,
)


def a_breach(cast, decision=None, *, known_at=None, by=None):
    at = timezone.now()
    disclosure = a_disclosure(decision or a_decision(cast), by or cast.dsl)
    return breaches.start_breach(
        disclosure=disclosure,
        wrong=breaches.WrongPerson("The family next door", known_at or at),
        by=by or cast.dsl,
        at=at,
    )


def a_step(breach, by, kind, **changes):
    given = {
        "risk": Risk.UNLIKELY if kind == BreachKind.RISK else None,
        "happened_at": timezone.now(),
        "who": "Dana Whitlock",
        "words": "Not opened, handed back.",
        **changes,
    }
    return breaches.record_step(breach=breach, kind=kind, by=by, at=timezone.now(), **given)


def _typed(kind, **changes):
    return {
        "kind": kind,
        "who": "Dana Whitlock",
        "words": "Not opened.",
        "happened_time": "00:00",
        **typed_date("happened_on", timezone.localdate()),
        **changes,
    }


def test_the_clock_runs_72_hours_from_when_it_was_known(cast):
    breach = a_breach(cast)
    known = datetime(2026, 3, 27, 17, 40, tzinfo=LONDON)  # the clocks change in between
    breach.known_at = known
    known = known.astimezone(UTC)  # or 72 hours of the clock would be counted
    assert ico_due(breach) - known == timedelta(hours=72)
    shown = [clock(breach, "", known + timedelta(hours=hours)).tag for hours in (1, 50, 71, 72, 73)]
    assert shown == [
        "71 hours left",
        "22 hours left",
        "Less than two hours left",
        "Less than two hours left",
        "72 hours have passed",
    ]
    assert clock(breach, "told_ico", known).tag == "Information Commissioner told"


def test_it_is_closed_only_when_everything_is_done(cast):
    breach = a_breach(cast)
    for number, kind in enumerate(EVERYTHING):
        assert len(open_about(breach.steps.all())) == len(EVERYTHING) - number
        with pytest.raises(breaches.UnableToFollowUp, match="cannot be closed yet"):
            a_step(breach, cast.dsl, BreachKind.CLOSED)
        a_step(breach, cast.dsl, kind)
    a_step(breach, cast.dpl, BreachKind.CLOSED)
    breach.refresh_from_db()
    assert breach.closed_at is not None
    for kind in EVERYTHING:
        with pytest.raises(breaches.UnableToFollowUp, match="Open it again first"):
            a_step(breach, cast.dsl, kind)
    a_step(breach, cast.dsl, BreachKind.REOPENED)
    breach.refresh_from_db()
    assert breach.closed_at is None
    with pytest.raises(breaches.UnableToFollowUp, match="This breach is open"):
        a_step(breach, cast.dsl, BreachKind.REOPENED)


@pytest.mark.parametrize("kind", list(BreachKind))
def test_staff_record_what_they_did_at_once_and_the_leads_decide_the_rest(cast, kind):
    case = a_case(by=cast.staff, organisation=cast.school)
    decision = a_decision(cast, by=cast.dsl, case=case)
    breach = a_breach(cast, decision, by=cast.staff)
    if kind in breaches.AT_ONCE:
        assert a_step(breach, cast.staff, kind).recorded_by == cast.staff
    else:
        with pytest.raises(PermissionDenied):
            a_step(breach, cast.staff, kind)
        assert BreachStep.objects.count() == 0


def test_a_step_is_typed_and_shown_again_in_chronology_and_on_its_page(cast, sign_in):
    breach = a_breach(cast)
    client = sign_in(cast.dpl)
    url = f"/breaches/{breach.public_id}/"
    page = client.post(f"{url}step/new/", _typed("risk"))
    assert page.status_code == 422
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Say how great the risk is"
    ]
    client.post(f"{url}step/new/", _typed("risk", risk="high", words="Their address is in it."))
    for where in (url, f"/cases/{breach.case.public_id}/chronology/"):
        text = client.get(where).content.decode()
        assert "Risk assessed" in text, where
        assert "Their address is in it." in text, where
    assert "Somebody may come to serious harm" in client.get(url).content.decode()


def test_who_was_told_is_asked_for(cast, sign_in):
    breach = a_breach(cast)
    page = sign_in(cast.dsl).post(
        f"/breaches/{breach.public_id}/step/new/", _typed("told_ico", who="")
    )
    assert [one.message for one in page.context["form"].error_summary()] == ["Say who was told"]


def test_an_auditor_reads_and_adds_nothing(cast, sign_in):
    breach = a_breach(cast)
    client = sign_in(cast.auditor)
    page = client.get(f"/breaches/{breach.public_id}/")
    assert (page.status_code, page.context["may_add"]) == (200, False)
    assert client.get(f"/breaches/{breach.public_id}/step/new/").status_code == 403


def test_the_list_holds_only_breaches_of_cases_one_sees(cast, sign_in):
    hidden = a_decision(cast)
    shown, kept = a_breach(cast), a_breach(cast, hidden)
    exclude_from_case(
        case=hidden.case, user=cast.dpl, reason="Related", by=cast.dsl, at=timezone.now()
    )
    page = sign_in(cast.dpl).get("/breaches/")
    assert shown.spoken_reference in page.content.decode()
    assert kept.spoken_reference not in page.content.decode()
    assert sign_in(cast.dpl).get(f"/breaches/{kept.public_id}/").status_code == 404
    assert sign_in(cast.stranger).get("/breaches/").context["rows"] == []


def test_an_open_breach_is_the_leads_to_do_until_it_is_closed(cast, sign_in):
    breach = a_breach(cast)
    for person in (cast.dsl, cast.dpl, cast.head):
        assert "Deal with breach" in sign_in(person).get("/").content.decode()
    for kind in (*EVERYTHING, BreachKind.CLOSED):
        a_step(breach, cast.dsl, kind)
    assert "Deal with breach" not in sign_in(cast.dpl).get("/").content.decode()


@pytest.mark.parametrize("times", [1, 3])
def test_list_and_page_ask_as_often_for_three_as_for_one(cast, sign_in, times):
    made = [a_breach(cast) for _ in range(times)]
    for _ in range(times):
        a_step(made[0], cast.dsl, BreachKind.CONTAINED)
    client = sign_in(cast.dpl)
    with statements(9):
        client.get("/breaches/")
    with statements(8):
        client.get(f"/breaches/{made[0].public_id}/")
