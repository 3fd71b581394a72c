"""Every scenario can be typed into the real pages and gives its expected result."""

from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from decisions.facts import given, guidance_on
from decisions.models import SignedVersion
from infosharing.guidance.guide import evaluate
from infosharing.guidance.reading import read_facts
from tests.decisions.typing_in import FILES, Typist, noon, scenario
from tests.engines import some_on_postgres

STEMS = [file.stem for file in FILES]
SIGNABLE = [
    stem
    for stem in STEMS
    if scenario(stem)["given"].get("decision") and not scenario(stem)["expect"]["missing"]
]
WHO = {"practitioner": "staff", "dsl": "dsl"}


def the_typist(stem, cast, sign_in):
    told = scenario(stem)
    role = (told["given"].get("decision") or {}).get("decided_by_role", "practitioner")
    user = getattr(cast, WHO[role])
    return Typist(sign_in(user), user, told)


def shows_decision(told):
    """A story without a decision, with the decision that nobody has drafted yet."""
    nothing = {"decision": {"outcome": None}}
    return told["given"] if told["given"].get("decision") else {**told["given"], **nothing}


@pytest.mark.parametrize("stem", some_on_postgres(STEMS, 3))
def test_typed_in_a_scenario_gives_what_it_expects_and_can_then_be_signed(stem, cast, sign_in):
    told = scenario(stem)
    with time_machine.travel(noon(told["given"]["on"]), tick=False):
        typist = the_typist(stem, cast, sign_in)
        typist.type_in()
        guidance = guidance_on(typist.material())
    pure = evaluate(read_facts(shows_decision(told), typist.pack), typist.pack)
    expect = told["expect"]
    if told["given"].get("decision"):
        assert set(expect["missing"]) == set(pure.missing)
    assert (guidance.suggestion, set(guidance.missing), set(guidance.to_write_up)) == (
        expect["suggestion"],
        set(pure.missing) - {"decided_by_role"},
        set(pure.to_write_up),
    )
    names = {public: mine for mine, public in typist.ids.items()}
    assert {names[who]: set(found) for who, found in guidance.consents.items()} == {
        who: set(found) for who, found in expect["consents"].items()
    }
    if stem in SIGNABLE:
        with time_machine.travel(noon(told["given"]["on"]), tick=False):
            signed_through_its_page(typist)


def signed_through_its_page(typist):
    page = typist.client.get(reverse("decisions:draft-check", args=[typist.draft.public_id]))
    assert page.status_code == 200
    assert page.context["missing"] == []
    response = typist.client.post(
        reverse("decisions:draft-sign", args=[typist.draft.public_id]),
        {"seen": page.context["carry"]["seen"]},
    )
    version = SignedVersion.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("decisions:decision", args=[version.decision.public_id])
    outcome = typist.told["given"]["decision"]["outcome"]
    assert (version.outcome, version.signed_by) == (outcome, typist.user)


@pytest.mark.parametrize("stem", ["social-worker-s47-email", "refused-no-risk", "happening-now"])
def test_the_order_of_the_pages_does_not_matter(stem, cast, sign_in):
    told = scenario(stem)
    with time_machine.travel(noon(told["given"]["on"]), tick=False):
        typist = the_typist(stem, cast, sign_in)
        backwards = sorted(typist.pages(), key=lambda page: (page[0], -page[1]), reverse=True)
        typist.type_in(backwards)
        guidance = guidance_on(typist.material())
    assert (guidance.suggestion, set(guidance.missing), set(guidance.to_write_up)) == (
        told["expect"]["suggestion"],
        set(told["expect"]["missing"]),
        set(told["expect"]["to_write_up"]),
    )


def test_the_facts_typed_are_the_facts_of_the_story(cast, sign_in):
    told = scenario("court-order")
    with time_machine.travel(noon(told["given"]["on"]), tick=False):
        typist = the_typist("court-order", cast, sign_in)
        typist.type_in()
        found = given(replace(typist.material()))
    assert found["answers"] == told["given"]["answers"]
    assert found["grounds"] == told["given"]["grounds"]
    story = told["given"]["decision"]
    assert {name: found["decision"][name] for name in story} == story
