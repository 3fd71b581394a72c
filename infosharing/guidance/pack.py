"""A pack: an organisation's rules, questions and consult rules, as data with a version.

Packs are read from YAML (``loading``) or rebuilt from their own canonical JSON, which the
product stores once and finds again by its digest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Final

from infosharing.guidance.building import (
    Library,
    consult_from,
    fields_of,
    flow_from,
    methods_from,
    pack_code,
    rules_from,
    sections_from,
    source_from,
    span_from,
    text_of,
    whole_number,
)
from infosharing.guidance.codes import METHODS, Choices, Stage
from infosharing.guidance.errors import PackError
from infosharing.guidance.parts import ConsultRule, PackRule, Question, Section, Source
from infosharing.guidance.trees import Node, from_json

CANONICAL_FORM: Final = 1
# Ends the code of a question for afterwards in the words for when nothing was shared.
IF_REFUSED: Final = "_if_refused"
KEYS: Final = (
    "code",
    "version",
    "name",
    "title",
    "in_force",
    "source",
    "rules",
    "sections",
    "consult",
    "methods",
)


@dataclass(frozen=True, kw_only=True)
class Pack:
    code: str
    version: str
    name: str
    title: str
    in_force_from: date
    in_force_until: date | None
    source: Source
    rules: tuple[PackRule, ...]
    flow: tuple[Question, ...]
    sections: tuple[Section, ...]
    consult: tuple[ConsultRule, ...]
    extra_methods: Choices[str]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions beside the flow, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def questions_at(self, stage: Stage) -> tuple[Question, ...]:
        """The questions of one stage: before, or after."""
        at_stage = [section for section in self.sections if section.stage == stage]
        return tuple(question for section in at_stage for question in section.questions)

    def asked_afterwards(self, *, shared: bool) -> tuple[Question, ...]:
        """The questions for afterwards that fit what was decided, in words that do (R14).

        Another wording has a code of its own: what was answered to one is no answer to the other.
        """
        asked = self.questions_at("after")
        if shared:
            return asked
        return tuple(_if_refused(one) for one in asked if not one.only_if_shared)

    def afterwards_text(self, code: str) -> str | None:
        """The words of a question for afterwards, however it was decided; None for another."""
        both = (*self.asked_afterwards(shared=True), *self.asked_afterwards(shared=False))
        return next((question.text for question in both if question.code == code), None)

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        """Every question by its code, those of the flow among them."""
        return {question.code: question for question in (*self.flow, *self.questions)}

    def question(self, code: str) -> Question:
        return self.by_code[code]

    def rule(self, number: int) -> PackRule:
        for rule in self.rules:
            if rule.number == number:
                return rule
        raise KeyError(number)

    @property
    def methods(self) -> Choices[str]:
        """How things may be sent: the common list, then what the pack adds."""
        return (*METHODS, *self.extra_methods)

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )

    def canonical(self) -> str:
        """The whole pack as one JSON text: the same pack gives the same bytes."""
        return json.dumps(_as_json(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex."""
        return sha256(self.canonical().encode("utf-8")).hexdigest()

    @classmethod
    def from_canonical(cls, text: str) -> "Pack":
        """The pack again, checked like any other; PackError for what is not canonical."""
        node = from_json(text, "pack")
        fields = fields_of(node, (*KEYS, "form", "flow"))
        if whole_number(fields["form"]) != CANONICAL_FORM:
            raise PackError(fields["form"].where, "is not a form that is known")
        pack = cls._of(fields, {}, flow_from(fields["flow"]))
        if pack.canonical() != text:
            raise PackError("pack", "is not in its canonical form")
        return pack

    @classmethod
    def from_tree(cls, node: Node, library: Library, flow: tuple[Question, ...]) -> "Pack":
        """A pack as a file holds it: the flow and the common questions come from beside it."""
        return cls._of(fields_of(node, KEYS), library, flow)

    @classmethod
    def _of(
        cls, fields: Mapping[str, Node], library: Library, flow: tuple[Question, ...]
    ) -> "Pack":
        begins, until = span_from(fields["in_force"])
        return cls(
            code=pack_code(fields["code"]),
            version=text_of(fields["version"]),
            name=text_of(fields["name"]),
            title=text_of(fields["title"]),
            in_force_from=begins,
            in_force_until=until,
            source=source_from(fields["source"]),
            rules=rules_from(fields["rules"]),
            flow=flow,
            sections=sections_from(fields["sections"], library),
            consult=consult_from(fields["consult"]),
            extra_methods=methods_from(fields["methods"]),
        )


def _if_refused(question: Question) -> Question:
    if question.if_refused is None:
        return question
    return replace(question, code=question.code + IF_REFUSED, text=question.if_refused)


def _question_json(question: Question) -> dict[str, object]:
    found: dict[str, object] = {
        "code": question.code,
        "text": question.text,
        "why": question.why,
        "example": question.example,
        "serves": list(question.serves),
        "hint": question.hint,
    }
    # Only where they say something, so that packs kept before there were such keys keep their hash.
    if question.if_refused is not None:
        found["if_refused"] = question.if_refused
    if question.only_if_shared:
        found["asked_if"] = "shared"
    return found


def _as_json(pack: Pack) -> dict[str, object]:
    until = pack.in_force_until
    return {
        "form": CANONICAL_FORM,
        "code": pack.code,
        "version": pack.version,
        "name": pack.name,
        "title": pack.title,
        "in_force": {
            "from": pack.in_force_from.isoformat(),
            "until": None if until is None else until.isoformat(),
        },
        "source": {
            "name": pack.source.name,
            "date": pack.source.date,
            "note": pack.source.note,
        },
        "rules": [
            {"number": rule.number, "title": rule.title, "text": rule.text} for rule in pack.rules
        ],
        "flow": [_question_json(question) for question in pack.flow],
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "stage": section.stage,
                "questions": [_question_json(question) for question in section.questions],
            }
            for section in pack.sections
        ],
        "consult": [{"role": "|".join(c.roles), "when": c.when} for c in pack.consult],
        "methods": [{"code": code, "words": words} for code, words in pack.extra_methods],
    }
