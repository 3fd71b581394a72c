"""A recorded request: its page, the check of who asks, and the list of what is undecided."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from decisions.models import Request
from decisions.presenters import requests as shown
from infosharing.audit.models import Entry
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.workdays.clock import LONDON, Closure, WorkingDays, end_of
from tests.casefile.typed import checked
from tests.counting import statements
from tests.engines import some_on_postgres
from tests.factories import a_case, a_draft, a_request, a_signed_decision
from tests.people import NAMES


def _case(cast, by="staff", name="Ife Adeyemi"):
    return a_case(
        by=getattr(cast, by),
        organisation=cast.school,
        people=[NewPerson(name=name, age_band="under_16")],
    )


def _text(page):
    return " ".join(page.content.decode().split())


# The page


def test_a_request_not_started_is_started_with_one_button(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff, received=True)
    page = sign_in(cast.staff).get(f"/requests/{request.public_id}/")
    assert page.status_code == 200
    step = page.context["step"]
    assert (step.words, step.url, step.posts) == (
        "Start the decision",
        f"/requests/{request.public_id}/decide/",
        True,
    )
    assert f'<form method="post" action="{step.url}">' in _text(page)


def test_a_request_being_decided_leads_to_its_draft(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    page = sign_in(cast.staff).get(f"/requests/{draft.decision.request.public_id}/")
    assert page.context["step"].words == "Go on with the decision"
    assert page.context["step"].url == f"/drafts/{draft.public_id}/"


def test_a_request_decided_leads_to_its_decision(cast, sign_in):
    version = a_signed_decision(case=_case(cast, "dsl"), by=cast.dsl)
    page = sign_in(cast.dsl).get(f"/requests/{version.decision.request.public_id}/")
    assert page.context["status"].words == "Decided: share"
    assert page.context["step"].url == f"/decisions/{version.decision.public_id}/"


def test_a_failed_identity_says_what_to_do_and_offers_our_own_initiative(cast, sign_in):
    case = _case(cast)
    request = a_request(case=case, by=cast.staff, received=True, identity="failed")
    page = _text(sign_in(cast.staff).get(f"/requests/{request.public_id}/"))
    assert "Tell them nothing, and refuse: it takes one page." in page
    assert f"/requests/{request.public_id}/refuse/" in page
    assert "ring the real agency on a number you find yourself" in page
    assert f'href="/cases/{case.public_id}/requests/new/?origin=own_initiative"' in page


def test_an_unchecked_caller_is_to_be_rung_back(cast, sign_in):
    request = a_request(
        case=_case(cast),
        by=cast.staff,
        received=True,
        identity="not_verified",
        channel="telephone",
    )
    page = _text(sign_in(cast.staff).get(f"/requests/{request.public_id}/"))
    assert "Ring back on a number you find yourself" in page
    assert "Not recorded yet" in page


def test_an_auditor_reads_a_request_and_is_offered_nothing_to_do(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff, received=True)
    page = sign_in(cast.auditor).get(f"/requests/{request.public_id}/")
    assert (page.status_code, page.context["step"]) == (200, None)
    assert "identity/" not in _text(page)
    assert "<form" not in page.content.decode().split('id="main"')[1]


def test_looking_at_a_request_is_recorded_before_it_is_shown(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff)
    sign_in(cast.dsl).get(f"/requests/{request.public_id}/")
    entry = Entry.objects.order_by("-seq")[0]
    assert entry.event == "decisions.request_seen"


def test_how_long_is_left_is_said_in_the_working_time_of_the_place():
    friday = datetime(2026, 11, 20, 16, tzinfo=LONDON)
    tuesday = datetime(2026, 11, 24, 10, tzinfo=LONDON)
    closed = WorkingDays((Closure(date(2026, 11, 23), date(2026, 11, 23)),))
    assert shown.due_words(tuesday, friday) == "2 working days left"
    assert shown.due_words(tuesday, friday, closed) == "1 working day left"
    assert shown.due_words(friday, tuesday, closed) == "1 working day late"
    assert shown.due_words(None, friday) == ""


def test_the_pages_of_a_request_leave_out_the_days_the_place_is_closed(cast, sign_in):
    today = timezone.localdate()
    until = WorkingDays().after(WorkingDays().after(today))
    add_closure(
        organisation=cast.school,
        first_on=WorkingDays().after(today),
        last_on=WorkingDays().after(today),
        what="Training",
        by=cast.admin,
        at=timezone.now(),
    )
    request = a_request(case=_case(cast), by=cast.staff, by_when=end_of(until))
    client = sign_in(cast.staff)
    case = f"/cases/{request.case.public_id}/"
    for path in (f"/requests/{request.public_id}/", "/requests/", "/decisions/", case):
        assert "1 working day left" in _text(client.get(path)), path


# The check of who asks


def _asked(cast, channel="telephone"):
    return a_request(
        case=_case(cast), by=cast.staff, received=True, identity="not_verified", channel=channel
    )


def test_a_check_is_recorded_with_who_made_it(cast, sign_in):
    request = _asked(cast)
    answer = sign_in(cast.staff).post(f"/requests/{request.public_id}/identity/", checked())
    assert answer.headers["Location"] == f"/requests/{request.public_id}/"
    request.refresh_from_db()
    assert (request.identity, request.call_back_source) == ("verified", "The council’s website")
    assert (request.identity_checked_by, request.entitlement) == (
        cast.staff,
        "She leads the enquiry",
    )
    assert Entry.objects.filter(event="decisions.identity_checked").count() == 1


@pytest.mark.parametrize(
    ("channel", "typed", "wrong"),
    [
        ("telephone", {}, ["identity"]),
        ("telephone", {"identity": "verified"}, ["identity_how", "call_back_source", "entitled"]),
        ("telephone", checked(call_back_source=""), ["call_back_source"]),
        (
            "telephone",
            checked(identity_how="known_to_us", call_back_source=""),
            ["call_back_source"],
        ),
        ("email", checked(call_back_source=""), ["call_back_source"]),
        ("email", checked(identity="failed", identity_note=""), ["identity_note"]),
        ("email", checked(identity_note="a \x00 b"), ["identity_note"]),
        ("email", checked(call_back_source="x" * 301), ["call_back_source"]),
    ],
)
def test_a_check_that_does_not_hold_is_shown_again(cast, sign_in, channel, typed, wrong):
    request = _asked(cast, channel)
    page = sign_in(cast.staff).post(f"/requests/{request.public_id}/identity/", typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == wrong
    request.refresh_from_db()
    assert request.identity == "not_verified"


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        ("telephone", {"identity": "not_verified"}),
        ("telephone", checked(identity="failed", call_back_source="")),
        ("email", checked(identity_how="known_address", call_back_source="")),
    ],
)
def test_a_check_needs_no_number_where_none_was_rung(cast, sign_in, channel, typed):
    request = _asked(cast, channel)
    page = sign_in(cast.staff).post(f"/requests/{request.public_id}/identity/", typed)
    assert page.status_code == 302


def test_the_answers_of_an_earlier_check_are_not_chosen_again(cast, sign_in):
    request = _asked(cast)
    client, url = sign_in(cast.staff), f"/requests/{request.public_id}/identity/"
    client.post(url, checked())
    page = client.get(url)
    assert b"checked>" not in page.content
    assert "Put through to her by the switchboard" in _text(page)


def test_our_own_initiative_has_nobody_to_check(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff)
    page = sign_in(cast.staff).get(f"/requests/{request.public_id}/identity/")
    assert page.headers["Location"] == f"/requests/{request.public_id}/"


# The list


def test_the_list_says_what_is_most_pressing_first_and_marks_overdue_in_words(cast, sign_in):
    now, case = timezone.now(), _case(cast)
    later = a_request(case=case, by=cast.staff, by_when=now + timedelta(days=3))
    never = a_request(case=case, by=cast.staff)
    late = a_request(case=case, by=cast.staff, by_when=now - timedelta(hours=3))
    a_signed_decision(case=_case(cast, "dsl"), by=cast.dsl)
    page = sign_in(cast.dsl).get("/requests/")
    assert [row[0]["text"] for row in page.context["rows"]] == [
        f"Request {one.spoken_reference}" for one in (late, later, never)
    ]
    due = [row[3] for row in page.context["rows"]]
    assert (due[0]["tag"], " late" in due[0]["hint"]) == ("Overdue", True)
    assert (due[1]["text"][:3], due[2]) == ("By ", "No date given")


def test_an_empty_list_says_so(cast, sign_in):
    assert "Nothing waits to be decided" in _text(sign_in(cast.staff).get("/requests/"))


def test_the_list_comes_in_pages_of_fifty(cast, sign_in):
    case = _case(cast)
    for _ in range(51):
        a_request(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    first = client.get("/requests/")
    second = client.get(first.context["older_url"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert (first.context["newer_url"], second.context["older_url"]) == ("", "")
    assert client.get(second.context["newer_url"]).context["rows"] == first.context["rows"]
    for odd in ("0", "-1", "x", "²", "99999", "9" * 30):
        assert client.get("/requests/", {"older": odd}).status_code == 422


def test_the_list_holds_nothing_of_cases_one_may_not_see(cast, sign_in):
    now = timezone.now()
    mine = _case(cast, "dsl")
    a_request(case=mine, by=cast.dsl)
    kept = _case(cast, "head", "Zofia Nowak")
    a_request(case=kept, by=cast.head)
    exclude_from_case(case=kept, user=cast.dsl, reason="About him", by=cast.head, at=now)
    closed = _case(cast, "head", "Mabli Prys")
    a_request(case=closed, by=cast.head)
    restrict_case(case=closed, by=cast.head, at=now)
    page = sign_in(cast.dsl).get("/requests/")
    assert len(page.context["rows"]) == 1
    assert "Zofia" not in _text(page)
    assert "Mabli" not in _text(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, number):
    for index in range(number):
        case = _case(cast, name=f"Person {index}")
        a_draft(case=case, by=cast.staff)
    client = sign_in(cast.dsl)
    client.get("/requests/")
    with statements(10):
        client.get("/requests/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_people_as_for_one(cast, sign_in, number):
    people = [NewPerson(name=f"Person {index}", age_band="adult") for index in range(number)]
    case = a_case(by=cast.staff, organisation=cast.school, people=people)
    request = a_request(case=case, by=cast.staff, received=True)
    client = sign_in(cast.dsl)
    client.get("/requests/")
    with statements(11):
        client.get(f"/requests/{request.public_id}/")


# Who may

PAGES = {
    "page": (
        "/requests/{request}/",
        {"staff", "dsl", "deputy", "head", "dpl", "auditor"},
        {"admin"},
    ),
    "identity": (
        "/requests/{request}/identity/",
        {"staff", "dsl", "deputy", "head", "dpl"},
        {"auditor", "admin"},
    ),
    "further": (
        "/cases/{case}/requests/new/?origin=received",
        {"staff", "dsl", "deputy", "head", "dpl"},
        {"auditor", "admin"},
    ),
    "list": ("/requests/", set(NAMES) - {"admin"}, {"admin"}),
    "start": ("/requests/new/", set(NAMES) - {"admin", "auditor"}, {"admin", "auditor"}),
}


@pytest.mark.parametrize("who", some_on_postgres(list(NAMES), 3))
@pytest.mark.parametrize("page", list(PAGES))
def test_who_opens_which_page(cast, sign_in, who, page):
    url, opens, forbidden = PAGES[page]
    request = a_request(case=_case(cast), by=cast.staff, received=True)
    ids = {"request": request.public_id, "case": request.case.public_id}
    expected = 200 if who in opens else 403 if who in forbidden else 404
    assert sign_in(getattr(cast, who)).get(url.format(**ids)).status_code == expected


@pytest.mark.parametrize("url", ["/requests/{id}/", "/requests/{id}/identity/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_absent_and_invisible_requests_are_the_same_bytes(cast, sign_in, url, method):
    request = a_request(case=_case(cast), by=cast.staff, received=True)
    exclude_from_case(
        case=request.case, user=cast.dsl, reason="About him", by=cast.staff, at=timezone.now()
    )
    absent = None
    for who in ("stranger", "colleague", "dsl"):
        client = sign_in(getattr(cast, who))
        hidden = getattr(client, method)(url.format(id=request.public_id))
        absent = getattr(client, method)(url.format(id="A" * 22))
        if method == "post" and url == "/requests/{id}/":
            assert (hidden.status_code, absent.status_code) == (405, 405)
        else:
            assert (hidden.status_code, hidden.content) == (404, absent.content)


@pytest.mark.parametrize("who", ["auditor", "stranger", "colleague"])
def test_somebody_who_may_not_changes_nothing(cast, sign_in, who):
    request = _asked(cast)
    client = sign_in(getattr(cast, who))
    client.post(f"/requests/{request.public_id}/identity/", checked())
    client.post(f"/cases/{request.case.public_id}/requests/new/?origin=received", {})
    request.refresh_from_db()
    assert (request.identity, Request.objects.count()) == ("not_verified", 1)


@pytest.mark.parametrize(
    "url", ["/requests/", "/requests/new/", "/requests/{id}/", "/requests/{id}/identity/"]
)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(cast, sign_in, url, method):
    request = a_request(case=_case(cast), by=cast.staff, received=True)
    answer = getattr(sign_in(cast.staff), method)(url.format(id=request.public_id))
    assert answer.status_code == 405


# The way back to the draft


def test_a_check_begun_from_the_draft_leads_back_to_the_draft(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff, received=True, identity="not_verified")
    draft = a_draft(case=request.case, by=cast.staff, request=request)
    client = sign_in(cast.staff)
    url = f"/requests/{request.public_id}/identity/?from=draft"
    assert url in client.get(f"/drafts/{draft.public_id}/").content.decode()
    page = client.get(url)
    assert (page.context["back_url"], page.context["back_text"]) == (
        f"/drafts/{draft.public_id}/",
        "The decision",
    )
    assert client.post(url, checked()).url == f"/drafts/{draft.public_id}/"
    checking = f"/requests/{request.public_id}/identity/?from=check"
    assert client.post(checking, checked()).url == f"/drafts/{draft.public_id}/check/"
    plain = f"/requests/{request.public_id}/identity/?from=//elsewhere.example"
    assert client.post(plain, checked()).url == f"/requests/{request.public_id}/"


def test_who_holds_one_role_is_told_so_and_misses_nothing(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    client = sign_in(cast.staff)
    outcome = f"/drafts/{draft.public_id}/outcome/"
    assert "You decide as Practitioner." in client.get(outcome).content.decode()
    typed = {"outcome": "do_not_share", "reasons": "Nothing to share.", "version": "0"}
    assert client.post(outcome, typed).status_code == 302
    page = client.get(f"/drafts/{draft.public_id}/check/").content.decode()
    assert "Say in which role you decide this." not in page
