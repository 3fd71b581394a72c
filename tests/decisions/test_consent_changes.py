"""Consent that changed flags the decisions that relied on it until it is answered (R31)."""

import pytest
from django.utils import timezone

from consent.models import ConsentRecord
from decisions import due, queries
from decisions import timeline as decisions_timeline
from decisions.domain import progress
from decisions.domain.drafting import start_amendment
from decisions.domain.relying import NothingChanged
from decisions.models import ConsentReaction, SignedVersion
from decisions.policies import ChangedSinceShown
from decisions.relying import changes_of
from infosharing.casefile.pdf.document import decision_data
from infosharing.cases.domain.concluding import close_case
from infosharing.cases.domain.opening import exclude_from_case, name_on_case
from tests.counting import statements
from tests.decisions.afterwards import a_decision, signed
from tests.decisions.consents_since import YES, answer, covers, days, narrow, relying, withdraw
from tests.factories import a_case, a_consent


def _open(decision):
    return [one.kind for one in changes_of(decision).open]


# What flags a decision: a truth table

CHANGES = {
    "withdraw": lambda yes, by: withdraw(yes, by),
    "narrow": lambda yes, by: narrow(yes, by),
    "refuse": lambda yes, by: a_consent(case=yes.case, by=by, status="refused"),
    "limit": lambda yes, by: a_consent(case=yes.case, by=by, limits="Not her father"),
    "another yes": lambda yes, by: a_consent(case=yes.case, by=by),
    "nothing": lambda yes, by: None,
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("withdraw", ["A consent was withdrawn"]),
        ("narrow", ["A part of a consent was withdrawn"]),
        ("refuse", ["Sharing was refused"]),
        ("limit", ["A consent was given with limits"]),
        ("another yes", []),
        ("nothing", []),
    ],
)
def test_what_changed_since_the_signature_flags_the_decision(cast, change, found):
    decision, yes = relying(cast)
    CHANGES[change](yes, cast.dsl)
    assert _open(decision) == found
    marked = vars(queries.access_record(cast.dsl, decision.public_id))["consent_changed"]
    assert marked is bool(found)


@pytest.mark.parametrize("part", YES)
def test_a_yes_to_something_else_was_not_relied_on(cast, part):
    decision, yes = relying(cast, covered=[one for one in YES if one != part])
    withdraw(yes, cast.dsl)
    assert _open(decision) == []


def test_a_decision_not_to_share_relied_on_no_yes(cast):
    decision, yes = relying(
        cast,
        decision={
            "outcome": {"outcome": ["do_not_share"]},
            "against": {"override_reasons": ["Not needed."]},
            "refusal": {"refusal_discussed": ["yes"]},
        },
    )
    withdraw(yes, cast.dsl)
    assert _open(decision) == []


@pytest.mark.parametrize(
    ("until", "later", "flagged"), [(0, 0, 0), (0, 1, 1), (5, 5, 0), (5, 6, 1)]
)
def test_a_yes_that_ran_out_flags_it_from_the_day_after(cast, monkeypatch, until, later, flagged):
    decision, _yes = relying(cast, until=days(until))
    monkeypatch.setattr("decisions.relying.today", lambda: days(later))
    assert _open(decision) == ["A consent ran out"] * flagged
    marked = vars(queries.access_record(cast.dsl, decision.public_id))["consent_changed"]
    assert marked is bool(flagged)


@pytest.mark.parametrize("closed", ["case", "decision"])
@pytest.mark.parametrize("ongoing", [False, True])
def test_a_yes_given_once_that_ran_out_asks_nothing_of_anybody_once_its_work_is_closed(
    cast, monkeypatch, closed, ongoing
):
    terms = {"continuing": True, "review_on": days(3)} if ongoing else {}
    decision, yes = relying(cast, until=days(5), **terms)
    monkeypatch.setattr("decisions.relying.today", lambda: days(6))
    assert len(_rows(cast.dsl)) == 1
    if closed == "case":
        close_case(case=decision.case, reason="Moved", by=cast.dsl, at=timezone.now())
    else:
        progress.close(decision=decision, reason="Moved", by=cast.dsl, at=timezone.now())
    decision.refresh_from_db()
    assert _open(decision) == ["A consent ran out"] * ongoing
    assert len(_rows(cast.dsl)) == ongoing
    withdraw(yes, cast.dsl)
    assert _open(decision) == ["A consent was withdrawn"]
    assert len(_rows(cast.dsl)) == 1


def test_what_was_known_at_the_signature_flags_nothing(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    gone = a_consent(case=case, by=cast.dsl)
    withdraw(gone, cast.dsl)
    old = a_consent(case=case, by=cast.dsl, until=days(-1), said_on=days(-9), giver="Father")
    a_consent(case=case, by=cast.dsl, status="refused", giver="Aunt")
    pages = {"consent": {**covers(gone, *YES), **covers(old, *YES)}}
    refused = ConsentRecord.objects.get(status="refused")
    pages["consent"].update(covers(refused, *YES))
    assert _open(a_decision(cast, case=case, **pages)) == []


# Until somebody says what they did


def test_the_decision_its_case_home_and_chronology_say_so_until_it_is_answered(cast, sign_in):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    client = sign_in(cast.dsl)
    url, case = f"/decisions/{decision.public_id}/", decision.case
    assert b"Consent has changed since this was signed" in client.get(url).content
    assert b"Consent has changed since." in client.get(f"/cases/{case.public_id}/").content
    assert b"Consent has changed for decision" in client.get("/").content
    page = client.get(f"{url}consent-changed/")
    answer = client.post(
        f"{url}consent-changed/",
        {"seen": page.context["carry"]["seen"], "done": "told", "words": "Rang Jo Hart at 9."},
    )
    assert answer.headers["Location"] == url
    after = client.get(url).content.decode()
    assert "Say what you did about it" not in after
    assert "Rang Jo Hart at 9." in after
    assert (
        "Consent has changed since." not in client.get(f"/cases/{case.public_id}/").content.decode()
    )
    assert "Consent has changed for decision" not in client.get("/").content.decode()
    kinds = [entry.kind for entry in decisions_timeline.entries(case, cast.dsl)]
    assert "After consent changed" in kinds
    data = decision_data(decision, by=cast.dsl, at=timezone.now())
    assert [one["text"] for one in data["consent_done"]] == ["Rang Jo Hart at 9."]
    assert (data["consent_open"], len(data["consent_settled"])) == ([], 1)


def test_looking_again_leads_to_a_new_version_which_settles_it(cast, sign_in):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    url = f"/decisions/{decision.public_id}/consent-changed/"
    client = sign_in(cast.dsl)
    seen = client.get(url).context["carry"]["seen"]
    answer = client.post(url, {"seen": seen, "done": "looked_again", "words": "Asking the DSL."})
    assert answer.headers["Location"] == f"/decisions/{decision.public_id}/amend/"


def test_a_version_signed_after_the_change_is_not_flagged(cast):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    draft = start_amendment(decision=decision, reason="Withdrawn", by=cast.dsl, at=timezone.now())
    signed(draft, cast.dsl)
    decision.refresh_from_db()
    assert (SignedVersion.objects.count(), _open(decision)) == (2, [])


def test_a_change_after_the_answer_flags_it_again(cast):
    decision, yes = relying(cast)
    narrow(yes, cast.dsl)
    answer(decision, cast.dsl)
    assert _open(decision) == []
    withdraw(yes, cast.dsl)
    assert _open(decision) == ["A consent was withdrawn"]


def test_what_changed_while_the_page_was_open_is_never_settled_unseen(cast, sign_in):
    decision, yes = relying(cast)
    narrow(yes, cast.dsl)
    url = f"/decisions/{decision.public_id}/consent-changed/"
    client = sign_in(cast.dsl)
    seen = client.get(url).context["carry"]["seen"]
    withdraw(yes, cast.dsl)
    with pytest.raises(ChangedSinceShown):
        answer(decision, cast.dsl, seen=seen)
    page = client.post(url, {"seen": seen, "done": "told", "words": "Kept so"})
    assert (page.status_code, ConsentReaction.objects.count()) == (409, 0)
    assert b"Kept so" in page.content
    assert len(page.context["changes"]) == 2


def test_nothing_is_answered_where_nothing_changed(cast):
    decision, _yes = relying(cast)
    with pytest.raises(NothingChanged):
        answer(decision, cast.dsl)


@pytest.mark.parametrize(
    "typed", [{}, {"done": "told"}, {"words": "x"}, {"done": "?", "words": "x"}]
)
def test_an_answer_says_what_and_why(cast, sign_in, typed):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    url = f"/decisions/{decision.public_id}/consent-changed/"
    page = sign_in(cast.dsl).post(url, {"seen": changes_of(decision).shown, **typed})
    assert (page.status_code, ConsentReaction.objects.count()) == (422, 0)


# Who is told


def _rows(user):
    return list(due.consent_changed(user).rows)


def test_the_author_and_the_safeguarding_leads_are_told_and_nobody_else(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    yes = a_consent(case=case, by=cast.staff)
    decision = a_decision(cast, case=case, consent=covers(yes, *YES))
    name_on_case(case=case, user=cast.colleague, reason="Helps.", by=cast.dsl, at=timezone.now())
    withdraw(yes, cast.staff)
    told = [who for who, user in cast.everybody().items() if _rows(user)]
    assert told == ["dsl", "deputy"]
    assert decision.signed_by == cast.dsl


def test_somebody_kept_from_the_case_is_not_told(cast):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    exclude_from_case(
        case=decision.case, user=cast.deputy, reason="About him", by=cast.dsl, at=timezone.now()
    )
    assert _rows(cast.deputy) == []
    assert len(_rows(cast.dsl)) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_flagged_decision_costs_one_statement_more(cast, sign_in, number):
    decision, yes = relying(cast)
    for _ in range(number):
        narrow(yes, cast.dsl)
    client, url = sign_in(cast.dsl), f"/decisions/{decision.public_id}/"
    client.get(url)
    with statements(12):
        client.get(url)
