"""Reading HTML in tests: outlines of tags and classes, and finding elements."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle"}
APART = {"dd", "dt", "h1", "h2", "h3", "li", "p", "td", "th"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self) -> list["Element"]:
        """This element and everything in it, in page order."""
        return [self, *(one for child in self.inside for one in child.all())]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"<{closed.tag}> closed by </{tag}>"
            if tag in APART:
                self.handle_data(" ")

    def handle_data(self, data) -> None:
        for element in self.open:
            element.text += data


def read(html: str) -> Element:
    """The elements of a page; fails where tags are not nested properly."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"left open: {[one.tag for one in reader.open[1:]]}"
    return reader.root


def every(html: str, tag: str = "", **attributes: str) -> list[Element]:
    """The elements with this tag and these attributes (``class_``: has the class)."""
    class_ = attributes.pop("class_", None)
    return [
        element
        for element in read(html).all()
        if (not tag or element.tag == tag)
        and (class_ is None or class_ in element.classes)
        and all(element.attributes.get(name) == value for name, value in attributes.items())
    ]


def outline(html: str, ignoring: frozenset[str] = frozenset()) -> list[tuple[str, frozenset[str]]]:
    """Tags with the classes of govuk-frontend, in page order; sizes and ours left out."""
    found = []
    for element in read(html).all():
        classes = frozenset(
            name
            for name in element.classes
            if name.startswith("govuk-") and not name.startswith("govuk-!") and name not in ignoring
        )
        if classes:
            found.append((element.tag, classes))
    return found


def fixture(component: str, name: str) -> str:
    """The HTML that govuk-frontend says its component expects."""
    html: str = json.loads((HERE / "govuk_fixtures.json").read_text())[component][name]
    return html
