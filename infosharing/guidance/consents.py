"""Section 3 of the guide: can somebody's consent be relied on, and if not, why not.

Only records dated on or before the day count. "Later" of two on the same day is the one
that stands later in its list.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from infosharing.guidance.codes import INFORMED, ConsentProblem
from infosharing.guidance.facts import Consent, Facts, Person

FULLY_INFORMED: Final = frozenset(code for code, _words in INFORMED)


def problems_for(
    person: Person, facts: Facts, on: date | None = None
) -> tuple[ConsentProblem, ...]:
    """The problems with one person's consent on the day; none if it can be relied on.

    The day is that of the facts, unless another is given.
    """
    on = on or facts.on
    counted = [c for c in facts.consents if c.person == person.id and c.on <= on]
    if not counted:
        return ("best_interests" if _nobody_can_agree(person, on) else "not_sought",)
    deciding = [c for c in counted if _by_somebody_who_decides(c, person, on)]
    if not deciding:
        return (_wrong_hands(_latest(counted), person, on),)
    about_this = [c for c in deciding if c.covers.everything] or deciding
    alone = _decides_alone(person, on)
    taken = [_latest(about_this)] if alone else _one_a_giver(about_this, on)
    return _joint(taken, on) or _best_of(taken, on)


def all_problems(facts: Facts, on: date | None = None) -> dict[str, tuple[ConsentProblem, ...]]:
    """The problems of every person, in the order of the people."""
    return {person.id: problems_for(person, facts, on) for person in facts.people}


def _lacks_capacity(person: Person) -> bool:
    """16 and over: only a recorded no counts, capacity is presumed."""
    return person.capacity is False


def _nobody_can_agree(person: Person, on: date) -> bool:
    return person.adult_on(on) and _lacks_capacity(person)


def _decides_alone(person: Person, on: date) -> bool:
    if person.under_16_on(on):
        return person.competent is True
    return not _lacks_capacity(person)


def _by_somebody_who_decides(record: Consent, person: Person, on: date) -> bool:
    if _decides_alone(person, on):
        return record.given_by == "self"
    holder = record.given_by != "self" and record.parental_responsibility
    attorney = record.given_by == "attorney_or_deputy" and record.authority_evidenced
    if person.under_16_on(on):
        return holder
    if person.adult_on(on):
        return attorney
    return holder or attorney


def _wrong_hands(record: Consent, person: Person, on: date) -> ConsentProblem:
    """Records count, but none by somebody who decides: the first that fits the latest."""
    if person.under_16_on(on):
        if record.given_by == "self":
            return "not_judged_competent"
        if not record.parental_responsibility:
            return "no_parental_responsibility"
    elif record.given_by == "self":
        return "lacks_capacity"
    elif record.given_by == "attorney_or_deputy":
        return "authority_not_evidenced" if _lacks_capacity(person) else "capacity_not_lost"
    return "best_interests" if _nobody_can_agree(person, on) else "wrong_giver"


def _latest(records: Sequence[Consent]) -> Consent:
    found = records[0]
    for record in records[1:]:
        if record.on >= found.on:
            found = record
    return found


def _one_a_giver(records: Sequence[Consent], on: date) -> list[Consent]:
    """The latest of each giver, without a yes that has run out while another's remains."""
    by_giver: dict[str, list[Consent]] = {}
    for record in records:
        by_giver.setdefault(record.giver, []).append(record)
    latest = {id(_latest(of_one)) for of_one in by_giver.values()}
    # in the order of the list, so that "latest" among them still goes by it
    taken = [record for record in records if id(record) in latest]
    standing = [r for r in taken if r.status == "refused" or not _expired(r, on)]
    return standing or taken


def _joint(taken: Sequence[Consent], on: date) -> tuple[ConsentProblem, ...]:
    """What the records taken say together; the code stands alone."""
    refusing = [record for record in taken if record.covers.everything and _is_a_no(record, on)]
    if not refusing:
        return ()
    if len(refusing) < len(taken):
        return ("holders_disagree",)
    if any(record.status == "refused" for record in refusing):
        return ("refused",)
    return ("withdrawn",)


def _best_of(taken: Sequence[Consent], on: date) -> tuple[ConsentProblem, ...]:
    """None where one record is without a fault; else the faults of the latest."""
    if any(not _faults(record, on) for record in taken):
        return ()
    return _faults(_latest(taken), on)


def _is_a_no(record: Consent, on: date) -> bool:
    if record.status == "refused":
        return True
    return record.withdrawn_on is not None and record.withdrawn_on <= on


def _expired(record: Consent, on: date) -> bool:
    return record.until is not None and record.until < on


def _faults(record: Consent, on: date) -> tuple[ConsentProblem, ...]:
    if _is_a_no(record, on):  # about something else: the others were dealt with jointly
        return ("outside_scope",)
    found: list[ConsentProblem] = []
    if _expired(record, on):
        found.append("expired")
    if not record.informed >= FULLY_INFORMED:
        found.append("not_informed")
    if not record.consequences_explained:
        found.append("consequences_not_explained")
    if not record.freely_given:
        found.append("not_freely_given")
    if not record.understood:
        found.append("not_understood")
    if not record.covers.everything:
        found.append("outside_scope")
    return tuple(found)
