"""A deputy takes over from the DSL for some days: what they may, see and leave on record."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import queries
from decisions.domain import advising, reviewing
from decisions.models import Advice, Review
from infosharing.access.domain import members
from infosharing.accounts.models import Membership, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.casefile.context import how_much_to_do
from infosharing.cases.domain.opening import exclude_from_case, name_on_case, restrict_case
from infosharing.cases.domain.standing_in import UnableToStandIn, end_stand_in
from infosharing.cases.models import StandIn
from infosharing.cases.permissions import roles_on
from infosharing.cases.queries import leads_of, visible_cases
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_review,
    not_told,
    signed,
)
from tests.factories import a_case, a_complete_draft, a_draft, a_request, a_stand_in
from tests.people import make_member, make_user

URL = "/stand-ins/"


def _anew(user):
    return User.objects.get(pk=user.pk)


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _tasks(sign_in, user):
    return {one.title for one in sign_in(user).get("/").context["tasks"]}


def _typed(first, last):
    days = {"starts_on": first, "ends_on": last}
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


# When it holds


def test_it_begins_and_ends_by_itself(cast):
    with time_machine.travel("2026-11-16T09:00:00Z", tick=False):
        a_case(by=cast.staff, organisation=cast.school)
        a_decision(cast, cast.deputy, "deputy_dsl")
        a_stand_in(cast, starts_in=1, days=3)
    held = {}
    for day in range(15, 22):
        with time_machine.travel(f"2026-11-{day}T12:00:00Z", tick=False):
            deputy = _anew(cast.colleague)
            held[day] = (
                Role.DEPUTY_DSL in standing(deputy).roles_in(cast.school.pk),
                visible_cases(deputy).count(),
                how_much_to_do(deputy),
            )
    none, there = (False, 0, 0), (True, 2, 1)
    assert held == {15: none, 16: none, 17: there, 18: there, 19: there, 20: none, 21: none}


def test_the_number_of_what_is_to_do_follows_it_at_once(cast):
    a_request(
        case=a_case(by=cast.staff, organisation=cast.school),
        by=cast.dsl,
        by_when=timezone.now() + timedelta(days=2),
    )
    assert how_much_to_do(_anew(cast.colleague)) == 0
    stand_in = a_stand_in(cast)
    assert how_much_to_do(_anew(cast.colleague)) == 1
    end_stand_in(stand_in=stand_in, by=cast.dsl, at=timezone.now())
    assert how_much_to_do(_anew(cast.colleague)) == 0


def test_what_the_lead_has_to_do_is_the_deputys_and_still_the_leads(cast, sign_in):
    decision = a_decision(cast)
    not_told(decision, cast.dsl, look_again_in=0)
    a_draft(case=decision.case, by=cast.dsl)
    a_question(a_draft(case=decision.case, by=cast.staff).decision, cast.dsl, cast.staff)
    theirs = _tasks(sign_in, cast.dsl)
    assert len(theirs) == 4
    assert not theirs & _tasks(sign_in, cast.colleague)
    a_stand_in(cast)
    page = sign_in(cast.colleague).get("/")
    assert theirs <= {one.title for one in page.context["tasks"]}
    assert "You stand in for Dilys Morgan at Marsh Lane School until" in _text(page)
    assert "in place of Dilys Morgan until" in _text(page)
    assert _tasks(sign_in, cast.dsl) == theirs


def test_at_another_place_it_gives_nothing(cast, sign_in):
    make_member(cast.dsl, cast.other_school, Role.DSL)
    case = a_case(by=cast.stranger, organisation=cast.other_school)
    a_request(case=case, by=cast.dsl)
    a_stand_in(cast)
    deputy = _anew(cast.colleague)
    assert case not in visible_cases(deputy)
    assert _tasks(sign_in, cast.colleague) == set()


# No more than the lead


def test_a_restricted_case_stays_closed_unless_the_deputy_is_named_on_it(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    decision = a_decision(cast, case=case)
    restrict_case(case=case, by=cast.dsl, at=timezone.now())
    a_stand_in(cast)
    client = sign_in(cast.colleague)
    absent = client.get("/decisions/AAAAAAAAAAAAAAAAAAAAAA/")
    hidden = client.get(f"/decisions/{decision.public_id}/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert _tasks(sign_in, cast.colleague) == set()
    name_on_case(case=case, user=cast.colleague, reason="Covers", by=cast.dsl, at=timezone.now())
    assert client.get(f"/decisions/{decision.public_id}/").status_code == 200


def test_what_the_lead_is_kept_from_their_deputy_is_kept_from_too(cast, sign_in):
    case = a_case(by=cast.head, organisation=cast.school)
    other = a_case(by=cast.head, organisation=cast.school)
    exclude_from_case(
        case=case, user=cast.dsl, reason="It is about them", by=cast.head, at=timezone.now()
    )
    a_request(case=case, by=cast.head, by_when=timezone.now() - timedelta(hours=1))
    a_stand_in(cast)
    deputy = _anew(cast.colleague)
    assert list(visible_cases(deputy)) == [other]
    client = sign_in(cast.colleague)
    absent = client.get("/cases/AAAAAAAAAAAAAAAAAAAAAA/")
    hidden = client.get(f"/cases/{case.public_id}/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert _tasks(sign_in, cast.colleague) == set()


def test_named_on_such_a_case_they_are_what_they_were_before_and_no_lead(cast):
    case = a_case(by=cast.head, organisation=cast.school)
    name_on_case(
        case=case, user=cast.colleague, reason="Form tutor", by=cast.head, at=timezone.now()
    )
    a_stand_in(cast)
    assert roles_on(_anew(cast.colleague), case) == [Role.PRACTITIONER, Role.DEPUTY_DSL]
    exclude_from_case(
        case=case, user=cast.dsl, reason="It is about them", by=cast.head, at=timezone.now()
    )
    assert roles_on(_anew(cast.colleague), case) == [Role.PRACTITIONER]
    assert visible_cases(_anew(cast.colleague)).filter(pk=case.pk).exists()


def test_somebody_kept_from_a_case_stays_so(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    exclude_from_case(
        case=case, user=cast.colleague, reason="A relative", by=cast.dsl, at=timezone.now()
    )
    a_stand_in(cast)
    assert not visible_cases(_anew(cast.colleague)).filter(pk=case.pk).exists()


def test_a_case_is_never_left_to_a_deputy_of_some_days_alone(cast):
    a_stand_in(cast)
    assert cast.colleague not in leads_of(cast.school)


def test_nobody_has_their_decision_reviewed_by_the_deputy_they_named(cast, sign_in):
    decision = a_decision(cast)  # signed by the DSL
    other = a_decision(cast, cast.deputy, "deputy_dsl")
    a_stand_in(cast)
    sentence = "You stand in for somebody who wrote, edited, signed or advised on this decision"
    with pytest.raises(PermissionDenied, match=sentence):
        a_review(decision, _anew(cast.colleague))
    assert sentence in _text(
        sign_in(cast.colleague).get(f"/decisions/{decision.public_id}/review/")
    )
    assert list(queries.waiting_for_review_by(_anew(cast.colleague))) == [other]
    assert not Review.objects.exists()


def test_a_lead_in_their_own_right_reviews_what_the_other_lead_signed(cast):
    decision = a_decision(cast)
    a_stand_in(cast, deputy=cast.deputy)
    a_review(decision, _anew(cast.deputy))
    assert Review.objects.get().in_place_of is None  # nobody reviews their own through another


def test_with_nobody_else_left_the_page_does_not_count_the_deputy_of_the_signer(cast):
    decision = a_decision(cast)
    a_stand_in(cast)
    Membership.objects.filter(user__in=[cast.deputy, cast.head, cast.dpl]).delete()
    rows = queries.with_reviewers(queries.visible_decisions(cast.dsl), cast.dsl)
    assert queries.reviewers_of(rows.get(pk=decision.pk)).here is False


# In whose place


def test_what_was_done_says_in_whose_place_for_good(cast, sign_in):
    reviewed = a_decision(cast, cast.deputy, "deputy_dsl")
    question = a_question(a_draft(case=reviewed.case, by=cast.staff).decision, cast.dsl, cast.staff)
    stand_in = a_stand_in(cast)
    deputy = _anew(cast.colleague)
    a_review(reviewed, deputy)
    advising.give_advice(
        request=question,
        role=Role.DEPUTY_DSL,
        advised="share",
        words="Yes.",
        by=deputy,
        at=timezone.now(),
    )
    draft = a_complete_draft(case=reviewed.case, by=deputy, role="deputy_dsl")
    decision = signed(draft, deputy).decision
    a_disclosure(decision, deputy)
    end_stand_in(stand_in=stand_in, by=cast.dsl, at=timezone.now())
    words = "Deputy safeguarding lead, in place of Dilys Morgan"
    client = sign_in(cast.auditor)
    for page in (
        f"/decisions/{decision.public_id}/",
        f"/decisions/{decision.public_id}/history/",
        f"/decisions/{reviewed.public_id}/",
        f"/cases/{reviewed.case.public_id}/chronology/",
        f"/cases/{reviewed.case.public_id}/history/",
    ):
        assert words in _text(client.get(page)), page
    assert Review.objects.get().in_place_of == cast.dsl
    assert (decision.version.in_place_of, Advice.objects.get().in_place_of) == (
        cast.dsl,
        cast.dsl,
    )
    assert Advice.objects.get().adviser == "Priya Nair, in place of Dilys Morgan"
    # From then on they act in nobody's place.
    later = a_draft(case=reviewed.case, by=_anew(cast.colleague))
    history = _text(client.get(f"/decisions/{later.decision.public_id}/history/"))
    assert words not in history


def test_advice_asked_of_the_lead_in_a_case_the_deputy_does_not_see_stays_the_leads(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    question = a_question(a_draft(case=case, by=cast.dsl).decision, cast.dpl, cast.dsl)
    restrict_case(case=case, by=cast.dsl, at=timezone.now())
    a_stand_in(cast, in_place_of=cast.dsl)
    make_member(cast.dpl, cast.school, Role.DSL)
    a_stand_in(cast, in_place_of=cast.dpl, by=cast.admin)
    client = sign_in(cast.colleague)
    assert client.get(f"/advice/{question.public_id}/").status_code == 404
    with pytest.raises(PermissionDenied):
        advising.give_advice(
            request=question,
            role=Role.DEPUTY_DSL,
            advised="",
            words="Yes.",
            by=_anew(cast.colleague),
            at=timezone.now(),
        )


def test_naming_and_ending_stand_in_log_and_history(cast):
    stand_in = a_stand_in(cast)
    end_stand_in(stand_in=stand_in, by=cast.admin, at=timezone.now())
    entries = Entry.objects.filter(object_id=stand_in.public_id).order_by("seq")
    assert [(one.event, one.actor_id) for one in entries] == [
        ("cases.stand_in_named", cast.dsl.public_id),
        ("cases.stand_in_ended", cast.admin.public_id),
    ]
    assert [row.history_type for row in stand_in.history.order_by("history_id")] == ["+", "~"]


# Who names whom


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("dsl", True),
        ("admin", True),
        ("deputy", False),
        ("head", False),
        ("staff", False),
        ("auditor", False),
        ("stranger", False),
    ],
)
def test_the_lead_and_the_administrator_name_somebody_and_nobody_else(cast, by, allowed):
    if allowed:
        a_stand_in(cast, by=getattr(cast, by))
    else:
        with pytest.raises(PermissionDenied):
            a_stand_in(cast, by=getattr(cast, by))
    assert StandIn.objects.exists() is allowed


def test_whoever_stands_in_names_nobody_further(cast):
    a_stand_in(cast)
    with pytest.raises(PermissionDenied):
        a_stand_in(cast, by=_anew(cast.colleague), deputy=cast.staff, starts_in=20)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"deputy": "dsl"}, "Choose somebody else who records requests here."),
        ({"deputy": "auditor"}, "Choose somebody else who records requests here."),
        ({"deputy": "stranger"}, "Choose somebody else who records requests here."),
        ({"in_place_of": "head", "by": "admin"}, "Choose a designated safeguarding lead"),
        ({"starts_in": -1}, "The first day has gone. Choose today or later."),
        ({"days": 0}, "The last day is before the first day."),
        ({"days": 367}, "This is longer than a year."),
        ({"why": " "}, "Say why."),
    ],
)
def test_what_cannot_be_arranged_is_refused_with_a_sentence(cast, changes, message):
    people = {"deputy", "in_place_of", "by"}
    given = {k: getattr(cast, v) if k in people else v for k, v in changes.items()}
    with pytest.raises(UnableToStandIn, match=re.escape(message)):
        a_stand_in(cast, **given)
    assert not StandIn.objects.exists()
    assert not Membership.objects.exclude(in_place_of=None).exists()


def test_an_administrator_does_not_name_themselves(cast):
    make_member(cast.admin, cast.school, Role.PRACTITIONER)
    with pytest.raises(UnableToStandIn):
        a_stand_in(cast, deputy=cast.admin, by=cast.admin)


def test_two_do_not_take_the_same_place_on_the_same_day(cast):
    a_stand_in(cast, starts_in=2, days=3)
    for starts_in, days in ((0, 3), (4, 1), (2, 3), (0, 30)):
        with pytest.raises(UnableToStandIn, match="Priya Nair stands in on some of these days"):
            a_stand_in(cast, deputy=cast.staff, starts_in=starts_in, days=days)
    a_stand_in(cast, deputy=cast.staff, starts_in=5, days=1)
    a_stand_in(cast, deputy=cast.staff, starts_in=0, days=2)


def test_it_is_ended_on_its_own_page_and_not_as_a_role(cast, sign_in):
    stand_in = a_stand_in(cast)
    client = sign_in(cast.admin)
    assert client.get(f"/members/roles/{stand_in.membership.public_id}/end/").status_code == 404
    with pytest.raises(members.UnableToChangeRole):
        members.end_role(
            membership=stand_in.membership,
            ends_on=timezone.localdate(),
            by=cast.admin,
            at=timezone.now(),
        )
    page = client.get("/members/")
    assert "Deputy safeguarding lead, in place of Dilys Morgan" in _text(page)


# The page


def test_the_lead_names_somebody_on_the_page_and_ends_it_again(cast, sign_in):
    client = sign_in(cast.dsl)
    page = client.get(URL)
    assert "Nobody stands in for anybody." in _text(page)
    assert "lead" not in page.context["form"].fields
    first = timezone.localdate()
    form = {
        "deputy": cast.colleague.public_id,
        "why": "Away on a course.",
        **_typed(first, first + timedelta(days=2)),
    }
    assert client.post(URL, form).status_code == 302
    made = StandIn.objects.get()
    assert (made.in_place_of, made.deputy, made.named_by) == (cast.dsl, cast.colleague, cast.dsl)
    text = _text(client.get(URL))
    assert "Priya Nair in place of Dilys Morgan" in text
    assert client.post(f"/stand-ins/{made.public_id}/end/").status_code == 302
    made.refresh_from_db()
    assert made.ended_by == cast.dsl
    assert "Ended early by Dilys Morgan" in _text(client.get(URL))


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(cast, sign_in):
    first = timezone.localdate() - timedelta(days=1)
    form = {"deputy": cast.colleague.public_id, "why": "Ill.", **_typed(first, first)}
    page = sign_in(cast.dsl).post(URL, form)
    assert page.status_code == 422
    assert page.context["form"].errors["starts_on"] == [
        "The first day has gone. Choose today or later."
    ]
    assert page.context["form"]["why"].value() == "Ill."


def test_the_administrator_says_whose_place_where_there_are_two_leads(cast, sign_in):
    second = make_user("second", "Second Lead")
    make_member(second, cast.school, Role.DSL)
    first = timezone.localdate()
    form = {
        "lead": second.public_id,
        "deputy": cast.colleague.public_id,
        "why": "Ill.",
        **_typed(first, first),
    }
    assert sign_in(cast.admin).post(URL, form).status_code == 302
    assert StandIn.objects.get().in_place_of == second


def test_another_schools_is_nowhere(cast, sign_in):
    made = a_stand_in(cast)
    client = sign_in(cast.stranger)
    absent = client.post("/stand-ins/AAAAAAAAAAAAAAAAAAAAAA/end/")
    hidden = client.post(f"/stand-ins/{made.public_id}/end/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    page = client.get(f"{URL}?organisation={cast.school.public_id}")
    assert page.status_code == 404
    made.refresh_from_db()
    assert made.ended_at is None


def test_a_second_lead_of_the_place_does_not_end_the_first_ones(cast, sign_in):
    made = a_stand_in(cast)
    second = make_user("second", "Second Lead")
    make_member(second, cast.school, Role.DSL)
    assert sign_in(second).post(f"/stand-ins/{made.public_id}/end/").status_code == 404
    assert "in place of Dilys Morgan" in _text(sign_in(second).get(URL))


def test_reviewing_uses_what_was_shown_here_too(cast):
    a_stand_in(cast)
    decision = a_decision(cast, cast.deputy, "deputy_dsl")
    with pytest.raises(reviewing.ReviewIsStale):
        reviewing.review(
            decision=decision,
            shown="0" * 64,
            outcome="agreed",
            words="",
            role=Role.DEPUTY_DSL,
            by=_anew(cast.colleague),
            at=timezone.now(),
        )
