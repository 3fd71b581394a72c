"""Documents: what is kept, where, under which name, and that nothing is left of what failed."""

import hashlib
import io
import os
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.cases.documents import FileKind, UnableToKeep, arriving, safe_name
from infosharing.cases.documents.kinds import kind_of
from infosharing.cases.documents.store import place_of, root
from infosharing.cases.models import Document
from tests.factories import a_case, a_document


def archive(*files: tuple[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as made:
        for name, content in files:
            made.writestr(zipfile.ZipInfo(name), content)  # whose time is always the same
    return body.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
DOCX = (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>"))
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
EML = b"From: jo@example.org\r\nDate: Mon, 1 Jun 2026 09:00:00 +0100\r\n\r\nPlease help\r\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n...", FileKind.PDF),
        (b"\xff\xd8\xff\xe0 JFIF", FileKind.JPEG),
        (PNG, FileKind.PNG),
        (archive(*DOCX), FileKind.DOCX),
        (archive(("mimetype", ODT), ("content.xml", b"<x/>")), FileKind.ODT),
        (EML, FileKind.EML),
        (EML.replace(b"help", "ff \u00a3".encode("latin-1")), FileKind.EML),
        (b"Dear Mrs Morgan: thank you\n", FileKind.TEXT),
        ("\ufeffZoë, 12 \u00a3 — محمد\n".encode(), FileKind.TEXT),
        (b"Note: a colon is no e-mail\n", FileKind.TEXT),
        # Refused, whatever they are called.
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x01", None),
        (b"GIF89a\x01\x00", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"  <!DOCTYPE html><p>x", None),
        (b"<html><script>alert(1)</script>", None),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"{\\rtf1 hello}", None),
        (archive(("a.txt", b"x")), None),
        (archive(*DOCX, ("word/vbaProject.bin", b"x")), None),
        (archive(("content.xml", b"x"), ("mimetype", ODT)), None),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.base")), None),
        (archive(*DOCX)[:40], None),
        (b"PK\x03\x04", None),
        ("Zoë".encode("utf-16"), None),
        ("\u00a3 5".encode("cp1252"), None),
        (b"text\x00text", None),
        (b" %PDF-1.7", FileKind.TEXT),
        (b"   \n", None),
    ],
)
def test_the_kind_is_told_from_what_is_in_the_file(tmp_path, body, kind):
    path = tmp_path / "invoice.pdf"
    path.write_bytes(body)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("LETTER.PDF", "LETTER.pdf"),
        ("letter.exe", "letter.exe.pdf"),
        ("رسالة من الأب.pdf", "رسالة من الأب.pdf"),
        ("C:\\Users\\sam\\Ife Adeyemi.pdf", "Ife Adeyemi.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a "quoted"\r\nSet-Cookie: x.pdf', 'a "quoted" Set-Cookie: x.pdf'),
        ("gpj.\u202eexe.pdf", "gpj. exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("\u202e\n", "document.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("\ud800a.pdf", "?a.pdf"),
    ],
)
def test_a_name_is_harmless_and_ends_as_its_kind_does(given, kept):
    assert safe_name(given, FileKind.PDF) == kept


@pytest.fixture
def store(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return settings.DOCUMENTS_DIR


def files() -> list:
    return [path for path in root().rglob("*") if path.is_file()]


def test_a_document_is_kept_under_a_random_name_for_its_owner_alone(cast, store):
    case = a_case(by=cast.staff, organisation=cast.school)
    document = a_document(case=case, by=cast.staff, body=b"A letter", name="Ife Adeyemi.txt")
    [path] = files()
    assert path == place_of(document.stored_as)
    assert path.read_bytes() == b"A letter"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert document.sha256 == hashlib.sha256(b"A letter").hexdigest()
    assert (document.name, document.kind, document.size) == ("Ife Adeyemi.txt", "text", 8)
    assert "Ife" not in str(path)
    assert document.sha256 not in str(path)


def test_the_log_holds_the_hash_and_never_the_name(cast, store):
    case = a_case(by=cast.staff, organisation=cast.school)
    document = a_document(case=case, by=cast.staff, name="Ife Adeyemi.txt")
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.event, entry.object_id) == ("cases.document_kept", document.public_id)
    assert details_of([entry])[entry.seq] == {"sha256": document.sha256, "bytes": 8}


def test_the_same_file_given_twice_is_one_document(cast, store):
    case = a_case(by=cast.staff, organisation=cast.school)
    first = a_document(case=case, by=cast.staff)
    again = a_document(case=case, by=cast.dsl, name="other.txt")
    elsewhere = a_document(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    assert again == first
    assert elsewhere != first
    assert len(files()) == 2
    events = list(Entry.objects.filter(event__startswith="cases.document").values_list("event"))
    assert events.count(("cases.document_given_again",)) == 1


def test_what_fails_leaves_neither_row_nor_file(cast, store, monkeypatch):
    case = a_case(by=cast.staff, organisation=cast.school)
    before = Entry.objects.count()

    def fails(*_args, **_rest):
        raise IntegrityError

    monkeypatch.setattr(Document.objects, "create", fails)
    with pytest.raises(IntegrityError):
        a_document(case=case, by=cast.staff)
    assert (files(), Document.objects.count(), Entry.objects.count()) == ([], 0, before)


def test_a_failure_after_the_file_was_placed_takes_it_away(cast, store, monkeypatch):
    case = a_case(by=cast.staff, organisation=cast.school)

    def fails(*_args, **_rest):
        raise IntegrityError

    monkeypatch.setattr("infosharing.cases.domain.keeping.record", fails)
    with pytest.raises(IntegrityError):
        a_document(case=case, by=cast.staff)
    assert (files(), Document.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "The file is empty. Choose the file again"),
        (b"x" * 1025, "The file is larger than 0 MB. Choose a smaller file"),
        (b"MZ\x90\x00", "This kind of file cannot be kept."),
    ],
)
def test_a_file_that_cannot_be_kept_says_why_and_leaves_nothing(settings, store, body, words):
    settings.DOCUMENT_MAX_BYTES = 1024
    with pytest.raises(UnableToKeep, match=words), arriving(SimpleUploadedFile("a.pdf", body)):
        raise AssertionError
    assert files() == []


def test_a_full_disk_says_so_and_leaves_nothing(store, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(UnableToKeep, match="could not be kept"),
        arriving(SimpleUploadedFile("a.txt", b"x")),
    ):
        raise AssertionError
    assert files() == []


def test_what_a_killed_upload_left_goes_after_a_day(store):
    folder = store / "incoming"
    folder.mkdir(parents=True)
    for name, age in (("old", 25), ("new", 23)):
        path = folder / name
        path.write_bytes(b"x")
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age * 3600))
    with arriving(SimpleUploadedFile("a.txt", b"x")):
        pass
    assert [path.name for path in files()] == ["new"]


def test_the_check_finds_what_is_missing_changed_or_unknown(cast, store, capsys):
    case = a_case(by=cast.staff, organisation=cast.school)
    whole = a_document(case=case, by=cast.staff, body=b"one")
    changed = a_document(case=case, by=cast.staff, body=b"two")
    missing = a_document(case=case, by=cast.staff, body=b"three")
    place_of(changed.stored_as).write_bytes(b"TWO")
    place_of(missing.stored_as).unlink()
    (store / "ab").mkdir(exist_ok=True)
    (store / "ab" / ("ab" * 16)).write_bytes(b"?")
    with pytest.raises(CommandError) as raised:
        call_command("check_documents")
    assert str(raised.value) == (
        f"Missing or changed: {changed.public_id}, {missing.public_id}. Restore the store."
    )
    assert whole.public_id not in str(raised.value)
    assert f"No record knows the file {'ab' * 16}." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("check_documents", "--remove")
    assert sorted(path.name for path in files()) == sorted([whole.stored_as, changed.stored_as])
