"""Without style sheets, and when copied, a hint stands apart from what is before it."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
HINTED = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if "isd-cell-hint" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", HINTED)
def test_a_space_stands_before_every_hint(name):
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r'\S<span class="isd-cell-hint', text) == []
