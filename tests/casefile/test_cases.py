"""The list of cases, the search, the page of one case, opening one."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent.domain.recording import withdraw_consent
from consent.enums import How
from decisions.domain.following import record_disclosure
from infosharing.audit.models import Entry
from infosharing.casefile.presenters.cases import age_words
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    restrict_case,
)
from infosharing.cases.models import Case, Person
from tests.casefile.typed import a_new_case
from tests.counting import statements
from tests.engines import some_on_postgres
from tests.factories import a_case, a_consent, a_draft, a_request, a_signed_decision, its_person
from tests.people import NAMES

NOW = timezone.now


def _case(cast, name="Ife Adeyemi", by="staff", **rest):
    return a_case(
        by=getattr(cast, by),
        organisation=cast.school,
        people=[NewPerson(name=name, age_band="under_16")],
        **rest,
    )


def _text(page):
    return " ".join(page.content.decode().split())


def _listed(page):
    return [row[0]["url"] for row in page.context["rows"]]


def _search(client, **words):
    """Post words, and open the list they lead to."""
    return client.post("/cases/", words, follow=True)


def _url(case):
    return f"/cases/{case.public_id}/"


def _chronology(case):
    return f"{_url(case)}chronology/"


# The list


def test_the_list_shows_the_newest_first_with_people_and_what_is_being_decided(cast, sign_in):
    older = _case(cast, at=NOW() - timedelta(days=9))
    newer = _case(cast, "Zoë Łęcka", summary="Word " * 40)
    a_draft(case=newer, by=cast.staff)
    a_request(case=older, by=cast.staff)
    page = sign_in(cast.staff).get("/cases/")
    assert _listed(page) == [_url(newer), _url(older)]
    first, second = page.context["rows"]
    assert (first[1], first[4], second[4]) == ("Zoë Łęcka", "1 being decided", "None")
    assert first[2] == "Word " * 18 + "…"
    a_signed_decision(case=newer, by=cast.dsl)
    a_signed_decision(case=older, by=cast.dsl)
    rows = sign_in(cast.dsl).get("/cases/").context["rows"]
    assert [row[4] for row in rows] == ["1 being decided, 1 signed", "1 signed"]


def test_an_empty_list_says_what_to_do_next(cast, sign_in):
    page = sign_in(cast.staff).get("/cases/")
    assert "There is no case here yet" in _text(page)
    assert 'href="/requests/new/">Record a request</a>' in _text(page)
    assert "/requests/new/" not in _text(sign_in(cast.auditor).get("/cases/"))


def test_the_list_comes_in_pages_of_fifty(cast, sign_in):
    for _ in range(51):
        _case(cast)
    client = sign_in(cast.staff)
    first = client.get("/cases/")
    second = client.get(first.context["older_url"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert (first.context["newer_url"], second.context["older_url"]) == ("", "")
    assert _listed(client.get(second.context["newer_url"])) == _listed(first)
    assert set(_listed(first)).isdisjoint(_listed(second))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, number):
    for index in range(number):
        a_draft(case=_case(cast, f"Person {index}"), by=cast.staff)
    client = sign_in(cast.dsl)
    client.get("/cases/")
    with statements(9):
        client.get("/cases/")


# Searching


@pytest.mark.parametrize(
    "words",
    ["lecka", "ŁĘCKA", "zoe lecka", "Łęcka Zoë", "Zo", "reference", "spoken"],
)
def test_a_case_is_found_by_part_of_a_name_or_its_reference(cast, sign_in, words):
    wanted = _case(cast, "Zoë Łęcka")
    _case(cast, "Ife Adeyemi")
    if words == "reference":
        words = wanted.reference.lower()
    if words == "spoken":
        words = wanted.spoken_reference.replace("0", "O").replace("1", "l")
    page = _search(sign_in(cast.staff), find=words)
    assert _listed(page) == [_url(wanted)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("محمد علي", "علي"),
        ("Siân Wŷn", "sian wyn"),
        ("Łucja Żak", "łucja zak"),
        ("Bo 🌻", "🌻"),
        ("Ann_100%", "_100%"),
        ("Søren Æbelø", "soren aebelo"),
    ],
)
def test_names_of_every_script_are_found(cast, sign_in, name, words):
    wanted = _case(cast, name)
    _case(cast, "Ann1100x")
    page = _search(sign_in(cast.staff), find=words)
    assert _listed(page) == [_url(wanted)]


def test_two_words_are_two_words_of_one_person(cast, sign_in):
    case = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[
            NewPerson(name="Ife Adeyemi", age_band="under_16"),
            NewPerson(name="Grace Okoro", age_band="adult"),
        ],
    )
    client = sign_in(cast.staff)
    assert _listed(_search(client, find="okoro grace")) == [_url(case)]
    assert _listed(_search(client, find="ife okoro")) == []


@pytest.mark.parametrize("words", ["", "   ", "a\x00b", "x" * 201])
def test_a_search_that_cannot_be_made_is_shown_again(cast, sign_in, words):
    page = sign_in(cast.staff).post("/cases/", {"find": words})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["find"]


def test_no_name_searched_for_stands_in_an_address_or_title(cast, sign_in):
    page = _search(sign_in(cast.staff), find="Adeyemi")
    assert page.status_code == 200
    assert re.fullmatch(r"search=[\w-]{22}", page.request["QUERY_STRING"])
    assert "Adeyemi" not in page.content.split(b"</title>")[0].decode()


# Leaks


@pytest.mark.parametrize("state", ["kept from", "restricted", "another's", "elsewhere"])
def test_a_case_one_may_not_see_leaves_no_trace(cast, sign_in, state):
    who = {"kept from": cast.dsl, "restricted": cast.dsl, "another's": cast.colleague}.get(
        state, cast.stranger
    )
    hidden = _case(cast, "Zofia Nowak", "head")
    a_request(case=hidden, by=cast.head)
    if state == "kept from":
        exclude_from_case(case=hidden, user=who, reason="About him", by=cast.head, at=NOW())
    if state == "restricted":
        restrict_case(case=hidden, by=cast.head, at=NOW())
    client = sign_in(who)
    listed = client.get("/cases/")
    found = _search(client, find="Zofia")
    by_reference = _search(client, find=hidden.reference)
    for page in (listed, found, by_reference):
        assert page.context["rows"] == []
        assert "Nowak" not in _text(page)
        assert hidden.public_id not in _text(page)
    nobody = _search(client, find="Qqqqq")
    assert len(found.content.replace(b"Zofia", b"Qqqqq")) == len(nobody.content)
    page, absent = client.get(_url(hidden)), client.get(f"/cases/{'A' * 22}/")
    assert (page.status_code, page.content) == (404, absent.content)


# The page


def test_the_page_and_the_chronology_hold_everything_of_the_case(cast, sign_in):
    case = _case(cast, by="dsl")
    version = a_signed_decision(case=case, by=cast.dsl, received=True)
    record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(),
        items=list(version.items.all()),
        sent_on=timezone.localdate(),
        sent_time="",
        method="secure_email",
        address="jo@example.org",
        sent_by="Dilys Morgan",
        told_confidential=True,
        note="",
        by=cast.dsl,
        at=NOW(),
    )
    consent = a_consent(case=case, by=cast.dsl)
    withdraw_consent(
        consent=consent,
        withdrawn_on=timezone.localdate(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="",
        by=cast.dsl,
        at=NOW(),
    )
    client = sign_in(cast.dsl)
    told = client.get(_chronology(case))
    assert [entry["title"] for entry in told.context["entries"]] == [
        "Agreed to sharing",
        "Case opened",
        "Person added to the case",
        "Named on the case",
        "Request received",
        "Requester’s identity checked",
        "Decision started",
        "Decision signed",
        "Information sent",
        "Consent withdrawn",
    ]
    page = client.get(_url(case))
    assert page.status_code == 200
    assert f'href="{_chronology(case)}"' in page.content.decode()
    request = page.context["requests"][0]
    assert (request[3]["tag"], request[3]["hint"]) == ("Decided: share", "Waiting for review")
    assert request[4]["url"] == f"/decisions/{version.decision.public_id}/"
    assert page.context["consents"][0][1]["tag"] == "Withdrawn"
    assert Entry.objects.order_by("-seq")[0].event == "cases.case_seen"


def test_what_happened_earlier_stands_earlier_and_says_when_it_was_recorded(cast, sign_in):
    case = _case(cast)
    day = timezone.localdate() - timedelta(days=30)
    a_request(case=case, by=cast.staff, happened_on=day)
    page = sign_in(cast.staff).get(_chronology(case))
    first = page.context["entries"][0]
    assert first["title"] == "Sharing thought of"
    assert "(recorded " in first["when"]


def test_an_auditor_reads_the_case_and_is_offered_no_change(cast, sign_in):
    case = _case(cast)
    a_request(case=case, by=cast.staff)
    page = sign_in(cast.auditor).get(_url(case))
    assert page.status_code == 200
    assert "You can read this case but not change it." in _text(page)
    for way in ("/new/", "/change/", "/identity/"):
        assert way not in page.content.decode().split('id="main"')[1].split("</main>")[0]


def test_the_title_never_holds_a_name(cast, sign_in):
    case = _case(cast, "Zofia Nowak", summary="Zofia Nowak was seen")
    title = sign_in(cast.staff).get(_url(case)).content.split(b"</title>")[0].decode()
    assert "Nowak" not in title
    assert case.spoken_reference in title


@pytest.mark.parametrize(
    ("who", "told"), [("staff", True), ("head", True), ("auditor", True), ("dsl", False)]
)
def test_who_is_kept_from_a_case_is_told_to_those_who_may_know(cast, sign_in, who, told):
    case = _case(cast)
    exclude_from_case(
        case=case, user=cast.deputy, reason="It is about him", by=cast.staff, at=NOW()
    )
    if not told:
        restrict_case(case=case, by=cast.head, at=NOW())
    client = sign_in(cast.staff if not told else getattr(cast, who))
    for page in (client.get(_chronology(case)), client.get(f"{_url(case)}access/")):
        assert page.status_code == 200
        assert ("It is about him" in _text(page)) is told


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2016, 11, 23), "9 years old, born 23 November 2016"),
        (date(2016, 11, 22), "10 years old, born 22 November 2016"),
        (date(2026, 11, 20), "Less than a month old, born 20 November 2026"),
        (date(2026, 10, 22), "1 month old, born 22 October 2026"),
        (date(2025, 1, 23), "21 months old, born 23 January 2025"),
    ],
)
def test_ages_are_said_in_years_and_of_babies_in_months(born, words):
    assert age_words(Person(name="Bo", born=born), date(2026, 11, 22)) == words


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("under_16", "Under 16, date of birth not known"),
        ("adult", "18 or over, date of birth not known"),
        ("unborn", "Not yet born"),
    ],
)
def test_an_age_not_known_is_said_as_it_is(band, words):
    assert age_words(Person(name="Bo", age_band=band), date(2026, 11, 22)) == words


# Opening


def test_a_case_is_opened_without_a_request(cast, sign_in):
    answer = sign_in(cast.staff).post("/cases/new/", a_new_case(keep_from=[cast.dsl.public_id]))
    case = Case.objects.get()
    assert answer.headers["Location"] == _url(case)
    assert its_person(case).age_band == "under_16"
    assert sign_in(cast.dsl).get(_url(case)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"age": ""}, ["age"]),
        ({"summary": ""}, ["summary"]),
        ({"summary": "x" * 10_001}, ["summary"]),
        ({"name": "a\x00"}, ["name"]),
        ({"keep_from": ["nobody"]}, ["keep_from"]),
    ],
)
def test_a_case_that_cannot_be_opened_is_shown_again_as_typed(cast, sign_in, changes, wrong):
    typed = a_new_case(name="Kept so", summary="Kept so") | changes
    page = sign_in(cast.staff).post("/cases/new/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert "Kept so" in _text(page)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("who", some_on_postgres(list(NAMES), 3))
@pytest.mark.parametrize("url", ["/cases/", "/cases/new/"])
def test_who_lists_and_opens_cases(cast, sign_in, who, url):
    refused = {"admin"} if url == "/cases/" else {"admin", "auditor"}
    status = sign_in(getattr(cast, who)).get(url).status_code
    assert status == (403 if who in refused else 200)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(cast, sign_in, method):
    case = _case(cast)
    for url in ("/cases/", "/cases/new/", _url(case)):
        assert getattr(sign_in(cast.staff), method)(url).status_code == 405
    assert sign_in(cast.staff).post(_url(case)).status_code == 405
