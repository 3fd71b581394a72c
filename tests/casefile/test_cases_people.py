"""People of a case: adding, joining, correcting, parental responsibility, judgements, access."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from infosharing.audit.models import Entry
from infosharing.casefile.presenters.cases import judgement_kind
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.cases.models import CasePerson, Judgement, Person, Responsibility
from tests.casefile.typed import a_person, capacity, competence, day
from tests.engines import some_on_postgres
from tests.factories import a_case, its_person
from tests.people import NAMES

NOW = timezone.now
CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")
ADULT = NewPerson(name="Grace Adeyemi", age_band="adult")


def _case(cast, *people, by="staff"):
    return a_case(by=getattr(cast, by), organisation=cast.school, people=people or (CHILD,))


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _text(page):
    return " ".join(page.content.decode().split())


# Adding


def test_somebody_new_is_added_with_their_part(cast, sign_in):
    case = _case(cast)
    answer = sign_in(cast.staff).post(
        _url(case, "people/new/"),
        a_person(name="Grace Adeyemi", part="relative", age="born")
        | day("born", date(1984, 2, 29)),
    )
    assert answer.headers["Location"] == _url(case)
    part = case.parts.get(person__name="Grace Adeyemi")
    assert (part.part, part.person.born, part.person.age_band) == (
        "relative",
        date(1984, 2, 29),
        "",
    )


def test_somebody_known_from_a_visible_case_is_offered_and_joined_not_doubled(cast, sign_in):
    other, case = _case(cast, ADULT), _case(cast)
    client, url = sign_in(cast.staff), _url(case, "people/new/")
    typed = a_person(name="grace adeyemi", part="relative", age="adult")
    page = client.post(url, typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["same"])
    known = its_person(other)
    assert [value for value, _ in page.context["form"].fields["same"].choices] == [
        known.public_id,
        "nobody",
    ]
    client.post(url, typed | {"same": known.public_id})
    assert set(case.parts.values_list("person", flat=True)) == {known.pk, its_person(case).pk}
    assert Person.objects.count() == 2


def test_somebody_of_the_same_name_can_be_somebody_else(cast, sign_in):
    _case(cast, ADULT)
    case = _case(cast)
    typed = a_person(name="Grace Adeyemi", part="relative", age="adult", same="nobody")
    assert sign_in(cast.staff).post(_url(case, "people/new/"), typed).status_code == 302
    assert Person.objects.filter(name="Grace Adeyemi").count() == 2


@pytest.mark.parametrize("state", ["another's", "kept from", "restricted", "elsewhere"])
def test_nobody_is_offered_from_a_case_one_may_not_see(cast, sign_in, state):
    who = cast.staff if state == "another's" else cast.dsl
    place, opener = (
        (cast.other_school, "stranger") if state == "elsewhere" else (cast.school, "head")
    )
    hidden = a_case(by=getattr(cast, opener), organisation=place, people=[ADULT])
    if state == "kept from":
        exclude_from_case(case=hidden, user=who, reason="About him", by=cast.head, at=NOW())
    if state == "restricted":
        restrict_case(case=hidden, by=cast.head, at=NOW())
    case = _case(cast, by=who.username)
    client, url = sign_in(who), _url(case, "people/new/")
    forced = a_person(name="Grace Adeyemi", part="other", same=its_person(hidden).public_id)
    assert client.post(url, forced).status_code == 302
    assert CasePerson.objects.filter(person=its_person(hidden)).count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "\x00"}, ["name"]),
        ({"name": "x" * 201}, ["name"]),
        ({"part": ""}, ["part"]),
        ({"age": ""}, ["age"]),
        ({"age": "born"}, ["born"]),
        ({"age": "born"} | day("born", date(2999, 1, 1)), ["born"]),
    ],
)
def test_somebody_who_cannot_be_added_is_shown_again_as_typed(cast, sign_in, changes, wrong):
    case = _case(cast)
    page = sign_in(cast.staff).post(
        _url(case, "people/new/"), a_person(part="other", preferred_name="Kept so") | changes
    )
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert "Kept so" in _text(page)
    assert case.parts.count() == 1


# Correcting


def test_details_are_corrected_with_a_reason_and_the_earlier_ones_stay(cast, sign_in):
    case = _case(cast)
    person = its_person(case)
    url = _url(case, f"people/{person.public_id}/change/")
    client = sign_in(cast.staff)
    page = client.get(url)
    assert page.context["form"].initial["name"] == "Ife Adeyemi"
    typed = a_person(name="Ifé Adéyẹmí", age="born", reason="As on the register")
    answer = client.post(url, typed | day("born", date(2016, 5, 1)))
    assert answer.headers["Location"] == _url(case)
    person.refresh_from_db()
    assert (person.name, person.born, person.age_band) == ("Ifé Adéyẹmí", date(2016, 5, 1), "")
    versions = list(person.history.order_by("history_date", "history_id"))
    assert [one.name for one in versions] == ["Ife Adeyemi", "Ifé Adéyẹmí"]
    assert (versions[1].history_user, versions[1].history_change_reason) == (
        cast.staff,
        "As on the register",
    )


def test_details_are_not_corrected_without_a_reason(cast, sign_in):
    case = _case(cast)
    url = _url(case, f"people/{its_person(case).public_id}/change/")
    page = sign_in(cast.staff).post(url, a_person(name="Kept so"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    assert "Kept so" in _text(page)


def test_somebody_of_another_case_is_as_absent_as_nobody(cast, sign_in):
    case, other = _case(cast), _case(cast, ADULT)
    client = sign_in(cast.staff)
    foreign, nobody = its_person(other).public_id, "A" * 22
    for rest in (
        "people/{}/change/",
        "people/{}/responsibility/new/",
        "judgements/new/?person={}",
    ):
        hidden = client.get(_url(case, rest.format(foreign)))
        absent = client.get(_url(case, rest.format(nobody)))
        assert (hidden.status_code, hidden.content) == (404, absent.content)


# Parental responsibility


def test_who_holds_parental_responsibility_is_recorded_with_how_it_is_known(cast, sign_in):
    case = _case(cast)
    url = _url(case, f"people/{its_person(case).public_id}/responsibility/new/")
    client = sign_in(cast.staff)
    assert b"checked>" not in client.get(url).content
    wrong = client.post(url, {"relationship": "grandmother"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["holder", "holds"])
    client.post(
        url,
        {
            "holder": "Grace Adeyemi",
            "relationship": "mother",
            "holds": "yes",
            "evidence": "Birth certificate",
        },
    )
    held = Responsibility.objects.get()
    assert (held.holder, held.holds, held.person) == ("Grace Adeyemi", "yes", its_person(case))
    assert "Grace Adeyemi, mother: yes" in _text(client.get(_url(case)))


# Judging


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ({"age_band": "under_16"}, "competence"),
        ({"age_band": "16_or_17"}, "capacity"),
        ({"age_band": "adult"}, "capacity"),
        ({"age_band": "unborn"}, None),
        ({"born": date(2010, 11, 23)}, "competence"),
        ({"born": date(2010, 11, 22)}, "capacity"),
    ],
)
def test_what_is_judged_follows_age(person, kind):
    assert judgement_kind(Person(name="Bo", **person), date(2026, 11, 22)) == kind


def test_competence_is_recorded_with_each_answer_for_itself(cast, sign_in):
    case = _case(cast)
    url = _url(case, f"judgements/new/?person={its_person(case).public_id}")
    client = sign_in(cast.dsl)
    assert b"checked>" not in client.get(url).content
    assert client.post(url, competence(own_view="no")).headers["Location"] == _url(case)
    judgement = Judgement.objects.get()
    assert (judgement.kind, judgement.able, judgement.matter) == (
        "competence",
        True,
        "Whether we tell her GP",
    )
    assert (judgement.understands, judgement.own_view, judgement.impairment) == (True, False, None)
    assert judgement.reasons == "She said what would follow either way"


def test_capacity_is_recorded_with_each_answer_of_the_test(cast, sign_in):
    case = _case(cast, ADULT)
    url = _url(case, f"judgements/new/?person={its_person(case).public_id}")
    sign_in(cast.dsl).post(url, capacity())
    judgement = Judgement.objects.get()
    assert (judgement.kind, judgement.able) == ("capacity", False)
    assert [
        (judgement.understands, judgement.retains, judgement.weighs, judgement.communicates),
        (judgement.impairment, judgement.impairment_what, judgement.because_of_impairment),
        (judgement.support, judgement.own_view),
    ] == [
        (True, False, True, True),
        (True, "Dementia", True),
        ("Plain words and pictures", None),
    ]
    assert judgement.reasons == "After two minutes she did not know what was asked"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"able": "yes"}, ["able"]),
        ({"retains": "yes"}, ["able"]),
        ({"retains": "yes", "able": "yes"}, []),
        ({"impairment": "no"}, ["able"]),
        ({"impairment": "no", "able": "yes"}, []),
        ({"because_of_impairment": "no"}, ["able"]),
        ({"because_of_impairment": "no", "able": "yes"}, []),
        ({"impairment": "yes", "impairment_what": ""}, ["impairment_what"]),
        ({"able": ""}, ["able"]),
        ({"support": ""}, ["support"]),
        ({"weighs": ""}, ["weighs"]),
    ],
)
def test_capacity_is_judged_only_as_its_own_answers_carry_it(cast, sign_in, changes, wrong):
    case = _case(cast, ADULT)
    url = _url(case, f"judgements/new/?person={its_person(case).public_id}")
    page = sign_in(cast.dsl).post(url, capacity(**changes))
    if wrong:
        assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
        assert "Whether we tell her GP" in _text(page)
    assert Judgement.objects.count() == (0 if wrong else 1)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"matter": ""}, ["matter"]),
        ({"able": ""}, ["able"]),
        ({"understands": ""}, ["understands"]),
        ({"why": "\x00"}, ["why"]),
        ({"judged_by": ""}, ["judged_by"]),
        (day("judged_on", timezone.localdate() + timedelta(days=1)), ["judged_on"]),
    ],
)
def test_competence_that_cannot_be_recorded_is_shown_again(cast, sign_in, changes, wrong):
    case = _case(cast)
    url = _url(case, f"judgements/new/?person={its_person(case).public_id}")
    page = sign_in(cast.dsl).post(url, competence() | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert Judgement.objects.count() == 0


def test_without_a_person_the_page_asks_who_was_judged(cast, sign_in):
    unborn = NewPerson(name="Baby Adeyemi", age_band="unborn")
    case = _case(cast, CHILD, unborn)
    client = sign_in(cast.dsl)
    page = client.get(_url(case, "judgements/new/"))
    assert [one["name"] for one in page.context["people"]] == ["Ife Adeyemi"]
    baby = Person.objects.get(name="Baby Adeyemi").public_id
    answer = client.get(_url(case, f"judgements/new/?person={baby}"))
    assert answer.headers["Location"] == _url(case)


# Who may

CHANGING = ("people/new/", "people/{}/change/", "people/{}/responsibility/new/", "judgements/new/")


@pytest.mark.parametrize("who", some_on_postgres(list(NAMES), 3))
@pytest.mark.parametrize("rest", ["", "access/", *CHANGING])
def test_who_opens_which_page(cast, sign_in, who, rest):
    case = _case(cast)
    status = (
        sign_in(getattr(cast, who))
        .get(_url(case, rest.format(its_person(case).public_id)))
        .status_code
    )
    if who == "admin" or (who == "auditor" and rest in CHANGING):
        assert status == 403
    elif who in ("stranger", "colleague", "manager"):
        assert status == 404
    else:
        assert status == 200


@pytest.mark.parametrize("who", ["auditor", "admin", "stranger", "colleague"])
def test_somebody_who_may_not_changes_nothing(cast, sign_in, who):
    case = _case(cast)
    client, person = sign_in(getattr(cast, who)), its_person(case).public_id
    before = Entry.objects.exclude(event="access.refused").count()
    client.post(_url(case, "people/new/"), a_person(part="other"))
    client.post(_url(case, f"people/{person}/change/"), a_person(name="X", reason="x"))
    client.post(_url(case, f"people/{person}/responsibility/new/"), {"holder": "X", "holds": "yes"})
    client.post(_url(case, f"judgements/new/?person={person}"), competence())
    typed = {"do": "name", "name-user": cast.colleague.public_id, "name-reason": "x"}
    client.post(_url(case, "access/"), typed)
    assert Entry.objects.exclude(event="access.refused").count() == before


def test_an_auditor_is_told_why_not(cast, sign_in):
    page = sign_in(cast.auditor).post(
        _url(_case(cast), "access/"), {"do": "name", "name-reason": "x"}
    )
    assert page.status_code == 403
    assert "You can read this case but not change it." in _text(page)


@pytest.mark.parametrize("rest", ["", "access/", *CHANGING])
def test_absent_and_invisible_are_the_same_bytes(cast, sign_in, rest):
    case = _case(cast)
    exclude_from_case(case=case, user=cast.dsl, reason="About her", by=cast.staff, at=NOW())
    rest = rest.format(its_person(case).public_id)
    for who in ("stranger", "colleague", "dsl"):
        client = sign_in(getattr(cast, who))
        hidden, absent = client.get(_url(case, rest)), client.get(f"/cases/{'A' * 22}/{rest}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("rest", ["access/", *CHANGING])
def test_other_methods_are_refused(cast, sign_in, rest, method):
    case = _case(cast)
    url = _url(case, rest.format(its_person(case).public_id))
    assert getattr(sign_in(cast.staff), method)(url).status_code == 405
