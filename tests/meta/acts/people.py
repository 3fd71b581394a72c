"""Acts on what is known of people, of what they said about sharing, and of contacts."""

from datetime import date, timedelta

from django.utils import timezone

from consent.domain import asking, recording
from consent.enums import How, Step
from infosharing.cases.domain import (
    contacts,
    hearing,
    knowing,
)
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import ContactKind, Holds, JudgementKind, OrderKind
from tests.factories import (
    a_consent,
    a_continuing_consent,
    a_protection,
    an_arrived_file,
    its_person,
    what_they_think,
    what_was_said,
)
from tests.meta.acts.table import Call, case_of, done, writes
from tests.people import Cast


@writes(knowing.change_person, "cases.person_changed")
def change_person(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.change_person,
        cast.dsl,
        case=case,
        person=its_person(case),
        details=NewPerson(name="Ife Adeyemi-Cole", born=date(2017, 4, 12)),
        reason="The birth certificate says so",
    )


@writes(knowing.record_responsibility, "cases.responsibility_recorded")
def record_responsibility(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.record_responsibility,
        cast.dsl,
        case=case,
        person=its_person(case),
        holder="Mother",
        relationship="Mother",
        holds=Holds.YES,
        evidence="",
    )


@writes(knowing.record_judgement, "cases.judgement_recorded")
def record_judgement(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.record_judgement,
        cast.dsl,
        case=case,
        person=its_person(case),
        kind=JudgementKind.COMPETENCE,
        matter="This referral",
        able=True,
        reasons="Explains it in her own words",
        judged_on=timezone.localdate(),
        judged_by="Two teachers",
    )


@writes(recording.record_consent, "consent.recorded")
def record_consent(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        recording.record_consent,
        cast.dsl,
        case=case,
        person=its_person(case),
        said=what_was_said(),
    )


@writes(recording.withdraw_consent, "consent.withdrawn")
def withdraw_consent(cast: Cast) -> Call:
    return done(
        recording.withdraw_consent,
        cast.dsl,
        consent=a_consent(case=case_of(cast), by=cast.dsl),
        withdrawn_on=timezone.localdate(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="",
    )


@writes(asking.record_step, "consent.step_recorded")
def record_step(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        asking.record_step,
        cast.dsl,
        case=case,
        person=its_person(case),
        kind=Step.NOT_SOUGHT,
        happened_on=timezone.localdate(),
        words="It would be shared in any case.",
    )


@writes(asking.narrow_consent, "consent.narrowed")
def narrow_consent(cast: Cast) -> Call:
    return done(
        asking.narrow_consent,
        cast.dsl,
        consent=a_consent(case=case_of(cast), by=cast.dsl),
        happened_on=timezone.localdate(),
        whom="Mother",
        how=How.TELEPHONE,
        recipients="The nurse",
        information="",
        words="",
    )


@writes(asking.review_consent, "consent.reviewed")
def review_consent(cast: Cast) -> Call:
    return done(
        asking.review_consent,
        cast.dsl,
        consent=a_continuing_consent(case=case_of(cast), by=cast.dsl),
        happened_on=timezone.localdate(),
        words="She says that it still stands.",
        again_on=timezone.localdate() + timedelta(days=90),
    )


FOUND = contacts.Found(
    kind=ContactKind.EMAIL,
    value="jo.hart@northfield.example",
    source="Their letter of 3 November",
    found_on=date(2026, 11, 3),
    found_by="Dilys Morgan",
)


@writes(contacts.add_contact, "cases.contact_added")
def add_contact(cast: Cast) -> Call:
    return done(
        contacts.add_contact,
        cast.dsl,
        organisation=cast.school,
        name="Jo Hart",
        role="",
        agency="",
        found=FOUND,
    )


@writes(contacts.change_contact, "cases.contact_changed")
def change_contact(cast: Cast) -> Call:
    return done(
        contacts.change_contact,
        cast.dsl,
        contact=add_contact(cast)(),
        name="Jo Hart",
        role="Manager",
        agency="",
        used=True,
        reason="Promoted",
    )


@writes(contacts.add_detail, "cases.contact_detail_added")
def add_detail(cast: Cast) -> Call:
    contact = add_contact(cast)()
    return done(
        contacts.add_detail,
        cast.dsl,
        contact=contact,
        found=FOUND,
        in_place_of=contact.details.get(),
        because="She moved office",
    )


@writes(hearing.protect_person, "cases.person_protected")
def protect_person(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.protect_person,
        cast.dsl,
        case=case,
        person=its_person(case),
        from_whom="Her father",
        why="He threatens her",
    )


@writes(hearing.end_protection, "cases.protection_ended")
def end_protection(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.end_protection,
        cast.dsl,
        case=case,
        protection=a_protection(case=case, by=cast.dsl),
        reason="He has died",
    )


@writes(hearing.record_court_order, "cases.document_kept", "cases.court_order_recorded")
def record_court_order(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.record_court_order,
        cast.dsl,
        case=case,
        person=its_person(case),
        order=hearing.Order(kind=OrderKind.CARE, says="The council shares responsibility"),
        arrived=an_arrived_file(),
    )


@writes(hearing.record_view, "cases.view_heard")
def record_view(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.record_view, cast.dsl, case=case, person=its_person(case), said=what_they_think()
    )
