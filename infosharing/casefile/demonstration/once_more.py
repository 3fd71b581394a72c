"""Matters with more than one version: written up, put right, opened again."""

from decisions.domain import advising, drafting, requesting, reviewing, writing_up
from decisions.domain.emergency import Shared, SharedAlready, share_in_emergency
from decisions.enums import LookedBack, ReviewOutcome
from decisions.models import Decision
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import HARM
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import (
    To,
    agree,
    close,
    hear,
    refusing_sheet,
    send,
    started,
    tell,
    urgent_sheet,
)
from infosharing.cases.domain.opening import NewPerson, open_case


def written_up(cast: Cast, clock: Clock) -> Steps:
    """An emergency told on the telephone, written up the next day, agreed and closed."""
    yield (at := clock.at(23, "14:55"))
    version = share_in_emergency(
        place=cast.school,
        case=None,
        people=[NewPerson("Samir Haddad-Lowe", born=clock.born(12))],
        shared=Shared(
            what="He has taken tablets; how many, and when",
            recipient="The operator of 999",
            organisation="Ambulance service",
            method="telephone",
            address="999",
            why="He told a friend that he took a handful of tablets at lunch.",
            role=Role.DEPUTY_DSL,
            already=SharedAlready(on=clock.day(23), time="five to two", told_confidential=True),
        ),
        by=cast.deputy,
        at=at,
    )
    decision = Decision.objects.get(pk=version.decision_id)
    pupil = person_of(decision.case)
    sent = version.decision.disclosures.get()
    yield (at := clock.at(22, "08:30"))
    hear(sent, cast.deputy, at, clock.day(22), "The ward", how="Rang; he is well.")
    draft = writing_up.start_write_up(decision=decision, by=cast.deputy, at=at)
    sheet = urgent_sheet(
        [pupil],
        ["He has taken tablets; how many, and when"],
        [
            To(
                name="The operator of 999",
                place="Ambulance service",
                use="To send an ambulance.",
                method="telephone",
                address="999",
            )
        ],
        "His life was in danger. There was no time to ask anybody.",
        Role.DEPUTY_DSL,
        ground="vital_interests",
    ).flow({**HARM, "immediate_danger": "yes"})
    sheet.save(draft, cast.deputy, at)
    yield (at := clock.at(22, "09:20"))
    final = sign(draft, cast.deputy, at)
    tell(final.decision, pupil, cast.deputy, at, clock.day(22), "Samir, and his parents")
    yield (at := clock.at(21, "16:15"))
    agree(final, cast.dsl, at, "Looked back on it together. You did everything right.")
    reviewing.look_back(
        decision=decision,
        shown=reviewing.shown_of(decision),
        found=LookedBack.RIGHT,
        findings="The operator was told what mattered within two minutes.",
        to_change="",
        role=Role.DSL,
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(18, "15:00"))
    close(decision, cast.deputy, at, "He is back, with a plan and somebody to talk to.")


def put_right(cast: Cast, clock: Clock) -> Steps:
    """Returned with a question, put right in a second version, agreed."""
    yield (at := clock.at(13, "10:30"))
    case = open_case(
        organisation=cast.school,
        summary="Cuts on her arm, seen in the changing room.",
        people=[NewPerson("Ffion Bevan-Adeyemi", born=clock.born(14))],
        by=cast.manager,
        at=at,
    )
    pupil = person_of(case)
    draft = started(
        case,
        requesting.Asked(
            asked_for="What was seen and what she said.",
            purpose="An appointment with the mental health team this week.",
            happened_on=clock.day(13),
        ),
        cast.manager,
        at,
    )
    advising.report_advice(
        decision=draft.decision,
        adviser=cast.deputy.name,
        role=Role.DEPUTY_DSL,
        given_on=clock.day(13),
        anonymous=True,
        advised="share",
        words="Ring the crisis team before four, and tell her that you do.",
        by=cast.manager,
        at=at,
    )
    to = To(
        name="Crisis team",
        place="Northfield Community Health",
        use="To see her this week.",
        address="crisis@northfieldhealth.example",
    )
    items = ["Cuts on the left arm, some of them fresh", "She says that she wants it to stop"]
    sheet = urgent_sheet(
        [pupil], items, [to], "She needs help this week.", Role.MANAGER, ground="vital_interests"
    )
    sheet.save(draft, cast.manager, at)
    yield (at := clock.at(13, "11:20"))
    version = sign(draft, cast.manager, at)
    sent = send(version, cast.manager, at, clock.day(13))
    yield (at := clock.at(12, "08:45"))
    hear(sent, cast.manager, at, clock.day(12), "The crisis team")
    tell(version.decision, pupil, cast.manager, at, clock.day(12), "Ffion Bevan-Adeyemi")
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.RETURNED,
        words="The right decision. The reasons are too short to be understood in ten years.",
        role=Role.DSL,
        questions=[
            reviewing.Asked(
                words="Why this week, and why not with her mother’s agreement?",
                place="Your decision",
                page="outcome",
            )
        ],
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(12, "13:10"))
    again = drafting.start_amendment(
        decision=Decision.objects.get(pk=version.decision_id),
        reason="The DSL asks for fuller reasons.",
        by=cast.manager,
        at=at,
    )
    row = again.pages.get(page="outcome")
    drafting.save_page(
        draft=again,
        page="outcome",
        index=0,
        typed={
            **row.typed,
            "reasons": [
                "Fresh cuts, and she says she cannot stop by herself. Her mother was rung twice "
                "and did not answer; the team closes at four. Waiting puts her in danger."
            ],
            "decided_by_role": [Role.MANAGER],
            "review_answer_1": ["It stands in the reasons now, with the calls to her mother."],
        },
        version=row.version,
        by=cast.manager,
        at=at,
    )
    yield (at := clock.at(12, "13:25"))
    second = sign(again, cast.manager, at)
    yield (at := clock.at(11, "09:00"))
    agree(second, cast.dsl, at, "Clear now. Thank you.")


def opened_again(cast: Cast, clock: Clock) -> Steps:
    """Refused at first; something new became known, and it was shared after all."""
    yield (at := clock.at(26, "10:45"))
    case = open_case(
        organisation=cast.school,
        summary="A neighbour says there is shouting at night.",
        people=[NewPerson("Hamza Sheikh-Barton", born=clock.born(9))],
        by=cast.dsl,
        at=at,
    )
    child = person_of(case)
    draft = started(
        case,
        requesting.Asked(
            asked_for="What the neighbour said.",
            purpose="To ask whether social care knows the family.",
            happened_on=clock.day(26),
        ),
        cast.dsl,
        at,
    )
    refusing_sheet(
        [child], "Hearsay, and he is cheerful and well looked after. We watch.", Role.DSL
    ).save(draft, cast.dsl, at)
    yield (at := clock.at(26, "11:15"))
    first = sign(draft, cast.dsl, at)
    yield (at := clock.at(25, "09:00"))
    agree(first, cast.head, at, role=Role.HEAD)
    yield (at := clock.at(7, "08:50"))
    again = drafting.reopen(
        decision=Decision.objects.get(pk=first.decision_id),
        what_is_new="He came with a split lip and says he fell; his sister says otherwise.",
        known_on=clock.day(7),
        known_from="His sister, to the deputy DSL",
        by=cast.dsl,
        at=at,
    )
    sheet = urgent_sheet(
        [child],
        ["The split lip, seen today", "What his sister said", "What the neighbour said before"],
        [
            To(
                name="Duty desk",
                place="Northfield Council, children’s social care",
                use="To decide on an enquiry today.",
                address="duty@northfield.example",
            )
        ],
        "An injury, an account that does not fit, and an earlier word about shouting.",
        Role.DSL,
    )
    sheet.save(again, cast.dsl, at)
    yield (at := clock.at(7, "09:25"))
    second = sign(again, cast.dsl, at)
    sent = send(second, cast.dsl, at, clock.day(7))
    yield (at := clock.at(6, "10:00"))
    hear(sent, cast.dsl, at, clock.day(6), "The duty desk")
    tell(second.decision, child, cast.dsl, at, clock.day(6), "His mother")
