"""No acronym that is not explained on the page, or in the document, where it stands (issue 4).

A stranger in 2041 knows none of ours. What everybody knows is listed; for each other the words
that explain it are, and they have to stand on the same page, outside the header.
"""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from decisions.domain import following
from decisions.enums import ReceiptState
from infosharing.accounts.roles import Role
from infosharing.casefile.domain.exporting import Wanted, ask_export
from infosharing.casefile.enums import ExportKind, ExportState
from infosharing.casefile.pdf import front, parts, rendering
from tests.access.table import DRAFT_PAGES, NO_PAGES, READING, TABLE, pages_of
from tests.access.walking import path_of
from tests.access.world import make_world
from tests.engines import some_on_postgres
from tests.exports import an_export, decisions_of, made_now
from tests.factories import a_document

# Units, and words that are said in full by nobody.
EVERYDAY = {"PDF", "UK", "KB", "MB", "JPEG", "PNG"}
# What explains each other one, in small letters; somewhere on the page where it stands.
EXPLAINED = {
    "DSL": "designated safeguarding lead",
    "ICO": "information commissioner",
    "CSV": "spreadsheet",
    "SHA": "fingerprint",
    "UPN": "pupil number",
}
# Typed into the world by its tests: what somebody writes is theirs.
TYPED = {"PE", "GP"}
ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?\b")
# What is read out letter by letter, and the signs of a character that could not be printed.
REFERENCE = re.compile(r"\b[0-9A-Z]{3}[- ][0-9A-Z]{3}[- ][0-9A-Z]{4}\b|\[U\+[0-9A-F]+\]")
NO_WORDS = re.compile(r"<(script|style|svg|textarea|header|head)\b.*?</\1>", re.DOTALL)
SAID_IN = re.compile(r'\b(?:alt|title|placeholder|aria-label|data-label)="([^"]*)"')


def words_of(html: str) -> str:
    """What a reader finds on a page below its header, and what is read out to them."""
    html = NO_WORDS.sub(" ", html)
    said = " ".join(SAID_IN.findall(html))
    return REFERENCE.sub(" ", unescape(f"{re.sub('<[^>]*>', ' ', html)} {said}"))


def unexplained(html: str) -> set[str]:
    """The acronyms on a page that nothing on it explains."""
    words = " ".join(words_of(html).split())
    found = {one.removesuffix("s") for one in ACRONYM.findall(words)} - EVERYDAY - TYPED
    said = words.lower()
    return {one for one in found if one not in EXPLAINED or EXPLAINED[one] not in said}


class TestWhatIsFound:
    def test_an_acronym_with_its_words_and_an_everyday_one_are_not(self):
        html = "<p>The designated safeguarding lead (DSL) has the PDF.</p><p>Ask another DSL.</p>"
        assert unexplained(html) == set()

    def test_one_without_its_words_is_and_one_that_nobody_listed(self):
        assert unexplained("<p>Ask the <b>DSL</b> about the LADO.</p>") == {"DSL", "LADO"}

    def test_words_in_the_header_explain_nothing(self):
        html = "<header>Designated safeguarding lead (DSL)</header><main>Two DSLs</main>"
        assert unexplained(html) == {"DSL"}

    def test_what_is_read_out_counts(self):
        assert unexplained('<input aria-label="UPN">') == {"UPN"}

    def test_references_signs_and_names_of_two_words_are_none(self):
        assert unexplained("<p>Decision 7K3 M9Q 2X4T, I agree, [U+1F600], A. Hart</p>") == set()


# Whoever reads the most reads it in parts, each with a world of its own.
PARTS = {"dsl": 4}
READ = [(person, part) for person in READING for part in range(PARTS.get(person, 1))]


@pytest.mark.parametrize(("person", "part"), some_on_postgres(READ, 3))
def test_no_page_leaves_an_acronym_unexplained(people, sign_in, person, part):
    world = make_world(people, decider=people.head, role=Role.HEAD, asked=people.colleague)
    arguments = world.arguments
    client = sign_in(getattr(people, person))
    addresses = [
        reverse(name, kwargs=arguments.get(name, {}))
        + TABLE[name].query.format(person=world.person.public_id)
        for name in pages_of(person)[part :: PARTS.get(person, 1)]
    ]
    if (person, part) == ("dsl", 0):
        addresses += [
            reverse("decisions:draft-page", args=[world.draft.public_id, page])
            for page in DRAFT_PAGES
        ]
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        wrong = unexplained(answer.content.decode())
        if wrong:
            found[address] = wrong
    assert addresses
    assert found == {}


def test_nobody_who_is_not_signed_in_is_left_with_one(people, client):
    names = [
        name
        for name, row in TABLE.items()
        if name not in NO_PAGES and "anonymous" in str((row.get or {}).get(200, "")).split()
    ]
    assert {"account_login", "decisions:emergency-sheet"} <= set(names)
    world = make_world(people, decider=people.head, role=Role.HEAD, asked=people.colleague)
    answers = {name: client.get(path_of(name, world)).content.decode() for name in names}
    assert {name: unexplained(html) for name, html in answers.items() if unexplained(html)} == {}


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_no_page_for_something_wrong_leaves_one_unexplained(name):
    assert unexplained(render_to_string(f"{name}.html")) == set()


@pytest.fixture
def documents(monkeypatch):
    """The text of every page that is set from now on; all of them look like one empty page."""
    empty = rendering.write_pdf("<html lang=en><body class=bound><p>x</p>")
    found = []

    def noted(html):
        found.append(html)
        return empty

    for module in (parts, front, rendering):
        monkeypatch.setattr(module, "write_pdf", noted)
    return found


@pytest.mark.parametrize(
    "kind", some_on_postgres(["decision", "leaflet", "case", "person", "decisions"], 3)
)
def test_no_document_leaves_one_unexplained(people, sign_in, documents, kind):
    world = make_world(people, decider=people.dsl, role=Role.DSL, asked=people.colleague)
    following.record_receipt(
        disclosure=world.disclosure,
        state=ReceiptState.CONFIRMED,
        known_on=timezone.localdate(),
        confirmed_by="Jo Hart",
        how="She rang back.",
        by=people.dsl,
        at=timezone.now(),
    )
    a_document(case=world.case, by=people.dsl)
    if kind in ("decision", "leaflet"):
        name = {"decision": "casefile:decision-pdf", "leaflet": "casefile:leaflet-pdf"}[kind]
        address = reverse(name, kwargs=world.arguments[name])
        method = "post" if TABLE[name].get is None else "get"
        assert getattr(sign_in(people.dsl), method)(address).status_code == 200
    elif kind == "person":
        wanted = Wanted(
            kind=ExportKind.PERSON,
            cases=[world.case],
            organisation=people.school,
            person=world.person,
        )
        made = made_now(ask_export(wanted=wanted, by=people.auditor, at=timezone.now()))
        assert made.state in (ExportState.READY, ExportState.WAITING)
    else:
        export = an_export(people, world.case) if kind == "case" else decisions_of(people)
        made_now(world.export)
        assert made_now(export).state == ExportState.READY
    assert documents
    assert unexplained(" ".join(documents)) == set()
