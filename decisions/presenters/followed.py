"""What followed a signature, as it is shown on the page of the decision and in its PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from decisions import aftermath, queries
from decisions.care import care_of
from decisions.enums import STAGES, Handling, ProgressKind, ReceiptState, VersionKind
from decisions.models import Decision, Recipient, Telling
from decisions.policies import SHARING, unplanned
from decisions.presenters.records import Signed, Tag
from infosharing.cases.documents import Named, named
from infosharing.guidance import codes
from infosharing.guidance.pack import Pack
from infosharing.journeys.templatetags.british import british_date

RECEIPT_COLOURS = {
    ReceiptState.CONFIRMED: "green",
    ReceiptState.CHASED: "yellow",
    ReceiptState.NOT_RECEIVED: "red",
    ReceiptState.WRONG_RECIPIENT: "red",
}
YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class ReceiptLine:
    """What was known at a moment about whether something arrived."""

    state: ReceiptState
    words: str
    confirmed: bool
    known_on: date
    confirmed_by: str
    how: str
    due_on: date | None
    recorded_by: str
    recorded_at: datetime
    document: Named | None = None


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
    taken: list[str]
    not_taken: list[str]
    tracking: str
    heard_by: str
    unplanned: list[str]
    unplanned_because: str
    planned: str
    breach: str
    breach_open: bool
    note: str
    recorded_by: str
    recorded_at: datetime
    due_on: date | None
    today: date
    document: Named | None = None
    items: list[str] = field(default_factory=list)
    receipts: list[ReceiptLine] = field(default_factory=list)

    @property
    def latest(self) -> ReceiptState | None:
        """The state that holds; None while nothing is known."""
        return self.receipts[-1].state if self.receipts else None

    @property
    def confirmed(self) -> bool:
        """Whether the latest record says that it arrived (R44)."""
        return self.latest == ReceiptState.CONFIRMED

    @property
    def awaited(self) -> bool:
        """Whether somebody is still to say that it arrived."""
        return self.latest == ReceiptState.CHASED or (not self.heard_by and self.latest is None)

    @property
    def wanted_by(self) -> date | None:
        """The day by which an answer is expected; None where none is."""
        if not self.awaited:
            return None
        return self.receipts[-1].due_on if self.receipts else self.due_on

    @property
    def overdue(self) -> bool:
        """Whether the day by which an answer was expected has passed."""
        return self.wanted_by is not None and self.wanted_by < self.today

    @property
    def state(self) -> Tag:
        """Where the receipt stands."""
        if not self.receipts and self.heard_by:
            return Tag("Told directly", "green", "Nobody has to be asked whether it arrived.")
        if self.overdue:
            return Tag("Receipt overdue", "red", f"Expected by {british_date(self.wanted_by)}")
        hint = f"Expected by {british_date(self.wanted_by)}" if self.wanted_by else ""
        if not self.receipts:
            return Tag("Receipt not confirmed", "yellow", hint)
        latest = self.receipts[-1]
        return Tag(latest.words, RECEIPT_COLOURS[latest.state], hint)


def method_words(pack: Pack, code: str) -> str:
    """Return how something was sent, in the checklist's words."""
    return dict(pack.methods).get(code, code)


def planned_words(pack: Pack, recipient: Recipient) -> str:
    """Return how something was to be sent, with the number or address planned."""
    return ", ".join(filter(None, (method_words(pack, recipient.method), recipient.address)))


def _receipt(row: dict[str, Any]) -> ReceiptLine:
    at = "disclosure__receipts__"
    state = ReceiptState(row[f"{at}state"])
    return ReceiptLine(
        state=state,
        words=str(state.label),
        confirmed=state == ReceiptState.CONFIRMED,
        known_on=row[f"{at}known_on"],
        confirmed_by=row[f"{at}confirmed_by"],
        how=row[f"{at}how"],
        due_on=row[f"{at}due_on"],
        document=named(row, f"{at}document__"),
        recorded_by=row[f"{at}recorded_by__name"],
        recorded_at=row[f"{at}recorded_at"],
    )


def _one_sent(row: Mapping[str, Any], pack: Pack, today: date) -> Sent:
    of = {name.removeprefix("disclosure__"): value for name, value in row.items()}
    planned = Recipient(method=of["recipient__method"], address=of["recipient__address"])
    checks = care_of(of["method"]).checks
    return Sent(
        public_id=of["public_id"],
        recipient=of["recipient__name"],
        organisation=of["recipient__organisation"],
        version=of["recipient__version__number"],
        sent_on=of["sent_on"],
        sent_time=of["sent_time"],
        method=method_words(pack, of["method"]),
        address=of["address"],
        sent_by=of["sent_by"],
        told_confidential=YES_NO[of["told_confidential"]],
        taken=[words for code, words in checks if code in of["checks"]],
        # The page of an emergency does not ask about this care.
        not_taken=[words for code, words in checks if code not in of["checks"]]
        if of["checks"] or of["recipient__version__kind"] != VersionKind.EMERGENCY
        else [],
        tracking=of["tracking"],
        heard_by=of["heard_by"],
        unplanned=unplanned(planned, of["method"], of["address"]),
        unplanned_because=of["unplanned_because"],
        planned=planned_words(pack, planned),
        breach=of["breach__public_id"] or "",
        breach_open=bool(of["breach__public_id"]) and of["breach__closed_at"] is None,
        note=of["note"],
        recorded_by=of["recorded_by__name"],
        recorded_at=of["recorded_at"],
        due_on=of["receipt_due_on"],
        document=named(of, "document__"),
        today=today,
    )


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


def nothing_sent_to(recipients: Iterable[str], sendings: Iterable[Sent]) -> list[str]:
    """Return the recipients to whose name nothing was sent, under this version or an earlier.

    What reached the wrong person was not sent to whom it was for.
    """
    got = {
        one.recipient.casefold()
        for one in sendings
        if one.latest != ReceiptState.WRONG_RECIPIENT and not one.breach
    }
    return [name for name in recipients if name.casefold() not in got]


def sent(rows: Iterable[dict[str, Any]], pack: Pack, today: date) -> list[Sent]:
    """Return what was sent, in order; ``rows`` are those of ``aftermath.sent_of``."""
    found: dict[int, Sent] = {}
    items: dict[int, dict[int, str]] = {}
    receipts: dict[int, dict[int, ReceiptLine]] = {}
    for row in rows:
        key = row["disclosure__id"]
        if key not in found:
            found[key] = _one_sent(row, pack, today)
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

    person_id: str
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
            person_id=telling.person.public_id,
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


# What is to be done about telling, by what was signed: that they are told, or that they are not.
RECORD_TELLING = "Record whether the person was told"
LOOK_AGAIN = "Say when to look at telling again"
NOT_TO_BE_TOLD = "Not to be told, as signed"


@dataclass(frozen=True)
class ToTell:
    """Somebody about whom nothing is recorded yet, or whose day to look again has come (R49).

    ``as_signed``: they are not to be told, and only the day to look at that again is missing.
    """

    person: str
    words: str
    overdue: bool = False
    as_signed: bool = False


def to_tell(signed: Signed, said: Iterable[Told], decision: Decision, today: date) -> list[ToTell]:
    """Return whom to tell, or to look at again, by what was signed and recorded since."""
    if decision.outcome not in SHARING or decision.telling_planned is None:
        return []
    latest = {one.person_id: one for one in said}
    found = []
    plan = signed.note("telling", "Is the person told, or will they be?")
    for person in signed.people:
        one = latest.get(person["id"])
        if one is None:
            words = f"Planned: {plan}" if plan else "Record that they were told, or why not."
            if not decision.telling_planned:
                words = f"{NOT_TO_BE_TOLD}. Say when to look at it again."
            found.append(ToTell(person["name"], words, as_signed=not decision.telling_planned))
        elif not one.told and one.look_again_on and one.look_again_on <= today:
            words = f"To be looked at again since {british_date(one.look_again_on)}."
            found.append(ToTell(person["name"], words, overdue=one.look_again_on < today))
    return found


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


def afterwards(pack: Pack, later: Iterable[aftermath.Later], *, shared: bool) -> list[Afterwards]:
    """Return the checklist's questions for afterwards with what was answered (R14).

    They fit what was decided: ``shared`` is whether anything is to be shared or was. Answers to
    questions that only an earlier version was asked come last.
    """
    given: dict[str, list[dict[str, Any]]] = {}
    for answer in later:
        if answer.question:
            given.setdefault(answer.question, []).append(
                {
                    "words": codes.words_of(codes.ANSWERS, answer.answer),
                    "note": answer.words,
                    "by": answer.by,
                    "at": answer.at,
                }
            )
    asked = [
        Afterwards(question.code, question.text, given.pop(question.code, []))
        for question in pack.asked_afterwards(shared=shared)
    ]
    earlier = [
        Afterwards(code, pack.afterwards_text(code) or code.replace("_", " "), found)
        for code, found in given.items()
    ]
    return asked + earlier


@dataclass(frozen=True)
class ProgressLine:
    """A reply, a stage of pressing for one, closing or opening again."""

    words: str
    colour: str
    on: date | None
    who: str
    text: str
    look_again_on: date | None
    by: str
    at: datetime


def progress(later: Iterable[aftermath.Later]) -> list[ProgressLine]:
    """Return what came of the decision, in the order it was recorded."""
    colours = {ProgressKind.REPLY: "teal", ProgressKind.CLOSED: "grey"}
    colours |= dict.fromkeys(STAGES, "yellow")
    return [
        ProgressLine(
            words=str(ProgressKind(one.kind).label),
            colour=colours.get(ProgressKind(one.kind), "teal"),
            on=one.on,
            who=one.who,
            text=one.words,
            look_again_on=one.look_again_on,
            by=one.by,
            at=one.at,
        )
        for one in later
        if one.kind
    ]


def followed(
    decision: Decision, signed: Signed, today: date, since: aftermath.Since | None = None
) -> dict[str, Any]:
    """Return what followed the signature, for page and PDF; three queries without ``since``."""
    later = since.later if since else aftermath.later_of(decision)
    said = told(since.told if since else queries.tellings_of(decision))
    lines = progress(later)
    rows = since.sent if since else aftermath.sent_of(decision)
    sendings = sent(rows, signed.pack, today)
    shared = decision.outcome in SHARING or bool(sendings)
    return {
        "sent": sendings,
        "not_sent_to": nothing_sent_to(signed.recipients, sendings),
        "told": said,
        "to_tell": to_tell(signed, said, decision, today),
        "afterwards": afterwards(signed.pack, later, shared=shared),
        "progress": lines,
        "look_again": lines[-1].look_again_on if lines and not decision.closed_at else None,
    }


def still_open(decision: Decision, what_followed: Mapping[str, Any]) -> list[str]:
    """Return what nobody has done yet, for whoever is about to close a decision."""
    found = []
    if decision.outcome in SHARING and not what_followed["sent"]:
        found.append("Nothing has been recorded as sent.")
    elif decision.outcome in SHARING:
        found += [
            f"Nothing has been recorded as sent to {name}." for name in what_followed["not_sent_to"]
        ]
    for number, one in enumerate(what_followed["sent"], start=1):
        if one.breach_open:
            found.append(f"The breach about sending {number} is open. It stays open.")
        elif one.awaited:
            found.append(f"Nobody has confirmed that sending {number} arrived.")
    found += [f"{one.person}: {one.words}" for one in what_followed["to_tell"]]
    found += [
        f"Not answered: {asked.question}"
        for asked in what_followed["afterwards"]
        if asked.latest is None
    ]
    return found
