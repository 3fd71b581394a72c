"""The forms of the pages: each from a situation, an index and what was typed there."""

from collections.abc import Callable, Mapping
from typing import Any

from consent.models import ConsentRecord
from decisions import summary, typed
from decisions.facts import Material, answer_name
from decisions.forms import (
    pages_deciding,
    pages_people,
    pages_questions,
    pages_recipient,
    pages_sharing,
)
from decisions.journey.situation import Situation
from infosharing.accounts import roles as role_words
from infosharing.cases.enums import JudgementKind
from infosharing.cases.models import CasePerson, Judgement
from infosharing.guidance import codes
from infosharing.guidance.parts import Question
from infosharing.journeys.forms import LongTextField, PlainForm
from infosharing.journeys.steps import FormFactory
from infosharing.journeys.templatetags.british import british_date

Data = Mapping[str, Any] | None


def judgement_words(judgement: Judgement) -> str:
    """Return a judgement in one sentence."""
    able = "Able to decide this" if judgement.able else "Not able to decide this"
    return (
        f"{able} (judgement of {JudgementKind(judgement.kind).value}). "
        f"Judged by {judgement.judged_by} on "
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


def people(situation: Situation, _index: int, data: Data) -> PlainForm:
    material = situation.material
    return pages_people.PeopleForm(
        data,
        people=[offered_person(part, material) for part in material.parts],
        chosen=[part.person.public_id for part in material.chosen],
        needed=material.answers_identifiable != "no",
    )


def flow(*codes: str) -> Callable[[Situation, int, Data], PlainForm]:
    def form(situation: Situation, _index: int, data: Data) -> PlainForm:
        pack = situation.material.pack
        return pages_questions.QuestionsForm(
            data,
            questions=[pack.question(code) for code in codes],
            flow=True,
            needed=not situation.relaxed,
        )

    return form


def questions(questions: tuple[Question, ...]) -> Callable[[Situation, int, Data], PlainForm]:
    def form(situation: Situation, _index: int, data: Data) -> PlainForm:
        return pages_questions.QuestionsForm(
            data, questions=questions, flow=False, needed=not situation.relaxed
        )

    return form


def rules(situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_questions.RulesForm(
        data, rules=situation.material.pack.rules, needed=not situation.relaxed
    )


def consents_to_consider(material: Material) -> list[ConsentRecord]:
    """Return the records about the chosen people, of which the consent page asks."""
    return material.consents_of_chosen


def consent(situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_people.CoversForm(
        data,
        consents=[
            (
                situation.material.asked_as(consent),
                consent.person.name,
                consent.spoken_reference,
            )
            for consent in consents_to_consider(situation.material)
        ],
        needed=not situation.relaxed,
    )


def grounds(situation: Situation, _index: int, data: Data) -> PlainForm:
    needed = situation.guidance.without_consent and not situation.relaxed
    return pages_deciding.GroundsForm(
        data,
        needed=needed,
        refused=situation.refused,
        if_shared=situation.outcome is None and situation.guidance.consent_lacking,
    )


def outcome(situation: Situation, _index: int, data: Data) -> PlainForm:
    offered = [(str(role), role_words.words(role)) for role in situation.roles]
    return pages_deciding.OutcomeForm(data, roles=offered)


def against(situation: Situation, _index: int, data: Data) -> PlainForm:
    typed_here = typed.page(situation.material.pages, "against")
    contrary = situation.material.contrary_advice
    guide = "override_reasons" in situation.guidance.missing or typed.text(
        typed_here, "override_reasons"
    )
    return pages_deciding.AgainstForm(
        data,
        guide=bool(guide) or not contrary,
        advisers=[one.adviser for one in contrary],
    )


def answers(situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_deciding.AnswersForm(data)


def with_questions(key: str, make: FormFactory[Situation]) -> FormFactory[Situation]:
    """Return a form factory that asks a reviewer's questions of a page at its end (R57)."""

    def form(situation: Situation, index: int, data: Data) -> PlainForm:
        made = make(situation, index, data)
        for asked in situation.material.questions_on(key, index):
            made.fields[answer_name(asked)] = LongTextField(
                label=f"Your answer to the reviewer’s question {asked.number}",
                help_text=asked.words,
                rows=3,
                required=not situation.urgent,
                error_messages={"required": f"Answer the reviewer’s question {asked.number}"},
            )
        return made

    return form


def item(situation: Situation, _index: int, data: Data) -> PlainForm:
    people = [(part.person.public_id, part.person.name) for part in situation.material.chosen]
    return pages_sharing.ItemForm(data, people=people, brief=situation.urgent)


def recipient(situation: Situation, _index: int, data: Data) -> PlainForm:
    methods = situation.material.pack.methods
    return pages_recipient.RecipientForm(
        data,
        methods=methods,
        brief=situation.urgent,
        offered=[(one.key, one.words) for one in situation.material.offered],
    )


def withheld(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.WithheldForm(data)


def basis(situation: Situation, _index: int, data: Data) -> PlainForm:
    unreliable = bool(situation.guidance.without_reliable_consent)
    material = situation.material
    said = typed.answers(material.pages, material.pack).get("sensitive")
    words = codes.words_of(codes.ANSWERS, said) if said else ""
    return pages_sharing.BasisForm(data, unreliable=unreliable, said=words)


def no_consent(situation: Situation, _index: int, data: Data) -> PlainForm:
    condition = typed.text(
        typed.page(situation.material.pages, "basis"), "special_category_condition"
    )
    needed = condition == "safeguarding_of_children_and_individuals_at_risk"
    return pages_sharing.NoConsentForm(data, reason_needed=needed, refused=situation.refused)


def telling(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.TellingForm(data)


def refusal(_situation: Situation, _index: int, data: Data) -> PlainForm:
    return pages_sharing.RefusalForm(data)
