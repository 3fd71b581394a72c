"""Searching and filtering decisions: what is found, told back, kept, taken away; and by whom."""

import csv
import html
import io
import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.search.domain.keeping import LATEST, make_search
from infosharing.search.models import KeptSearch, Word
from tests.counting import data_statements
from tests.decisions.afterwards import a_decision, a_part_shared, a_refusal, signed
from tests.factories import a_case, its_person
from tests.people import make_member

HERE = "/decisions/"


def _case(cast, name="Zoë Łęcka", by=None, **rest):
    people = [NewPerson(name=name, age_band="under_16")]
    return a_case(by=by or cast.dsl, organisation=cast.school, people=people, **rest)


def _references(page):
    return [row[0]["text"] for row in page.context["signed"]]


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def _found(client, **words):
    posted = client.post(HERE, words)
    assert posted.status_code == 302, posted.context["words_form"].errors
    return client.get(posted["Location"])


@pytest.mark.usefixtures("found_either_way")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("find", "lecka zo"),
        ("find", "ŁĘCKA"),
        ("find", "scalds"),  # the case
        ("find", "northfield"),  # the request, the recipient
        ("find", "decision"),
        ("find", "spoken decision"),
        ("find", "request"),
        ("find", "case"),
        ("person", "Łęcka"),
        ("recipient", "hart"),
        ("author", "morgan"),
    ],
)
def test_a_decision_is_found_by_names_references_and_words(cast, sign_in, field, words):
    wanted = a_decision(cast, case=_case(cast, summary="Scalds seen in PE"))
    other = a_decision(cast, by=cast.deputy, role="deputy_dsl", case=_case(cast, "Ife Adeyemi"))
    text = {
        "decision": wanted.reference.lower(),
        "spoken decision": wanted.spoken_reference.replace("0", "O").replace("1", "l"),
        "request": wanted.request.spoken_reference,
        "case": wanted.case.spoken_reference,
    }.get(words, words)
    page = _found(sign_in(cast.auditor), **{field: text})
    both = words in ("northfield", "hart")
    expected = [other, wanted] if both else [wanted]
    assert _references(page) == [one.spoken_reference for one in expected]
    assert page.context["count"] == len(expected)
    assert f"“{text}”" in _text(page)


@pytest.mark.usefixtures("found_either_way")
def test_a_person_renamed_is_found_by_the_new_name_and_no_longer_by_the_old(cast, sign_in):
    decision = a_decision(cast, case=_case(cast, "Ann Old"))
    person = its_person(decision.case)
    change_person(
        case=decision.case,
        person=person,
        details=NewPerson(name="Ann Newname", age_band="under_16"),
        reason="Married",
        by=cast.dsl,
        at=timezone.now(),
    )
    client = sign_in(cast.dsl)
    assert _references(_found(client, person="newname")) == [decision.spoken_reference]
    assert _references(_found(client, person="old")) == []


def test_no_name_stands_in_an_address_a_title_or_a_heading(cast, sign_in):
    client = sign_in(cast.dsl)
    a_decision(cast, case=_case(cast))
    posted = client.post(f"{HERE}?outcome=share", {"find": "Łęcka"})
    address = urlsplit(posted["Location"])
    assert re.fullmatch(r"outcome=share&search=[\w-]{22}", address.query)
    page = client.get(posted["Location"])
    head = page.content.decode().split("</title>")[0]
    links = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page.content.decode()))
    assert not re.search("(?i)Łęcka|lecka|%C5%81", head + links)


@pytest.mark.usefixtures("found_either_way")
def test_words_and_choices_hold_together_and_are_told_back(cast, sign_in):
    case = _case(cast)
    shared, part = a_decision(cast, case=case), a_part_shared(cast)
    client = sign_in(cast.dsl)
    page = _found(client, find="lecka")
    search = page.context["finder"].search.public_id
    page = client.get(
        HERE,
        {
            "search": search,
            "outcome": "share",
            "since_day": "1",
            "since_month": "march",
            "since_year": "2020",
            "marks": "without_consent",
        },
    )
    assert _references(page) == [shared.spoken_reference]
    assert page.context["told"] == [
        "Name, reference or words: “lecka”",
        "Outcome: Share",
        "Only decisions that are: Without consent",
        "Signed from 1 March 2020",
    ]
    page = client.get(HERE, {"search": search, "outcome": "share_in_part"})
    assert (_references(page), page.context["count"]) == ([], 0)
    assert part.spoken_reference not in _text(page)


def test_days_are_days_in_london_and_both_ends_count(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    today = timezone.localdate(decision.signed_at)

    def dated(**days):
        query = {}
        for name, day in days.items():
            query |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
        return _references(client.get(HERE, query))

    one, found = timedelta(days=1), [decision.spoken_reference]
    assert dated(since=today, until=today) == found
    assert dated(since=today + one) == dated(until=today - one) == []
    assert dated(until=today) == dated(since=today - one) == found


@pytest.mark.parametrize(
    "query",
    [
        "outcome=nonsense",
        "review=nonsense",
        "ground=nonsense",
        "marks=nonsense",
        "since_day=31&since_month=2&since_year=2026",
        "since_day=2&since_month=2&since_year=2026&until_day=1&until_month=2&until_year=2026",
        "outcome=a%00b",
        f"search={'A' * 22}",
        "search=x",
    ],
)
def test_a_filter_that_is_not_understood_lists_nothing_rather_than_everything(cast, sign_in, query):
    a_decision(cast)
    client = sign_in(cast.dsl)
    page = client.get(f"{HERE}?{query}")
    assert (page.status_code, _references(page), page.context["waiting"]) == (422, [], [])
    assert "There is a problem" in _text(page)
    assert page.context["filter_open"] == (not query.startswith("search="))
    exported = client.post(f"/decisions/csv/?{query}")
    assert exported.status_code == 302
    assert not Entry.objects.filter(event="decisions.list_exported").exists()


def test_somebody_elses_search_looks_like_none(cast, sign_in):
    a_decision(cast)
    client = sign_in(cast.deputy)
    made = client.post(HERE, {"find": "Ife"})["Location"]
    search = made.partition("search=")[2]
    other = sign_in(cast.dsl)
    pages = [other.get(f"{HERE}?search={one}") for one in (search, "A" * 22)]
    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].content.decode().replace(search, "") == pages[1].content.decode().replace(
        "A" * 22, ""
    ) or len(pages[0].content) == len(pages[1].content)
    assert "Ife" not in _text(pages[0]).replace("Ife Adeyemi", "")


@pytest.mark.parametrize("state", ["kept from", "restricted", "another's", "elsewhere"])
def test_nothing_is_to_be_learnt_of_what_one_may_not_see(cast, sign_in, state):
    who = {"kept from": cast.dsl, "restricted": cast.dsl, "another's": cast.colleague}.get(
        state, cast.stranger
    )
    case = _case(cast, "Zofia Nowak", by=cast.deputy)
    decision = a_decision(cast, by=cast.deputy, role="deputy_dsl", case=case)
    if state == "kept from":
        exclude_from_case(
            case=case, user=who, reason="About him", by=cast.deputy, at=timezone.now()
        )
    if state == "restricted":
        restrict_case(case=case, by=cast.deputy, at=timezone.now())
    client = sign_in(who)
    nothing = _found(client, find="Qqqqq")
    for words in ("Zofia", decision.reference, case.reference, decision.request.reference):
        page = _found(client, find=words)
        assert (_references(page), page.context["count"]) == ([], 0)
        assert "Nowak" not in _text(page)
        same = page.content.decode().replace(words, "Qqqqq")
        assert len(same) == len(nothing.content.decode())
    for words in ({"person": "Nowak"}, {"recipient": "hart"}, {"author": "tomasz"}):
        assert _found(client, **words).context["count"] == 0
    if who != cast.colleague:
        exported = b"".join(client.post("/decisions/csv/").streaming_content).decode()
        assert len(exported.splitlines()) == 1


# Kept searches


def test_the_same_words_are_the_same_search_and_only_the_latest_are_kept(cast, sign_in):
    client = sign_in(cast.dsl)
    first = client.post(HERE, {"find": "Ife"})["Location"]
    assert client.post(HERE, {"find": " Ife "})["Location"] == first
    for number in range(LATEST + 5):
        make_search(
            listing="decisions", words={"find": str(number)}, by=cast.dsl, at=timezone.now()
        )
    assert KeptSearch.objects.filter(owner=cast.dsl).count() == LATEST
    assert client.get(first).status_code == 422
    assert "not kept any more" in _text(client.get(first))


def test_a_search_writes_no_word_into_the_heads_of_the_log(cast, sign_in):
    client = sign_in(cast.dsl)
    _found(client, find="Zebedee")
    assert not any(b"Zebedee" in bytes(entry.header) for entry in Entry.objects.all())
    made = Entry.objects.get(event="search.made")
    assert details_of([made])[made.seq] == {"list": "decisions"}
    seen = Entry.objects.filter(event="decisions.list_seen").latest("seq")
    assert details_of([seen])[seen.seq]["words"] == {"find": "Zebedee"}


def test_looking_at_a_filtered_list_writes_nothing_else(cast, sign_in):
    client = sign_in(cast.dsl)
    address = client.post(HERE, {"find": "Ife"})["Location"]
    before = list(KeptSearch.objects.values())
    client.get(address)
    assert list(KeptSearch.objects.values()) == before


def test_what_a_filter_found_is_not_hidden_below_its_form(cast, sign_in):
    a_decision(cast)
    page = sign_in(cast.dsl).get(f"{HERE}?outcome=share")
    assert (page.status_code, len(_references(page))) == (200, 1)
    assert page.context["filter_open"] is False


def test_a_filter_is_saved_found_again_and_deleted_by_its_owner_alone(cast, sign_in):
    decision = a_decision(cast, case=_case(cast))
    a_refusal(cast)
    client, other = sign_in(cast.dsl), sign_in(cast.deputy)
    page = _found(client, find="lecka")
    here = page.context["here"] + "&outcome=share"
    assert client.post(here, {"do": "save", "name": ""}).status_code == 422
    saved = client.post(here, {"do": "save", "name": "Mine, and mine alone"})
    assert saved.status_code == 302
    [(kept, url)] = client.get(HERE).context["saved"]
    assert _references(client.get(url)) == [decision.spoken_reference]
    again = client.post(here, {"do": "save", "name": "mine, AND mine alone"})
    assert (again.status_code, list(again.context["name_form"].errors)) == (422, ["name"])
    assert other.get(HERE).context["saved"] == []
    assert other.get(url).status_code == 422
    other.post(HERE, {"do": "drop", "filter": kept.public_id})
    assert KeptSearch.objects.filter(pk=kept.pk).exists()
    client.post(HERE, {"do": "drop", "filter": kept.public_id})
    assert client.get(HERE).context["saved"] == []


# Taking away


def _rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_csv_holds_exactly_the_rows_counted_and_the_log_knows_before(
    cast, sign_in, monkeypatch
):
    from decisions.views import lists as view

    monkeypatch.setattr(view, "CHUNK", 2)
    wanted = [a_decision(cast, case=_case(cast, "=cmd|calc")) for _ in range(5)]
    a_refusal(cast)
    client = sign_in(cast.auditor)
    page = _found(client, find="cmd")
    assert page.context["count"] == 5
    response = client.post(page.context["csv_url"])
    [entry] = Entry.objects.filter(event="decisions.list_exported")
    details = details_of([entry])[entry.seq]
    assert (details["rows"], details["words"]) == (5, {"find": "cmd"})
    rows = _rows(response)
    assert [row[0] for row in rows[1:]] == [one.spoken_reference for one in reversed(wanted)]
    assert {row[3] for row in rows[1:]} == {"'=cmd|calc"}
    assert {len(row) for row in rows} == {len(rows[0])}
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        f'attachment; filename="decisions-{timezone.localdate():%Y-%m-%d}.csv"',
    )


def test_one_takes_away_only_from_where_one_oversees(cast, sign_in):
    case = _case(cast, by=cast.staff)
    decision = a_decision(cast, by=cast.deputy, role="deputy_dsl", case=case)
    make_member(cast.staff, cast.other_school, Role.DSL)
    client = sign_in(cast.staff)
    assert _references(client.get(HERE)) == [decision.spoken_reference]
    assert len(_rows(client.post("/decisions/csv/"))) == 1
    assert sign_in(cast.colleague).post("/decisions/csv/").status_code == 403


# How much is asked of the database, and how


@pytest.mark.usefixtures("found_either_way")
@pytest.mark.parametrize("rows", [1, 3])
def test_a_filtered_list_asks_the_database_at_most_twelve_times(cast, sign_in, rows):
    for _ in range(rows):
        a_decision(cast, case=_case(cast))
    client = sign_in(cast.dsl)
    posted = client.post(HERE, {"find": "lecka", "person": "zoe", "author": "dil"})["Location"]
    client.get(posted)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(posted + "&outcome=share")
    assert len(page.context["signed"]) == rows
    assert len(data_statements(captured)) == 11


@pytest.mark.usefixtures("found_either_way")
def test_a_wrong_version_of_a_decision_is_not_found_any_more(cast, sign_in):
    from tests.decisions.afterwards import an_amendment
    from tests.factories import save

    decision = a_decision(cast)
    draft = an_amendment(decision, cast.dsl)
    save(
        draft,
        cast.dsl,
        {
            ("recipient", 1): {
                "name": ["Quentin Later"],
                "method": ["secure_email"],
                "need_to_know": ["yes"],
                "told_confidential": ["yes"],
                "intended_use": ["To help"],
            }
        },
    )
    client = sign_in(cast.dsl)
    assert _references(_found(client, recipient="quentin")) == []
    signed(draft, cast.dsl)
    assert _references(_found(client, recipient="quentin")) == [decision.spoken_reference]
    assert _references(_found(client, recipient="hart")) == []
    assert Word.objects.filter(kind="recipient", key=decision.pk).count() == 2
    assert json.loads(decision.versions.first().body)


def test_a_thousand_found_are_counted_no_further_and_cost_no_more_than_twelve(
    cast, sign_in, monkeypatch
):
    from decisions.views import listing, lists

    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    monkeypatch.setattr(lists, "PAGE", 2)
    for _ in range(3):
        a_decision(cast)
    client = sign_in(cast.dsl)
    client.get(HERE)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(HERE, {"outcome": "share"})
    assert "More than 2 decisions" in _text(page)
    assert len(data_statements(captured)) <= 12
    assert not any(" OFFSET " in query for query in data_statements(captured))
