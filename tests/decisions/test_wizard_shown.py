"""What the wizard's pages show, up to the signature; who gets through, and what a page costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.models import DraftPage, SignedVersion
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson, exclude_from_case
from tests.counting import statements
from tests.decisions.at_the_wizard import at, page, sign_it, typed
from tests.engines import some_on_postgres
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_draft,
    complete_pages,
    its_person,
    save,
    save_at_once,
)


@pytest.fixture
def case(cast):
    return a_case(by=cast.dsl, organisation=cast.school)


@pytest.fixture
def draft(cast, case):
    return a_draft(case=case, by=cast.dsl)


@pytest.fixture
def dsl(cast, sign_in):
    return sign_in(cast.dsl)


# What a page shows


def test_a_question_says_why_it_is_asked_with_an_example_and_what_it_serves(draft, dsl):
    text = dsl.get(page(draft, "danger")).content.decode()
    for words in (
        "Is somebody in danger right now?",
        "Safety comes first; In an emergency nothing waits; Step 2 of the guide: danger now.",
    ):
        assert words in text
    assert "R18" not in text


def test_nothing_is_chosen_beforehand(draft, dsl):
    for key in ("danger", "purpose", "harm", "questions-information", "rules", "grounds"):
        assert " checked" not in dsl.get(page(draft, key)).content.decode()


def test_the_consent_page_shows_each_record_and_asks_whether_it_covers_this(cast, case, dsl):
    consent = a_consent(case=case, by=cast.dsl)
    draft = a_draft(case=case, by=cast.dsl)
    text = dsl.get(page(draft, "consent")).content.decode()
    for words in (
        consent.scope_information,
        "Children&#x27;s social care",
        consent.scope_purpose,
        f"covers_{consent.public_id}_purpose",
        f"covers_{consent.public_id}_recipients",
        f"covers_{consent.public_id}_information",
    ):
        assert words in text


def test_what_a_consent_concerns_is_not_guessed_before_it_is_answered(cast, case, dsl):
    consent = a_consent(case=case, by=cast.dsl)
    draft = a_draft(case=case, by=cast.dsl)
    pages = complete_pages(its_person(case))
    save_at_once(draft=draft, pages=pages, by=cast.dsl, at=timezone.now())
    asked = "Say on the consent page whether what they said concerns this sharing."
    answered = "What they said was about something else."
    text = dsl.get(page(draft, "consent")).content.decode()
    assert (asked in text, answered in text) == (True, False)
    covers = {f"covers_{consent.public_id}_{name}": "no" for name in ("purpose", "recipients")}
    covers[f"covers_{consent.public_id}_information"] = "yes"
    dsl.post(page(draft, "consent"), {"version": "0", **covers})
    text = dsl.get(page(draft, "consent")).content.decode()
    assert (asked in text, answered in text) == (False, True)


def test_where_nobody_has_said_anything_the_consent_page_says_so(case, draft, dsl):
    text = dsl.get(page(draft, "consent")).content.decode()
    assert "Nothing is recorded of what anybody said about sharing." in text
    assert reverse("consent:new", args=[case.public_id]) in text
    assert dsl.post(page(draft, "consent"), {"version": "0"}).url == page(draft, "grounds")


def test_page_titles_and_addresses_hold_no_name(cast, case, draft, dsl):
    name = its_person(case).name
    for url in (at(draft), page(draft, "people"), page(draft, "consent")):
        response = dsl.get(url)
        assert name not in response.content.decode().partition("</title>")[0]
        assert draft.decision.spoken_reference in response.content.decode().partition("</title>")[0]


def test_the_task_list_says_how_far_each_page_has_come(cast, draft, dsl):
    save(draft, cast.dsl, {("purpose", 0): {"answer_purpose": ["yes"]}, ("harm", 0): {}})
    found = {
        task["title"]: (task["status"], task["hint"])
        for section in dsl.get(at(draft)).context["sections"]
        for task in section["tasks"]
    }
    assert found["Purpose"] == ("Complete", "")
    assert found["Harm, crime and duty"] == ("In progress", "")
    assert found["Danger now"] == ("Not started", "")
    assert found["What is shared"] == ("Not needed now", "Only when you decide to share.")


# Check and sign


def test_signing_twice_leads_to_the_one_version(cast, case, dsl):
    draft = a_complete_draft(case=case, by=cast.dsl)
    shown = dsl.get(at(draft, "draft-check")).context["carry"]
    first = dsl.post(at(draft, "draft-sign"), shown)
    second = dsl.post(at(draft, "draft-sign"), shown)
    decision = reverse("decisions:decision", args=[draft.decision.public_id])
    assert (first.url, second.url) == (decision, decision)
    assert SignedVersion.objects.count() == 1
    assert Entry.objects.filter(event="decisions.signed").count() == 1


def test_what_changed_since_is_shown_again(cast, case, dsl):
    draft = a_complete_draft(case=case, by=cast.dsl)
    shown = dsl.get(at(draft, "draft-check")).context["carry"]
    save(draft, cast.dsl, {("telling", 0): {"person_informed": ["yes"]}})
    response = dsl.post(at(draft, "draft-sign"), shown)
    assert response.status_code == 409
    assert "Something has changed since this page was shown to you" in response.content.decode()
    assert dsl.post(at(draft, "draft-sign"), response.context["carry"]).status_code == 302


def test_what_is_missing_is_listed_with_where_to_mend_it_and_cannot_be_signed(cast, case, dsl):
    draft = a_complete_draft(case=case, by=cast.dsl)
    save(draft, cast.dsl, {("recipient", 1): {"name": ["Jo Hart"], "method": ["secure_email"]}})
    shown = dsl.get(at(draft, "draft-check"))
    assert {mend.url for mend in shown.context["missing"]} == {
        page(draft, "recipient", 1) + "?from=check"
    }
    assert "aria-disabled" in shown.content.decode()
    response = dsl.post(at(draft, "draft-sign"), shown.context["carry"])
    assert response.status_code == 422
    assert SignedVersion.objects.count() == 0


def test_only_somebody_who_worked_on_it_signs(cast, case, sign_in):
    draft = a_complete_draft(case=case, by=cast.dsl)
    deputy = sign_in(cast.deputy)
    shown = deputy.get(at(draft, "draft-check"))
    assert "Only somebody who worked on this draft can sign it." in shown.content.decode()
    response = deputy.post(at(draft, "draft-sign"), shown.context["carry"])
    assert response.status_code == 403
    assert "Only somebody who worked on this draft can sign it." in response.content.decode()


def test_saving_after_the_signature_leads_to_the_decision(cast, case, dsl):
    draft = a_complete_draft(case=case, by=cast.dsl)
    sign_it(dsl, draft)
    response = dsl.post(page(draft, "purpose"), {"answer_purpose": "no", "version": "1"})
    assert response.url == reverse("decisions:decision", args=[draft.decision.public_id])
    assert typed(draft, "purpose") == {"answer_purpose": ["yes"]}


# Who gets through


ADDRESSES = [
    ("draft", ()),
    ("draft-page", ("danger",)),
    ("draft-entry", ("item", 1)),
    ("draft-entry-remove", ("item", 1)),
    ("draft-check", ()),
    ("draft-advice", ()),
    ("draft-advice-ask", ()),
    ("draft-advice-report", ()),
    ("draft-advice-tried", ()),
]


@pytest.mark.parametrize(("name", "args"), some_on_postgres(ADDRESSES, 3))
@pytest.mark.parametrize(
    ("who", "status"), [("auditor", 403), ("admin", 403), ("stranger", 404), ("colleague", 404)]
)
def test_nobody_else_gets_to_a_draft(cast, case, sign_in, name, args, who, status):
    draft = a_complete_draft(case=case, by=cast.dsl)
    client = sign_in(getattr(cast, who))
    url = at(draft, name, *args)
    got, posted = client.get(url), client.post(url, {"version": "1", "answer_purpose": "no"})
    assert got.status_code == status
    assert posted.status_code in (status, 405)
    assert its_person(case).name not in got.content.decode() + posted.content.decode()


def test_somebody_kept_from_the_case_gets_to_nothing(cast, case, sign_in):
    draft = a_complete_draft(case=case, by=cast.dsl)
    exclude_from_case(
        case=case, user=cast.head, reason="About them", by=cast.dsl, at=timezone.now()
    )
    head = sign_in(cast.head)
    for name, args in ADDRESSES:
        assert head.get(at(draft, name, *args)).status_code == 404
    decide = reverse("decisions:decide", args=[draft.decision.request.public_id])
    assert head.post(decide).status_code == 404


def test_absent_and_invisible_look_the_same(cast, draft, sign_in):
    stranger = sign_in(cast.stranger)
    invisible = stranger.get(at(draft))
    absent = stranger.get(reverse("decisions:draft", args=["A" * 22]))
    assert (invisible.status_code, invisible.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize(
    ("name", "args", "method"),
    [
        ("draft", (), "post"),
        ("draft-check", (), "post"),
        ("draft-sign", (), "get"),
        ("draft-page", ("danger",), "put"),
        ("draft-entry", ("item", 1), "delete"),
        ("draft-advice", (), "put"),
    ],
)
def test_other_methods_are_refused(draft, dsl, name, args, method):
    assert getattr(dsl, method)(at(draft, name, *args)).status_code == 405


def test_looking_writes_nothing_but_that_somebody_looked(cast, draft, dsl):
    before = Entry.objects.count()
    dsl.get(page(draft, "danger"))
    assert Entry.objects.order_by("-seq")[0].event == "decisions.draft_seen"
    assert Entry.objects.count() == before + 1
    assert not DraftPage.objects.exists()


# What a page costs


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("key", ["people", "consent", "outcome", "check"])
def test_a_page_costs_the_same_however_much_there_is(cast, dsl, number, key):
    people = [NewPerson(name=f"Person {n}", age_band="under_16") for n in range(number)]
    case = a_case(by=cast.dsl, organisation=cast.school, people=people)
    draft = a_draft(case=case, by=cast.dsl)
    parts = list(case.parts.order_by("id"))
    pages = complete_pages(parts[0].person)
    for index in range(1, number + 1):
        pages[("item", index)] = pages[("item", 1)]
        pages[("recipient", index)] = pages[("recipient", 1)]
        a_consent(case=case, by=cast.dsl)
    save(draft, cast.dsl, pages)
    url = at(draft, "draft-check") if key == "check" else page(draft, key)
    dsl.get(url)
    with statements(COSTS[key]):
        assert dsl.get(url).status_code == 200


COSTS = {"people": 14, "consent": 14, "outcome": 14, "check": 14}
