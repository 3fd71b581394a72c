"""From rows to the facts the guide takes (guide.md sections 1, 3 and 5): the one adapter."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects

from consent.enums import GivenBy, Step
from consent.models import ConsentRecord, ConsentStep
from consent.queries import of_case, steps_of_case
from decisions import typed
from decisions.enums import VersionKind
from decisions.models import (
    Advice,
    Draft,
    Request,
    RequestDocument,
    RequestPerson,
    Review,
    ReviewQuestion,
    SecondReview,
    SignedVersion,
)
from decisions.offering import Offered
from decisions.sought import Sought, Tried, sought_for
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role, guide_role
from infosharing.cases.enums import JudgementKind, Part
from infosharing.cases.knowledge import Known, known_in
from infosharing.cases.models import Case, CasePerson, Document, Judgement
from infosharing.cases.queries import people_in, working_days
from infosharing.guidance.codes import ROLES, codes_of
from infosharing.guidance.facts import Facts
from infosharing.guidance.guide import Guidance, evaluate
from infosharing.guidance.pack import Pack
from infosharing.guidance.reading import read_facts
from infosharing.workdays.clock import day_of


@dataclass(frozen=True)
class WritingUp:
    """The version that a draft writes up; ages and consents are read as they were then.

    ``signed_on`` is its day in London, ``due`` until when it was to be written up, ``late`` the
    working days since then on the day of writing.
    """

    number: int
    signed_by: str
    signed_at: datetime
    signed_on: date
    due: datetime | None
    late: int


SHARING = ("share", "share_in_part")
# Questions of a reviewer about parts that no page of the wizard changes are answered here.
ANSWERS = "answers"


@dataclass(frozen=True)
class Renewal:
    """What a further version follows: the version in force, and what its reviewer asked (R50).

    ``sections`` are those of the version in force, as they were signed.
    """

    kind: VersionKind
    reason: str
    known_on: date | None
    known_from: str
    number: int
    sections: list[dict[str, Any]] = field(default_factory=list, repr=False)
    review: Review | None = None
    questions: list[ReviewQuestion] = field(default_factory=list)

    @property
    def returned(self) -> bool:
        """Whether a reviewer returned the version in force."""
        return self.returned_by is not None

    @property
    def returned_by(self) -> Review | SecondReview | None:
        """The review that returned it, the first or the second person's."""
        return self.review.returned_by if self.review else None


def renewal_of(draft: Draft) -> Renewal | None:
    """Return what a draft of a further version follows, None for a first version.

    One query for the reviewer's questions, beside the version in force and its review, where
    they have not been fetched with the draft.
    """
    version = draft.decision.version
    if version is None or draft.kind == VersionKind.DECISION or draft.closed_at is not None:
        return None
    review: Review | None = getattr(version, "review", None)
    returned = review.returned_by if review else None
    if draft.kind == VersionKind.WRITE_UP and returned is None:
        return None
    if review is not None:
        prefetch_related_objects([review], "questions")
    return Renewal(
        kind=VersionKind(draft.kind),
        reason=draft.reason,
        known_on=draft.known_on,
        known_from=draft.known_from,
        number=version.number,
        sections=json.loads(version.body)["sections"],
        review=review,
        questions=sorted(review.questions.all(), key=lambda one: one.number) if review else [],
    )


def answer_name(question: ReviewQuestion) -> str:
    """Return under which name the answer to a reviewer's question is typed."""
    return f"{typed.REVIEW_ANSWER}{question.number}"


@dataclass(frozen=True)
class Material:
    """Everything of one matter that the guide, the pages and the signature look at.

    ``writing_up`` is there where a draft writes up what was signed before (guide.md section 5).
    """

    request: Request
    pages: typed.Pages
    pack: Pack
    on: date
    parts: list[CasePerson] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    # None in practice, where nothing is known beside what was typed.
    known: Known | None = None
    consents: list[ConsentRecord] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    # Advice asked for and not had: what is open, and who was tried in vain.
    sought: Sought = field(default_factory=Sought)
    steps: list[ConsentStep] = field(default_factory=list)
    writing_up: WritingUp | None = None
    # Of whoever looks or signs, where they hold one role only: then nobody asks for it.
    only_role: Role | None = None
    renewal: Renewal | None = None
    # Only on the pages that ask for a recipient.
    offered: list[Offered] = field(default_factory=list)

    @property
    def attached(self) -> list[Document]:
        """The documents attached to the request, in the order they were."""
        if self.known is None:
            return []
        kept = {document.pk: document for document in self.known.documents}
        return [kept[row.document_id] for row in self.known.also if row.document_id in kept]

    @property
    def documents(self) -> list[Document]:
        """Every document that is named in the matter, once each: attached, or showing something."""
        consents, parts = self.consents_of_chosen, self.chosen
        people = {part.person_id for part in parts}
        shown: list[Any] = [*consents, *filter(None, map(self.judgement_of, parts))]
        if self.known is not None:
            known: list[Any] = [*self.known.responsibilities, *self.known.orders]
            shown += [row for row in known if row.person_id in people]
        found = [*self.attached, *(row.document for row in shown if row.document is not None)]
        return list({document.pk: document for document in found}.values())

    @property
    def chosen(self) -> list[CasePerson]:
        """The people the information is about: as ticked, until then those of the request."""
        if ("people", 0) not in self.pages:
            return asked_about(self.parts)
        ticked = set(typed.several(typed.page(self.pages, "people"), "people"))
        return [part for part in self.parts if part.person.public_id in ticked]

    def judgement_of(self, part: CasePerson) -> Judgement | None:
        """Return the judgement chosen for this decision; none is carried over by default."""
        wanted = typed.text(typed.page(self.pages, "people"), f"judgement_{part.person.public_id}")
        for judgement in self.judgements:
            if judgement.public_id == wanted and judgement.person_id == part.person_id:
                return judgement
        return None

    @property
    def consents_of_chosen(self) -> list[ConsentRecord]:
        """What was said about the chosen people, in the order it was said."""
        ids = {part.person_id for part in self.chosen}
        return [consent for consent in self.consents if consent.person_id in ids]

    def taken_back_of(self, consent: ConsentRecord) -> list[ConsentStep]:
        """Return the parts of a yes that were taken back, in the order it happened (R31)."""
        return [
            step
            for step in self.steps
            if step.kind == Step.PART_WITHDRAWN and step.consent_id == consent.pk
        ]

    def asked_as(self, consent: ConsentRecord) -> str:
        """Return the name under which the consent page asks about a record.

        It changes with each part taken back, so that what was answered before counts no more.
        """
        parts = len(self.taken_back_of(consent))
        return f"{consent.public_id}-{parts}" if parts else consent.public_id

    def covers(self, consent: ConsentRecord) -> dict[str, bool | None]:
        """Return what was answered about a consent, as it stands, on the consent page."""
        return typed.covers(typed.page(self.pages, "consent"), self.asked_as(consent))

    def steps_about(self, part: CasePerson) -> list[ConsentStep]:
        """Return how somebody was asked about sharing, or why not; facts, not for the guide."""
        return [
            step
            for step in self.steps
            if step.person_id == part.person_id and step.consent_id is None
        ]

    @property
    def tried(self) -> list[Tried]:
        """Whom somebody tried to reach for advice, in vain."""
        return self.sought.in_vain

    @property
    def answers_identifiable(self) -> str | None:
        """Whether anybody can be recognised from the information, as answered."""
        return typed.answers(self.pages, self.pack).get("identifiable")

    @property
    def contrary_advice(self) -> list[Advice]:
        """Return whose latest advice is contrary to the outcome chosen.

        It is when one shares and the other does not, and when all is shared where a part was
        advised. Advice that says neither is contrary to nothing.
        """
        outcome = typed.one_of(
            typed.page(self.pages, "outcome"), "outcome", (*SHARING, "do_not_share")
        )
        latest = {(one.adviser.casefold(), one.role): one for one in self.advice}
        return [
            one
            for one in latest.values()
            if outcome
            and one.advised
            and (
                (one.advised in SHARING) != (outcome in SHARING)
                or (one.advised, outcome) == ("share_in_part", "share")
            )
        ]

    def place_of_answer(self, question: ReviewQuestion) -> tuple[str, int]:
        """Return the page, and its index, on which a reviewer's question is answered."""
        place = (question.page, question.index)
        known = {f"questions-{section.code}" for section in self.pack.sections}
        if (
            question.page in ("", "request", "advice")
            or (question.page in ("item", "recipient") and place not in self.pages)
            or (question.page.startswith("questions-") and question.page not in known)
            or (question.page == "rules" and not self.pack.rules)
        ):
            return ANSWERS, 0
        return place

    def answer_to(self, question: ReviewQuestion) -> str | None:
        """Return what was answered to a reviewer's question; None while nothing is."""
        found = self.pages.get(self.place_of_answer(question), typed.NOTHING)
        return typed.text(found, answer_name(question))

    def questions_on(self, page: str, index: int) -> list[ReviewQuestion]:
        """Return the reviewer's questions that are answered on a page."""
        asked = self.renewal.questions if self.renewal else []
        return [one for one in asked if self.place_of_answer(one) == (page, index)]

    @property
    def role(self) -> Role | None:
        """The role chosen to decide in."""
        found = typed.one_of(
            typed.page(self.pages, "outcome"), "decided_by_role", [str(role) for role in Role]
        )
        return Role(found) if found else self.only_role


def people_asked_about(request: Request, case: Case) -> list[CasePerson]:
    """Return the people of a request's case, each with ``asked``: is the request about them?"""
    asked = RequestPerson.objects.filter(request=request, person=OuterRef("person"))
    return people_in(case, asked=Exists(asked))


def asked_about(parts: Iterable[CasePerson]) -> list[CasePerson]:
    """Return those a request is about; of one that names nobody, those the case is about."""
    parts = list(parts)
    asked = [part for part in parts if getattr(part, "asked", False)]
    # Whoever was recorded twice is meant by the row they are known by.
    named = [part for part in asked if part.part != Part.DOUBLE]
    return named or [part for part in parts if part.part == Part.SUBJECT]


def draft_pages(draft: Draft) -> dict[tuple[str, int], typed.Typed]:
    """Return what was typed on each page of a draft; one query."""
    return {
        (row.page, row.index): row.typed
        for row in draft.pages.filter(removed=False).order_by("page", "index")
    }


def writing_up(draft: Draft, on: date) -> WritingUp | None:
    """Return what a draft writes up on a day (a date in London), None for any other draft.

    Two queries for a write-up, none for anything else.
    """
    if draft.kind != VersionKind.WRITE_UP:
        return None
    version = (
        SignedVersion.objects.filter(decision=draft.decision_id)
        .exclude(draft=draft)
        .select_related("signed_by")
        .defer("body")
        .latest("number")
    )
    due = draft.decision.write_up_due or version.write_up_due
    late = 0
    if due is not None and on > day_of(due):
        late = working_days(draft.decision.organisation_id).between(day_of(due), on)
    return WritingUp(
        number=version.number,
        signed_by=version.signed_by.name,
        signed_at=version.signed_at,
        signed_on=day_of(version.signed_at),
        due=due,
        late=late,
    )


def material_of(
    draft: Draft,
    pack: Pack,
    on: date,
    pages: typed.Pages | None = None,
    *,
    roles: Sequence[Role] = (),
    reader: User | None = None,
) -> Material:
    """Gather the material of a draft on a day (a date in London); seven queries.

    ``pages`` are those of the draft, where they have been read already: six queries then.
    ``reader`` is warned of marks that are not brought into the decision.
    ``roles`` are those in which whoever looks or signs may decide: a single one is theirs.
    """
    request = draft.decision.request
    case = draft.decision.case
    parts = people_asked_about(request, case)
    known = known_in(
        case, parts, (RequestDocument, "request", request), reader=reader, deciding=True
    )
    return Material(
        request=request,
        pages=draft_pages(draft) if pages is None else pages,
        pack=pack,
        on=on,
        parts=parts,
        judgements=known.judgements,
        known=known,
        consents=list(of_case(case)),
        steps=list(steps_of_case(case)),
        advice=list(
            draft.decision.advice.select_related("request").order_by(
                "given_on", "recorded_at", "id"
            )
        ),
        sought=sought_for(draft.decision),
        writing_up=writing_up(draft, on),
        only_role=roles[0] if len(roles) == 1 else None,
        renewal=renewal_of(draft),
    )


def request_facts(request: Request) -> dict[str, Any]:
    """Return ``request`` of guide.md section 1."""
    if not request.received:
        return {"origin": "own_initiative"}
    return {
        "origin": "received",
        "channel": request.channel,
        "requester_kind": request.requester_kind,
        "identity": request.identity,
        "call_back_source": request.call_back_source.strip() or None,
        "crime_investigation": bool(request.crime_investigation),
    }


def _person(part: CasePerson, judgement: Judgement | None, on: date) -> dict[str, Any]:
    person = part.person
    able = judgement.able if judgement else None
    kind = judgement.kind if judgement else None
    facts: dict[str, Any] = {
        "id": person.public_id,
        "born": person.born.isoformat() if person.born else None,
        "competent": able if kind == JudgementKind.COMPETENCE else None,
        "capacity": able if kind == JudgementKind.CAPACITY else None,
    }
    if not person.born:
        facts["age_band"] = person.band_on(on)
    return facts


def giver_of(consent: ConsentRecord) -> str:
    """Return who gave a consent: the person's id where known, else the name in one spelling."""
    if consent.given_by == GivenBy.SELF:
        return consent.person.public_id
    if consent.giver_person is not None:
        return consent.giver_person.public_id
    return " ".join(consent.giver.split()).casefold()


def _consent(consent: ConsentRecord, covers: dict[str, bool | None]) -> dict[str, Any]:
    withdrawal = getattr(consent, "withdrawal", None)
    informed = {
        "what_happens": consent.knows_what_happens,
        "who_is_told": consent.knows_who_is_told,
        "onward_sharing": consent.knows_onward_sharing,
        "why": consent.knows_why,
    }
    return {
        "person": consent.person.public_id,
        "status": consent.status,
        "on": consent.said_on.isoformat(),
        "until": consent.until.isoformat() if consent.until else None,
        "withdrawn_on": withdrawal.withdrawn_on.isoformat() if withdrawal else None,
        "given_by": consent.given_by,
        "giver": giver_of(consent),
        "parental_responsibility": consent.parental_responsibility,
        "authority_evidenced": consent.authority_evidenced,
        "informed": [code for code, known in informed.items() if known],
        "consequences_explained": bool(consent.consequences_explained),
        "freely_given": bool(consent.freely_given),
        "understood": bool(consent.understood),
        "covers": {part: bool(covered) for part, covered in covers.items()},
    }


def _advice(advice: Iterable[Advice]) -> list[dict[str, Any]]:
    known = set(codes_of(ROLES))
    return [
        {
            "from": guide_role(found.role),
            "on": found.given_on.isoformat(),
            "anonymous": found.anonymous,
            "advised": found.advised or None,
        }
        for found in advice
        if guide_role(found.role) in known
    ]


def given(material: Material) -> dict[str, Any]:
    """Return the facts as the mapping of guide.md section 1; what is signed keeps exactly this."""
    known = set(codes_of(ROLES))
    tried = [
        (guide_role(found.role), found.how)
        for found in material.tried
        if guide_role(found.role) in known
    ]
    role = guide_role(material.role) if material.role else None
    return {
        "on": material.on.isoformat(),
        "request": request_facts(material.request),
        "people": [
            _person(part, material.judgement_of(part), material.on) for part in material.chosen
        ],
        "answers": typed.answers(material.pages, material.pack),
        "consents": [
            _consent(consent, material.covers(consent)) for consent in material.consents_of_chosen
        ],
        "grounds": typed.grounds(material.pages),
        "advice": _advice(material.advice),
        "decision": typed.decision(material.pages, material.pack, tried, role),
    }


def read(facts: dict[str, Any], pack: Pack) -> Facts:
    """Return the facts as the guide takes them; people may still be unchosen while drafting."""
    if facts["people"] or facts["answers"].get("identifiable") == "no":
        return read_facts(facts, pack)
    nobody = {"id": "nobody-chosen-yet", "born": None, "age_band": "under_16"}
    return replace(read_facts({**facts, "people": [nobody]}, pack), people=())


def guidance_on(material: Material) -> Guidance:
    """Return what the guide says of a matter as it stands."""
    return weigh(material, given(material))


def weigh(material: Material, facts: dict[str, Any]) -> Guidance:
    """Return what the guide says of facts; a write-up keeps ages and consents as signed."""
    signed_on = material.writing_up.signed_on if material.writing_up else None
    return evaluate(read(facts, material.pack), material.pack, signed_on=signed_on)
