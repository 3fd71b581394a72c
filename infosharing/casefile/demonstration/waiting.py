"""Matters that are not decided yet."""

from datetime import datetime

from django.utils.timezone import localdate

from consent.domain.asking import Question, record_step
from consent.enums import GivenBy, How, Step
from decisions.domain import advising, drafting, requesting
from decisions.models import Request
from infosharing.accounts.models import Organisation, User
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import SAFEGUARDING, USUAL
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import started
from infosharing.cases.domain.opening import NewPerson, open_case


def health_visitor(cast: Cast, clock: Clock) -> Steps:
    """A draft half-way, due tomorrow, with a question put to the DSL."""
    yield (at := clock.at(1, "11:30"))
    case = open_case(
        organisation=cast.school,
        summary="A school nurse asks about meals and weight.",
        people=[NewPerson("Linnea Osei-Thorne", born=clock.born(8))],
        by=cast.staff,
        at=at,
    )
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="What she eats at lunch, and whether staff worry about her weight.",
            purpose="A health check next week.",
            happened_on=clock.day(1),
            by_when=clock.by(1, "16:00"),
        ),
        requester=requesting.Requester(
            channel="telephone",
            requester_kind="health",
            requester_name="Mina Albright-Suzuki",
            requester_role="School nurse",
            requester_organisation="Northfield Community Health",
            requester_contact="01632 960 220",
        ),
        identity=requesting.Identity(),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(1, "12:10"))
    draft = drafting.start_decision(request=request, by=cast.staff, at=at)
    child = person_of(case)
    sheet = Sheet().people([child]).flow({**USUAL, "significant_harm": "not_sure"})
    sheet.save(draft, cast.staff, at)
    advising.ask_for_advice(
        decision=draft.decision,
        asked_of=cast.dsl,
        question="A nurse asks what a pupil eats and whether we worry about her weight. The "
        "parents have not been asked. Should I ask them first?",
        anonymous=True,
        by=cast.staff,
        at=at,
    )


def overdue(cast: Cast, clock: Clock) -> Steps:
    """A request whose day has passed, and nobody has begun."""
    yield (at := clock.at(6, "09:20"))
    request_of(
        organisation=cast.school,
        summary="The court’s officer asks for attendance.",
        person=NewPerson("Rafferty Quill-Banerjee", born=clock.born(13)),
        asked=requesting.Asked(
            asked_for="Attendance and lateness of the last two terms.",
            purpose="A report for the family court.",
            happened_on=clock.day(6),
            by_when=clock.by(-1, "12:00"),
        ),
        requester=requesting.Requester(
            channel="letter",
            requester_kind="court",
            requester_name="Philippa Stonebridge",
            requester_role="Family court adviser",
            requester_organisation="Family court service",
            legal_power="Letter says: ordered under section 7",
        ),
        by=cast.colleague,
        at=at,
    )


def due_tomorrow(cast: Cast, clock: Clock) -> Steps:
    """A request that has to be decided tomorrow."""
    yield (at := clock.minutes_ago(95))
    request_of(
        organisation=cast.school,
        summary="A charity that helps young carers offers a place and asks why she needs it.",
        person=NewPerson("Wren Oyelaran", born=clock.born(16)),
        asked=requesting.Asked(
            asked_for="What she does at home for her mother.",
            purpose="To offer her a place in a group.",
            happened_on=localdate(at),
            by_when=clock.by(1, "12:00"),
        ),
        requester=requesting.Requester(
            channel="email",
            requester_kind="charity",
            requester_name="Idris Pellworth",
            requester_organisation="Northfield Young Carers",
            requester_contact="idris@youngcarers.example",
        ),
        by=cast.staff,
        at=at,
    )


def next_door(cast: Cast, clock: Clock) -> Steps:
    """A matter of the other school, which nobody here sees."""
    yield (at := clock.at(4, "10:10"))
    request = request_of(
        organisation=cast.other_school,
        summary="Missing from afternoon lessons; a cousin is worried.",
        person=NewPerson("Ottilie Marchetti-Rao", born=clock.born(15)),
        asked=requesting.Asked(
            asked_for="When she was last seen, and with whom.",
            purpose="To find out whether she is safe.",
            happened_on=clock.day(4),
        ),
        requester=None,
        by=cast.stranger,
        at=at,
    )
    yield (at := clock.at(4, "10:30"))
    draft = drafting.start_decision(request=request, by=cast.stranger, at=at)
    sheet = (
        Sheet()
        .people([person_of(request.case)])
        .flow(USUAL)
        .outcome("share", "She has not been seen since yesterday.", Role.DSL)
    )
    sheet.save(draft, cast.stranger, at)


def no_answer_yet(cast: Cast, clock: Clock) -> Steps:
    """Two parents were asked; one has not answered, and today somebody should ask again."""
    yield (at := clock.at(8, "08:50"))
    case = open_case(
        organisation=cast.school,
        summary="An assessment of reading, by the council’s specialist teacher.",
        people=[NewPerson("Yuto Nakamura-Bright", born=clock.born(7))],
        by=cast.staff,
        at=at,
    )
    record_step(
        case=case,
        person=person_of(case),
        kind=Step.ASKED,
        happened_on=clock.day(8),
        whom="Haruka Nakamura",
        standing=GivenBy.PARENT,
        how=How.LETTER_OR_EMAIL,
        taken_by="Sam Okafor",
        words="Sent the leaflet with the letter.",
        again_on=clock.day(0),
        question=Question(
            scope_purpose="To find out how he can be taught to read",
            scope_recipients="The council’s specialist teacher",
            scope_information="His reading tests, and what we have tried",
            if_yes="The specialist comes to see him in class.",
            if_no="We go on by ourselves and ask again in summer.",
        ),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(8, "09:00"))
    draft = started(
        case,
        requesting.Asked(
            asked_for="His reading tests, and what we have tried.",
            purpose="To find out how he can be taught to read.",
            happened_on=clock.day(8),
        ),
        cast.staff,
        at,
    )
    Sheet().people([person_of(case)]).flow(USUAL).basis("consent", SAFEGUARDING).save(
        draft, cast.staff, at
    )


def request_of(
    *,
    organisation: Organisation,
    summary: str,
    person: NewPerson,
    asked: requesting.Asked,
    requester: requesting.Requester | None,
    by: User,
    at: datetime,
) -> Request:
    """Open a case about one person with one request, not checked yet."""
    case = open_case(organisation=organisation, summary=summary, people=[person], by=by, at=at)
    return requesting.record_request(
        case=case,
        asked=asked,
        requester=requester,
        identity=requesting.Identity() if requester else None,
        by=by,
        at=at,
    )
