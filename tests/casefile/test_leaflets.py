"""The leaflet for the person and the form to sign, on screen and as PDF (R22, R31, R59)."""

import re
import subprocess
from datetime import date

import pytest

from consent.enums import Step
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from infosharing.cases.names import names_in_words
from tests.factories import (
    a_case,
    a_consent,
    a_question,
    its_person,
    what_is_asked,
)
from tests.tools import verapdf

CHILD = NewPerson(name="Ife Adeyemi", preferred_name="Ify", age_band="under_16")
FATHER = NewPerson(name="Bayo Adeyemi", age_band="adult", part=Part.RELATIVE)
NEIGHBOUR = NewPerson(name="Zofia Łęcka", age_band="adult", part=Part.OTHER)
SECRETS = ("Bruises on both arms", "Bayo", "Zofia", "Łęcka")


def _case(cast):
    people = [CHILD, FATHER, NEIGHBOUR]
    return a_case(by=cast.staff, organisation=cast.school, people=people)


def _leaflet(page):
    """What is printed: without what only the practitioner sees."""
    return " ".join(page.content.decode().split("<article")[1].split("</article>")[0].split())


def _read(pdf, tmp_path, tool="pdftotext"):
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pdf)
    command = [tool, str(path)] + (["-"] if tool == "pdftotext" else [])
    run = subprocess.run(command, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def _pages(pdf, tmp_path):
    found = re.search(r"Pages: (\d+)", _read(pdf, tmp_path, "pdfinfo"))
    return int(found[1])


EVERYTHING = (
    "Ife Adeyemi",
    "How she speaks in class",
    "The speech and language service",
    "To find a speech therapist",
    "Nobody",
    "They ring you within two weeks.",
    "Nothing changes at school.",
    "Seven years after she leaves.",
    "Sam Okafor, 01234 567890",
    "If you change your mind",
    "Signature",
)


def test_the_leaflet_says_what_to_whom_why_how_long_and_how_to_withdraw(cast, sign_in, tmp_path):
    step = a_question(case=_case(cast), by=cast.staff)
    client = sign_in(cast.staff)
    url = f"/consent-steps/{step.public_id}/leaflet/"
    printed = _leaflet(client.get(url))
    answer = client.post(f"{url}pdf/")
    read = _read(answer.content, tmp_path)
    for words in EVERYTHING:
        assert words in printed
        assert words in read
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="leaflet-{step.reference}.pdf"'
    )
    assert "checked" not in printed


def test_nothing_else_of_the_case_and_nobody_else_stands_in_it(cast, sign_in, tmp_path):
    case = _case(cast)
    question = a_question(case=case, by=cast.staff)
    consent = a_consent(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    for url in (
        f"/consent-steps/{question.public_id}/leaflet/",
        f"/consents/{consent.public_id}/leaflet/",
    ):
        whole = client.get(url).content.decode() + _read(
            client.post(f"{url}pdf/").content, tmp_path
        )
        assert [secret for secret in SECRETS if secret in whole] == []


def test_another_persons_name_in_the_words_is_pointed_out_on_screen_only(cast, sign_in):
    asked = what_is_asked(scope_information="What zofia lecka saw")
    step = a_question(case=_case(cast), by=cast.staff, question=asked)
    page = sign_in(cast.staff).get(f"/consent-steps/{step.public_id}/leaflet/")
    assert page.context["others"] == ["Zofia Łęcka"]
    assert "Before you give this to anybody" not in _leaflet(page)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "This one time: no last day was named"),
        (date(2035, 3, 1), "Until 1 March 2035"),
    ],
)
def test_leaflet_record_and_question_say_alike_for_how_long(cast, sign_in, until, words):
    case = _case(cast)
    consent = a_consent(case=case, by=cast.staff, until=until)
    question = a_question(case=case, by=cast.staff, question=what_is_asked(until=until))
    client = sign_in(cast.staff)
    again = "After that" if until else "For anything else"
    for url in (f"/consents/{consent.public_id}/", f"/consent-steps/{question.public_id}/"):
        record = " ".join(re.sub(r"<[^>]+>", " ", client.get(url).content.decode()).split())
        assert f"For how long {words}" in record
        assert f"{words}. {again} we ask you again." in _leaflet(client.get(f"{url}leaflet/"))
        assert "No end was named" not in record


def test_a_copy_of_a_yes_says_its_limits_and_has_nothing_to_sign(cast, sign_in):
    consent = a_consent(case=_case(cast), by=cast.staff, limits="Not about her father")
    printed = _leaflet(sign_in(cast.staff).get(f"/consents/{consent.public_id}/leaflet/"))
    assert "Not about her father" in printed
    assert "retention policy of Marsh Lane School" in printed
    assert "Signature" not in printed


def test_big_type_is_offered_and_kept_for_the_pdf(cast, sign_in, tmp_path):
    step = a_question(case=_case(cast), by=cast.staff)
    client = sign_in(cast.staff)
    url = f"/consent-steps/{step.public_id}/leaflet/"
    assert "govuk-body-l" in _leaflet(client.get(f"{url}?type=large"))
    assert "govuk-body-l" not in _leaflet(client.get(url))
    small, large = client.post(f"{url}pdf/"), client.post(f"{url}pdf/", {"type": "large"})
    assert [_pages(pdf.content, tmp_path) for pdf in (small, large)] == [1, 2]


def test_each_look_is_in_the_log_and_the_file_with_its_hash(cast, sign_in):
    step = a_question(case=_case(cast), by=cast.staff)
    client = sign_in(cast.staff)
    client.get(f"/consent-steps/{step.public_id}/leaflet/")
    client.post(f"/consent-steps/{step.public_id}/leaflet/pdf/")
    events = [entry.event for entry in Entry.objects.order_by("-seq")[:2]]
    assert events == ["consent.leaflet_made"] * 2


def test_there_is_no_leaflet_of_a_no_or_of_not_asking(cast, sign_in):
    case = _case(cast)
    no = a_consent(case=case, by=cast.staff, status="refused")
    silent = a_question(case=case, by=cast.staff, kind=Step.NOT_SOUGHT, words="Would be shared.")
    client = sign_in(cast.staff)
    for url in (f"/consents/{no.public_id}", f"/consent-steps/{silent.public_id}"):
        assert client.get(f"{url}/leaflet/").status_code == 404
        assert client.post(f"{url}/leaflet/pdf/").status_code == 404


@pytest.mark.verapdf
def test_the_leaflet_is_pdf_ua(cast, sign_in, tmp_path):
    step = a_question(case=_case(cast), by=cast.staff)
    answer = sign_in(cast.staff).post(f"/consent-steps/{step.public_id}/leaflet/pdf/")
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(answer.content)
    results = verapdf.validate([path])
    assert [result for result in results if not result.compliant] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What Bayo said", ["Bayo Adeyemi"]),
        ("what bayo said", ["Bayo Adeyemi"]),
        ("Bayonne is a town", []),
        ("The Adeyemi family", []),  # hers as well
        ("Ms Lecka next door", ["Zofia Łęcka"]),
        ("Zofia and Bayo", ["Bayo Adeyemi", "Zofia Łęcka"]),
        ("Nobody in particular", []),
        ("", []),
    ],
)
def test_known_names_are_found_by_any_part_but_not_inside_other_words(cast, text, found):
    case = _case(cast)
    child = its_person(case)
    others = [part.person for part in case.parts.order_by("id") if part.person != child]
    assert names_in_words(text, others, but=[child.name]) == found
