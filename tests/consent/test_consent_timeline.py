"""Consent as its own timeline: asked, not asked, limits, a part taken back, looked at again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent import policies, presenters, timeline
from consent.domain.asking import narrow_consent, record_step, review_consent
from consent.domain.recording import UnableToRecord, record_consent, withdraw_consent
from consent.enums import How, Step
from consent.models import ConsentRecord, ConsentStep
from consent.queries import of_case, steps_of_case
from decisions.facts import given, guidance_on, material_of
from decisions.packs import shipped
from decisions.policies import incomplete
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from tests.casefile.typed import asking, day, said
from tests.counting import statements
from tests.factories import (
    a_case,
    a_consent,
    a_continuing_consent,
    a_draft,
    a_question,
    its_person,
    save,
    what_was_said,
)

MOTHER = NewPerson(name="Grace Adeyemi", age_band="adult", part=Part.RELATIVE)
CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")


def _today():
    return timezone.localdate()


def _days(number):
    return _today() + timedelta(days=number)


def _case(cast, people=(CHILD,)):
    return a_case(by=cast.staff, organisation=cast.school, people=people)


def _narrow(consent, by, **changes):
    typed = {
        "happened_on": _today(),
        "whom": "Mother",
        "how": How.TELEPHONE,
        "recipients": "The school nurse",
        "information": "",
        "words": "Not the nurse.",
    }
    return narrow_consent(consent=consent, by=by, at=timezone.now(), **typed | changes)


def _withdraw(consent, by, on=None):
    return withdraw_consent(
        consent=consent,
        withdrawn_on=on or _today(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="",
        by=by,
        at=timezone.now(),
    )


def _url(case, rest="", person=None):
    return f"/cases/{case.public_id}/people/{(person or its_person(case)).public_id}/consent/{rest}"


def _text(page):
    return " ".join(page.content.decode().split())


# Where a yes or no stands: a truth table


YES = {"until": None, "limits": "", "continuing": False, "review_on": None}


@pytest.mark.parametrize(
    ("changes", "then", "on", "tag"),
    [
        ({}, None, 0, "Agreed"),
        ({"limits": "Not about her father"}, None, 0, "Agreed, with limits"),
        ({"status": "refused"}, None, 0, "Refused"),
        ({"until": 31}, None, 0, "Agreed"),
        ({"until": 30}, None, 0, "Running out"),
        ({"until": 30}, None, 30, "Running out"),
        ({"until": 30}, None, 31, "Expired"),
        ({"until": 30}, "narrow", 0, "Part taken back"),
        ({"until": 30}, "narrow", 31, "Expired"),
        ({"until": 30}, "withdraw", 31, "Withdrawn"),
        ({}, "narrow", 0, "Part taken back"),
        ({"limits": "Not the nurse"}, "withdraw", 0, "Withdrawn"),
        ({"until": 300, "continuing": True, "review_on": 9}, None, 8, "Agreed"),
        ({"until": 300, "continuing": True, "review_on": 9}, None, 9, "To be looked at again"),
        ({"until": 300, "continuing": True, "review_on": 9}, "review", 9, "Agreed"),
        ({"until": 300, "continuing": True, "review_on": 9}, "review", 90, "To be looked at again"),
    ],
)
def test_a_yes_or_no_says_where_it_stands(cast, changes, then, on, tag):
    case = _case(cast)
    terms = {
        key: _days(value) if isinstance(value, int) and value is not True else value
        for key, value in changes.items()
    }
    consent = a_consent(case=case, by=cast.staff, **terms)
    match then:
        case "narrow":
            _narrow(consent, cast.staff)
        case "withdraw":
            _withdraw(consent, cast.staff)
        case "review":
            review_consent(
                consent=consent,
                happened_on=_today(),
                words="She says so.",
                again_on=_days(90),
                by=cast.staff,
                at=timezone.now(),
            )
    assert presenters.status_cell(of_case(case).get(), _days(on))["tag"] == tag


# Asking


def test_what_is_asked_is_kept_in_the_words_of_the_leaflet_and_waits_for_an_answer(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.staff)
    answer = client.post(_url(case, "ask/"), asking())
    step = ConsentStep.objects.get()
    assert answer.headers["Location"] == f"/consent-steps/{step.public_id}/"
    assert (step.kind, step.whom, step.scope_recipients, step.again_on) == (
        "asked",
        "Grace Adeyemi",
        "The speech service\nThe school nurse",
        _days(7),
    )
    page = client.get(answer.headers["Location"])
    assert page.context["status"]["tag"] == "Asked, no answer yet"
    assert page.context["can_answer"]
    assert b"Grace" not in page.content.split(b"<title>")[1].split(b"</title>")[0]


def test_nothing_is_answered_beforehand_whenasking(cast, sign_in):
    page = sign_in(cast.staff).get(_url(_case(cast), "ask/"))
    assert b"checked>" not in page.content
    assert sorted(page.context["form"].initial) == ["contact", "kept", "taken_by"]
    assert "retention policy of Marsh Lane School" in page.context["form"].initial["kept"]


def test_an_empty_question_says_everything_it_needs(cast, sign_in):
    page = sign_in(cast.staff).post(_url(_case(cast), "ask/"), {})
    assert page.status_code == 422
    assert [item.id.removeprefix("id_") for item in page.context["form"].error_summary()] == [
        "whom",
        "standing",
        "scope_information",
        "scope_recipients",
        "scope_purpose",
        "onward",
        "if_yes",
        "if_no",
        "kept",
        "contact",
        "kind",
        "again_on",
    ]


def test_the_answer_begins_with_the_words_that_were_asked_and_closes_the_question(cast, sign_in):
    case = _case(cast)
    step = a_question(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    url = f"/cases/{case.public_id}/consents/new/?answers={step.public_id}"
    page = client.get(f"{url}&status=given")
    assert b"checked>" not in page.content
    assert page.context["form"].initial["scope_information"] == "How she speaks in class"
    client.post(url, said())
    assert ConsentRecord.objects.get().asked == step
    page = client.get(f"/consent-steps/{step.public_id}/")
    assert (page.context["can_answer"], page.context["status"]["tag"]) == (False, "Asked")
    # A second asking after it, or "no answer", is no longer possible.
    assert client.get(_url(case, f"ask/?after={step.public_id}")).status_code == 404
    again = client.post(f"/consent-steps/{step.public_id}/no-answer/", {"words": "x"})
    assert (again.status_code, ConsentStep.objects.count()) == (302, 1)


def test_asking_again_and_no_answer_follow_the_question_and_change_nothing_of_it(cast, sign_in):
    case = _case(cast)
    first = a_question(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    url = _url(case, f"ask/?after={first.public_id}")
    assert client.get(url).context["form"].initial["if_no"] == "Nothing changes at school."
    client.post(url, asking())
    second = ConsentStep.objects.get(follows=first)
    client.post(
        f"/consent-steps/{second.public_id}/no-answer/",
        {"words": "Rang three times", **day("happened_on", _today())},
    )
    found = list(steps_of_case(case))
    assert [(one.kind, one.follows, vars(one)["open"]) for one in found] == [
        ("asked", None, False),
        ("asked", first, False),
        ("no_answer", second, False),
    ]


def test_why_nobody_is_asked_is_a_record_and_no_dead_end(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.staff)
    url = _url(case, "not-asked/")
    assert client.post(url, {}).status_code == 422
    typed = {
        "words": "Asking could warn him.",
        "taken_by": "Dilys Morgan",
        **day("happened_on", _today()),
    }
    assert client.post(url, typed).headers["Location"] == _url(case)
    assert "Asking could warn him." in _text(client.get(_url(case)))
    step = ConsentStep.objects.get()
    assert "Ask after all" in _text(client.get(f"/consent-steps/{step.public_id}/"))


@pytest.mark.parametrize("kind", [Step.PART_WITHDRAWN, Step.REVIEWED])
def test_what_belongs_to_a_yes_is_not_recorded_without_one(cast, kind):
    case = _case(cast)
    with pytest.raises(UnableToRecord):
        a_question(case=case, by=cast.staff, kind=kind)


def test_a_question_is_answered_and_followed_for_its_own_person_only(cast):
    case = _case(cast, (CHILD, MOTHER))
    other = case.parts.order_by("id")[1].person
    step = a_question(case=case, by=cast.staff)
    with pytest.raises(UnableToRecord):
        record_step(
            case=case,
            person=other,
            kind=Step.NO_ANSWER,
            happened_on=_today(),
            follows=step,
            by=cast.staff,
            at=timezone.now(),
        )
    with pytest.raises(UnableToRecord):
        record_consent(
            case=case,
            person=other,
            said=what_was_said(),
            answers=step,
            by=cast.staff,
            at=timezone.now(),
        )


# Limits, going on sharing, parts taken back


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"status": "limited"}, ["limits"]),
        ({"continuing": "yes"}, ["review_on", "until"]),
        ({"continuing": "yes", **day("until", _days(9))}, ["review_on"]),
        (
            {"continuing": "yes", **day("until", _days(9)), **day("review_on", _days(10))},
            ["review_on"],
        ),
        (
            {"continuing": "yes", **day("until", _days(9)), **day("review_on", _days(-1))},
            ["review_on"],
        ),
    ],
)
def test_terms_that_cannot_be_are_said_beside_their_field(cast, sign_in, typed, wrong):
    case = _case(cast)
    page = sign_in(cast.staff).post(f"/cases/{case.public_id}/consents/new/", said(**typed))
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, wrong)
    assert ConsentRecord.objects.count() == 0


def test_a_yes_with_limits_to_going_on_sharing_names_everybody(cast, sign_in):
    case = _case(cast)
    typed = {
        "status": "limited",
        "limits": "Not about her father",
        "continuing": "yes",
        **day("until", _days(90)),
        **day("review_on", _days(60)),
        "scope_recipients": "The school nurse\n\nThe social worker ",
    }
    client = sign_in(cast.staff)
    page = client.get(
        client.post(f"/cases/{case.public_id}/consents/new/", said(**typed)).headers["Location"]
    )
    consent = ConsentRecord.objects.get()
    assert (consent.status, consent.limits, consent.continuing, consent.review_on) == (
        "given",
        "Not about her father",
        True,
        _days(60),
    )
    assert consent.recipients == ["The school nurse", "The social worker"]
    assert page.context["status"]["tag"] == "Agreed, with limits"
    assert "Not about her father" in _text(page)
    assert page.context["can_review"]


@pytest.mark.parametrize(
    "terms",
    [
        {"status": "refused", "limits": "x"},
        {"status": "refused", "review_on": date(2030, 1, 1)},
        {"continuing": True},
        {"continuing": True, "until": date(2030, 1, 1)},
        {"review_on": date(2030, 1, 1)},
        {"continuing": True, "until": date(2030, 1, 1), "review_on": date(2030, 1, 2)},
    ],
)
def test_the_domain_refuses_terms_that_cannot_be(cast, terms):
    with pytest.raises(UnableToRecord):
        a_consent(case=_case(cast), by=cast.staff, **terms)


def test_several_parts_may_be_taken_back_and_the_yes_stays_as_it_was_said(cast, sign_in):
    case = _case(cast)
    consent = a_continuing_consent(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    url = f"/consents/{consent.public_id}/narrow/"
    page = client.post(url, {})
    assert [item.id.removeprefix("id_") for item in page.context["form"].error_summary()] == [
        "scope_recipients",
        "happened_on",
        "whom",
        "how",
    ]
    for what in ("The school nurse", "The GP"):
        client.post(
            url,
            {
                "scope_recipients": what,
                "whom": "Mother",
                "how": "telephone",
                **day("happened_on", _today()),
            },
        )
    page = client.get(f"/consents/{consent.public_id}/")
    assert [one["title"] for one in page.context["steps"]] == ["Part of a yes taken back"] * 2
    assert page.context["status"]["tag"] == "Part taken back"
    consent.refresh_from_db()
    assert consent.recipients == ["Children’s social care", "The school nurse"]


def test_only_a_yes_that_stands_is_narrowed_or_looked_at_again(cast):
    case = _case(cast)
    refused = a_consent(case=case, by=cast.staff, status="refused")
    gone = a_continuing_consent(case=case, by=cast.staff)
    _withdraw(gone, cast.staff)
    once = a_consent(case=case, by=cast.staff)
    for consent in (refused, gone):
        with pytest.raises(policies.UnableToWithdraw):
            _narrow(consent, cast.staff)
    for consent in (refused, gone, once):
        with pytest.raises(policies.UnableToReview):
            review_consent(
                consent=consent,
                happened_on=_today(),
                words="x",
                again_on=_days(2),
                by=cast.staff,
                at=timezone.now(),
            )
    with pytest.raises(UnableToRecord):
        _narrow(once, cast.staff, recipients=" ")


@pytest.mark.parametrize(("again", "sentence"), [(0, "must come after"), (366, "runs out")])
def test_the_next_look_lies_between_today_and_the_last_day(cast, again, sentence):
    consent = a_continuing_consent(case=_case(cast), by=cast.staff)
    with pytest.raises(UnableToRecord, match=sentence):
        review_consent(
            consent=consent,
            happened_on=_today(),
            words="x",
            again_on=_days(again),
            by=cast.staff,
            at=timezone.now(),
        )


# What the guide gets, and what a decision shows


def _material(draft):
    pack = shipped("statutory-2024")
    return material_of(draft, pack, _today())


def _covering(draft, cast, key):
    typed = {f"covers_{key}_{part}": ["yes"] for part in ("purpose", "recipients", "information")}
    save(draft, cast.staff, {("consent", 0): typed})


def test_steps_are_facts_beside_the_guide_and_never_a_yes(cast):
    case = _case(cast)
    draft = a_draft(case=case, by=cast.staff)
    before = given(_material(draft))
    a_question(case=case, by=cast.staff)
    assert given(_material(draft)) == before
    assert guidance_on(_material(draft)).consents == {its_person(case).public_id: ("not_sought",)}


def test_a_part_taken_back_makes_every_draft_ask_again_what_the_yes_covers(cast):
    case = _case(cast)
    consent = a_continuing_consent(case=case, by=cast.staff)
    draft = a_draft(case=case, by=cast.staff)
    _covering(draft, cast, consent.public_id)
    material = _material(draft)
    child = its_person(case).public_id
    assert guidance_on(material).consents[child] == ()
    _narrow(consent, cast.staff)
    material = _material(draft)
    assert guidance_on(material).consents[child] == ("outside_scope",)
    assert f"consent:{consent.public_id}" in [
        one.code for one in incomplete(material, guidance_on(material))
    ]
    _covering(draft, cast, f"{consent.public_id}-1")
    assert guidance_on(_material(draft)).consents[child] == ()


def test_the_consent_page_of_a_decision_shows_what_was_asked_and_taken_back(cast, sign_in):
    case = _case(cast)
    a_question(case=case, by=cast.staff)
    consent = a_continuing_consent(case=case, by=cast.staff, limits="Not about her father")
    _narrow(consent, cast.staff)
    draft = a_draft(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    page = _text(client.get(f"/drafts/{draft.public_id}/consent/"))
    for words in ("no answer is recorded yet", "Not about her father", "No longer with:"):
        assert words in page
    check = _text(client.get(f"/drafts/{draft.public_id}/check/"))
    for words in ("Asking for consent", "They said no to", "Part taken back"):
        assert words in check


# The timeline of one person, and the chronology


def test_the_timeline_of_a_person_tells_everything_in_order_and_nothing_of_others(cast, sign_in):
    case = _case(cast, (CHILD, MOTHER))
    mother = case.parts.order_by("id")[1].person
    a_question(case=case, by=cast.staff)
    yes = a_consent(case=case, by=cast.staff, until=_days(-1), said_on=_days(-9))
    other = a_continuing_consent(case=case, by=cast.staff)
    _narrow(other, cast.staff)
    _withdraw(other, cast.staff)
    about_her = what_was_said(giver="Grace Adeyemi", scope_purpose="Her own benefits")
    record_consent(case=case, person=mother, said=about_her, by=cast.staff, at=timezone.now())
    page = sign_in(cast.auditor).get(_url(case))
    assert [entry["title"] for entry in page.context["entries"]] == [
        "Agreed to sharing",
        "Last day of a consent",
        "Agreed to sharing",
        "Consent asked for",
        "Part of a consent withdrawn",
        "Consent withdrawn",
    ]
    assert "Her own benefits" not in _text(page)
    assert f"/consents/{yes.public_id}/" in _text(page)
    assert len(timeline.entries(case, cast.staff)) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_the_timeline_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, number):
    case = _case(cast)
    for _ in range(number):
        a_question(case=case, by=cast.staff)
        _narrow(a_continuing_consent(case=case, by=cast.staff), cast.staff)
    client, url = sign_in(cast.dsl), _url(case)
    client.get("/cases/")
    with statements(10):
        client.get(url)
