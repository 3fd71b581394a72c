"""Matters that not everybody of the school may see."""

from decisions.domain import advising, drafting, requesting
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import HARM, SAFEGUARDING, USUAL
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.cases.domain.opening import NewPerson, name_on_case, open_case, restrict_case
from infosharing.cases.enums import Part
from infosharing.guidance.loading import DEFAULT


def about_the_lead(cast: Cast, clock: Clock) -> Steps:
    """An allegation about the DSL, who never sees it; decided by the head, waiting for review."""
    yield (at := clock.at(4, "16:55"))
    case = open_case(
        organisation=cast.school,
        summary="A parent alleges that the DSL shouted at and grabbed a pupil.",
        people=[
            NewPerson("Caspian Ferreira-Lund", born=clock.born(10)),
            NewPerson("Dilys Morgan", age_band="adult", part=Part.OTHER),
        ],
        keep_from=[cast.dsl],
        by=cast.head,
        at=at,
    )
    child, lead = person_of(case), person_of(case, 1)
    yield (at := clock.at(3, "08:15"))
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="What the parent and two witnesses said, with times.",
            purpose="So that the council’s officer for allegations can advise.",
            happened_on=clock.day(3),
        ),
        requester=None,
        identity=None,
        by=cast.head,
        at=at,
    )
    draft = drafting.start_decision(request=request, by=cast.head, at=at)
    sheet = (
        Sheet()
        .people([child, lead])
        .flow(HARM)
        .page(
            "grounds",
            grounds=["statutory_requirement"],
            note="Allegations about staff are passed on within one working day.",
        )
        .checklist(DEFAULT, {"have_consent": "no", "need_consent": "no"})
        .outcome(
            "share",
            "The officer decides with us who looks into it. Nobody is spoken to before.",
            Role.HEAD,
        )
        .item(1, "What the parent said, word for word", [child, lead], nature="both")
        .item(2, "Names of the two members of staff who saw it", [child, lead])
        .recipient(
            1,
            "Ghislaine Okonjo",
            "Northfield Council, officer for allegations",
            "secure_portal",
            "To advise on the next step.",
        )
        .basis("public_task", SAFEGUARDING)
        .page(
            "no-consent",
            no_consent_because="Asking the person concerned would spoil the enquiry.",
            no_consent_reason="would_prejudice_protection",
        )
        .page(
            "telling",
            person_informed="no",
            not_informed_because="The officer says when.",
            telling_plan="Looked at again after the first meeting.",
        )
    )
    sheet.save(draft, cast.head, at)
    advising.record_advice_tried(
        decision=draft.decision,
        role=Role.DSL,
        how="Not asked: the allegation is about her. Her deputy was away until the afternoon.",
        by=cast.head,
        at=at,
    )
    yield (at := clock.at(3, "09:00"))
    sign(draft, cast.head, at)


def colleagues_child(cast: Cast, clock: Clock) -> Steps:
    """The child of a member of staff: only the DSL and the deputy see it."""
    yield (at := clock.at(7, "13:45"))
    case = open_case(
        organisation=cast.school,
        summary="The daughter of a member of staff asks for help because of quarrels at home.",
        people=[NewPerson("Juniper Aldous-Iqbal", born=clock.born(14))],
        by=cast.dsl,
        at=at,
    )
    restrict_case(case=case, reason="A colleague’s child", by=cast.dsl, at=at)
    name_on_case(case=case, user=cast.deputy, reason="Stands in", by=cast.dsl, at=at)
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="What she said about the quarrels.",
            purpose="To get her a place with the youth counselling service.",
            happened_on=clock.day(7),
        ),
        requester=None,
        identity=None,
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(7, "14:20"))
    draft = drafting.start_decision(request=request, by=cast.dsl, at=at)
    Sheet().people([person_of(case)]).flow(USUAL).save(draft, cast.dsl, at)
