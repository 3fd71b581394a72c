"""What stands in a PDF made in the background, and that it is one accessible document (R57)."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from infosharing.casefile.domain.exporting import Wanted, ask_export
from infosharing.casefile.enums import ExportKind, ExportState
from infosharing.casefile.models import Export, KeptPages
from infosharing.casefile.pdf import binding, front, parts, portable, rendering
from infosharing.casefile.pdf.casework import entries_of
from infosharing.cases.domain.opening import NewPerson, restrict_case
from tests.decisions.afterwards import (
    a_decision,
    a_part_shared,
    a_refusal,
    a_review,
    an_amendment,
    everything_followed,
    signed,
)
from tests.exports import an_export, decisions_of, file_of, made_now
from tests.factories import a_case, a_consent, a_document, its_person, save
from tests.tools import verapdf

NAMES = ("محمد القاسم", "आरव शर्मा", "王小明", "Zoë 😀", "12 0 R /StampNode (isd-1")


def _read(pdf, tmp_path, *options, tool="pdftotext"):
    path = tmp_path / "read.pdf"
    path.write_bytes(pdf)
    command = [tool, *options, str(path)] + (["-"] if tool == "pdftotext" else [])
    run = subprocess.run(command, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def _bookmarks(pdf):
    with pikepdf.open(BytesIO(pdf)) as document, document.open_outline() as outline:
        return [(one.title, [below.title for below in one.children]) for one in outline.root]


def _amended(cast):
    decision = a_part_shared(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why the GP needs it.")
    draft = an_amendment(decision, cast.dsl)
    outcome = draft.pages.get(page="outcome").typed | {"reasons": ["Better reasons."]}
    answers = {"unchanged_because": ["It says why already."]}
    save(draft, cast.dsl, {("outcome", 0): outcome, ("answers", 0): answers})
    return signed(draft, cast.dsl).decision


def _person_export(cast, *cases):
    wanted = Wanted(
        kind=ExportKind.PERSON,
        cases=cases,
        organisation=cast.school,
        person=its_person(cases[0]),
    )
    return ask_export(wanted=wanted, by=cast.auditor, at=timezone.now())


def test_every_page_says_which_of_how_many_it_is_and_of_which_export(cast, tmp_path):
    everything_followed(a_decision(cast), cast.dsl)
    export = made_now(decisions_of(cast))
    pdf = file_of(export)
    text = _read(pdf, tmp_path)
    count = export.pages
    assert f"Pages: {count}" in _read(pdf, tmp_path, tool="pdfinfo")
    assert [f"Page {one} of {count} " in f"{text} " for one in range(1, count + 1)] == [
        True
    ] * count
    assert text.count(f"Confidential. Export {export.spoken_reference}") == count


def test_the_cover_says_who_asked_for_what_and_how_many_are_in(cast, tmp_path):
    a_decision(cast)
    a_refusal(cast)
    told = ["Outcome: any", "Who was to be told: “Hart”"]
    text = _read(file_of(made_now(decisions_of(cast, told=told, kept_back=2))), tmp_path)
    for words in (
        "Asked for by Aisha Rahman Auditor on ",
        "Outcome: any Who was to be told: “Hart”",
        "In this document 2 decisions",
        "2 decisions match that Aisha Rahman can see but may not take away as PDF",
        "What whoever asked may not see is neither in this document nor counted",
        "Designated safeguarding lead (DSL) The member of staff",
    ):
        assert words in text, words
    for kind in ("Happened", "Became known", "Recorded", "Signed", "Sent", "Received", "Told"):
        assert f"{kind} " in text[text.index("What each date means") :]


def test_the_contents_lead_to_the_page_on_which_each_part_begins(cast):
    first, second = a_decision(cast), a_refusal(cast)
    export = made_now(decisions_of(cast))
    with pikepdf.open(BytesIO(file_of(export))) as document:
        texts = [_page_text(document, number) for number in range(len(document.pages))]
        names = list(document.Root.Names.Dests.Names)
        places = {
            str(names[at]): document.pages.index(pikepdf.Page(names[at + 1][0]))
            for at in range(0, len(names), 2)
        }
        links = [str(note.Dest) for page in document.pages for note in page.obj.get("/Annots", [])]
    assert set(links) <= set(places)
    for decision in (first, second):
        assert places[f"part:d{decision.public_id}"] in range(2, export.pages)
        assert f"part:d{decision.public_id}" in links
    assert len(texts) == export.pages


def _page_text(document, number):
    return document.pages[number].Contents[1].read_bytes()


def test_the_page_in_the_contents_is_the_page_where_it_stands(cast, tmp_path):
    a_decision(cast)
    refused = a_refusal(cast)
    pdf = file_of(made_now(decisions_of(cast)))
    contents = _read(pdf, tmp_path, "-f", "2", "-l", "2")
    said = re.search(rf"Decision {refused.spoken_reference}: Do not share.*?, page (\d+)", contents)
    page = said[1]
    there = _read(pdf, tmp_path, "-f", page, "-l", page)
    assert f"Decision {refused.spoken_reference}: Do not share" in there


def test_bookmarks_name_every_part_and_nobody(cast):
    decision = _amended(cast)
    pdf = file_of(made_now(decisions_of(cast)))
    found = _bookmarks(pdf)
    assert [below for _title, below in found] == [[], ["Version 2 (in force)", "Version 1"], []]
    assert found[1][0].startswith(f"Decision {decision.spoken_reference}: Share part of it, ")
    assert "Ife" not in str(found)


def test_title_author_and_tags_are_those_of_a_document(cast, tmp_path):
    export = made_now(an_export(cast))
    found = _read(file_of(export), tmp_path, tool="pdfinfo")
    assert f"Title: History of a case, export {export.spoken_reference} Subject" in found
    assert "Author: Marsh Lane School" in found
    assert "Tagged: yes" in found
    assert "JavaScript: no" in found


def test_a_case_holds_people_chronology_and_each_signed_decision(cast, tmp_path):
    decision = _amended(cast)
    case = decision.case
    a_consent(case=case, by=cast.dsl, status="refused", scope_purpose="Speech therapy")
    a_document(case=case, by=cast.dsl)
    text = _read(file_of(made_now(an_export(cast, case))), tmp_path)
    squeezed = text.replace(" ", "")
    for entry in entries_of(case, cast.auditor):
        assert entry.kind.replace(" ", "") in squeezed, entry.kind
    for words in ("Better reasons.", "Speech therapy", "A letter from her father", "Ife Adeyemi"):
        assert words in text
    assert "The case, and its 1 signed decision" in text


def test_a_long_chronology_is_set_in_parts_and_loses_nothing(cast, tmp_path, monkeypatch):
    from infosharing.casefile.pdf import casework

    monkeypatch.setattr(casework, "AT_A_TIME", 3)
    case = _amended(cast).case
    number = len(entries_of(case, cast.auditor))
    pdf = file_of(made_now(an_export(cast, case)))
    titles = [title for title, _below in _bookmarks(pdf) if title.startswith("Chronology")]
    assert len(titles) == -(-number // 3)
    assert titles[0] == f"Chronology: 1 to 3 of {number}"


def test_a_chronology_of_a_person_says_from_which_case_each_line_is(cast, tmp_path):
    first = a_case(by=cast.dsl, organisation=cast.school)
    second = a_case(
        by=cast.dsl,
        organisation=cast.school,
        people=(),
        known=[its_person(first)],
        summary="Hungry at school.",
    )
    text = _read(file_of(made_now(_person_export(cast, first, second))), tmp_path)
    assert "In this document 2 cases" in text
    assert f"Case {first.spoken_reference}" in text
    assert f"Case {second.spoken_reference}" in text
    assert "Hungry at school." in text


def test_what_one_may_not_see_leaves_no_trace(cast, tmp_path):
    seen = a_decision(cast)
    hidden = a_refusal(cast)
    with_it = made_now(decisions_of(cast, by=cast.dsl))
    restrict_case(case=hidden.case, by=cast.dsl, at=timezone.now())
    text = _read(file_of(made_now(decisions_of(cast))), tmp_path)
    assert hidden.spoken_reference in _read(file_of(with_it), tmp_path)
    assert hidden.spoken_reference not in text
    assert seen.spoken_reference in text
    assert "In this document 1 decision " in text
    assert "Matches, but is left out Nothing" in text


# Failures


def test_one_record_that_cannot_be_made_is_named_and_costs_nothing_else(
    cast, sign_in, monkeypatch, tmp_path
):
    kept, broken = a_decision(cast), a_refusal(cast)
    made = parts.document.version_data

    def planted(version, before):
        if version.decision_id == broken.pk:
            raise ValueError("planted")
        return made(version, before)

    monkeypatch.setattr(parts.document, "version_data", planted)
    export = made_now(decisions_of(cast))
    assert export.state == ExportState.READY
    page = sign_in(cast.auditor).get(f"/exports/{export.public_id}/").content.decode()
    assert f"<li>Decision {broken.spoken_reference}</li>" in page
    assert kept.spoken_reference not in page
    text = _read(file_of(export), tmp_path)
    assert "In this document 1 decision " in text
    left_out = f"1 whose pages could not be made: Decision {broken.spoken_reference}"
    assert left_out in text
    assert text.count(broken.spoken_reference) == 1
    assert "The injuries do not fit" in text


def test_a_pdf_that_cannot_be_bound_fails_and_says_so(cast, sign_in, monkeypatch):
    def planted(*_given, **_more):
        raise ValueError("planted")

    monkeypatch.setattr(binding.Binder, "finish", planted)
    export = made_now(an_export(cast))
    assert (export.state, export.stored_as) == (ExportState.FAILED, "")
    page = sign_in(cast.auditor).get(f"/exports/{export.public_id}/").content.decode()
    assert "Something went wrong that was not your doing." in page
    assert "planted" not in page


# Made once


@pytest.fixture
def rendered(monkeypatch):
    """How many documents are set from now on."""
    made, count = rendering.write_pdf, []

    def counting(html):
        count.append(html)
        return made(html)

    for module in (parts, front):
        monkeypatch.setattr(module, "write_pdf", counting)
    return count


def test_pages_are_made_once_and_then_only_bound(cast, rendered):
    a_decision(cast)
    first = made_now(decisions_of(cast))
    assert len(rendered) == 4  # where it stands, version, words, cover with contents
    rendered.clear()
    second = made_now(decisions_of(cast))
    assert len(rendered) == 1
    assert first.pages == second.pages


def test_what_followed_is_made_anew_and_what_was_signed_is_not(cast, rendered, tmp_path):
    decision = a_decision(cast)
    made_now(decisions_of(cast))
    everything_followed(decision, cast.dsl)
    rendered.clear()
    text = _read(file_of(made_now(decisions_of(cast))), tmp_path)
    assert len(rendered) == 2
    assert "Confirmed by the recipient: Jo Hart" in text


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_kept_pages_that_are_not_what_was_kept_are_made_again(cast, rendered, harm):
    from infosharing.casefile import store

    a_decision(cast)
    made_now(decisions_of(cast))
    for row in KeptPages.objects.all():
        place = store.place_of(row.stored_as)
        if harm == "gone":
            place.unlink()
        else:
            place.write_bytes(b"x" + place.read_bytes())
    rendered.clear()
    assert made_now(decisions_of(cast)).state == ExportState.READY
    assert len(rendered) == 4


def test_other_looks_make_other_pages(cast, rendered, monkeypatch):
    a_decision(cast)
    made_now(decisions_of(cast))
    rendered.clear()
    monkeypatch.setattr(parts, "layout", lambda: "another style sheet")
    made_now(decisions_of(cast))
    assert len(rendered) == 4


# Binding


def test_pages_taken_apart_and_kept_are_the_same_again():
    made = portable.portable(rendering.write_pdf("<html lang=en><body class=bound><p>x</p>"))
    assert portable.unpacked(made.packed()) == made


def test_a_document_without_tags_cannot_be_bound():
    empty = pikepdf.new()
    empty.add_blank_page()
    out = BytesIO()
    empty.save(out)
    with pytest.raises(portable.NotPortable):
        portable.portable(out.getvalue())


def test_a_document_with_another_number_of_pages_than_it_says_is_not_finished():
    part = portable.portable(rendering.write_pdf("<html lang=en><body class=bound><p>x</p>"))
    binder = binding.Binder(BytesIO(), pages=2, line="x")
    binder.add(part, key="a", title="A")
    with pytest.raises(binding.WrongCount):
        binder.finish(binding.About("t", "a", "s", "d"))


def test_names_of_headings_stay_apart_and_texts_stay_as_they_are():
    page = "<html lang=en><body class=bound><table><tr><th>12 0 R</th><td>a</td></tr></table>"
    part = portable.portable(rendering.write_pdf(page))
    out = BytesIO()
    binder = binding.Binder(out, pages=2, line="x")
    binder.add(part, key="a", title="(12 0 R) \\")
    binder.add(part, key="b", title="B")
    binder.finish(binding.About("12 0 R", "a", "s", "d"))
    with pikepdf.open(BytesIO(out.getvalue())) as document:
        ids = [str(one.ID) for one in document.objects if "/ID" in _keys(one)]
        assert len(ids) == len(set(ids)) == 2
        assert str(document.docinfo.Title) == "12 0 R"
    assert [title for title, _below in _bookmarks(out.getvalue())] == ["(12 0 R) \\", "B"]


def _keys(found):
    return set(found.keys()) if isinstance(found, pikepdf.Dictionary) else set()


# The standard


@pytest.mark.verapdf
def test_each_kind_is_pdf_ua_1(cast, tmp_path, monkeypatch):
    people = [NewPerson(name=name, age_band="under_16") for name in NAMES]
    case = a_case(by=cast.dsl, organisation=cast.school, people=people)
    everybody = {"people": [part.person.public_id for part in case.parts.order_by("id")]}
    decision = a_decision(cast, case=case, people=everybody)
    everything_followed(decision, cast.dsl)
    a_consent(case=case, by=cast.dsl, status="refused", scope_purpose="Speech therapy")
    a_document(case=case, by=cast.dsl)
    _amended(cast)
    broken = a_refusal(cast)
    made = parts.document.version_data

    def planted(version, before):
        if version.decision_id == broken.pk:
            raise ValueError("planted")
        return made(version, before)

    monkeypatch.setattr(parts.document, "version_data", planted)
    files = []
    for number, export in enumerate(
        (decisions_of(cast, told=["x"]), an_export(cast, case), _person_export(cast, case))
    ):
        made_now(export)
        assert export.state == ExportState.READY
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(file_of(export))
    results = verapdf.validate(files)
    assert [str(result) for result in results if not result.compliant] == []
    assert Export.objects.filter(state=ExportState.READY).count() == 3
