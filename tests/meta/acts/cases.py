"""Acts on cases: opened, shown to some, closed; who stands in, and when a place is closed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from infosharing.accounts.models import User
from infosharing.cases.domain import (
    closing,
    concluding,
    ending,
    keeping,
    noting,
    opening,
    recognising,
    retaining,
    standing_in,
)
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from infosharing.cases.models import RestrictedNote
from tests.factories import (
    a_case,
    a_stand_in,
    an_arrived_file,
    its_person,
)
from tests.meta.acts.table import Call, case_of, done, two_rows, writes
from tests.people import Cast


@writes(
    opening.open_case, "cases.opened", "cases.excluded", "cases.person_added", "cases.person_added"
)
def open_case(cast: Cast) -> Call:
    people = [NewPerson("Ife Adeyemi", born=date(2017, 4, 11)), NewPerson("Bo", age_band="adult")]
    return done(
        opening.open_case,
        cast.staff,
        organisation=cast.school,
        summary="Bruises",
        people=people,
        keep_from=[cast.dsl],
    )


@writes(opening.add_person, "cases.person_added")
def add_person(cast: Cast) -> Call:
    person = NewPerson("Bo", age_band="adult", part=Part.RELATIVE)
    return done(opening.add_person, cast.dsl, case=case_of(cast), person=person)


@writes(opening.join_person, "cases.person_joined")
def join_person(cast: Cast) -> Call:
    person = its_person(case_of(cast))
    return done(
        opening.join_person, cast.dsl, case=case_of(cast), person=person, part=Part.RELATIVE
    )


@writes(opening.name_on_case, "cases.named")
def name_on_case(cast: Cast) -> Call:
    return done(
        opening.name_on_case, cast.dsl, case=case_of(cast), user=cast.colleague, reason="Tutor"
    )


@writes(opening.exclude_from_case, "cases.excluded")
def exclude_from_case(cast: Cast) -> Call:
    return done(
        opening.exclude_from_case, cast.dsl, case=case_of(cast), user=cast.head, reason="Relative"
    )


@writes(opening.restrict_case, "cases.restricted")
def restrict_case(cast: Cast) -> Call:
    return done(opening.restrict_case, cast.dsl, case=case_of(cast))


@writes(ending.end_access, "cases.exclusion_ended")
def end_access(cast: Cast) -> Call:
    case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
    access = case.access.get(user=cast.dsl)
    return done(ending.end_access, cast.head, access=access, reason="Looked into")


@writes(ending.lift_restriction, "cases.opened_up")
def lift_restriction(cast: Cast) -> Call:
    case = case_of(cast)
    opening.restrict_case(case=case, by=cast.dsl, at=timezone.now())
    return done(ending.lift_restriction, cast.dsl, case=case, reason="Looked into")


@writes(retaining.say_how_long_kept, "cases.kept_for_said")
def say_how_long_kept(cast: Cast) -> Call:
    return done(retaining.say_how_long_kept, cast.admin, organisation=cast.school, words="Until 25")


@writes(recognising.say_same, "cases.person_joined", "cases.same_person_said")
def say_same(cast: Cast) -> Call:
    return done(recognising.say_same, cast.dsl, **two_rows(cast))


@writes(recognising.say_different, "cases.other_person_said")
def say_different(cast: Cast) -> Call:
    return done(recognising.say_different, cast.dsl, **two_rows(cast))


@writes(concluding.close_case, "cases.closed")
def close_case(cast: Cast) -> Call:
    return done(concluding.close_case, cast.dsl, case=case_of(cast), reason="She is safe")


@writes(concluding.reopen_case, "cases.reopened")
def reopen_case(cast: Cast) -> Call:
    case = case_of(cast)
    concluding.close_case(case=case, reason="She is safe", by=cast.dsl, at=timezone.now())
    return done(concluding.reopen_case, cast.dsl, case=case, reason="He is back")


def closed_days(cast: Cast) -> dict[str, Any]:
    return {
        "organisation": cast.school,
        "first_on": date(2026, 12, 21),
        "last_on": date(2026, 12, 31),
        "what": "Christmas holidays",
    }


@writes(standing_in.name_stand_in, "cases.stand_in_named")
def name_stand_in(cast: Cast) -> Call:
    today = timezone.localdate()
    return done(
        standing_in.name_stand_in,
        cast.dsl,
        organisation=cast.school,
        in_place_of=cast.dsl,
        deputy=cast.colleague,
        starts_on=today,
        ends_on=today + timedelta(days=4),
        why="Away on a course.",
    )


@writes(standing_in.end_stand_in, "cases.stand_in_ended")
def end_stand_in(cast: Cast) -> Call:
    return done(standing_in.end_stand_in, cast.dsl, stand_in=a_stand_in(cast))


@writes(closing.add_closure, "cases.closure_added")
def add_closure(cast: Cast) -> Call:
    return done(closing.add_closure, cast.admin, **closed_days(cast))


@writes(closing.remove_closure, "cases.closure_removed")
def remove_closure(cast: Cast) -> Call:
    closure = done(closing.add_closure, cast.admin, **closed_days(cast))()
    return done(closing.remove_closure, cast.admin, closure=closure)


@writes(noting.write_note, "cases.note_written")
def write_note(cast: Cast) -> Call:
    return done(noting.write_note, cast.dsl, case=case_of(cast), words="Her aunt rang.")


def note_of(cast: Cast, *readers: User) -> RestrictedNote:
    return noting.write_note(
        case=case_of(cast), words="Her aunt rang.", readers=readers, by=cast.dsl, at=timezone.now()
    )


@writes(noting.change_note, "cases.note_changed")
def change_note(cast: Cast) -> Call:
    note = note_of(cast)
    return done(noting.change_note, cast.dsl, note=note, words="Her uncle rang.", reason="Misheard")


@writes(noting.show_note, "cases.note_shown")
def show_note(cast: Cast) -> Call:
    return done(noting.show_note, cast.dsl, note=note_of(cast), user=cast.head)


@writes(noting.hide_note, "cases.note_hidden")
def hide_note(cast: Cast) -> Call:
    return done(noting.hide_note, cast.dsl, note=note_of(cast, cast.head), user=cast.head)


@writes(keeping.keep_document, "cases.document_kept")
def keep_document(cast: Cast) -> Call:
    case = a_case(by=cast.staff, organisation=cast.school)
    return done(
        keeping.keep_document, cast.staff, case=case, arrived=an_arrived_file(), what="A letter"
    )
