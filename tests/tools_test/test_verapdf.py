"""veraPDF answers yes and no: a guard that cannot fail guards nothing."""

import pytest

from tests.tools import verapdf

pytestmark = pytest.mark.verapdf

PAGE = """
<html lang="en-GB">
  <head><title>A record</title><meta name="description" content="What was decided"></head>
  <body>
    <h1>A record</h1>
    <p>Zoë Łukasz O’Brien</p>
    <table>
      <thead><tr><th scope="col">When</th><th scope="col">What</th></tr></thead>
      <tbody><tr><td>3 March</td><td>Asked</td></tr></tbody>
    </table>
  </body>
</html>
"""


@pytest.fixture
def write(tmp_path):
    from weasyprint import HTML

    def write_pdf(name, **options):
        path = tmp_path / f"{name} of a case.pdf"
        HTML(string=PAGE).write_pdf(path, **options)
        return path

    return write_pdf


def test_a_tagged_file_is_compliant(write):
    (result,) = verapdf.validate([write("tagged", pdf_variant="pdf/ua-1")])

    assert result.compliant, result
    assert result.failures == []


def test_an_untagged_file_is_not_compliant_and_says_why(write):
    path = write("untagged")

    (result,) = verapdf.validate([path])

    assert not result.compliant
    assert result.path == path
    assert "7.1-11" in {failure.rule for failure in result.failures}, result
    assert "7.1-11 StructTreeRoot entry is not present" in str(result)


def test_each_file_gets_its_own_answer_in_the_order_asked(write, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_text("no PDF at all")
    good = write("tagged", pdf_variant="pdf/ua-1")

    results = verapdf.validate([broken, good, write("untagged"), good])

    assert [result.compliant for result in results] == [False, True, False, True]
    assert results[0].failures[0].rule == "unreadable"


def test_a_file_that_is_not_there_is_not_compliant(tmp_path):
    (result,) = verapdf.validate([tmp_path / "nowhere.pdf"])

    assert not result.compliant


def test_the_flavour_chooses_the_standard(write):
    archive = write("archive", pdf_variant="pdf/a-3a")

    assert verapdf.validate([archive], flavour="3a")[0].compliant
    assert not verapdf.validate([archive], flavour="ua1")[0].compliant


def test_no_file_is_a_mistake_and_not_a_pass():
    with pytest.raises(ValueError, match="no file"):
        verapdf.validate([])
