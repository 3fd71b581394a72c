"""The auditor's Tuesday: lists, a PDF made in the background, what was changed, nothing written."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from decisions.domain import drafting, signing
from infosharing.casefile import worker
from infosharing.casefile.domain import working
from infosharing.casefile.models import Export
from infosharing.casefile.pdf import making
from tests.browser.visitor import Visitor
from tests.decisions.afterwards import a_decision, a_question, a_refusal
from tests.factories import a_case, a_draft, a_signed_decision, its_person, save

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
FILTER = "Filter by dates and more"
PDF = "Take these decisions away (PDF, whole)"


def _narrows_to_what_was_refused(aisha: Visitor) -> None:
    aisha.unfolds(FILTER)
    aisha.picks("Outcome", "Do not share")
    aisha.presses("Show these")
    aisha.sees("1 decision with this filter:")
    aisha.sees("Outcome: Do not share")


# What was decided


def test_the_auditor_narrows_the_list_keeps_the_filter_and_takes_exactly_its_rows(visit, cast):
    shared, refused = a_decision(cast), a_refusal(cast)
    aisha = visit("auditor")
    aisha.is_at("Decisions")
    aisha.unfolds(FILTER)
    aisha.types_day("Signed from", later=1)
    aisha.types_day("Signed until")
    aisha.presses("Show these")
    aisha.is_told_beside_the_field("The last day must not be before the first day")
    aisha.sees("Nothing is listed, as the filter was not understood")
    aisha.does_not_see(refused.spoken_reference)
    aisha.follows("Show all decisions")
    _narrows_to_what_was_refused(aisha)

    aisha.unfolds("Save this filter")
    aisha.presses("Save this filter")
    aisha.is_told_beside_the_field("Enter a name for this filter")
    aisha.types("Name of this filter", "What we did not share")
    aisha.presses("Save this filter")
    aisha.sees("The filter is saved. Only you see it.")

    aisha.follows("Decisions")
    aisha.unfolds("Your saved filters (1)")
    aisha.follows("What we did not share")
    file = aisha.takes("Take this list away (CSV, for a spreadsheet)")
    rows = list(csv.reader(io.StringIO(file.path().read_bytes().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Decision", refused.spoken_reference]
    assert shared.spoken_reference not in str(rows)


# Taking it away


def test_a_pdf_is_made_in_the_background_and_given_to_who_asked_and_to_nobody_else(
    visit, cast, monkeypatch
):
    a_decision(cast)
    a_refusal(cast)
    aisha = visit("auditor")
    aisha.presses(PDF)
    aisha.sees("Waiting for its turn")
    page = aisha.page.url.removeprefix(aisha.address)
    the_worker_is_watched_at_its_work(aisha, monkeypatch)
    aisha.follows("Look again")
    aisha.sees("Ready to take away")
    aisha.sees("None: every signed decision you may take away")
    file = aisha.takes("Take the PDF away")
    assert file.path().read_bytes().startswith(b"%PDF")
    assert file.suggested_filename == f"export-{Export.objects.get().reference}.pdf"

    dilys = visit("dsl")
    dilys.finds_nothing_at(page)
    dilys.opens("/exports/")
    dilys.sees("You have not asked for a PDF yet")

    aisha.opens("/decisions/")
    _narrows_to_what_was_refused(aisha)
    aisha.presses(PDF)
    aisha.sees("Outcome: Do not share")
    aisha.presses("Cancel this PDF")
    aisha.sees("Cancelled. Nothing of it is kept.")
    assert not worker.make_next(working.new_claim())
    aisha.follows("PDFs you asked for")
    states = aisha.page.locator("main tbody .govuk-tag").all_inner_texts()
    assert states == ["Cancelled", "Ready to take away"]


def the_worker_is_watched_at_its_work(aisha: Visitor, monkeypatch) -> None:
    """The very worker of the product, in this process, which holds the database of the tests."""
    begin = making.begin_record

    def looked_at_meanwhile(row) -> None:
        begin(row)
        if row.number == 2:
            aisha.follows("Look again")
            aisha.sees("Being made")
            aisha.sees("1 of 3 steps done")

    monkeypatch.setattr(worker, "BEAT", timedelta(0))
    monkeypatch.setattr(making, "begin_record", looked_at_meanwhile)
    assert worker.make_next(working.new_claim())


# What was changed, and what was known then


def _amended(cast, case):
    now = timezone.now()
    version = a_signed_decision(case=case, by=cast.dsl, at=now - 3 * DAY)
    decision = version.decision
    draft = drafting.start_amendment(decision=decision, reason="News", by=cast.dsl, at=now - DAY)
    page = draft.pages.get(page="outcome")
    later = {**page.typed, "reasons": ["The nurse has seen the second bruise."]}
    save(draft, cast.dsl, {("outcome", 0): later}, at=now - DAY)
    seen = signing.prepared_draft(draft, now).seen
    return signing.sign(draft=draft, seen=seen, by=cast.dsl, at=now)


def test_the_auditor_reads_what_changed_and_how_it_stood_then(visit, cast):
    case = a_case(by=cast.staff, organisation=cast.school, at=timezone.now() - 4 * DAY)
    version = _amended(cast, case)
    aisha = visit("auditor")
    aisha.opens(f"/decisions/{version.decision.public_id}/")
    aisha.sees(version.digest)
    aisha.follows("Every change, field by field")
    aisha.unfolds("Show one kind of record or some days only")
    aisha.picks("Kind of record", "Page of the draft")
    aisha.presses("Show these")
    change = aisha.page.locator(".govuk-summary-card").filter(has_text="second bruise").first
    for words in ("Before:", "The injuries do not fit", "After:", "Dilys Morgan"):
        assert words in change.inner_text()

    aisha.opens(f"/decisions/{version.decision.public_id}/")
    aisha.follows("How it stood on a day of the past")
    aisha.types_day("On which day?", later=1)
    aisha.presses("Show how it stood")
    aisha.is_told_beside_the_field("Enter today or a day of the past")
    aisha.types_day("On which day?", later=-2)
    aisha.presses("Show how it stood")
    aisha.sees("This is the past. It may stand differently now.")
    aisha.sees("The injuries do not fit the account given at home.")
    aisha.does_not_see("second bruise")


def test_the_auditor_follows_one_person_prints_it_and_can_write_nothing(visit, cast):
    end = _verified()
    case = a_case(by=cast.staff, organisation=cast.school)
    a_case(by=cast.staff, organisation=cast.school, people=(), known=[its_person(case)])
    a_refusal(cast)
    draft = a_draft(case=case, by=cast.dsl)
    a_question(draft.decision, cast.deputy, cast.dsl)
    aisha = visit("auditor")
    aisha.opens(f"/cases/{case.public_id}/")
    aisha.sees("You can read this case but not change it.")
    offers_nothing_to_write(aisha)
    aisha.follows("Everything that happened, over all their cases")
    aisha.sees("In the cases that you may see:")
    offers_nothing_to_write(aisha)
    aisha.follows("Decision started")
    aisha.sees("Nothing has been signed yet")
    offers_nothing_to_write(aisha)
    aisha.page.go_back()
    aisha.follows("All on one page, to print")
    aisha.sees("on one page, as Aisha Rahman saw them on")
    aisha.page.emulate_media(media="print")
    for left_out in aisha.page.locator(".isd-no-print, nav, .isd-header form").all():
        assert not left_out.is_visible()
    aisha.page.emulate_media(media="screen")

    for path in (f"/cases/{case.public_id}/people/new/", f"/drafts/{draft.public_id}/"):
        aisha.opens(path)
        aisha.is_at("You cannot do this")
    assert _verified("--expect", end) != end


# What somebody who changes nothing still sends: what they look for, and what they take away.
READING = ("/sign-out/", "/export/", "/exports/", "/csv/", "/pdf/")


def offers_nothing_to_write(aisha: Visitor) -> None:
    forms = aisha.page.locator("form[method=post]").all()
    sent_to = [str(form.get_attribute("action")) for form in forms]
    assert [one for one in sent_to if not one.endswith(READING)] == []


def _verified(*expected: str) -> str:
    """Ask the administrator whether the log is whole; return its size and last hash."""
    said = io.StringIO()
    call_command("verify_log", *expected, stdout=said)
    end, whole = said.getvalue().splitlines()
    assert whole.endswith("entries, nothing wrong")
    return end.rpartition(" ")[2]
