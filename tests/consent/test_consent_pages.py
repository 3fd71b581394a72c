"""Recording a yes or no to sharing, reading it, and taking a yes back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent import timeline
from consent.models import ConsentRecord, Withdrawal
from decisions.facts import giver_of
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import exclude_from_case
from tests.casefile.typed import day, said, withdrawn
from tests.consent.with_consent import CHILD, DOUBTS, MOTHER, case_of, new_at, text_of
from tests.counting import statements
from tests.engines import some_on_postgres
from tests.factories import a_consent, its_person
from tests.people import NAMES

# Recording


def test_a_parents_yes_is_recorded_with_everything_that_was_asked(cast, sign_in):
    case = case_of(cast)
    answer = sign_in(cast.staff).post(new_at(case), said() | day("until", date(2030, 1, 1)))
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


@pytest.mark.parametrize("doubt", DOUBTS)
def test_each_doubt_is_kept_as_it_was_answered(cast, sign_in, doubt):
    sign_in(cast.staff).post(new_at(case_of(cast)), said(**{doubt: "no"}))
    consent = ConsentRecord.objects.get()
    assert {name: getattr(consent, name) for name in DOUBTS} == {
        name: name != doubt for name in DOUBTS
    }


def test_what_a_child_says_is_said_by_the_child_and_needs_no_authority(cast, sign_in):
    case = case_of(cast)
    typed = said(given_by="self", status="refused", giver="", authority_evidence="left over")
    del typed["parental_responsibility"], typed["authority_evidenced"]
    sign_in(cast.staff).post(new_at(case), typed)
    consent = ConsentRecord.objects.get()
    assert (consent.giver, consent.status) == ("Ife Adeyemi", "refused")
    assert (consent.parental_responsibility, consent.authority_evidenced) == (False, False)
    assert consent.authority_evidence == ""
    assert giver_of(consent) == its_person(case).public_id


def test_somebody_of_the_case_is_the_giver_by_identity_not_by_spelling(cast, sign_in):
    case = case_of(cast, (CHILD, MOTHER))
    child, mother = (part.person for part in case.parts.order_by("id"))
    url = f"{new_at(case)}?person={child.public_id}"
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
    page = sign_in(cast.staff).get(new_at(case_of(cast)), {"status": status})
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
    page = sign_in(cast.staff).post(new_at(case_of(cast)), {"status": status})
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


@pytest.mark.parametrize(("changes", "wrong"), some_on_postgres(WRONG, 3))
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast, sign_in, changes, wrong
):
    page = sign_in(cast.staff).post(
        new_at(case_of(cast)), said(scope_recipients="Kept so") | changes
    )
    assert page.status_code == 422
    assert list(page.context["form"].errors) == wrong
    assert b"Kept so" in page.content
    assert ConsentRecord.objects.count() == 0


# Reading and withdrawing


@pytest.mark.parametrize(
    ("changes", "tag", "offered"),
    [({}, "Agreed", True), ({"status": "refused"}, "Refused", False)],
)
def test_a_record_says_what_was_said_and_whether_it_can_be_taken_back(
    cast, sign_in, changes, tag, offered
):
    consent = a_consent(case=case_of(cast), by=cast.staff, **changes)
    page = sign_in(cast.staff).get(f"/consents/{consent.public_id}/")
    assert (page.context["status"]["tag"], page.context["can_withdraw"]) == (tag, offered)
    assert ("withdraw/" in text_of(page)) is offered
    assert Entry.objects.order_by("-seq")[0].event == "consent.seen"


def test_a_yes_taken_back_stays_as_it_was_said(cast, sign_in):
    consent = a_consent(case=case_of(cast), by=cast.staff)
    url = f"/consents/{consent.public_id}/"
    client = sign_in(cast.staff)
    assert client.get(f"{url}withdraw/").status_code == 200
    answer = client.post(f"{url}withdraw/", withdrawn())
    assert answer.headers["Location"] == url
    page = client.get(url)
    assert page.context["status"]["tag"] == "Withdrawn"
    assert "I have changed my mind" in text_of(page)
    assert "What was seen and said" in text_of(page)
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
    consent = a_consent(case=case_of(cast), by=cast.staff)
    url = f"/consents/{consent.public_id}/withdraw/"
    page = sign_in(cast.staff).post(url, withdrawn() | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert Withdrawal.objects.count() == 0


def test_a_refusal_cannot_be_taken_back(cast, sign_in):
    consent = a_consent(case=case_of(cast), by=cast.staff, status="refused")
    answer = sign_in(cast.staff).get(f"/consents/{consent.public_id}/withdraw/")
    assert answer.headers["Location"] == f"/consents/{consent.public_id}/"


@pytest.mark.parametrize("name", ["فاطمة", "Siân Ŵyn", "Świętosława", "Bo 🌊"])
def test_names_of_every_kind_are_shown_as_typed(cast, sign_in, name):
    case = case_of(cast)
    client = sign_in(cast.staff)
    answer = client.post(new_at(case), said(giver=name))
    page = client.get(answer.headers["Location"])
    assert name in page.content.decode()
    assert name not in page.content.split(b"<title>")[1].split(b"</title>")[0].decode()


# Who may


PAGES = {
    "new": ("/cases/{case}/consents/new/", {"staff", "dsl", "deputy", "head", "dpl"}),
    "detail": ("/consents/{consent}/", {"staff", "dsl", "deputy", "head", "dpl", "auditor"}),
    "withdraw": ("/consents/{consent}/withdraw/", {"staff", "dsl", "deputy", "head", "dpl"}),
}


@pytest.mark.parametrize("who", some_on_postgres(list(NAMES), 3))
@pytest.mark.parametrize("page", list(PAGES))
def test_who_opens_which_page(cast, sign_in, who, page):
    url, opens = PAGES[page]
    consent = a_consent(case=case_of(cast), by=cast.staff)
    url = url.format(case=consent.case.public_id, consent=consent.public_id)
    not_allowed = {"admin"} if page == "detail" else {"admin", "auditor"}
    expected = 200 if who in opens else 403 if who in not_allowed else 404
    assert sign_in(getattr(cast, who)).get(url).status_code == expected


@pytest.mark.parametrize(
    "url", ["/cases/{}/consents/new/", "/consents/{}/", "/consents/{}/withdraw/"]
)
def test_absent_and_invisible_are_the_same_bytes(cast, sign_in, url):
    consent = a_consent(case=case_of(cast), by=cast.staff)
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
    consent = a_consent(case=case_of(cast), by=cast.staff)
    client = sign_in(getattr(cast, who))
    client.post(new_at(consent.case), said())
    client.post(f"/consents/{consent.public_id}/withdraw/", withdrawn())
    assert (ConsentRecord.objects.count(), Withdrawal.objects.count()) == (1, 0)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(cast, sign_in, method):
    consent = a_consent(case=case_of(cast), by=cast.staff)
    for url in (
        new_at(consent.case),
        f"/consents/{consent.public_id}/",
        f"/consents/{consent.public_id}/withdraw/",
    ):
        assert getattr(sign_in(cast.staff), method)(url).status_code == 405


def test_a_record_takes_few_statements(cast, sign_in):
    consent = a_consent(case=case_of(cast), by=cast.staff)
    client = sign_in(cast.dsl)
    client.get("/cases/")
    with statements(8):
        client.get(f"/consents/{consent.public_id}/")


# The chronology


def test_the_chronology_tells_each_answer_and_each_withdrawal(cast, sign_in):
    case = case_of(cast)
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
