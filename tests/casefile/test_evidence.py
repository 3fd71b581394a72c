"""What is recorded points at the document that shows it, and is read with it from then on."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consent.models import ConsentRecord
from decisions.domain import signing
from decisions.domain.attaching import attach_document
from decisions.models import Disclosure, Receipt
from decisions.policies import ChangedSinceShown
from decisions.presenters import records
from decisions.typed import COVERS
from infosharing.casefile.pdf.document import decision_data
from infosharing.cases.documents.store import root
from infosharing.cases.domain.keeping import NotKeptHere
from infosharing.cases.domain.knowing import record_responsibility
from infosharing.cases.domain.opening import join_person
from infosharing.cases.enums import Holds, Part
from infosharing.cases.models import CourtOrder, Document, Judgement, Responsibility
from tests.casefile.typed import capacity, competence, day, said
from tests.counting import statements
from tests.decisions.afterwards import SENT, a_decision, a_disclosure, typed_date
from tests.engines import some_on_postgres
from tests.factories import (
    a_case,
    a_complete_draft,
    a_document,
    a_request,
    an_arrived_file,
    its_person,
    save,
)

PDF = b"%PDF-1.7\nSigned by her mother"
TODAY = timezone.localdate
FORM, FORM_LINE = "A letter from her father", "A letter from her father: form.pdf (PDF, 1 KB)"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def _file(body=PDF, name="form.pdf"):
    return SimpleUploadedFile(name, body)


def _text(page):
    return " ".join(page.content.decode().split())


def _order(**changes):
    return {"kind": "care", "says": "The council shares responsibility."} | changes


def _held(**changes):
    return {"holder": "Grace Adeyemi", "holds": "yes", "evidence": "A birth certificate"} | changes


class Place:
    """A case with a person, a decision signed in it and something sent: where evidence is given."""

    def __init__(self, cast):
        self.decision = a_decision(cast)
        self.case = self.decision.case
        self.person = its_person(self.case)
        self.sent = a_disclosure(self.decision, cast.dsl)

    def url(self, what):
        case, person = self.case.public_id, self.person.public_id
        return {
            "consent": f"/cases/{case}/consents/new/?person={person}&status=given",
            "judgement": f"/cases/{case}/judgements/new/?person={person}",
            "responsibility": f"/cases/{case}/people/{person}/responsibility/new/",
            "order": f"/cases/{case}/people/{person}/orders/new/",
            "sending": f"/decisions/{self.decision.public_id}/sent/new/",
            "receipt": f"/disclosures/{self.sent.public_id}/receipt/new/",
        }[what]

    def typed(self, what, **evidence):
        version = self.decision.version
        return {
            "consent": said(),
            "judgement": competence(),
            "responsibility": _held(),
            "order": _order(),
            "sending": {
                **SENT,
                **typed_date("sent_on", TODAY()),
                "recipient": version.recipients.get().public_id,
                "items": [version.items.get().public_id],
                "unplanned_because": "She asked for it there",
            },
            "receipt": {
                "state": "confirmed",
                "confirmed_by": "Jo Hart",
                **day("known_on", TODAY()),
            },
        }[what] | evidence


MODELS = {
    "consent": ConsentRecord,
    "judgement": Judgement,
    "responsibility": Responsibility,
    "order": CourtOrder,
    "sending": Disclosure,
    "receipt": Receipt,
}
WAYS = sorted(MODELS)


@pytest.fixture
def place(cast):
    return Place(cast)


# Giving it


@pytest.mark.parametrize("what", WAYS)
def test_a_document_of_the_case_is_chosen_and_told_in_the_chronology(cast, sign_in, place, what):
    kept = a_document(case=place.case, by=cast.dsl, body=PDF, name="form.pdf")
    client = sign_in(cast.dsl)
    offered = client.get(place.url(what)).context["form"]["document"]
    assert offered.field.choices == [
        (kept.public_id, "A letter from her father (form.pdf)"),
        ("none", "None of these"),
    ]
    assert offered.value() is None
    done = client.post(place.url(what), place.typed(what, document=kept.public_id))
    assert done.status_code == 302
    assert MODELS[what].objects.latest("id").document == kept
    assert Document.objects.count() == 1
    told = client.get(f"/cases/{place.case.public_id}/chronology/").context["entries"]
    lines = [entry["text"] for entry in told if "Document: " in entry["text"]]
    assert [line.splitlines()[-1] for line in lines] == [f"Document: {FORM} (form.pdf)"]


@pytest.mark.parametrize("what", WAYS)
def test_a_new_file_is_kept_with_it(cast, sign_in, place, what):
    client = sign_in(cast.dsl)
    page = client.get(place.url(what))
    assert "document" not in page.context["form"].fields
    assert 'enctype="multipart/form-data"' in page.content.decode()
    done = client.post(place.url(what), place.typed(what, file=_file()))
    assert done.status_code == 302
    found = MODELS[what].objects.latest("id").document
    assert (found.name, found.case, found.added_by) == ("form.pdf", place.case, cast.dsl)


@pytest.mark.parametrize("what", WAYS)
@pytest.mark.parametrize(
    "evidence", some_on_postgres([{}, {"document": "none"}, {"document": ""}], 3)
)
def test_no_document_is_ever_needed(cast, sign_in, place, what, evidence):
    a_document(case=place.case, by=cast.dsl)
    done = sign_in(cast.dsl).post(place.url(what), place.typed(what, **evidence))
    assert done.status_code == 302
    assert MODELS[what].objects.latest("id").document is None


@pytest.mark.parametrize("what", WAYS)
def test_two_at_once_a_wrong_file_and_a_document_of_elsewhere_are_refused_and_nothing_is_kept(
    cast, sign_in, place, what
):
    kept = a_document(case=place.case, by=cast.dsl)
    elsewhere = a_case(by=cast.dsl, organisation=cast.school)
    foreign = a_document(case=elsewhere, by=cast.dsl, body=b"Another letter")
    before, files = MODELS[what].objects.count(), len([p for p in root().rglob("*") if p.is_file()])
    client = sign_in(cast.dsl)
    for evidence, wrong in (
        ({"document": kept.public_id, "file": _file()}, ["document", "file"]),
        ({"document": foreign.public_id}, ["document"]),
        ({"document": "A" * 22}, ["document"]),
        ({"file": _file(b"MZ\x90\x00", "form.exe")}, ["file"]),
        ({"file": _file(b"")}, ["file"]),
    ):
        page = client.post(place.url(what), place.typed(what, **evidence))
        assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
        assert page.context["form"].error_summary()[0].message.startswith("Cho") or wrong == [
            "file"
        ]
    assert MODELS[what].objects.count() == before
    assert len([p for p in root().rglob("*") if p.is_file()]) == files
    assert Document.objects.count() == 2


@pytest.mark.parametrize("what", WAYS)
def test_a_file_beside_another_error_is_said_to_be_chosen_again(cast, sign_in, place, what):
    client = sign_in(cast.dsl)
    page = client.post(place.url(what), {"file": _file()} | {"status": "given"})
    found = {item.id: item.message for item in page.context["form"].error_summary()}
    assert page.status_code == 422
    assert len(found) > 1
    words = "“form.pdf” was not kept, as this page came back. Choose it again"
    assert found["id_file"] == words
    assert words in page.content.decode()
    page = client.post(place.url(what), {"status": "given"})
    assert "id_file" not in {item.id for item in page.context["form"].error_summary()}


def test_the_verb_itself_refuses_a_document_of_another_case(cast, place):
    elsewhere = a_case(by=cast.dsl, organisation=cast.school)
    with pytest.raises(NotKeptHere):
        record_responsibility(
            case=place.case,
            person=place.person,
            holder="Grace",
            relationship="Mother",
            holds=Holds.YES,
            evidence="",
            document=a_document(case=elsewhere, by=cast.dsl),
            by=cast.dsl,
            at=timezone.now(),
        )
    assert not Responsibility.objects.exists()


def test_capacity_is_shown_by_a_document_too(cast, sign_in):
    from tests.factories import NewPerson

    case = a_case(
        by=cast.dsl, organisation=cast.school, people=[NewPerson("Bo Cole", age_band="adult")]
    )
    url = f"/cases/{case.public_id}/judgements/new/?person={its_person(case).public_id}"
    assert sign_in(cast.dsl).post(url, capacity(file=_file())).status_code == 302
    [card] = sign_in(cast.auditor).get(f"/cases/{case.public_id}/").context["judgements"]
    row = card["rows"][-1]
    kept = Document.objects.get()
    assert (row["key"], row["change_url"]) == (
        "Document that shows it",
        f"/documents/{kept.public_id}/",
    )
    assert row["lines"] == [
        "Evidence of a judgement of capacity: form.pdf (PDF, 1 KB)",
        f"Fingerprint of the file (SHA-256): {kept.sha256}",
    ]


# Seeing it again


def test_a_consent_names_its_document_on_its_page_with_the_way_to_it(cast, sign_in, place):
    client = sign_in(cast.dsl)
    client.post(place.url("consent"), place.typed("consent", file=_file()))
    kept = Document.objects.get()
    consent = ConsentRecord.objects.get()
    page = sign_in(cast.auditor).get(f"/consents/{consent.public_id}/")
    assert f'href="/documents/{kept.public_id}/"' in page.content.decode()
    assert "What shows that they agreed: form.pdf (PDF, 1 KB)" in _text(page)
    assert f"Fingerprint of the file (SHA-256): {kept.sha256}" in _text(page)


def test_what_was_sent_and_what_came_back_are_named_on_the_decision_and_in_its_pdf(
    cast, sign_in, place
):
    client = sign_in(cast.dsl)
    client.post(place.url("sending"), place.typed("sending", file=_file(b"%PDF-1.7 sent")))
    client.post(place.url("receipt"), place.typed("receipt", file=_file(b"Thank you", "re.txt")))
    copy, reply = Document.objects.order_by("id")
    page = sign_in(cast.auditor).get(f"/decisions/{place.decision.public_id}/")
    for kept in (copy, reply):
        assert f'href="/documents/{kept.public_id}/"' in page.content.decode()
        assert f"Fingerprint of the file (SHA-256): {kept.sha256}" in _text(page)
    place.decision.refresh_from_db()
    data = decision_data(place.decision, by=cast.dsl, at=timezone.now())
    first, second = data["sent"]
    assert second["document"] == {
        "line": "Copy of what was sent: form.pdf (PDF, 1 KB)",
        "checksum": f"Fingerprint of the file (SHA-256): {copy.sha256}",
    }
    assert (first["document"], first["receipts"][0]["document"]["checksum"]) == (
        None,
        f"Fingerprint of the file (SHA-256): {reply.sha256}",
    )


def _rows(sections):
    return [(row["label"], row["value"], row["note"]) for part in sections for row in part["rows"]]


def test_every_document_relied_on_is_checked_before_signing_and_stands_in_what_is_signed(
    cast, sign_in
):
    case = a_case(by=cast.dsl, organisation=cast.school)
    asked = a_request(case=case, by=cast.dsl)
    attach_document(
        request=asked,
        arrived=an_arrived_file(b"We ask for"),
        what="The police form",
        by=cast.dsl,
        at=timezone.now(),
    )
    draft = a_complete_draft(case=case, by=cast.dsl, request=asked)
    client, person = sign_in(cast.dsl), its_person(case).public_id
    base = f"/cases/{case.public_id}"
    for number, (url, typed) in enumerate(
        (
            (f"{base}/consents/new/", said()),
            (f"{base}/judgements/new/?person={person}", competence()),
            (f"{base}/people/{person}/responsibility/new/", _held()),
            (f"{base}/people/{person}/orders/new/", _order()),
        )
    ):
        body = _file(PDF + str(number).encode(), f"form{number}.pdf")
        assert client.post(url, typed | {"file": body}).status_code == 302
    chosen = draft.pages.get(page="people").typed | {
        f"judgement_{person}": [Judgement.objects.get().public_id]
    }
    consent = ConsentRecord.objects.get().public_id
    covers = {f"covers_{consent}_{part}": ["no"] for part in COVERS}
    save(draft, cast.dsl, {("people", 0): chosen, ("consent", 0): covers})
    kept = {document.what: document for document in Document.objects.all()}
    check = client.get(f"/drafts/{draft.public_id}/check/")
    now = timezone.now()
    version = signing.sign(
        draft=draft, seen=signing.prepared_draft(draft, now, cast.dsl).seen, by=cast.dsl, at=now
    )
    body = json.loads(version.body)
    assert body["form"] == 2
    assert {one["what"]: one["sha256"] for one in body["documents"]} == {
        what: document.sha256 for what, document in kept.items()
    }
    assert len(kept) == 5
    record = _text(sign_in(cast.auditor).get(f"/decisions/{draft.decision.public_id}/"))
    printed = json.dumps(decision_data(version.decision, by=cast.dsl, at=now), default=str)
    for document in kept.values():
        for text in (_text(check), record, printed):
            assert document.sha256 in text
            assert document.name in text
    assert (
        "Attached document",
        "The police form: letter.txt (Plain text, 1 KB)",
        f"Fingerprint of the file (SHA-256): {kept['The police form'].sha256}",
    ) in _rows(body["sections"])


def test_a_document_attached_meanwhile_shows_the_page_again_before_it_is_signed(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl)
    seen = signing.prepared_draft(draft, timezone.now()).seen
    attach_document(
        request=draft.decision.request,
        arrived=an_arrived_file(),
        what="The police form",
        by=cast.dsl,
        at=timezone.now(),
    )
    with pytest.raises(ChangedSinceShown):
        signing.sign(draft=draft, seen=seen, by=cast.dsl, at=timezone.now())


def test_what_was_signed_before_documents_were_named_is_read_as_it_was(cast, sign_in, place):
    """A body of the first form: no ``documents`` in it."""
    version = place.decision.version
    body = json.loads(version.body)
    del body["documents"]
    body["form"] = 1
    version.body = json.dumps(body)

    assert records.signed(version).name == "Dilys Morgan"


def test_an_order_seen_from_another_case_says_nothing_of_the_document_kept_elsewhere(
    cast, sign_in, place
):
    client = sign_in(cast.dsl)
    client.post(place.url("order"), place.typed("order", file=_file()))
    other = a_case(by=cast.staff, organisation=cast.school, summary="Something else")
    join_person(case=other, person=place.person, part=Part.SUBJECT, by=cast.dsl, at=timezone.now())
    seen = sign_in(cast.staff)
    for url in (f"/cases/{other.public_id}/", f"/cases/{other.public_id}/chronology/"):
        text = _text(seen.get(url))
        assert "The council shares responsibility." in text
        assert "form.pdf" not in text
    assert "form.pdf" in _text(client.get(f"/cases/{place.case.public_id}/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_as_often_for_three_documents_as_for_one(cast, sign_in, place, number):
    for index in range(number):
        a_document(case=place.case, by=cast.dsl, body=str(index).encode())
    client = sign_in(cast.dsl)
    client.get(place.url("consent"))
    with statements(11):
        client.get(place.url("consent"))
    client.get(place.url("sending"))
    with statements(11):
        client.get(place.url("sending"))
