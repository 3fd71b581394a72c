"""Matters in which sending was not the end: it came back, went astray, or nothing happened."""

from collections.abc import Sequence

from decisions.domain import advising, breaches, following, progress, requesting
from decisions.enums import BreachKind, ProgressKind, ReceiptState, Risk
from decisions.models import SignedVersion
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import (
    To,
    agree,
    close,
    hear,
    send,
    started,
    tell,
    urgent_sheet,
)
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.models import Person


def just_sent(cast: Cast, clock: Clock) -> Steps:
    """Sent this week; nobody has confirmed yet that it arrived."""
    yield clock.at(2, "09:00")
    about, version = _shared(
        cast,
        clock,
        2,
        summary="Sleeping at a friend’s since a row at home; says she will not go back.",
        person=NewPerson("Tegan Llewellyn-Moss", born=clock.born(15)),
        items=["Where she has slept since Sunday", "What she said about the row"],
        to=To(
            name="Amira Siddiqui",
            place="Northfield Council, young people’s team",
            use="To see her today and talk to both parents.",
            address="youngpeople@northfield.example",
        ),
        reasons="She is fifteen and has nowhere safe to stay after tonight.",
        by=cast.deputy,
        role=Role.DEPUTY_DSL,
    )
    yield (at := clock.at(2, "12:05"))
    send(version, cast.deputy, at, clock.day(2))
    tell(version.decision, about, cast.deputy, at, clock.day(2), "Tegan Llewellyn-Moss")


def came_back(cast: Cast, clock: Clock) -> Steps:
    """A letter came back; sent again another way, received, agreed and closed."""
    yield clock.at(34, "09:00")
    about, version = _shared(
        cast,
        clock,
        34,
        summary="A new baby at home, three moves in a year, no health visitor.",
        person=NewPerson("Marek Zieliński", born=clock.born(4)),
        items=["The three addresses of this year", "That there is a new baby"],
        to=To(
            name="Health visiting office",
            place="Northfield Community Health",
            use="To visit within the week.",
            method="recorded_post",
            address="Clinic Lane, Northfield",
        ),
        reasons="Nobody sees the baby, and the family may move again before anybody does.",
        by=cast.dsl,
        role=Role.DSL,
    )
    yield (at := clock.at(34, "10:30"))
    first = send(version, cast.dsl, at, clock.day(34), taken=following.Taken(tracking="RN 4471"))
    yield (at := clock.at(29, "13:00"))
    hear(
        first,
        cast.dsl,
        at,
        clock.day(29),
        "",
        ReceiptState.NOT_RECEIVED,
        "Came back: the office has moved.",
    )
    second = following.record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(number=1),
        items=list(version.items.order_by("number")),
        sent_on=clock.day(29),
        sent_time="1pm",
        method="secure_email",
        address="hv.office@northfieldhealth.example",
        sent_by=cast.dsl.name,
        told_confidential=True,
        note="Rang first and asked for the address.",
        taken=following.Taken(
            checks=("address_checked",), unplanned_because="The letter came back."
        ),
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(28, "09:10"))
    hear(second, cast.dsl, at, clock.day(28), "Bernadette Quayle, health visitor")
    tell(version.decision, about, cast.dsl, at, clock.day(28), "Ewelina Zielińska, his mother")
    agree(version, cast.head, at, role=Role.HEAD)
    yield (at := clock.at(20, "16:30"))
    close(version.decision, cast.dsl, at, "Visited; the health visitor goes weekly.")


def astray(cast: Cast, clock: Clock) -> Steps:
    """An e-mail reached a stranger of almost the same name: a breach, still being dealt with."""
    yield clock.at(5, "09:00")
    about, version = _shared(
        cast,
        clock,
        5,
        summary="Has stopped eating at school and weighs less every month.",
        person=NewPerson("Mirela Dragomir", born=clock.born(14)),
        items=["Her weight as the nurse wrote it down", "What she leaves at lunch"],
        to=To(
            name="Dr Fenella Strand",
            place="Northfield Eating Disorder Service",
            use="To decide how soon she is seen.",
            address="f.strand@northfieldhealth.example",
        ),
        reasons="The nurse is worried for her heart; waiting for an appointment is too long.",
        by=cast.staff,
        role=Role.PRACTITIONER,
        advised="Share today; tell her first.",
    )
    yield (at := clock.at(5, "16:55"))
    sent = send(version, cast.staff, at, clock.day(5))
    tell(version.decision, about, cast.staff, at, clock.day(5), "Mirela Dragomir")
    yield (at := clock.at(1, "09:20"))
    following.record_receipt(
        disclosure=sent,
        state=ReceiptState.WRONG_RECIPIENT,
        known_on=clock.day(1),
        confirmed_by="",
        how="She rang: it reached a Fran Strand in the car park office.",
        wrong=breaches.WrongPerson(
            reached="Fran Strand, car park office of the same hospital",
            known_at=clock.at(1, "09:05"),
            contained="Rang Fran Strand, who has deleted it and says she read two lines.",
        ),
        by=cast.staff,
        at=at,
    )
    breach = sent.breach
    breaches.record_step(
        breach=breach,
        kind=BreachKind.TOLD_LEAD,
        risk=None,
        happened_at=clock.at(1, "09:15"),
        who="Dana Whitlock",
        words="Told her by telephone what went where.",
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(1, "11:30"))
    breaches.record_step(
        breach=breach,
        kind=BreachKind.RISK,
        risk=Risk.LIKELY,
        happened_at=at,
        who="",
        words="Health details of a child, read by somebody in the same town.",
        by=cast.dpl,
        at=at,
    )


def pressed(cast: Cast, clock: Clock) -> Steps:
    """Nothing came of a referral: raised step by step until somebody acted; closed."""
    yield clock.at(48, "09:00")
    about, version = _shared(
        cast,
        clock,
        48,
        summary="Left alone at night with two little ones, for the third time.",
        person=NewPerson("Declan Okonkwo-Reid", born=clock.born(12)),
        items=["The three nights, with dates", "Who looks after the little ones"],
        to=To(
            name="Duty desk",
            place="Northfield Council, children’s social care",
            use="To assess the risk to all three.",
            address="duty@northfield.example",
        ),
        reasons="A boy of twelve cannot keep two toddlers safe at night.",
        by=cast.dsl,
        role=Role.DSL,
    )
    yield (at := clock.at(48, "11:00"))
    sent = send(version, cast.dsl, at, clock.day(48))
    yield (at := clock.at(46, "10:00"))
    hear(sent, cast.dsl, at, clock.day(46), "The duty desk")
    tell(version.decision, about, cast.dsl, at, clock.day(46), "Ngozi Okonkwo, his mother")
    agree(version, cast.head, at, role=Role.HEAD)
    for days, kind, who, words in (
        (43, ProgressKind.REPLY, "The duty desk", "“Does not meet our threshold.”"),
        (42, ProgressKind.MANAGER, "Ruth Abernethy, team manager", "Sent her the dates again."),
        (39, ProgressKind.FORMAL, "The safeguarding partnership", "Used its escalation form."),
        (37, ProgressKind.REPLY, "Ruth Abernethy", "A social worker visits tomorrow."),
    ):
        yield (at := clock.at(days, "14:00"))
        progress.record_progress(
            decision=version.decision,
            kind=kind,
            happened_on=clock.day(days),
            who=who,
            words=words,
            look_again_on=None,
            by=cast.dsl,
            at=at,
        )
    yield (at := clock.at(30, "12:00"))
    close(version.decision, cast.dsl, at, "An aunt stays at night; a social worker visits weekly.")


def _shared(
    cast: Cast,
    clock: Clock,
    days: int,
    *,
    summary: str,
    person: NewPerson,
    items: Sequence[str],
    to: To,
    reasons: str,
    by: User,
    role: Role,
    advised: str = "",
) -> tuple[Person, SignedVersion]:
    """Open a case and decide within two hours to share without consent."""
    at = clock.at(days, "09:00")
    case = open_case(organisation=cast.school, summary=summary, people=[person], by=by, at=at)
    about = person_of(case)
    draft = started(
        case,
        requesting.Asked(asked_for="\n".join(items), purpose=to.use, happened_on=clock.day(days)),
        by,
        at,
    )
    if advised:
        advising.report_advice(
            decision=draft.decision,
            adviser=cast.dsl.name,
            role=Role.DSL,
            given_on=clock.day(days),
            anonymous=False,
            advised="share",
            words=advised,
            by=by,
            at=at,
        )
    urgent_sheet([about], items, [to], reasons, role).save(draft, by, at)
    return about, sign(draft, by, clock.at(days, "10:10"))
