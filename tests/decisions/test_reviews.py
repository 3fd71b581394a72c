"""Reviews: by somebody without a hand in it, of exactly what was shown, once."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import queries
from decisions.domain import advising, reviewing
from decisions.enums import ReviewOutcome, ReviewState
from decisions.models import Review
from decisions.permissions import check_user_can_review
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import exclude_from_case, restrict_case
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_review,
    an_amendment,
    signed,
)
from tests.factories import a_case, a_complete_draft, a_draft, complete_pages, its_person, save
from tests.people import make_member, make_user

NOT_A_REVIEWER = "Reviews are for the safeguarding leads, the head and the data protection lead."
OWN_HAND = "You wrote, edited, signed or advised on this decision, so somebody else reviews it."


def _url(decision):
    return f"/decisions/{decision.public_id}/review/"


def _agree(decision, **changes):
    return {"outcome": "agreed", "shown": reviewing.shown_of(decision), **changes}


@pytest.fixture
def handled(cast):
    """Begun by staff, edited by the head, advised on by the deputy, signed by the DSL."""
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    pages = complete_pages(its_person(case))
    save(draft, cast.head, {("purpose", 0): pages.pop(("purpose", 0))})
    asked = a_question(draft.decision, cast.deputy, cast.staff)
    advising.give_advice(
        request=asked,
        role=Role.DEPUTY_DSL,
        advised="share",
        words="Yes.",
        by=cast.deputy,
        at=timezone.now(),
    )
    save(draft, cast.dsl, pages)
    return signed(draft, cast.dsl).decision


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("staff", NOT_A_REVIEWER),
        ("colleague", NOT_A_REVIEWER),
        ("dsl", OWN_HAND),
        ("deputy", OWN_HAND),
        ("head", OWN_HAND),
        ("manager", NOT_A_REVIEWER),
        ("dpl", None),
        ("auditor", NOT_A_REVIEWER),
        ("admin", NOT_A_REVIEWER),
        ("stranger", NOT_A_REVIEWER),
        ("trust_dsl", None),
        ("trust_head", NOT_A_REVIEWER),
        ("trust_dpl", None),
    ],
)
def test_who_reviews_what_staff_began_the_head_edited_the_deputy_advised_on_and_the_dsl_signed(
    cast, handled, person, sentence
):
    user = getattr(cast, person, None)
    if user is None:
        roles = {
            "trust_dsl": Role.DSL,
            "trust_head": Role.HEAD,
            "trust_dpl": Role.DATA_PROTECTION_LEAD,
        }
        user = make_user(person)
        make_member(user, cast.trust, roles[person])
    if sentence is None:
        check_user_can_review(user, handled.version)
    else:
        with pytest.raises(PermissionDenied) as refused:
            check_user_can_review(user, handled.version)
        assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("staff", 403),
        ("dsl", 403),
        ("deputy", 403),
        ("head", 403),
        ("dpl", 200),
        ("auditor", 403),
        ("admin", 403),
        ("manager", 403),
        ("stranger", 404),
    ],
)
def test_the_page_follows_the_same_table(cast, sign_in, handled, person, status):
    client = sign_in(getattr(cast, person))
    assert client.get(_url(handled)).status_code == status
    if status == 403:
        assert client.post(_url(handled), _agree(handled)).status_code == 403
    assert Review.objects.count() == 0


def test_the_sentence_says_why_the_author_cannot_review(cast, sign_in, handled):
    page = sign_in(cast.dsl).get(_url(handled))
    assert OWN_HAND in page.content.decode()


def test_agreeing_records_a_review_of_what_was_shown(cast, sign_in):
    decision = a_decision(cast)
    shown = reviewing.shown_of(decision)
    sent = _agree(decision, comment="Clear and careful.")
    page = sign_in(cast.deputy).post(_url(decision), sent)
    assert (page.status_code, page["Location"]) == (302, f"/decisions/{decision.public_id}/")
    review = Review.objects.get()
    assert (review.outcome, review.words, review.shown, review.reviewer, review.reviewed_as) == (
        ReviewOutcome.AGREED,
        "Clear and careful.",
        shown,
        cast.deputy,
        Role.DEPUTY_DSL,
    )
    decision.refresh_from_db()
    assert decision.review_state == ReviewState.AGREED


def test_returning_needs_what_to_change(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    page = client.post(_url(decision), _agree(decision, outcome="returned", change=" "))
    assert page.status_code == 422
    assert [error.message for error in page.context["form"].error_summary()] == [
        "Say what should change, or ask a question beside the part it is about"
    ]
    sent = _agree(decision, outcome="returned", change="Say why the GP needs it.", comment="No.")
    client.post(_url(decision), sent)
    assert Review.objects.get().words == "Say why the GP needs it."
    decision.refresh_from_db()
    assert decision.review_state == ReviewState.RETURNED


def test_nothing_is_chosen_beforehand_and_no_choice_is_refused(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    assert not re.search(r"<input[^>]*\schecked", client.get(_url(decision)).content.decode())
    page = client.post(_url(decision), {"shown": reviewing.shown_of(decision)})
    assert page.status_code == 422
    assert Review.objects.count() == 0


def test_a_second_click_makes_no_second_review(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    sent = _agree(decision)
    answers = [client.post(_url(decision), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Review.objects.count() == 1
    assert Entry.objects.filter(event="decisions.reviewed").count() == 1


def test_somebody_elses_review_in_between_is_said_and_nothing_recorded(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy)
    page = sign_in(cast.head).post(_url(decision), _agree(decision))
    assert page.status_code == 409
    text = page.content.decode()
    assert "Nothing was recorded." in text
    assert "Tomasz Łęcki" in text
    assert page.context["form"] is None
    assert Review.objects.get().reviewer == cast.deputy


def test_a_version_signed_in_between_is_shown_instead_with_what_was_typed(cast, sign_in):
    decision = a_decision(cast)
    old = reviewing.shown_of(decision)
    signed(an_amendment(decision, cast.dsl), cast.dsl)
    decision.refresh_from_db()
    page = sign_in(cast.deputy).post(
        _url(decision), {"outcome": "agreed", "comment": "Well put.", "shown": old}
    )
    assert page.status_code == 409
    assert Review.objects.count() == 0
    form = page.context["form"]
    assert form.initial["shown"] == reviewing.shown_of(decision) != old
    assert form.initial["comment"] == "Well put."
    assert form.initial.get("outcome") is None


def test_with_several_roles_the_role_is_chosen_and_no_other_taken(cast, sign_in):
    decision = a_decision(cast)
    make_member(cast.head, cast.school, Role.DEPUTY_DSL)
    client = sign_in(cast.head)
    assert client.post(_url(decision), _agree(decision)).status_code == 422
    assert client.post(_url(decision), _agree(decision, role="dsl")).status_code == 422
    assert client.post(_url(decision), _agree(decision, role="head")).status_code == 302
    assert Review.objects.get().reviewed_as == Role.HEAD


def test_somebody_kept_from_the_case_does_not_find_it(cast, sign_in):
    decision = a_decision(cast)
    exclude_from_case(
        case=decision.case, user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    client = sign_in(cast.deputy)
    absent = client.get("/decisions/AAAAAAAAAAAAAAAAAAAAAA/review/")
    for answer in (client.get(_url(decision)), client.post(_url(decision), _agree(decision))):
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert Review.objects.count() == 0


def test_only_reading_and_sending_are_answered(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    assert client.put(_url(decision)).status_code == 405
    assert client.delete(_url(decision)).status_code == 405


def test_a_decision_that_is_not_signed_leads_back_to_its_page(cast, sign_in):
    draft = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    page = sign_in(cast.deputy).get(_url(draft.decision))
    assert (page.status_code, page["Location"]) == (302, f"/decisions/{draft.decision.public_id}/")


def test_looking_and_looking_again_after_a_mistake_are_recorded(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    seen = Entry.objects.filter(event="decisions.decision_seen")
    client.get(_url(decision))
    assert seen.count() == 1
    client.post(_url(decision), {"shown": reviewing.shown_of(decision)})
    assert seen.count() == 2


@pytest.mark.parametrize("times", [0, 3])
def test_the_review_page_asks_the_database_ten_times(cast, sign_in, times):
    decision = a_decision(cast)
    for _ in range(times):
        a_disclosure(decision, cast.dsl)
    client = sign_in(cast.deputy)
    client.get(_url(decision))
    with statements(10):
        client.get(_url(decision))


# Who could review, for lists and for the sentence that nobody can


def _who(decision, user):
    rows = queries.with_reviewers(queries.visible_decisions(user), user)
    return queries.reviewers_of(rows.get(pk=decision.pk))


def test_somebody_here_can_review(cast):
    assert _who(a_decision(cast), cast.dsl) == queries.Reviewers(
        here=True, by_trust=False, own_hand=True
    )


def test_nobody_here_when_all_had_a_hand_are_kept_away_or_have_left(cast, handled):
    assert _who(handled, cast.dpl) == queries.Reviewers(here=True, by_trust=False, own_hand=False)
    cast.dpl.is_active = False
    cast.dpl.save()
    assert _who(handled, cast.dsl).here is False


def test_the_trusts_reviewers_that_reach_down_can(cast, handled):
    exclude_from_case(
        case=handled.case, user=cast.dpl, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    assert _who(handled, cast.dsl) == queries.Reviewers(here=False, by_trust=False, own_hand=True)
    head = make_user("trust_head")
    make_member(head, cast.trust, Role.HEAD)
    assert _who(handled, cast.dsl).by_trust is False
    lead = make_user("trust_dsl")
    make_member(lead, cast.trust, Role.DSL)
    assert _who(handled, cast.dsl).by_trust is True
    assert list(queries.waiting_for_review_by(lead)) == [handled]
    assert list(queries.waiting_for_review_by(head)) == []


def test_the_trust_is_not_asked_while_the_school_can_review(cast):
    decision = a_decision(cast)
    lead = make_user("trust_dsl")
    make_member(lead, cast.trust, Role.DSL)
    assert list(queries.waiting_for_review_by(lead)) == []
    assert list(queries.waiting_for_review_by(cast.deputy)) == [decision]
    assert list(queries.waiting_for_review_by(cast.dsl)) == []
    assert list(queries.waiting_for_review_by(cast.staff)) == []
    assert list(queries.waiting_for_review_by(cast.stranger)) == []


def test_a_restricted_case_can_be_reviewed_only_by_those_named_on_it(cast):
    decision = a_decision(cast)
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    assert _who(decision, cast.dsl).here is False
    assert list(queries.waiting_for_review_by(cast.deputy)) == []


@pytest.mark.parametrize(
    ("name", "told"), [("dsl", True), ("deputy", False), ("staff", False), ("auditor", False)]
)
def test_who_had_a_hand_is_told_that_somebody_else_reviews(cast, sign_in, name, told):
    case = a_case(by=cast.staff, organisation=cast.school)
    decision = a_decision(cast, case=case)  # signed by the DSL
    page = sign_in(getattr(cast, name)).get(f"/decisions/{decision.public_id}/").content.decode()
    assert ("so somebody else reviews it" in page) is told


def test_the_page_of_the_decision_says_that_nobody_here_can_review(cast, sign_in):
    decision = a_decision(cast)
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    page = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/")
    assert "Nobody here can review this." in page.content.decode()
    listed = sign_in(cast.dsl).get("/decisions/?review=nobody")
    assert "Nobody here can review this" in listed.content.decode()
    assert len(listed.context["signed"]) == 1


def test_whose_advice_somebody_reported_does_not_review_it(cast):
    """Advice given by word of mouth is a hand in it like advice given here."""
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    advising.report_advice(
        decision=draft.decision,
        adviser=cast.deputy.name,
        role=Role.DEPUTY_DSL,
        given_on=timezone.localdate(),
        anonymous=False,
        advised="share",
        words="Share it today.",
        by=cast.dsl,
        at=timezone.now(),
    )
    signed(draft, cast.dsl)
    assert list(queries.waiting_for_review_by(cast.deputy)) == []
    assert list(queries.waiting_for_review_by(cast.head)) == [draft.decision]
