"""What the state of a matter allows; knows no user.

``incomplete`` is the one list of what still stands between a draft and its signature: what the
guide misses (guide.md section 5) and what the product needs beside it, each with its page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from decisions import typed
from decisions.care import is_heard
from decisions.changes import changed_by_author
from decisions.enums import BreachKind, VersionKind
from decisions.facts import ANSWERS, Material, given
from decisions.facts import SHARING as SHARING  # its place for those who ask what is allowed
from decisions.models import Breach, BreachStep, Decision, Draft, Recipient, SignedVersion
from decisions.summary import FLOW_PAGES, from_data, sections
from infosharing.guidance.guide import Guidance
from infosharing.guidance.missing_words import missing_words
from infosharing.guidance.pack import Pack
from infosharing.workdays.clock import WorkingDays


@dataclass(frozen=True)
class Incomplete:
    """One thing that is missing: its code, the sentence, and the page that mends it."""

    code: str
    words: str
    page: str
    index: int = 0


class AlreadySigned(Exception):
    """The draft has become a signed version; ``version`` is that."""

    def __init__(self, version: SignedVersion) -> None:
        super().__init__("This decision has been signed already.")
        self.version = version


class StillIncomplete(Exception):
    """The decision cannot be signed yet; ``missing`` says why."""

    def __init__(self, missing: list[Incomplete]) -> None:
        super().__init__("The decision cannot be signed yet.")
        self.missing = missing


class ChangedSinceShown(Exception):
    """What was shown is not what would be signed: show it again (design.md "Signing")."""


_PAGES = {
    "outcome": "outcome",
    "reasons": "outcome",
    "requester_identity": "request",
    "call_back": "request",
    "lawful_basis": "basis",
    "special_category": "basis",
    "special_category_condition": "basis",
    "no_consent_because": "no-consent",
    "no_consent_reason": "no-consent",
    "ground": "grounds",
    "withheld": "withheld",
    "person_informed": "telling",
    "refusal_discussed": "refusal",
    "override_reasons": "against",
    "items": "item",
    "recipients": "recipient",
}


def page_of_question(code: str, pack: Pack) -> str:
    """Return the page on which a question is asked.

    :raises KeyError: for a question that the pack does not have.
    """
    for page, (_title, questions) in FLOW_PAGES.items():
        if code in questions:
            return page
    for section in pack.sections:
        if any(question.code == code for question in section.questions):
            return f"questions-{section.code}"
    raise KeyError(code)


def place_of(code: str, material: Material) -> tuple[str, int]:
    """Return the page (and its index) on which a missing code of the guide is mended."""
    kind, _, rest = code.partition(":")
    match kind:
        case "rule":
            return "rules", 0
        case "question":
            return page_of_question(rest, material.pack), 0
        case "item":
            number = int(rest.split(":")[0])
            return "item", typed.items(material.pages)[number - 1][0]
        case "recipient":
            number = int(rest.split(":")[0])
            return "recipient", typed.repeated(material.pages, "recipient")[number - 1][0]
        case "advice":
            return "advice", 0
        case _:
            return _PAGES[code], 0


def in_guide(code: str, material: Material) -> Incomplete:
    """Return a missing code of the guide as a sentence with its place."""
    page, index = place_of(code, material)
    return Incomplete(
        code, missing_words(_counted(code, index, material), material.pack), page, index
    )


def _counted(code: str, index: int, material: Material) -> str:
    """Return a code with the number its item has on the pages; the guide counts what is sent."""
    kind, _, rest = code.partition(":")
    if kind != "item":
        return code
    indexes = [found for found, _entry in typed.repeated(material.pages, "item")]
    return f"item:{indexes.index(index) + 1}:{rest.partition(':')[2]}"


def _own(material: Material, guidance: Guidance) -> list[Incomplete]:
    """What the product needs beside the guide."""
    found: list[Incomplete] = []
    drafted = typed.decision(material.pages, material.pack)
    if material.role is None:
        found.append(Incomplete("role", "Say in which role you decide this.", "outcome"))
    urgent = is_emergency(guidance) and not material.writing_up
    if not urgent:
        found += _again(material, guidance)
    if guidance.rule == "2.1" and drafted["outcome"] == "do_not_share":
        return found
    if material.answers_identifiable != "no" and not material.chosen:
        found.append(Incomplete("people", "Say whom the information is about.", "people"))
    sharing = drafted["outcome"] in SHARING
    if not urgent:
        found += _against_advice(material)
        for consent in material.consents_of_chosen:
            if None in material.covers(consent).values():
                found.append(
                    Incomplete(
                        f"consent:{consent.public_id}",
                        f"Say whether record {consent.spoken_reference} concerns this sharing.",
                        "consent",
                    )
                )
    if sharing:
        found += _own_items(material, drafted["outcome"], urgent=urgent)
    return found


def _against_advice(material: Material) -> list[Incomplete]:
    """Going against advice says why: a rule of the product beside the guide's own (R20)."""
    why = typed.text(typed.page(material.pages, "against"), "advice_reasons")
    if why or not material.contrary_advice:
        return []
    names = ", ".join(one.adviser for one in material.contrary_advice)
    return [
        Incomplete("against_advice", f"Say why you go against the advice of {names}.", "against")
    ]


def _again(material: Material, guidance: Guidance) -> list[Incomplete]:
    """A returned version is not signed anew unanswered, or unchanged without saying why (R57)."""
    renewal = material.renewal
    if renewal is None or not renewal.returned:
        return []
    found = [
        Incomplete(
            f"{typed.REVIEW_ANSWER}{asked.number}",
            f"Answer the reviewer’s question {asked.number}, about “{asked.place}”.",
            *material.place_of_answer(asked),
        )
        for asked in renewal.questions
        if not material.answer_to(asked)
    ]
    why = typed.text(typed.page(material.pages, ANSWERS), "unchanged_because")
    if not why and is_unchanged(material, guidance):
        words = "Nothing is changed yet: make the changes asked for, or say why there are none."
        found.append(Incomplete("unchanged_because", words, ANSWERS))
    return found


def is_unchanged(material: Material, guidance: Guidance) -> bool:
    """Return whether a further version says the same as the version in force."""
    if material.renewal is None:
        return False
    now = sections(material, guidance, given(material)["decision"])
    return not changed_by_author(from_data(material.renewal.sections), now)


def _own_items(material: Material, outcome: str, *, urgent: bool) -> list[Incomplete]:
    """What items need beside the guide; in an emergency only that nothing contradicts itself."""
    found = []
    for number, (index, entry) in enumerate(typed.repeated(material.pages, "item"), start=1):
        handled = typed.handling(entry)
        if handled is None and not urgent:
            found.append(
                Incomplete(
                    f"handling:{number}",
                    f"Say whether information {number} is shared, redacted or held back.",
                    "item",
                    index,
                )
            )
        elif (
            handled in ("redact", "hold_back")
            and not urgent
            and not typed.text(entry, "handling_reason")
        ):
            found.append(
                Incomplete(
                    f"handling_reason:{number}",
                    f"Say why information {number} is not shared whole.",
                    "item",
                    index,
                )
            )
        if handled == "hold_back" and outcome == "share":
            found.append(
                Incomplete(
                    f"held_back:{number}",
                    "You hold something back: choose “Share part of it”, or share the item.",
                    "outcome",
                )
            )
    return found


def incomplete(material: Material, guidance: Guidance) -> list[Incomplete]:
    """Return everything that holds the signature back, in the guide's order, then our own."""
    wanted = list(guidance.missing)
    if material.writing_up:
        wanted += [code for code in guidance.to_write_up if not code.startswith("advice:")]
    return [in_guide(code, material) for code in wanted] + _own(material, guidance)


def to_write_up(material: Material, guidance: Guidance) -> list[Incomplete]:
    """Return what may be written up after an emergency or once advice can be had."""
    return [in_guide(code, material) for code in left_open(material, guidance)]


def left_open(material: Material, guidance: Guidance) -> tuple[str, ...]:
    """Return the codes that a signature would leave to be written up.

    A write-up leaves nothing open: advice that still could not be had is recorded as tried, and
    the review follows.
    """
    return () if material.writing_up else guidance.to_write_up


def is_emergency(guidance: Guidance) -> bool:
    """Return whether something is shared because somebody is in danger now (R19)."""
    return guidance.suggestion == "share_now" and guidance.sharing


def kind_signed(kind: str, guidance: Guidance) -> VersionKind:
    """Return the kind of the version that a draft becomes, however its pages were reached."""
    first = kind == VersionKind.DECISION
    return VersionKind.EMERGENCY if first and is_emergency(guidance) else VersionKind(kind)


def against_suggestion(suggestion: str, outcome: str) -> bool:
    """Return whether an outcome goes against a suggestion (guide.md section 5, without advice)."""
    if outcome in SHARING:
        return suggestion in ("do_not_share", "seek_consent", "seek_advice")
    return suggestion in (
        "share_now",
        "required_by_law",
        "may_share",
        "may_share_without_consent",
        "seek_advice",
    )


def check_is_open(draft: Draft) -> None:
    """Refuse a draft that was signed or given up.

    :raises AlreadySigned: with the version it became.
    """
    if draft.closed_at is not None:
        raise AlreadySigned(SignedVersion.objects.get(draft=draft))


def check_is_signed(decision: Decision) -> SignedVersion:
    """Return the version in force.

    :raises NotSigned: while the decision is being drafted.
    """
    if decision.version is None:
        raise NotSigned
    return decision.version


class NotSigned(Exception):
    """Nothing has been signed yet, so nothing can follow it."""


# What follows the signature


def unplanned(recipient: Recipient, method: str, address: str) -> list[str]:
    """Return what differs from the plan in how something was sent, in words (R41).

    A planned number or address must have been used, unless the way is one without any: a
    meeting, or a hand.
    """
    found = []
    if method != recipient.method:
        found.append("the way it was sent")
    planned, used = _plain(recipient.address), _plain(address)
    without = not used and is_heard(method) and method != "telephone"
    if planned and used != planned and not without:
        found.append("the number or address")
    return found


def _plain(text: str) -> str:
    """Return an address or a number so that spaces, dashes and capitals make no difference."""
    return "".join(text.split()).replace("-", "").casefold()


def receipt_due(day: date, method: str, days: WorkingDays) -> date | None:
    """Return the day by which an answer is expected; None where somebody heard it or took it."""
    if is_heard(method):
        return None
    for _ in range(settings.RECEIPT_WORKING_DAYS):
        day = days.after(day)
    return day


ICO_HOURS = 72


def ico_due(breach: Breach) -> datetime:
    """Return until when the ICO is told of a breach, if it is (UK GDPR Article 33(1))."""
    return breach.known_at.astimezone(UTC) + timedelta(hours=ICO_HOURS)


def open_about(steps: Iterable[BreachStep]) -> list[str]:
    """Return what is still to be done about a breach before it can be closed."""
    done = {step.kind for step in steps}
    wanted: list[tuple[set[str], str]] = [
        ({BreachKind.CONTAINED}, "Say what was done to contain it."),
        ({BreachKind.TOLD_LEAD}, "Tell the data protection lead, and record it."),
        ({BreachKind.RISK}, "Assess the risk to the people whose information it is."),
        (
            {BreachKind.TOLD_ICO, BreachKind.ICO_NOT_TOLD},
            "Tell the Information Commissioner (ICO), or say why not.",
        ),
        (
            {BreachKind.TOLD_PERSON, BreachKind.PERSON_NOT_TOLD},
            "Tell the people whose information it is, or say why not.",
        ),
    ]
    return [words for kinds, words in wanted if not kinds & done]
