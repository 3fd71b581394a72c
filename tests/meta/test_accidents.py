"""Every test that docs/accidents.md names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "accidents.md").read_text(encoding="utf-8")
NUMBERS = [*range(1, 15), *range(37, 41)]


def rows() -> dict[int, list[str]]:
    """The number of each accident with the tests named beside it."""
    found = re.findall(r"^\| (\d+) \| (.+)$", TEXT, re.MULTILINE)
    return {int(number): re.findall(r"`(tests/[^`]+::[^`]+)`", rest) for number, rest in found}


def _names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_of_them_has_its_row_with_a_test():
    assert sorted(rows()) == NUMBERS
    assert all(rows().values())


def test_every_test_that_is_named_exists():
    named = [name for tests in rows().values() for name in tests]
    missing = [
        name
        for name in named
        if not (ROOT / name.split("::")[0]).exists()
        or name.split("::")[1] not in _names_in(ROOT / name.split("::")[0])
    ]
    assert missing == []
