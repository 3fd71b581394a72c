"""Matters with something special: a hidden address, an adult, a hoax, a draft nobody looks at."""

from consent.domain.recording import Said, record_consent
from consent.enums import GivenBy, How, Status
from decisions.domain import drafting, refusing, requesting
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import UNDERSTOOD, USUAL
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import (
    To,
    agree,
    agreed_sheet,
    close,
    hear,
    refusing_sheet,
    send,
    started,
    tell,
)
from infosharing.cases.domain.hearing import Order, protect_person, record_court_order, record_view
from infosharing.cases.domain.hearing import Said as Heard
from infosharing.cases.domain.knowing import Answers, record_judgement
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import HeardHow, JudgementKind, OrderKind, Part, Whose


def hidden_address(cast: Cast, clock: Clock) -> Steps:
    """A father asks where his daughter lives now; her address is protected, so nothing goes."""
    yield (at := clock.at(33, "09:25"))
    case = open_case(
        organisation=cast.school,
        summary="A father asks for a school report with the new address on it.",
        people=[
            NewPerson("ليلى الحداد", preferred_name="Layla al-Haddad", born=clock.born(8)),
            NewPerson("Maryam al-Haddad", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.dsl,
        at=at,
    )
    child = person_of(case)
    protect_person(
        case=case,
        person=child,
        from_whom="Basim al-Haddad, her father, and anybody who asks for him",
        why="They fled from him. The police know.",
        by=cast.dsl,
        at=at,
    )
    record_court_order(
        case=case,
        person=child,
        order=Order(
            kind=OrderKind.NON_MOLESTATION,
            says="He may not come near mother or child, nor find out where they live.",
            court="Family Court at Northfield",
            made_on=clock.day(50),
            ends_on=clock.day(-300),
        ),
        by=cast.dsl,
        at=at,
    )
    record_view(
        case=case,
        person=child,
        said=Heard(
            whose=Whose.PARENT,
            said_by="Maryam al-Haddad",
            words="Please, not the town, not the name of the school. He has friends everywhere.",
            said_on=clock.day(33),
            how=HeardHow.INTERPRETED,
            heard_by="Dilys Morgan, with an interpreter on the telephone",
        ),
        by=cast.dsl,
        at=at,
    )
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="Her school report, sent to him, and where she lives.",
            purpose="He says that he has a right to it as her father.",
            happened_on=clock.day(33),
        ),
        requester=requesting.Requester(
            channel="letter",
            requester_kind="parent",
            requester_name="Basim al-Haddad",
            requester_contact="A post office box",
        ),
        identity=requesting.Identity(
            identity="verified",
            identity_how="other",
            identity_note="A copy of his passport lay in the letter.",
            entitled="no",
            entitlement="The court’s order keeps from him where she lives.",
        ),
        by=cast.dsl,
        at=at,
    )
    draft = drafting.start_decision(request=request, by=cast.dsl, at=at)
    refusing_sheet(
        [child],
        "The order forbids it, and it would put both in danger. He hears that we do not answer.",
        Role.DSL,
    ).save(draft, cast.dsl, at)
    yield (at := clock.at(33, "10:05"))
    version = sign(draft, cast.dsl, at)
    yield (at := clock.at(32, "08:45"))
    agree(version, cast.head, at, "The office has been told, too.", Role.HEAD)
    yield (at := clock.at(25, "13:00"))
    close(version.decision, cast.dsl, at, "He was told in writing that we cannot help him.")


def visitor_at_risk(cast: Cast, clock: Clock) -> Steps:
    """An adult who comes to the family group wants help; able to decide it, and agrees."""
    yield (at := clock.at(44, "11:20"))
    case = open_case(
        organisation=cast.school,
        summary="A grandmother in the family group: no heating, and a neighbour takes her pension.",
        people=[NewPerson("Kazimiera Dąbrowska", born=clock.born(79))],
        by=cast.manager,
        at=at,
    )
    adult = person_of(case)
    judgement = record_judgement(
        case=case,
        person=adult,
        kind=JudgementKind.CAPACITY,
        matter="Whether the council’s adult team is told about the neighbour and the money.",
        able=True,
        reasons="She tells it in order, asks what the council can do, and weighs the quarrel.",
        answers=Answers(
            understands=True,
            retains=True,
            weighs=True,
            communicates=True,
            impairment=False,
            support="A quiet room, her own time, a friend who speaks Polish.",
        ),
        judged_on=clock.day(44),
        judged_by=cast.manager.name,
        by=cast.manager,
        at=at,
    )
    consent = record_consent(
        case=case,
        person=adult,
        giver_person=adult,
        said=Said(
            status=Status.GIVEN,
            said_on=clock.day(44),
            given_by=GivenBy.SELF,
            giver="Kazimiera Dąbrowska",
            parental_responsibility=False,
            authority_evidenced=False,
            **UNDERSTOOD,
            scope_purpose="Help with the heating and against the neighbour",
            scope_recipients="Northfield Council, adult safeguarding",
            scope_information="The cold flat, and what the neighbour does with her card",
            how=How.IN_PERSON,
            taken_by=cast.manager.name,
            evidence="“Yes. I am not ashamed any more.”",
        ),
        by=cast.manager,
        at=at,
    )
    draft = started(
        case,
        requesting.Asked(
            asked_for="The cold flat, and what the neighbour does with her card.",
            purpose="Help with the heating and against the neighbour.",
            happened_on=clock.day(44),
        ),
        cast.manager,
        at,
    )
    sheet = agreed_sheet(
        [adult],
        [consent],
        ["Eleven degrees in the flat on Monday", "The neighbour keeps her bank card"],
        [
            To(
                name="Owain Pritchard",
                place="Northfield Council, adult safeguarding",
                use="To visit, and to talk to the bank with her.",
                address="adults@northfield.example",
            )
        ],
        "She can decide this herself, and asks us to.",
        Role.MANAGER,
    )
    sheet.people([adult], judgement).save(draft, cast.manager, at)
    yield (at := clock.at(44, "12:15"))
    version = sign(draft, cast.manager, at)
    sent = send(version, cast.manager, at, clock.day(44))
    yield (at := clock.at(43, "09:30"))
    hear(sent, cast.manager, at, clock.day(43), "Owain Pritchard")
    tell(version.decision, adult, cast.manager, at, clock.day(43), "Kazimiera Dąbrowska")
    agree(version, cast.dsl, at)
    yield (at := clock.at(36, "10:00"))
    close(version.decision, cast.manager, at, "She has her card and a heater.")


def hoax(cast: Cast, clock: Clock) -> Steps:
    """Somebody pretends to be a nurse; found out on ringing back, and refused in one go."""
    yield (at := clock.at(17, "13:35"))
    version = refusing.refuse_new_requester(
        place=cast.school,
        case=None,
        people=[NewPerson("Ngaio Pemberton-Das", born=clock.born(16))],
        asked=requesting.Asked(
            asked_for="Whether she was in school on Friday, and who fetched her.",
            purpose="“For her appointment.”",
            happened_on=clock.day(17),
            happened_time="half past one",
        ),
        requester=requesting.Requester(
            channel="telephone",
            requester_kind="health",
            requester_name="“Nurse Collins”",
            requester_organisation="Said: Northfield Hospital",
        ),
        refusal=refusing.Refusal(
            reasons="The hospital has no such nurse. It was her former boyfriend, by the voice.",
            role=Role.PRACTITIONER,
            identity=requesting.Identity(
                identity="failed",
                identity_how="called_back",
                identity_note="The ward has no nurse of this name.",
                call_back_source="The hospital’s switchboard, from its website",
            ),
        ),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(16, "08:20"))
    agree(version, cast.dsl, at, "Good. I have told her mother and the office.")
    yield (at := clock.at(12, "09:00"))
    close(version.decision, cast.staff, at, "The police have his number.")


def left_lying(cast: Cast, clock: Clock) -> Steps:
    """A draft that nobody has touched for three weeks."""
    yield (at := clock.at(22, "16:10"))
    case = open_case(
        organisation=cast.school,
        summary="Whether the after-school club should know about a pupil’s fits.",
        people=[NewPerson("Sorrel Fitzwilliam-Achebe", born=clock.born(6))],
        by=cast.colleague,
        at=at,
    )
    draft = started(
        case,
        requesting.Asked(
            asked_for="What to do when she has a fit.",
            purpose="So that the club can look after her.",
            happened_on=clock.day(22),
        ),
        cast.colleague,
        at,
    )
    yield (at := clock.at(21, "07:55"))
    Sheet().people([person_of(case)]).flow(USUAL).page("grounds").save(draft, cast.colleague, at)
