"""What happened to a case itself, for its one chronology (R2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.timezone import localdate

from infosharing.accounts.models import User
from infosharing.cases.enums import AccessKind, Holds, JudgementKind, Part
from infosharing.cases.models import Case, CaseAccess, CasePerson, Judgement, Responsibility
from infosharing.cases.permissions import user_knows_who_is_kept_from


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened: when, when it was recorded and by whom, what, and where it stands.

    ``happened_words`` is the time of day as remembered; ``url`` is empty where the case page is
    the place. ``words`` begin with words of ours, not with a name, so that a name written from
    right to left does not turn the line.
    """

    happened_on: date
    recorded_at: datetime
    kind: str
    happened_words: str = ""
    words: str = ""
    by: str = ""
    url: str = ""


def in_order(*lists: Iterable[Entry]) -> list[Entry]:
    """Return entries of several apps as one chronology: as it happened, then as recorded."""
    entries = [entry for entries in lists for entry in entries]
    return sorted(entries, key=lambda entry: (entry.happened_on, entry.recorded_at))


def fetch(case: Case) -> None:
    """Fetch everything the chronology reads and keep it on ``case``: five queries, once."""
    prefetch_related_objects(
        [case],
        "opened_by",
        Prefetch("parts", CasePerson.objects.select_related("person", "added_by").order_by("id")),
        Prefetch(
            "parts__person__responsibilities",
            Responsibility.objects.select_related("recorded_by").order_by("id"),
        ),
        Prefetch("access", CaseAccess.objects.select_related("user", "given_by").order_by("id")),
        Prefetch(
            "judgements",
            Judgement.objects.select_related("person", "recorded_by").order_by("judged_on", "id"),
        ),
    )


def entries(case: Case, user: User) -> list[Entry]:
    """Return what happened to the case: opened, people, access, judgements.

    Who is kept from it is told only to those who may know.
    """
    fetch(case)
    opened = Entry(
        happened_on=localdate(case.opened_at),
        recorded_at=case.opened_at,
        kind="Case opened",
        words=case.summary,
        by=case.opened_by.name,
    )
    return [opened, *_people(case), *_access(case, user), *_judgements(case)]


def _people(case: Case) -> list[Entry]:
    found = []
    for part in case.parts.all():
        found.append(
            Entry(
                happened_on=localdate(part.added_at),
                recorded_at=part.added_at,
                kind="Person added to the case",
                words=f"{Part(part.part).label}: {part.person.name}.",
                by=part.added_by.name,
            )
        )
        found += [
            Entry(
                happened_on=localdate(held.recorded_at),
                recorded_at=held.recorded_at,
                kind="Parental responsibility recorded",
                words=f"Of {held.holder}, for {part.person.name}: {Holds(held.holds).label}.",
                by=held.recorded_by.name,
            )
            for held in part.person.responsibilities.all()
        ]
    return found


def _access(case: Case, user: User) -> list[Entry]:
    told = user_knows_who_is_kept_from(user, case)
    return [
        Entry(
            happened_on=localdate(access.given_at),
            recorded_at=access.given_at,
            kind=str(AccessKind(access.kind).label),
            words=f"Colleague: {access.user.name}. {access.reason}".strip(),
            by=access.given_by.name,
        )
        for access in case.access.all()
        if told or access.kind == AccessKind.NAMED
    ]


def _judgements(case: Case) -> list[Entry]:
    found = []
    for judgement in case.judgements.all():
        able = "able" if judgement.able else "not able"
        kind = JudgementKind(judgement.kind)
        found.append(
            Entry(
                happened_on=judgement.judged_on,
                recorded_at=judgement.recorded_at,
                kind=f"{kind.name.capitalize()} judged",
                words=f"About {judgement.person.name}: {able} to decide this. {judgement.matter}",
                by=judgement.recorded_by.name,
            )
        )
    return found
