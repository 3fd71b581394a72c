"""The DSL's desk: each kind of work is there, with its age and one action, counted exactly."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from decisions.domain import breaches
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.casefile import queries
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.opening import exclude_from_case
from infosharing.cases.due import Kind
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_review,
    not_told,
    shared_at_once,
)
from tests.factories import a_case, a_draft, a_request, save

MONDAY = "2026-11-16T09:00:00Z"
FRIDAY = "2026-11-20T09:00:00Z"


def _anew(user):
    return User.objects.get(pk=user.pk)


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _of_kind(user, kind):
    return [one.title for one in queries.to_do(_anew(user)).listed(timezone.now(), kind)]


# What others left standing


def test_a_draft_nobody_has_typed_on_for_three_working_days_stands_still(cast):
    with time_machine.travel(MONDAY, tick=False):
        draft = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    title = f"See why the draft of decision {draft.decision.spoken_reference} stands still"
    found = {}
    for day in (18, 19, 20):
        with time_machine.travel(f"2026-11-{day}T09:00:00Z", tick=False):
            found[day] = _of_kind(cast.dsl, Kind.STALE)
    assert found == {18: [], 19: [], 20: [title]}
    with time_machine.travel(FRIDAY, tick=False):
        assert _of_kind(cast.deputy, Kind.STALE) == [title]
        for person in (cast.staff, cast.head, cast.stranger):
            assert _of_kind(person, Kind.STALE) == []
        save(draft, cast.staff, {("purpose", 0): {"answer_purpose": ["yes"]}})
        assert _of_kind(cast.dsl, Kind.STALE) == []


def test_advice_nobody_has_given_since_the_working_day_before_is_the_leads_to_see(cast):
    with time_machine.travel(MONDAY, tick=False):
        draft = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
        a_question(draft.decision, cast.manager, cast.staff)
        assert _of_kind(cast.dsl, Kind.ADVICE_WAITING) == []
    with time_machine.travel("2026-11-18T09:00:00Z", tick=False):
        assert _of_kind(cast.dsl, Kind.ADVICE_WAITING) == [
            "Martin Boyle has not answered about decision "
            f"{draft.decision.spoken_reference}: help out"
        ]
        assert _of_kind(cast.manager, Kind.ADVICE_WAITING) == []
        assert len(_of_kind(cast.manager, Kind.ADVICE_ASKED)) == 1


def test_what_others_have_not_followed_in_time_is_the_leads_too(cast):
    with time_machine.travel("2026-11-02T09:00:00Z", tick=False):
        decision = a_decision(cast, cast.deputy, "deputy_dsl")
        a_disclosure(decision, cast.deputy)
        other = a_decision(cast, cast.deputy, "deputy_dsl")
        not_told(other, cast.deputy, look_again_in=2)
        assert _of_kind(cast.dsl, Kind.RECEIPT) == _of_kind(cast.dsl, Kind.TELL) == []
    with time_machine.travel(FRIDAY, tick=False):
        assert _of_kind(cast.dsl, Kind.RECEIPT) == ["Ask Jo Hart whether it arrived"]
        assert sorted(_of_kind(cast.dsl, Kind.TELL)) == [
            "Can Ife Adeyemi be told now?",
            f"Say when to look at telling again: decision {decision.spoken_reference}",
        ]
        for person in (cast.staff, cast.dpl, cast.stranger):
            assert _of_kind(person, Kind.RECEIPT) == _of_kind(person, Kind.TELL) == []


@pytest.fixture
def desk(cast):
    """Something of every kind that a DSL's Monday brings, begun two weeks before."""
    with time_machine.travel("2026-11-02T09:00:00Z", tick=False):
        case = a_case(by=cast.staff, organisation=cast.school)
        a_request(case=case, by=cast.staff, by_when=timezone.now() + timedelta(days=1))
        stale = a_draft(case=case, by=cast.staff)
        a_question(stale.decision, cast.manager, cast.staff)
        a_question(stale.decision, cast.dsl, cast.staff)
        shared_at_once(cast)
        sent = a_decision(cast, cast.deputy, "deputy_dsl")
        a_disclosure(sent, cast.deputy)
        not_told(sent, cast.deputy, look_again_in=2)
        astray = a_decision(cast, cast.deputy, "deputy_dsl")
        breaches.start_breach(
            disclosure=a_disclosure(astray, cast.deputy),
            wrong=breaches.WrongPerson("Another family", timezone.now(), "Asked to delete it"),
            by=cast.deputy,
            at=timezone.now(),
        )
        returned = a_decision(cast)
        a_review(returned, cast.deputy, outcome="returned", words="Say why.")
        disagreed = a_decision(cast)
        a_review(disagreed, cast.head, Role.HEAD, "disagreed", "I would have waited.")
        a_draft(case=case, by=cast.dsl)
    return case


@pytest.mark.usefixtures("desk")
def test_each_number_leads_to_exactly_that_many_lines(cast, sign_in):
    with time_machine.travel("2026-11-16T08:00:00Z", tick=False):
        client = sign_in(cast.dsl)
        page = client.get("/")
        kinds = page.context["kinds"]
        assert {one["label"] for one in kinds} == {
            kind.value
            for kind in (
                Kind.WRITE_UP,
                Kind.REQUEST,
                Kind.BREACH,
                Kind.RETURNED,
                Kind.ADVICE_ASKED,
                Kind.REVIEW,
                Kind.LOOK_BACK,
                Kind.ADVICE_WAITING,
                Kind.SEND,
                Kind.RECEIPT,
                Kind.TELL,
                Kind.DRAFT,
                Kind.STALE,
            )
        }
        listed = []
        for one in kinds:
            shown = client.get(one["url"])
            assert len(shown.context["tasks"]) == int(one["number"]), one
            assert f"Only: {one['label']}" in _text(shown)
            listed += [task.url for task in shown.context["tasks"]]
        everything = [task.url for task in page.context["tasks"]]
        assert sorted(listed) == sorted(everything)
        assert next(item["count"] for item in page.context["nav"]) == len(everything)
        assert next(item["count"] for item in shown.context["nav"]) == len(everything)


@pytest.mark.usefixtures("desk")
def test_each_line_says_how_long_it_has_waited_in_working_time(cast, sign_in):
    with time_machine.travel("2026-11-16T08:00:00Z", tick=False):
        tasks = sign_in(cast.dsl).get("/").context["tasks"]
        assert {task.age for task in tasks} == {"Waiting for 10 working days"}
        days = timezone.localdate()
        add_closure(
            organisation=cast.school,
            first_on=days - timedelta(days=7),
            last_on=days - timedelta(days=3),
            what="Half term",
            by=cast.admin,
            at=timezone.now(),
        )
        tasks = sign_in(cast.dsl).get("/").context["tasks"]
        assert {task.age for task in tasks} == {"Waiting for 5 working days"}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-20T18:00:00Z", "Waiting since today"),
        ("2026-11-21T09:00:00Z", "Waiting for less than a working day"),
        ("2026-11-22T09:00:00Z", "Waiting for less than a working day"),
        ("2026-11-23T09:00:00Z", "Waiting for 1 working day"),
        ("2026-11-24T09:00:00Z", "Waiting for 2 working days"),
    ],
)
def test_the_weekend_is_no_working_time(cast, moment, words):
    with time_machine.travel(FRIDAY, tick=False):
        a_decision(cast)
    with time_machine.travel(moment, tick=False):
        assert [one.age for one in queries.to_do(cast.head).listed(timezone.now())] == [words]


def test_nothing_of_a_case_one_may_not_see_is_counted(cast, desk):
    with time_machine.travel("2026-11-16T08:00:00Z", tick=False):
        before = queries.to_do(_anew(cast.deputy)).by_kind(timezone.now())
        assert before[Kind.STALE] == 2
        exclude_from_case(
            case=desk, user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
        )
        after = queries.to_do(_anew(cast.deputy)).by_kind(timezone.now())
        assert Kind.STALE not in after
        assert Kind.REQUEST not in after


def test_a_single_kind_needs_no_numbers(cast, sign_in):
    a_decision(cast)
    assert sign_in(cast.head).get("/").context["kinds"] == []
