"""YAML and JSON as one kind of tree whose every node knows where it stands.

YAML nodes stand at "packs/x.yaml:12", JSON nodes at "pack.rules[0].title". Doubled keys,
anchors, aliases and tags are refused here, once, for whatever is built on top.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Union

import yaml

from infosharing.guidance.errors import PackError

Value = Union[str, int, bool, None, "list[Node]", "dict[str, Node]"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands; ``key_where`` is the place of its key, if it has one."""

    value: Value
    where: str
    key_where: str | None = None


def from_yaml(text: str, name: str) -> Node:
    """The tree of a YAML text; ``name`` is the file as it is to be named in a refusal."""
    try:
        root = yaml.compose(text, Loader=_PlainLoader)
    except _NotPlainError as error:
        raise PackError(_line(name, error.mark), "no anchors, aliases or tags here") from error
    except yaml.MarkedYAMLError as error:
        raise PackError(_line(name, error.problem_mark), f"not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PackError(f"{name}:{line}", f"not YAML: {error.reason}") from error
    if root is None:
        raise PackError(f"{name}:1", "is empty")
    return _yaml_node(root, name)


def from_json(text: str, name: str) -> Node:
    """The tree of a JSON text, its nodes at paths that start with ``name``."""
    try:
        loaded = json.loads(text, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        raise PackError(name, f"not JSON: {error}") from error
    return _json_node(loaded, name)


class _NotPlainError(Exception):
    """An anchor, an alias or a tag."""

    def __init__(self, mark: yaml.Mark | None) -> None:
        super().__init__()
        self.mark = mark


class _PlainLoader(yaml.SafeLoader):
    """Stops at whatever would make the tree anything but what is written there."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it open
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            raise _NotPlainError(event.start_mark)
        return super().compose_node(parent, index)


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it stands, with what is doubled."""


def _line(name: str, mark: yaml.Mark | None) -> str:
    return name if mark is None else f"{name}:{mark.line + 1}"


def _yaml_node(node: yaml.Node, name: str) -> Node:
    where = _line(name, node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return Node([_yaml_node(child, name) for child in node.value], where)
    if isinstance(node, yaml.MappingNode):
        return Node(_keyed(_yaml_pairs(node, name)), where)
    return Node(_scalar(node, where), where)


def _yaml_pairs(node: yaml.MappingNode, name: str) -> Iterator[tuple[str, str, Node]]:
    for key, child in node.value:
        where = _line(name, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise PackError(where, "a key must be text")
        yield str(key.value), where, _yaml_node(child, name)


def _keyed(pairs: Iterator[tuple[str, str, Node]]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, where, child in pairs:
        if key in found:
            raise PackError(where, f"the key {key} is doubled")
        found[key] = replace(child, key_where=where)
    return found


def _scalar(node: yaml.Node, where: str) -> str | int | bool | None:
    """Text, whole numbers, null; dates stay text, and are read as dates where one is due."""
    kind = str(node.tag).removeprefix("tag:yaml.org,2002:")
    text = str(node.value)
    if kind in ("str", "timestamp"):
        return text
    if kind == "null":
        return None
    if kind == "int" and text.isascii() and text.isdecimal():
        return int(text)
    if kind == "bool":
        raise PackError(where, f"{text} means true or false in YAML: put it in quotes")
    raise PackError(where, f"{text} must be in quotes")


def _json_node(value: object, where: str) -> Node:
    if isinstance(value, _Pairs):
        pairs = ((key, f"{where}.{key}", child) for key, child in value)
        return Node(_keyed((k, w, _json_node(child, w)) for k, w, child in pairs), where)
    if isinstance(value, list):
        return Node([_json_node(v, f"{where}[{n}]") for n, v in enumerate(value)], where)
    if value is None or isinstance(value, str | int):  # bool is an int: refused where used
        return Node(value, where)
    raise PackError(where, f"{value} has no place here")
