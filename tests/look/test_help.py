"""Help stands beside what it explains: short, asked as somebody would ask, and nowhere unused."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.look.support import every

TEMPLATES = Path(__file__).parents[2] / "templates"
HELPS = sorted(path.stem for path in (TEMPLATES / "help").glob("*.html") if path.stem != "base")
LONGEST = 110  # words


@pytest.mark.parametrize("name", HELPS)
def test_a_help_is_a_question_and_a_short_answer_that_a_keyboard_opens(name):
    html = render_to_string(f"help/{name}.html")
    (details,) = every(html, "details")
    (asked,) = every(html, "summary")
    answer = " ".join(details.text.split()).removeprefix(" ".join(asked.text.split()))
    assert asked.text.strip().endswith("?")
    assert "open" not in details.attributes
    assert 10 < len(answer.split()) <= LONGEST
    assert not re.search(r"\b(e\.g\.|i\.e\.|etc)\b", answer)


@pytest.mark.parametrize("name", HELPS)
def test_a_help_stands_on_a_page(name):
    pages = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "help"]
    asked = f'"help/{name}.html"'
    assert [path for path in pages if asked in path.read_text(encoding="utf-8")]
