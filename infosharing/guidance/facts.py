"""The facts of one possible disclosure, as the guide takes them: frozen, with ages.

``reading`` builds these from a mapping and refuses what does not fit; ``writing`` turns
them back into that mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from infosharing.guidance.codes import (
    AgeBand,
    Answer,
    Channel,
    ConsentStatus,
    DeciderRole,
    GivenBy,
    Ground,
    Identity,
    Informed,
    LawfulBasis,
    Nature,
    NoConsentReason,
    Origin,
    Outcome,
    RequesterKind,
    Role,
    SpecialCategoryCondition,
)


def has_text(text: str | None) -> bool:
    """Whether there is anything but white space: blank text counts as absent."""
    return text is not None and text.strip() != ""


def age_on(born: date, on: date) -> int:
    """Age in whole years. Born on 29 February: a year older on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Where the question came from; everything but origin belongs to received ones only."""

    origin: Origin
    channel: Channel | None = None
    requester_kind: RequesterKind | None = None
    identity: Identity | None = None
    call_back_source: str | None = None
    crime_investigation: bool = False

    @property
    def received(self) -> bool:
        return self.origin == "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the information is about. Either ``born`` or ``age_band`` is set, not both."""

    id: str
    born: date | None = None
    age_band: AgeBand | None = None
    competent: bool | None = None
    capacity: bool | None = None

    def band_on(self, on: date) -> AgeBand:
        if self.born is None:
            return self.age_band or "under_16"
        age = age_on(self.born, on)
        if age < 16:
            return "under_16"
        return "16_or_17" if age < 18 else "adult"

    def under_16_on(self, on: date) -> bool:
        return self.band_on(on) in ("unborn", "under_16")

    def adult_on(self, on: date) -> bool:
        return self.band_on(on) == "adult"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Does this yes or no concern this disclosure: its purpose, recipients, information."""

    purpose: bool
    recipients: bool
    information: bool

    @property
    def everything(self) -> bool:
        return self.purpose and self.recipients and self.information


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    person: str
    status: ConsentStatus
    on: date
    until: date | None = None
    withdrawn_on: date | None = None
    given_by: GivenBy
    giver: str
    parental_responsibility: bool
    authority_evidenced: bool
    informed: frozenset[Informed]
    consequences_explained: bool
    freely_given: bool
    understood: bool
    covers: Covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Advice that was given. ``by`` is the key ``from`` of the contract."""

    by: Role
    on: date
    anonymous: bool
    advised: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    what: str | None = None
    nature: Nature | None = None
    source_checked: bool | None = None
    source_not_checked_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    name: str | None = None
    method: str | None = None
    need_to_know: bool | None = None
    told_confidential: bool | None = None
    intended_use: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceTried:
    """Whom somebody tried to reach, by what means and when, in vain."""

    role: Role | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What has been drafted. Everything may be absent until it is signed."""

    outcome: Outcome | None = None
    reasons: str | None = None
    decided_by_role: DeciderRole | None = None
    lawful_basis: LawfulBasis | None = None
    special_category: bool | None = None
    special_category_condition: SpecialCategoryCondition | None = None
    no_consent_because: str | None = None
    no_consent_reason: NoConsentReason | None = None
    items: tuple[Item, ...] = ()
    withheld: str | None = None
    recipients: tuple[Recipient, ...] = ()
    person_informed: bool | None = None
    not_informed_because: str | None = None
    refusal_discussed: bool | None = None
    refusal_not_discussed_because: str | None = None
    override_reasons: str | None = None
    rules_considered: tuple[int, ...] = ()
    advice_tried: tuple[AdviceTried, ...] = ()

    @property
    def sharing(self) -> bool:
        return self.outcome in ("share", "share_in_part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    on: date
    request: Request
    people: tuple[Person, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    grounds: tuple[Ground, ...] = ()
    advice: tuple[Advice, ...] = ()
    decision: Decision | None = None

    @property
    def identifying(self) -> bool:
        """Not answered no: unanswered and not sure count as yes."""
        return self.answers.get("identifiable") != "no"

    @property
    def in_confidence(self) -> bool:
        return self.answers.get("confidential") != "no"
