"""From rows to the facts the guide takes, and what the product wants beside the guide."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent.domain.recording import withdraw_consent
from consent.enums import GivenBy, How, Status
from decisions import policies
from decisions.domain import advising, signing
from decisions.facts import given, material_of
from decisions.packs import pack_of_draft
from infosharing.accounts.roles import Role
from infosharing.cases.domain.knowing import record_judgement
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import JudgementKind, Part
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_draft,
    complete_pages,
    its_person,
    save,
)


def facts_of(draft, on=None):
    return given(material_of(draft, pack_of_draft(draft), on or timezone.localdate()))


def covering(consent, answer="yes"):
    return {
        ("consent", 0): {
            f"covers_{consent.public_id}_{part}": [answer]
            for part in ("purpose", "recipients", "information")
        }
    }


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school)


def test_until_somebody_is_chosen_the_people_are_those_the_case_is_about(cast):
    case = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[
            NewPerson(name="Child", born=date(2016, 1, 2)),
            NewPerson(name="Mother", age_band="adult", part=Part.RELATIVE),
        ],
    )
    draft = a_draft(case=case, by=cast.staff)
    child, mother = (part.person for part in case.parts.order_by("id"))
    assert facts_of(draft)["people"] == [
        {"id": child.public_id, "born": "2016-01-02", "competent": None, "capacity": None}
    ]
    save(draft, cast.staff, {("people", 0): {"people": [mother.public_id]}})
    assert facts_of(draft)["people"] == [
        {
            "id": mother.public_id,
            "born": None,
            "age_band": "adult",
            "competent": None,
            "capacity": None,
        }
    ]


def test_own_initiative_carries_nothing_of_a_requester(cast, case):
    assert facts_of(a_draft(case=case, by=cast.staff))["request"] == {"origin": "own_initiative"}


def test_a_request_received_carries_what_was_checked(cast, case):
    draft = a_draft(
        case=case,
        by=cast.staff,
        received=True,
        channel="telephone",
        requester_kind="police",
        identity="not_verified",
        call_back_source="  ",
        crime_investigation=True,
    )
    assert facts_of(draft)["request"] == {
        "origin": "received",
        "channel": "telephone",
        "requester_kind": "police",
        "identity": "not_verified",
        "call_back_source": None,
        "crime_investigation": True,
    }


def test_a_judgement_counts_only_when_it_is_chosen(cast, case):
    person = its_person(case)
    judgement = record_judgement(
        case=case,
        person=person,
        kind=JudgementKind.COMPETENCE,
        matter="Telling the youth counselling service",
        able=True,
        reasons="She explained it back in her own words.",
        judged_on=timezone.localdate(),
        judged_by="Sam Okafor and Priya Nair",
        by=cast.staff,
        at=timezone.now(),
    )
    draft = a_draft(case=case, by=cast.staff)
    assert facts_of(draft)["people"][0]["competent"] is None
    pages = {"people": [person.public_id], f"judgement_{person.public_id}": [judgement.public_id]}
    save(draft, cast.staff, {("people", 0): pages})
    assert facts_of(draft)["people"][0]["competent"] is True


def test_somebody_elses_judgement_is_not_taken(cast, case):
    other = a_case(by=cast.staff, organisation=cast.school)
    foreign = record_judgement(
        case=other,
        person=its_person(other),
        kind=JudgementKind.COMPETENCE,
        matter="x",
        able=True,
        reasons="x",
        judged_on=timezone.localdate(),
        judged_by="x",
        by=cast.staff,
        at=timezone.now(),
    )
    person = its_person(case)
    draft = a_draft(case=case, by=cast.staff)
    pages = {"people": [person.public_id], f"judgement_{person.public_id}": [foreign.public_id]}
    save(draft, cast.staff, {("people", 0): pages})
    assert facts_of(draft)["people"][0]["competent"] is None


def test_a_withdrawal_is_folded_into_the_consent(cast, case):
    consent = a_consent(case=case, by=cast.staff)
    draft = a_draft(case=case, by=cast.staff)
    save(draft, cast.staff, covering(consent))
    assert facts_of(draft)["consents"][0]["withdrawn_on"] is None
    today = timezone.localdate()
    withdraw_consent(
        consent=consent,
        withdrawn_on=today,
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="She no longer agrees.",
        by=cast.staff,
        at=timezone.now(),
    )
    assert facts_of(draft)["consents"][0]["withdrawn_on"] == today.isoformat()
    assert signing.prepared_draft(draft, timezone.now()).guidance.consents == {
        its_person(case).public_id: ("withdrawn",)
    }


@pytest.mark.parametrize(
    ("given_by", "giver", "expected"),
    [
        (GivenBy.SELF, "Ife", "the person"),
        (GivenBy.PARENT, "  Mrs   ADEYEMI ", "mrs adeyemi"),
        (GivenBy.GUARDIAN, "Aunt", "aunt"),
    ],
)
def test_one_giver_has_one_spelling(given_by, giver, expected, cast, case):
    a_consent(case=case, by=cast.staff, given_by=given_by, giver=giver)
    draft = a_draft(case=case, by=cast.staff)
    wanted = its_person(case).public_id if expected == "the person" else expected
    assert facts_of(draft)["consents"][0]["giver"] == wanted


def test_a_consent_nobody_has_looked_at_covers_nothing_and_holds_the_signature_back(cast, case):
    consent = a_consent(case=case, by=cast.dsl, status=Status.GIVEN)
    draft = a_complete_draft(case=case, by=cast.dsl)
    prepared = signing.prepared_draft(draft, timezone.now())
    assert prepared.given["consents"][0]["covers"] == {
        "purpose": False,
        "recipients": False,
        "information": False,
    }
    missing = policies.incomplete(prepared.material, prepared.guidance)
    assert [found.code for found in missing] == [f"consent:{consent.public_id}"]
    save(draft, cast.dsl, covering(consent, "no"))
    prepared = signing.prepared_draft(draft, timezone.now())
    assert policies.incomplete(prepared.material, prepared.guidance) == []


def test_what_is_held_back_does_not_go_to_the_guide_and_the_links_stay_right(cast, case):
    draft = a_complete_draft(case=case, by=cast.dsl)
    person = its_person(case)
    save(
        draft,
        cast.dsl,
        {
            ("item", 1): {
                "what": ["The counsellor's notes"],
                "handling": ["hold_back"],
                "handling_reason": ["Not theirs to have"],
                "about": [person.public_id],
            },
            ("item", 2): {"what": ["Attendance"], "handling": ["share"]},
        },
    )
    prepared = signing.prepared_draft(draft, timezone.now())
    assert [item["what"] for item in prepared.given["decision"]["items"]] == ["Attendance"]
    missing = policies.incomplete(prepared.material, prepared.guidance)
    assert [(found.code, found.page, found.index) for found in missing] == [
        ("item:1:nature", "item", 2),
        ("item:1:source", "item", 2),
        ("held_back:1", "outcome", 0),
    ]


def test_holding_something_back_is_sharing_in_part_and_says_why(cast, case):
    draft = a_complete_draft(case=case, by=cast.dsl)
    pages = complete_pages(its_person(case))
    outcome = {**pages["outcome", 0], "outcome": ["share_in_part"]}
    held = {"what": ["The counsellor's notes"], "handling": ["hold_back"]}
    save(draft, cast.dsl, {("outcome", 0): outcome, ("item", 2): held})
    prepared = signing.prepared_draft(draft, timezone.now())
    missing = policies.incomplete(prepared.material, prepared.guidance)
    assert [found.code for found in missing] == ["withheld", "handling_reason:2"]


@pytest.mark.parametrize(
    ("role", "in_facts"),
    [
        (Role.DSL, ["dsl"]),
        (Role.DEPUTY_DSL, ["dsl"]),
        (Role.HEAD, ["head"]),
        (Role.DATA_PROTECTION_LEAD, ["data_protection_lead"]),
        (Role.MANAGER, ["manager"]),
        (Role.PRACTITIONER, []),
    ],
)
def test_advice_counts_by_the_role_it_was_given_in(role, in_facts, cast, case):
    draft = a_draft(case=case, by=cast.staff)
    advising.report_advice(
        decision=draft.decision,
        adviser="Somebody",
        role=role,
        given_on=timezone.localdate() - timedelta(days=1),
        anonymous=True,
        advised="share",
        words="Share it.",
        by=cast.staff,
        at=timezone.now(),
    )
    assert [advice["from"] for advice in facts_of(draft)["advice"]] == in_facts


def test_advice_tried_in_vain_is_written_up_and_holds_nothing_back(cast, case):
    draft = a_complete_draft(case=case, by=cast.staff, role="practitioner")
    advising.record_advice_tried(
        decision=draft.decision,
        role=Role.DSL,
        how="Rang the DSL and the deputy at 17:38 and 17:45, left messages.",
        by=cast.staff,
        at=timezone.now(),
    )
    prepared = signing.prepared_draft(draft, timezone.now())
    assert policies.incomplete(prepared.material, prepared.guidance) == []
    late = policies.to_write_up(prepared.material, prepared.guidance)
    assert [found.code for found in late] == ["advice:dsl"]


def test_a_hoax_is_refused_with_outcome_and_reasons_alone(cast, case):
    draft = a_draft(case=case, by=cast.staff, received=True, identity="failed")
    outcome = {
        "outcome": ["do_not_share"],
        "reasons": ["Nobody at the council knows him."],
        "decided_by_role": ["practitioner"],
    }
    save(draft, cast.staff, {("outcome", 0): outcome})
    prepared = signing.prepared_draft(draft, timezone.now())
    assert prepared.guidance.because[0] == "2.1"
    assert policies.incomplete(prepared.material, prepared.guidance) == []
    version = signing.sign(draft=draft, seen=prepared.seen, by=cast.staff, at=timezone.now())
    assert (version.outcome, version.items.count()) == ("do_not_share", 0)


def test_forged_codes_count_as_not_answered(cast, case):
    draft = a_draft(case=case, by=cast.staff)
    save(
        draft,
        cast.staff,
        {
            ("danger", 0): {"answer_immediate_danger": ["perhaps"]},
            ("outcome", 0): {"outcome": ["sell"], "decided_by_role": ["emperor"]},
            ("grounds", 0): {"grounds": ["because_i_say_so", "vital_interests"]},
        },
    )
    facts = facts_of(draft)
    assert facts["answers"] == {}
    assert facts["grounds"] == ["vital_interests"]
    assert facts["decision"]["outcome"] is None
    assert facts["decision"]["decided_by_role"] is None
