"""Whether two people recorded may be one, as it is asked."""

from collections.abc import Iterable
from datetime import date

from decisions.known_words import age_words
from decisions.presenters.requests import beginning
from infosharing.cases.queries import Alike

MOST_CASES = 3


def same_choices(found: Iterable[Alike], on: date, *, offer_cases: bool) -> list[tuple[str, str]]:
    """Return the answers to "Is this the same person?", a case of theirs among them if wanted."""
    choices = []
    for one in found:
        person = one.person
        age = age_words(person, on)
        words = f"{person.name}, {age[:1].lower()}{age[1:]}"
        choices.append((person.public_id, f"Yes: {words}"))
        if offer_cases:
            choices += [
                (
                    f"{person.public_id}:{case.public_id}",
                    f"Yes, and it belongs to case {case.spoken_reference} about {person.name}: "
                    "record it there",
                )
                for case in one.cases[:MOST_CASES]
            ]
    return choices


def same_hints(found: Iterable[Alike]) -> dict[str, str]:
    """Return what is said beside each answer: why it is asked, and where the person is known."""
    hints = {}
    for one in found:
        why = " and ".join(one.why)
        first = one.cases[0]
        known = f"In case {first.spoken_reference}: {beginning(first.summary)}"
        hints[one.person.public_id] = f"{why[0].upper()}{why[1:]}. {known}"
        for case in one.cases[:MOST_CASES]:
            hints[f"{one.person.public_id}:{case.public_id}"] = beginning(case.summary)
    return hints
