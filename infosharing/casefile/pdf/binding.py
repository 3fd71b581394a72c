"""Binds pages that were made apart into one tagged PDF/UA-1, part by part onto the disk.

What is kept in memory grows by some bytes an object and not by the document: each part is
written as it comes (ISO 32000-1: object streams 7.5.7, cross-reference streams 7.5.8).
"""

import hashlib
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from infosharing.casefile.pdf.portable import FIRST, FONT_NAME, LINK, TOKENS, Portable
from infosharing.casefile.pdf.running import RunningFont, write

_TOGETHER: Final = 400  # objects in one object stream
_PAGE_LINE: Final = 45.0  # points above the bottom of the page
_LEFT: Final = 56.7
_RIGHT: Final = 538.6
_SIZE: Final = 8.5
_FOOT: Final = (
    b"Q\n/Artifact << /Type /Pagination /Subtype /Footer >> BDC\nq 0.29 0.35 0.36 rg\n%bQ\nEMC\n"
)


class WrongCount(Exception):
    """There came more or fewer pages than was said on the first of them."""


@dataclass(frozen=True)
class Bookmark:
    """A line of the bookmarks: ``level`` 1 or 2, and on which page of all it begins (from 0)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class About:
    """What the whole document says of itself."""

    title: str
    author: str
    subject: str
    digest: str  # tells this document from every other; no secret


@dataclass
class _Objects:
    """The file, and where each object of it lies."""

    file: BinaryIO
    position: int = 0
    kinds: bytearray = field(default_factory=lambda: bytearray(b"\0"))
    places: "array[int]" = field(default_factory=lambda: array("Q", [0]))
    indexes: "array[int]" = field(default_factory=lambda: array("H", [65535]))
    waiting: list[tuple[int, bytes]] = field(default_factory=list)

    def reserve(self, count: int = 1) -> int:
        """Return the first of so many new numbers."""
        first = len(self.kinds)
        self.kinds.extend(bytes(count))
        self.places.extend([0] * count)
        self.indexes.extend([0] * count)
        return first

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.position += len(data)

    def add(self, number: int, text: bytes) -> None:
        """Put an object beside others; it is written with them."""
        self.waiting.append((number, text))
        if len(self.waiting) >= _TOGETHER:
            self.flush()

    def stream(self, number: int, text: bytes, data: bytes) -> None:
        """Write a stream; ``text`` is its dictionary, with its length."""
        self.kinds[number], self.places[number] = 1, self.position
        self.write(b"%d 0 obj\n%b\nstream\n" % (number, text))
        self.write(data)
        self.write(b"\nendstream\nendobj\n")

    def flush(self) -> None:
        """Write the objects that wait as one object stream."""
        if not self.waiting:
            return
        home = self.reserve()
        heads, bodies, offset = [], [], 0
        for index, (number, text) in enumerate(self.waiting):
            heads.append(b"%d %d" % (number, offset))
            bodies.append(text)
            offset += len(text) + 1
            self.kinds[number], self.places[number], self.indexes[number] = 2, home, index
        head = b" ".join(heads) + b"\n"
        data = zlib.compress(head + b"\n".join(bodies), 6)
        text = b"<< /Type /ObjStm /N %d /First %d /Length %d /Filter /FlateDecode >>"
        self.stream(home, text % (len(self.waiting), len(head), len(data)), data)
        self.waiting.clear()


class Binder:
    """Writes one document: ``add`` its parts in their order, then ``finish``."""

    def __init__(self, file: BinaryIO, *, pages: int, line: str) -> None:
        """Begin a document of so many pages; ``line`` is written at the foot of each."""
        self.pages = pages
        self.line = line
        self.page = 0
        self._objects = _Objects(file)
        self._objects.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._tree, self._tags, self._top = (self._objects.reserve() for _ in range(3))
        self._catalog, self._save = self._objects.reserve(), self._objects.reserve()
        self._objects.stream(self._save, b"<< /Length 2 >>", b"q\n")
        self._running = RunningFont(f"{line} Page of 0123456789")
        self._font = self._objects.reserve()
        self._running.embed(self._font, self._objects)
        self._page_numbers: array[int] = array("Q")
        self._parts: list[int] = []
        self._leaves: list[tuple[int, int, int]] = []
        self._keys = 0
        self._places: dict[str, int] = {}
        self._bookmarks: list[Bookmark] = []

    def add(self, part: Portable, *, key: str, title: str, level: int = 1) -> None:
        """Bind a part in; links to ``key`` lead to its first page, and so does its bookmark.

        A part without a title has no bookmark.
        """
        self._places[key] = self.page
        if title:
            self._bookmarks.append(Bookmark(title, level, self.page))
        whole = self._objects
        own = whole.reserve()
        base = whole.reserve(part.count) - FIRST
        special = (0, self._tree, own, self._font, self._save)
        marker = b"(isd%d-" % len(self._parts)
        keys = self._keys

        def moved(match: re.Match[bytes]) -> bytes:
            text, reference, name, key_number = match.groups()
            if reference is not None:
                number = int(reference)
                return b"%d 0 R" % (base + number if number >= FIRST else special[number])
            if text is not None:
                return marker + text[5:] if text.startswith(b"(isd-") else text
            return b"%b%d" % (name, keys + int(key_number))

        # All of it in one go; no object holds a zero, as qpdf writes such texts in other ways.
        texts = TOKENS.sub(moved, b"\0".join(text for text, _data in part.objects)).split(b"\0")
        for number, (text, (_text, data)) in enumerate(
            zip(texts, part.objects, strict=True), start=base + FIRST
        ):
            if data is None:
                whole.add(number, text)
            else:
                whole.stream(number, text, data)
        for number, stamp in zip(part.pages, part.stamps, strict=True):
            self._page_numbers.append(base + number)
            self.page += 1
            data = self._stamp()
            whole.stream(base + stamp, b"<< /Length %d >>" % len(data), data)
        self._add_tags(part, own, base)

    def _add_tags(self, part: Portable, own: int, base: int) -> None:
        whole = self._objects
        kids = b" ".join(b"%d 0 R" % (base + top) for top in part.tops)
        text = b"<< /Type /StructElem /S /Part /P %d 0 R /K [ %b ] >>"
        whole.add(own, text % (self._top, kids))
        self._parts.append(own)
        lines = []
        for key, found in part.tags:
            if isinstance(found, list):
                refs = b" ".join(b"%d 0 R" % (base + one) for one in found)
                lines.append(b"%d [ %b ]" % (self._keys + key, refs))
            else:
                lines.append(b"%d %d 0 R" % (self._keys + key, base + found))
        leaf, first = whole.reserve(), self._keys
        self._keys += len(part.tags)
        text = b"<< /Limits [ %d %d ] /Nums [ %b ] >>"
        whole.add(leaf, text % (first, self._keys - 1, b" ".join(lines)))
        self._leaves.append((leaf, first, self._keys - 1))

    def _stamp(self) -> bytes:
        """Return what is written at the foot of the page just counted; no part of the text."""
        number = f"Page {self.page} of {self.pages}"
        place = _RIGHT - self._running.width(number) * _SIZE
        lines = [(self.line, _LEFT), (number, place)]
        shown = b"".join(
            b"BT %b %.1f Tf 1 0 0 1 %.2f %.2f Tm <%b> Tj ET\n"
            % (FONT_NAME.encode(), _SIZE, x, _PAGE_LINE, self._running.coded(text))
            for text, x in lines
        )
        return _FOOT % shown

    def finish(self, about: About) -> None:
        """Write what holds the parts together, and the end of the file.

        :raises WrongCount: when there came another number of pages than was said.
        """
        if self.page != self.pages:
            raise WrongCount(f"{self.page} instead of {self.pages}")
        whole = self._objects
        kids = _references(self._page_numbers)
        whole.add(self._tree, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (self.page, kids))
        leaves = _references(leaf for leaf, _first, _last in self._leaves)
        tree = whole.reserve()
        whole.add(tree, b"<< /Kids [ %b ] >>" % leaves)
        text = b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d >>"
        whole.add(self._tags, text % (self._top, tree, self._keys))
        text = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>"
        whole.add(self._top, text % (self._tags, _references(self._parts)))
        metadata, info = whole.reserve(), whole.reserve()
        data = _metadata(about)
        text = b"<< /Type /Metadata /Subtype /XML /Length %d >>"
        whole.stream(metadata, text % len(data), data)
        whole.add(
            info,
            b"<< /Title %b /Author %b /Subject %b /Producer (Infosharing) >>"
            % (write(about.title), write(about.author), write(about.subject)),
        )
        whole.add(
            self._catalog,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /MarkInfo << /Marked true >> "
            b"/Lang (en-GB) /ViewerPreferences << /DisplayDocTitle true >> /PageMode /UseOutlines "
            b"/Metadata %d 0 R /Outlines %d 0 R /Names << /Dests %d 0 R >> >>"
            % (self._tree, self._tags, metadata, self._outlines(), self._destinations()),
        )
        whole.flush()
        self._end(info, about)

    def _destinations(self) -> int:
        number = self._objects.reserve()
        names = b" ".join(
            b"%b [ %d 0 R /XYZ null null null ]" % (write(LINK + key), self._page_numbers[place])
            for key, place in sorted(self._places.items())
        )
        self._objects.add(number, b"<< /Names [ %b ] >>" % names)
        return number

    def _outlines(self) -> int:
        """Write the bookmarks, those of level 2 below the one of level 1 before them."""
        whole = self._objects
        root = whole.reserve()
        groups: list[tuple[Bookmark, list[Bookmark]]] = []
        for one in self._bookmarks:
            if one.level == 1 or not groups:
                groups.append((one, []))
            else:
                groups[-1][1].append(one)
        numbers = [whole.reserve() for _group in groups]
        for number, beside, (one, below) in zip(numbers, _beside(numbers), groups, strict=True):
            inner = [whole.reserve() for _one in below]
            for lower, near, child in zip(inner, _beside(inner), below, strict=True):
                self._bookmark(lower, number, near, child, b"")
            more = b""
            if inner:
                more = b" /First %d 0 R /Last %d 0 R /Count -%d" % (inner[0], inner[-1], len(inner))
            self._bookmark(number, root, beside, one, more)
        ends = b" /First %d 0 R /Last %d 0 R" % (numbers[0], numbers[-1]) if numbers else b""
        whole.add(root, b"<< /Type /Outlines /Count %d%b >>" % (len(numbers), ends))
        return root

    def _bookmark(
        self, number: int, parent: int, beside: bytes, one: Bookmark, more: bytes
    ) -> None:
        page = self._page_numbers[one.page]
        text = b"<< /Title %b /Parent %d 0 R /Dest [ %d 0 R /XYZ null null null ]%b%b >>"
        self._objects.add(number, text % (write(one.title), parent, page, beside, more))

    def _end(self, info: int, about: About) -> None:
        whole = self._objects
        number, start = whole.reserve(), whole.position
        whole.kinds[number], whole.places[number] = 1, start
        packer = zlib.compressobj(6)
        data = bytearray()
        rows = zip(whole.kinds, whole.places, whole.indexes, strict=True)
        for piece in _pieces(rows):
            data += packer.compress(piece)
        data += packer.flush()
        ident = hashlib.sha256(about.digest.encode()).hexdigest()[:32].encode()
        text = (
            b"<< /Type /XRef /Size %d /W [ 1 5 2 ] /Root %d 0 R /Info %d 0 R "
            b"/ID [ <%b> <%b> ] /Length %d /Filter /FlateDecode >>"
        )
        size = len(whole.kinds)
        whole.stream(
            number, text % (size, self._catalog, info, ident, ident, len(data)), bytes(data)
        )
        whole.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _beside(numbers: list[int]) -> Iterator[bytes]:
    for place in range(len(numbers)):
        before = b" /Prev %d 0 R" % numbers[place - 1] if place else b""
        after = b" /Next %d 0 R" % numbers[place + 1] if place + 1 < len(numbers) else b""
        yield before + after


def _pieces(rows: Iterable[tuple[int, int, int]]) -> Iterator[bytes]:
    piece = bytearray()
    for kind, place, index in rows:
        piece += bytes([kind]) + place.to_bytes(5, "big") + index.to_bytes(2, "big")
        if len(piece) > 1_000_000:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _metadata(about: About) -> bytes:
    """Return what PDF/UA asks a document to say of itself (ISO 14289-1, 5), as XMP."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        "<pdfuaid:part>1</pdfuaid:part>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li>'
        "</rdf:Alt></dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
        "<pdf:Producer>Infosharing</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()
