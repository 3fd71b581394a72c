"""A signed decision and what followed it, as it is shown on its page and in its PDF."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from decisions import packs, summary
from decisions.changes import Change, between
from decisions.enums import (
    LookedBack,
    ReviewKind,
    ReviewOutcome,
    ReviewState,
    VersionKind,
)
from decisions.models import Decision, LookBack, Review, SecondReview, SignedVersion
from decisions.needs import Need, need_of_data
from decisions.policies import SHARING, against_suggestion
from infosharing.accounts import roles
from infosharing.guidance import codes
from infosharing.guidance.missing_words import missing_words
from infosharing.guidance.pack import Pack
from infosharing.identifiers import spoken

OUTCOME_COLOURS = {"share": "teal", "share_in_part": "purple", "do_not_share": "grey"}
REVIEW_COLOURS = {
    ReviewState.WAITING: "yellow",
    ReviewState.SECOND: "yellow",
    ReviewState.DISAGREED: "orange",
    ReviewState.AGREED: "green",
    ReviewState.RETURNED: "red",
}


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
    disagreed: bool = False
    questions: list[Asked] = field(default_factory=list)
    reply: "Reply | None" = None
    second: "Reviewed | None" = None


@dataclass(frozen=True)
class Reply:
    """What the author said to a reviewer who did not agree; ``text`` may be empty."""

    text: str
    name: str
    at: datetime


SAID: Final = {
    ReviewOutcome.AGREED: ("Agreed", "green"),
    ReviewOutcome.RETURNED: ("Returned, with what to change", "red"),
    ReviewOutcome.DISAGREED: ("Not agreed; the decision stands", "orange"),
}


def reviewed(review: Review) -> Reviewed:
    """Return a review in words, and what a second person said of the same version.

    ``reviewer``, ``second`` and ``questions`` are best fetched with it; what was replied to
    whoever did not agree costs a query where somebody did not.
    """
    said = review.said
    replies = {}
    if any(one.outcome == ReviewOutcome.DISAGREED for one in said):
        for one in review.replies.select_related("replied_by"):
            replies[one.to_second] = Reply(one.words, one.replied_by.name, one.replied_at)
    second = _said(said[1], review, replies.get(True)) if len(said) > 1 else None
    return _said(review, review, replies.get(False), second)


def returned(review: Review) -> Reviewed | None:
    """Return what whoever returned the version said; None where nobody did."""
    one = review.returned_by
    return _said(one, review, None) if one else None


def _said(
    one: Review | SecondReview, first: Review, reply: Reply | None, second: Reviewed | None = None
) -> Reviewed:
    words, colour = SAID[ReviewOutcome(one.outcome)]
    returned = one.outcome == ReviewOutcome.RETURNED
    return Reviewed(
        words=words,
        colour=colour,
        text=one.words,
        name=one.reviewer.name,
        role=roles.acting_words(one.reviewed_as, one.in_place_of.name if one.in_place_of else ""),
        at=one.reviewed_at,
        returned=returned,
        disagreed=one.outcome == ReviewOutcome.DISAGREED,
        questions=[
            Asked(asked.number, asked.place, asked.words)
            for asked in sorted(first.questions.all(), key=lambda each: each.number)
        ]
        if returned
        else [],
        reply=reply,
        second=second,
    )


@dataclass(frozen=True)
class LookedBackAt:
    """What a look back at an emergency found."""

    words: str
    colour: str
    findings: str
    to_change: str
    name: str
    role: str
    at: datetime


def looked_back(found: LookBack) -> LookedBackAt:
    """Return a look back in words; ``looked_by`` is best fetched with it."""
    colours = {LookedBack.RIGHT: "green", LookedBack.PARTLY: "yellow", LookedBack.WRONG: "red"}
    return LookedBackAt(
        words=str(LookedBack(found.found).label),
        colour=colours[LookedBack(found.found)],
        findings=found.findings,
        to_change=found.to_change,
        name=found.looked_by.name,
        role=roles.acting_words(
            found.looked_as, found.in_place_of.name if found.in_place_of else ""
        ),
        at=found.looked_at,
    )


def because_words(codes_: Iterable[str]) -> str:
    """Return reasons for a review as the end of a sentence: "because … and …"; "" for none."""
    words = [str(ReviewKind(code).label) for code in codes_ if code != ReviewKind.EVERY]
    if not words:
        return ""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def need_words(need: Need) -> list[str]:
    """Return who has to review a decision, and why, in sentences; as settled at its signature."""
    if not need.because:
        found = ["No review is needed: only other kinds of decision are reviewed here."]
    else:
        why = because_words(need.because)
        found = [
            f"It is reviewed, because {why}." if why else "It is reviewed, as every decision is."
        ]
    if need.second:
        why = because_words(need.second)
        found.append(
            f"A second person reviews it too, because {why}."
            if why
            else "A second person reviews it too, as every decision that is reviewed."
        )
    if need.look_back_days:
        days = "working day" if need.look_back_days == 1 else "working days"
        found.append(f"It is looked back at within {need.look_back_days} {days}.")
    return found


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
    need: Need
    pack: Pack = field(repr=False)

    @property
    def need_words(self) -> list[str]:
        """Who was to review it, and why, as settled when it was signed."""
        return need_words(self.need)

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

    def note(self, code: str, label: str) -> str:
        """Return the note below one row of a section; blank where there is none."""
        section = self.section(code)
        rows = section.rows if section else []
        return next((row.note for row in rows if row.label == label), "")


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
        need=need_of_data(body.get("review")),
        pack=pack,
    )


def left_and_pack(version: SignedVersion) -> tuple[list[str], str]:
    """Return the guide's codes that a version left to be written up, and its pack's digest."""
    body = json.loads(version.body)
    return body["guidance"]["to_write_up"], body["pack"]["digest"]


def changes(before: Signed, after: Signed) -> list[Change]:
    """Return what a version says otherwise than the one before it, in the words of both."""
    return between(before.sections, after.sections)
