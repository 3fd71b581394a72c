"""Strict reading of ``decision`` (section 5): anything may be null or left out while drafted."""

from typing import Final

from infosharing.guidance.codes import (
    DECIDER_ROLES,
    LAWFUL_BASES,
    NATURES,
    NO_CONSENT_REASONS,
    OUTCOMES,
    ROLES,
    SPECIAL_CATEGORY_CONDITIONS,
    Choices,
    CodeT,
)
from infosharing.guidance.errors import FactsError
from infosharing.guidance.facts import AdviceTried, Decision, Item, Recipient
from infosharing.guidance.pack import Pack
from infosharing.guidance.reading_help import (
    a_list,
    a_number,
    at,
    bool_or_none,
    fields,
    one_of_or_none,
    text_or_none,
)

DECISION: Final = (
    "outcome",
    "reasons",
    "decided_by_role",
    "lawful_basis",
    "special_category",
    "special_category_condition",
    "no_consent_because",
    "no_consent_reason",
    "items",
    "withheld",
    "recipients",
    "person_informed",
    "not_informed_because",
    "refusal_discussed",
    "refusal_not_discussed_because",
    "override_reasons",
    "rules_considered",
    "advice_tried",
)
ITEM: Final = ("what", "nature", "source_checked", "source_not_checked_because")
RECIPIENT: Final = ("name", "method", "need_to_know", "told_confidential", "intended_use")


class _Loose:
    """An object whose every key may be null or left out."""

    def __init__(self, value: object, path: str, keys: tuple[str, ...]) -> None:
        self._found = fields(value, path, (), keys)
        self._path = path

    def text(self, key: str) -> str | None:
        return text_or_none(self._found.get(key), at(self._path, key))

    def flag(self, key: str) -> bool | None:
        return bool_or_none(self._found.get(key), at(self._path, key))

    def code(self, key: str, choices: Choices[CodeT]) -> CodeT | None:
        return one_of_or_none(self._found.get(key), at(self._path, key), choices)

    def elements(self, key: str) -> list[tuple[object, str]]:
        value = self._found.get(key)
        return [] if value is None else a_list(value, at(self._path, key))


def read_decision(value: object, path: str, pack: Pack) -> Decision:
    found = _Loose(value, path, DECISION)
    return Decision(
        outcome=found.code("outcome", OUTCOMES),
        reasons=found.text("reasons"),
        decided_by_role=found.code("decided_by_role", DECIDER_ROLES),
        lawful_basis=found.code("lawful_basis", LAWFUL_BASES),
        special_category=found.flag("special_category"),
        special_category_condition=found.code(
            "special_category_condition", SPECIAL_CATEGORY_CONDITIONS
        ),
        no_consent_because=found.text("no_consent_because"),
        no_consent_reason=found.code("no_consent_reason", NO_CONSENT_REASONS),
        items=tuple(_item(element, where) for element, where in found.elements("items")),
        withheld=found.text("withheld"),
        recipients=tuple(
            _recipient(element, where, pack) for element, where in found.elements("recipients")
        ),
        person_informed=found.flag("person_informed"),
        not_informed_because=found.text("not_informed_because"),
        refusal_discussed=found.flag("refusal_discussed"),
        refusal_not_discussed_because=found.text("refusal_not_discussed_because"),
        override_reasons=found.text("override_reasons"),
        rules_considered=tuple(
            _rule(element, where, pack) for element, where in found.elements("rules_considered")
        ),
        advice_tried=tuple(
            _tried(element, where) for element, where in found.elements("advice_tried")
        ),
    )


def _item(value: object, path: str) -> Item:
    found = _Loose(value, path, ITEM)
    return Item(
        what=found.text("what"),
        nature=found.code("nature", NATURES),
        source_checked=found.flag("source_checked"),
        source_not_checked_because=found.text("source_not_checked_because"),
    )


def _recipient(value: object, path: str, pack: Pack) -> Recipient:
    found = _Loose(value, path, RECIPIENT)
    return Recipient(
        name=found.text("name"),
        method=found.code("method", pack.methods),
        need_to_know=found.flag("need_to_know"),
        told_confidential=found.flag("told_confidential"),
        intended_use=found.text("intended_use"),
    )


def _rule(value: object, path: str, pack: Pack) -> int:
    number = a_number(value, path)
    if all(number != rule.number for rule in pack.rules):
        raise FactsError(path, f"{pack.code} has no rule {number}")
    return number


def _tried(value: object, path: str) -> AdviceTried:
    found = _Loose(value, path, ("role", "how"))
    return AdviceTried(role=found.code("role", ROLES), how=found.text("how"))
