"""Documents on their pages: attached to a request, kept in a case, taken out as a download."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decisions.models import RequestDocument
from infosharing.audit.models import Entry
from infosharing.cases.documents.store import place_of, root
from infosharing.cases.models import Document
from tests.counting import statements
from tests.factories import a_case, a_document, a_request

PDF = b"%PDF-1.7\nThe police ask"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.fixture
def asked(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    return a_request(case=case, by=cast.staff, received=True)


def _file(name="form.pdf", body=PDF, media_type="application/pdf"):
    return SimpleUploadedFile(name, body, content_type=media_type)


def _attach(client, asked, **typed):
    typed = {"file": _file(), "what": "The police request form"} | typed
    return client.post(f"/requests/{asked.public_id}/documents/new/", typed)


def test_a_document_is_attached_and_stands_on_request_case_and_chronology(cast, sign_in, asked):
    client = sign_in(cast.staff)
    page = _attach(client, asked)
    assert (page.status_code, page.url) == (302, f"/requests/{asked.public_id}/")
    document = Document.objects.get()
    for url in (f"/requests/{asked.public_id}/", f"/cases/{asked.case.public_id}/"):
        [row] = client.get(url).context["documents"]
        assert row[0]["url"] == f"/documents/{document.public_id}/"
        assert (row[0]["text"], row[0]["hint"]) == ("The police request form", "PDF, 1 KB")
        assert row[1] == "form.pdf"
    told = client.get(f"/cases/{asked.case.public_id}/chronology/").context["entries"]
    assert ("Document added", "The police request form (form.pdf)") in [
        (entry["title"], entry["text"]) for entry in told
    ]


def test_pressing_twice_attaches_once(cast, sign_in, asked):
    client = sign_in(cast.staff)
    for _ in range(2):
        assert _attach(client, asked).status_code == 302
    assert (Document.objects.count(), RequestDocument.objects.count()) == (1, 1)


def test_a_document_of_the_case_can_be_attached_to_a_second_request(cast, sign_in, asked):
    client = sign_in(cast.staff)
    other = a_request(case=asked.case, by=cast.staff)
    _attach(client, asked)
    _attach(client, other)
    assert (Document.objects.count(), RequestDocument.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"file": ""}, "Choose a file"),
        ({"file": _file(body=b"")}, "The file is empty. Choose the file again"),
        ({"file": _file(body=b"<html>")}, "This kind of file cannot be kept."),
        ({"file": _file(body=PDF + b"x" * 2000)}, "The file is larger than"),
    ],
)
def test_a_wrong_file_is_refused_with_words_and_what_was_typed_stays(
    cast, sign_in, asked, settings, typed, error
):
    settings.DOCUMENT_MAX_BYTES = 1024
    for field in typed.values():
        if field:
            field.seek(0)
    page = _attach(sign_in(cast.staff), asked, **typed)
    assert page.status_code == 422
    [item] = page.context["form"].error_summary()
    assert error in item.message
    assert 'value="The police request form"' in page.content.decode()
    assert 'enctype="multipart/form-data"' in page.content.decode()
    assert not Document.objects.exists()
    assert [path for path in root().rglob("*") if path.is_file()] == []


def test_it_is_served_as_a_download_and_nothing_else(cast, sign_in, asked):
    document = a_document(case=asked.case, by=cast.staff, body=PDF, name='رسالة "1".pdf')
    page = sign_in(cast.auditor).get(f"/documents/{document.public_id}/")
    assert page.content == PDF
    assert page.headers["Content-Type"] == "application/pdf"
    disposition = page.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%D8%B1")
    assert disposition.isascii()
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store, private"
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox"} <= {part.strip() for part in policy}
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.event, entry.outcome, entry.object_id) == (
        "cases.document_taken",
        "seen",
        document.public_id,
    )


@pytest.mark.parametrize("who", ["stranger", "colleague", "manager"])
def test_a_document_of_a_case_one_may_not_see_is_absent(cast, sign_in, asked, who):
    document = a_document(case=asked.case, by=cast.staff, body=PDF)
    client = sign_in(getattr(cast, who))
    found = client.get(f"/documents/{document.public_id}/")
    absent = client.get(f"/documents/{'A' * 22}/")
    assert (found.status_code, found.content) == (404, absent.content)


def test_a_document_that_has_been_changed_on_disk_is_not_sent(cast, sign_in, asked):
    document = a_document(case=asked.case, by=cast.staff, body=PDF)
    place_of(document.stored_as).write_bytes(b"something else")
    client = sign_in(cast.staff)
    page = client.get(f"/documents/{document.public_id}/", follow=True)
    assert "It was not sent" in page.content.decode()
    assert b"something else" not in page.content
    events = Entry.objects.filter(event__startswith="cases.document").order_by("-seq")
    assert (events[0].event, events[0].outcome) == ("cases.document_damaged", "refused")


def test_the_folder_of_the_documents_is_not_served(cast, sign_in, asked, settings):
    document = a_document(case=asked.case, by=cast.staff, body=PDF)
    client = sign_in(cast.staff)
    for path in (document.stored_as, f"static/{document.stored_as}", f"media/{document.stored_as}"):
        assert client.get(f"/{path}").status_code == 404
    assert settings.STATIC_ROOT not in (root(), *root().parents)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_database_as_often_for_three_as_for_one(cast, sign_in, asked, number):
    client = sign_in(cast.staff)
    for index in range(number):
        _attach(client, asked, file=_file(body=PDF + str(index).encode()))
    client.get(f"/cases/{asked.case.public_id}/")
    with statements(11):
        client.get(f"/cases/{asked.case.public_id}/")
    with statements(11):
        client.get(f"/requests/{asked.public_id}/")


def test_the_same_file_under_other_words_is_said_to_be_here_already(cast, sign_in, asked):
    """Nothing that was typed vanishes without a word."""
    client = sign_in(cast.staff)
    _attach(client, asked)
    first = Document.objects.get()
    page = client.post(
        f"/requests/{asked.public_id}/documents/new/",
        {"what": "The form of the police", "file": _file(name="copy.pdf")},
        follow=True,
    )
    said = html.unescape(page.content.decode())
    assert f"The same file was here already, as “{first.what}” (" in said
    assert "it was not described anew as “The form of the police”" in said
    assert Document.objects.get().what == first.what
