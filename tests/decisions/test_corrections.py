"""A signed decision is corrected beside what was signed: why, what was asked, what changed."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from decisions.domain import advising, drafting, reviewing, signing
from decisions.enums import ReviewOutcome, VersionKind
from decisions.models import Draft, ReviewQuestion
from decisions.policies import StillIncomplete
from decisions.timeline import entries
from infosharing.accounts.roles import Role
from infosharing.casefile.pdf.document import decision_data
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_refusal,
    a_review,
    an_amendment,
    signed,
    typed_date,
)
from tests.engines import some_on_postgres
from tests.factories import a_case, a_draft, complete_pages, its_person, save

QUESTION = "Which day was this?"


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _retyped(draft, page, index=0, **changes):
    kept = draft.pages.get(page=page, index=index).typed
    return {(page, index): {**kept, **changes}}


def _returned(cast, decision, *questions):
    return reviewing.review(
        decision=decision,
        shown=reviewing.shown_of(decision),
        outcome=ReviewOutcome.RETURNED,
        words="Say when it was.",
        role=Role.DEPUTY_DSL,
        by=cast.deputy,
        at=timezone.now(),
        questions=questions,
    )


def _about_the_item(words=QUESTION):
    return reviewing.Asked(words=words, place="Information 1", page="item", index=1)


def _missing(draft, user):
    with pytest.raises(StillIncomplete) as problem:
        signed(draft, user)
    return [one.code for one in problem.value.missing]


# The reason


def test_the_reason_stands_on_draft_version_body_pages_and_chronology(cast, sign_in):
    decision = a_decision(cast)
    draft = an_amendment(decision, cast.dsl, reason="The GP’s name was wrong")
    assert draft.reason == "The GP’s name was wrong"
    client = sign_in(cast.dsl)
    assert draft.reason in _text(client.get(f"/drafts/{draft.public_id}/"))
    assert draft.reason in _text(client.get(f"/drafts/{draft.public_id}/check/"))
    save(draft, cast.dsl, _retyped(draft, "outcome", reasons=["Better reasons."]))
    version = signed(draft, cast.dsl)
    assert (version.kind, version.reason) == (VersionKind.AMENDMENT, draft.reason)
    body = json.loads(version.body)
    assert body["again"]["reason"] == draft.reason
    assert body["sections"][0]["title"] == "Why there is a new version"
    for address in ("", "versions/1/", "versions/2/"):
        assert draft.reason in _text(client.get(f"/decisions/{decision.public_id}/{address}"))
    told = [(one.kind, one.words) for one in entries(decision.case, cast.dsl)]
    assert ("New version begun", f"Because: {draft.reason}") in told
    assert ("Amendment signed", f"Share. {draft.reason}") in told


def test_a_new_version_without_a_reason_is_not_begun(cast):
    with pytest.raises(drafting.UnableToAmend):
        an_amendment(a_decision(cast), cast.dsl, reason="  ")


# A refusal opened again


def _new(**changes):
    return {
        "why": "new",
        "what_is_new": "The nurse saw a second injury.",
        **typed_date("known_on", timezone.localdate()),
        "known_from": "The school nurse",
        "reason": "",
        **changes,
    }


def test_a_refusal_is_opened_again_on_what_is_new_and_stays_readable(cast, sign_in):
    decision = a_refusal(cast)
    first = decision.version
    body = first.body
    client = sign_in(cast.dsl)
    page = client.post(f"/decisions/{decision.public_id}/amend/", _new())
    draft = Draft.objects.get(closed_at=None)
    assert (page.status_code, page["Location"]) == (302, f"/drafts/{draft.public_id}/")
    assert (draft.kind, draft.known_from) == (VersionKind.REOPENING, "The school nurse")
    shown = _text(client.get(f"/drafts/{draft.public_id}/"))
    assert "The nurse saw a second injury." in shown
    assert "from The school nurse" in shown
    save(draft, cast.dsl, _retyped(draft, "outcome", reasons=["It is worse than we knew."]))
    version = signed(draft, cast.dsl)
    assert (version.kind, version.known_on) == (VersionKind.REOPENING, timezone.localdate())
    first.refresh_from_db()
    assert first.body == body
    earlier = client.get(f"/decisions/{decision.public_id}/versions/1/")
    assert "Not in force." in _text(earlier)
    assert "The nurse saw a second injury." in _text(earlier)
    assert "It is worse than we knew." in _text(earlier)
    assert "Refusal opened again" in [one.kind for one in entries(decision.case, cast.dsl)]


@pytest.mark.parametrize(
    "missing", [{"what_is_new": ""}, {"known_from": ""}, {"known_on_year": ""}, {"why": ""}]
)
def test_a_refusal_is_not_opened_again_without_what_since_when_and_from_whom(
    cast, sign_in, missing
):
    decision = a_refusal(cast)
    page = sign_in(cast.dsl).post(f"/decisions/{decision.public_id}/amend/", _new(**missing))
    assert page.status_code == 422
    assert not Draft.objects.filter(closed_at=None).exists()
    if "why" not in missing and "known_from" not in missing:
        assert "The school nurse" in page.content.decode()


def test_nothing_is_known_since_tomorrow_and_no_sharing_is_opened_again(cast):
    shared, refused = a_decision(cast), a_refusal(cast)
    given = {"what_is_new": "New", "known_from": "Nurse", "by": cast.dsl, "at": timezone.now()}
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(drafting.UnableToAmend):
        drafting.reopen(decision=refused, known_on=tomorrow, **given)
    with pytest.raises(drafting.UnableToAmend):
        drafting.reopen(decision=shared, known_on=timezone.localdate(), **given)


def test_the_database_takes_no_reopening_without_what_is_new(cast):
    draft = a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(kind=VersionKind.REOPENING)


# Returned, with questions


def test_a_reviewer_asks_beside_a_part_and_the_author_finds_it_on_that_page(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.deputy).post(
        f"/decisions/{decision.public_id}/review/",
        {"outcome": "returned", "shown": reviewing.shown_of(decision), "ask_item-1": QUESTION},
    )
    assert page.status_code == 302
    asked = ReviewQuestion.objects.get()
    assert (asked.page, asked.index, asked.place) == ("item", 1, "Information 1")
    draft = an_amendment(decision, cast.dsl)
    client = sign_in(cast.dsl)
    there = f"/drafts/{draft.public_id}/item/1/"
    tasks = client.get(f"/drafts/{draft.public_id}/")
    assert QUESTION in _text(tasks)
    assert f'href="{there}"' in tasks.content.decode()
    shown = client.get(there)
    assert "asks about this page" in _text(shown)
    assert 'name="review_answer_1"' in shown.content.decode()
    assert QUESTION not in _text(client.get(f"/drafts/{draft.public_id}/outcome/"))


def test_whoever_agrees_asks_nothing(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.deputy).post(
        f"/decisions/{decision.public_id}/review/",
        {"outcome": "agreed", "shown": reviewing.shown_of(decision), "ask_item-1": QUESTION},
    )
    assert page.status_code == 422
    assert QUESTION in page.content.decode()
    assert ReviewQuestion.objects.count() == 0


def test_a_returned_version_is_not_signed_anew_unanswered_or_unchanged(cast):
    decision = a_decision(cast)
    _returned(cast, decision, _about_the_item())
    draft = an_amendment(decision, cast.dsl)
    assert _missing(draft, cast.dsl) == ["review_answer_1", "unchanged_because"]
    save(draft, cast.dsl, _retyped(draft, "item", 1, review_answer_1=["On Monday."]))
    assert _missing(draft, cast.dsl) == ["unchanged_because"]
    save(draft, cast.dsl, {("answers", 0): {"unchanged_because": ["The day is in it already."]}})
    version = signed(draft, cast.dsl)
    section = json.loads(version.body)["sections"][0]
    said = {row["label"]: row["value"] for row in section["rows"]}
    assert said["Question 1, about “Information 1”"] == QUESTION
    assert said["Answer to question 1"] == "On Monday."
    assert said["Why it is signed as it was"] == "The day is in it already."
    assert said["Version 1 was returned"] == "Say when it was."


def test_a_question_about_an_entry_that_is_taken_off_is_answered_beside_the_rest(cast):
    decision = a_decision(cast)
    _returned(cast, decision, _about_the_item(), reviewing.Asked(words="Why?", place="The request"))
    draft = an_amendment(decision, cast.dsl)
    prepared = signing.prepared_draft(draft, timezone.now())
    asked = prepared.material.renewal.questions
    places = [prepared.material.place_of_answer(one) for one in asked]
    assert places == [("item", 1), ("answers", 0)]
    row = draft.pages.get(page="item", index=1)
    drafting.remove_entry(
        draft=draft, page="item", index=1, version=row.version, by=cast.dsl, at=timezone.now()
    )
    after = signing.prepared_draft(draft, timezone.now()).material
    assert after.place_of_answer(asked[0]) == ("answers", 0)


def test_answers_to_an_earlier_reviewer_are_not_taken_over(cast):
    decision = a_decision(cast)
    _returned(cast, decision, _about_the_item())
    draft = an_amendment(decision, cast.dsl)
    answered = _retyped(draft, "item", 1, review_answer_1=["On Monday."], what=["Seen on Monday"])
    save(draft, cast.dsl, answered)
    signed(draft, cast.dsl)
    decision.refresh_from_db()
    _returned(cast, decision, _about_the_item("At what time?"))
    again = an_amendment(decision, cast.dsl)
    assert "review_answer_1" not in again.pages.get(page="item").typed
    assert "review_answer_1" in _missing(again, cast.dsl)


def test_the_second_review_shows_what_changed_and_the_answers(cast, sign_in):
    decision = a_decision(cast)
    _returned(cast, decision, _about_the_item())
    draft = an_amendment(decision, cast.dsl)
    answered = _retyped(draft, "item", 1, review_answer_1=["On Monday."], what=["Seen on Monday"])
    save(draft, cast.dsl, answered)
    signed(draft, cast.dsl)
    page = sign_in(cast.deputy).get(f"/decisions/{decision.public_id}/review/")
    found = [(one.before, one.after) for one in page.context["changes"]]
    assert found == [("What was seen and said, with dates", "Seen on Monday")]
    assert "On Monday." in _text(page)
    first = _text(sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/versions/1/"))
    assert QUESTION in first
    assert "version 2" in first
    second = _text(sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/versions/2/"))
    assert "which Tomasz Łęcki returned" in second


@pytest.mark.parametrize("times", [1, 3])
def test_a_page_of_a_returned_draft_and_its_review_ask_as_often_for_three_questions(
    cast, sign_in, times
):
    decision = a_decision(cast)
    _returned(cast, decision, *[_about_the_item(f"{n}?") for n in range(times)])
    draft = an_amendment(decision, cast.dsl)
    client = sign_in(cast.dsl)
    client.get(f"/drafts/{draft.public_id}/outcome/")
    with statements(15):
        client.get(f"/drafts/{draft.public_id}/item/1/")
    answers = {f"review_answer_{n + 1}": ["Yes."] for n in range(times)}
    save(draft, cast.dsl, _retyped(draft, "item", 1, what=["Else"], **answers))
    signed(draft, cast.dsl)
    reviewer = sign_in(cast.deputy)
    reviewer.get(f"/decisions/{decision.public_id}/review/")
    with statements(11):
        reviewer.get(f"/decisions/{decision.public_id}/review/")
    with statements(10):
        reviewer.get(f"/decisions/{decision.public_id}/versions/1/")


# What was sent already


def test_after_signing_again_what_was_sent_and_what_is_new_is_said(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl)
    draft = an_amendment(decision, cast.dsl)
    other = {**draft.pages.get(page="item").typed, "what": ["What the nurse saw"]}
    save(draft, cast.dsl, {("item", 2): other})
    seen = signing.prepared_draft(draft, timezone.now()).seen
    client = sign_in(cast.dsl)
    page = client.post(f"/drafts/{draft.public_id}/sign/", {"seen": seen}, follow=True)
    text = _text(page)
    assert "Signed. Now send it" not in text
    assert "Something was sent under an earlier version" in text
    found = page.context["sent_before"]
    assert [one.recipient for one in found.already] == ["Jo Hart"]
    assert [(one.recipient, one.items) for one in found.new] == [
        ("Jo Hart", ["What the nurse saw"])
    ]
    assert found.left_out == []


def test_a_first_signature_says_to_send_it_and_a_refusal_that_nothing_is_sent(cast, sign_in):
    client = sign_in(cast.dsl)
    sentences = []
    for outcome in ("share", "do_not_share"):
        case = a_case(by=cast.dsl, organisation=cast.school)
        draft = a_draft(case=case, by=cast.dsl)
        pages = complete_pages(its_person(case))
        pages[("outcome", 0)]["outcome"] = [outcome]
        save(draft, cast.dsl, {**pages, ("against", 0): {"override_reasons": ["They ask."]}})
        seen = signing.prepared_draft(draft, timezone.now()).seen
        page = client.post(f"/drafts/{draft.public_id}/sign/", {"seen": seen}, follow=True)
        sentences += [str(message) for message in page.context["messages"]]
    assert sentences == [
        "Signed. Now send it, and record what you sent.",
        "Signed. Nothing is sent.",
    ]


# Against advice


def _advised(cast, draft, code):
    advising.give_advice(
        request=a_question(draft.decision, cast.head, cast.dsl),
        role=Role.HEAD,
        advised=code,
        words="Not yet.",
        by=cast.head,
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("advised", "outcome", "contrary"),
    some_on_postgres(
        [
            ("share", "share", False),
            ("share_in_part", "share", True),
            ("do_not_share", "share", True),
            ("", "share", False),
            ("share", "do_not_share", True),
            ("share_in_part", "do_not_share", True),
            ("do_not_share", "do_not_share", False),
            ("", "do_not_share", False),
        ],
        3,
    ),
)
def test_going_against_advice_needs_a_reason(cast, advised, outcome, contrary):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_draft(case=case, by=cast.dsl)
    pages = complete_pages(its_person(case))
    pages[("outcome", 0)]["outcome"] = [outcome]
    pages[("against", 0)] = {"override_reasons": ["The family asks for help."]}
    save(draft, cast.dsl, pages)
    _advised(cast, draft, advised)
    if contrary:
        assert _missing(draft, cast.dsl) == ["against_advice"]
        pages[("against", 0)]["advice_reasons"] = ["The head did not see the bruises."]
        save(draft, cast.dsl, {("against", 0): pages[("against", 0)]})
    version = signed(draft, cast.dsl)
    assert version.decision.against_advice is contrary
    assert ("The head did not see the bruises." in version.body) is contrary


def test_the_latest_advice_of_somebody_counts(cast):
    draft = a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    save(draft, cast.dsl, complete_pages(its_person(draft.decision.case)))
    _advised(cast, draft, "do_not_share")
    _advised(cast, draft, "share")
    assert signed(draft, cast.dsl).decision.against_advice is False


# The export


def test_the_export_says_without_consent_why_again_and_that_it_is_a_demonstration(cast, settings):
    settings.DEMONSTRATION = True
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    draft = an_amendment(decision, cast.dsl, reason="Asked for")
    save(draft, cast.dsl, _retyped(draft, "outcome", reasons=["Better reasons."]))
    signed(draft, cast.dsl)
    decision.refresh_from_db()
    data = decision_data(decision, by=cast.auditor, at=timezone.now())
    assert data["demonstration"] is True
    assert data["in_force"]["without_consent"] is True
    assert data["in_force"]["reason"] == "Asked for"
    assert [one["after"] for one in data["in_force"]["changes"]] == ["Better reasons."]
    (first,) = data["earlier"]
    assert first["replaced"]["reason"] == "Asked for"


# Opening a page of a new version


def test_what_was_taken_over_is_no_mistake_before_anybody_has_looked_at_it(cast, sign_in):
    decision = a_decision(cast)
    _returned(cast, decision, _about_the_item())
    draft = drafting.start_amendment(
        decision=decision, reason="Returned", by=cast.dsl, at=timezone.now()
    )
    client, url = sign_in(cast.dsl), f"/drafts/{draft.public_id}/item/1/"
    page = client.get(url)
    assert QUESTION in _text(page)
    assert page.context["form"].error_summary() == []
    assert page.context["saved_note"] == ""
    assert "There is a problem" not in _text(page)
    assert not page.content.decode().partition("<title>")[2].startswith("Error")
    # Saved without the answer it is said at once, and again whenever it is opened.
    kept = {name: values[-1] for name, values in draft.pages.get(page="item").typed.items()}
    saved = client.post(url, {**kept, "version": "1"})
    assert saved.status_code == 422
    assert saved.context["saved_note"] == "Saved. One thing needs another look."
    opened = client.get(url)
    assert opened.context["saved_note"] == (
        "What was typed here before is kept. One thing needs another look."
    )
    assert [one.message for one in opened.context["form"].error_summary()] == [
        "Answer the reviewer’s question 1"
    ]
