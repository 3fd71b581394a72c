"""Recording a yes or no to sharing, reading it, and taking a yes back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent import timeline
from consent.domain.recording import UnableToRecord
from consent.models import ConsentRecord, Withdrawal
from decisions.facts import giver_of
from infosharing.audit.models import Entry
from infosharing.cases.domain.knowing import record_responsibility
from infosharing.cases.domain.opening import NewPerson, exclude_from_case
from infosharing.cases.enums import Holds, Part
from tests.casefile.typed import day, said, withdrawn
from tests.counting import statements
from tests.factories import a_case, a_consent, a_question, its_person
from tests.people import NAMES

CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")
MOTHER = NewPerson(name="Grace Adeyemi", age_band="adult", part=Part.RELATIVE)


def _case(cast, people=(CHILD,)):
    return a_case(by=cast.staff, organisation=cast.school, people=people)


def _new(case):
    return f"/cases/{case.public_id}/consents/new/"


def _text(page):
    return " ".join(page.content.decode().split())


# Recording


def test_a_parents_yes_is_recorded_with_everything_that_was_asked(cast, sign_in):
    case = _case(cast)
    answer = sign_in(cast.staff).post(_new(case), said() | day("until", date(2030, 1, 1)))
    consent = ConsentRecord.objects.get()
    assert answer.headers["Location"] == f"/consents/{consent.public_id}/"
    kept = {
        name: getattr(consent, name)
        for name in (
            "status",
            "said_on",
            "until",
            "given_by",
            "giver",
            "giver_person",
            "parental_responsibility",
            "authority_evidenced",
            "authority_evidence",
            "knows_what_happens",
            "knows_who_is_told",
            "knows_onward_sharing",
            "knows_why",
            "consequences_explained",
            "freely_given",
            "understood",
            "scope_purpose",
            "scope_recipients",
            "scope_information",
            "how",
            "taken_by",
            "evidence",
            "recorded_by",
            "person",
        )
    }
    assert kept == {
        "status": "given",
        "said_on": timezone.localdate() - timedelta(days=1),
        "until": date(2030, 1, 1),
        "given_by": "parent",
        "giver": "Grace Adeyemi",
        "giver_person": None,
        "parental_responsibility": True,
        "authority_evidenced": False,
        "authority_evidence": "",
        "knows_what_happens": True,
        "knows_who_is_told": True,
        "knows_onward_sharing": True,
        "knows_why": True,
        "consequences_explained": True,
        "freely_given": True,
        "understood": True,
        "scope_purpose": "To decide what help is needed",
        "scope_recipients": "Children’s social care",
        "scope_information": "What was seen and said",
        "how": "in_person",
        "taken_by": "Sam Okafor",
        "evidence": "She said: yes, tell them",
        "recorded_by": cast.staff,
        "person": its_person(case),
    }


DOUBTS = (
    "knows_what_happens",
    "knows_who_is_told",
    "knows_onward_sharing",
    "knows_why",
    "consequences_explained",
    "understood",
    "freely_given",
)


@pytest.mark.parametrize("doubt", DOUBTS)
def test_each_doubt_is_kept_as_it_was_answered(cast, sign_in, doubt):
    sign_in(cast.staff).post(_new(_case(cast)), said(**{doubt: "no"}))
    consent = ConsentRecord.objects.get()
    assert {name: getattr(consent, name) for name in DOUBTS} == {
        name: name != doubt for name in DOUBTS
    }


def test_what_a_child_says_is_said_by_the_child_and_needs_no_authority(cast, sign_in):
    case = _case(cast)
    typed = said(given_by="self", status="refused", giver="", authority_evidence="left over")
    del typed["parental_responsibility"], typed["authority_evidenced"]
    sign_in(cast.staff).post(_new(case), typed)
    consent = ConsentRecord.objects.get()
    assert (consent.giver, consent.status) == ("Ife Adeyemi", "refused")
    assert (consent.parental_responsibility, consent.authority_evidenced) == (False, False)
    assert consent.authority_evidence == ""
    assert giver_of(consent) == its_person(case).public_id


def test_somebody_of_the_case_is_the_giver_by_identity_not_by_spelling(cast, sign_in):
    case = _case(cast, (CHILD, MOTHER))
    child, mother = (part.person for part in case.parts.order_by("id"))
    url = f"{_new(case)}?person={child.public_id}"
    typed = said(giver_person=mother.public_id, giver="Mum")
    sign_in(cast.staff).post(url, typed)
    consent = ConsentRecord.objects.get()
    assert (consent.giver_person, consent.giver) == (mother, "Grace Adeyemi")
    assert giver_of(consent) == mother.public_id
    sign_in(cast.staff).post(url, typed | {"giver_person": "somebody_else", "giver": "Aunt Bo"})
    other = ConsentRecord.objects.get(giver="Aunt Bo")
    assert other.giver_person is None


@pytest.mark.parametrize("status", ["given", "limited", "refused"])
def test_nothing_is_answered_beforehand(cast, sign_in, status):
    page = sign_in(cast.staff).get(_new(_case(cast)), {"status": status})
    assert page.status_code == 200
    assert b"checked>" not in page.content
    assert page.context["form"].initial == {"taken_by": "Sam Okafor"}


# What the form for each answer asks, and what of it must be said, in page order.
SCOPE = ["scope_purpose", "scope_recipients", "scope_information"]
AUTHORITY = ["giver", "parental_responsibility", "authority_evidenced", "authority_evidence"]
ASKS = {
    "given": (
        ["said_on", "until", "continuing", "review_on", "given_by", *AUTHORITY, *SCOPE, *DOUBTS],
        ["said_on", "given_by", *SCOPE, *DOUBTS],
    ),
    "limited": (
        [
            "limits",
            *("said_on", "until", "continuing", "review_on", "given_by"),
            *AUTHORITY,
            *SCOPE,
            *DOUBTS,
        ],
        ["limits", "said_on", "given_by", *SCOPE, *DOUBTS],
    ),
    "refused": (["said_on", "given_by", *AUTHORITY, *SCOPE], ["said_on", "given_by", *SCOPE]),
}


@pytest.mark.parametrize("status", list(ASKS))
def test_each_answer_has_a_form_that_asks_what_belongs_to_it_and_names_what_it_needs(
    cast, sign_in, status
):
    asks, needs = ASKS[status]
    page = sign_in(cast.staff).post(_new(_case(cast)), {"status": status})
    assert page.status_code == 422
    assert list(page.context["form"].fields) == [*asks, "how", "taken_by", "evidence", "file"]
    names = [item.id.removeprefix("id_") for item in page.context["form"].error_summary()]
    assert names == [*needs, "how", "taken_by"]
    for name in names:
        assert f'href="#id_{name}"'.encode() in page.content
        assert f'id="id_{name}"'.encode() in page.content


WRONG = [
    (day("said_on", timezone.localdate() + timedelta(days=2)), ["said_on"]),
    (day("until", date(2020, 1, 1)), ["until"]),
    ({"giver": ""}, ["giver"]),
    ({"parental_responsibility": ""}, ["parental_responsibility"]),
    ({"authority_evidenced": ""}, ["authority_evidenced"]),
    ({"authority_evidenced": "yes"}, ["authority_evidence"]),
    ({"scope_purpose": "nul \x00"}, ["scope_purpose"]),
    ({"evidence": "x" * 10_001}, ["evidence"]),
    ({"taken_by": "x" * 201}, ["taken_by"]),
]


@pytest.mark.parametrize(("changes", "wrong"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast, sign_in, changes, wrong
):
    page = sign_in(cast.staff).post(_new(_case(cast)), said(scope_recipients="Kept so") | changes)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == wrong
    assert b"Kept so" in page.content
    assert ConsentRecord.objects.count() == 0


# What was said is asked first


def _offers(page):
    return [str(value) for value, _words in page.context["form"].fields["said"].choices]


def test_the_first_question_says_what_to_choose_from_and_keeps_nothing(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.staff)
    page = client.get(_new(case))
    assert _offers(page) == ["given", "limited", "refused", "to_ask", "not_asked"]
    assert b"checked>" not in page.content
    page = client.post(_new(case), {})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["said"])
    assert b'href="#id_said"' in page.content
    page = client.post(_new(case), said(status="perhaps", said="perhaps"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["said"])
    assert ConsentRecord.objects.count() == 0


def test_each_answer_leads_to_its_page_and_the_way_back_goes_with_it(cast, sign_in):
    case = _case(cast)
    yes = a_consent(case=case, by=cast.staff)
    a_consent(case=case, by=cast.staff, status="refused")
    client = sign_in(cast.staff)
    person = its_person(case).public_id
    of_person = f"/cases/{case.public_id}/people/{person}/consent"
    asked = f"{_new(case)}?person={person}&next=%2Frequests%2F"
    leads = {
        **{
            status: f"{_new(case)}?next=%2Frequests%2F&person={person}&status={status}"
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
    case = _case(cast, (CHILD, MOTHER))
    a_consent(case=case, by=cast.staff)
    mother = case.parts.order_by("id")[1].person
    page = sign_in(cast.staff).get(_new(case), {"person": mother.public_id})
    assert not [one for one in _offers(page) if one.startswith("withdrawn")]


def test_the_answer_to_a_question_is_a_yes_a_no_or_none(cast, sign_in):
    case = _case(cast)
    a_consent(case=case, by=cast.staff)
    question = a_question(case=case, by=cast.staff)
    url = f"{_new(case)}?answers={question.public_id}"
    client = sign_in(cast.staff)
    assert _offers(client.get(url)) == ["given", "limited", "refused", "no_answer"]
    place = client.post(url, {"said": "no_answer"}).headers["Location"]
    assert place == f"/consent-steps/{question.public_id}/no-answer/"
    place = client.post(url, {"said": "refused"}).headers["Location"]
    client.post(place, said(status="refused"))
    assert ConsentRecord.objects.get(status="refused").asked == question


def test_a_no_says_nothing_of_what_only_a_yes_is_asked(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.staff)
    typed = said(status="refused", limits="x", continuing="yes") | day("until", date(2030, 1, 1))
    answer = client.post(_new(case), typed)
    consent = ConsentRecord.objects.get()
    assert {name: getattr(consent, name) for name in DOUBTS} == dict.fromkeys(DOUBTS)
    assert (consent.until, consent.limits, consent.continuing) == (None, "", False)
    text = _text(client.get(answer.headers["Location"]))
    assert "What they knew" not in text
    assert "Holds until" not in text
    assert "No, they refused" in text


def test_a_yes_says_what_was_known(cast):
    case = _case(cast)
    with pytest.raises(UnableToRecord):
        a_consent(case=case, by=cast.staff, understood=None)
    a_consent(case=case, by=cast.staff, status="refused", understood=None)


def test_with_several_people_the_page_asks_about_whom_and_keeps_the_way_back(cast, sign_in):
    case = _case(cast, (CHILD, MOTHER))
    client = sign_in(cast.staff)
    page = client.get(_new(case), {"next": "/requests/"})
    assert [one["name"] for one in page.context["people"]] == ["Ife Adeyemi", "Grace Adeyemi"]
    child = its_person(case).public_id
    url = f"{_new(case)}?next=%2Frequests%2F&person={child}"
    assert page.context["people"][0]["url"] == url.removeprefix(_new(case))
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
    case = _case(cast)
    answer = sign_in(cast.staff).post(_new(case), said(), query_params={"next": unsafe})
    assert answer.headers["Location"] == f"/consents/{ConsentRecord.objects.get().public_id}/"


def test_somebody_of_another_case_is_as_absent_as_nobody(cast, sign_in):
    case, other = _case(cast), _case(cast, (MOTHER,))
    client = sign_in(cast.staff)
    foreign = client.get(f"{_new(case)}?person={its_person(other).public_id}")
    absent = client.get(f"{_new(case)}?person={'A' * 22}")
    assert (foreign.status_code, foreign.content) == (404, absent.content)


def test_known_holders_of_parental_responsibility_are_shown_beside_the_question(cast, sign_in):
    case = _case(cast)
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
    page = sign_in(cast.staff).get(_new(case), {"status": "refused"})
    assert page.context["holders"] == ["Grace Adeyemi, mother"]


# Reading and withdrawing


@pytest.mark.parametrize(
    ("changes", "tag", "offered"),
    [({}, "Agreed", True), ({"status": "refused"}, "Refused", False)],
)
def test_a_record_says_what_was_said_and_whether_it_can_be_taken_back(
    cast, sign_in, changes, tag, offered
):
    consent = a_consent(case=_case(cast), by=cast.staff, **changes)
    page = sign_in(cast.staff).get(f"/consents/{consent.public_id}/")
    assert (page.context["status"]["tag"], page.context["can_withdraw"]) == (tag, offered)
    assert ("withdraw/" in _text(page)) is offered
    assert Entry.objects.order_by("-seq")[0].event == "consent.seen"


def test_a_yes_taken_back_stays_as_it_was_said(cast, sign_in):
    consent = a_consent(case=_case(cast), by=cast.staff)
    url = f"/consents/{consent.public_id}/"
    client = sign_in(cast.staff)
    assert client.get(f"{url}withdraw/").status_code == 200
    answer = client.post(f"{url}withdraw/", withdrawn())
    assert answer.headers["Location"] == url
    page = client.get(url)
    assert page.context["status"]["tag"] == "Withdrawn"
    assert "I have changed my mind" in _text(page)
    assert "What was seen and said" in _text(page)
    again = client.post(f"{url}withdraw/", withdrawn())
    assert (again.headers["Location"], Withdrawal.objects.count()) == (url, 1)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (day("withdrawn_on", timezone.localdate() + timedelta(days=1)), ["withdrawn_on"]),
        (day("withdrawn_on", date(2020, 1, 1)), ["withdrawn_on"]),
        ({"withdrawn_by": ""}, ["withdrawn_by"]),
        ({"how": ""}, ["how"]),
        ({"words": "\x00"}, ["words"]),
    ],
)
def test_a_withdrawal_that_cannot_be_is_shown_again(cast, sign_in, changes, wrong):
    consent = a_consent(case=_case(cast), by=cast.staff)
    url = f"/consents/{consent.public_id}/withdraw/"
    page = sign_in(cast.staff).post(url, withdrawn() | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert Withdrawal.objects.count() == 0


def test_a_refusal_cannot_be_taken_back(cast, sign_in):
    consent = a_consent(case=_case(cast), by=cast.staff, status="refused")
    answer = sign_in(cast.staff).get(f"/consents/{consent.public_id}/withdraw/")
    assert answer.headers["Location"] == f"/consents/{consent.public_id}/"


@pytest.mark.parametrize("name", ["فاطمة", "Siân Ŵyn", "Świętosława", "Bo 🌊"])
def test_names_of_every_kind_are_shown_as_typed(cast, sign_in, name):
    case = _case(cast)
    client = sign_in(cast.staff)
    answer = client.post(_new(case), said(giver=name))
    page = client.get(answer.headers["Location"])
    assert name in page.content.decode()
    assert name not in page.content.split(b"<title>")[1].split(b"</title>")[0].decode()


# Who may

PAGES = {
    "new": ("/cases/{case}/consents/new/", {"staff", "dsl", "deputy", "head", "dpl"}),
    "detail": ("/consents/{consent}/", {"staff", "dsl", "deputy", "head", "dpl", "auditor"}),
    "withdraw": ("/consents/{consent}/withdraw/", {"staff", "dsl", "deputy", "head", "dpl"}),
}


@pytest.mark.parametrize("who", list(NAMES))
@pytest.mark.parametrize("page", list(PAGES))
def test_who_opens_which_page(cast, sign_in, who, page):
    url, opens = PAGES[page]
    consent = a_consent(case=_case(cast), by=cast.staff)
    url = url.format(case=consent.case.public_id, consent=consent.public_id)
    not_allowed = {"admin"} if page == "detail" else {"admin", "auditor"}
    expected = 200 if who in opens else 403 if who in not_allowed else 404
    assert sign_in(getattr(cast, who)).get(url).status_code == expected


@pytest.mark.parametrize(
    "url", ["/cases/{}/consents/new/", "/consents/{}/", "/consents/{}/withdraw/"]
)
def test_absent_and_invisible_are_the_same_bytes(cast, sign_in, url):
    consent = a_consent(case=_case(cast), by=cast.staff)
    exclude_from_case(
        case=consent.case, user=cast.dsl, reason="About him", by=cast.staff, at=timezone.now()
    )
    ours = consent.case.public_id if url.startswith("/cases") else consent.public_id
    for who in ("stranger", "colleague", "dsl"):
        client = sign_in(getattr(cast, who))
        hidden, absent = client.get(url.format(ours)), client.get(url.format("A" * 22))
        assert (hidden.status_code, hidden.content) == (404, absent.content)


@pytest.mark.parametrize("who", ["auditor", "stranger", "colleague", "admin"])
def test_somebody_who_may_not_records_nothing(cast, sign_in, who):
    consent = a_consent(case=_case(cast), by=cast.staff)
    client = sign_in(getattr(cast, who))
    client.post(_new(consent.case), said())
    client.post(f"/consents/{consent.public_id}/withdraw/", withdrawn())
    assert (ConsentRecord.objects.count(), Withdrawal.objects.count()) == (1, 0)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(cast, sign_in, method):
    consent = a_consent(case=_case(cast), by=cast.staff)
    for url in (
        _new(consent.case),
        f"/consents/{consent.public_id}/",
        f"/consents/{consent.public_id}/withdraw/",
    ):
        assert getattr(sign_in(cast.staff), method)(url).status_code == 405


def test_a_record_takes_few_statements(cast, sign_in):
    consent = a_consent(case=_case(cast), by=cast.staff)
    client = sign_in(cast.dsl)
    client.get("/cases/")
    with statements(8):
        client.get(f"/consents/{consent.public_id}/")


# The chronology


def test_the_chronology_tells_each_answer_and_each_withdrawal(cast, sign_in):
    case = _case(cast)
    yes = a_consent(case=case, by=cast.staff)
    a_consent(case=case, by=cast.staff, status="refused", giver="Father")
    sign_in(cast.staff).post(f"/consents/{yes.public_id}/withdraw/", withdrawn())
    case.refresh_from_db()
    found = timeline.entries(case, cast.staff)
    assert [(entry.kind, entry.happened_on) for entry in found] == [
        ("Agreed to sharing", yes.said_on),
        ("Refused sharing", yes.said_on),
        ("Consent withdrawn", timezone.localdate()),
    ]
    assert found[0].url == f"/consents/{yes.public_id}/"
