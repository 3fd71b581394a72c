"""Where home leads, and what stands around every page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from infosharing.accounts.models import Membership, User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.casefile import context, queries
from tests.casefile.at_home import all_answered, answered_by, case_of, text_of
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_refusal,
    a_review,
    everything_followed,
    not_told,
)
from tests.factories import a_draft, a_request
from tests.people import make_member, make_user

# Where home leads


def test_home_offers_the_two_ways_to_begin(cast, sign_in):
    page = sign_in(cast.staff).get("/")
    text = page.content.decode()
    assert 'href="/requests/new/"' in text
    assert "Nothing is waiting for you" in text_of(page)
    assert "Practise" in text_of(page)


@pytest.mark.parametrize(("person", "where"), [("auditor", "/decisions/"), ("admin", "/members/")])
def test_those_who_record_nothing_are_led_to_their_own_list(cast, sign_in, person, where):
    page = sign_in(getattr(cast, person)).get("/")
    assert (page.status_code, page["Location"]) == (302, where)
    assert Entry.objects.filter(event="decisions.list_seen").count() == 0


def test_somebody_without_a_role_is_told_whom_to_ask(cast, sign_in):
    page = sign_in(make_user("newcomer")).get("/")
    assert page.status_code == 200
    assert "You have no role yet" in text_of(page)
    assert page.context["nav"] == []


def test_nobody_sees_home_without_signing_in(client, db):
    page = client.get("/")
    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=/")


def test_looking_is_recorded_and_nothing_is_sent_there(cast, sign_in):
    client = sign_in(cast.staff)
    client.get("/")
    entry = Entry.objects.get(event="decisions.list_seen")
    assert (entry.actor_id, entry.organisation_id) == (
        cast.staff.public_id,
        cast.school.public_id,
    )
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("times", [1, 3])
def test_home_asks_the_database_as_often_for_three_of_each_as_for_one(cast, sign_in, times):
    for _ in range(times):
        a_decision(cast, cast.deputy, "deputy_dsl")
        decision = a_decision(cast)
        not_told(decision, cast.dsl)
        a_disclosure(decision, cast.dsl)
        a_decision(cast)
        case = case_of(cast, "dsl")
        a_request(case=case, by=cast.dsl)
        a_draft(case=case, by=cast.dsl)
        elsewhere = a_draft(case=case_of(cast), by=cast.staff)
        a_question(elsewhere.decision, cast.dsl, cast.staff)
        returned = a_refusal(cast)
        a_review(returned, cast.deputy, outcome="returned", words="Say why.")
        own = a_draft(case=case_of(cast, "dsl"), by=cast.dsl)
        answered_by(cast, own, cast.manager, cast.dsl)
    client = sign_in(cast.dsl)
    client.get("/")
    with statements(9):
        page = client.get("/")
    assert len(page.context["tasks"]) == 12 * times


# Around every page


def _around(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return context.surroundings(request)


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("staff", ["Yours to do", "Requests", "Decisions", "Cases"]),
        ("dsl", ["Yours to do", "Requests", "Decisions", "Cases", "Figures"]),
        ("manager", ["Yours to do", "Requests", "Decisions", "Cases", "Figures"]),
        ("auditor", ["Requests", "Decisions", "Cases", "Figures"]),
        ("admin", ["Members"]),
    ],
)
def test_the_head_of_a_page_leads_where_one_may_go(cast, person, labels):
    around = _around(getattr(cast, person), "/decisions/")
    assert [item["label"] for item in around["nav"]] == labels
    assert [item["label"] for item in around["nav"] if item["current"]] == (
        ["Decisions"] if "Decisions" in labels else []
    )
    assert around["organisation_name"] == "Marsh Lane School"
    assert around["person_name"] == getattr(cast, person).name


def test_several_roles_and_places_are_each_named_once(cast):
    make_member(cast.head, cast.school, Role.DSL)
    make_member(cast.head, cast.trust, Role.HEAD)
    around = _around(cast.head)
    assert around["role_name"] == "Designated safeguarding lead (DSL), Head"
    assert around["organisation_name"] == "Marsh Lane School, Vale Learning Trust"


def test_nobody_signed_in_has_nothing_around_them(db, settings):
    settings.DEMONSTRATION = True
    with statements(0):
        assert _around(AnonymousUser()) == {"demonstration": True}
        assert context.surroundings(RequestFactory().get("/")) == {"demonstration": True}


def test_a_page_is_still_made_while_the_database_does_not_answer(cast, monkeypatch):
    def unreachable(user):
        raise OperationalError("gone")

    monkeypatch.setattr(context, "how_much_to_do", unreachable)
    assert set(_around(cast.staff)) == {"demonstration"}


def test_the_count_costs_one_query(cast):
    a_decision(cast)
    standing_known = cast.dsl
    _around(standing_known)
    with statements(1):
        around = _around(standing_known)
    assert [item["count"] for item in around["nav"]] == [1, 0, 0, 0, 0]


def _anew(user):
    """As the next request finds them: nothing is kept on the user object."""
    return User.objects.get(pk=user.pk)


def test_the_number_follows_roles_given_and_ended_on_the_same_day(cast):
    a_decision(cast)
    colleague = cast.colleague
    assert context.how_much_to_do(_anew(colleague)) == 0
    given = make_member(colleague, cast.school, Role.DEPUTY_DSL)
    assert context.how_much_to_do(_anew(colleague)) == 1
    Membership.objects.filter(pk=given.pk).update(ends_on=date(2020, 1, 2))
    assert context.how_much_to_do(_anew(colleague)) == 0


def test_the_number_follows_the_moment_and_the_day(cast):
    with time_machine.travel("2026-11-16T10:00:00Z", tick=False):
        a_request(case=case_of(cast), by=cast.staff, by_when=timezone.now() + timedelta(hours=2))
        decision = a_refusal(cast)
        all_answered(decision, cast.dsl)
        not_told(decision, cast.dsl, look_again_in=1)
        assert context.how_much_to_do(_anew(cast.dsl)) == 0
    with time_machine.travel("2026-11-16T12:01:00Z", tick=False):
        assert context.how_much_to_do(_anew(cast.dsl)) == 1
    with time_machine.travel("2026-11-17T08:00:00Z", tick=False):
        assert context.how_much_to_do(_anew(cast.dsl)) == 2


def test_everything_done_counts_nothing(cast):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    a_review(decision, cast.deputy)
    assert context.how_much_to_do(cast.dsl) == 0
    assert queries.to_do(cast.dsl).listed(timezone.now()) == []
