"""Reviews that go on: stale, not agreed, by a second person, looking back (R57, R19)."""

import html
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from decisions import queries
from decisions.domain import following, reviewing
from decisions.enums import LookedBack, ReviewOutcome, ReviewState
from decisions.models import LookBack, Review, ReviewQuestion, ReviewReply, SecondReview
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_receipt,
    a_review,
    an_amendment,
    not_told,
    shared_at_once,
    signed,
    told,
)
from tests.decisions.test_review_rules import set_rules
from tests.factories import a_consent, its_person, save
from tests.people import make_member

AGREED, RETURNED, DISAGREED = (
    ReviewOutcome.AGREED,
    ReviewOutcome.RETURNED,
    ReviewOutcome.DISAGREED,
)
WHY = "I would have asked her mother first."


def _url(decision, last="review/"):
    return f"/decisions/{decision.public_id}/{last}"


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _tasks(sign_in, user):
    return [(one.title, one.url) for one in sign_in(user).get("/").context["tasks"]]


# Exactly what was shown


def _sent(decision, cast):
    a_disclosure(decision, cast.dsl)


def _received(decision, cast):
    a_receipt(decision.disclosures.get(), cast.dsl)


def _withdrawn(decision, cast):
    a_consent(case=decision.case, by=cast.staff, status="refused", limits="")


def _answered(decision, cast):
    following.answer_all_afterwards(
        decision=decision,
        answers=[following.Answered("recorded", "yes")],
        by=cast.dsl,
        at=timezone.now(),
    )


def _renamed(decision, cast):
    change_person(
        case=decision.case,
        person=its_person(decision.case),
        details=NewPerson(name="Ifeoluwa Adeyemi", born=date(2017, 4, 11)),
        reason="Written wrongly",
        by=cast.dsl,
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    "follows",
    [
        lambda decision, cast: told(decision, cast.dsl),
        lambda decision, cast: not_told(decision, cast.dsl),
    ],
    ids=["told", "not told"],
)
def test_a_name_that_was_shown_and_is_another_now_makes_a_review_stale(cast, sign_in, follows):
    decision = a_decision(cast)
    follows(decision, cast)
    client = sign_in(cast.deputy)
    page = client.get(_url(decision))
    shown = page.context["form"].initial["shown"]
    assert "Ifeoluwa" not in _text(page)
    _renamed(decision, cast)
    again = client.post(_url(decision), {"outcome": "agreed", "shown": shown})
    assert again.status_code == 409
    assert "Ifeoluwa Adeyemi" in _text(again)
    assert not Review.objects.exists()
    shown = again.context["form"].initial["shown"]
    assert client.post(_url(decision), {"outcome": "agreed", "shown": shown}).status_code == 302


@pytest.mark.parametrize("who", ["dsl", "deputy", "head"])
def test_the_name_of_a_colleague_that_is_shown_is_part_of_what_is_reviewed(cast, who):
    decision = a_decision(cast)
    told(decision, cast.dsl)
    a_review(decision, cast.deputy)
    before = reviewing.shown_of(decision)
    User.objects.filter(pk=getattr(cast, who).pk).update(name="Somebody Else")
    assert (reviewing.shown_of(decision) == before) is (who == "head")


@pytest.mark.parametrize(
    "happens",
    [
        _sent,
        lambda decision, cast: told(decision, cast.dsl),
        lambda decision, cast: not_told(decision, cast.dsl),
        _answered,
        lambda decision, cast: signed(an_amendment(decision, cast.dsl), cast.dsl),
        lambda decision, cast: a_review(decision, cast.head, Role.HEAD),
    ],
    ids=["sent", "told", "not told", "answered", "signed anew", "reviewed"],
)
def test_whatever_came_to_it_since_it_was_shown_makes_a_review_stale(cast, sign_in, happens):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    shown = client.get(_url(decision)).context["form"].initial["shown"]
    assert shown == reviewing.shown_of(decision)
    happens(decision, cast)
    before = Review.objects.count()
    answer = client.post(_url(decision), {"outcome": "agreed", "comment": "Good.", "shown": shown})
    assert answer.status_code == 409
    assert "Nothing was recorded." in _text(answer)
    assert Review.objects.count() == before
    if answer.context["form"]:
        now = answer.context["form"].initial
        assert (now["shown"], now["comment"]) == (reviewing.shown_of(decision), "Good.")


def test_a_receipt_between_makes_it_stale_and_what_is_shown_again_is_taken(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl)
    client = sign_in(cast.deputy)
    shown = client.get(_url(decision)).context["form"].initial["shown"]
    _received(decision, cast)
    again = client.post(_url(decision), {"outcome": "agreed", "shown": shown})
    assert "Confirmed by the recipient" in _text(again)
    shown = again.context["form"].initial["shown"]
    assert client.post(_url(decision), {"outcome": "agreed", "shown": shown}).status_code == 302
    assert Review.objects.get().shown == shown


def test_what_does_not_belong_to_it_leaves_it_as_it_was(cast):
    decision, other = a_decision(cast), a_decision(cast)
    shown = reviewing.shown_of(decision)
    a_disclosure(other, cast.dsl)
    an_amendment(decision, cast.dsl)
    assert reviewing.shown_of(decision) == shown != reviewing.shown_of(other)


# Not agreed


def test_not_agreeing_leaves_the_decision_and_says_why_everywhere(cast, sign_in):
    decision = a_decision(cast)
    form = {"outcome": "disagreed", "why_not": WHY, "shown": reviewing.shown_of(decision)}
    client = sign_in(cast.deputy)
    assert client.post(_url(decision), form).status_code == 302
    decision.refresh_from_db()
    assert (decision.review_state, decision.version.number) == (ReviewState.DISAGREED, 1)
    assert Review.objects.get().words == WHY
    for page in (
        f"/decisions/{decision.public_id}/",
        f"/decisions/{decision.public_id}/versions/1/",
        f"/cases/{decision.case.public_id}/chronology/",
        f"/decisions/{decision.public_id}/history/",
    ):
        assert WHY in _text(sign_in(cast.dsl).get(page)), page
    listed = sign_in(cast.dsl).get("/decisions/?review=disagreed")
    assert "Reviewed: not agreed, it stands" in _text(listed)
    assert len(listed.context["signed"]) == 1


def test_not_agreeing_needs_a_reason_and_asks_nothing(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    form = {"outcome": "disagreed", "why_not": " ", "shown": reviewing.shown_of(decision)}
    page = client.post(_url(decision), form)
    assert page.status_code == 422
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Say why you do not agree"
    ]
    page = client.post(_url(decision), {**form, "why_not": WHY, "ask_outcome": "Why?"})
    assert page.status_code == 422
    with pytest.raises(reviewing.UnableToReview, match="Say why you do not agree"):
        a_review(decision, cast.deputy, outcome=DISAGREED, words=" ")
    assert not Review.objects.exists()


def test_the_author_is_asked_to_read_it_and_their_answer_stands_beside_it(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome=DISAGREED, words=WHY)
    url = _url(decision, "disagreement/first/")
    title = f"Read why Tomasz Łęcki does not agree with decision {decision.spoken_reference}"
    assert (title, url) in _tasks(sign_in, cast.dsl)
    assert (title, url) not in _tasks(sign_in, cast.head)
    client = sign_in(cast.dsl)
    assert WHY in _text(client.get(url))
    assert client.post(url, {"words": "Her mother was the danger."}).status_code == 302
    assert (title, url) not in _tasks(sign_in, cast.dsl)
    text = _text(client.get(f"/decisions/{decision.public_id}/"))
    assert "Her mother was the danger." in text
    assert "Read why" not in text
    assert "Her mother was the danger." in _text(
        client.get(f"/cases/{decision.case.public_id}/chronology/")
    )
    # The address leads back once it is done, and answers nothing twice.
    assert client.get(url).status_code == 302
    with pytest.raises(reviewing.UnableToReview):
        reviewing.answer_disagreement(
            decision=decision, to_second=False, words="", by=cast.dsl, at=timezone.now()
        )
    assert ReviewReply.objects.count() == 1


def test_nobody_but_who_signed_it_answers(cast):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome=DISAGREED, words=WHY)
    for user in (cast.deputy, cast.head, cast.auditor, cast.stranger):
        with pytest.raises(PermissionDenied):
            reviewing.answer_disagreement(
                decision=decision, to_second=False, words="", by=user, at=timezone.now()
            )


def test_there_is_no_page_about_a_disagreement_that_is_none(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    assert client.get(_url(decision, "disagreement/first/")).status_code == 404
    a_review(decision, cast.deputy)
    for which in ("first", "second", "third"):
        assert client.get(_url(decision, f"disagreement/{which}/")).status_code == 404
    with pytest.raises(reviewing.UnableToReview):
        reviewing.answer_disagreement(
            decision=decision, to_second=False, words="", by=cast.dsl, at=timezone.now()
        )


def test_a_new_version_needs_no_answer_to_the_old_disagreement(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome=DISAGREED, words=WHY)
    signed(an_amendment(decision, cast.dsl), cast.dsl)
    assert not [title for title, _ in _tasks(sign_in, cast.dsl) if title.startswith("Read why")]
    earlier = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/versions/1/")
    assert WHY in _text(earlier)


# A second person


@pytest.fixture
def twice(cast):
    """Signed by the DSL, to be reviewed by two people."""
    set_rules(cast, "every", second=["not_told"])
    return a_decision(cast)


def test_the_second_reviewer_is_another_person_without_a_hand_in_it(cast, sign_in, twice):
    a_review(twice, cast.deputy)
    assert twice.review_state == ReviewState.SECOND
    title = f"Review decision {twice.spoken_reference}"
    waits = {
        name: title in [one for one, _url in _tasks(sign_in, getattr(cast, name))]
        for name in ("dsl", "deputy", "head", "dpl", "staff")
    }
    assert waits == {"dsl": False, "deputy": False, "head": True, "dpl": True, "staff": False}
    with pytest.raises(PermissionDenied, match="You reviewed this first"):
        a_review(twice, cast.deputy)
    with pytest.raises(PermissionDenied):
        a_review(twice, cast.dsl, Role.DSL)
    page = sign_in(cast.deputy).get(_url(twice))
    assert page.status_code == 403
    page = sign_in(cast.head).get(_url(twice))
    assert "What the first reviewer said" in _text(page)
    a_review(twice, cast.head, Role.HEAD, words="As careful as can be.")
    assert twice.review_state == ReviewState.AGREED
    made = SecondReview.objects.get()
    assert (made.reviewer, made.review.reviewer) == (cast.head, cast.deputy)
    for page in ("", "history/", "versions/1/"):
        text = _text(sign_in(cast.auditor).get(_url(twice, page)))
        assert "As careful as can be." in text, page


@pytest.mark.parametrize(
    ("first", "second", "state", "returned"),
    [
        (AGREED, AGREED, "agreed", False),
        (AGREED, DISAGREED, "disagreed", False),
        (DISAGREED, AGREED, "disagreed", False),
        (DISAGREED, DISAGREED, "disagreed", False),
        (AGREED, RETURNED, "returned", True),
        (DISAGREED, RETURNED, "returned", True),
    ],
)
def test_where_two_have_reviewed_it_stands(cast, sign_in, twice, first, second, state, returned):
    a_review(twice, cast.deputy, outcome=first, words=WHY)
    assert twice.review_state == "second"
    a_review(twice, cast.head, Role.HEAD, outcome=second, words="Say when it was.")
    assert twice.review_state == state
    titles = [title for title, _url in _tasks(sign_in, cast.dsl)]
    assert (f"Make the changes to decision {twice.spoken_reference}" in titles) is returned
    asked = [title for title in titles if title.startswith("Read why")]
    assert len(asked) == [first, second].count(DISAGREED)


def test_what_the_first_returns_no_second_is_asked_about(cast, twice):
    a_review(twice, cast.deputy, outcome=RETURNED, words="Say when.")
    assert twice.review_state == ReviewState.RETURNED
    with pytest.raises(reviewing.ReviewIsStale):
        a_review(twice, cast.head, Role.HEAD)
    assert not SecondReview.objects.exists()


def test_what_the_second_returns_is_answered_before_it_is_signed_anew(cast, sign_in, twice):
    a_review(twice, cast.deputy)
    reviewing.review(
        decision=twice,
        shown=reviewing.shown_of(twice),
        outcome=RETURNED,
        words="Say when it was.",
        role=Role.HEAD,
        by=cast.head,
        at=timezone.now(),
        questions=[reviewing.Asked("Which day?", "Information 1", "item", 1)],
    )
    draft = an_amendment(twice, cast.dsl)
    text = _text(sign_in(cast.dsl).get(f"/drafts/{draft.public_id}/check/"))
    assert "Answer the reviewer’s question 1, about “Information 1”." in text
    assert "Say when it was." in text
    kept = draft.pages.get(page="item", index=1).typed
    save(
        draft,
        cast.dsl,
        {
            ("item", 1): {
                **kept,
                "what": ["What was seen on Monday"],
                "review_answer_1": ["On Monday."],
            }
        },
    )
    version = signed(draft, cast.dsl)
    assert version.second_because == ["not_told", "carried"]
    assert ReviewQuestion.objects.count() == 1


def test_a_version_is_reviewed_twice_and_no_third_time(cast, twice):
    a_review(twice, cast.deputy)
    a_review(twice, cast.head, Role.HEAD)
    with pytest.raises(reviewing.ReviewIsStale):
        a_review(twice, cast.dpl, Role.DATA_PROTECTION_LEAD)
    first = Review.objects.get()
    copy = {
        field: getattr(SecondReview.objects.get(), field)
        for field in ("outcome", "words", "shown", "reviewer", "reviewed_as", "reviewed_at")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondReview.objects.bulk_create([SecondReview(review=first, **copy)])


def test_where_nobody_is_left_to_be_the_second_it_says_so(cast, sign_in, twice):
    a_review(twice, cast.deputy)
    for user in (cast.head, cast.dpl):
        user.is_active = False
        user.save()
    page = sign_in(cast.dsl).get(f"/decisions/{twice.public_id}/")
    assert "Nobody here can review this." in _text(page)
    assert queries.waiting_for_review_by(cast.deputy).count() == 0


def test_not_agreeing_and_the_second_review_stand_in_the_log(cast, twice):
    a_review(twice, cast.deputy, outcome=DISAGREED, words=WHY)
    a_review(twice, cast.head, Role.HEAD)
    entries = Entry.objects.filter(event="decisions.reviewed").order_by("seq")
    assert [entry.object_type for entry in entries] == [
        "decisions.review",
        "decisions.secondreview",
    ]


@pytest.mark.parametrize("disagreed", [False, True])
def test_the_record_asks_as_often_with_two_reviews(cast, sign_in, twice, disagreed):
    outcome = DISAGREED if disagreed else AGREED
    a_review(twice, cast.deputy, outcome=outcome, words=WHY)
    a_review(twice, cast.head, Role.HEAD, outcome=outcome, words=WHY)
    client = sign_in(cast.auditor)
    client.get(f"/decisions/{twice.public_id}/")
    with statements(11 if disagreed else 10):
        client.get(f"/decisions/{twice.public_id}/")


# Looking back at an emergency


FOUND = {"found": "partly", "findings": "He had gone by then.", "to_change": "Ring the gate."}


def test_every_emergency_waits_until_somebody_without_a_hand_has_looked_back(cast, sign_in):
    decision = shared_at_once(cast)
    title = f"Look back at emergency {decision.spoken_reference}"
    url = _url(decision, "look-back/")
    waits = {
        name: (title, url) in _tasks(sign_in, getattr(cast, name))
        for name in ("staff", "dsl", "deputy", "head", "dpl", "manager", "stranger")
    }
    assert waits == {
        "staff": False,
        "dsl": True,
        "deputy": True,
        "head": True,
        "dpl": True,
        "manager": False,
        "stranger": False,
    }
    client = sign_in(cast.dsl)
    page = client.get(url)
    assert "It has not been written up yet" in _text(page)
    review = _text(client.get(_url(decision, "review/")))
    assert "It was shared in an emergency and has not been written up yet" in review
    form = {**FOUND, "shown": page.context["form"].initial["shown"]}
    assert client.post(url, form).status_code == 302
    decision.refresh_from_db()
    assert decision.look_back_due is None
    made = LookBack.objects.get()
    assert (made.found, made.findings, made.to_change, made.looked_by, made.looked_as) == (
        LookedBack.PARTLY,
        "He had gone by then.",
        "Ring the gate.",
        cast.dsl,
        Role.DSL,
    )
    for name in ("dsl", "deputy", "head"):
        assert (title, url) not in _tasks(sign_in, getattr(cast, name))
    for there in ("", "history/"):
        text = _text(sign_in(cast.auditor).get(_url(decision, there)))
        assert "He had gone by then." in text
        assert "Ring the gate." in text
    assert "Ring the gate." in _text(
        sign_in(cast.staff).get(f"/cases/{decision.case.public_id}/chronology/")
    )
    assert client.get(url).status_code == 302  # there is nothing left to look back at


def test_looking_back_is_apart_from_the_review(cast):
    decision = shared_at_once(cast)
    a_review(decision, cast.deputy)
    assert decision.look_back_due is not None
    assert decision.review_state == ReviewState.AGREED


def test_what_came_to_it_meanwhile_makes_a_look_back_stale(cast, sign_in):
    decision = shared_at_once(cast)
    client = sign_in(cast.dsl)
    url = _url(decision, "look-back/")
    shown = client.get(url).context["form"].initial["shown"]
    a_review(decision, cast.deputy)
    page = client.post(url, {**FOUND, "shown": shown})
    assert page.status_code == 409
    assert page.context["form"].initial["findings"] == "He had gone by then."
    assert not LookBack.objects.exists()


@pytest.mark.parametrize("page", ["review/", "look-back/"])
def test_the_role_that_was_chosen_is_kept_when_something_came_to_it_meanwhile(cast, sign_in, page):
    make_member(cast.deputy, cast.school, Role.HEAD)
    decision = shared_at_once(cast)
    client = sign_in(cast.deputy)
    shown = client.get(_url(decision, page)).context["form"].initial["shown"]
    told(decision, cast.dsl)
    sent = {"outcome": "agreed", **FOUND, "shown": shown, "role": "head"}
    answer = client.post(_url(decision, page), sent)
    assert (answer.status_code, answer.context["form"]["role"].value()) == (409, "head")


def test_a_look_back_says_what_was_found(cast, sign_in):
    decision = shared_at_once(cast)
    page = sign_in(cast.dsl).post(_url(decision, "look-back/"), {"found": "right", "findings": " "})
    assert page.status_code == 422
    assert "Say why you find this" in _text(page)
    assert not LookBack.objects.exists()


@pytest.mark.parametrize("person", ["staff", "manager", "auditor", "admin"])
def test_nobody_with_a_hand_in_it_or_without_the_role_looks_back(cast, person):
    decision = shared_at_once(cast)
    with pytest.raises(PermissionDenied):
        reviewing.look_back(
            decision=decision,
            shown=reviewing.shown_of(decision),
            found=LookedBack.RIGHT,
            findings="Fine.",
            to_change="",
            role=Role.DSL,
            by=getattr(cast, person),
            at=timezone.now(),
        )


def test_what_is_no_emergency_is_not_looked_back_at(cast, sign_in):
    decision = a_decision(cast)
    assert sign_in(cast.deputy).get(_url(decision, "look-back/")).status_code == 302
    with pytest.raises(reviewing.UnableToReview):
        reviewing.look_back(
            decision=decision,
            shown=reviewing.shown_of(decision),
            found=LookedBack.RIGHT,
            findings="Fine.",
            to_change="",
            role=Role.DEPUTY_DSL,
            by=cast.deputy,
            at=timezone.now(),
        )


def test_an_emergency_one_may_not_see_is_nowhere(cast, sign_in):
    decision = shared_at_once(cast)
    exclude_from_case(
        case=decision.case, user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    client = sign_in(cast.deputy)
    absent = client.get("/decisions/AAAAAAAAAAAAAAAAAAAAAA/look-back/")
    hidden = client.get(_url(decision, "look-back/"))
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert _tasks(sign_in, cast.deputy) == []
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    assert [title for title, _ in _tasks(sign_in, cast.head) if "Look back" in title] == []


def test_the_list_finds_what_is_to_be_looked_back_at(cast, sign_in):
    a_decision(cast)
    decision = shared_at_once(cast)
    found = sign_in(cast.dsl).get("/decisions/?marks=look_back").context["signed"]
    assert [row[0]["text"] for row in found] == [decision.spoken_reference]
