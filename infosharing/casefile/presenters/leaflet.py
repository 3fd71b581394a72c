"""The leaflet for the person: what, to whom, why, how long kept, how to withdraw (R22, R31, R59).

Made of the question as it was put, or of the yes as it was said, and of nothing else: no other
person's details, nothing of the case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consent.models import ConsentRecord, ConsentStep
from consent.presenters import until_words
from infosharing.cases.models import Person
from infosharing.cases.names import names_in_words
from infosharing.journeys.templatetags.british import british_date


@dataclass(frozen=True)
class Leaflet:
    """What the leaflet says; ``agreed_on`` is set on a copy of what was agreed, without a form."""

    reference: str
    organisation: str
    about: str
    asked: str
    themselves: bool
    information: str
    recipients: list[str]
    purpose: str
    onward: str
    if_yes: str
    if_no: str
    until: str
    kept: str
    contact: str
    limits: str = ""
    agreed_on: str = ""

    @property
    def words(self) -> str:
        """Everything that was typed for it."""
        typed = (self.information, *self.recipients, self.purpose, self.onward, self.if_yes)
        return "\n".join([*typed, self.if_no, self.kept, self.contact, self.limits])


def kept_words(organisation: str) -> str:
    """Return what is honest to say while nobody has said how long it is kept."""
    return f"As long as the retention policy of {organisation} says. Ask us for a copy."


def _until(day: date | None) -> str:
    again = "After that" if day else "For anything else"
    return f"{until_words(day)}. {again} we ask you again."


def of_question(step: ConsentStep, kept_for: str = "") -> Leaflet:
    """Return the leaflet of a question, to be read and signed.

    ``kept_for`` is what the place says of how long it keeps records, where nobody typed it.
    """
    organisation = step.case.organisation.name
    return Leaflet(
        reference=step.spoken_reference,
        organisation=organisation,
        about=step.person.name,
        asked=step.whom,
        themselves=step.standing == "self",
        information=step.scope_information,
        recipients=_lines(step.scope_recipients),
        purpose=step.scope_purpose,
        onward=step.onward,
        if_yes=step.if_yes,
        if_no=step.if_no,
        until=_until(step.until),
        kept=step.kept or kept_for or kept_words(organisation),
        contact=step.contact,
    )


def of_yes(consent: ConsentRecord, kept_for: str = "") -> Leaflet:
    """Return a copy of what was agreed, with what the question told them where there was one.

    ``kept_for`` is as for ``of_question``.
    """
    organisation = consent.case.organisation.name
    asked = consent.asked
    return Leaflet(
        reference=consent.spoken_reference,
        organisation=organisation,
        about=consent.person.name,
        asked=consent.giver,
        themselves=consent.given_by == "self",
        information=consent.scope_information,
        recipients=consent.recipients,
        purpose=consent.scope_purpose,
        onward=asked.onward if asked else "",
        if_yes=asked.if_yes if asked else "",
        if_no=asked.if_no if asked else "",
        until=_until(consent.until),
        kept=(asked.kept if asked else "") or kept_for or kept_words(organisation),
        contact=(asked.contact if asked else "") or f"{consent.taken_by}, {organisation}",
        limits=consent.limits,
        agreed_on=british_date(consent.said_on),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def others_named(leaflet: Leaflet, people: Iterable[Person]) -> list[str]:
    """Return the people of the case, beside whom it is about and whoever is asked, named in it."""
    meant = (leaflet.about, leaflet.asked)
    others = [person for person in people if person.name not in meant]
    return names_in_words(leaflet.words, others, but=meant)
