"""What was said is asked first, and from it follows what there is to say."""

from datetime import date

import pytest
from django.utils import timezone

from consent.domain.recording import UnableToRecord
from consent.models import ConsentRecord
from infosharing.cases.domain.knowing import record_responsibility
from infosharing.cases.enums import Holds
from tests.casefile.typed import day, said, withdrawn
from tests.consent.with_consent import CHILD, DOUBTS, MOTHER, case_of, new_at, text_of
from tests.factories import a_consent, a_question, its_person

# What was said is asked first


def _offers(page):
    return [str(value) for value, _words in page.context["form"].fields["said"].choices]


def test_the_first_question_says_what_to_choose_from_and_keeps_nothing(cast, sign_in):
    case = case_of(cast)
    client = sign_in(cast.staff)
    page = client.get(new_at(case))
    assert _offers(page) == ["given", "limited", "refused", "to_ask", "not_asked"]
    assert b"checked>" not in page.content
    page = client.post(new_at(case), {})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["said"])
    assert b'href="#id_said"' in page.content
    page = client.post(new_at(case), said(status="perhaps", said="perhaps"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["said"])
    assert ConsentRecord.objects.count() == 0


def test_each_answer_leads_to_its_page_and_the_way_back_goes_with_it(cast, sign_in):
    case = case_of(cast)
    yes = a_consent(case=case, by=cast.staff)
    a_consent(case=case, by=cast.staff, status="refused")
    client = sign_in(cast.staff)
    person = its_person(case).public_id
    of_person = f"/cases/{case.public_id}/people/{person}/consent"
    asked = f"{new_at(case)}?person={person}&next=%2Frequests%2F"
    leads = {
        **{
            status: f"{new_at(case)}?next=%2Frequests%2F&person={person}&status={status}"
            for status in ("given", "limited", "refused")
        },
        f"withdrawn:{yes.public_id}": f"/consents/{yes.public_id}/withdraw/?next=%2Frequests%2F",
        "to_ask": f"{of_person}/ask/?next=%2Frequests%2F",
        "not_asked": f"{of_person}/not-asked/?next=%2Frequests%2F",
    }
    assert set(_offers(client.get(asked))) == set(leads)
    for choice, place in leads.items():
        assert client.post(asked, {"said": choice}).headers["Location"] == place
        assert client.get(place).status_code == 200
    answer = client.post(leads["refused"], said(status="refused"))
    assert answer.headers["Location"] == "/requests/"
    answer = client.post(
        leads["not_asked"],
        {"words": "It would warn him", **day("happened_on", date(2026, 1, 2)), "taken_by": "Sam"},
    )
    assert answer.headers["Location"] == "/requests/"
    answer = client.post(leads[f"withdrawn:{yes.public_id}"], withdrawn())
    assert answer.headers["Location"] == "/requests/"
    assert [one.removeprefix("withdrawn:") for one in _offers(client.get(asked))] == [
        *("given", "limited", "refused", "to_ask", "not_asked")
    ]


def test_the_yes_of_somebody_else_is_not_offered_to_be_taken_back(cast, sign_in):
    case = case_of(cast, (CHILD, MOTHER))
    a_consent(case=case, by=cast.staff)
    mother = case.parts.order_by("id")[1].person
    page = sign_in(cast.staff).get(new_at(case), {"person": mother.public_id})
    assert not [one for one in _offers(page) if one.startswith("withdrawn")]


def test_the_answer_to_a_question_is_a_yes_a_no_or_none(cast, sign_in):
    case = case_of(cast)
    a_consent(case=case, by=cast.staff)
    question = a_question(case=case, by=cast.staff)
    url = f"{new_at(case)}?answers={question.public_id}"
    client = sign_in(cast.staff)
    assert _offers(client.get(url)) == ["given", "limited", "refused", "no_answer"]
    place = client.post(url, {"said": "no_answer"}).headers["Location"]
    assert place == f"/consent-steps/{question.public_id}/no-answer/"
    place = client.post(url, {"said": "refused"}).headers["Location"]
    client.post(place, said(status="refused"))
    assert ConsentRecord.objects.get(status="refused").asked == question


def test_a_no_says_nothing_of_what_only_a_yes_is_asked(cast, sign_in):
    case = case_of(cast)
    client = sign_in(cast.staff)
    typed = said(status="refused", limits="x", continuing="yes") | day("until", date(2030, 1, 1))
    answer = client.post(new_at(case), typed)
    consent = ConsentRecord.objects.get()
    assert {name: getattr(consent, name) for name in DOUBTS} == dict.fromkeys(DOUBTS)
    assert (consent.until, consent.limits, consent.continuing) == (None, "", False)
    text = text_of(client.get(answer.headers["Location"]))
    assert "What they knew" not in text
    assert "For how long" not in text
    assert "No, they refused" in text


def test_a_yes_says_what_was_known(cast):
    case = case_of(cast)
    with pytest.raises(UnableToRecord):
        a_consent(case=case, by=cast.staff, understood=None)
    a_consent(case=case, by=cast.staff, status="refused", understood=None)


def test_with_several_people_the_page_asks_about_whom_and_keeps_the_way_back(cast, sign_in):
    case = case_of(cast, (CHILD, MOTHER))
    client = sign_in(cast.staff)
    page = client.get(new_at(case), {"next": "/requests/"})
    assert [one["name"] for one in page.context["people"]] == ["Ife Adeyemi", "Grace Adeyemi"]
    child = its_person(case).public_id
    url = f"{new_at(case)}?next=%2Frequests%2F&person={child}"
    assert page.context["people"][0]["url"] == url.removeprefix(new_at(case))
    answer = client.post(url, said(giver_person="somebody_else"))
    assert answer.headers["Location"] == "/requests/"


@pytest.mark.parametrize(
    "unsafe",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "/\x00//evil.example",
        " /requests/",
        "requests/",
    ],
)
def test_the_way_back_never_leaves_this_place(cast, sign_in, unsafe):
    case = case_of(cast)
    answer = sign_in(cast.staff).post(new_at(case), said(), query_params={"next": unsafe})
    assert answer.headers["Location"] == f"/consents/{ConsentRecord.objects.get().public_id}/"


def test_somebody_of_another_case_is_as_absent_as_nobody(cast, sign_in):
    case, other = case_of(cast), case_of(cast, (MOTHER,))
    client = sign_in(cast.staff)
    foreign = client.get(f"{new_at(case)}?person={its_person(other).public_id}")
    absent = client.get(f"{new_at(case)}?person={'A' * 22}")
    assert (foreign.status_code, foreign.content) == (404, absent.content)


def test_known_holders_of_parental_responsibility_are_shown_beside_the_question(cast, sign_in):
    case = case_of(cast)
    for holder, holds in (("Grace Adeyemi", Holds.YES), ("Uncle Tunde", Holds.NO)):
        record_responsibility(
            case=case,
            person=its_person(case),
            holder=holder,
            relationship="mother",
            holds=holds,
            evidence="",
            by=cast.staff,
            at=timezone.now(),
        )
    page = sign_in(cast.staff).get(new_at(case), {"status": "refused"})
    assert page.context["holders"] == ["Grace Adeyemi, mother"]
