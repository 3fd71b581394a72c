"""What was answered, advised and decided, and what the guide made of it."""

from collections.abc import Iterator
from typing import Any

from decisions import typed
from decisions.facts import Material
from decisions.remarks import Remark
from decisions.summary.rows import NOT_ANSWERED, Row, Section, words_of
from infosharing.accounts import roles
from infosharing.guidance import codes
from infosharing.guidance.guide import Guidance
from infosharing.guidance.parts import Question
from infosharing.guidance.words import suggestion_words
from infosharing.journeys.templatetags.british import british_date


def _answer(question: Question, material: Material, answers: dict[str, str], page: str) -> Row:
    note = typed.text(typed.page(material.pages, page), f"note_{question.code}") or ""
    found = answers.get(question.code)
    return Row(question.text, words_of(codes.ANSWERS, found), note)


FLOW_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "danger": ("Danger now", ("immediate_danger",)),
    "purpose": ("Purpose", ("purpose",)),
    "identifying": ("Kind of information", ("identifiable", "confidential")),
    "harm": ("Harm, crime and duty", ("significant_harm", "serious_crime", "legal_duty")),
}


def flow(material: Material, answers: dict[str, str]) -> Iterator[Section]:
    """Return the guide's questions page by page, as answered."""
    for page, (title, questions) in FLOW_PAGES.items():
        rows = [
            _answer(material.pack.question(code), material, answers, page) for code in questions
        ]
        yield Section(page, title, rows, page=page)


def advice_section(material: Material) -> Section:
    """Return who advised what, whose answer is still open, and who was tried in vain."""
    rows = []
    for advice in material.advice:
        advised = (
            codes.words_of(codes.OUTCOMES, advice.advised) if advice.advised else "Advised neither"
        )
        how = "reported by the practitioner" if advice.reported else "given by them, signed in"
        named = "asked without a name, they say" if advice.anonymous else "the person was named"
        asked = ""
        if advice.request:
            because = advice.request.named_because
            named = "the person was not named" if advice.anonymous else "the person was named"
            named += f", because: {because}" if because else ""
            asked = f"; asked: {advice.request.question}"
        rows.append(
            Row(
                f"{advice.adviser}, {roles.words(advice.role)}",
                f"{advised}. {advice.words}",
                f"{british_date(advice.given_on)}; {how}; {named}{asked}",
            )
        )
    rows += [
        Row(f"Asked, and not answered yet: {one.name}", f"Asked on {one.day}")
        for one in material.sought.open
    ]
    rows += [Row(f"Tried in vain: {roles.words(t.role)}", t.how) for t in material.tried]
    return Section("advice", "Advice", rows or [Row("Advice", "None")], page="advice")


def grounds_section(material: Material) -> Section:
    """Return the grounds for sharing without consent that were ticked."""
    found = typed.grounds(material.pages)
    rows = [Row("Ground", codes.words_of(codes.GROUNDS, code)) for code in found]
    note = typed.text(typed.page(material.pages, "grounds"), "note") or ""
    if not rows:
        rows = [Row("Grounds", "None ticked", note)]
    elif note:
        rows.append(Row("Note", note))
    return Section("grounds", "Grounds for sharing without consent", rows, page="grounds")


def checklist(material: Material, answers: dict[str, str]) -> Iterator[Section]:
    """Return the checklist's questions as answered, and its rules as considered."""
    for section in material.pack.sections:
        if section.stage == "before":
            page = f"questions-{section.code}"
            rows = [_answer(q, material, answers, page) for q in section.questions]
            yield Section(page, section.title, rows, page=page)
    if material.pack.rules:
        ticked = set(typed.several(typed.page(material.pages, "rules"), "rules"))
        yield Section(
            "rules",
            "Rules considered",
            [
                Row(
                    f"{rule.number}. {rule.title}",
                    "Considered" if str(rule.number) in ticked else "Not considered yet",
                    rule.text,
                )
                for rule in material.pack.rules
            ],
            page="rules",
        )


def outcome_section(material: Material, drafted: dict[str, Any]) -> Section:
    """Return what was decided and why, also against the guide or advice."""
    rows = [
        Row("Outcome", words_of(codes.OUTCOMES, drafted["outcome"])),
        Row("Reasons", drafted["reasons"] or NOT_ANSWERED),
        Row("Decided as", roles.words(material.role) if material.role else NOT_ANSWERED),
    ]
    if drafted["override_reasons"]:
        rows.append(Row("Why do you decide differently?", drafted["override_reasons"]))
    contrary = material.contrary_advice
    why = typed.text(typed.page(material.pages, "against"), "advice_reasons")
    if contrary:
        of = ", ".join(f"{one.adviser}, {roles.words(one.role)}" for one in contrary)
        rows.append(
            Row("Why do you go against the advice?", why or NOT_ANSWERED, f"Advice of {of}")
        )
    return Section("outcome", "The decision", rows, page="outcome")


def remarks_section(found: list[Remark]) -> Section:
    """Return what does not fit together, as it was shown."""
    rows = [Row("Remark", one.words) for one in found]
    return Section("remarks", "What does not fit together", rows)


def guide_section(guidance: Guidance) -> Section:
    """Return what the guide suggested and why."""
    words = suggestion_words(guidance.suggestion)
    rows = [Row("Suggestion", words.title, words.text)]
    rows += [Row("Because", reason) for reason in guidance.reasons]
    return Section("guide", "What the guide suggested", rows)
