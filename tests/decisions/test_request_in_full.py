"""The request in full: several people, law and entitlement, and corrections that keep the first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from decisions.domain.requesting import UnableToRecord, correct_request
from decisions.facts import material_of
from decisions.models import Request, RequestCorrection
from decisions.packs import shipped
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.cases.domain.opening import NewPerson
from tests.casefile.typed import a_person, checked, day, own, received
from tests.counting import statements
from tests.factories import a_case, a_draft, a_request, a_signed_decision, its_person

IFE = NewPerson(name="Ife Adeyemi", born=date(2017, 4, 11))
TAYO = NewPerson(name="Tayo Adeyemi", age_band="under_16")


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school, people=[IFE, TAYO])


def _people(case):
    return [part.person for part in case.parts.order_by("id")]


def _text(page):
    return " ".join(page.content.decode().split())


def _new(client, case, typed, origin="received"):
    return client.post(f"/cases/{case.public_id}/requests/new/?origin={origin}", typed)


def _correction(asked, **changes):
    """The page of the correction as it is shown, with what somebody changes on it."""
    people = [row.person.public_id for row in asked.about.all()]
    return (
        (received() if asked.received else own())
        | {
            "about": people,
            "reason": "I misheard the name",
        }
        | changes
    )


def _url(asked, rest=""):
    return f"/requests/{asked.public_id}/{rest}"


# People


def test_of_several_people_it_is_asked_whom_the_request_is_about(cast, sign_in, case):
    client = sign_in(cast.staff)
    page = _new(client, case, received())
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["about"])
    ife, tayo = _people(case)
    assert [value for value, _ in page.context["form"].fields["about"].choices] == [
        ife.public_id,
        tayo.public_id,
    ]
    assert _new(client, case, received(about=[tayo.public_id])).status_code == 302
    asked = Request.objects.get()
    assert [row.person for row in asked.about.all()] == [tayo]
    page = client.get(_url(asked))
    assert page.context["about_lines"] == [
        "Tayo Adeyemi, under 16, date of birth not known. "
        "The child, young person or adult it is about."
    ]
    assert "Bruises on both arms, seen in PE. 1 more person is in it." in _text(page).replace(
        "</span>", ""
    )


def test_with_one_person_there_is_nothing_to_ask(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school, people=[IFE])
    assert _new(sign_in(cast.staff), case, received()).status_code == 302
    assert [row.person for row in Request.objects.get().about.all()] == _people(case)


def test_people_of_another_case_cannot_be_asked_about(cast, sign_in, case):
    other = a_case(by=cast.staff, organisation=cast.school, people=[TAYO])
    typed = received(about=[its_person(other).public_id])
    page = _new(sign_in(cast.staff), case, typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["about"])


def test_somebody_new_is_added_to_the_request_and_its_case(cast, sign_in, case):
    asked = a_request(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    url = f"/cases/{case.public_id}/people/new/?request={asked.public_id}"
    typed = a_person(name="Grace Okoro", age="adult", part="relative")
    assert client.post(url, typed).url == _url(asked)
    assert [row.person.name for row in asked.about.order_by("id")] == [
        "Ife Adeyemi",
        "Tayo Adeyemi",
        "Grace Okoro",
    ]
    assert case.parts.count() == 3


def test_a_person_is_not_added_to_a_request_of_another_case(cast, sign_in, case):
    other = a_case(by=cast.staff, organisation=cast.school, people=[IFE])
    asked = a_request(case=other, by=cast.staff)
    client = sign_in(cast.staff)
    for public_id in (asked.public_id, "A" * 22):
        url = f"/cases/{case.public_id}/people/new/?request={public_id}"
        assert client.post(url, a_person(part="other")).status_code == 404
    assert case.parts.count() == 2


def test_a_draft_begins_with_the_people_of_the_request(cast, sign_in, case):
    _ife, tayo = _people(case)
    _new(sign_in(cast.staff), case, received(about=[tayo.public_id]))
    draft = a_draft(case=case, by=cast.staff, request=Request.objects.get())
    material = material_of(draft, shipped("statutory-2024"), timezone.localdate())
    assert [part.person for part in material.chosen] == [tayo]


# Law and entitlement


def test_the_law_they_rely_on_is_recorded_and_shown(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school, people=[IFE])
    client = sign_in(cast.staff)
    typed = received(legal_power_kind="court_order", legal_power="")
    assert list(_new(client, case, typed).context["form"].errors) == ["legal_power"]
    typed = received(legal_power_kind="court_order", legal_power="Leeds, 3 March 2026")
    assert _new(client, case, typed).status_code == 302
    page = client.get(_url(Request.objects.get()))
    assert {
        "key": "Law or order they rely on",
        "value": "A court order: Leeds, 3 March 2026",
    } in page.context["asked_rows"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"entitled": ""}, ["entitled"]),
        ({"entitled": "", "identity": "failed", "entitlement": ""}, []),
        ({"entitled": "yes", "entitlement": ""}, ["entitlement"]),
        ({"entitled": "no", "entitlement": ""}, ["entitlement"]),
        ({"entitled": "not_known", "entitlement": ""}, []),
        ({"entitled": "no", "entitlement": "No longer her social worker"}, []),
    ],
)
def test_who_somebody_is_and_whether_they_may_have_it_are_two_questions(
    cast, sign_in, case, changes, wrong
):
    asked = a_request(case=case, by=cast.staff, received=True, identity="not_verified")
    page = sign_in(cast.staff).post(_url(asked, "identity/"), checked(**changes))
    if wrong:
        assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
        return
    asked.refresh_from_db()
    assert asked.entitled == changes["entitled"]


# Corrections


def test_a_correction_keeps_what_stood_there_with_the_reason(cast, sign_in, case):
    asked = a_request(case=case, by=cast.staff)
    ife, tayo = _people(case)
    client = sign_in(cast.staff)
    shown = client.get(_url(asked, "correct/"))
    assert shown.context["form"]["purpose"].value() == "To decide what help is needed"
    assert shown.context["form"]["about"].value() == [ife.public_id, tayo.public_id]
    typed = _correction(
        asked,
        asked_for="What was seen and said, with dates",
        purpose="Housing",
        happened_time="",
        about=[tayo.public_id],
    )
    done = client.post(_url(asked, "correct/"), typed)
    assert (done.status_code, done.url) == (302, _url(asked))
    page = client.get(_url(asked))
    [card] = page.context["corrections"]
    assert card["rows"][1:] == [
        {"key": "Why", "value": "I misheard the name"},
        {"key": "About", "lines": ["Before: Ife Adeyemi, Tayo Adeyemi", "Now: Tayo Adeyemi"]},
        {"key": "Purpose", "lines": ["Before: To decide what help is needed", "Now: Housing"]},
    ]
    entry = Entry.objects.filter(event="decisions.request_corrected").get()
    assert details_of([entry])[entry.seq]["reason"] == "I misheard the name"
    kept = asked.history.order_by("history_id").values_list("purpose", flat=True)
    assert list(kept) == ["To decide what help is needed", "Housing"]
    told = client.get(f"/cases/{case.public_id}/chronology/").context["entries"]
    assert ("Request corrected", "I misheard the name") in [
        (entry["title"], entry["text"]) for entry in told
    ]


def test_the_day_and_time_by_when_are_shown_again_and_corrected(cast, sign_in, case):
    until = datetime(2026, 12, 1, 17, 30, tzinfo=ZoneInfo("Europe/London"))
    asked = a_request(case=case, by=cast.staff, by_when=until)
    client = sign_in(cast.staff)
    form = client.get(_url(asked, "correct/")).context["form"]
    assert str(form["by_when_time"].value()).startswith("17:30")
    typed = _correction(asked, **day("by_when_on", date(2026, 12, 2)), by_when_time="9am")
    assert client.post(_url(asked, "correct/"), typed).status_code == 302
    asked.refresh_from_db()
    assert asked.by_when == datetime(2026, 12, 2, 9, 0, tzinfo=ZoneInfo("Europe/London"))


def test_nothing_changed_is_no_correction(cast, sign_in, case):
    asked = a_request(case=case, by=cast.staff)
    typed = _correction(
        asked,
        asked_for=asked.asked_for,
        purpose=asked.purpose,
        happened_time="",
    )
    page = sign_in(cast.staff).post(_url(asked, "correct/"), typed)
    assert page.status_code == 422
    assert "Nothing was changed." in _text(page)
    assert not RequestCorrection.objects.exists()


def test_a_correction_needs_its_reason_and_loses_nothing_typed(cast, sign_in, case):
    asked = a_request(case=case, by=cast.staff, received=True)
    page = sign_in(cast.staff).post(
        _url(asked, "correct/"), _correction(asked, reason="", requester_name="Jo Harte")
    )
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    assert "Jo Harte" in _text(page)


def test_a_correction_does_not_touch_the_check_of_who_asks(cast, sign_in, case):
    asked = a_request(case=case, by=cast.staff, received=True)
    client = sign_in(cast.staff)
    typed = _correction(asked, identity="failed", origin="own_initiative")
    assert client.post(_url(asked, "correct/"), typed).status_code == 302
    asked.refresh_from_db()
    assert (asked.identity, asked.origin) == ("verified", "received")


def test_what_was_signed_stays_as_it_was(cast, sign_in, case):
    version = a_signed_decision(case=case, by=cast.dsl)
    asked, before = version.decision.request, version.body
    sign_in(cast.dsl).post(_url(asked, "correct/"), _correction(asked, purpose="Housing"))
    version.refresh_from_db()
    assert RequestCorrection.objects.count() == 1
    assert version.body == before


def test_whether_somebody_asked_cannot_be_turned_round(cast, case):
    from decisions.domain.requesting import Asked

    asked = a_request(case=case, by=cast.staff, received=True)
    with pytest.raises(UnableToRecord, match="cannot be changed"):
        correct_request(
            request=asked,
            asked=Asked(asked_for="x", purpose="y", happened_on=timezone.localdate()),
            requester=None,
            about=[],
            reason="x",
            by=cast.staff,
            at=timezone.now(),
        )


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_corrections_as_for_one(cast, sign_in, case, number):
    asked = a_request(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    for index in range(number):
        client.post(_url(asked, "correct/"), _correction(asked, purpose=f"Purpose {index}"))
    client.get(_url(asked))
    with statements(11):
        page = client.get(_url(asked))
    assert len(page.context["corrections"]) == number
