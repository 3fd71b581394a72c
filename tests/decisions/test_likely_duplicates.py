"""Likely duplicates are pointed out before anything is saved, and nothing typed is lost."""

from datetime import date

import pytest
from django.utils import timezone

from decisions.models import Request
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.cases.models import Case, Person
from tests.casefile.typed import a_new_case, a_person, day, own, received
from tests.counting import statements
from tests.factories import a_case, a_request, its_person

URL = "/requests/new/?origin="
BORN = date(2014, 5, 1)
IFE = NewPerson(name="Ife Adeyemi", born=BORN)


def _typed(**changes):
    return (
        a_new_case(name="Adeyemi, Ifé", age="born")
        | day("born", BORN)
        | own(asked_for="A second bruise")
        | changes
    )


def _choices(page, name="same"):
    return [value for value, _ in page.context["form"].fields[name].choices]


@pytest.fixture
def known(cast):
    return a_case(by=cast.staff, organisation=cast.school, people=[IFE])


def test_somebody_like_one_who_is_known_is_asked_about_and_nothing_typed_is_lost(
    cast, sign_in, known
):
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed())
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["same"])
    person = its_person(known)
    assert _choices(page) == [
        person.public_id,
        f"{person.public_id}:{known.public_id}",
        "nobody",
    ]
    body = page.content.decode()
    for kept in ("Adeyemi, Ifé", "A second bruise", "Bruises on both arms, seen in PE."):
        assert kept in body
    assert "The same date of birth and the same name." in body
    assert "checked" not in body.split('name="same"')[1].split('name="name"')[0]
    assert (Case.objects.count(), Person.objects.count(), Request.objects.count()) == (1, 1, 0)


def test_a_new_matter_about_a_known_child_needs_no_second_person(cast, sign_in, known):
    person = its_person(known)
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed(same=person.public_id))
    request = Request.objects.get()
    assert page.url == f"/requests/{request.public_id}/"
    assert request.case != known
    assert its_person(request.case) == person
    assert [row.person for row in request.about.all()] == [person]
    assert Person.objects.count() == 1


def test_the_request_can_be_recorded_in_the_case_that_is_there(cast, sign_in, known):
    person = its_person(known)
    same = f"{person.public_id}:{known.public_id}"
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed(same=same))
    request = Request.objects.get()
    assert page.status_code == 302
    assert (request.case, Case.objects.count()) == (known, 1)
    assert request.background == "Bruises on both arms, seen in PE."


def test_somebody_else_of_the_same_name_is_recorded_anew(cast, sign_in, known):
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed(same="nobody"))
    assert page.status_code == 302
    assert (Case.objects.count(), Person.objects.count()) == (2, 2)


def test_keeping_somebody_from_a_case_that_is_there_is_done_on_its_own_page(cast, sign_in, known):
    same = f"{its_person(known).public_id}:{known.public_id}"
    typed = _typed(same=same, keep_from=[cast.head.public_id])
    page = sign_in(cast.staff).post(f"{URL}own_initiative", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["keep_from"])
    assert Request.objects.count() == 0


@pytest.mark.parametrize("same", ["x", "x:y", "AAAAAAAAAAAAAAAAAAAAAA", "nobody:x"])
def test_a_forged_answer_is_asked_again(cast, sign_in, known, same):
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed(same=same))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["same"])
    assert Case.objects.count() == 1


def test_a_person_cannot_be_forged_with_the_case_of_another(cast, sign_in, known):
    other = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[NewPerson(name="Tayo Okoro", age_band="under_16")],
    )
    forged = f"{its_person(known).public_id}:{other.public_id}"
    page = sign_in(cast.staff).post(f"{URL}own_initiative", _typed(same=forged))
    assert page.status_code == 422
    assert Request.objects.count() == 0


@pytest.mark.parametrize("state", ["another's", "kept from", "restricted", "elsewhere"])
@pytest.mark.parametrize("where", ["request", "case", "person"])
def test_nobody_learns_of_people_in_cases_they_may_not_see(cast, sign_in, state, where):
    who = cast.staff if state == "another's" else cast.dsl
    place, opener = (
        (cast.other_school, cast.stranger) if state == "elsewhere" else (cast.school, cast.head)
    )
    hidden = a_case(by=opener, organisation=place, people=[IFE])
    if state == "kept from":
        exclude_from_case(
            case=hidden, user=who, reason="About him", by=cast.head, at=timezone.now()
        )
    if state == "restricted":
        restrict_case(case=hidden, by=cast.head, at=timezone.now())
    client = sign_in(who)
    typed = {"same": its_person(hidden).public_id} | _typed()
    if where == "request":
        page = client.post(f"{URL}own_initiative", typed)
    elif where == "case":
        page = client.post("/cases/new/", typed)
    else:
        case = a_case(by=who, organisation=cast.school, people=[])
        page = client.post(
            f"/cases/{case.public_id}/people/new/",
            a_person(name="Ife Adeyemi", age="born", part="subject") | day("born", BORN),
        )
    assert page.status_code == 302
    assert its_person(hidden).parts.count() == 1
    assert Person.objects.count() == 2


def test_the_dsl_is_asked_about_everybody_of_the_school_they_may_see(cast, sign_in, known):
    page = sign_in(cast.dsl).post(f"{URL}own_initiative", _typed())
    assert its_person(known).public_id in _choices(page)


def test_opening_a_case_uses_the_person_who_is_there(cast, sign_in, known):
    typed = a_new_case(name="ife adeyemi", age="born") | day("born", BORN)
    client = sign_in(cast.staff)
    page = client.post("/cases/new/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["same"])
    assert _choices(page) == [its_person(known).public_id, "nobody"]
    client.post("/cases/new/", typed | {"same": its_person(known).public_id})
    assert its_person(known).cases.count() == 2


def test_a_pupil_number_finds_somebody_under_another_name(cast, sign_in):
    known = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[NewPerson(name="Ife Cole", age_band="under_16", upn="B801200005001")],
    )
    typed = a_new_case(name="Femi Adeyemi", upn="b801 2000 05001") | own()
    page = sign_in(cast.staff).post(f"{URL}own_initiative", typed)
    assert its_person(known).public_id in _choices(page)


def test_a_wrong_pupil_number_is_refused_with_words(cast, sign_in):
    typed = a_new_case(upn="A801200005001") | own()
    page = sign_in(cast.staff).post(f"{URL}own_initiative", typed)
    [message] = page.context["form"].errors["upn"]
    assert message.startswith("The first letter does not fit the rest")


def test_somebody_in_several_cases_is_seen_only_through_those_one_may_see(cast, sign_in, known):
    person = its_person(known)
    hidden = a_case(
        by=cast.head, organisation=cast.school, people=[], known=[person], restricted=True
    )
    page = sign_in(cast.dsl).post(f"{URL}own_initiative", _typed())
    assert _choices(page) == [
        person.public_id,
        f"{person.public_id}:{known.public_id}",
        "nobody",
    ]
    assert hidden.spoken_reference not in page.content.decode()
    assert sign_in(cast.dsl).get(f"/cases/{hidden.public_id}/").status_code == 404


# Requests


def test_a_request_like_one_that_is_there_is_asked_about(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    client, url = sign_in(cast.staff), f"/cases/{case.public_id}/requests/new/?origin=received"
    assert client.post(url, received()).status_code == 302
    first = Request.objects.get()
    again = received(requester_name="hart, JO", purpose="an enquiry under Section 47.")
    page = client.post(url, again)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["again"])
    assert _choices(page, "again") == [first.public_id, "new"]
    assert "hart, JO" in page.content.decode()
    there = client.post(url, again | {"again": first.public_id}, follow=True)
    assert there.redirect_chain[-1][0] == f"/requests/{first.public_id}/"
    assert "Nothing new was recorded" in there.content.decode()
    assert Request.objects.count() == 1
    assert client.post(url, again | {"again": "new"}).status_code == 302
    assert Request.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"requester_name": "Sam Cole"},
        {"purpose": "Housing", "asked_for": "Her address"},
    ],
)
def test_another_requester_or_another_purpose_is_another_request(cast, sign_in, changes):
    case = a_case(by=cast.staff, organisation=cast.school)
    client, url = sign_in(cast.staff), f"/cases/{case.public_id}/requests/new/?origin=received"
    client.post(url, received())
    assert client.post(url, received(**changes)).status_code == 302
    assert Request.objects.count() == 2


def test_a_new_matter_points_at_the_request_in_the_case_that_is_there(cast, sign_in, known):
    client = sign_in(cast.staff)
    client.post(f"/cases/{known.public_id}/requests/new/?origin=received", received())
    first = Request.objects.get()
    typed = a_new_case(name="Ife Adeyemi", age="born") | day("born", BORN) | received()
    page = client.post(f"{URL}received", typed)
    assert list(page.context["form"].errors) == ["again", "same"]
    assert _choices(page, "again") == [first.public_id, "new"]
    typed |= {"again": first.public_id, "same": "nobody"}
    assert client.post(f"{URL}received", typed).url == f"/requests/{first.public_id}/"
    assert (Case.objects.count(), Request.objects.count()) == (1, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_asking_costs_the_same_for_three_as_for_one(cast, sign_in, number):
    for _ in range(number):
        case = a_case(by=cast.staff, organisation=cast.school, people=[IFE])
        a_request(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    client.post(f"{URL}own_initiative", _typed())
    with statements(9):
        client.post(f"{URL}own_initiative", _typed())
