"""What is known of a person, in words: the same on the case page, beside a draft, on the record."""

from collections.abc import Iterator
from datetime import date

from infosharing.cases.documents import checksum_words, document_words
from infosharing.cases.enums import AgeBand, HeardHow, Holds, OrderKind, Whose
from infosharing.cases.knowledge import Known
from infosharing.cases.models import (
    CourtOrder,
    Judgement,
    Person,
    Protection,
    Responsibility,
    ViewHeard,
)
from infosharing.guidance.facts import age_on
from infosharing.journeys.templatetags.british import british_date

YES_NO = {True: "Yes", False: "No"}
# The separate answers of a judgement, in the order they are asked (domain.md section 3).
ANSWERS = (
    ("understands", "Understands what it is about"),
    ("retains", "Can keep it in mind"),
    ("weighs", "Can weigh it up"),
    ("communicates", "Can say what they decide"),
    ("own_view", "Their own view, free from pressure"),
    ("impairment", "Something affects how their mind or brain works"),
    ("because_of_impairment", "That is why they cannot do one of these things"),
)

Line = tuple[str, str, str]


def age_words(person: Person, on: date) -> str:
    """Return how old somebody is on a day: years, or months for a baby; or what is known."""
    if not person.born:
        return _about(person, on)
    born = british_date(person.born)
    years = age_on(person.born, on)
    if years >= 2:
        return f"{years} years old, born {born}"
    months = (on.year - person.born.year) * 12 + on.month - person.born.month
    months -= on.day < person.born.day
    if months < 1:
        return f"Less than a month old, born {born}"
    return f"{months} month{'' if months == 1 else 's'} old, born {born}"


def _about(person: Person, on: date) -> str:
    if person.about_age is not None and person.about_age_on is not None:
        years = person.about_age + age_on(person.about_age_on, on)
        said = f"said on {british_date(person.about_age_on)}"
        return f"About {years} years old ({said}), date of birth not known"
    band = str(AgeBand(person.age_band).label)
    return band if person.age_band == AgeBand.UNBORN else f"{band}, date of birth not known"


def protection_words(protection: Protection) -> str:
    """Return whom details must not reach, and why, on one line."""
    shown = " Shown only to those named on the case." if protection.named_only else ""
    return f"Not to reach {protection.from_whom}. {protection.why}{shown}"


def order_words(order: CourtOrder) -> str:
    """Return a court order on one line."""
    facts = [
        str(OrderKind(order.kind).label),
        order.court,
        f"made on {british_date(order.made_on)}" if order.made_on else "",
        f"holds until {british_date(order.ends_on)}" if order.ends_on else "",
    ]
    return f"{', '.join(filter(None, facts))}: {order.says}"


def holder_words(held: Responsibility) -> str:
    """Return who holds parental responsibility, and what shows it, on one line."""
    who = ", ".join(filter(None, [held.holder, held.relationship]))
    shown = held.evidence
    if held.seen_on:
        shown += f" (seen on {british_date(held.seen_on)} by {held.seen_by})"
    return f"{who}: {Holds(held.holds).label.lower()}{'. ' if shown else ''}{shown.strip()}"


def shown_by(row: Responsibility | CourtOrder | Judgement) -> str:
    """Return which document of the case shows it, with its checksum; nothing where none does."""
    if row.document is None:
        return ""
    return f"{document_words(row.document)}, {checksum_words(row.document)}"


def with_document(words: str, row: Responsibility | CourtOrder) -> str:
    """Return what is known on one line, with the document of the case that shows it."""
    if row.document is None:
        return words
    return f"{words.rstrip('.')}. Document: {document_words(row.document)}"


def view_words(view: ViewHeard) -> str:
    """Return what somebody thinks, in their words, with when and how it was heard."""
    how = str(HeardHow(view.how).label)
    who = f"{view.said_by} ({Whose(view.whose).label.lower()})"
    return f"{who}: “{view.words}” {how}, on {british_date(view.said_on)}; heard by {view.heard_by}"


def answers_of(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Return the separate answers of a judgement; none of one from before they were kept."""
    if judgement.support:
        yield "What was done to help them decide", judgement.support
    for name, label in ANSWERS:
        answer = getattr(judgement, name)
        if answer is not None:
            also = f": {judgement.impairment_what}" if name == "impairment" and answer else ""
            yield label, YES_NO[answer] + also


def lines_of(known: Known, person: Person) -> Iterator[Line]:
    """Return what is known of a person as (label, value, note), warnings first."""
    for protection in known.of(known.protections, person):
        yield "Details must not reach", protection.from_whom, protection.why
    for held in known.of(known.responsibilities, person):
        yield "Parental responsibility", holder_words(held), shown_by(held)
    for order in known.of(known.orders, person):
        yield "Court order", order_words(order), shown_by(order)
    for view in known.of(known.views, person):
        yield "What they think of it", view_words(view), ""
