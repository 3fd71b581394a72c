"""Matters that turn on what somebody said about sharing, and on what they said later."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime

from consent.domain.asking import review_consent
from consent.domain.recording import record_consent, withdraw_consent
from consent.enums import How
from consent.models import ConsentRecord
from decisions.domain import relying, requesting
from decisions.enums import Reaction
from decisions.models import Decision, SignedVersion
from decisions.relying import changes_of
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import USUAL
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
    send,
    started,
    tell,
    yes_of_a_parent,
)
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import Part
from infosharing.guidance.loading import DEFAULT


def limited_yes(cast: Cast, clock: Clock) -> Steps:
    """A mother agrees to one thing and not to another; the part she agreed to goes."""
    yield (at := clock.at(16, "15:40"))
    case = open_case(
        organisation=cast.school,
        summary="Help with sleep and settling, offered by the family centre.",
        people=[
            NewPerson("Zofia Wójcik-Łuczak", born=clock.born(5)),
            NewPerson("Agnieszka Łuczak", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.colleague,
        at=at,
    )
    child, mother = person_of(case), person_of(case, 1)
    said = yes_of_a_parent(
        "Agnieszka Łuczak",
        clock.day(16),
        cast.colleague,
        "A place at the family centre",
        "The family centre’s outreach worker",
        "What staff see at school: tired, asleep at lunch",
    )
    consent = record_consent(
        case=case,
        person=child,
        said=replace(said, limits="Nothing about her separation, and nothing to the child’s GP."),
        giver_person=mother,
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(15, "08:40"))
    draft = started(
        case,
        requesting.Asked(
            asked_for="What staff see: tired, asleep at lunch; what her mother told us.",
            purpose="So that the family centre can offer a place.",
            happened_on=clock.day(15),
        ),
        cast.colleague,
        at,
    )
    sheet = (
        Sheet()
        .people([child])
        .flow(USUAL)
        .covers([consent])
        .page("grounds")
        .checklist(DEFAULT, {"seeking_harms": "no"})
        .outcome(
            "share_in_part",
            "Her mother agrees to what staff saw. What she told us about the separation stays "
            "with us, as she asked.",
            Role.PRACTITIONER,
        )
        .item(1, "Tired most mornings; asleep at lunch on three days", [child])
        .item(
            2,
            "What her mother said about the separation",
            [child, mother],
            handling="hold_back",
            handling_reason="She said no to this.",
        )
        .recipient(
            1,
            "Ewa Kowalczyk",
            "Northfield Family Centre",
            "secure_email",
            "To offer a place in the sleep group.",
            "outreach@familycentre.example",
        )
        .page("withheld", withheld="What was said about the separation.")
        .basis("consent", "explicit_consent")
        .page("telling", person_informed="yes", telling_plan="Her mother has read it.")
    )
    sheet.save(draft, cast.colleague, at)
    yield (at := clock.at(15, "09:05"))
    version = sign(draft, cast.colleague, at)
    sent = send(version, cast.colleague, at, clock.day(15))
    yield (at := clock.at(14, "12:20"))
    hear(sent, cast.colleague, at, clock.day(14), "Ewa Kowalczyk")
    tell(version.decision, child, cast.colleague, at, clock.day(14), "Agnieszka Łuczak, her mother")
    agree(version, cast.dsl, at)
    yield (at := clock.at(10, "16:00"))
    close(version.decision, cast.colleague, at, "She has her place; nothing is open.")


@dataclass(frozen=True, kw_only=True)
class _Agreed:
    """A yes of a parent, and what went to one recipient the same day because of it.

    ``days`` before today; ``opened``, ``signed`` are times of that day. ``heard`` says when, days
    and time, whoever got it said so.
    """

    summary: str
    child: str
    born: int
    parent: str
    kin: str
    by: User
    days: int
    opened: str
    signed: str
    agreed_for: str
    agreed_to: str
    what: str
    purpose: str
    items: tuple[str, ...]
    to: To
    reasons: str
    heard: tuple[int, str]
    reviewer: User
    reviewed_as: Role = Role.DSL


def _shared_with_a_yes(
    told: _Agreed, cast: Cast, clock: Clock
) -> Generator[datetime, None, tuple[ConsentRecord, SignedVersion]]:
    """Tell it from the asking to the review; return the yes and what was signed."""
    yield (at := clock.at(told.days, told.opened))
    case = open_case(
        organisation=cast.school,
        summary=told.summary,
        people=[
            NewPerson(told.child, born=clock.born(told.born)),
            NewPerson(told.parent, age_band="adult", part=Part.RELATIVE),
        ],
        by=told.by,
        at=at,
    )
    child, parent = person_of(case), person_of(case, 1)
    day = clock.day(told.days)
    consent = record_consent(
        case=case,
        person=child,
        said=yes_of_a_parent(told.parent, day, told.by, told.agreed_for, told.agreed_to, told.what),
        giver_person=parent,
        by=told.by,
        at=at,
    )
    asked = requesting.Asked(asked_for=f"{told.what}.", purpose=told.purpose, happened_on=day)
    draft = started(case, asked, told.by, at)
    sheet = agreed_sheet([child], [consent], told.items, [told.to], told.reasons)
    sheet.save(draft, told.by, at)
    yield (at := clock.at(told.days, told.signed))
    version = sign(draft, told.by, at)
    sent = send(version, told.by, at, day)
    days, time = told.heard
    yield (at := clock.at(days, time))
    hear(sent, told.by, at, clock.day(days), told.to.name)
    tell(version.decision, child, told.by, at, clock.day(days), f"{told.parent}, {told.kin}")
    agree(version, told.reviewer, at, role=told.reviewed_as)
    return consent, version


def taken_back(cast: Cast, clock: Clock) -> Steps:
    """A father takes his yes back after it was relied on; nobody has said yet what follows."""
    consent, _version = yield from _shared_with_a_yes(
        _Agreed(
            summary="A mentor from a youth charity, offered to a pupil who is often alone.",
            child="Kwame Ofori-Atta",
            born=13,
            parent="Joseph Ofori-Atta",
            kin="his father",
            by=cast.staff,
            days=11,
            opened="09:15",
            signed="09:50",
            agreed_for="To find him a mentor",
            agreed_to="Northfield Youth Mentors",
            what="His interests, and that he is often alone at lunch",
            purpose="To find a mentor who suits him.",
            items=("His interests: drawing, cricket", "Often alone at lunch since September"),
            to=To(
                name="Leila Haddad",
                place="Northfield Youth Mentors",
                use="To choose a mentor.",
                address="leila@youthmentors.example",
            ),
            reasons="His father agrees, he would like it, and nothing private is in it.",
            heard=(9, "14:10"),
            reviewer=cast.deputy,
            reviewed_as=Role.DEPUTY_DSL,
        ),
        cast,
        clock,
    )
    yield (at := clock.at(1, "16:45"))
    withdraw_consent(
        consent=consent,
        withdrawn_on=clock.day(1),
        withdrawn_by="Joseph Ofori-Atta",
        how=How.TELEPHONE,
        words="“He does not want it any more, and neither do I.”",
        by=cast.staff,
        at=at,
    )


def taken_back_and_answered(cast: Cast, clock: Clock) -> Steps:
    """A yes taken back; everybody who had been told was told that, too, and it was closed."""
    consent, version = yield from _shared_with_a_yes(
        _Agreed(
            summary="Breakfast and clothes from a charity, for two terms.",
            child="Rosalie Tremblay-Nash",
            born=10,
            parent="Odette Tremblay",
            kin="her mother",
            by=cast.colleague,
            days=40,
            opened="10:00",
            signed="10:30",
            agreed_for="Breakfast and clothes",
            agreed_to="The charity’s coordinator",
            what="Her first name, sizes, and that money is short",
            purpose="Breakfast at the club and winter clothes.",
            items=("First name and sizes", "Money is short until spring"),
            to=To(
                name="Gwen Aldridge",
                place="Northfield Larder",
                use="To put parcels together.",
                address="gwen@larder.example",
            ),
            reasons="Her mother asked for it and knows exactly what goes.",
            heard=(39, "09:00"),
            reviewer=cast.dsl,
        ),
        cast,
        clock,
    )
    yield (at := clock.at(30, "15:35"))
    withdraw_consent(
        consent=consent,
        withdrawn_on=clock.day(30),
        withdrawn_by="Odette Tremblay",
        how=How.IN_PERSON,
        words="She has work now and wants it to stop.",
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(30, "15:50"))
    decision = Decision.objects.get(pk=version.decision_id)
    relying.answer_consent_change(
        decision=decision,
        done=Reaction.TOLD,
        words="Rang Gwen Aldridge, who takes her off the list and shreds the sheet.",
        seen=changes_of(decision).shown,
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(29, "12:00"))
    close(decision, cast.colleague, at, "Stopped at her mother’s wish.")


def again_and_again(cast: Cast, clock: Clock) -> Steps:
    """A continuing yes for a term of meetings; sent twice, looked at again, still standing."""
    yield (at := clock.at(60, "14:30"))
    case = open_case(
        organisation=cast.school,
        summary="Team around a family: a meeting every month until summer.",
        people=[
            NewPerson("Elis Prosser-Khan", born=clock.born(11)),
            NewPerson("Nia Prosser", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.deputy,
        at=at,
    )
    pupil, mother = person_of(case), person_of(case, 1)
    said = yes_of_a_parent(
        "Nia Prosser",
        clock.day(60),
        cast.deputy,
        "The plan of the team around the family",
        "Everybody in the team:\nthe family worker\nthe school nurse",
        "Attendance, and how each week went",
    )
    consent = record_consent(
        case=case,
        person=pupil,
        said=replace(said, continuing=True, until=clock.day(-150), review_on=clock.day(20)),
        giver_person=mother,
        by=cast.deputy,
        at=at,
    )
    draft = started(
        case,
        requesting.Asked(
            asked_for="Attendance, and how each week went, before every meeting.",
            purpose="The plan of the team around the family.",
            happened_on=clock.day(60),
        ),
        cast.deputy,
        at,
    )
    sheet = agreed_sheet(
        [pupil],
        [consent],
        ["Attendance of the month", "How each week went, in two lines"],
        [
            To(
                name="Marged Howells",
                place="Northfield Council, early help",
                use="To adjust the plan.",
                address="marged.howells@northfield.example",
            ),
            To(
                name="Abdi Warsame",
                place="School nursing team",
                use="To adjust the plan.",
                address="abdi.warsame@northfieldhealth.example",
            ),
        ],
        "A plan works only if those in it know how the month went. His mother sees every sheet.",
        Role.DEPUTY_DSL,
    )
    sheet.save(draft, cast.deputy, at)
    yield (at := clock.at(59, "09:30"))
    version = sign(draft, cast.deputy, at)
    yield (at := clock.at(58, "10:15"))
    agree(version, cast.head, at, "Good that she sees every sheet.", Role.HEAD)
    for days in (50, 21):
        yield (at := clock.at(days, "11:00"))
        for number in (1, 2):
            sent = send(version, cast.deputy, at, clock.day(days), number=number)
            hear(sent, cast.deputy, at, clock.day(days), sent.recipient.name)
        tell(version.decision, pupil, cast.deputy, at, clock.day(days), "Nia Prosser, his mother")
    yield (at := clock.at(20, "15:45"))
    review_consent(
        consent=consent,
        happened_on=clock.day(20),
        words="“Yes, it helps. Keep sending it.”",
        again_on=clock.day(-40),
        by=cast.deputy,
        at=at,
    )
