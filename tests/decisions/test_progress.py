"""What came of a decision: replies, stages of escalation, closing, opening again, the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.domain import progress
from decisions.domain.breaches import UnableToFollowUp
from decisions.enums import STAGES, ProgressKind
from decisions.models import Progress
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    an_amendment,
    everything_followed,
    not_told,
    signed,
    typed_date,
)


def _url(decision, rest=""):
    return f"/decisions/{decision.public_id}/{rest}"


def came(decision, by, kind=ProgressKind.REPLY, **changes):
    given = {
        "happened_on": timezone.localdate(),
        "who": "Jo Hart",
        "words": "They will visit on Friday.",
        "look_again_on": None,
        **changes,
    }
    return progress.record_progress(decision=decision, kind=kind, by=by, at=timezone.now(), **given)


def closed(decision, by):
    progress.close(decision=decision, reason="They look after her.", by=by, at=timezone.now())
    decision.refresh_from_db()


@pytest.mark.parametrize("kind", [ProgressKind.REPLY, *STAGES])
def test_a_reply_and_each_stage_stand_on_the_page_in_the_chronology_and_in_the_pdf_data(
    cast, sign_in, kind
):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    client.post(
        _url(decision, "progress/new/"),
        {
            "kind": kind,
            "who": "Jo Hart's manager",
            "words": "They will visit on Friday.",
            **typed_date("happened_on", timezone.localdate()),
        },
    )
    for where in (_url(decision), f"/cases/{decision.case.public_id}/chronology/"):
        text = client.get(where).content.decode()
        assert "They will visit on Friday." in text, where
        assert str(ProgressKind(kind).label) in text, where


def test_what_came_needs_who_and_what_and_a_day_that_has_come(cast, sign_in):
    decision = a_decision(cast)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = sign_in(cast.dsl).post(
        _url(decision, "progress/new/"), typed_date("happened_on", tomorrow)
    )
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Answer the question “What happened?”",
        "Answer the question “Who was it?”",
        "This day has not come yet",
        "Answer the question “What was said or done?”",
    ]


def test_closing_lists_what_is_open_and_asks_why(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl)
    client = sign_in(cast.dsl)
    page = client.get(_url(decision, "close/"))
    assert page.context["still"][0] == "Nobody has confirmed that sending 1 arrived."
    page = client.post(_url(decision, "close/"), {"closing": "yes", "reason": " "})
    assert page.status_code == 422
    client.post(_url(decision, "close/"), {"closing": "yes", "reason": "She has moved away."})
    decision.refresh_from_db()
    assert decision.closed_at is not None
    page = client.get(_url(decision))
    assert "She has moved away." in page.content.decode()
    assert "Open this decision again" in [step.text for step in page.context["steps"]]


def test_a_closed_decision_asks_nothing_of_anybody(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl)
    not_told(decision, cast.dsl)
    client = sign_in(cast.dsl)
    assert client.get("/").context["parts"] != []
    closed(decision, cast.dsl)
    assert client.get("/").context["parts"] == []
    assert client.get("/decisions/follow-ups/").context["rows"] == []
    page = client.get(_url(decision, "progress/new/"), follow=True)
    assert "This decision is closed. Open it again first." in page.content.decode()
    with pytest.raises(UnableToFollowUp):
        came(decision, cast.dsl)


def test_an_old_page_does_not_turn_it_the_other_way(cast, sign_in):
    decision = a_decision(cast)
    closed(decision, cast.dsl)
    client = sign_in(cast.dsl)
    page = client.post(_url(decision, "close/"), {"closing": "yes", "reason": "Again"}, follow=True)
    assert "This decision is closed already." in page.content.decode()
    decision.refresh_from_db()
    assert decision.closed_at is not None
    assert Progress.objects.count() == 1


def test_it_is_opened_again_by_hand_and_by_a_new_version(cast, sign_in):
    decision = a_decision(cast)
    closed(decision, cast.dsl)
    client = sign_in(cast.dsl)
    client.post(_url(decision, "close/"), {"closing": "no", "reason": "The GP rang."})
    decision.refresh_from_db()
    assert decision.closed_at is None
    closed(decision, cast.dsl)
    signed(an_amendment(decision, cast.dsl), cast.dsl)
    decision.refresh_from_db()
    assert decision.closed_at is None
    assert [one.words for one in Progress.objects.filter(kind="reopened").order_by("id")] == [
        "The GP rang.",
        "Version 2 was signed.",
    ]


def test_a_stage_comes_back_on_its_day_until_something_newer_is_recorded(cast, sign_in):
    decision = a_decision(cast)
    today = timezone.localdate()
    came(decision, cast.dsl, ProgressKind.ASKED_AGAIN, look_again_on=today + timedelta(days=1))
    client = sign_in(cast.dsl)
    assert "What has come of decision" not in client.get("/").content.decode()
    came(decision, cast.dsl, ProgressKind.MANAGER, look_again_on=today)
    assert "What has come of decision" in client.get("/").content.decode()
    came(decision, cast.dsl)
    assert "What has come of decision" not in client.get("/").content.decode()


# The list


def test_the_list_says_what_is_open_and_loses_what_is_done(cast, sign_in):
    decision = a_decision(cast, telling={"person_informed": ["yes"], "telling_plan": ["Me, Mon"]})
    client = sign_in(cast.deputy)

    def rows():
        return [row[3] for row in client.get("/decisions/follow-ups/").context["rows"]]

    assert rows() == ["Nothing sent yet; Nobody told yet"]
    a_disclosure(decision, cast.dsl)
    assert rows() == ["Receipt not confirmed; Nobody told yet"]
    not_told(decision, cast.dsl)
    assert rows() == ["Receipt not confirmed; Look again whether to tell"]
    everything_followed(decision, cast.dsl)
    assert rows() == ["Receipt not confirmed"]  # of the first sending


def test_the_list_holds_only_what_one_sees(cast, sign_in):
    decision = a_decision(cast)
    assert (
        decision.spoken_reference
        in sign_in(cast.dsl).get("/decisions/follow-ups/").content.decode()
    )
    assert sign_in(cast.stranger).get("/decisions/follow-ups/").context["rows"] == []


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(cast, sign_in, times):
    for _ in range(times):
        a_disclosure(a_decision(cast), cast.dsl)
    client = sign_in(cast.dsl)
    with statements(9):
        client.get("/decisions/follow-ups/")


# Telling as planned


def test_who_is_signed_not_to_be_told_is_not_due_and_only_the_day_to_look_again_is_asked_for(
    cast, sign_in
):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    a_disclosure(decision, cast.dsl)
    step = next(
        one for one in client.get(_url(decision)).context["steps"] if one.url.endswith("/told/new/")
    )
    assert (step.text, step.hint) == (
        "Say when to look at telling again",
        "Not to be told, as signed: Ife Adeyemi.",
    )
    page = client.get("/")
    assert [(row.title, row.status) for row in page.context["tasks"] if row.url == step.url] == [
        (
            f"Say when to look at telling again: decision {decision.spoken_reference}",
            "Not to be told, as signed",
        )
    ]
    assert "People not yet told" not in page.content.decode()
    assert (
        "It was signed that the person is not to be told." in client.get(step.url).content.decode()
    )
    not_told(decision, cast.dsl, look_again_in=3)
    shown = client.get(_url(decision)).context["steps"]
    assert [one.text for one in shown if one.url == step.url] == ["Record more about telling"]
    assert [row for row in client.get("/").context["tasks"] if row.url == step.url] == []


def test_what_was_planned_is_due_until_it_is_recorded(cast, sign_in):
    plan = {"person_informed": ["yes"], "telling_plan": ["Dilys, on Monday after school"]}
    decision = a_decision(cast, telling=plan)
    client = sign_in(cast.dsl)
    page = client.get(_url(decision))
    assert [(one.person, one.words) for one in page.context["to_tell"]] == [
        ("Ife Adeyemi", "Planned: Dilys, on Monday after school")
    ]
    assert "Record whether the person was told" in client.get("/").content.decode()
    assert "not to be told" not in client.get(f"{_url(decision)}told/new/").content.decode()
    not_told(decision, cast.dsl, look_again_in=3)
    assert client.get(_url(decision)).context["to_tell"] == []
    not_told(decision, cast.dsl, look_again_in=0)
    assert [one.words[:25] for one in client.get(_url(decision)).context["to_tell"]] == [
        "To be looked at again sin"
    ]
