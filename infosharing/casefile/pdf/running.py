"""The line at the foot of every page of a bound document: its font, widths and codes."""

import zlib
from io import BytesIO
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont

from infosharing.casefile.pdf.fonts import FOLDER

_FILE: Final = "NotoSans-Regular.ttf"
_NAME: Final = b"/AAAAAA+NotoSans-Regular"


def write(text: str) -> bytes:
    """Return a text as a PDF writes one, in UTF-16 (ISO 32000-1, 7.9.2)."""
    return b"<%b>" % ("\ufeff" + text).encode("utf-16-be").hex().upper().encode()


class RunningFont:
    """The letters of some text, out of the font of the pages."""

    def __init__(self, letters: str) -> None:
        options = subset.Options(notdef_outline=True, layout_features=[], hinting=False)
        font = TTFont(FOLDER / "fonts" / _FILE, recalcTimestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes={ord(letter) for letter in letters})
        cutter.subset(font)
        self._codes: dict[str, int] = {}
        self._widths: dict[int, int] = {}
        scale = 1000 / font["head"].unitsPerEm
        for code, glyph in font.getBestCmap().items():
            number = font.getGlyphID(glyph)
            self._codes[chr(code)] = number
            self._widths[number] = round(font["hmtx"][glyph][0] * scale)
        self._box = [round(getattr(font["head"], one) * scale) for one in _BOX]
        self._ascent = round(font["hhea"].ascent * scale)
        self._descent = round(font["hhea"].descent * scale)
        made = BytesIO()
        font.save(made)
        font.close()
        self._program = made.getvalue()

    def has(self, text: str) -> bool:
        """Return whether every letter of a text can be written."""
        return all(letter in self._codes for letter in text)

    def width(self, text: str) -> float:
        """Return how wide a text is, in units of its size."""
        return sum(self._widths[self._codes[letter]] for letter in text) / 1000

    def coded(self, text: str) -> bytes:
        """Return a text as its glyphs, in hexadecimal."""
        return "".join(f"{self._codes[letter]:04X}" for letter in text).encode()

    def embed(self, number: int, objects: Any) -> None:
        """Write the font as object ``number`` of a file (ISO 32000-1, 9.7)."""
        inner, about, program, words = (objects.reserve() for _ in range(4))
        data = zlib.compress(self._program)
        text = b"<< /Length %d /Length1 %d /Filter /FlateDecode >>"
        objects.stream(program, text % (len(data), len(self._program)), data)
        data = self._words()
        objects.stream(words, b"<< /Length %d >>" % len(data), data)
        box = b" ".join(b"%d" % one for one in self._box)
        objects.add(
            about,
            b"<< /Type /FontDescriptor /FontName %b /Flags 4 /FontBBox [ %b ] /ItalicAngle 0 "
            b"/Ascent %d /Descent %d /CapHeight 714 /StemV 80 /FontFile2 %d 0 R >>"
            % (_NAME, box, self._ascent, self._descent, program),
        )
        widths = b" ".join(b"%d [ %d ]" % pair for pair in sorted(self._widths.items()))
        objects.add(
            inner,
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont %b /CIDSystemInfo << /Registry "
            b"(Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /W [ %b ] "
            b"/CIDToGIDMap /Identity >>" % (_NAME, about, widths),
        )
        objects.add(
            number,
            b"<< /Type /Font /Subtype /Type0 /BaseFont %b /Encoding /Identity-H "
            b"/DescendantFonts [ %d 0 R ] /ToUnicode %d 0 R >>" % (_NAME, inner, words),
        )

    def _words(self) -> bytes:
        """Return which letter each glyph is (ISO 32000-1, 9.10.3)."""
        pairs = sorted((code, letter) for letter, code in self._codes.items())
        lines = []
        for start in range(0, len(pairs), 100):
            some = pairs[start : start + 100]
            lines.append(f"{len(some)} beginbfchar")
            lines += [f"<{c:04X}> <{letter.encode('utf-16-be').hex()}>" for c, letter in some]
            lines.append("endbfchar")
        return "\n".join((*_BEGIN, *lines, *_END)).encode()


_BOX: Final = ("xMin", "yMin", "xMax", "yMax")
_BEGIN: Final = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
)
_END: Final = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
