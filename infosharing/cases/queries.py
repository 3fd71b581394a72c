"""The only doors to cases and people (docs/map.md; design.md "People and who sees what")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Case as Choose
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Value, When

from infosharing.accounts.models import Membership, Organisation, User
from infosharing.accounts.queries import members_of, standing, today
from infosharing.accounts.roles import LEADING, OVERSEEING, REACHING_DOWN, RECORDING, Role
from infosharing.cases.enums import AccessKind, Part
from infosharing.cases.matching import Described, what_fits
from infosharing.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    Closure,
    Contact,
    ContactDetail,
    Document,
    KeptFor,
    Person,
    SamePerson,
)
from infosharing.search.walking import at_places, row_by_row
from infosharing.workdays.clock import WorkingDays

WORKING = RECORDING | {Role.AUDITOR}


def _listed(user: Any, kind: AccessKind) -> QuerySet[CaseAccess, Any]:
    return CaseAccess.objects.filter(user=user, kind=kind, ended_at=None).values("case")


def visible_filter(user: User, path: str = "", *, walked: bool = False) -> tuple[Q, Q]:
    """Return what to filter by and what to exclude so that only visible cases are left.

    ``path`` is the way from the model asked to its case, such as ``case__``. ``walked``: it is for
    a list, of which a part is shown; then no more cases are read than rows. Restriction and
    exclusion are in it from the first query: exclusion beats every role, a restricted case is
    seen only by those named on it, and nobody keeps access after their membership has ended.
    Whoever stands in for somebody sees by that no more than they do.
    """
    stand = standing(user)
    overseen = [o.pk for o in stand.organisations_with(OVERSEEING, own=True)]
    reached = [o.pk for o in stand.organisations_with(WORKING)]
    key = path.removesuffix("__") or "pk"
    kept_from = Q(**{f"{key}__in": _listed(user, AccessKind.EXCLUDED)})
    if path and len(overseen) > 1 and (walked or connection.vendor == "sqlite"):
        # So that it begins with what is asked for and not with all the cases.
        seen, _ = visible_filter(user)
        return row_by_row(Case.objects.filter(seen, pk=OuterRef(key))), kept_from
    place, unrestricted = f"{path}organisation_id", Q(**{f"{path}restricted": False})
    named = Q(**{f"{key}__in": _listed(user, AccessKind.NAMED)})
    seen = (at_places(place, overseen) & unrestricted) | (at_places(place, reached) & named)
    for other in stand.stands_in_for:
        held = stand.organisations_with(OVERSEEING, standing_in=other)
        places = [one.pk for one in held if one.pk not in overseen]
        if places:
            kept = Q(**{f"{key}__in": _listed(other, AccessKind.EXCLUDED)})
            seen |= at_places(place, places) & unrestricted & ~kept
    return seen, kept_from


def visible_cases(user: User) -> QuerySet[Case]:
    """Return the cases a user may see; none for somebody without a current role."""
    if not standing(user).has(WORKING):
        return Case.objects.none()
    seen, kept_from = visible_filter(user)
    return Case.objects.filter(seen).exclude(kept_from)


def visible_people(user: User) -> QuerySet[Person]:
    """Return the people found through cases the user may see, and nobody else."""
    return Person.objects.filter(parts__case__in=visible_cases(user)).distinct()


@dataclass
class Alike:
    """Somebody recorded who may be the person typed: why, and their visible cases."""

    person: Person
    why: list[str]
    cases: list[Case]


def alike(
    user: User, organisation: Organisation, typed: Described, *, not_in: Case | None = None
) -> list[Alike]:
    """Return who may be the person typed, among those in cases the user may see; one query.

    Nobody is found through a case the user may not see, so the answer is the same whether such a
    person exists or not. ``not_in`` leaves out those who are in that case already. At most ten,
    those with most in common first.
    """
    rows = (
        CasePerson.objects.filter(case__in=visible_cases(user), person__organisation=organisation)
        .select_related("person", "case")
        .order_by("person__name", "person_id", "-case_id")
    )
    found: dict[int, Alike] = {}
    left_out = set()
    for row in rows:
        person = row.person
        if not_in is not None and row.case_id == not_in.pk:
            left_out.add(person.pk)
        known = found.get(person.pk)
        if known is None:
            known = found[person.pk] = Alike(person, what_fits(typed, _described(person)), [])
        known.cases.append(row.case)
    fitting = [one for key, one in found.items() if one.why and key not in left_out]
    return sorted(fitting, key=lambda one: -len(one.why))[:10]


def alike_to_those_in(user: User, case: Case) -> list[tuple[Person, list[Alike]]]:
    """Return each person a case is about with whom they may be, from other visible cases.

    Nobody is found through a case the user may not see. Left out is who is in the case already,
    and whom somebody has said it is or is not. Two queries.
    """
    said = set(SamePerson.objects.filter(case=case).values_list("person_id", "known_id"))
    rows = list(
        CasePerson.objects.filter(
            case__in=visible_cases(user), person__organisation=case.organisation_id
        )
        .exclude(part=Part.DOUBLE)
        .select_related("person", "case")
        .order_by("person__name", "person_id", "-case_id")
    )
    here = {row.person_id for row in rows if row.case_id == case.pk}
    found = []
    for mine in rows:
        if mine.case_id != case.pk or mine.part != Part.SUBJECT:
            continue
        others: dict[int, Alike] = {}
        for row in rows:
            if row.person_id in here or (mine.person_id, row.person_id) in said:
                continue
            if row.person_id not in others:
                why = what_fits(_described(mine.person), _described(row.person))
                others[row.person_id] = Alike(row.person, why, [])
            others[row.person_id].cases.append(row.case)
        fitting = sorted((one for one in others.values() if one.why), key=lambda one: -len(one.why))
        if fitting:
            found.append((mine.person, fitting[:10]))
    return found


def _described(person: Person) -> Described:
    return Described(person.name, person.preferred_name, person.born, person.upn)


def known_as(case: Case, person: Person) -> Person | None:
    """Return who somebody recorded twice in a case is; None for anybody else; one query."""
    last: dict[int, SamePerson] = {}
    for row in case.same_people.filter(person=person).select_related("known").order_by("id"):
        last[row.known_id] = row
    return next((row.known for row in last.values() if row.same), None)


def known_ids(case: Case) -> dict[str, str]:
    """Return by whose public id the doubles of a case are known, by their own; one query."""
    rows = SamePerson.objects.filter(case=case).order_by("id")
    last: dict[tuple[str, str], bool] = {}
    for person, known, same in rows.values_list("person__public_id", "known__public_id", "same"):
        last[(person, known)] = same
    return {person: known for (person, known), same in last.items() if same}


def people_in(case: Case, **also: Any) -> list[CasePerson]:
    """Return the parts of a case with their people, the person it is about first; one query.

    ``also`` are expressions to annotate the parts with.
    """
    parts = case.parts.select_related("person").annotate(**also).order_by("id")
    return sorted(parts, key=lambda part: part.part != "subject")


def visible_documents(user: User) -> QuerySet[Document]:
    """Return the documents of the cases a user may see."""
    if not standing(user).has(WORKING):
        return Document.objects.none()
    seen, kept_from = visible_filter(user, "case__")
    return Document.objects.filter(seen).exclude(kept_from)


def documents_in(case: Case) -> list[Document]:
    """Return the documents of a case that was fetched through its door, newest first; one query."""
    return list(case.documents.order_by("-id"))


def access_to(case: Case) -> list[CaseAccess]:
    """Return who is named on a case and who is kept from it now, with users; one query."""
    current = case.access.filter(ended_at=None)
    return list(current.select_related("user", "given_by").order_by("id"))


def access_ever(case: Case) -> list[CaseAccess]:
    """Return who is and who was named on a case or kept from it, by when it began; one query."""
    return list(case.access.select_related("user", "given_by", "ended_by").order_by("id"))


def people_of(case: Case) -> QuerySet[Person]:
    """Return the people who have a part in a case that was fetched through its door."""
    return Person.objects.filter(parts__case=case)


def with_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases with parts and people prefetched, for lists."""
    # By case first: for an order by key alone SQLite walks through the whole table.
    parts = CasePerson.objects.select_related("person").order_by("case_id", "id")
    return cases.prefetch_related(Prefetch("parts", queryset=parts))


def names_in(cases: Iterable[int]) -> dict[int, str]:
    """Return the names of the people whom cases are about, by the key of the case; one query.

    For lists of what the user may see: the caller has asked ``visible_cases`` or a door.
    """
    found: dict[int, list[str]] = {}
    rows = CasePerson.objects.filter(case__in=set(cases), part=Part.SUBJECT)
    for case, name in rows.order_by("case_id", "id").values_list("case_id", "person__name"):
        found.setdefault(case, []).append(name)
    return {case: ", ".join(names) for case, names in found.items()}


def places_to_record(user: User) -> list[Organisation]:
    """Return the organisations in which a user may open a case: own memberships only."""
    return [
        membership.organisation
        for membership in {
            m.organisation_id: m for m in standing(user).memberships if m.role in RECORDING
        }.values()
    ]


@dataclass(frozen=True)
class Colleague:
    """Somebody who could be named on, or kept from, a case of an organisation."""

    user: User
    roles: tuple[Role, ...]
    # Without those held for some days in somebody's place.
    lasting: tuple[Role, ...] = ()


def colleagues(organisation: Organisation) -> list[Colleague]:
    """Return who meets cases of an organisation, its trust's people who reach down too, by name.

    One query. Administrators are left out: they see no case.
    """
    memberships = (
        Membership.objects.on(today())
        .filter(user__is_active=True)
        .filter(
            Q(organisation=organisation, role__in=WORKING)
            | Q(organisation=organisation.parent_id, role__in=REACHING_DOWN & WORKING)
        )
        .select_related("user")
        .order_by("user__name", "user_id", "id")
    )
    found: dict[int, tuple[User, set[str], set[str]]] = {}
    for membership in memberships:
        one = found.setdefault(membership.user_id, (membership.user, set(), set()))
        one[1].add(membership.role)
        if membership.in_place_of_id is None:
            one[2].add(membership.role)
    return [
        Colleague(
            user,
            tuple(role for role in Role if role in held),
            tuple(role for role in Role if role in lasting),
        )
        for user, held, lasting in found.values()
    ]


def leads_of(organisation: Organisation) -> list[User]:
    """Return who leads on the cases of an organisation, from its trust too; one query.

    Not those who only stand in for somebody: it would end by itself, and leave nobody.
    """
    return [one.user for one in colleagues(organisation) if LEADING.intersection(one.lasting)]


def leads_to_stand_in_for(organisation: Organisation) -> list[User]:
    """Return the safeguarding leads of a place, by name; one query."""
    return [one.user for one in members_of(organisation, {Role.DSL}, today())]


def people_to_stand_in(
    organisation: Organisation, in_place_of: User | None, by: User
) -> list[User]:
    """Return who could stand in for a lead of a place, each once, by name; one query.

    Whoever records there in their own right, but neither the lead nor who names them.
    """
    found = {
        one.user_id: one.user
        for one in members_of(organisation, RECORDING, today())
        if one.in_place_of_id is None and one.user_id != by.pk and one.user != in_place_of
    }
    return list(found.values())


def leads_seeing(case: Case, current: Iterable[CaseAccess], leads: Iterable[User]) -> list[User]:
    """Return which of the leads see a case, and so can open it to others.

    ``current`` is what ``access_to`` gives, ``leads`` what ``leads_of`` does.
    """
    current = list(current)
    named = {one.user_id for one in current if one.kind == AccessKind.NAMED}
    kept = {one.user_id for one in current if one.kind == AccessKind.EXCLUDED}
    return [
        user for user in leads if user.pk not in kept and (user.pk in named or not case.restricted)
    ]


def case_as_it_is(case: Case, by: User) -> Case:
    """Return a case as it stands now, locked until the act ends: two changes wait for each other.

    :raises PermissionDenied: for somebody who does not see it any more.
    """
    current = Case.objects.select_for_update().get(pk=case.pk)
    if not visible_cases(by).filter(pk=case.pk).exists():
        raise PermissionDenied("You do not see this case any more.")
    current.organisation = case.organisation
    return current


def nobody_left(case: Case, *, without: User) -> str:
    """Return why a case cannot do without somebody: nobody could open it to others; else nothing.

    An only lead may be kept from a case that is not restricted: whoever is given the role next
    sees it.
    """
    current, leads = access_to(case), leads_of(case.organisation)
    before = {user.pk for user in leads_seeing(case, current, leads)}
    left = before - {without.pk}
    if before and not left and (case.restricted or len(leads) > 1):
        return (
            "This is the last person who leads on the case and can open it to others again. "
            "Bring another lead in first."
        )
    named = {one.user_id for one in current if one.kind == AccessKind.NAMED}
    if not left and not named - {without.pk}:
        return "Nobody would see the case any more. Bring somebody else in first."
    return ""


def closures_of(organisation: Organisation) -> QuerySet[Closure]:
    """Return the days on which nobody is at work at a place, the earliest first."""
    rows = Closure.objects.filter(organisation=organisation, removed_at=None)
    return rows.select_related("added_by").order_by("first_on", "id")


def kept_for_ever_said(organisation: Organisation) -> QuerySet[KeptFor]:
    """Return what a place said about how long it keeps records, the latest first."""
    return (
        KeptFor.objects.filter(organisation=organisation).select_related("set_by").order_by("-id")
    )


def kept_for(organisation: Organisation) -> str:
    """Return how long a place keeps records, in its own words or its trust's; one query.

    Empty where neither has said it.
    """
    places = [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
    own = Choose(When(organisation=organisation.pk, then=Value(0)), default=Value(1))
    rows = KeptFor.objects.filter(organisation__in=places).order_by(own, "-id")
    return rows.values_list("words", flat=True).first() or ""


def working_days_at(organisations: Iterable[int]) -> dict[int, WorkingDays]:
    """Return the working days of places, by their keys; one query, none for no place."""
    wanted = set(organisations)
    spans: dict[int, list[tuple[date, date]]] = {key: [] for key in wanted}
    if wanted:
        rows = Closure.objects.filter(organisation__in=wanted, removed_at=None)
        for key, first, last in rows.values_list("organisation_id", "first_on", "last_on"):
            spans[key].append((first, last))
    return {key: WorkingDays.closed_on(found) for key, found in spans.items()}


def working_days(organisation_id: int) -> WorkingDays:
    """Return the working days of one place; one query."""
    return working_days_at([organisation_id])[organisation_id]


# Contacts


def visible_contacts(user: User) -> QuerySet[Contact]:
    """Return the contacts of the organisations in which a user records."""
    reached = [o.pk for o in standing(user).organisations_with(RECORDING)]
    return Contact.objects.filter(organisation__in=reached).select_related("organisation")


def contacts_with_details(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Return contacts by name, those still used first, with numbers and addresses prefetched."""
    details = ContactDetail.objects.order_by("id")
    return contacts.order_by(F("ended_at").asc(nulls_first=True), "name", "id").prefetch_related(
        Prefetch("details", queryset=details)
    )


def current_details(organisation_id: int) -> list[ContactDetail]:
    """Return the numbers and addresses in use of an organisation's contacts; one query."""
    rows = ContactDetail.objects.filter(
        contact__organisation=organisation_id, contact__ended_at=None, superseded_at=None
    )
    return list(rows.select_related("contact").order_by("contact__name", "contact", "id"))
