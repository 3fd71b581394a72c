"""The packs that ship, read from the YAML files beside this module.

The only input of the package. Every refusal names the file, the line and the reason.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from infosharing.guidance.building import Library, fields_of, flow_from, library_from
from infosharing.guidance.errors import PackError
from infosharing.guidance.pack import KEYS, Pack
from infosharing.guidance.parts import Question
from infosharing.guidance.trees import Node, from_yaml

# The first is the default where none is named.
SHIPPED: Final = (
    "statutory-2024",
    "provider-2008",
    "school-2018",
    "trust-2015",
    "community-2016",
    "partner-2018",
)
DEFAULT: Final = SHIPPED[0]
FOLDER: Final = Path(__file__).parent / "packs"


def load_pack(code: str, folder: Path = FOLDER) -> Pack:
    """One pack of a folder, with the flow and the common questions beside it."""
    return load_packs((code,), folder)[code]


def load_packs(codes: Sequence[str], folder: Path = FOLDER) -> dict[str, Pack]:
    """Several packs of a folder, in the order of the codes."""
    flow = flow_from(_tree(folder, "flow"))
    library = library_from(_tree(folder, "questions"))
    return {code: _pack(code, folder, library, flow) for code in codes}


def _pack(code: str, folder: Path, library: Library, flow: tuple[Question, ...]) -> Pack:
    tree = _tree(folder, code)
    pack = Pack.from_tree(tree, library, flow)
    if pack.code != code:
        raise PackError(fields_of(tree, KEYS)["code"].where, f"calls itself {pack.code}")
    return pack


@cache
def shipped_packs() -> Mapping[str, Pack]:
    """The six packs by code, the default first; read once."""
    return MappingProxyType(load_packs(SHIPPED))


def default_pack() -> Pack:
    return shipped_packs()[DEFAULT]


def _tree(folder: Path, stem: str) -> Node:
    name = f"{folder.name}/{stem}.yaml"
    try:
        text = (folder / f"{stem}.yaml").read_text(encoding="utf-8")
    except OSError as error:
        raise PackError(name, "cannot be read") from error
    except UnicodeDecodeError as error:
        raise PackError(name, "is not UTF-8") from error
    return from_yaml(text, name)
