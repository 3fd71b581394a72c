"""After an emergency: is this somebody, or something, you already know? Links, never deletions."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions.domain.recognising import UnableToLink, recognise, say_same_request
from decisions.models import Decision, Draft, Request, SignedVersion
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.cases.domain.recognising import UnableToRecognise, say_different, say_same
from infosharing.cases.models import Case, Person, SamePerson
from tests.counting import statements
from tests.decisions.test_emergency import PAGE, TYPED
from tests.factories import a_case, a_consent, a_protection, a_request, its_person

IFE = NewPerson(name="Ife Adeyemi", born=date(2014, 5, 1))
NOW = timezone.now


@pytest.fixture
def known(cast):
    return a_case(by=cast.staff, organisation=cast.school, people=[IFE])


def _emergency(client, **changes):
    """Signed at once about somebody new; where it leads."""
    return client.post(PAGE, TYPED | {"who": "new", "name": "Ife Adeyemi"} | changes)


def _text(page):
    return " ".join(page.content.decode().split())


def _newest():
    return Decision.objects.latest("id")


def _double(decision):
    return decision.case.parts.get(person__added_at=decision.case.opened_at).person


def _answer(client, decision, answer, **more):
    url = f"/decisions/{decision.public_id}/known/"
    return client.post(url, {f"person_{_double(decision).public_id}": answer} | more)


# Pointing out


def test_the_emergency_page_never_asks_first_and_the_page_after_it_does(cast, sign_in, known):
    client = sign_in(cast.staff)
    page = _emergency(client)
    decision = _newest()
    assert (page.status_code, page.url) == (302, f"/decisions/{decision.public_id}/known/")
    assert decision.version is not None
    asked = client.get(page.url)
    assert "Signed. Now tell them." in _text(asked)
    assert "tell them first" in _text(asked)
    field = asked.context["form"].fields[f"person_{_double(decision).public_id}"]
    assert [value for value, _words in field.choices] == [its_person(known).public_id, "new"]
    assert field.label == "Is Ife Adeyemi somebody you already know?"
    assert " checked" not in asked.content.decode()
    assert "Ife" not in asked.content.decode().split("</title>")[0]


def test_without_anybody_like_them_the_decision_follows_at_once(cast, sign_in, known):
    client = sign_in(cast.staff)
    page = _emergency(client, name="Bo Cole")
    decision = _newest()
    assert page.url == f"/decisions/{decision.public_id}/"
    later = client.get(f"/decisions/{decision.public_id}/known/")
    assert (later.status_code, later.url) == (302, f"/decisions/{decision.public_id}/")


def test_the_list_of_what_to_write_up_points_it_out_until_it_is_answered(cast, sign_in, known):
    client = sign_in(cast.staff)
    _emergency(client)
    decision = _newest()
    write_up = f"/decisions/{decision.public_id}/write-up/"
    assert "Is this somebody you already know?" in _text(client.get(write_up))
    _answer(client, decision, "new")
    assert "Is this somebody you already know?" not in _text(client.get(write_up))


def test_an_answer_is_needed_and_only_one_that_is_offered_counts(cast, sign_in, known):
    stranger = a_case(by=cast.stranger, organisation=cast.other_school, people=[IFE])
    client = sign_in(cast.staff)
    _emergency(client)
    for answer in ("", its_person(stranger).public_id, "A" * 22):
        page = _answer(client, _newest(), answer)
        assert page.status_code == 422
        assert len(page.context["form"].error_summary()) == 1
    assert not SamePerson.objects.exists()


# Yes


def test_yes_makes_the_case_about_the_known_person_and_leaves_what_was_signed_as_it_was(
    cast, sign_in, known
):
    client, person = sign_in(cast.staff), its_person(known)
    a_protection(case=known, by=cast.staff)
    _emergency(client)
    decision, double = _newest(), _double(_newest())
    body, digest = decision.version.body, decision.version.digest
    rows = Person.objects.count()
    assert _answer(client, decision, person.public_id).url == f"/decisions/{decision.public_id}/"
    version = SignedVersion.objects.get(decision=decision)
    assert (version.body, version.digest) == (body, digest)
    assert Person.objects.count() == rows
    parts = {part.person: part.part for part in decision.case.parts.all()}
    assert parts == {person: "subject", double: "double"}
    cards = client.get(f"/cases/{decision.case.public_id}/").context["people"]
    first, second = ({row["key"]: row.get("value") for row in card["rows"]} for card in cards)
    assert first["Also recorded as"].startswith("Ife Adeyemi, Under 16")
    assert second["The same as"] == "Ife Adeyemi"
    assert second["Part in the case"] == "The same person, recorded a second time"
    assert cards[0]["protections"]
    told = client.get(f"/cases/{decision.case.public_id}/chronology/").context["entries"]
    assert ("Said to be one person", "Sam Okafor") in [(one["title"], one["by"]) for one in told]
    events = Entry.objects.filter(event__endswith="_said", case_id=decision.case.public_id)
    assert [one.event for one in events] == ["cases.same_person_said"]
    history = client.get(f"/cases/{decision.case.public_id}/history/").content.decode()
    assert "The same person, recorded a second time" in history


def test_the_write_up_begins_with_the_known_person_and_their_age(cast, sign_in, known):
    client, person = sign_in(cast.staff), its_person(known)
    _emergency(client)
    decision = _newest()
    _answer(client, decision, person.public_id)
    client.post(f"/decisions/{decision.public_id}/write-up/")
    draft = Draft.objects.get(decision=decision, closed_at=None)
    assert draft.pages.get(page="people").typed["people"] == [person.public_id]
    assert draft.pages.get(page="item").typed["about"] == [person.public_id]
    check = _text(client.get(f"/drafts/{draft.public_id}/check/"))
    assert "(born 1 May 2014)" in check
    signed = decision.version.draft.pages.get(page="people").typed["people"]
    assert signed == [_double(decision).public_id]


def test_what_was_recorded_of_either_row_stays_with_it(cast, sign_in, known):
    client = sign_in(cast.staff)
    _emergency(client)
    decision = _newest()
    consent = a_consent(case=decision.case, by=cast.staff)
    _answer(client, decision, its_person(known).public_id)
    consent.refresh_from_db()
    assert consent.person == _double(decision)
    assert client.get(f"/consents/{consent.public_id}/").status_code == 200
    assert Request.objects.latest("id").about.count() == 2


# No


def test_no_keeps_two_people_and_is_not_asked_again(cast, sign_in, known):
    client = sign_in(cast.staff)
    _emergency(client)
    decision = _newest()
    _answer(client, decision, "new")
    said = SamePerson.objects.get()
    assert (said.same, said.known, said.said_by) == (False, its_person(known), cast.staff)
    assert [part.part for part in decision.case.parts.all()] == ["subject"]
    page = client.get(f"/decisions/{decision.public_id}/known/")
    assert page.status_code == 302
    # Who was compared belongs to another case, and is not named in this one.
    told = client.get(f"/cases/{decision.case.public_id}/chronology/").content.decode()
    assert "Said to be two people" not in told


# Requests


def test_a_request_recorded_already_is_pointed_out_and_linked_both_ways(cast, sign_in, known):
    client = sign_in(cast.staff)
    _emergency(client, who=known.public_id)
    first = Request.objects.latest("id")
    page = _emergency(client, who=known.public_id)
    second, decision = Request.objects.latest("id"), _newest()
    assert page.url == f"/decisions/{decision.public_id}/known/"
    asked = client.get(page.url).context["form"]
    assert [value for value, _words in asked.fields["request"].choices] == [first.public_id, "new"]
    done = client.post(page.url, {"request": first.public_id})
    assert done.status_code == 302
    for one, other in ((first, second), (second, first)):
        rows = client.get(f"/requests/{one.public_id}/").context["asked_rows"]
        [row] = [row for row in rows if row["key"] == "The same as"]
        assert row["change_url"] == f"/requests/{other.public_id}/"
        assert "as Sam Okafor said" in row["value"]
    told = client.get(f"/cases/{known.public_id}/chronology/").context["entries"]
    assert "Said to be the same request" in [one["title"] for one in told]


def test_another_request_is_not_asked_about_again(cast, sign_in, known):
    client = sign_in(cast.staff)
    _emergency(client, who=known.public_id)
    page = _emergency(client, who=known.public_id)
    client.post(page.url, {"request": "new"})
    assert client.get(page.url).status_code == 302
    rows = client.get(f"/requests/{Request.objects.latest('id').public_id}/").context["asked_rows"]
    assert "The same as" not in [row["key"] for row in rows]


def test_a_request_one_does_not_see_is_not_linked_or_named(cast, sign_in, known):
    hidden = a_case(by=cast.dsl, organisation=cast.school, keep_from=[cast.staff])
    theirs = a_request(case=hidden, by=cast.dsl)
    mine = a_request(case=known, by=cast.staff)
    with pytest.raises(UnableToLink):
        say_same_request(request=mine, known=theirs, same=True, by=cast.staff, at=NOW())
    with pytest.raises(UnableToLink):
        say_same_request(request=mine, known=mine, same=True, by=cast.staff, at=NOW())
    with pytest.raises(PermissionDenied):
        say_same_request(request=mine, known=theirs, same=True, by=cast.auditor, at=NOW())
    say_same_request(request=mine, known=theirs, same=True, by=cast.dsl, at=NOW())
    page = sign_in(cast.staff).get(f"/requests/{mine.public_id}/")
    assert theirs.spoken_reference not in _text(page)
    assert theirs.spoken_reference in _text(sign_in(cast.dsl).get(f"/requests/{mine.public_id}/"))


# Who is never pointed at


@pytest.mark.parametrize("how", ["restricted", "excluded", "another's", "another school"])
def test_nobody_of_a_case_one_does_not_see_is_ever_pointed_at(cast, sign_in, how):
    by, place = (
        (cast.dsl, cast.school)
        if how != "another school"
        else (
            cast.stranger,
            cast.other_school,
        )
    )
    hidden = a_case(by=by, organisation=place, people=[IFE])
    if how == "restricted":
        restrict_case(case=hidden, by=cast.dsl, at=NOW())
    if how == "excluded":
        exclude_from_case(case=hidden, user=cast.staff, reason="Kin", by=cast.dsl, at=NOW())
    client = sign_in(cast.staff)
    page = _emergency(client)
    decision = _newest()
    assert page.url == f"/decisions/{decision.public_id}/"
    write_up = _text(client.get(f"/decisions/{decision.public_id}/write-up/"))
    assert "already know" not in write_up
    case, double = decision.case, _double(decision)
    same = f"/cases/{case.public_id}/people/{double.public_id}/same/"
    assert client.get(same).status_code == 302
    with pytest.raises(PermissionDenied):
        say_same(case=case, person=double, known=its_person(hidden), by=cast.staff, at=NOW())
    with pytest.raises(PermissionDenied):
        say_different(case=case, person=double, known=its_person(hidden), by=cast.staff, at=NOW())
    assert not SamePerson.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "stranger", "auditor"])
def test_others_answer_nothing(cast, sign_in, known, who):
    _emergency(sign_in(cast.staff))
    decision = _newest()
    page = _answer(sign_in(getattr(cast, who)), decision, its_person(known).public_id)
    assert page.status_code == (403 if who == "auditor" else 404)
    assert not SamePerson.objects.exists()


# Found out later


def _twice(cast):
    """One child in two cases of the same author, recorded twice."""
    cases = [a_case(by=cast.staff, organisation=cast.school, people=[IFE]) for _ in range(2)]
    return cases[0], its_person(cases[0]), its_person(cases[1])


def _same_url(case, person):
    return f"/cases/{case.public_id}/people/{person.public_id}/same/"


def test_two_rows_found_out_later_are_linked_and_taken_apart_again_with_reasons(cast, sign_in):
    case, person, known = _twice(cast)
    client = sign_in(cast.staff)
    page = client.get(_same_url(case, person))
    assert [value for value, _words in page.context["form"].fields["known"].choices] == [
        known.public_id
    ]
    wrong = client.post(_same_url(case, person), {"known": known.public_id, "why": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["why"])
    typed = {"known": known.public_id, "why": "The register"}
    assert client.post(_same_url(case, person), typed).status_code == 302
    cards = client.get(f"/cases/{case.public_id}/").context["people"]
    assert {row["key"]: row.get("value") for row in cards[1]["rows"]}["The same as"] == (
        "Ife Adeyemi. The register"
    )
    again = client.get(_same_url(case, person))
    assert again.context["heading"] == "Two people after all"
    client.post(_same_url(case, person), {"why": "Twins"})
    assert {part.part for part in case.parts.all()} == {"subject"}
    cards = client.get(f"/cases/{case.public_id}/").context["people"]
    assert not [row for card in cards for row in card["rows"] if row["key"] == "The same as"]
    told = client.get(f"/cases/{case.public_id}/chronology/").context["entries"]
    titles = [one["title"] for one in told]
    assert titles[-2:] == ["Said to be one person", "Said to be two people"]
    assert (Person.objects.count(), Case.objects.count()) == (2, 2)


def test_the_list_of_cases_names_them_once(cast, sign_in):
    case, person, known = _twice(cast)
    recognise(case=case, person=person, known=known, by=cast.staff, at=NOW())
    rows = sign_in(cast.staff).get("/cases/").context["rows"]
    assert [row[1] for row in rows] == ["Ife Adeyemi", "Ife Adeyemi"]


@pytest.mark.parametrize("wrong", ["itself", "not in the case", "another school", "twice"])
def test_what_cannot_be_said_is_refused_and_nothing_is_changed(cast, wrong):
    case, person, known = _twice(cast)
    given = {"case": case, "person": person, "known": known}
    if wrong == "itself":
        given["known"] = person
    if wrong == "not in the case":
        given["person"], given["known"] = known, person
        given["case"] = a_case(by=cast.staff, organisation=cast.school)
    if wrong == "another school":
        given["known"] = its_person(a_case(by=cast.stranger, organisation=cast.other_school))
    if wrong == "twice":
        say_same(**given, by=cast.staff, at=NOW())
    before = SamePerson.objects.count()
    error = PermissionDenied if wrong == "another school" else UnableToRecognise
    with pytest.raises(error):
        say_same(**given, by=cast.staff, at=NOW())
    assert SamePerson.objects.count() == before


def test_the_part_of_a_double_is_never_offered_to_choose(cast, sign_in, known):
    form = sign_in(cast.staff).get(f"/cases/{known.public_id}/people/new/").context["form"]
    assert [value for value, _words in form.fields["part"].choices] == [
        "subject",
        "relative",
        "other",
    ]


# Few questions to the database


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_as_often_for_three_like_them_as_for_one(cast, sign_in, number):
    for _ in range(number):
        a_case(by=cast.staff, organisation=cast.school, people=[IFE])
    client = sign_in(cast.staff)
    page = _emergency(client, who="new")
    write_up = f"/decisions/{_newest().public_id}/write-up/"
    client.get(write_up)
    with statements(14):
        client.get(write_up)
    with statements(10):
        client.get(page.url)
