"""The start of the main job: from home to a recorded request in two pages."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from decisions.domain import intake, requesting
from decisions.models import Draft, Request
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import (
    NewPerson,
    UnableToOpen,
    exclude_from_case,
    restrict_case,
)
from infosharing.cases.models import Case, CaseAccess, Person
from tests.casefile.typed import a_new_case, day, own, received
from tests.factories import a_case
from tests.people import make_member

LONDON = ZoneInfo("Europe/London")
START = "/requests/new/"
OWN = "/requests/new/?origin=own_initiative"
RECEIVED = "/requests/new/?origin=received"


def _matter(cast, **changes):
    given = {
        "organisation": cast.school,
        "summary": "Bruises, seen in PE",
        "people": [NewPerson(name="Ife Adeyemi", age_band="under_16")],
        "asked": requesting.Asked(
            asked_for="What was seen", purpose="Safety", happened_on=timezone.localdate()
        ),
        "requester": None,
        "by": cast.staff,
        "at": timezone.now(),
    } | changes
    return intake.record_new_matter(**given)


# The act


def test_recorded_and_begun_in_one_act_or_neither(cast):
    draft = intake.record_and_decide(
        recorded=lambda: _matter(cast), by=cast.staff, at=timezone.now()
    )
    assert (draft.decision.request, draft.started_by) == (Request.objects.get(), cast.staff)
    tomorrow = requesting.Asked(
        asked_for="x", purpose="y", happened_on=timezone.localdate() + timedelta(days=2)
    )
    with pytest.raises(requesting.UnableToRecord):
        intake.record_and_decide(
            recorded=lambda: _matter(cast, asked=tomorrow), by=cast.staff, at=timezone.now()
        )
    assert (Case.objects.count(), Draft.objects.count()) == (1, 1)


def test_one_button_records_what_we_thought_of_and_begins_the_decision(cast, sign_in):
    client = sign_in(cast.staff)
    assert b"Record it and start the decision" in client.get(OWN).content
    answer = client.post(OWN, a_new_case(**own(), then="start"))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/drafts/{draft.public_id}/danger/"
    case = draft.decision.case
    further = f"/cases/{case.public_id}/requests/new/?origin=own_initiative"
    typed = {**own(purpose="To plan a check-up"), "then": "start"}
    asked = client.post(further, typed).context["form"]  # recorded already? No: it is another one
    [another] = [code for code, _words in asked.fields["again"].choices if len(code) < 22]
    answer = client.post(further, {**typed, "again": another})
    later = Draft.objects.order_by("-id")[0]
    assert answer.headers["Location"] == f"/drafts/{later.public_id}/danger/"
    assert later.decision.case == case


def test_of_what_somebody_asked_who_they_are_comes_first(cast, sign_in):
    client = sign_in(cast.staff)
    assert b"Record it and start the decision" not in client.get(RECEIVED).content
    answer = client.post(RECEIVED, a_new_case(**received(), then="start"))
    assert answer.headers["Location"] == f"/requests/{Request.objects.get().public_id}/"
    assert Draft.objects.count() == 0


def test_a_mistake_begins_nothing(cast, sign_in):
    answer = sign_in(cast.staff).post(OWN, a_new_case(**own(asked_for=""), then="start"))
    assert (answer.status_code, Request.objects.count(), Draft.objects.count()) == (422, 0, 0)


def test_a_new_matter_is_a_case_with_its_person_and_its_request(cast):
    request = _matter(cast, keep_from=[cast.dsl])
    case = request.case
    assert [part.person.name for part in case.parts.all()] == ["Ife Adeyemi"]
    assert {(access.user, access.kind) for access in case.access.all()} == {
        (cast.staff, "named"),
        (cast.dsl, "excluded"),
    }
    assert list(Entry.objects.order_by("seq").values_list("event", flat=True)) == [
        "cases.opened",
        "cases.excluded",
        "cases.person_added",
        "decisions.request_recorded",
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (
            {"asked": requesting.Asked(asked_for="x", purpose="y", happened_on=date(2999, 1, 1))},
            requesting.UnableToRecord,
        ),
    ],
)
def test_a_new_matter_that_cannot_be_recorded_leaves_nothing_behind(cast, changes, error):
    with pytest.raises(error):
        _matter(cast, **changes)
    counts = [model.objects.count() for model in (Case, Person, CaseAccess, Request, Entry)]
    assert counts == [0, 0, 0, 0, 0]


def test_nobody_keeps_a_case_from_themselves(cast):
    with pytest.raises(UnableToOpen):
        _matter(cast, keep_from=[cast.staff])
    assert Case.objects.count() == 0


@pytest.mark.parametrize("who", ["auditor", "admin", "stranger"])
def test_a_new_matter_needs_a_recording_role_of_ones_own_there(cast, who):
    with pytest.raises(PermissionDenied):
        _matter(cast, by=getattr(cast, who))
    assert Case.objects.count() == 0


# Page one


def test_page_one_asks_only_where_it_comes_from_while_there_is_no_case(cast, sign_in):
    page = sign_in(cast.staff).get(START)
    assert page.status_code == 200
    assert list(page.context["form"].fields) == ["origin"]
    assert b"checked>" not in page.content


@pytest.mark.parametrize("origin", ["received", "own_initiative"])
def test_page_one_leads_to_page_two(cast, sign_in, origin):
    page = sign_in(cast.staff).post(START, {"origin": origin})
    assert (page.status_code, page.headers["Location"]) == (302, f"{START}?origin={origin}")


def test_page_one_without_an_answer_is_shown_again_with_what_is_missing(cast, sign_in):
    page = sign_in(cast.staff).post(START, {})
    assert page.status_code == 422
    assert [(item.id, item.message) for item in page.context["form"].error_summary()] == [
        ("id_origin", "Say whether somebody asked, or you thought of it yourselves")
    ]
    assert b'href="#id_origin"' in page.content


def test_page_one_offers_the_newest_cases_one_may_see_and_leads_to_the_one_chosen(cast, sign_in):
    mine = a_case(by=cast.staff, organisation=cast.school)
    a_case(
        by=cast.colleague,
        organisation=cast.school,
        people=[NewPerson("Zofia Nowak", age_band="adult")],
    )
    client = sign_in(cast.staff)
    page = client.get(START)
    assert [value for value, _ in page.context["form"].fields["case"].choices] == [
        "new",
        mine.public_id,
        "find",
    ]
    assert b"Zofia" not in page.content
    answer = client.post(START, {"origin": "received", "case": mine.public_id})
    assert answer.headers["Location"] == f"/cases/{mine.public_id}/requests/new/?origin=received"


def test_page_one_finds_a_case_by_name_however_it_is_spelled(cast, sign_in):
    found = a_case(
        by=cast.staff, organisation=cast.school, people=[NewPerson("Zoë Łęcka", age_band="adult")]
    )
    for _ in range(6):
        a_case(by=cast.staff, organisation=cast.school)
    page = sign_in(cast.staff).post(
        START, {"origin": "received", "case": "find", "find": "zoe łęcka"}
    )
    assert page.status_code == 200
    form = page.context["form"]
    assert [value for value, _ in form.fields["case"].choices] == ["new", found.public_id, "find"]
    assert (form["origin"].value(), form["find"].value()) == ("received", "zoe łęcka")
    answer = sign_in(cast.staff).post(
        START, {"origin": "received", "case": found.public_id, "find": "zoe łęcka"}
    )
    assert answer.headers["Location"] == f"/cases/{found.public_id}/requests/new/?origin=received"


@pytest.mark.parametrize("state", ["another's", "kept from", "restricted"])
def test_page_one_finds_no_case_that_one_may_not_see(cast, sign_in, state):
    who = cast.dsl
    organisation = cast.school
    hidden = a_case(
        by=cast.head, organisation=organisation, people=[NewPerson("Zofia Nowak", age_band="adult")]
    )
    a_case(by=cast.dsl, organisation=organisation)
    match state:
        case "another's":
            who = cast.staff
            a_case(by=cast.staff, organisation=organisation)
        case "kept from":
            exclude_from_case(
                case=hidden, user=cast.dsl, reason="About him", by=cast.head, at=timezone.now()
            )
        case "restricted":
            restrict_case(case=hidden, by=cast.head, at=timezone.now())
    client = sign_in(who)
    searched = client.post(START, {"origin": "received", "case": "find", "find": "Zofia"})
    nobody = client.post(START, {"origin": "received", "case": "find", "find": "Zzzzz"})
    assert (searched.status_code, nobody.status_code) == (422, 422)
    same = searched.content.replace(b"Zofia", b"").replace(b"Zzzzz", b"")
    assert b"Nowak" not in searched.content
    assert hidden.public_id.encode() not in searched.content
    assert len(same) == len(nobody.content.replace(b"Zzzzz", b""))
    guessed = client.post(START, {"origin": "received", "case": hidden.public_id})
    absent = client.post(START, {"origin": "received", "case": "A" * 22})
    assert (guessed.status_code, absent.status_code) == (422, 422)


def test_somebody_with_two_schools_says_which(cast, sign_in):
    make_member(cast.staff, cast.other_school, Role.PRACTITIONER)
    client = sign_in(cast.staff)
    a_case(by=cast.staff, organisation=cast.school)
    assert client.get(RECEIVED).context["form"].fields.keys() == {"origin", "case", "find", "place"}
    wrong = client.post(START, {"origin": "received", "case": "new"})
    assert wrong.status_code == 422
    assert [item.id for item in wrong.context["form"].error_summary()] == ["id_place"]
    place = cast.other_school.public_id
    answer = client.post(START, {"origin": "own_initiative", "case": "new", "place": place})
    url = f"{START}?origin=own_initiative&place={place}"
    assert answer.headers["Location"] == url
    client.post(url, a_new_case() | own())
    assert Request.objects.get().case.organisation == cast.other_school


# Page two


@pytest.mark.parametrize(("url", "typed"), [(OWN, own()), (RECEIVED, received())])
def test_page_two_records_everything_at_once_and_leads_to_the_request(cast, sign_in, url, typed):
    answer = sign_in(cast.staff).post(
        url, a_new_case() | typed | {"keep_from": [cast.dsl.public_id, cast.deputy.public_id]}
    )
    request = Request.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("decisions:request", args=[request.public_id]),
    )
    assert request.asked_for == typed["asked_for"]
    assert request.happened_time == typed["happened_time"]
    assert request.recorded_by == cast.staff
    assert request.identity == ("not_verified" if url == RECEIVED else "")
    assert request.requester_name == typed.get("requester_name", "")
    kept = request.case.access.filter(kind="excluded").values_list("user__username", flat=True)
    assert set(kept) == {"dsl", "deputy"}


@pytest.mark.parametrize("url", [OWN, RECEIVED])
def test_page_two_answers_nothing_beforehand_but_todays_date(cast, sign_in, url):
    page = sign_in(cast.staff).get(url)
    assert page.status_code == 200
    assert b"checked>" not in page.content
    assert page.context["form"].initial == {"happened_on": timezone.localdate()}


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        (OWN, ["name", "age", "summary", "asked_for", "purpose", "happened_on"]),
        (
            RECEIVED,
            [
                "channel",
                "requester_kind",
                "requester_name",
                "asked_for",
                "purpose",
                "crime_investigation",
                "legal_power_kind",
                "happened_on",
                "name",
                "age",
                "summary",
            ],
        ),
    ],
)
def test_page_two_left_empty_says_in_page_order_what_it_needs(cast, sign_in, url, wrong):
    page = sign_in(cast.staff).post(url, {})
    assert page.status_code == 422
    assert [item.id for item in page.context["form"].error_summary()] == [f"id_{w}" for w in wrong]
    for name in wrong:
        assert f'id="id_{name}"'.encode() in page.content
        assert f'href="#id_{name}"'.encode() in page.content
    assert Case.objects.count() == 0


TYPED_WRONG = [
    ({"happened_on_day": "31", "happened_on_month": "2"}, "happened_on"),
    (day("happened_on", timezone.localdate() + timedelta(days=2)), "happened_on"),
    ({"by_when_time": "5pm"}, "by_when_on"),
    (day("by_when_on", date(2020, 1, 1)), "by_when_on"),
    (day("by_when_on", date(2030, 1, 1)) | {"by_when_time": "teatime"}, "by_when_time"),
    ({"age": "born"}, "born"),
    ({"age": "born"} | day("born", timezone.localdate() + timedelta(days=1)), "born"),
    ({"age": "77"}, "age"),
    ({"name": "x" * 201}, "name"),
    ({"summary": "x" * 10_001}, "summary"),
    ({"asked_for": "nul \x00 here"}, "asked_for"),
    ({"keep_from": ["A" * 22]}, "keep_from"),
]


@pytest.mark.parametrize(("changes", "field"), TYPED_WRONG)
def test_what_is_wrong_on_page_two_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast, sign_in, changes, field
):
    page = sign_in(cast.staff).post(OWN, a_new_case() | own(purpose="Kept as typed") | changes)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert b"Kept as typed" in page.content
    assert (Case.objects.count(), Request.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "name",
    ["محمد علي", "Siân Wŷn Llŷr", "Zażółć Gęślą", "Ife 🌻", "O’Brien-Ní Mháille", "<b>Bo</b>"],
)
def test_names_of_every_kind_are_kept_as_typed(cast, sign_in, name):
    client = sign_in(cast.staff)
    client.post(OWN, a_new_case(name=name) | own())
    assert Person.objects.get().name == name
    page = client.get(reverse("decisions:request", args=[Request.objects.get().public_id]))
    assert b"<b>Bo</b>" not in page.content
    title = page.content.split(b"<title>")[1].split(b"</title>")[0].decode()
    assert name not in title


def test_ten_thousand_characters_are_kept_whole(cast, sign_in):
    sign_in(cast.staff).post(OWN, a_new_case(summary="ą" * 10_000) | own())
    assert Case.objects.get().summary == "ą" * 10_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, None),
        (day("by_when_on", date(2030, 6, 3)), datetime(2030, 6, 3, 23, 59, tzinfo=LONDON)),
        (
            day("by_when_on", date(2030, 6, 3)) | {"by_when_time": "5.40pm"},
            datetime(2030, 6, 3, 17, 40, tzinfo=LONDON),
        ),
    ],
)
def test_by_when_is_a_day_in_london_with_or_without_a_time(cast, sign_in, typed, kept):
    sign_in(cast.staff).post(OWN, a_new_case() | own() | typed)
    assert Request.objects.get().by_when == kept


def test_those_who_could_be_kept_from_a_case_are_the_colleagues_who_meet_cases_here(cast, sign_in):
    make_member(cast.stranger, cast.trust, Role.DSL)
    choices = sign_in(cast.staff).get(OWN).context["form"].fields["keep_from"].choices
    assert {words.split(",")[0] for _, words in choices} == {
        "Priya Nair",
        "Dilys Morgan",
        "Tomasz Łęcki",
        "Helen Achebe",
        "Martin Boyle",
        "Dana Whitlock",
        "Aisha Rahman",
        "Stella Price",
    }


# A further request


@pytest.mark.parametrize(("origin", "typed"), [("received", received()), ("own_initiative", own())])
def test_a_further_request_joins_the_case_and_names_its_author_on_it(cast, sign_in, origin, typed):
    case = a_case(by=cast.staff, organisation=cast.school)
    url = f"/cases/{case.public_id}/requests/new/?origin={origin}"
    answer = sign_in(cast.dsl).post(url, typed)
    request = Request.objects.get()
    assert answer.headers["Location"] == f"/requests/{request.public_id}/"
    assert (request.case, request.origin, Case.objects.count()) == (case, origin, 1)
    assert case.access.filter(user=cast.dsl, kind="named", ended_at=None).count() == 1


def test_a_further_request_asks_first_where_it_comes_from(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    client, url = sign_in(cast.staff), f"/cases/{case.public_id}/requests/new/"
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"origin": "own_initiative"})
    assert answer.headers["Location"] == f"{url}?origin=own_initiative"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_further_request_of_tomorrow_is_refused_beside_the_day(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    url = f"/cases/{case.public_id}/requests/new/?origin=received"
    tomorrow = day("happened_on", timezone.localdate() + timedelta(days=1))
    page = sign_in(cast.staff).post(url, received(asked_for="Stays here") | tomorrow)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["happened_on"]
    assert b"Stays here" in page.content


@pytest.mark.parametrize("where", [RECEIVED, OWN])
def test_a_time_that_no_clock_shows_is_refused(cast, sign_in, where):
    given = received if where == RECEIVED else own
    page = sign_in(cast.staff).post(where, a_new_case() | given(happened_time="17:95"))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["happened_time"]
    assert 'value="17:95"' in page.content.decode()


@pytest.mark.parametrize("where", [RECEIVED, OWN])
def test_what_was_not_recorded_is_nowhere_said_to_be(cast, sign_in, where):
    coming = day("happened_on", timezone.localdate() + timedelta(days=3))
    typed = a_new_case() | (received(**coming) if where == RECEIVED else own(**coming))
    page = sign_in(cast.staff).post(where, typed)
    assert page.status_code == 422
    assert "The day it came has not come yet." in page.content.decode()
    assert "Recorded" not in page.content.decode()
    assert not Request.objects.exists()
