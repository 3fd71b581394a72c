"""Small strict readers of values, each refusing with the path of what is wrong."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from infosharing.guidance.codes import Choices, CodeT
from infosharing.guidance.errors import FactsError

DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def a_mapping(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise FactsError(path or "the file", "must be an object")
    for key in value:
        if not isinstance(key, str):
            raise FactsError(at(path, str(key)), "must be a key of text")
    return value


def fields(
    value: object, path: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, object]:
    """The mapping, if it has every required key and none that is unknown."""
    found = a_mapping(value, path)
    for key in found:
        if key not in required and key not in optional:
            raise FactsError(at(path, key), "is not a key that belongs here")
    for key in required:
        if key not in found:
            raise FactsError(at(path, key), "is missing")
    return found


def a_list(value: object, path: str) -> list[tuple[object, str]]:
    """The elements, each with its path."""
    if not isinstance(value, list | tuple):
        raise FactsError(path, "must be a list")
    return [(element, f"{path}[{number}]") for number, element in enumerate(value)]


def a_text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise FactsError(path, "must be text")
    return value


def a_bool(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(path, "must be true or false")
    return value


def a_number(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactsError(path, "must be a whole number")
    return value


def a_day(value: object, path: str) -> date:
    text = a_text(value, path)
    if not DAY.fullmatch(text):
        raise FactsError(path, "must be a date such as 2026-11-20")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FactsError(path, f"{text} is not in the calendar") from error


def one_of(value: object, path: str, choices: Choices[CodeT]) -> CodeT:
    text = a_text(value, path)
    for code, _words in choices:
        if code == text:
            return code
    raise FactsError(path, f'"{text}" is not one of {", ".join(code for code, _w in choices)}')


def text_or_none(value: object, path: str) -> str | None:
    return None if value is None else a_text(value, path)


def bool_or_none(value: object, path: str) -> bool | None:
    return None if value is None else a_bool(value, path)


def day_or_none(value: object, path: str) -> date | None:
    return None if value is None else a_day(value, path)


def one_of_or_none(value: object, path: str, choices: Choices[CodeT]) -> CodeT | None:
    return None if value is None else one_of(value, path, choices)
