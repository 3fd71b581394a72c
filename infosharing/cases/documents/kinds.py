"""What a file is, told from what is in it: neither its name nor what the browser says counts.

Signatures: PDF, ISO 32000-1 7.5.2; PNG, ISO/IEC 15948 5.2; JPEG, ISO/IEC 10918-1 B.1.1.3; DOCX,
ECMA-376 part 2 (a ZIP with ``[Content_Types].xml``); ODT, OASIS ODF 1.2 part 3 section 3.3 (the
first file of the ZIP is ``mimetype``); EML, RFC 5322 section 3.6 (its header fields).
"""

import re
import zipfile
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Final

from django.db import models

HEAD: Final = 64 * 1024
ALLOWED_WORDS: Final = (
    "a PDF, a picture (JPEG or PNG), a Word document (.docx), an OpenDocument text (.odt), "
    "a saved e-mail (.eml) or a plain text file"
)
_MARKUP = re.compile(r"\s*(<(!doctype|!--|html|head|body|script|svg|\?xml|\?php)|\{\\rtf)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEADER = re.compile(rb"[!-9;-~]{1,70}:[ \t]")
_ODT: Final = b"application/vnd.oasis.opendocument.text"


class FileKind(models.TextChoices):
    """The kinds of file that are kept, each with its words."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG picture"
    PNG = "png", "PNG picture"
    DOCX = "docx", "Word document"
    ODT = "odt", "OpenDocument text"
    EML = "eml", "E-mail"
    TEXT = "text", "Plain text"


MEDIA_TYPES: Final[dict[FileKind, str]] = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.EML: "message/rfc822",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
# The first is given to a file that came with another.
SUFFIXES: Final[dict[FileKind, tuple[str, ...]]] = {
    FileKind.PDF: (".pdf",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.PNG: (".png",),
    FileKind.DOCX: (".docx",),
    FileKind.ODT: (".odt",),
    FileKind.EML: (".eml",),
    FileKind.TEXT: (".txt", ".csv", ".md"),
}
_SIGNATURES: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)


def kind_of(path: Path) -> FileKind | None:
    """Return what a file is; None for everything that is not kept.

    Refused among others: programs, archives, web pages, drawings (SVG), old Word files, and Word
    documents with macros.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    if _is_message(head):
        return FileKind.EML
    return FileKind.TEXT if _is_text(path) else None


def _of_archive(path: Path) -> FileKind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return FileKind.DOCX
            first = entries[0] if entries else None
            if first and first.filename == "mimetype" and first.file_size == len(_ODT):
                with archive.open(first) as file:
                    return FileKind.ODT if file.read(len(_ODT) + 1) == _ODT else None
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None
    return None


def _is_message(head: bytes) -> bool:
    """Whether it begins as an e-mail does: header fields, the sender and one other among them."""
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _HEADER.match(top) or b"\x00" in top:
        return False
    found = BytesHeaderParser().parsebytes(top + b"\n\n")
    told = {name.lower() for name in found.keys()}  # noqa: SIM118 - no dictionary
    return "from" in told and bool(told & {"date", "subject", "message-id"}) and not found.defects


def _is_text(path: Path) -> bool:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _CONTROL.search(text) and not _MARKUP.match(text)
