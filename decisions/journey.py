"""The pages of a decision, in order, as data (R9 to R17, R34 to R49).

A question of the guide or of the checklist is never hidden; what shows only when it applies are
the decision's own fields, and each says why it is not needed now.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from consent.models import ConsentRecord
from decisions import facts, policies, summary, typed
from decisions.facts import Material
from decisions.forms import pages_deciding, pages_people, pages_questions, pages_sharing
from decisions.policies import SHARING, Incomplete
from infosharing.accounts import roles as role_words
from infosharing.accounts.roles import Role
from infosharing.cases.enums import JudgementKind
from infosharing.cases.models import CasePerson, Judgement
from infosharing.guidance.guide import Guidance
from infosharing.guidance.pack import Pack
from infosharing.guidance.parts import Question
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.steps import Journey, Section, ShortPath, Step
from infosharing.journeys.templatetags.british import british_date

Data = Mapping[str, Any] | None


@dataclass(frozen=True)
class Situation:
    """A matter with what the guide says of it, and the roles in which its reader may decide."""

    material: Material
    guidance: Guidance
    missing: list[Incomplete]
    later: list[Incomplete]
    roles: tuple[Role, ...]

    @property
    def outcome(self) -> str | None:
        """What was chosen on the outcome page."""
        return typed.one_of(
            typed.page(self.material.pages, "outcome"),
            "outcome",
            ("share", "share_in_part", "do_not_share"),
        )

    @property
    def sharing(self) -> bool:
        """Whether something is to be shared."""
        return self.outcome in SHARING

    @property
    def urgent(self) -> bool:
        """Whether somebody is in danger now and the outcome is not against sharing (R19)."""
        return self.guidance.suggestion == "share_now" and self.outcome != "do_not_share"

    @property
    def refused_caller(self) -> bool:
        """Whether the requester's identity failed and nothing is shared with them."""
        return self.guidance.rule == "2.1" and self.outcome in (None, "do_not_share")

    @property
    def relaxed(self) -> bool:
        """Whether most pages do not hold the signature back now."""
        return self.urgent or self.refused_caller

    def wanted(self, page: str, index: int | None = None) -> bool:
        """Return whether something on a page is still missing or to be written up."""
        return any(
            found.page == page and index in (None, found.index)
            for found in (*self.missing, *self.later)
        )


def situation_of(material: Material, roles: tuple[Role, ...]) -> Situation:
    """Return what the pages need to know of a matter; asks the guide once."""
    guidance = facts.guidance_on(material)
    return Situation(
        material=material,
        guidance=guidance,
        missing=policies.incomplete(material, guidance),
        later=policies.to_write_up(material, guidance),
        roles=roles,
    )


# The pages' forms: each from a situation, an index and what was typed.


def judgement_words(judgement: Judgement) -> str:
    """Return a judgement in one sentence."""
    able = "Able to decide this" if judgement.able else "Not able to decide this"
    return (
        f"{able} ({JudgementKind(judgement.kind).label}). Judged by {judgement.judged_by} on "
        f"{british_date(judgement.judged_on)}, about: {judgement.matter}"
    )


def offered_person(part: CasePerson, material: Material) -> pages_people.OfferedPerson:
    """Return somebody in the case with the judgements there are."""
    return pages_people.OfferedPerson(
        id=part.person.public_id,
        name=part.person.name,
        hint=f"{part.get_part_display()}. {summary.age_words(part, material)}.",
        judgements=tuple(
            (judgement.public_id, judgement_words(judgement))
            for judgement in material.judgements
            if judgement.person_id == part.person_id
        ),
    )


def _people(situation: Situation, _index: int, data: Data) -> PlainForm:
    material = situation.material
    return pages_people.PeopleForm(
        data,
        people=[offered_person(part, material) for part in material.parts],
        chosen=[part.person.public_id for part in material.chosen],
        needed=material.answers_identifiable != "no",
    )


def _flow(*codes: str) -> Callable[[Situation, int, Data], PlainForm]:
    def form(situation: Situation, _index: int, data: Data) -> PlainForm:
        pack = situation.material.pack
        return pages_questions.QuestionsForm(
            data,
            questions=[pack.question(code) for code in codes],
            flow=True,
            needed=not situation.relaxed,
        )

    return form


def _questions(questions: tuple[Question, ...]) -> Callable[[Situation, int, Data], PlainForm]:
    def form(situation: Situation, _index: int, data: Data) -> PlainForm:
        return pages_questions.QuestionsForm(
            data, questions=questions, flow=False, needed=not situation.relaxed
        )

    return form


def _rules(situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_questions.RulesForm(
        data, rules=situation.material.pack.rules, needed=not situation.relaxed
    )


def consents_to_consider(material: Material) -> list[ConsentRecord]:
    """Return the records about the chosen people, of which the consent page asks."""
    return material.consents_of_chosen


def _consent(situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_people.CoversForm(
        data,
        consents=[
            (consent.public_id, consent.person.name)
            for consent in consents_to_consider(situation.material)
        ],
        needed=not situation.relaxed,
    )


def _grounds(situation: Situation, _index: int, data: Data) -> PlainForm:
    needed = situation.guidance.without_consent and not situation.relaxed
    return pages_deciding.GroundsForm(data, needed=needed)


def _outcome(situation: Situation, _index: int, data: Data) -> PlainForm:
    offered = [(str(role), role_words.words(role)) for role in situation.roles]
    return pages_deciding.OutcomeForm(data, roles=offered)


def _against(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_deciding.AgainstForm(data)


def _item(situation: Situation, _index: int, data: Data) -> PlainForm:
    people = [(part.person.public_id, part.person.name) for part in situation.material.chosen]
    return pages_sharing.ItemForm(data, people=people, brief=situation.urgent)


def _recipient(situation: Situation, _index: int, data: Data) -> PlainForm:
    methods = situation.material.pack.methods
    return pages_sharing.RecipientForm(data, methods=methods, brief=situation.urgent)


def _withheld(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.WithheldForm(data)


def _basis(situation: Situation, _index: int, data: Data) -> PlainForm:
    unreliable = bool(situation.guidance.without_reliable_consent)
    return pages_sharing.BasisForm(data, unreliable=unreliable)


def _no_consent(situation: Situation, _index: int, data: Data) -> PlainForm:
    condition = typed.text(
        typed.page(situation.material.pages, "basis"), "special_category_condition"
    )
    needed = condition == "safeguarding_of_children_and_individuals_at_risk"
    return pages_sharing.NoConsentForm(data, reason_needed=needed)


def _telling(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.TellingForm(data)


def _refusal(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.RefusalForm(data)


# When a page is needed.


def _stopped_before(*rules: str) -> Callable[[Situation], bool]:
    def needed(situation: Situation) -> bool:
        guidance = situation.guidance
        return guidance.suggestion == "unfinished" or guidance.rule not in rules

    return needed


def _identifiable(situation: Situation) -> bool:
    material = situation.material
    return material.answers_identifiable != "no" or bool(consents_to_consider(material))


def _in_confidence(situation: Situation) -> bool:
    guidance = situation.guidance
    return (guidance.identifying and guidance.in_confidence) or situation.wanted("grounds")


def _goes_against(situation: Situation) -> bool:
    return situation.wanted("against") or bool(
        typed.text(typed.page(situation.material.pages, "against"), "override_reasons")
    )


def _received(situation: Situation) -> bool:
    return situation.material.request.received


def _advice_wanted(situation: Situation) -> bool:
    material = situation.material
    return (
        situation.wanted("advice")
        or bool(material.advice or material.tried)
        or situation.guidance.suggestion == "seek_advice"
    )


def _sharing(situation: Situation) -> bool:
    return situation.sharing or situation.urgent


def _sharing_identifying(situation: Situation) -> bool:
    return situation.sharing and situation.guidance.identifying


def _in_part(situation: Situation) -> bool:
    return situation.outcome == "share_in_part"


def _without_consent(situation: Situation) -> bool:
    return situation.guidance.without_consent


def _refusing_a_request(situation: Situation) -> bool:
    return situation.outcome == "do_not_share" and _received(situation)


def short_path(situation: Situation) -> ShortPath | None:
    """Return the few pages that matter now: in danger, or with a caller who is not who they say."""
    if situation.urgent:
        return ShortPath(
            keys=("danger", "request", "outcome", "item", "recipient"),
            now=Section(
                "now",
                "Now",
                "Somebody is in danger: ring 999 or social care first. These pages are all that "
                "the decision needs today.",
            ),
            rest=Section(
                "afterwards",
                "Afterwards",
                "Write these up by the end of the next working day, or go on with them now.",
            ),
        )
    if situation.refused_caller:
        return ShortPath(
            keys=("request", "outcome"),
            now=Section(
                "now", "Now", "Whoever asked is not who they say: your decision is enough."
            ),
            rest=Section("afterwards", "If you want to write down more", "None of it is needed."),
        )
    return None


SHARES = "Only when you decide to share."


def _start() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "danger",
            summary.FLOW_PAGES["danger"][0],
            "start",
            _flow(*summary.FLOW_PAGES["danger"][1]),
        ),
        Step(
            "request",
            "Who is asking",
            "start",
            applies_when=_received,
            otherwise="Nobody asked: we thought of it ourselves.",
            walked=False,
        ),
        Step("people", "Whom the information is about", "about", _people),
    )


def _about() -> tuple[Step[Situation], ...]:
    answered = "The guide does not need it after your other answers."
    purpose, identifying, harm = (
        summary.FLOW_PAGES[key] for key in ("purpose", "identifying", "harm")
    )
    return (
        Step("purpose", purpose[0], "about", _flow(*purpose[1])),
        Step(
            "identifying",
            identifying[0],
            "about",
            _flow(*identifying[1]),
            applies_when=_stopped_before("2.3"),
            otherwise=answered,
            stays_open=True,
        ),
        Step(
            "harm",
            harm[0],
            "about",
            _flow(*harm[1]),
            applies_when=_stopped_before("2.3", "2.4", "2.5"),
            otherwise=answered,
            stays_open=True,
        ),
        Step(
            "consent",
            "Consent",
            "consent",
            _consent,
            applies_when=_identifiable,
            otherwise="Nobody can be recognised from the information.",
        ),
        Step(
            "grounds",
            "Grounds for sharing without consent",
            "consent",
            _grounds,
            applies_when=_in_confidence,
            otherwise="Nothing here was given in confidence, or nobody can be recognised.",
            stays_open=True,
        ),
    )


def _checklist(pack: Pack) -> tuple[Step[Situation], ...]:
    steps: list[Step[Situation]] = [
        Step(
            f"questions-{section.code}",
            section.title,
            "checklist",
            _questions(section.questions),
        )
        for section in pack.sections
        if section.stage == "before"
    ]
    if pack.rules:
        steps.append(Step("rules", "The rules", "checklist", _rules))
    return tuple(steps)


def _deciding() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "advice",
            "Advice",
            "decision",
            applies_when=_advice_wanted,
            otherwise="Nobody has to be asked. You still may.",
            stays_open=True,
        ),
        Step("outcome", "Your decision", "decision", _outcome),
        Step(
            "against",
            "Why not as the guide suggests",
            "decision",
            _against,
            applies_when=_goes_against,
            otherwise="Only when your decision is not what the guide suggests.",
        ),
    )


def _if_shared() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "item",
            "What is shared",
            "sharing",
            _item,
            applies_when=_sharing,
            otherwise=SHARES,
            repeats=True,
            one="Information",
        ),
        Step(
            "withheld",
            "What is held back",
            "sharing",
            _withheld,
            applies_when=_in_part,
            otherwise="Only when you share part of it.",
        ),
        Step(
            "recipient",
            "Who gets it, and how",
            "sharing",
            _recipient,
            applies_when=_sharing,
            otherwise=SHARES,
            repeats=True,
            one="Recipient",
        ),
        Step(
            "basis",
            "The law",
            "sharing",
            _basis,
            applies_when=_sharing_identifying,
            otherwise="Only when you share something that points at somebody.",
        ),
        Step(
            "no-consent",
            "Sharing without consent",
            "sharing",
            _no_consent,
            applies_when=_without_consent,
            otherwise="Only when you share in confidence without everybody’s consent.",
        ),
        Step(
            "telling",
            "Telling the person",
            "sharing",
            _telling,
            applies_when=_sharing_identifying,
            otherwise="Only when you share something that points at somebody.",
        ),
        Step(
            "refusal",
            "Talking to whoever asked",
            "sharing",
            _refusal,
            applies_when=_refusing_a_request,
            otherwise="Only when you do not share what somebody asked for.",
        ),
    )


def sections(pack: Pack) -> tuple[Section, ...]:
    """Return the headings of the task list."""
    return (
        Section("start", "First"),
        Section("about", "People and purpose"),
        Section("consent", "Consent, and other reasons"),
        Section("checklist", "The checklist", f"Your organisation follows: {pack.title}."),
        Section("decision", "Advice and decision"),
        Section("sharing", "What follows from it"),
    )


def journey_for(pack: Pack) -> Journey[Situation]:
    """Return the pages of a decision under a checklist."""
    return Journey(
        sections=sections(pack),
        steps=(*_start(), *_about(), *_checklist(pack), *_deciding(), *_if_shared()),
        short_path=short_path,
    )
