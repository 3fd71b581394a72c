"""From a tree to the parts of a pack, refusing what does not fit with the place and the reason."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from infosharing.guidance.codes import (
    CONDITIONS,
    FLOW,
    METHODS,
    ROLES,
    STAGES,
    Choices,
    CodeT,
    Role,
    codes_of,
)
from infosharing.guidance.errors import PackError
from infosharing.guidance.parts import ConsultRule, PackRule, Question, Section, Source
from infosharing.guidance.trees import Node

Library = Mapping[str, Question]

QUESTION: Final = ("code", "text", "why", "example", "serves")
CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
PACK_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SERVES: Final = re.compile(r"R[1-9][0-9]?|2\.([1-9]|1[0-2])")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SOURCE_DATE: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def flow_from(node: Node) -> tuple[Question, ...]:
    """The seven questions of the flow, all and in their order."""
    flow = tuple(_question(child) for child in _list(node))
    if tuple(question.code for question in flow) != FLOW:
        raise PackError(node.where, f"the flow must be {', '.join(FLOW)}, in this order")
    return flow


def library_from(node: Node) -> dict[str, Question]:
    """The questions that several packs put, by code."""
    nodes = _list(node)
    questions = [_question(child) for child in nodes]
    _unique(zip(nodes, (q.code for q in questions), strict=True), "the question")
    return {question.code: question for question in questions}


def span_from(node: Node) -> tuple[date, date | None]:
    """The days in force: from, and until (the last one) or null."""
    fields = fields_of(node, ("from", "until"))
    begins = _day(fields["from"])
    if fields["until"].value is None:
        return begins, None
    until = _day(fields["until"])
    if until < begins:
        raise PackError(fields["until"].where, "ends before it begins")
    return begins, until


def pack_code(node: Node) -> str:
    return _matching(node, PACK_CODE, "small letters, digits and hyphens")


def source_from(node: Node) -> Source:
    fields = fields_of(node, ("name", "date", "note"))
    return Source(
        name=text_of(fields["name"]),
        date=_year_month_or_day(fields["date"]),
        note=text_of(fields["note"]),
    )


def rules_from(node: Node) -> tuple[PackRule, ...]:
    rules = []
    for expected, child in enumerate(_list(node), start=1):
        fields = fields_of(child, ("number", "title", "text"))
        number = whole_number(fields["number"])
        if number != expected:
            raise PackError(fields["number"].where, f"rule {number} stands where {expected} is due")
        rules.append(
            PackRule(number=number, title=text_of(fields["title"]), text=text_of(fields["text"]))
        )
    return tuple(rules)


def sections_from(node: Node, library: Library) -> tuple[Section, ...]:
    sections = []
    codes: list[tuple[Node, str]] = []
    questions: list[tuple[Node, str]] = []
    for child in _list(node):
        fields = fields_of(child, ("code", "title", "stage", "questions"))
        put = [(n, _known_question(n, library)) for n in _list(fields["questions"])]
        if not put:
            raise PackError(fields["questions"].where, "a section without questions")
        section = Section(
            code=_matching(fields["code"], CODE, "small letters, digits and underscores"),
            title=text_of(fields["title"]),
            stage=_one_of(fields["stage"], STAGES, "stage"),
            questions=tuple(question for _node, question in put),
        )
        sections.append(section)
        codes.append((fields["code"], section.code))
        questions.extend((n, question.code) for n, question in put)
    _unique(codes, "the section")
    _unique(questions, "the question")
    for place, code in questions:
        if code in FLOW:
            raise PackError(place.where, f"the question {code} belongs to the flow")
    return tuple(sections)


def _known_question(node: Node, library: Library) -> Question:
    """Either the code of a common question, or a question in full."""
    if not isinstance(node.value, str):
        return _question(node)
    if node.value not in library:
        raise PackError(node.where, f"there is no common question {node.value}")
    return library[node.value]


def _question(node: Node) -> Question:
    fields = fields_of(node, QUESTION, optional=("hint", "if_refused", "asked_if"))
    serves = tuple(
        _matching(child, SERVES, "a requirement such as R9 or a rule such as 2.8")
        for child in _list(fields["serves"])
    )
    if not serves:
        raise PackError(fields["serves"].where, "a question must serve something")
    return Question(
        code=_matching(fields["code"], CODE, "small letters, digits and underscores"),
        text=text_of(fields["text"]),
        why=text_of(fields["why"]),
        example=text_of(fields["example"]),
        serves=serves,
        hint=_text_or_none(fields.get("hint")),
        if_refused=_text_or_none(fields.get("if_refused")),
        only_if_shared=_only_if_shared(fields.get("asked_if")),
    )


def _text_or_none(node: Node | None) -> str | None:
    return None if node is None or node.value is None else text_of(node)


def _only_if_shared(node: Node | None) -> bool:
    if node is not None and text_of(node) != "shared":
        raise PackError(node.where, "must be: shared; or be left out")
    return node is not None


def consult_from(node: Node) -> tuple[ConsultRule, ...]:
    rules = []
    nodes = _list(node)
    for child in nodes:
        fields = fields_of(child, ("role", "when"))
        rules.append(
            ConsultRule(
                roles=_roles(fields["role"]), when=_one_of(fields["when"], CONDITIONS, "condition")
            )
        )
    _unique(
        zip(nodes, (f"{rule.code} on {rule.when}" for rule in rules), strict=True),
        "the consult rule",
    )
    return tuple(rules)


def _roles(node: Node) -> tuple[Role, ...]:
    names = [Node(name, node.where) for name in text_of(node).split("|")]
    roles = tuple(_one_of(name, ROLES, "role") for name in names)
    _unique(zip(names, roles, strict=True), "the role")
    return roles


def methods_from(node: Node) -> Choices[str]:
    methods = []
    nodes = _list(node)
    for child in nodes:
        fields = fields_of(child, ("code", "words"))
        code = _matching(fields["code"], CODE, "small letters, digits and underscores")
        if code in codes_of(METHODS):
            raise PackError(fields["code"].where, f"the method {code} is on the common list")
        methods.append((code, text_of(fields["words"])))
    _unique(zip(nodes, (code for code, _words in methods), strict=True), "the method")
    return tuple(methods)


def fields_of(node: Node, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise PackError(node.where, "must have keys")
    for key, child in node.value.items():
        if key not in required and key not in optional:
            raise PackError(child.key_where or child.where, f"the key {key} is not known")
    for key in required:
        if key not in node.value:
            raise PackError(node.where, f"the key {key} is missing")
    return node.value


def _list(node: Node) -> list[Node]:
    if not isinstance(node.value, list):
        raise PackError(node.where, "must be a list")
    return node.value


def text_of(node: Node) -> str:
    if not isinstance(node.value, str):
        raise PackError(node.where, "must be text")
    if not node.value.strip():
        raise PackError(node.where, "must not be blank")
    if any("\ud800" <= character <= "\udfff" for character in node.value):
        raise PackError(node.where, "must be text that can be written down")
    return node.value


def whole_number(node: Node) -> int:
    if isinstance(node.value, bool) or not isinstance(node.value, int):
        raise PackError(node.where, "must be a whole number")
    return node.value


def _matching(node: Node, pattern: re.Pattern[str], wanted: str) -> str:
    text = text_of(node)
    if not pattern.fullmatch(text):
        raise PackError(node.where, f"{text} is not {wanted}")
    return text


def _day(node: Node) -> date:
    text = _matching(node, DAY, "a date such as 2024-04-19")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PackError(node.where, f"{text} is not in the calendar") from error


def _year_month_or_day(node: Node) -> str:
    text = _matching(node, SOURCE_DATE, "a year, a month or a day")
    if DAY.fullmatch(text):
        _day(node)
    return text


def _one_of(node: Node, choices: Choices[CodeT], kind: str) -> CodeT:
    text = text_of(node)
    for code, _words in choices:
        if code == text:
            return code
    raise PackError(node.where, f"{text} is not a {kind}")


def _unique(found: Iterable[tuple[Node, str]], kind: str) -> None:
    seen: set[str] = set()
    for node, name in found:
        if name in seen:
            raise PackError(node.where, f"{kind} {name} is doubled")
        seen.add(name)
