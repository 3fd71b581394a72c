"""A scenario file: facts with a story and, if somebody wrote it down, what to expect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from infosharing.guidance.errors import FactsError
from infosharing.guidance.facts import Facts
from infosharing.guidance.loading import DEFAULT
from infosharing.guidance.pack import Pack
from infosharing.guidance.reading import read_facts
from infosharing.guidance.reading_help import a_list, a_mapping, a_text, at, fields

LISTS: Final = ("because", "missing", "to_write_up")
EXPECT: Final = ("id", "suggestion", *LISTS, "consents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    id: str
    title: str
    story: str
    pack: Pack
    facts: Facts
    expect: Mapping[str, object]


def read_scenario(raw: bytes, packs: Mapping[str, Pack]) -> Scenario:
    """The scenario in a file; FactsError with the path of what does not fit."""
    found = fields(parse_json(raw), "", ("id", "title", "story", "given"), ("pack", "expect"))
    code = a_text(found.get("pack", DEFAULT), "pack")
    if code not in packs:
        raise FactsError("pack", f'there is no pack "{code}"')
    return Scenario(
        id=a_text(found["id"], "id"),
        title=a_text(found["title"], "title"),
        story=a_text(found["story"], "story"),
        pack=packs[code],
        facts=read_facts(found["given"], packs[code]),
        expect=_expect(found.get("expect", {}), "expect"),
    )


def parse_json(raw: bytes) -> object:
    """What a JSON file holds, without doubled keys and without text that is not text."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FactsError("the file", "is not UTF-8") from error
    try:
        loaded: object = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FactsError("the file", f"is not JSON that can be read: {error}") from error
    try:
        return _plain(loaded, "")
    except RecursionError as error:
        raise FactsError("the file", "is too deeply nested") from error


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it stands, with what is doubled."""


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")


def _plain(value: object, path: str) -> object:
    if isinstance(value, _Pairs):
        found: dict[str, object] = {}
        for key, child in value:
            where = at(path, _speakable(key, path))
            if key in found:
                raise FactsError(where, "is doubled")
            found[key] = _plain(child, where)
        return found
    if isinstance(value, list):
        return [_plain(child, f"{path}[{number}]") for number, child in enumerate(value)]
    return _speakable(value, path) if isinstance(value, str) else value


def _speakable(text: str, path: str) -> str:
    """JSON can spell half a character, which can neither be stored nor printed."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise FactsError(path or "the file", "holds text that cannot be written down")
    return text


def _expect(value: object, path: str) -> Mapping[str, object]:
    found = fields(value, path, (), EXPECT)
    for key in ("id", "suggestion"):
        if key in found:
            a_text(found[key], at(path, key))
    for key in LISTS:
        if key in found:
            _texts(found[key], at(path, key))
    for person, problems in a_mapping(found.get("consents", {}), at(path, "consents")).items():
        _texts(problems, at(at(path, "consents"), person))
    return found


def _texts(value: object, path: str) -> None:
    for element, where in a_list(value, path):
        a_text(element, where)
