"""Going against what the guide suggests says why, unless advice says the same (section 5)."""

import pytest

from tests.guidance.build import (
    TOMORROW,
    advice,
    consent,
    given,
    guide,
    received,
    refusing,
    sharing,
)
from tests.guidance.drafted import ABSENT, GROUND, HARM, missing

# override_reasons


SUGGESTED = {
    "share_now": given({"immediate_danger": "yes"}),
    "do_not_share": given(consents=[consent(status="refused")]),
    "may_share": given(consents=[consent()]),
    "required_by_law": given({"legal_duty": "yes"}),
    "may_share_without_consent": given(HARM),
    "seek_advice": given({"legal_duty": "not_sure"}),
    "seek_consent": given(),
    "unfinished": given(without=["legal_duty"]),
}


def overridden(suggestion, outcome, **changes):
    facts = SUGGESTED[suggestion] | {
        "decision": {**(refusing() if outcome == "do_not_share" else sharing()), **changes}
    }
    facts["decision"]["outcome"] = outcome
    guidance = guide(facts)
    assert guidance.suggestion == suggestion
    return "override_reasons" in (*guidance.missing, *guidance.to_write_up)


@pytest.mark.parametrize(
    ("suggestion", "sharing_against", "not_sharing_against"),
    [
        ("share_now", False, True),
        ("do_not_share", True, False),
        ("may_share", False, True),
        ("required_by_law", False, True),
        ("may_share_without_consent", False, True),
        ("seek_advice", True, True),
        ("seek_consent", True, False),
        ("unfinished", False, False),
    ],
)
@pytest.mark.parametrize("absent", ABSENT)
def test_override_reasons(suggestion, sharing_against, not_sharing_against, absent):
    for outcome in ("share", "share_in_part"):
        assert overridden(suggestion, outcome, override_reasons=absent) is sharing_against
    against = overridden(suggestion, "do_not_share", override_reasons=absent)
    assert against is not_sharing_against
    for outcome in ("share", "share_in_part", "do_not_share"):
        assert not overridden(suggestion, outcome, override_reasons="Because")
    assert not overridden(suggestion, None, override_reasons=absent)


def test_override_reasons_at_rule_1():
    facts = given(request=received(identity="failed"), **GROUND, decision=sharing())
    assert missing(facts) == ["requester_identity", "override_reasons"]


def unsure(outcome, *heard):
    """Whether override reasons are missing where only advice can say what to do."""
    decision = refusing() if outcome == "do_not_share" else sharing(outcome=outcome, withheld="x")
    facts = given(consents=[consent(understood=False)], advice=list(heard), decision=decision)
    found = guide(facts)
    assert found.suggestion == "seek_advice"
    assert set(found.missing) <= {"ground", "override_reasons"}
    return "override_reasons" in found.missing


@pytest.mark.parametrize("advised", ["share", "share_in_part", "do_not_share", None])
@pytest.mark.parametrize("outcome", ["share", "share_in_part", "do_not_share"])
def test_at_seek_advice_unless_the_latest_advice_says_the_same(outcome, advised):
    same = advised is not None and (advised == "do_not_share") == (outcome == "do_not_share")
    assert unsure(outcome, advice(advised=advised)) is not same


def test_at_seek_advice_only_advice_of_the_day_or_before_counts():
    assert unsure("share") is True
    assert unsure("share", advice(advised="share", on=TOMORROW)) is True
    assert unsure("share", advice(advised="share", on="2026-11-20")) is False
    late_no = advice(advised="do_not_share", on=TOMORROW)
    assert unsure("share", advice(advised="share"), late_no) is False


def test_at_seek_advice_the_latest_advice_counts():
    early, late = advice(advised="share", on="2026-11-01"), advice("head", "do_not_share")
    assert unsure("share", early, late) is True
    assert unsure("share", late, early) is True
    assert unsure("do_not_share", late, early) is False
    assert unsure("share", early, advice(advised=None)) is True


def test_at_seek_advice_of_the_same_day_the_one_later_in_the_list_counts():
    yes, no = advice(advised="share"), advice("head", "do_not_share")
    assert unsure("share", no, yes) is False
    assert unsure("share", yes, no) is True
