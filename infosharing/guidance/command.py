"""What ``manage.py guide`` does, without Django: files in, lines and an exit code out."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from infosharing.guidance.errors import FactsError
from infosharing.guidance.guide import evaluate
from infosharing.guidance.pack import Pack
from infosharing.guidance.scenario import LISTS, Scenario, read_scenario

DONE: Final = 0
DIFFERS: Final = 1
REFUSED: Final = 2

Read = Callable[[str], bytes]
Say = Callable[[str], object]
Answer = dict[str, object]


def run(
    files: Sequence[str],
    packs: Mapping[str, Pack],
    *,
    read: Read,
    out: Say,
    err: Say,
    check: bool = False,
) -> int:
    """Print a line for each file that fits; the exit code is that of the first trouble.

    A file that is refused does not keep the others from being answered, and a difference
    does not keep their lines from being printed; only the first difference is named.
    """
    code = DONE
    named = False
    for name in files:
        try:
            scenario = read_scenario(_contents(name, read), packs)
        except FactsError as error:
            err(f"{name}: {error}")
            code = code or REFUSED
            continue
        answer = answer_to(scenario)
        out(json.dumps(answer))
        difference = next(differences(answer, scenario.expect), None) if check else None
        if difference is not None and not named:
            err(f"{name}: {difference}")
            named = True
            code = code or DIFFERS
    return code


def answer_to(scenario: Scenario) -> Answer:
    """The object that is printed for a scenario."""
    guidance = evaluate(scenario.facts, scenario.pack)
    return {"id": scenario.id, **guidance.as_json()}


def differences(answer: Answer, expect: Mapping[str, object]) -> Iterator[str]:
    """What differs from what was expected: key, expected, got. Lists are compared as sets."""
    for key, got in answer.items():
        if key not in expect:
            continue
        wanted = expect[key]
        if key == "consents":
            yield from _consents(wanted, got)
        elif (_as_set(wanted) != _as_set(got)) if key in LISTS else (wanted != got):
            yield _differs(key, wanted, got)


def _consents(wanted: object, got: object) -> Iterator[str]:
    """Person by person: those whom nobody expects anything of are not compared."""
    if not isinstance(wanted, Mapping) or not isinstance(got, Mapping):
        raise TypeError("consents are read as mappings")
    for person, problems in wanted.items():
        found = got.get(person)
        if found is None or _as_set(problems) != _as_set(found):
            yield _differs(f"consents.{person}", problems, found)


def _as_set(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise TypeError("lists are read as lists")
    return frozenset(str(element) for element in value)


def _differs(key: str, wanted: object, got: object) -> str:
    return f"{key}: expected {json.dumps(wanted)}, got {json.dumps(got)}"


def _contents(name: str, read: Read) -> bytes:
    try:
        return read(name)
    except OSError as error:
        raise FactsError("the file", f"cannot be read ({error.strerror or error})") from error
