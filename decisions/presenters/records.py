"""A signed decision and what followed it, as it is shown on its page and in its PDF."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from decisions import packs, queries, summary
from decisions.changes import Change, between
from decisions.enums import Handling, ReceiptState, ReviewOutcome, ReviewState, VersionKind
from decisions.models import AfterAnswer, Decision, Review, SignedVersion, Telling
from decisions.policies import SHARING, against_suggestion
from infosharing.accounts import roles
from infosharing.guidance import codes
from infosharing.guidance.missing_words import missing_words
from infosharing.guidance.pack import Pack
from infosharing.identifiers import spoken

OUTCOME_COLOURS = {"share": "teal", "share_in_part": "purple", "do_not_share": "grey"}
REVIEW_COLOURS = {
    ReviewState.WAITING: "yellow",
    ReviewState.AGREED: "green",
    ReviewState.RETURNED: "red",
}
RECEIPT_COLOURS = {
    ReceiptState.CONFIRMED: "green",
    ReceiptState.CHASED: "yellow",
    ReceiptState.NOT_RECEIVED: "red",
}
YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class Tag:
    """A word on a coloured ground, the same wherever it stands."""

    tag: str
    colour: str
    hint: str = ""


def outcome_tag(outcome: str, hint: str = "") -> Tag:
    """Return the tag of an outcome: shared, part shared and not shared look alike everywhere."""
    return Tag(codes.words_of(codes.OUTCOMES, outcome), OUTCOME_COLOURS[outcome], hint)


def review_tag(decision: Decision, hint: str = "") -> Tag:
    """Return the tag of where the review of the version in force stands."""
    state = ReviewState(decision.review_state)
    return Tag(str(state.label), REVIEW_COLOURS.get(state, "grey"), hint)


@dataclass(frozen=True)
class Asked:
    """A reviewer's question and the part it is about."""

    number: int
    place: str
    words: str


@dataclass(frozen=True)
class Reviewed:
    """What a reviewer said of a version."""

    words: str
    colour: str
    text: str
    name: str
    role: str
    at: datetime
    returned: bool
    questions: list[Asked] = field(default_factory=list)


def reviewed(review: Review) -> Reviewed:
    """Return a review in words; ``reviewer`` and ``questions`` are best fetched with it."""
    returned = review.outcome == ReviewOutcome.RETURNED
    return Reviewed(
        words="Returned, with what to change" if returned else "Agreed",
        colour="red" if returned else "green",
        text=review.words,
        name=review.reviewer.name,
        role=roles.words(review.reviewed_as),
        at=review.reviewed_at,
        returned=returned,
        questions=[
            Asked(asked.number, asked.place, asked.words)
            for asked in sorted(review.questions.all(), key=lambda one: one.number)
        ]
        if returned
        else [],
    )


@dataclass(frozen=True)
class Signed:
    """One signed version in exactly the words that were shown when it was signed."""

    number: int
    kind: str
    reason: str
    reopened: bool
    known_on: date | None
    known_from: str
    outcome: Tag
    without_consent: bool
    against_suggestion: bool
    organisation: str
    case: str
    request: str
    checklist: str
    people: list[dict[str, str]]
    sections: list[summary.Section]
    suggestion: str
    suggestion_text: str
    reasons: list[str]
    to_write_up: list[str]
    name: str
    role: str
    at: datetime
    editors: list[str]
    digest: str
    items: list[str]
    pack: Pack = field(repr=False)

    @property
    def recipients(self) -> list[str]:
        """The names of the recipients, in order."""
        found = [one for one in self.sections if one.code.startswith("recipient-")]
        return [section.rows[0].value for section in found]

    def section(self, code: str) -> summary.Section | None:
        """Return one section by its code."""
        return next((found for found in self.sections if found.code == code), None)

    def said(self, code: str, label: str) -> str:
        """Return what one row of a section said; blank where there is none."""
        section = self.section(code)
        rows = section.rows if section else []
        return next((row.value for row in rows if row.label == label), "")


def signed(version: SignedVersion) -> Signed:
    """Return a version as its body holds it; nothing is looked up that could have changed."""
    body = json.loads(version.body)
    pack = packs.kept_pack(body["pack"]["digest"])
    guidance, signature = body["guidance"], body["signed"]
    drafted, shares = body["given"]["decision"], version.outcome in SHARING
    return Signed(
        number=version.number,
        kind=str(VersionKind(version.kind).label),
        reason=version.reason,
        reopened=version.kind == VersionKind.REOPENING,
        known_on=version.known_on,
        known_from=version.known_from,
        outcome=outcome_tag(version.outcome),
        without_consent=any(one["code"] == "no-consent" for one in body["sections"]),
        against_suggestion=against_suggestion(guidance["suggestion"], version.outcome),
        organisation=body["organisation"]["name"],
        case=spoken(body["case"]),
        request=spoken(body["request"]),
        checklist=f"{body['pack']['title']} (version {body['pack']['version']})",
        people=body["people"],
        sections=summary.from_data(body["sections"]),
        suggestion=guidance["title"],
        suggestion_text=guidance["text"],
        reasons=guidance["because"][1:],
        to_write_up=[missing_words(code, pack) for code in guidance["to_write_up"]],
        name=signature["name"],
        role=signature["role_words"],
        at=datetime.fromisoformat(signature["at"]),
        editors=[editor["name"] for editor in body["editors"]],
        digest=version.digest,
        items=[item["what"] for item in drafted["items"]] if shares else [],
        pack=pack,
    )


def changes(before: Signed, after: Signed) -> list[Change]:
    """Return what a version says otherwise than the one before it, in the words of both."""
    return between(before.sections, after.sections)


@dataclass(frozen=True)
class ReceiptLine:
    """What was known at a moment about whether something arrived."""

    words: str
    colour: str
    confirmed: bool
    known_on: date
    confirmed_by: str
    how: str
    recorded_by: str
    recorded_at: datetime


@dataclass
class Sent:
    """Something that was sent to one recipient, with what is known of its arrival."""

    public_id: str
    recipient: str
    organisation: str
    version: int
    sent_on: date
    sent_time: str
    method: str
    address: str
    sent_by: str
    told_confidential: str
    note: str
    recorded_by: str
    recorded_at: datetime
    items: list[str] = field(default_factory=list)
    receipts: list[ReceiptLine] = field(default_factory=list)

    @property
    def confirmed(self) -> bool:
        """Whether the latest record says that it arrived (R44)."""
        return bool(self.receipts) and self.receipts[-1].confirmed

    @property
    def state(self) -> Tag:
        """Where the receipt stands."""
        if not self.receipts:
            return Tag("Receipt not confirmed", "yellow")
        return Tag(self.receipts[-1].words, self.receipts[-1].colour)


TAKEN_OUT = " (parts taken out)"


@dataclass(frozen=True)
class ToSend:
    """What a recipient of the version in force has not been sent yet."""

    recipient: str
    items: list[str]


@dataclass(frozen=True)
class SentBefore:
    """What earlier versions sent, beside the version in force: what is new, who is left out."""

    already: list[Sent]
    new: list[ToSend]
    left_out: list[str]


def sent_before(found: Signed, sendings: list[Sent]) -> SentBefore | None:
    """Return what was sent under earlier versions and what is new; None where nothing was."""
    already = [one for one in sendings if one.version < found.number]
    if not already:
        return None
    got: dict[str, set[str]] = {}
    for one in sendings:
        names = got.setdefault(one.recipient.casefold(), set())
        names.update(item.removesuffix(TAKEN_OUT) for item in one.items)
    new = [
        ToSend(name, [what for what in found.items if what not in got.get(name.casefold(), ())])
        for name in found.recipients
    ]
    now = {name.casefold() for name in found.recipients}
    gone = [one.recipient for one in already if one.recipient.casefold() not in now]
    return SentBefore(already, [one for one in new if one.items], list(dict.fromkeys(gone)))


def method_words(pack: Pack, code: str) -> str:
    """Return how something was sent, in the checklist's words."""
    return dict(pack.methods).get(code, code)


def _receipt(row: dict[str, Any]) -> ReceiptLine:
    at = "disclosure__receipts__"
    state = ReceiptState(row[f"{at}state"])
    return ReceiptLine(
        words=str(state.label),
        colour=RECEIPT_COLOURS[state],
        confirmed=state == ReceiptState.CONFIRMED,
        known_on=row[f"{at}known_on"],
        confirmed_by=row[f"{at}confirmed_by"],
        how=row[f"{at}how"],
        recorded_by=row[f"{at}recorded_by__name"],
        recorded_at=row[f"{at}recorded_at"],
    )


def sent(rows: Iterable[dict[str, Any]], pack: Pack) -> list[Sent]:
    """Return what was sent, in order; ``rows`` are those of ``queries.sent_of``."""
    found: dict[int, Sent] = {}
    items: dict[int, dict[int, str]] = {}
    receipts: dict[int, dict[int, ReceiptLine]] = {}
    for row in rows:
        key = row["disclosure__id"]
        if key not in found:
            found[key] = Sent(
                public_id=row["disclosure__public_id"],
                recipient=row["disclosure__recipient__name"],
                organisation=row["disclosure__recipient__organisation"],
                version=row["disclosure__recipient__version__number"],
                sent_on=row["disclosure__sent_on"],
                sent_time=row["disclosure__sent_time"],
                method=method_words(pack, row["disclosure__method"]),
                address=row["disclosure__address"],
                sent_by=row["disclosure__sent_by"],
                told_confidential=YES_NO[row["disclosure__told_confidential"]],
                note=row["disclosure__note"],
                recorded_by=row["disclosure__recorded_by__name"],
                recorded_at=row["disclosure__recorded_at"],
            )
        taken_out = TAKEN_OUT if row["item__handling"] == Handling.REDACT else ""
        items.setdefault(key, {})[row["item__number"]] = row["item__what"] + taken_out
        receipt = row["disclosure__receipts__id"]
        if receipt is not None:
            receipts.setdefault(key, {})[receipt] = _receipt(row)
    for key, one in found.items():
        one.items = [what for _number, what in sorted(items[key].items())]
        one.receipts = [line for _id, line in sorted(receipts.get(key, {}).items())]
    return list(found.values())


@dataclass(frozen=True)
class Told:
    """One record of telling a person, or of not telling them yet."""

    person: str
    told: bool
    words: str
    colour: str
    told_on: date | None
    told_who: str
    told_by: str
    how: str
    why_not: str
    look_again_on: date | None
    recorded_by: str
    recorded_at: datetime


def told(tellings: Iterable[Telling]) -> list[Told]:
    """Return the records of telling people (R49)."""
    return [
        Told(
            person=telling.person.name,
            told=telling.told,
            words="Told" if telling.told else "Not told",
            colour="green" if telling.told else "yellow",
            told_on=telling.told_on,
            told_who=telling.told_who,
            told_by=telling.told_by,
            how=telling.how,
            why_not=telling.why_not,
            look_again_on=telling.look_again_on,
            recorded_by=telling.recorded_by.name,
            recorded_at=telling.recorded_at,
        )
        for telling in tellings
    ]


@dataclass(frozen=True)
class Afterwards:
    """One question for afterwards with its answers, the latest last; none while it is open."""

    code: str
    question: str
    answers: list[dict[str, Any]]

    @property
    def latest(self) -> dict[str, Any] | None:
        """The answer that holds."""
        return self.answers[-1] if self.answers else None


def afterwards(pack: Pack, answers: Iterable[AfterAnswer]) -> list[Afterwards]:
    """Return the checklist's questions for afterwards with what was answered (R14).

    Answers to questions that only an earlier version's checklist had come last.
    """
    given: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        given.setdefault(answer.question, []).append(
            {
                "words": codes.words_of(codes.ANSWERS, answer.answer),
                "note": answer.note,
                "by": answer.recorded_by.name,
                "at": answer.recorded_at,
            }
        )
    asked = [
        Afterwards(question.code, question.text, given.pop(question.code, []))
        for question in pack.questions_at("after")
    ]
    earlier = [Afterwards(code, code.replace("_", " "), found) for code, found in given.items()]
    return asked + earlier


def followed(decision: Decision, pack: Pack) -> dict[str, Any]:
    """Return what followed the signature, for page and PDF; three queries."""
    return {
        "sent": sent(queries.sent_of(decision), pack),
        "told": told(queries.tellings_of(decision)),
        "afterwards": afterwards(pack, queries.after_answers_of(decision)),
    }
