"""A write-up is the same guide on the day of writing, with what was signed left as it was."""

from dataclasses import replace
from datetime import date

from infosharing.guidance.guide import evaluate
from infosharing.guidance.reading import read_facts
from tests.guidance.build import advice, consent, consulting, given, person, sharing

SIGNED = date(2026, 11, 20)
WRITTEN = date(2026, 11, 23)
PACK = consulting(("dsl", "always"))


def facts():
    """Somebody who turns 16 between signing and writing, whose mother's yes runs out."""
    found = given(
        {"immediate_danger": "yes"},
        people=[person(born="2010-11-22")],
        consents=[consent(until="2026-11-21")],
        advice=[advice(on="2026-11-21")],
        decision=sharing(lawful_basis="consent"),
    )
    return read_facts(found, PACK)


def test_when_signed():
    guidance = evaluate(facts(), PACK)
    assert (guidance.consents, guidance.to_write_up) == ({"p1": ()}, ("advice:dsl",))


def test_on_the_day_of_writing_advice_counts_and_so_does_the_birthday():
    guidance = evaluate(replace(facts(), on=WRITTEN), PACK)
    assert guidance.consents == {"p1": ("wrong_giver",)}
    assert guidance.to_write_up == ("lawful_basis", "ground")


def test_ages_and_consents_stay_as_they_were_signed():
    guidance = evaluate(replace(facts(), on=WRITTEN), PACK, signed_on=SIGNED)
    assert guidance.consents == {"p1": ()}
    assert (guidance.missing, guidance.to_write_up) == ((), ())
