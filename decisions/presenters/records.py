"""A signed decision and what followed it, as it is shown on its page and in its PDF."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from decisions import packs, summary
from decisions.changes import Change, between
from decisions.enums import ReviewOutcome, ReviewState, VersionKind
from decisions.models import Decision, Review, SignedVersion
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
        pack=pack,
    )


def left_and_pack(version: SignedVersion) -> tuple[list[str], str]:
    """Return the guide's codes that a version left to be written up, and its pack's digest."""
    body = json.loads(version.body)
    return body["guidance"]["to_write_up"], body["pack"]["digest"]


def changes(before: Signed, after: Signed) -> list[Change]:
    """Return what a version says otherwise than the one before it, in the words of both."""
    return between(before.sections, after.sections)
