"""What most stories do alike: start, decide, send, hear, tell, agree and close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from consent.domain.recording import Said
from consent.enums import GivenBy, How, Status
from consent.models import ConsentRecord
from decisions.domain import drafting, following, progress, requesting, reviewing
from decisions.enums import ReceiptState, ReviewOutcome
from decisions.models import Decision, Disclosure, Draft, SignedVersion
from decisions.packs import shipped
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import HARM, SAFEGUARDING, UNDERSTOOD, USUAL
from infosharing.casefile.demonstration.sheets import Sheet
from infosharing.cases.models import Case, Person
from infosharing.guidance.loading import DEFAULT

NOTHING_TAKEN: Final = following.Taken()


@dataclass(frozen=True, kw_only=True)
class To:
    """Somebody who is told: the fields of a recipient."""

    name: str
    place: str
    use: str
    method: str = "secure_email"
    address: str = ""


def yes_of_a_parent(
    giver: str, said_on: date, by: User, purpose: str, whom: str, what: str
) -> Said:
    """Return an informed yes of a parent, face to face, for this and nothing else."""
    return Said(
        status=Status.GIVEN,
        said_on=said_on,
        given_by=GivenBy.PARENT,
        giver=giver,
        parental_responsibility=True,
        authority_evidenced=False,
        **UNDERSTOOD,
        scope_purpose=purpose,
        scope_recipients=whom,
        scope_information=what,
        how=How.IN_PERSON,
        taken_by=by.name,
        evidence="Noted the same day",
    )


def started(case: Case, asked: requesting.Asked, by: User, at: datetime) -> Draft:
    """Record our own idea of sharing, and start deciding it."""
    request = requesting.record_request(
        case=case, asked=asked, requester=None, identity=None, by=by, at=at
    )
    return drafting.start_decision(request=request, by=by, at=at)


def agreed_sheet(
    about: Sequence[Person],
    consents: Sequence[ConsentRecord],
    items: Sequence[str],
    to: Sequence[To],
    reasons: str,
    role: str = Role.PRACTITIONER,
) -> Sheet:
    """Return the pages of sharing with consent."""
    sheet = Sheet().people(about).flow(USUAL).covers(consents).page("grounds")
    sheet.checklist(DEFAULT, {"seeking_harms": "no"}).outcome("share", reasons, role)
    sheet.basis("consent", "explicit_consent")
    sheet.page("telling", person_informed="yes", telling_plan="They were asked, so they know.")
    return _listed(sheet, about, items, to)


def urgent_sheet(
    about: Sequence[Person],
    items: Sequence[str],
    to: Sequence[To],
    reasons: str,
    role: str,
    *,
    ground: str = "seeking_would_endanger",
) -> Sheet:
    """Return the pages of sharing without consent, as somebody may come to harm."""
    sheet = Sheet().people(about).flow(HARM).page("grounds", grounds=[ground])
    sheet.checklist(DEFAULT, {"have_consent": "no", "need_consent": "no"})
    sheet.outcome("share", reasons, role).basis("public_task", SAFEGUARDING)
    sheet.page(
        "no-consent",
        no_consent_because="Asking first could put somebody in danger.",
        no_consent_reason="would_prejudice_protection",
    )
    sheet.page("telling", person_informed="yes", telling_plan="As soon as it is safe.")
    return _listed(sheet, about, items, to)


def refusing_sheet(about: Sequence[Person], reasons: str, role: str) -> Sheet:
    """Return the pages of a decision not to share, which was talked over with who asked."""
    sheet = Sheet().people(about).flow(USUAL).page("grounds")
    sheet.checklist(DEFAULT, {"have_consent": "no", "seeking_harms": "no"})
    return sheet.outcome("do_not_share", reasons, role).page("refusal", refusal_discussed="yes")


def _listed(sheet: Sheet, about: Sequence[Person], items: Sequence[str], to: Sequence[To]) -> Sheet:
    for number, what in enumerate(items, start=1):
        sheet.item(number, what, about)
    for number, one in enumerate(to, start=1):
        sheet.recipient(number, one.name, one.place, one.method, one.use, one.address)
    return sheet


def send(
    version: SignedVersion,
    by: User,
    at: datetime,
    on: date,
    *,
    number: int = 1,
    taken: following.Taken = NOTHING_TAKEN,
    note: str = "",
) -> Disclosure:
    """Record that everything in a version that is not held back went to one recipient."""
    recipient = version.recipients.get(number=number)
    return following.record_disclosure(
        decision=version.decision,
        recipient=recipient,
        items=[item for item in version.items.order_by("number") if item.handling != "hold_back"],
        sent_on=on,
        sent_time="",
        method=recipient.method,
        address=recipient.address,
        sent_by=by.name,
        told_confidential=True,
        note=note,
        taken=taken,
        by=by,
        at=at,
    )


def hear(
    disclosure: Disclosure,
    by: User,
    at: datetime,
    on: date,
    who: str,
    state: ReceiptState = ReceiptState.CONFIRMED,
    how: str = "By e-mail",
) -> None:
    """Record whether something arrived."""
    following.record_receipt(
        disclosure=disclosure, state=state, known_on=on, confirmed_by=who, how=how, by=by, at=at
    )


def tell(decision: Decision, person: Person, by: User, at: datetime, on: date, who: str) -> None:
    """Record that a person, or somebody for them, was told."""
    following.record_telling(
        decision=decision,
        person=person,
        told=True,
        told_on=on,
        told_who=who,
        told_by=by.name,
        how="In person",
        why_not="",
        look_again_on=None,
        by=by,
        at=at,
    )


def agree(
    version: SignedVersion, by: User, at: datetime, words: str = "", role: Role = Role.DSL
) -> None:
    """Review a version and agree."""
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.AGREED,
        words=words,
        role=role,
        by=by,
        at=at,
    )


def close(decision: Decision, by: User, at: datetime, reason: str) -> None:
    """Answer what the checklist asks afterwards, and close the decision."""
    pack = shipped(DEFAULT)
    answered = [
        following.Answered(question.code, "yes")
        for section in pack.sections
        if section.stage == "after"
        for question in section.questions
    ]
    following.answer_all_afterwards(decision=decision, answers=answered, by=by, at=at)
    progress.close(decision=decision, reason=reason, by=by, at=at)
