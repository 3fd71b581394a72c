"""What spans apps: what is somebody's to do (docs/map.md "Due"), and names for a history."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import (
    CharField,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localdate

from consent import due as consent
from consent.models import ConsentRecord
from decisions import due as decisions
from decisions.models import Decision, Request, SignedVersion
from infosharing.access import due as access
from infosharing.accounts.models import Membership, User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import REACHING_DOWN, acting_words, in_order, words
from infosharing.audit.protection import history_of, options_of
from infosharing.cases.due import Source, ToDo
from infosharing.cases.models import Case, Person
from infosharing.identifiers import spoken

LIMIT: Final = 100


def _sources(user: User, now: datetime) -> list[Source]:
    """Return what every app knows to be done, the most pressing kinds first: one line an app."""
    return [
        *decisions.sources(user, now),
        *consent.sources(user),
        *access.sources(user),
    ]


def to_do(user: User) -> ToDo:
    """Return what is a user's to do: the list, how much of each kind, and how much altogether.

    Of each at most ``LIMIT`` + 1, so that a page can say that there is more. No query at all for
    somebody who records nothing.
    """
    return ToDo(partial(_sources, user), standing(user).signature, LIMIT + 1)


# The field that tells a record from others of its kind, the first that its model has.
_CALLED: Final = ("name", "reference", "what", "matter", "number")


@dataclass(frozen=True)
class Actor:
    """Somebody who changed something."""

    name: str


@dataclass(frozen=True)
class Held:
    """A role held from a day until a day; for some days in somebody's place, or ended early."""

    role: str
    starts_on: date
    ends_on: date | None
    in_place_of: str = ""
    ended_at: datetime | None = None

    def at(self, moment: datetime) -> bool:
        """Return whether it was held at a moment (aware)."""
        day = localdate(moment)
        if self.ended_at is not None and moment > self.ended_at:
            return False
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True)
class Names:
    """What the records and people are called that history rows point at.

    ``users`` are by the id that history keeps, ``ids`` are names of the case by public id.
    """

    keys: Mapping[tuple[type[Model], Any], str]
    ids: Mapping[str, str]
    users: Mapping[str, Actor]
    held: Mapping[str, list["Held"]]

    def of(self, model: Any, key: Any) -> str:
        """Return what the record with this key is called; "" where it has no name of its own."""
        return "" if key is None else self.keys.get((model, key), "")

    def roles(self, actor: str, at: datetime) -> list[str]:
        """Return the roles somebody held where the case is at a moment (aware), in words.

        With whose place they took, if somebody's.
        """
        found = [one for one in self.held.get(actor, []) if one.at(at)]
        own = in_order(one.role for one in found if not one.in_place_of)
        others = [one for one in found if one.in_place_of]
        return [words(role) for role in own] + [
            acting_words(one.role, one.in_place_of) for one in others
        ]


def names_for(
    case: Case,
    keys: Mapping[type[Model], Set[Any]],
    ids: Set[str],
    *,
    actors: Set[str],
    then: datetime | None = None,
) -> Names:
    """Return names for what is pointed at by key or by id; two queries.

    With ``then`` (aware) everything is called what it was called at that moment.

    People are named if they are in the case, and what was typed is named if it belongs to the
    case: an id of another case that somebody typed in names nothing.
    """
    selects = []
    models: list[type[Model]] = [User, Person, *([ConsentRecord] if ids else [])]
    models += [one for one in keys if one not in models]
    for number, model in enumerate(models):
        wanted = Q(pk__in=keys.get(model, set()))
        if model is User:
            wanted |= Q(public_id__in=actors)
        elif model is Person:
            wanted = (wanted | Q(public_id__in=ids)) & Q(parts__case=case)
        elif model is ConsentRecord:
            wanted |= Q(public_id__in=ids, case=case)
        fields = {one.name for one in options_of(model).concrete_fields}
        called = next((name for name in _CALLED if name in fields), "")
        if not called:
            continue
        ident: Any = F("public_id") if "public_id" in fields else Value("")
        selects.append(
            model._default_manager.filter(wanted)  # noqa: SLF001 - Django's documented way
            .order_by()
            .annotate(
                name_model=Value(number, output_field=IntegerField()),
                name_key=F("pk"),
                name_id=Cast(ident, CharField(max_length=22)),
                name_text=Cast(_name(model, called, then), TextField()),
            )
            .values_list("name_model", "name_key", "name_id", "name_text")
        )
    found: dict[tuple[type[Model], Any], str] = {}
    by_id: dict[str, str] = {}
    users: dict[str, Actor] = {}
    for number, key, ident, text in selects[0].union(*selects[1:], all=True):
        model = models[number]
        found[(model, key)] = _called(model, text)
        if model is User:
            users[ident] = Actor(text)
        else:
            by_id[ident] = found[(model, key)]
    return Names(keys=found, ids=by_id, users=users, held=_held(case, actors))


def _name(model: type[Model], called: str, then: datetime | None) -> Any:
    past: Any = history_of(model) if then else None
    if past is None:
        return F(called)
    rows = past._default_manager.filter(  # noqa: SLF001 - as above
        history_date__lte=then, **{options_of(model).pk.attname: OuterRef("pk")}
    ).order_by("-history_date", "-history_id")
    return Coalesce(Subquery(rows.values(called)[:1]), F(called))


def names_of_things(case: Case, ids: Set[str]) -> dict[str, str]:
    """Return what requests and decisions of a case are called, by their public ids; one query."""
    if not ids:
        return {}
    found = [
        model._default_manager.filter(case=case, public_id__in=ids)  # noqa: SLF001 - as above
        .order_by()
        .values_list("public_id", "reference", Value(words, CharField()))
        for model, words in ((Request, "Request"), (Decision, "Decision"))
    ]
    rows = found[0].union(*found[1:], all=True)
    return {ident: f"{words} {spoken(reference)}" for ident, reference, words in rows}


def _called(model: type[Model], text: str) -> str:
    fields = {one.name for one in options_of(model).concrete_fields}
    if "name" not in fields and "reference" in fields:
        return spoken(text)
    if text.isdigit():
        return f"Version {text}" if model is SignedVersion else f"Number {text}"
    return text


def _held(case: Case, actors: Set[str]) -> dict[str, list[Held]]:
    trust = Q(organisation=case.organisation.parent_id, role__in=REACHING_DOWN)
    rows = Membership.objects.filter(
        Q(organisation=case.organisation_id) | trust, user__public_id__in=actors
    ).values_list(
        "user__public_id",
        "role",
        "starts_on",
        Coalesce("stand_in__ends_on", "ends_on"),
        Coalesce("in_place_of__name", Value("")),
        "stand_in__ended_at",
    )
    held: dict[str, list[Held]] = {}
    for actor, *rest in rows:
        held.setdefault(actor, []).append(Held(*rest))
    return held
