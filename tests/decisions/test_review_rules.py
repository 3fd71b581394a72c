"""Which decisions are reviewed is the school's setting; settled when a decision is signed (R57)."""

import html
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import needs, policies
from decisions.domain import advising, review_rules, signing
from decisions.enums import ReviewKind, ReviewOutcome, ReviewState
from decisions.models import ReviewSetting
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_refusal,
    a_review,
    an_amendment,
    shared_at_once,
    signed,
)
from tests.factories import a_case, a_complete_draft, save
from tests.people import make_member

URL = "/members/reviews/"
ALL = {kind.value for kind in needs.CHOICES}


def set_rules(cast, *kinds, second=(), days=5, reason="Agreed with the governors.", **rest):
    before = needs.setting_of(cast.school)
    return review_rules.set_review_rules(
        organisation=rest.get("organisation", cast.school),
        instead_of=rest.get("instead_of", before.public_id if before else ""),
        kinds=kinds,
        second=second,
        look_back_days=days,
        reason=reason,
        by=rest.get("by", cast.admin),
        at=timezone.now(),
    )


def _police(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl, received=True, requester_kind="police")
    return signed(draft, cast.dsl).decision


def _against_advice(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl)
    advising.report_advice(
        decision=draft.decision,
        adviser="The legal team",
        role=Role.DATA_PROTECTION_LEAD,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="do_not_share",
        words="Wait.",
        by=cast.dsl,
        at=timezone.now(),
    )
    save(draft, cast.dsl, {("against", 0): {"advice_reasons": ["She is not safe tonight."]}})
    return signed(draft, cast.dsl).decision


# What each matter is, of what a school can choose.
MATTERS = {
    "shared without consent, the child not told": (
        lambda cast: a_decision(cast),
        {"without_consent", "not_told"},
    ),
    "the child is told": (
        lambda cast: a_decision(cast, telling={"person_informed": ["yes"]}),
        {"without_consent"},
    ),
    "refused": (a_refusal, {"refused", "against_suggestion"}),
    "shared at once": (shared_at_once, {"without_consent", "emergency"}),
    "the police asked": (_police, {"without_consent", "not_told", "police"}),
    "against advice": (_against_advice, {"without_consent", "not_told", "against_advice"}),
}


@pytest.mark.parametrize("matter", MATTERS)
def test_a_decision_is_reviewed_exactly_where_one_of_the_kinds_set_is_its_own(cast, matter):
    make, kinds = MATTERS[matter]
    for kind in sorted(ALL):
        set_rules(cast, kind)
        decision = make(cast)
        wanted = [kind] if kind in kinds else []
        assert decision.version.review_because == wanted, (matter, kind)
        waits = ReviewState.WAITING if wanted else ReviewState.NOT_NEEDED
        assert decision.review_state == waits
        assert json.loads(decision.version.body)["review"]["because"] == wanted


def test_without_a_setting_every_decision_is_reviewed_by_one_person(cast):
    decision = a_decision(cast)
    assert (decision.version.review_because, decision.version.second_because) == (["every"], [])
    assert decision.review_state == ReviewState.WAITING


def test_whoever_is_to_be_reviewed_twice_is_reviewed_once_at_least(cast):
    set_rules(cast, "refused", second=["not_told"])
    decision = a_decision(cast)
    assert decision.version.review_because == ["not_told"]
    assert decision.version.second_because == ["not_told"]


def test_another_schools_setting_changes_nothing_here(cast):
    make_member(cast.admin, cast.other_school, Role.ADMINISTRATOR)
    set_rules(cast, "refused", organisation=cast.other_school)
    assert a_decision(cast).version.review_because == ["every"]


def test_what_was_settled_stays_when_the_setting_changes(cast):
    waiting = a_decision(cast)
    set_rules(cast, "refused")
    free = a_decision(cast)
    set_rules(cast, "every")
    for one in (waiting, free):
        one.refresh_from_db()
    assert (waiting.review_state, waiting.version.review_because) == ("waiting", ["every"])
    assert (free.review_state, free.version.review_because) == ("not_needed", [])


@pytest.mark.parametrize(
    ("outcome", "carried"),
    [
        (None, True),
        (ReviewOutcome.RETURNED, True),
        (ReviewOutcome.DISAGREED, True),
        (ReviewOutcome.AGREED, False),
    ],
)
def test_a_new_version_is_no_way_round_a_reviewer(cast, outcome, carried):
    decision = a_decision(cast)
    set_rules(cast, "refused")
    if outcome:
        a_review(decision, cast.deputy, outcome=outcome, words="Say why.")
    draft = an_amendment(decision, cast.dsl)
    save(draft, cast.dsl, {("answers", 0): {"unchanged_because": ["It is said there."]}})
    version = signed(draft, cast.dsl)
    assert version.review_because == (["carried"] if carried else [])
    assert version.decision.review_state == ("waiting" if carried else "not_needed")


def test_a_setting_changed_while_somebody_reads_is_shown_before_they_sign(cast):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    now = timezone.now()
    seen = signing.prepared_draft(draft, now).seen
    set_rules(cast, "refused")
    with pytest.raises(policies.ChangedSinceShown):
        signing.sign(draft=draft, seen=seen, by=cast.dsl, at=now)


# Shown


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_the_author_reads_who_reviews_it_before_and_after_signing(cast, sign_in):
    set_rules(cast, "not_told", "police", second=["not_told"])
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    client = sign_in(cast.dsl)
    page = client.get(f"/drafts/{draft.public_id}/check/")
    words = "It is reviewed, because the person is not told. A second person reviews it too"
    assert words in _text(page)
    form = page.context["carry"]
    done = client.post(f"/drafts/{draft.public_id}/sign/", form, follow=True)
    assert words in _text(done)
    listed = sign_in(cast.deputy).get("/decisions/")
    assert "The person is not told" in _text(listed)


def test_what_nobody_reviews_says_so_and_can_be_reviewed_all_the_same(cast, sign_in):
    set_rules(cast, "refused")
    decision = a_decision(cast)
    page = sign_in(cast.deputy).get(f"/decisions/{decision.public_id}/")
    assert "No review needed" in _text(page)
    assert "No review is needed: only other kinds of decision are reviewed here." in _text(page)
    assert ("Review this decision", "It does not have to be.") in [
        (step.text, step.hint) for step in page.context["steps"]
    ]
    assert list(sign_in(cast.deputy).get("/").context["tasks"]) == []
    a_review(decision, cast.deputy)
    assert decision.review_state == ReviewState.AGREED
    found = sign_in(cast.dsl).get("/decisions/?review=not_needed")
    assert found.context["signed"] == []


def test_the_list_finds_what_needs_no_review(cast, sign_in):
    a_decision(cast)
    set_rules(cast, "refused")
    free = a_decision(cast)
    found = sign_in(cast.dsl).get("/decisions/?review=not_needed").context["signed"]
    assert [row[0]["text"] for row in found] == [free.spoken_reference]


# The page


FILLED = {
    "reviewed": "some",
    "kinds": ["not_told", "police"],
    "twice": "none",
    "look_back_days": "3",
    "reason": "Agreed with the governors.",
    "shown": "",
}


def test_the_administrator_sets_it_with_a_reason_that_stands_beside_it(cast, sign_in):
    client = sign_in(cast.admin)
    page = client.get(URL)
    assert "Every decision is reviewed. One person reviews it." in _text(page)
    assert client.post(URL, FILLED).status_code == 302
    made = ReviewSetting.objects.get()
    assert (made.kinds, made.second, made.look_back_days, made.set_by) == (
        ["not_told", "police"],
        [],
        3,
        cast.admin,
    )
    entry = Entry.objects.get(event="decisions.review_setting_changed")
    assert (entry.actor_id, entry.object_id) == (cast.admin.public_id, made.public_id)
    row = made.history.get()
    assert (row.history_actor, row.history_change_reason) == (
        cast.admin.public_id,
        "Agreed with the governors.",
    )
    text = _text(client.get(URL))
    assert "the person is not told or the police asked, or it is about a crime" in text
    assert "Why: Agreed with the governors." in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reviewed": ""}, "Choose which decisions are reviewed"),
        ({"kinds": []}, "Choose at least one, or every decision"),
        ({"twice": ""}, "Choose which are reviewed by a second person"),
        ({"twice": "some"}, "Choose at least one, or none"),
        ({"look_back_days": "31"}, "Enter 30 or fewer"),
        ({"look_back_days": "soon"}, "Enter a number, such as 5"),
        ({"reason": " "}, "Say why you change it"),
    ],
)
def test_a_setting_that_is_not_whole_is_not_kept_and_what_was_typed_stays(
    cast, sign_in, changes, message
):
    page = sign_in(cast.admin).post(URL, {**FILLED, **changes})
    assert page.status_code == 422
    assert [one.message for one in page.context["form"].error_summary()] == [message]
    assert page.context["form"]["look_back_days"].value() == {**FILLED, **changes}["look_back_days"]
    assert not ReviewSetting.objects.exists()


def test_whoever_saves_over_somebody_elses_change_is_shown_it_first(cast, sign_in):
    set_rules(cast, "refused", reason="The first.")
    page = sign_in(cast.admin).post(URL, FILLED)
    assert page.status_code == 409
    assert "Somebody has changed this since you opened it." in _text(page)
    assert "The first." in _text(page)
    form = page.context["form"]
    assert form["reason"].value() == FILLED["reason"]
    assert form["shown"].value() == needs.setting_of(cast.school).public_id
    assert ReviewSetting.objects.count() == 1


@pytest.mark.parametrize("person", ["staff", "dsl", "head", "dpl", "auditor", "stranger"])
def test_nobody_else_sets_it(cast, person):
    with pytest.raises(PermissionDenied):
        set_rules(cast, "refused", by=getattr(cast, person))
    assert not ReviewSetting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kinds": ()}, "Choose every decision, or at least one kind."),
        ({"kinds": ("carried",)}, "Choose every decision, or at least one kind."),
        ({"kinds": ("refused",), "second": ("carried",)}, "Choose every decision, or at least one"),
        ({"kinds": ("refused",), "days": 0}, "Choose 1 to 30 working days."),
        ({"kinds": ("refused",), "days": 31}, "Choose 1 to 30 working days."),
        ({"kinds": ("refused",), "reason": " "}, "Say why."),
    ],
)
def test_the_act_refuses_what_the_page_would(cast, changes, message):
    kinds = changes.pop("kinds")
    with pytest.raises(review_rules.UnableToSet, match=message):
        set_rules(cast, *kinds, **changes)


def test_every_decision_leaves_nothing_else_to_name(cast):
    assert set_rules(cast, "refused", "every").kinds == ["every"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_the_database_the_same_for_one_change_and_for_three(cast, sign_in, times):
    for _ in range(times):
        set_rules(cast, "refused")
    client = sign_in(cast.admin)
    client.get(URL)
    with statements(6):
        client.get(URL)


# Looking back at emergencies


@pytest.mark.parametrize(("days", "due"), [(1, "2026-11-23"), (5, "2026-11-27")])
def test_an_emergency_is_to_be_looked_back_at_by_the_day_the_setting_gives(cast, days, due):
    set_rules(cast, "refused", days=days)
    with time_machine.travel("2026-11-20T17:40:00Z", tick=False):
        decision = shared_at_once(cast)
        other = a_decision(cast)
    assert timezone.localtime(decision.look_back_due).strftime("%Y-%m-%d %H:%M") == f"{due} 23:59"
    assert decision.version.look_back_due == decision.look_back_due
    assert decision.review_state == ReviewState.NOT_NEEDED
    assert other.look_back_due is None


def test_a_later_setting_does_not_move_the_day(cast):
    decision = shared_at_once(cast)
    due = decision.look_back_due
    set_rules(cast, "every", days=30)
    decision.refresh_from_db()
    assert decision.look_back_due == due > timezone.now() + timedelta(days=3)


def test_the_codes_of_kinds_are_told_in_words_in_every_history(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.auditor).get(f"/decisions/{decision.public_id}/history/")
    assert str(ReviewKind.EVERY.label) in _text(page)
