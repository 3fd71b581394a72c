"""Lists go on to their last row; what an address asks and is not understood is said (R57)."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from decisions.models import Breach
from infosharing.accounts.roles import Role
from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export
from infosharing.search import keyset
from tests.counting import statements
from tests.decisions.afterwards import a_decision
from tests.decisions.test_breaches import a_breach
from tests.exports import an_export
from tests.factories import a_case
from tests.people import make_member, make_user

NOT_UNDERSTOOD = "Nothing is listed, as the page asked for was not understood"
LISTS = {"/decisions/follow-ups/": "dsl", "/breaches/": "dsl", "/exports/": "auditor"}


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(keyset.page, "__kwdefaults__", {"size": 2, "rising": False})


def told(row):
    return row[0]["text"]


def five(cast, url):
    """Five rows of a list, and what tells them in the order it is to show them."""
    if url == "/exports/":
        case = a_case(by=cast.dsl, organisation=cast.school)
        for day in range(5):
            with time_machine.travel(timezone.now() - timedelta(days=day), tick=False):
                an_export(cast, case)
        return None
    if url == "/breaches/":
        rows = [a_breach(cast, known_at=timezone.now() - timedelta(hours=n)) for n in range(5)]
        closed = {rows[0].pk: 3, rows[3].pk: 9}
        for key, hours in closed.items():
            Breach.objects.filter(pk=key).update(closed_at=timezone.now() - timedelta(hours=hours))
        return [rows[n].spoken_reference for n in (4, 2, 1, 3, 0)]
    now = timezone.now()
    rows = []
    for day in range(5):
        with time_machine.travel(now - timedelta(days=day), tick=False):
            rows.append(a_decision(cast))
    return [one.spoken_reference for one in reversed(rows)]


@pytest.mark.parametrize("url", LISTS)
def test_a_list_leads_to_every_row_once_and_back_and_says_how_many(cast, sign_in, url):
    wanted = five(cast, url)
    client = sign_in(getattr(cast, LISTS[url]))
    pages, at = [], url
    while at:
        page = client.get(at)
        assert page.status_code == 200
        assert "5 " in unescape(page.content.decode()).split("altogether")[0][-20:]
        assert page.context["count"] == 5
        pages.append([str(row) for row in page.context["rows"]])
        last, at = page, page.context["older_url"]
    assert [len(rows) for rows in pages] == [2, 2, 1]
    assert len({row for rows in pages for row in rows}) == 5
    if wanted:
        found, at = [], url
        while at:
            page = client.get(at)
            found += [told(row) for row in page.context["rows"]]
            at = page.context["older_url"]
        assert found == wanted
    middle = client.get(last.context["newer_url"])
    assert [str(row) for row in middle.context["rows"]] == pages[1]
    first = client.get(middle.context["newer_url"])
    assert [str(row) for row in first.context["rows"]] == pages[0]
    assert first.context["newer_url"] == ""


@pytest.mark.parametrize("url", LISTS)
def test_a_list_of_one_page_says_no_number_and_has_no_other_page(cast, sign_in, url):
    page = sign_in(getattr(cast, LISTS[url])).get(url)
    assert page.status_code == 200
    assert "altogether" not in page.content.decode()
    assert "govuk-pagination" not in page.content.decode()


@pytest.mark.parametrize("url", [*LISTS, "/decisions/", "/requests/", "/cases/"])
@pytest.mark.parametrize(
    "asked", ["older=garbage", "newer=1.x", "older=999999999999999999." + "A" * 22]
)
def test_a_place_that_is_none_is_said_with_the_way_back(cast, sign_in, url, asked):
    five(cast, "/decisions/follow-ups/")
    page = sign_in(getattr(cast, LISTS.get(url, "dsl"))).get(f"{url}?{asked}")
    assert page.status_code == 422
    text = page.content.decode()
    assert NOT_UNDERSTOOD in text
    assert f'<a class="govuk-link" href="{url}">Back to the first page</a>' in text
    assert not page.context.get("rows")
    assert not page.context.get("signed")


def test_the_place_of_a_row_that_is_gone_is_still_a_place(cast, sign_in):
    five(cast, "/decisions/follow-ups/")
    client = sign_in(cast.dsl)
    gone = "A" * 22
    for asked, rows in ((f"older=1.{gone}", 2), (f"older={10**17}.{gone}", 0), ("older=", 2)):
        page = client.get(f"/decisions/follow-ups/?{asked}")
        assert (page.status_code, len(page.context["rows"])) == (200, rows)
    assert (
        "The list has become shorter."
        in client.get(f"/decisions/follow-ups/?older={10**17}.{'A' * 22}").content.decode()
    )


@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_as_much_for_one_row_as_for_a_page(cast, sign_in, url):
    if url == "/exports/":
        an_export(cast)
        Export.objects.update(state=ExportState.CANCELLED)  # five at a time are being made
    else:
        a_breach(cast)
    client = sign_in(getattr(cast, LISTS[url]))
    client.get(url)
    with statements(QUERIES[url]):
        client.get(url)
    five(cast, url)
    client.get(url)
    with statements(QUERIES[url] + 1):  # how many there are
        client.get(url)


QUERIES = {"/decisions/follow-ups/": 8, "/breaches/": 8, "/exports/": 4}

# Values of an address


@pytest.mark.parametrize("show", ["zz", "reviews%20", "Review", "-1"])
def test_a_kind_of_work_that_is_none_lists_nothing_and_says_so(cast, sign_in, show):
    a_decision(cast)
    client = sign_in(cast.dsl)
    assert client.get("/").context["tasks"]
    page = client.get(f"/?show={show}")
    assert page.status_code == 422
    assert page.context["tasks"] == []
    text = page.content.decode()
    assert "the kind of work asked for was not understood" in text
    assert '<a class="govuk-link" href="/">Show everything that is yours to do</a>' in text


def test_every_kind_of_work_and_none_are_understood(cast, sign_in):
    a_decision(cast)
    client = sign_in(cast.dsl)
    for kind in client.get("/").context["kinds"]:
        url = kind["url"] if isinstance(kind, dict) else kind.url
        assert client.get(url or "/").status_code == 200
    assert client.get("/?show=").status_code == 200


HISTORIES = ["history/", "looks/", "chronology/"]


@pytest.mark.parametrize("rest", HISTORIES)
def test_a_page_of_a_history_that_never_was_is_said(cast, sign_in, rest):
    case = a_case(by=cast.dsl, organisation=cast.school)
    client = sign_in(cast.dsl)
    url = f"/cases/{case.public_id}/{rest}"
    for asked in ("-3", "zz", "1.5", "²"):
        page = client.get(url, {"page": asked})
        assert (asked, page.status_code) == (asked, 422)
        text = page.content.decode()
        assert NOT_UNDERSTOOD in text
        assert f'href="{url}">Back to the first page</a>' in text
        assert "There is nothing on this page" not in text
    for asked in ("99", "999999999", "9" * 40):
        page = client.get(url, {"page": asked})
        text = page.content.decode()
        assert (asked, page.status_code) == (asked, 200)
        assert "There is nothing on this page" in text
        assert f'href="{url}">Back to the first page</a>' in text
    for asked in ("", "1", "0001"):
        assert "Back to the first page" not in client.get(url, {"page": asked}).content.decode()


def test_a_page_not_understood_keeps_the_filter_on_the_way_back(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    url = f"/cases/{case.public_id}/chronology/"
    page = sign_in(cast.dsl).get(f"{url}?order=recorded&page=zz")
    assert page.status_code == 422
    assert f'href="{url}?order=recorded">Back to the first page</a>' in page.content.decode()
    assert "0 entries" not in page.content.decode()


def test_figures_of_a_place_that_is_not_theirs_are_refused_with_a_sentence(cast, sign_in):
    a_decision(cast)
    client = sign_in(cast.dsl)
    for place in (cast.other_school.public_id, "zz"):
        page = client.get("/figures/", {"place": place})
        assert page.status_code == 422
        assert "You do not have the figures of the place asked for" in page.content.decode()
        assert "charts" not in page.context
    for place in (cast.school.public_id, ""):
        page = client.get("/figures/", {"place": place})
        assert page.status_code == 200
        assert page.context["total"] == 1


def test_figures_of_several_places_refuse_another_beside_its_field(cast, sign_in):
    auditor = make_user("trust-auditor", "Trudy Audley")
    make_member(auditor, cast.trust, Role.AUDITOR)
    client = sign_in(auditor)
    assert client.get("/figures/", {"place": "zz"}).status_code == 422
    assert client.get("/figures/", {"place": cast.other_school.public_id}).status_code == 200
