"""The package is pure: no Django, no clock, no input but the packs' files."""

import ast
from pathlib import Path

import pytest

import infosharing.guidance

FOLDER = Path(infosharing.guidance.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
ALLOWED = {
    "argparse", "collections", "collections.abc", "copy", "dataclasses", "datetime", "functools",
    "hashlib", "json", "re", "types", "typing", "yaml",
}  # fmt: skip


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_imports(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    allowed = ALLOWED | ({"pathlib"} if module.stem == "loading" else set())
    strange = [
        name
        for name in imported(tree)
        if name not in allowed and not name.startswith("infosharing.guidance.")
    ]
    assert strange == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_clock_and_no_files(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert attributes.isdisjoint({"today", "now", "utcnow", "fromtimestamp"})
    assert names.isdisjoint({"open", "print", "input"})


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_module_is_long(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
