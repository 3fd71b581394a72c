"""A case is closed with a reason and opened again; it says where it stands, since when, by whom."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.audit.models import Entry
from infosharing.cases.domain.concluding import UnableToConclude, close_case, reopen_case
from infosharing.cases.domain.opening import restrict_case
from infosharing.journeys.templatetags.british import british_date
from tests.counting import statements
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, a_request, a_signed_decision

NOW = timezone.now
WHY = "The family have moved, and their new school has it all"


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school)


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _close(client, case, closing="yes", reason=WHY):
    return client.post(_url(case, "close/"), {"closing": closing, "reason": reason})


def test_an_open_case_says_since_when_and_who_opened_it(cast, sign_in, case):
    client, today = sign_in(cast.dsl), british_date(timezone.localdate())
    state = {"tag": "Open", "colour": "teal", "hint": f"Since {today}, by Sam Okafor"}
    assert client.get(_url(case)).context["state"] == state
    [row] = client.get("/cases/").context["rows"]
    assert row[3] == state


def test_a_closed_case_says_when_by_whom_and_why_on_its_page_the_list_and_the_chronology(
    cast, sign_in, case
):
    client, today = sign_in(cast.dsl), british_date(timezone.localdate())
    assert _close(client, case).url == _url(case)
    state = {
        "tag": "Closed",
        "colour": "grey",
        "hint": f"On {today}, by Dilys Morgan. Opened {today}, by Sam Okafor",
    }
    for person in (cast.dsl, cast.staff, cast.auditor):
        page = sign_in(person).get(_url(case))
        assert page.context["state"] == state
        assert WHY in page.content.decode()
    [row] = sign_in(cast.staff).get("/cases/").context["rows"]
    assert row[3] == state
    last = sign_in(cast.auditor).get(_url(case, "chronology/")).context["entries"][-1]
    assert (last["title"], last["text"], last["by"]) == ("Case closed", WHY, "Dilys Morgan")
    history = sign_in(cast.dsl).get(_url(case, "history/")).content.decode()
    assert WHY in history


def test_it_is_opened_again_with_a_reason_and_both_stay_in_the_chronology(cast, sign_in, case):
    client = sign_in(cast.staff)
    _close(client, case)
    assert "Open this case again" in client.get(_url(case)).content.decode()
    _close(client, case, "no", "He is back in the area")
    assert client.get(_url(case)).context["state"]["tag"] == "Open"
    told = client.get(_url(case, "chronology/")).context["entries"]
    assert [(one["title"], one["text"]) for one in told][-2:] == [
        ("Case closed", WHY),
        ("Case opened again", "He is back in the area"),
    ]
    events = Entry.objects.filter(event__in=["cases.closed", "cases.reopened"]).order_by("seq")
    assert [one.event for one in events] == ["cases.closed", "cases.reopened"]


@pytest.mark.parametrize("closing", ["yes", "no"])
def test_without_a_reason_it_stays_as_it_is(cast, sign_in, case, closing):
    client = sign_in(cast.dsl)
    if closing == "no":
        _close(client, case)
    before = client.get(_url(case)).context["state"]
    page = _close(client, case, closing, "  ")
    assert page.status_code == 422
    [item] = page.context["form"].error_summary()
    assert item.message == "Say why, in a sentence"
    assert client.get(_url(case)).context["state"] == before


@pytest.mark.parametrize(("first", "stale"), [("yes", "yes"), (None, "no"), (None, "")])
def test_a_page_that_is_out_of_date_does_not_turn_it_the_other_way(
    cast, sign_in, case, first, stale
):
    client = sign_in(cast.dsl)
    if first:
        _close(client, case)
    before = client.get(_url(case)).context["state"]["tag"]
    page = _close(client, case, stale)
    assert page.url == _url(case)
    shown = client.get(_url(case))
    assert shown.context["state"]["tag"] == before
    assert " already." in shown.content.decode()


def test_two_at_once_close_it_once(cast, case):
    close_case(case=case, reason=WHY, by=cast.dsl, at=NOW())
    with pytest.raises(UnableToConclude, match="closed already"):
        close_case(case=case, reason="Mine", by=cast.staff, at=NOW())
    case.refresh_from_db()
    assert (case.closed_by, case.closed_because) == (cast.dsl, WHY)
    reopen_case(case=case, reason="Back", by=cast.staff, at=NOW())
    with pytest.raises(UnableToConclude, match="open again already"):
        reopen_case(case=case, reason="Back", by=cast.dsl, at=NOW())


def test_what_is_still_open_in_it_is_said_before_it_is_closed(cast, sign_in):
    decision = a_decision(cast)
    case = decision.case
    asked = a_request(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get(_url(case, "close/"))
    assert page.context["still"] == [
        f"Request {asked.spoken_reference}: not started",
        f"Decision {decision.spoken_reference}: waiting for review",
        f"Decision {decision.spoken_reference}: its follow-up is not closed",
        f"Decision {decision.spoken_reference}: nothing sent yet",
        f"Decision {decision.spoken_reference}: nobody told yet",
    ]


def test_nothing_that_is_recorded_in_a_closed_case_opens_it_by_the_way(cast, sign_in, case):
    close_case(case=case, reason=WHY, by=cast.dsl, at=NOW())
    a_request(case=case, by=cast.staff)
    a_signed_decision(case=case, by=cast.dsl)
    restrict_case(case=case, by=cast.dsl, at=NOW())
    case.refresh_from_db()
    assert case.closed_by == cast.dsl
    assert sign_in(cast.dsl).get(_url(case)).context["state"]["tag"] == "Closed"


def test_those_who_only_read_or_do_not_see_it_close_nothing(cast, sign_in, case):
    assert _close(sign_in(cast.auditor), case).status_code == 403
    assert _close(sign_in(cast.colleague), case).status_code == 404
    assert _close(sign_in(cast.stranger), case).status_code == 404
    for person in (cast.auditor, cast.stranger):
        with pytest.raises(PermissionDenied):
            close_case(case=case, reason=WHY, by=person, at=NOW())
    case.refresh_from_db()
    assert case.closed_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, case, number):
    for _ in range(number):
        a_request(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    client.get(_url(case, "close/"))
    with statements(9):
        client.get(_url(case, "close/"))
