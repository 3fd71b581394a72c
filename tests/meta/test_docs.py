"""The texts for a DSL, an auditor and an administrator: pictures that are there, light and told."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
HEAVIEST = 120_000  # bytes


def pictures() -> list[tuple[str, str, Path]]:
    """Each picture with what is said of it, and the text it stands in."""
    return [
        (said, address, text)
        for text in TEXTS
        for said, address in PICTURE.findall(text.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("name", ["dsl", "auditor", "administrator"])
def test_each_reader_has_steps_pictures_and_what_to_do_when_something_goes_wrong(name):
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert len(PICTURE.findall(text)) >= 3
    assert re.search(r"^1\. .*\n2\. ", text, re.MULTILINE)
    assert "## When something goes wrong" in text


@pytest.mark.parametrize(("said", "address", "text"), pictures(), ids=lambda one: str(one)[-40:])
def test_a_picture_is_there_light_and_told_in_words(said, address, text):
    place = (text.parent / address).resolve()
    assert place.is_file()
    assert place.stat().st_size < HEAVIEST
    assert 5 < len(said.split()) < 40


def test_no_picture_lies_there_unused():
    used = {(text.parent / address).resolve() for _said, address, text in pictures()}
    assert set((ROOT / "docs" / "images").resolve().iterdir()) == used


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: one.name)
def test_a_link_to_a_file_of_ours_leads_somewhere(text):
    links = re.findall(
        r"(?<!!)\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)", text.read_text(encoding="utf-8")
    )
    assert [link for link in links if not (text.parent / link).exists()] == []
