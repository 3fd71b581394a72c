"""The page of a decision: word for word what was signed, and what followed it."""

import html
import json
import re

import pytest
from django.utils import timezone

from decisions.domain.following import Taken
from decisions.enums import ReceiptState
from decisions.models import SignedVersion
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_part_shared,
    a_receipt,
    a_refusal,
    a_review,
    an_amendment,
    everything_followed,
    not_told,
    signed,
    told,
)
from tests.decisions.test_breaches import a_breach
from tests.engines import some_on_postgres
from tests.factories import a_case, a_draft, a_stand_in, save

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def _url(decision, rest=""):
    return f"/decisions/{decision.public_id}/{rest}"


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split()).replace(" ,", ",")


def _steps(page):
    return [step.text for step in page.context["steps"]]


def test_every_question_and_answer_that_was_signed_is_on_the_page(cast, sign_in):
    decision = a_part_shared(cast)
    text = _text(sign_in(cast.dsl).get(_url(decision)))
    body = json.loads(decision.version.body)
    said = [
        " ".join(words.split())
        for section in body["sections"]
        for row in section["rows"]
        for words in (section["title"], row["label"], row["value"], row["note"])
        if words
    ]
    assert [words for words in said if words not in text] == []
    assert decision.version.digest in text


def test_what_was_signed_stays_although_the_names_change_later(cast, sign_in):
    decision = a_decision(cast)
    cast.dsl.name = "Dilys Newname"
    cast.dsl.save()
    text = _text(sign_in(cast.auditor).get(_url(decision)))
    assert "Signed by Dilys Morgan" in text
    assert "Dilys Newname" not in text


def test_what_followed_is_on_the_page(cast, sign_in):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    not_told(decision, cast.dsl)
    a_review(decision, cast.deputy, words="Clear and careful.")
    text = _text(sign_in(cast.auditor).get(_url(decision)))
    expected = [
        "after lunch, about 2",
        "jo.hart@northfield.example",
        "Ticket 4711",
        "Confirmed by the recipient, Jo Hart",
        "Ife and her grandmother was told by Dilys Morgan",
        "It could put her at risk while enquiries go on.",
        "She asked who would read it.",
        "Clear and careful.",
        "Tomasz Łęcki, Deputy safeguarding lead",
    ]
    assert [words for words in expected if words not in text] == []


def test_hostile_text_is_shown_and_does_nothing(cast, sign_in):
    case = a_case(
        by=cast.dsl,
        organisation=cast.school,
        people=[NewPerson(name=HOSTILE, age_band="under_16")],
    )
    decision = a_decision(cast, case=case)
    a_disclosure(decision, cast.dsl, note=HOSTILE, address=HOSTILE, sent_by=HOSTILE)
    page = sign_in(cast.dsl).get(_url(decision)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;") >= 4


def test_neither_title_nor_address_says_a_name(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.dsl).get(_url(decision)).content.decode()
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert " ".join(title.split()) == f"Decision {decision.spoken_reference} – Infosharing"


def test_a_decision_that_is_not_signed_says_so_and_leads_to_the_draft(cast, sign_in):
    draft = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    page = sign_in(cast.staff).get(_url(draft.decision))
    assert "Nothing has been signed yet" in _text(page)
    assert f'href="/drafts/{draft.public_id}/"' in page.content.decode()
    reader = sign_in(cast.auditor).get(_url(draft.decision)).content.decode()
    assert f"/drafts/{draft.public_id}/" not in reader


# Steps


def test_steps_follow_what_has_happened(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    assert _steps(client.get(_url(decision))) == [
        "Record what was sent",
        "See and print what goes out",
        "Say when to look at telling again",
        "Answer the questions for afterwards",
        "Record a reply, or press for one",
        "Start a new version",
        "Close this decision",
    ]
    disclosure = a_disclosure(decision, cast.dsl)
    assert _steps(client.get(_url(decision)))[0] == "Record whether it arrived"
    a_receipt(disclosure, cast.dsl)
    assert _steps(client.get(_url(decision))) == [
        "Say when to look at telling again",
        "Answer the questions for afterwards",
        "Record what else was sent",
        "Record a reply, or press for one",
        "Start a new version",
        "Close this decision",
    ]
    told(decision, cast.dsl)
    assert _steps(client.get(_url(decision)))[:3] == [
        "Answer the questions for afterwards",
        "Record more about telling",
        "Record what else was sent",
    ]
    assert "Nothing sent yet to" not in _text(client.get(_url(decision)))


def test_what_reached_somebody_else_was_not_sent_to_whom_it_was_for(cast, sign_in):
    """Closing the breach does not make it arrive: it stays to be sent, here and at home."""
    decision = a_decision(cast)
    a_breach(cast, decision)
    client = sign_in(cast.dsl)
    assert "Record what was sent" in _steps(client.get(_url(decision)))
    follow_ups = client.get("/decisions/follow-ups/")
    assert decision.spoken_reference in _text(follow_ups)
    a_disclosure(decision, cast.dsl)
    assert "Record what was sent" not in _steps(client.get(_url(decision)))


def test_what_somebody_heard_is_asked_about_once_it_was_pressed_for(cast, sign_in):
    decision = a_decision(cast)
    sent = a_disclosure(decision, cast.dsl, taken=Taken(heard_by="Jo Hart"))
    client = sign_in(cast.dsl)
    assert "Record whether it arrived" not in _steps(client.get(_url(decision)))
    a_receipt(sent, cast.dsl, ReceiptState.CHASED)
    assert "Record whether it arrived" in _steps(client.get(_url(decision)))
    assert any(decision.spoken_reference in row.hint for row in client.get("/").context["tasks"])


def test_a_returned_decision_is_to_be_changed_first(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    client = sign_in(cast.dsl)
    assert _steps(client.get(_url(decision)))[0] == "Make the changes asked for"
    draft = an_amendment(decision, cast.dsl)
    page = client.get(_url(decision))
    assert _steps(page)[0] == "Go on with the new version"
    assert page.context["steps"][0].url == f"/drafts/{draft.public_id}/"


@pytest.mark.parametrize(("person", "asked"), [("colleague", True), ("deputy", False)])
def test_only_its_author_or_who_stands_in_is_asked_to_change_what_was_returned(
    cast, sign_in, person, asked
):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    a_stand_in(cast)
    page = sign_in(getattr(cast, person)).get(_url(decision))
    steps = {step.text: step.hint for step in page.context["steps"]}
    assert ("Make the changes asked for" in steps) is asked
    assert ("Start a new version" in steps) is not asked
    hint = "Dilys Morgan is asked to. If you do, somebody else reviews it."
    assert asked or steps["Start a new version"] == hint


def test_whoever_returned_it_is_not_led_into_the_new_version_that_they_will_review(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    draft = an_amendment(decision, cast.dsl)
    steps = sign_in(cast.deputy).get(_url(decision)).context["steps"]
    assert "Go on with the new version" not in [step.text for step in steps]
    [opened] = [step for step in steps[1:] if step.text == "Open the new version"]
    assert opened.url == f"/drafts/{draft.public_id}/"
    hint = "Dilys Morgan is writing it. If you work on it, somebody else reviews it."
    assert opened.hint == hint


def test_a_refusal_has_nothing_to_send(cast, sign_in):
    page = sign_in(cast.dsl).get(_url(a_refusal(cast)))
    assert "Nothing: the decision is not to share." in _text(page)
    assert _steps(page) == [
        "Answer the questions for afterwards",
        "Record a reply, or press for one",
        "Start a new version",
        "Close this decision",
    ]


@pytest.mark.parametrize(
    ("person", "steps", "exports"),
    [
        ("deputy", True, True),
        ("head", True, True),
        ("dpl", True, True),
        ("auditor", False, True),
    ],
)
def test_next_steps_are_for_those_who_may(cast, sign_in, person, steps, exports):
    page = sign_in(getattr(cast, person)).get(_url(a_decision(cast)))
    assert ("Record what was sent" in _steps(page)) is steps
    assert ("Review this decision" in _steps(page)) is steps
    assert page.context["can_export"] is exports
    assert ("Take it away as PDF" in _text(page)) is exports


def test_a_practitioner_named_on_the_case_follows_up_but_takes_nothing_away(cast, sign_in):
    decision = a_decision(cast)
    name_on_case(
        case=decision.case, user=cast.staff, reason="Class", by=cast.dsl, at=timezone.now()
    )
    page = sign_in(cast.staff).get(_url(decision))
    assert _steps(page)[0] == "Record what was sent"
    assert page.context["can_export"] is False
    assert "Take it away as PDF" not in _text(page)


# Versions


def test_an_earlier_version_stays_as_it_was(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    draft = an_amendment(decision, cast.dsl)
    outcome = draft.pages.get(page="outcome").typed | {"reasons": ["Better reasons."]}
    save(draft, cast.dsl, {("outcome", 0): outcome})
    signed(draft, cast.dsl)
    decision.refresh_from_db()
    client = sign_in(cast.auditor)
    page = client.get(_url(decision))
    assert "Better reasons." in _text(page)
    assert "The injuries do not fit" not in _text(page)
    assert [one["version"].number for one in page.context["earlier"]] == [1]
    first = client.get(_url(decision, "versions/1/"))
    assert "The injuries do not fit" in _text(first)
    assert first.context["signed"].said("outcome", "Reasons") != "Better reasons."
    assert "Say why." in _text(first)
    assert "Not in force." in _text(first)
    assert "This is the version in force." in _text(client.get(_url(decision, "versions/2/")))


def test_a_version_that_does_not_exist_is_like_a_decision_that_does_not(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    absent = client.get("/decisions/AAAAAAAAAAAAAAAAAAAAAA/")
    missing = client.get(_url(decision, "versions/2/"))
    assert (missing.status_code, missing.content) == (404, absent.content)
    assert client.get(_url(decision, "versions/x/")).status_code == 404


# Who sees it


@pytest.mark.parametrize("rest", ["", "versions/1/"])
@pytest.mark.parametrize(
    ("person", "status"),
    some_on_postgres(
        [
            ("dsl", 200),
            ("deputy", 200),
            ("head", 200),
            ("dpl", 200),
            ("auditor", 200),
            ("staff", 404),
            ("colleague", 404),
            ("manager", 404),
            ("admin", 403),
            ("stranger", 404),
        ],
        3,
    ),
)
def test_who_reads_a_decision(cast, sign_in, person, status, rest):
    page = sign_in(getattr(cast, person)).get(_url(a_decision(cast), rest))
    assert page.status_code == status
    if status != 200:
        assert "Ife" not in page.content.decode()


def test_kept_from_and_restricted_look_like_absent(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.deputy)
    absent = client.get("/decisions/AAAAAAAAAAAAAAAAAAAAAA/")
    exclude_from_case(
        case=decision.case, user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    assert client.get(_url(decision)).content == absent.content
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    for person in ("head", "auditor"):
        page = sign_in(getattr(cast, person)).get(_url(decision))
        assert (page.status_code, page.content) == (404, absent.content)


def test_looking_is_recorded_before_the_page_is_sent(cast, sign_in):
    decision = a_decision(cast)
    sign_in(cast.auditor).get(_url(decision))
    sign_in(cast.auditor).get(_url(decision, "versions/1/"))
    seen = Entry.objects.filter(event="decisions.decision_seen").order_by("seq")
    assert [(entry.actor_id, entry.object_type) for entry in seen] == [
        (cast.auditor.public_id, "decisions.decision"),
        (cast.auditor.public_id, "decisions.signedversion"),
    ]
    assert {entry.case_id for entry in seen} == {decision.case.public_id}


@pytest.mark.parametrize("rest", ["", "versions/1/"])
def test_nothing_is_sent_to_the_page(cast, sign_in, rest):
    client = sign_in(cast.dsl)
    url = _url(a_decision(cast), rest)
    assert [client.post(url).status_code, client.delete(url).status_code] == [405, 405]


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_of_everything_as_for_one(
    cast, sign_in, times
):
    decision = a_decision(cast)
    for _ in range(times):
        everything_followed(decision, cast.dsl)
    for _ in range(times - 1):
        signed(an_amendment(decision, cast.dsl), cast.dsl)
    assert SignedVersion.objects.count() == times
    client = sign_in(cast.dsl)
    client.get(_url(decision))
    with statements(11):
        client.get(_url(decision))
