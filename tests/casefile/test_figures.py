"""Figures: every number is that of the rows it counts; small ones are kept from outsiders."""

import html
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from decisions.enums import ReceiptState
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.casefile import figures
from infosharing.casefile.figures import Quarter
from infosharing.cases.domain.opening import exclude_from_case, restrict_case
from infosharing.cases.models import Person
from tests.casefile.at_home import text_of
from tests.counting import statements
from tests.decisions.afterwards import a_decision, a_disclosure, a_receipt, a_refusal
from tests.decisions.test_write_up import MONDAY, an_emergency, begun, fill, sign
from tests.factories import a_case
from tests.people import make_member, make_user

LONDON = ZoneInfo("Europe/London")
LONG_AGO = datetime(2026, 8, 12, 11, 0, tzinfo=LONDON)  # in a quarter that is over
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=LONDON)


def numbers(page, code):
    """What a chart shows: its labels with their numbers."""
    [chart] = [one for one in page.context["charts"] if one.code == code]
    return {bar.label: bar.number for bar in chart.bars}


@pytest.mark.parametrize(
    ("day", "first", "newest"),
    [
        (date(2026, 11, 22), date(2026, 9, 1), "2026-07-01"),
        (date(2026, 8, 31), date(2025, 9, 1), "2026-04-01"),
        (date(2026, 1, 1), date(2025, 9, 1), "2025-10-01"),
        (date(2026, 3, 31), date(2025, 9, 1), "2025-10-01"),
    ],
)
def test_school_years_begin_in_september_and_only_quarters_that_are_over_are_offered(
    day, first, newest
):
    quarters = figures.finished_quarters(day)

    assert figures.school_year(day) == first
    assert quarters[0].code == newest
    assert all(one.last < day for one in quarters)
    assert [one.last + timedelta(days=1) for one in quarters[1:]] == [
        one.first for one in quarters[:-1]
    ]


def test_every_number_is_that_of_what_was_decided(cast, sign_in):
    shared = a_decision(cast)
    a_receipt(a_disclosure(shared, cast.dsl), cast.dsl)
    a_disclosure(shared, cast.dsl)
    wrong = a_disclosure(shared, cast.dsl)
    a_receipt(wrong, cast.dsl)
    a_receipt(wrong, cast.dsl, ReceiptState.NOT_RECEIVED)
    refused = a_refusal(cast)
    Person.objects.filter(parts__case=refused.case).update(year_group="9")

    page = sign_in(cast.dsl).get("/figures/")

    assert page.context["total_words"] == "2 decisions"
    assert numbers(page, "outcome") == {"Share": "1", "Share part of it": "0", "Do not share": "1"}
    assert numbers(page, "against") == {
        "As the guide suggested": "1",
        "Against the suggestion": "1",
    }
    assert numbers(page, "year") == {"Year 9": "1", "Not recorded": "1"}
    assert numbers(page, "receipt") == {
        "Confirmed by the recipient": "1",
        "Asked again, no answer yet": "0",
        "Came back or never arrived": "1",
        "Reached the wrong person": "0",
        "Not confirmed yet": "1",
    }
    assert sum(int(n) for n in numbers(page, "time").values()) == 2
    assert sum(int(n) for n in numbers(page, "recipient").values()) == 1
    assert "None of the decisions counted here" in text_of(page)  # no emergency


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (MONDAY, "Written up in time"),
        (MONDAY + timedelta(days=1), "Written up late"),
        (None, "Still to be written up, not late yet"),
    ],
)
def test_an_emergency_is_written_up_in_time_late_or_not_yet(cast, sign_in, written, words):
    decision = an_emergency(cast)
    if written:
        draft = begun(decision, cast.dsl, written)
        fill(draft, cast.dsl, written)
        sign(draft, cast.dsl, written)
    with time_machine.travel(written or MONDAY, tick=False):
        page = sign_in(cast.dsl).get("/figures/")

    assert {label for label, number in numbers(page, "write_up").items() if number == "1"} == {
        words
    }


def test_one_nobody_has_written_up_in_time_is_late(cast, sign_in):
    an_emergency(cast)
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        page = sign_in(cast.dsl).get("/figures/")

    assert numbers(page, "write_up")["Still to be written up, and late"] == "1"


def test_a_number_leads_to_just_the_rows_it_counts(cast, sign_in):
    a_decision(cast)
    a_refusal(cast)
    a_refusal(cast)
    client = sign_in(cast.dsl)
    page = client.get("/figures/")
    followed = 0

    for chart in page.context["charts"]:
        for bar in chart.bars:
            if bar.url:
                rows = client.get(bar.url).context["rows"]
                assert len(rows) == int(bar.number), bar
                followed += 1
    everything = client.get(f"/decisions/?{page.context['list_query']}")

    assert followed >= 3
    assert len(everything.context["rows"]) == 3


def test_what_one_may_not_see_is_not_counted(cast, sign_in):
    """A restricted case, one they are kept from and another school's: as if they were not there."""
    a_decision(cast)
    for hide in (
        lambda case: restrict_case(case=case, reason="Family", by=cast.deputy, at=timezone.now()),
        lambda case: exclude_from_case(
            case=case, user=cast.dsl, reason="Related", by=cast.deputy, at=timezone.now()
        ),
    ):
        case = a_case(by=cast.deputy, organisation=cast.school)
        a_decision(cast, cast.deputy, role="deputy_dsl", case=case)
        hide(case)
    stranger = sign_in(cast.stranger).get("/figures/")
    page = sign_in(cast.dsl).get("/figures/")

    assert page.context["total_words"] == "1 decision"
    assert stranger.context["total_words"] == "0 decisions"
    assert "There is no decision to count" in text_of(stranger)


def test_dates_narrow_it_and_wrong_ones_are_said(cast, sign_in):
    a_decision(cast)
    client = sign_in(cast.dsl)
    before = {"until_day": "1", "until_month": "1", "until_year": "2020"}
    since = {"since_day": "2", "since_month": "1", "since_year": "2020"}

    assert client.get("/figures/", before).context["total_words"] == "0 decisions"
    assert client.get("/figures/", since).context["total_words"] == "1 decision"
    wrong = client.get("/figures/", before | since)
    assert wrong.status_code == 422
    assert "The last day must not be before the first day" in text_of(wrong)
    assert "charts" not in wrong.context


def test_the_trust_counts_its_schools_together_or_one_by_one(cast, sign_in):
    lead = make_user("trust_dsl", "Tara Lund")
    make_member(lead, cast.trust, Role.DSL)
    a_decision(cast)
    elsewhere_too = a_case(by=cast.stranger, organisation=cast.other_school)
    a_decision(cast, cast.stranger, case=elsewhere_too)
    client = sign_in(lead)

    together = client.get("/figures/")
    one = client.get("/figures/", {"place": cast.other_school.public_id})
    elsewhere = client.get("/figures/", {"place": "A" * 22})

    assert together.context["total_words"] == "2 decisions"
    assert one.context["total_words"] == "1 decision"
    assert [bar.url for chart in one.context["charts"] for bar in chart.bars if bar.url] == []
    assert elsewhere.status_code == 422


def many_long_ago(cast, refused=0, shared=0):
    with time_machine.travel(LONG_AGO, tick=False):
        for _ in range(refused):
            a_refusal(cast)
        for _ in range(shared):
            a_decision(cast)


def test_who_manages_without_the_cases_sees_no_small_number_and_no_name(cast, sign_in):
    many_long_ago(cast, refused=1, shared=6)
    with time_machine.travel(NOW, tick=False):
        page = sign_in(cast.manager).get("/figures/summary/")

    assert page.context["total_words"] == "Between 5 and 13 decisions"
    assert numbers(page, "outcome") == {
        "Share": "5 to 9",
        "Share part of it": "Fewer than 5",
        "Do not share": "Fewer than 5",
    }
    assert numbers(page, "against") == {
        "As the guide suggested": "5 to 9",
        "Against the suggestion": "Fewer than 5",
    }
    assert set(numbers(page, "write_up").values()) == {"Fewer than 5"}
    assert not re.search(r"\b7\b", text_of(page).partition("Between 5")[2].partition("Sign out")[0])
    assert "recipient" not in {chart.code for chart in page.context["charts"]}
    assert [bar.url for chart in page.context["charts"] for bar in chart.bars if bar.url] == []
    assert "Jo Hart" not in text_of(page)
    assert "Northfield" not in text_of(page)


def test_too_few_are_not_even_counted(cast, sign_in):
    many_long_ago(cast, shared=4)
    with time_machine.travel(NOW, tick=False):
        page = sign_in(cast.manager).get("/figures/summary/")

    assert page.context["charts"] == []
    assert "There are too few decisions to show" in text_of(page)
    assert not re.search(r"\b4 decisions", text_of(page))


def test_a_restricted_case_is_in_nobodys_summary(cast, sign_in):
    many_long_ago(cast, shared=6)
    first = cast.school.decisions.earliest("id")
    restrict_case(case=first.case, reason="Family", by=cast.dsl, at=timezone.now())
    with time_machine.travel(NOW, tick=False):
        page = sign_in(cast.manager).get("/figures/summary/")
    second = cast.school.decisions.latest("id")
    restrict_case(case=second.case, reason="Family", by=cast.dsl, at=timezone.now())
    with time_machine.travel(NOW, tick=False):
        too_few = sign_in(cast.manager).get("/figures/summary/")

    assert page.context["total_words"] == "Between 5 and 13 decisions"
    assert too_few.context["charts"] == []


def test_a_case_the_manager_is_kept_from_is_in_no_figure_of_theirs(cast, sign_in):
    many_long_ago(cast, refused=1, shared=5)

    def seen(user):
        with time_machine.travel(NOW, tick=False):
            return sign_in(user).get("/figures/summary/")

    before = seen(cast.manager).context["total_words"]
    shared = cast.school.decisions.filter(outcome="share").order_by("id")
    for decision, who in zip(shared, (cast.staff, cast.manager), strict=False):
        exclude_from_case(
            case=decision.case, user=who, reason="About them", by=cast.dsl, at=timezone.now()
        )
    other = make_user("boss", "Bo Ssman")
    make_member(other, cast.school, Role.MANAGER)

    assert numbers(seen(other), "outcome")["Share"] == "5 to 9"
    assert seen(other).context["total_words"] == before
    assert numbers(seen(cast.manager), "outcome")["Share"] == "Fewer than 5"
    refused = cast.school.decisions.get(outcome="do_not_share")
    exclude_from_case(
        case=refused.case, user=cast.manager, reason="About him", by=cast.dsl, at=timezone.now()
    )
    page = seen(cast.manager)
    assert page.context["charts"] == []
    assert page.context["too_few"]


def test_only_quarters_that_are_over_can_be_asked_for(cast, sign_in):
    with time_machine.travel(NOW, tick=False):
        client = sign_in(cast.manager)
        this = client.get("/figures/summary/", {"quarter": Quarter(date(2026, 10, 1)).code})
        last = client.get("/figures/summary/", {"quarter": Quarter(date(2026, 7, 1)).code})

    assert (this.status_code, last.status_code) == (422, 200)


def test_a_head_of_the_trust_has_the_schools_without_small_numbers(cast, sign_in):
    head = make_user("trust_head", "Hanna Vale")
    make_member(head, cast.trust, Role.HEAD)
    many_long_ago(cast, shared=5)
    with time_machine.travel(NOW, tick=False):
        client = sign_in(head)
        own = client.get("/figures/")
        schools = client.get("/figures/summary/")

    assert own.context["total_words"] == "0 decisions"
    assert "/figures/summary/" in own.content.decode()
    assert schools.context["total_words"] == "Between 5 and 13 decisions"
    assert "Hill Rise School and Marsh Lane School" in html.unescape(text_of(schools))


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, rows):
    for _ in range(rows):
        a_receipt(a_disclosure(a_decision(cast), cast.dsl), cast.dsl)
    client = sign_in(cast.dsl)
    client.get("/figures/")

    with statements(16):
        client.get("/figures/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_whole_trust_is_counted_with_as_many_statements_for_three_as_for_one(cast, sign_in, rows):
    lead = make_user("trust_dpl", "Tara Lund")
    make_member(lead, cast.trust, Role.DATA_PROTECTION_LEAD)
    for _ in range(rows):
        a_receipt(a_disclosure(a_decision(cast), cast.dsl), cast.dsl)
        case = a_case(by=cast.stranger, organisation=cast.other_school)
        a_decision(cast, cast.stranger, case=case)
    client = sign_in(lead)
    client.get("/figures/")

    with statements(17):
        page = client.get("/figures/")
    assert page.context["total_words"] == f"{2 * rows} decisions"


def test_looking_at_figures_is_logged_with_the_places(cast, sign_in):
    sign_in(cast.dsl).get("/figures/")

    entry = Entry.objects.filter(event="decisions.figures_seen").get()
    assert details_of([entry])[entry.seq] == {
        "places": [cast.school.public_id],
        "small_too": True,
    }
