"""Matters that were not shared, and one that could not wait."""

from decisions.domain import advising, drafting, following, requesting, reviewing
from decisions.enums import ReviewOutcome
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import HARM, USUAL
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import close
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import Part
from infosharing.guidance.loading import DEFAULT


def unknown_caller(cast: Cast, clock: Clock) -> Steps:
    """A caller is not who she says; nothing is shared, and the DSL agrees."""
    yield (at := clock.at(12, "10:05"))
    case = open_case(
        organisation=cast.school,
        summary="A caller wanted to know where a pupil lives.",
        people=[NewPerson("Saoirse Vandermeer", born=clock.born(11))],
        by=cast.staff,
        at=at,
    )
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="The address at which the pupil lives now.",
            purpose="She said it was an emergency, and not what kind.",
            happened_on=clock.day(12),
            happened_time="about 10",
        ),
        requester=requesting.Requester(
            channel="telephone",
            requester_kind="social_care",
            requester_name="Gave her name as “Karen”",
            requester_organisation="Said: Northfield Council",
            requester_contact="Rang from a mobile",
        ),
        identity=requesting.Identity(),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(12, "10:25"))
    requesting.check_identity(
        request=request,
        identity=requesting.Identity(
            identity="failed",
            identity_how="called_back",
            identity_note="The duty team does not know her and has no case.",
            call_back_source="The council’s switchboard, from its website",
        ),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(12, "10:40"))
    draft = drafting.start_decision(request=request, by=cast.staff, at=at)
    sheet = (
        Sheet()
        .people([person_of(case)])
        .flow(USUAL)
        .checklist(DEFAULT, {"have_consent": "no", "right_person": "no"})
        .outcome(
            "do_not_share",
            "The council does not know the caller. The office has been told to put such calls "
            "through to the DSL.",
            Role.PRACTITIONER,
        )
        .page(
            "refusal",
            refusal_discussed="no",
            refusal_not_discussed_because="She hung up when asked for her extension.",
        )
    )
    sheet.save(draft, cast.staff, at)
    yield (at := clock.at(12, "10:50"))
    version = sign(draft, cast.staff, at)
    yield (at := clock.at(11, "08:30"))
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.AGREED,
        words="Well done for ringing back.",
        role=Role.DSL,
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(9, "11:00"))
    close(version.decision, cast.staff, at, "Nobody has rung since.")


def shop_theft(cast: Cast, clock: Clock) -> Steps:
    """The police ask for an address after a theft; not shared; waiting for review."""
    yield (at := clock.at(2, "14:10"))
    case = open_case(
        organisation=cast.school,
        summary="Police ask for an address in connection with a theft from a shop.",
        people=[NewPerson("Bartholomew Nkemelu", preferred_name="Bart", born=clock.born(14))],
        by=cast.manager,
        at=at,
    )
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="His home address and his timetable.",
            purpose="To look into a theft of sweets on Saturday.",
            happened_on=clock.day(2),
        ),
        requester=requesting.Requester(
            channel="email",
            requester_kind="police",
            requester_name="PC 4471 Lindqvist",
            requester_organisation="Northfield Police",
            requester_contact="lindqvist.4471@northfield-police.example",
            crime_investigation=True,
        ),
        identity=requesting.Identity(
            identity="verified",
            identity_how="called_back",
            identity_note="The station confirmed name and number.",
            call_back_source="101, then the station’s front desk",
        ),
        by=cast.manager,
        at=at,
    )
    yield (at := clock.at(2, "15:00"))
    draft = drafting.start_decision(request=request, by=cast.manager, at=at)
    advising.report_advice(
        decision=draft.decision,
        adviser="Tomasz Łęcki",
        role=Role.DEPUTY_DSL,
        given_on=clock.day(2),
        anonymous=True,
        advised="do_not_share",
        words="Ask for the form that says which law they rely on. Without it, no.",
        by=cast.manager,
        at=at,
    )
    sheet = (
        Sheet()
        .people([person_of(case)])
        .flow(USUAL)
        .page("grounds")
        .checklist(DEFAULT, {"have_consent": "no", "seeking_harms": "no"})
        .outcome(
            "do_not_share",
            "A minor theft. His family was not asked, nobody is at risk, and the police can find "
            "the address elsewhere.",
            Role.MANAGER,
        )
        .page("refusal", refusal_discussed="yes")
    )
    sheet.save(draft, cast.manager, at)
    yield (at := clock.at(2, "15:30"))
    sign(draft, cast.manager, at)


def at_the_gate(cast: Cast, clock: Clock) -> Steps:
    """A child is in danger: shared at once, with the form still to be written up."""
    yield (at := clock.at(1, "15:20"))
    case = open_case(
        organisation=cast.school,
        summary="Stepfather at the gate, drunk, with the child’s passport.",
        people=[
            NewPerson("Anouk Delacroix-Mensah", born=clock.born(7)),
            NewPerson("Piet Hollander", age_band="adult", part=Part.OTHER),
        ],
        by=cast.staff,
        at=at,
    )
    child, stepfather = person_of(case), person_of(case, 1)
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="That he is here, drunk, with her passport; what she is wearing.",
            purpose="So that the police come and she is safe.",
            happened_on=clock.day(1),
            happened_time="quarter past three",
        ),
        requester=None,
        identity=None,
        by=cast.staff,
        at=at,
    )
    draft = drafting.start_decision(request=request, by=cast.staff, at=at)
    sheet = (
        Sheet()
        .people([child, stepfather])
        .flow({**HARM, "immediate_danger": "yes"})
        .outcome(
            "share",
            "He said he would take her “home” abroad tonight. She cried and hid.",
            Role.PRACTITIONER,
        )
        .item(1, "Who is at the gate, what he said, the passport", [child, stepfather])
        .recipient(
            1, "Police, 999", "Northfield Police", "telephone", "To come to the school at once."
        )
    )
    sheet.save(draft, cast.staff, at)
    yield (at := clock.at(1, "15:26"))
    version = sign(draft, cast.staff, at)
    following.record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(number=1),
        items=list(version.items.all()),
        sent_on=clock.day(1),
        sent_time="20 past three, before this was typed",
        method="telephone",
        address="999",
        sent_by="Sam Okafor",
        told_confidential=True,
        note="Officers came within ten minutes.",
        taken=following.Taken(checks=("number_found",), heard_by="The operator of 999"),
        by=cast.staff,
        at=at,
    )
