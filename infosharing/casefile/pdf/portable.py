"""Pages of one document, taken apart so that they can be bound into a larger one, tags and all.

PDF libraries drop the tags when they join documents (libraries.md section 4). So the objects of
the pages and of their tags are kept as plain text with numbers of their own: joining is then
adding an offset to each number (ISO 32000-1, 7.3.10), however many documents are joined.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf

# Numbers that stand for what only the whole document has: its page tree, the tag above the tags
# of these pages, the font and the beginning of what is written on every page.
PAGE_TREE: Final = 1
PART: Final = 2
FONT: Final = 3
SAVE: Final = 4
FIRST: Final = 5
# The name of the font for what is written on every page.
FONT_NAME: Final = "/RunningLine"
# Begins a link to another part of the whole: part:KEY.
LINK: Final = "part:"
_WORDS_FOR_LINK: Final = "To this part of the document"
# A text in brackets, a reference, or the place of a page or link in the tree of tags. Texts come
# first, so that nothing somebody typed is taken for a reference.
TOKENS: Final = re.compile(rb"(\((?:[^\\)]|\\.)*\))|(\d+) 0 R\b|(/StructParents? )(\d+)", re.DOTALL)
_ID: Final = b"(isd-"


class NotPortable(Exception):
    """A document is not built as ours are, so that it cannot be taken apart."""


@dataclass(frozen=True)
class Portable:
    """Pages with their tags.

    ``objects`` are pairs of text and stream (None where there is none), in the order of their
    numbers from ``FIRST`` on; ``pages``, ``stamps`` and ``tops`` are numbers; ``tags`` say what
    the tree of tags has under each key: one number for a link, a list for a page.
    """

    pages: list[int]
    stamps: list[int]
    tops: list[int]
    tags: list[list[Any]]
    objects: list[tuple[bytes, bytes | None]]

    @property
    def count(self) -> int:
        """How many numbers the objects take, those for what is written on each page included."""
        return len(self.objects) + len(self.stamps)

    def packed(self) -> bytes:
        """Return all of it as bytes to keep."""
        sizes = [[len(text), -1 if data is None else len(data)] for text, data in self.objects]
        head = json.dumps(
            {
                "pages": self.pages,
                "stamps": self.stamps,
                "tops": self.tops,
                "tags": self.tags,
                "sizes": sizes,
            },
            separators=(",", ":"),
        ).encode()
        bodies = b"".join(text + (data or b"") for text, data in self.objects)
        return zlib.compress(len(head).to_bytes(8, "big") + head + bodies, 6)


def unpacked(packed: bytes) -> Portable:
    """Return what ``packed`` made bytes of."""
    whole = zlib.decompress(packed)
    start = 8 + int.from_bytes(whole[:8], "big")
    head = json.loads(whole[8:start])
    objects: list[tuple[bytes, bytes | None]] = []
    for text, data in head["sizes"]:
        middle, end = start + text, start + text + max(data, 0)
        objects.append((whole[start:middle], whole[middle:end] if data >= 0 else None))
        start = end
    return Portable(head["pages"], head["stamps"], head["tops"], head["tags"], objects)


def portable(pdf: bytes) -> Portable:
    """Take a tagged document made by ``rendering.render`` apart.

    :raises NotPortable: for a document without tags.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        return _Apart(document).taken()


class _Apart:
    """Numbers the objects anew as they are met, and writes each as text."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document
        self.numbers: dict[int, int] = {}
        self.waiting: list[int] = []
        self.next = FIRST
        try:
            root = document.Root.StructTreeRoot
            self.top = root.K[0]
            self.tree = root.ParentTree.Nums
        except (AttributeError, KeyError, IndexError) as error:
            raise NotPortable("no tags") from error

    def taken(self) -> Portable:
        document = self.document
        self._prepare()
        self.numbers[_number(document.Root.Pages)] = PAGE_TREE
        self.numbers[_number(self.top)] = PART
        pages = [self._numbered(_number(page.obj)) for page in document.pages]
        tops = [self._numbered(_number(kid)) for kid in self.top.K]
        tags = [list(found) for found in self._tags()]
        objects = list(self._objects())
        stamps = [self.next + place for place in range(len(pages))]
        for number, stamp in zip(pages, stamps, strict=True):
            text, data = objects[number - FIRST]
            objects[number - FIRST] = (text.replace(b"/StampNode", b"%d 0 R" % stamp), data)
        return Portable(pages, stamps, tops, tags, objects)

    def _prepare(self) -> None:
        """Leave room for what is written on every page, and make links and names movable."""
        for page in self.document.pages:
            page.obj.Contents = pikepdf.Array(
                [pikepdf.Name("/SaveNode"), page.obj.Contents, pikepdf.Name("/StampNode")]
            )
            page.obj.Resources.Font[FONT_NAME] = pikepdf.Name("/FontNode")
            for note in page.obj.get("/Annots", []):
                target = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
                if target.startswith(LINK):
                    del note["/A"]
                    note.Dest = pikepdf.String(target)
                    note.Contents = pikepdf.String(_WORDS_FOR_LINK)

    def _tags(self) -> Iterator[tuple[int, Any]]:
        for place in range(0, len(self.tree), 2):
            found = self.tree[place + 1]
            if isinstance(found, pikepdf.Array):
                yield int(self.tree[place]), [self._numbered(_number(one)) for one in found]
            else:
                yield int(self.tree[place]), self._numbered(_number(found))

    def _objects(self) -> Iterator[tuple[bytes, bytes | None]]:
        done = 0
        while done < len(self.waiting):
            found = self.document.get_object(self.waiting[done], 0)
            done += 1
            if isinstance(found, pikepdf.Stream):
                text = found.stream_dict.unparse(resolved=True)
                yield self._renumbered(text), found.read_raw_bytes()
            else:
                yield self._renumbered(found.unparse(resolved=True)), None

    def _renumbered(self, text: bytes) -> bytes:
        def moved(match: re.Match[bytes]) -> bytes:
            if match[2] is None:
                return match[0]
            return b"%d 0 R" % self._numbered(int(match[2]))

        found = TOKENS.sub(moved, text)
        found = found.replace(b"/SaveNode", b"%d 0 R" % SAVE)
        return _named(found).replace(b"/FontNode", b"%d 0 R" % FONT)

    def _numbered(self, number: int) -> int:
        known = self.numbers.get(number)
        if known is None:
            known = self.numbers[number] = self.next
            self.next += 1
            self.waiting.append(number)
        return known


_LIST: Final = re.compile(rb"/Headers \[[^\]]*\]")


def _named(text: bytes) -> bytes:
    """Mark the names of table headings, so that those of another part are never meant."""
    if b"/ID " not in text and b"/Headers " not in text:
        return text
    text = re.sub(rb"/ID \((?=\d)", b"/ID " + _ID, text)
    return _LIST.sub(lambda match: match[0].replace(b"(", _ID), text)


def _number(found: Any) -> int:
    number: int = found.objgen[0]
    if not number:
        raise NotPortable("an object without a number of its own")
    return number
