"""The lists of cases and of requests: narrowed, searched, saved, paged and taken away."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.cases.domain.concluding import close_case
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from tests.counting import data_statements, statements
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, a_draft, a_request
from tests.people import make_member

NOW = timezone.now
DAY = timedelta(days=1)


def _case(cast, name="Zoë Łęcka", by=None, year="", **rest):
    people = [NewPerson(name=name, age_band="under_16", year_group=year)]
    return a_case(by=by or cast.dsl, organisation=cast.school, people=people, **rest)


def _references(page):
    return [row[0]["text"].split(" ", 1)[1] for row in page.context["rows"]]


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def _found(client, url, **words):
    posted = client.post(url, words)
    assert posted.status_code == 302, posted.context["words_form"].errors
    return client.get(posted["Location"])


def _dated(**days):
    query = {}
    for name, day in days.items():
        query |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return query


# Cases


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "asked deciding decided bare kept"),
        ({"state": "open"}, "asked deciding decided kept"),
        ({"state": "closed"}, "bare"),
        ({"decided": "undecided"}, "asked deciding"),
        ({"decided": "signed"}, "decided"),
        ({"decided": "nothing"}, "bare kept"),
        ({"year": "5"}, "asked"),
        ({"year": "6"}, ""),
        ({"marks": "restricted"}, "kept"),
        ({"marks": "mine"}, "deciding decided kept"),
        ({"marks": ["mine", "restricted"]}, "kept"),
        ({"decided": "undecided", "marks": "mine"}, "deciding"),
    ],
)
def test_the_list_of_cases_is_narrowed(cast, sign_in, asked, expected):
    cases = {
        "asked": _case(cast, by=cast.staff, year="5"),
        "deciding": _case(cast),
        "decided": _case(cast),
        "bare": _case(cast, by=cast.staff),
        "kept": _case(cast),
    }
    a_request(case=cases["asked"], by=cast.staff)
    a_draft(case=cases["deciding"], by=cast.dsl)
    a_decision(cast, case=cases["decided"])
    restrict_case(case=cases["kept"], by=cast.dsl, at=NOW())
    close_case(case=cases["bare"], reason="Nothing more to do", by=cast.dsl, at=NOW())
    page = sign_in(cast.dsl).get("/cases/", asked)
    names = {case.spoken_reference: name for name, case in cases.items()}
    assert {names[one] for one in _references(page)} == set(expected.split())


def test_cases_opened_on_days_both_included(cast, sign_in):
    case = _case(cast, at=NOW() - 3 * DAY)
    client, found = sign_in(cast.dsl), [case.spoken_reference]
    on = timezone.localdate(case.opened_at)

    def opened(**days):
        return _references(client.get("/cases/", _dated(**days)))

    assert opened(since=on, until=on) == opened(until=on) == found
    assert opened(since=on + DAY) == opened(until=on - DAY) == []


@pytest.mark.usefixtures("found_either_way")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("find", "lecka"),
        ("find", "scalds"),
        ("find", "case"),
        ("person", "Łęcka zo"),
        ("opener", "tomasz lecki"),
    ],
)
def test_a_case_is_found_by_people_words_and_who_opened_it(cast, sign_in, field, words):
    wanted = _case(cast, by=cast.deputy, summary="Scalds seen in PE")
    _case(cast, "Ife Adeyemi")
    text = wanted.spoken_reference if words == "case" else words
    page = _found(sign_in(cast.auditor), "/cases/", **{field: text})
    assert (_references(page), page.context["count"]) == ([wanted.spoken_reference], 1)
    assert f"“{text}”" in _text(page)


# Requests


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "late new drafting"),
        ({"stands": "new"}, "late new"),
        ({"stands": "drafting"}, "drafting"),
        ({"stands": "decided"}, "decided"),
        ({"stands": "all"}, "decided drafting new late"),
        ({"asker": "police"}, "late"),
        ({"asker": "health"}, ""),
        ({"asker": "ours", "stands": "all"}, "drafting new"),
        ({"marks": "overdue"}, "late"),
        ({"marks": "overdue", "stands": "decided"}, ""),
        ({"marks": "unchecked"}, "late"),
        ({"marks": "mine", "stands": "all"}, "decided drafting"),
    ],
)
def test_the_list_of_requests_is_narrowed_and_in_its_order(cast, sign_in, asked, expected):
    case = _case(cast, by=cast.staff)
    found = {
        "late": a_request(
            case=case,
            by=cast.staff,
            received=True,
            requester_kind="police",
            identity="not_verified",
            by_when=NOW() - DAY,
        ),
        "new": a_request(case=case, by=cast.staff),
        "drafting": a_draft(case=case, by=cast.dsl).decision.request,
        "decided": a_decision(cast, case=case).request,
    }
    page = sign_in(cast.dsl).get("/requests/", asked)
    names = {one.spoken_reference: name for name, one in found.items()}
    assert [names[one] for one in _references(page)] == expected.split()


def test_requests_that_came_on_days_both_included(cast, sign_in):
    on = timezone.localdate() - 9 * DAY
    request = a_request(case=_case(cast), by=cast.dsl, happened_on=on)
    client, found = sign_in(cast.dsl), [request.spoken_reference]

    def came(**days):
        return _references(client.get("/requests/", _dated(**days)))

    assert came(since=on, until=on) == came(until=on) == found
    assert came(since=on + DAY) == came(until=on - DAY) == []


@pytest.mark.usefixtures("found_either_way")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("find", "northfield"),
        ("find", "lecka"),
        ("find", "request"),
        ("person", "Łęcka"),
        ("requester", "hart jo"),
        ("requester", "northf"),
        ("worker", "łęcki"),
    ],
)
def test_a_request_is_found_by_who_asks_about_whom_and_who_works_on_it(cast, sign_in, field, words):
    wanted = a_request(case=_case(cast), by=cast.deputy, received=True)
    a_request(case=_case(cast, "Ife Adeyemi"), by=cast.dsl)
    text = wanted.spoken_reference if words == "request" else words
    page = _found(sign_in(cast.auditor), "/requests/", **{field: text})
    assert (_references(page), page.context["count"]) == ([wanted.spoken_reference], 1)


@pytest.mark.usefixtures("found_either_way")
def test_whoever_started_or_signed_the_decision_counts_as_its_author(cast, sign_in):
    case = _case(cast, by=cast.staff)
    a_request(case=case, by=cast.staff)
    signed = a_decision(cast, case=case)
    client = sign_in(cast.head)
    posted = client.post("/requests/?stands=all", {"worker": "dilys"})
    assert _references(client.get(posted["Location"])) == [signed.request.spoken_reference]
    posted = client.post("/requests/?stands=all", {"worker": "nobody"})
    assert _references(client.get(posted["Location"])) == []


# Both


@pytest.mark.parametrize("url", ["/cases/", "/requests/"])
@pytest.mark.parametrize(
    "query",
    [
        "decided=nonsense&stands=nonsense",
        "year=nonsense&asker=nonsense",
        "marks=nonsense",
        "since_day=31&since_month=2&since_year=2026",
        f"search={'A' * 22}",
    ],
)
def test_a_filter_not_understood_lists_nothing(cast, sign_in, url, query):
    a_request(case=_case(cast), by=cast.dsl)
    client = sign_in(cast.dsl)
    page = client.get(f"{url}?{query}")
    assert (page.status_code, page.context["rows"]) == (422, [])
    assert client.post(f"{url}csv/?{query}").status_code == 302
    assert not Entry.objects.filter(event__endswith="list_exported").exists()


@pytest.mark.parametrize("url", ["/cases/", "/requests/"])
@pytest.mark.parametrize("state", ["kept from", "restricted", "another's", "elsewhere"])
def test_nothing_is_to_be_learnt_of_what_one_may_not_see(cast, sign_in, url, state):
    who = {"kept from": cast.dsl, "restricted": cast.dsl, "another's": cast.colleague}.get(
        state, cast.stranger
    )
    case = _case(cast, "Zofia Nowak", by=cast.deputy)
    request = a_request(case=case, by=cast.deputy, received=True)
    if state == "kept from":
        exclude_from_case(case=case, user=who, reason="About him", by=cast.deputy, at=NOW())
    if state == "restricted":
        restrict_case(case=case, by=cast.deputy, at=NOW())
    client = sign_in(who)
    nothing = _found(client, url, find="Qqqqq")
    for words in ("Zofia", case.reference, request.reference, "Northfield"):
        page = _found(client, url, find=words)
        assert (page.context["rows"], page.context["count"]) == ([], 0)
        same = page.content.decode().replace(words, "Qqqqq")
        assert len(same) == len(nothing.content.decode())
    who_did = {"/cases/": "opener", "/requests/": "worker"}[url]
    for words in ({"person": "Nowak"}, {who_did: "tomasz"}):
        assert _found(client, url, **words).context["count"] == 0
    if who != cast.colleague:
        exported = b"".join(client.post(f"{url}csv/").streaming_content).decode()
        assert len(exported.splitlines()) == 1


@pytest.mark.parametrize(("url", "where"), [("/cases/", "cases"), ("/requests/", "requests")])
def test_a_filter_is_saved_for_its_owner_and_for_its_list_alone(cast, sign_in, url, where):
    a_request(case=_case(cast), by=cast.dsl)
    client = sign_in(cast.dsl)
    here = _found(client, url, find="lecka").context["here"]
    assert client.post(here, {"do": "save", "name": "The girl"}).status_code == 302
    [(kept, address)] = client.get(url).context["saved"]
    assert (kept.listing, len(client.get(address).context["rows"])) == (where, 1)
    other = {"/cases/": "/requests/", "/requests/": "/cases/"}[url]
    assert client.get(other).context["saved"] == []
    assert client.get(address.replace(url, other)).status_code == 422
    assert sign_in(cast.deputy).get(url).context["saved"] == []


@pytest.mark.parametrize(
    ("url", "module"),
    [
        ("/cases/", "infosharing.casefile.views.case_list"),
        ("/requests/", "decisions.views.request_list"),
    ],
)
def test_what_comes_meanwhile_shifts_no_page_and_the_csv_holds_every_row(
    cast, sign_in, monkeypatch, url, module
):
    monkeypatch.setattr(f"{module}.PAGE", 2)
    monkeypatch.setattr(f"{module}.CHUNK", 2)

    def one(number):
        # Every second one has a time; the others come after those that have.
        when = None if number % 2 else NOW() + (number + 1) * DAY
        a_request(case=_case(cast, "=cmd|calc"), by=cast.dsl, by_when=when)

    for number in range(5):
        one(number)
    client = sign_in(cast.dsl)
    pages = [client.get(url)]
    seen = _references(pages[0])
    one(0)
    while pages[-1].context["older_url"]:
        pages.append(client.get(pages[-1].context["older_url"]))
        seen += _references(pages[-1])
    assert len(seen) == len(set(seen)) >= 5
    assert _references(client.get(pages[1].context["newer_url"])) != _references(pages[1])
    response = client.post(f"{url}csv/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert (len(rows), {len(row) for row in rows}) == (6, {len(head)})
    assert {row[head.index("About")] for row in rows} == {"'=cmd|calc"}
    entry = Entry.objects.get(event__endswith="list_exported")
    assert details_of([entry])[entry.seq]["rows"] == 6
    assert "cmd" not in response["Content-Disposition"]


@pytest.mark.parametrize("url", ["/cases/", "/requests/"])
def test_one_takes_away_only_from_where_one_oversees(cast, sign_in, url):
    a_request(case=_case(cast, by=cast.staff), by=cast.staff)
    make_member(cast.staff, cast.other_school, Role.DSL)
    client = sign_in(cast.staff)
    assert len(client.get(url).context["rows"]) == 1
    exported = b"".join(client.post(f"{url}csv/").streaming_content).decode()
    assert len(exported.splitlines()) == 1
    assert sign_in(cast.colleague).post(f"{url}csv/").status_code == 403


@pytest.mark.usefixtures("found_either_way")
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "words", "number"),
    [
        ("/cases/", {"find": "lecka", "person": "zoe", "opener": "dil"}, 11),
        ("/requests/", {"find": "lecka", "person": "zoe", "worker": "dil"}, 11),
    ],
)
def test_a_filtered_list_asks_the_database_as_often_for_three_as_for_one(
    cast, sign_in, url, words, number, rows
):
    for _ in range(rows):
        a_request(case=_case(cast), by=cast.dsl, by_when=NOW())
    client = sign_in(cast.dsl)
    address = client.post(url, words)["Location"]
    client.get(address)
    with statements(number):
        page = client.get(address)
    assert len(page.context["rows"]) == rows
    with CaptureQueriesContext(connection) as captured:
        client.get(url, {"marks": "mine"})
    assert not any(" OFFSET " in query for query in data_statements(captured))


# Cells


def test_what_stands_below_in_a_cell_is_apart_from_what_stands_above(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    pages = {
        url: re.sub(r"<[^>]+>", "", client.get(url).content.decode())
        for url in (f"/decisions/{decision.public_id}/", "/decisions/", "/requests/?stands=all")
    }
    day = f"{timezone.localtime(decision.signed_at):%-d %B}"
    assert f"Designated safeguarding lead (DSL) {day}" in pages[f"/decisions/{decision.public_id}/"]
    assert "Dilys Morgan Designated safeguarding lead" in pages["/decisions/"]
