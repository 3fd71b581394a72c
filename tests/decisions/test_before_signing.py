"""What is to be seen before signing: what does not go out whole, what is open, what was advised."""

import html
import json
import re

import pytest
from django.utils import timezone

from decisions.domain import advising
from decisions.models import SignedVersion
from infosharing.accounts.roles import Role
from infosharing.cases.domain.knowing import record_judgement
from infosharing.cases.enums import JudgementKind
from tests.counting import statements
from tests.decisions.afterwards import HELD_BACK
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_draft,
    complete_pages,
    its_person,
    save,
    save_at_once,
)

QUESTION = "A pupil of nine has bruises. Do we ring social care before the mother?"


@pytest.fixture
def case(cast):
    return a_case(by=cast.dsl, organisation=cast.school)


@pytest.fixture
def draft(cast, case):
    return a_complete_draft(case=case, by=cast.dsl)


@pytest.fixture
def dsl(cast, sign_in):
    return sign_in(cast.dsl)


def _at(draft, page=""):
    return f"/drafts/{draft.public_id}/{page}/" if page else f"/drafts/{draft.public_id}/"


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def _asked(draft, cast, of=None):
    return advising.ask_for_advice(
        decision=draft.decision,
        asked_of=of or cast.deputy,
        question=QUESTION,
        anonymous=True,
        by=cast.dsl,
        at=timezone.now(),
    )


def _answered(question, by, advised="share"):
    return advising.give_advice(
        request=question,
        role=Role.DEPUTY_DSL,
        advised=advised,
        words="Ring social care first.",
        by=by,
        at=timezone.now(),
    )


# What does not go out whole


def _of_three_kinds(cast, draft):
    redacted = {"what": ["What the neighbour saw"], "handling": ["redact"]}
    save(draft, cast.dsl, {("item", 2): HELD_BACK, ("item", 3): redacted})


WHOLE, BACK, LEFT_OUT = [], ["Held back: not sent"], ["Parts taken out", "Needs another look"]


def test_the_list_says_in_words_what_is_held_back_redacted_and_unfinished(cast, draft, dsl):
    _of_three_kinds(cast, draft)
    page = dsl.get(_at(draft, "item"))
    marks = [[mark["text"] for mark in row["marks"]] for row in page.context["rows"]]
    assert marks == [WHOLE, BACK, LEFT_OUT]
    assert "The name of the neighbour who rang Held back: not sent" in _text(page)


def test_the_check_page_says_the_same_beside_each_heading(cast, draft, dsl):
    _of_three_kinds(cast, draft)
    page = dsl.get(_at(draft, "check"))
    cards = page.context["cards"]
    marks = {card["title"]: [mark["text"] for mark in card["marks"]] for card in cards}
    assert [marks[f"Information {number}"] for number in (1, 2, 3)] == [WHOLE, BACK, LEFT_OUT]
    # What is held back does not fit a decision to share all of it.
    assert [title for title, found in marks.items() if found == ["Needs another look"]] == [
        "The decision"
    ]
    assert "Information 2 Held back: not sent" in _text(page)


def test_what_is_missing_counts_information_as_the_pages_do(cast, draft, dsl):
    save(
        draft,
        cast.dsl,
        {
            ("outcome", 0): {"outcome": ["share_in_part"], "decided_by_role": ["dsl"]},
            ("item", 2): HELD_BACK,
            ("item", 3): {"what": ["What she drew"], "handling": ["share"]},
        },
    )
    missing = {one.text: one.url for one in dsl.get(_at(draft, "check")).context["missing"]}
    said = "Information 3: say whether it is fact, opinion or both."
    assert missing[said] == f"{_at(draft, 'item/3')}?from=check"


# Advice that is open


def test_a_question_nobody_has_answered_is_named_before_signing_and_bars_nothing(cast, draft, dsl):
    _asked(draft, cast)
    page = dsl.get(_at(draft, "check"))
    assert f"{cast.deputy.name} was asked on" in _text(page)
    assert f'href="{_at(draft, "advice")}?from=check"' in page.content.decode()
    assert dsl.post(_at(draft, "sign"), page.context["carry"]).status_code == 302
    sections = json.loads(SignedVersion.objects.get().body)["sections"]
    (advice,) = [one for one in sections if one["code"] == "advice"]
    assert advice["rows"][0]["label"] == f"Asked, and not answered yet: {cast.deputy.name}"


def test_an_answer_closes_the_question_and_what_was_shown_is_shown_again(cast, draft, dsl):
    question = _asked(draft, cast)
    shown = dsl.get(_at(draft, "check")).context["carry"]
    _answered(question, cast.deputy)
    again = dsl.post(_at(draft, "sign"), shown)
    assert again.status_code == 409
    assert "still open" not in _text(again)


def test_without_a_question_nothing_is_said_of_one(draft, dsl):
    assert "still open" not in _text(dsl.get(_at(draft, "check")))


@pytest.mark.parametrize("times", [1, 3])
def test_open_questions_cost_nothing_however_many(cast, draft, dsl, times):
    for of in (cast.deputy, cast.head, cast.staff)[:times]:
        _asked(draft, cast, of)
    dsl.get(_at(draft, "check"))
    with statements(14):
        dsl.get(_at(draft, "check"))


# Advice that was had


@pytest.mark.parametrize(
    ("advised", "words"),
    [("share", "advised: Share"), ("", "said neither to share it nor not to")],
)
def test_the_panel_does_not_ask_for_advice_that_was_had(cast, draft, dsl, advised, words):
    save(draft, cast.dsl, {("purpose", 0): {"answer_purpose": ["not_sure"]}})
    assert "Ask for advice first" in _text(dsl.get(_at(draft, "outcome")))
    _answered(_asked(draft, cast), cast.deputy, advised)
    text = _text(dsl.get(_at(draft, "outcome")))
    assert "Ask for advice first" not in text
    assert "You have advice: now decide" in text
    assert f"{cast.deputy.name}, Deputy" in text
    assert words in text


# A ground that only the decision calls for


@pytest.fixture
def undecided(cast, case):
    draft = a_draft(case=case, by=cast.dsl)
    pages = complete_pages(its_person(case))
    pages[("grounds", 0)] = {"note": ["Nothing in particular"]}
    for page in (("outcome", 0), ("item", 1), ("recipient", 1)):
        del pages[page]
    save_at_once(draft=draft, pages=pages, by=cast.dsl, at=timezone.now())
    return draft


def _decide(draft, client, outcome):
    sent = {"version": "0", "outcome": outcome, "reasons": "Because", "decided_by_role": "dsl"}
    return client.post(_at(draft, "outcome"), sent)


NEEDED = "if you decide to share, one of these is needed"


def test_that_sharing_will_need_a_ground_is_said_on_both_pages(undecided, dsl):
    assert NEEDED in _text(dsl.get(_at(undecided, "grounds")))
    page = dsl.get(_at(undecided, "outcome"))
    assert "If you share it, say which ground for sharing without consent holds" in _text(page)
    assert f'name="next" value="{_at(undecided, "grounds")}"' in page.content.decode()


def test_a_ground_that_is_there_or_not_needed_is_not_asked_for(cast, case, undecided, dsl):
    save(undecided, cast.dsl, {("grounds", 0): {"grounds": ["serious_crime"]}})
    assert "say which ground" not in _text(dsl.get(_at(undecided, "outcome")))
    save(undecided, cast.dsl, {("identifying", 0): {"answer_identifiable": ["no"]}})
    assert NEEDED not in _text(dsl.get(_at(undecided, "grounds")))


def test_a_decision_that_calls_for_a_ground_leads_to_it_and_on_from_there(undecided, dsl):
    assert _decide(undecided, dsl, "share").url == _at(undecided, "grounds")
    sent = {"version": "1", "grounds": "seeking_would_endanger"}
    assert dsl.post(_at(undecided, "grounds"), sent).url == _at(undecided, "item")


def test_a_refusal_calls_for_no_ground(undecided, dsl):
    assert _decide(undecided, dsl, "do_not_share").url != _at(undecided, "grounds")


def test_a_ground_that_is_asked_for_in_its_turn_leads_on_as_ever(cast, undecided, dsl):
    save(undecided, cast.dsl, {("questions-right_to_share", 0): {}})
    sent = {"version": "1", "grounds": "seeking_would_endanger"}
    page = dsl.post(_at(undecided, "grounds"), sent)
    assert page.url == _at(undecided, "questions-right_to_share")


# Several records of consent


def test_records_are_told_apart_by_their_references_in_words_and_in_errors(cast, case, dsl):
    draft = a_draft(case=case, by=cast.dsl)
    two = [a_consent(case=case, by=cast.dsl) for _ in range(2)]
    page = dsl.get(_at(draft, "consent"))
    for one in two:
        assert f"Record {one.spoken_reference}, said on" in _text(page)
        assert f'name="next" value="/consents/{one.public_id}/?next={_at(draft, "consent")}"' in (
            html.unescape(page.content.decode())
        )
    page = dsl.post(_at(draft, "consent"), {"version": "0"})
    found = [one.message for one in page.context["form"].error_summary()]
    for one in two:
        assert sum(f"Record {one.spoken_reference}" in words for words in found) == 3


def test_a_single_record_needs_no_reference_in_its_questions(cast, case, dsl):
    draft = a_draft(case=case, by=cast.dsl)
    a_consent(case=case, by=cast.dsl)
    labels = [field.label for field in dsl.get(_at(draft, "consent")).context["form"]]
    assert labels[0] == "Does it cover what you would share it for?"


# What the consent page rests on


def _judged(cast, case):
    return record_judgement(
        case=case,
        person=its_person(case),
        kind=JudgementKind.COMPETENCE,
        matter="Telling the youth counselling service",
        able=True,
        reasons="She explained it back in her own words.",
        judged_on=timezone.localdate(),
        judged_by="Priya Nair",
        by=cast.dsl,
        at=timezone.now(),
    )


def test_the_consent_page_says_on_which_judgement_it_rests_and_leads_to_it(cast, case, dsl):
    draft = a_draft(case=case, by=cast.dsl)
    person = its_person(case).public_id
    assert "Can they decide this themselves?" not in _text(dsl.get(_at(draft, "consent")))
    judgement = _judged(cast, case)
    page = dsl.get(_at(draft, "consent"))
    assert "A judgement is recorded, and none is chosen for this decision." in _text(page)
    chosen = {"people": [person], f"judgement_{person}": [judgement.public_id]}
    save(draft, cast.dsl, {("people", 0): chosen})
    page = dsl.get(_at(draft, "consent"))
    assert "Able to decide this (judgement of competence). Judged by Priya" in _text(page)
    assert "Judged by Priya Nair" in _text(page)
    assert f'name="next" value="{_at(draft, "people")}"' in page.content.decode()


# Two tabs


def test_what_i_saved_in_another_tab_is_mine_and_not_somebody_elses(cast, draft, dsl):
    save(draft, cast.dsl, {("outcome", 0): {"reasons": ["The other tab"], "outcome": ["share"]}})
    page = dsl.post(_at(draft, "outcome"), {"reasons": "This tab", "version": "1"})
    assert page.status_code == 409
    text = _text(page)
    assert "You saved this page in another tab or on another device" in text
    assert "What you saved in the other tab" in text
    assert "Keep what is in the other tab" in text
    assert "Save this tab’s instead" in text
    assert "theirs" not in text


def test_what_somebody_else_saved_is_theirs(cast, draft, dsl):
    save(draft, cast.deputy, {("outcome", 0): {"reasons": ["Theirs"], "outcome": ["share"]}})
    text = _text(dsl.post(_at(draft, "outcome"), {"reasons": "Mine", "version": "1"}))
    assert "Keep theirs" in text
    assert "other tab" not in text


def test_two_errors_about_consent_say_which_question_each_is_about(draft, dsl):
    sent = {
        "version": "1",
        "lawful_basis": "consent",
        "special_category": "yes",
        "special_category_condition": "explicit_consent",
    }
    page = dsl.post(_at(draft, "basis"), sent)
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Choose another lawful basis: somebody’s consent cannot be relied on",
        "Choose another condition: somebody’s consent cannot be relied on",
    ]
