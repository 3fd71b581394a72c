"""A second request about a child who is known: asked about, not doubled, with its document."""

from datetime import date

import pytest

from infosharing.cases.models import Person
from tests.factories import a_case, a_protection

PDF = b"%PDF-1.7\nPolice request form"


@pytest.mark.browser
def test_a_request_about_a_known_child_brings_its_document_and_no_second_child(visit, cast):
    known = a_case(by=cast.staff, organisation=cast.school)
    a_protection(case=known, by=cast.staff)
    today = date.today()  # noqa: DTZ011 - the browser's day
    sam = visit("staff")
    sam.follows("Record a request")
    sam.chooses("What has happened?", "We are thinking of sharing it ourselves")
    sam.chooses("Which case does it belong to?", "A new case")
    sam.presses("Continue")
    sam.types("Full name", "Adeyemi, Ifé")
    sam.chooses("How old are they?", "I know the date of birth")
    sam.types_date("Date of birth", 11, 4, 2017)
    sam.types("What is it about?", "She says nobody is at home at night.")
    sam.types("What are you thinking of sharing?", "What she said")
    sam.types("What would it be for?", "To find out whether she is safe")
    sam.types_date("Which day did this come up?", today.day, today.month, today.year)
    sam.presses("Record it")
    sam.is_told_beside_the_field("Say whether this is somebody who is recorded already")
    assert sam.page.get_by_label("What is it about?").input_value() == (
        "She says nobody is at home at night."
    )
    group = sam.page.get_by_role("group", name="Is this the same person?")
    group.get_by_label("Yes: Ife Adeyemi").first.check()
    sam.presses("Record it")
    sam.sees("Recorded. Now you can start the decision.")
    sam.sees("must not reach somebody")
    assert Person.objects.count() == 1
    sam.follows("Attach a document")
    sam.types("What is it?", "What she drew")
    sam.page.get_by_label("The file").set_input_files(
        {"name": "form.exe", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"}
    )
    sam.presses("Attach it")
    sam.sees("This kind of file cannot be kept.")
    assert sam.page.get_by_label("What is it?").input_value() == "What she drew"
    sam.page.get_by_label("The file").set_input_files(
        {"name": "Zeichnung “1”.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    sam.presses("Attach it")
    sam.sees("The document is attached.")
    with sam.page.expect_download() as download:
        sam.page.get_by_role("link", name="What she drew").click()
    assert download.value.path().read_bytes() == PDF
    assert download.value.suggested_filename == "Zeichnung “1”.pdf"
    sam.follows("Correct the request")
    sam.types("What would it be for?", "To find out who looks after her at night")
    sam.types("Why are you correcting it?", "She told us more")
    sam.presses("Save the correction")
    sam.sees("Before: To find out whether she is safe")
