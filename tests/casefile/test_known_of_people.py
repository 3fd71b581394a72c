"""What is known of somebody: number, year, about how old, danger, orders, views, judgements."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from decisions.domain import signing
from decisions.facts import given, material_of
from decisions.known_words import age_words
from decisions.packs import shipped
from infosharing.casefile.pdf.document import decision_pdf
from infosharing.cases.domain.hearing import NotProtected, end_protection, record_view
from infosharing.cases.domain.knowing import record_judgement
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import JudgementKind
from infosharing.cases.models import CourtOrder, Document, Person, Protection, ViewHeard
from infosharing.cases.models.person import band_of
from tests.casefile.typed import a_person, capacity, competence, day
from tests.counting import statements
from tests.factories import (
    a_case,
    a_complete_draft,
    a_draft,
    a_protection,
    a_request,
    its_person,
    what_they_think,
)

NOW = timezone.now


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school)


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _of(case, rest):
    return _url(case, f"people/{its_person(case).public_id}/{rest}")


def _text(page):
    return " ".join(page.content.decode().split())


def _card(client, case):
    [card] = client.get(_url(case)).context["people"]
    return card


def _rows(card):
    return {row["key"]: row.get("lines") or row.get("value") for row in card["rows"]}


# Details


def test_number_year_and_name_are_recorded_corrected_and_shown(cast, sign_in, case):
    client = sign_in(cast.staff)
    typed = a_person(
        name="Tayo Cole",
        preferred_name="Tay",
        upn="B801 2000 05001",
        year_group="4",
        part="other",
    )
    assert client.post(_url(case, "people/new/"), typed).status_code == 302
    person = Person.objects.get(upn="B801200005001")
    url = _url(case, f"people/{person.public_id}/change/")
    form = client.get(url).context["form"]
    assert (form["upn"].value(), form["year_group"].value()) == ("B801200005001", "4")
    client.post(url, typed | {"upn": "", "year_group": "5", "reason": "A new year"})
    card = client.get(_url(case)).context["people"][1]
    assert _rows(card)["Year group"] == "Year 5"
    assert "Pupil number (UPN)" not in _rows(card)
    kept = person.history.order_by("history_id")
    assert [(row.upn, row.year_group) for row in kept] == [("B801200005001", "4"), ("", "5")]


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "under_16"), (15, "under_16"), (16, "16_or_17"), (17, "16_or_17"), (18, "adult")],
)
def test_about_how_old_gives_the_age_band(years, band):
    assert band_of(years) == band


def test_about_nine_is_shown_as_said_and_grows_with_the_child(cast, sign_in, case):
    client = sign_in(cast.staff)
    typed = a_person(name="Tayo", age="about", about_age="9", part="other")
    client.post(_url(case, "people/new/"), typed)
    person = Person.objects.get(name="Tayo")
    assert (person.about_age, person.age_band, person.born) == (9, "under_16", None)
    today = timezone.localdate()
    assert person.about_age_on == today
    assert age_words(person, today).startswith("About 9 years old (said on ")
    later = today + timedelta(days=366 * 7)
    assert age_words(person, later).startswith("About 16 years old (said on ")
    assert (person.band_on(today), person.band_on(later)) == ("under_16", "16_or_17")
    # Correcting something else leaves the day on which it was said.
    Person.objects.get(name="Tayo")
    form = client.get(_url(case, f"people/{person.public_id}/change/")).context["form"]
    assert (form["age"].value(), form["about_age"].value()) == ("about", 9)


@pytest.mark.parametrize("years", ["", "nine", "-1", "121", "9.5"])
def test_about_how_old_is_a_number_of_years(cast, sign_in, case, years):
    typed = a_person(name="Tayo", age="about", about_age=years, part="other")
    page = sign_in(cast.staff).post(_url(case, "people/new/"), typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["about_age"])


def test_the_guide_is_given_the_band_of_the_day(cast):
    case = a_case(
        by=cast.dsl,
        organisation=cast.school,
        people=[NewPerson(name="Tayo", age_band="under_16", about_age=15)],
    )
    draft = a_draft(case=case, by=cast.dsl)
    today = timezone.localdate()
    for later, band in ((0, "under_16"), (366, "16_or_17"), (366 * 3, "adult")):
        material = material_of(draft, shipped("statutory-2024"), today + timedelta(days=later))
        assert [one["age_band"] for one in given(material)["people"]] == [band]


# Whom details must not reach


def test_whom_details_must_not_reach_is_said_wherever_they_are_shown_or_sent(cast, sign_in, case):
    client = sign_in(cast.dsl)
    typed = {"from_whom": "Dean Cole, her father", "why": "He looks for her"}
    assert client.post(_of(case, "protection/new/"), typed).status_code == 302
    words = "Not to reach Dean Cole, her father. He looks for her"
    assert _card(client, case)["protections"] == [words]
    request = a_request(case=case, by=cast.dsl)
    told = "must not reach somebody"
    assert told in _text(client.get(f"/requests/{request.public_id}/"))
    draft = a_complete_draft(case=case, by=cast.dsl)
    for page in ("recipient/", "recipient/1/", "purpose/", ""):
        assert words in _text(client.get(f"/drafts/{draft.public_id}/{page}"))
    assert "Dean Cole, her father" in _text(client.get(f"/drafts/{draft.public_id}/check/"))
    version = _sign(draft, cast.dsl)
    record = client.get(f"/decisions/{version.decision.public_id}/")
    assert told in _text(record)
    assert told in _text(client.get(f"/decisions/{version.decision.public_id}/sent/new/"))
    assert "Dean Cole, her father" in version.body
    assert decision_pdf(version.decision, by=cast.dsl, at=NOW()).startswith(b"%PDF")


def _sign(draft, by):
    at = NOW()
    seen = signing.prepared_draft(draft, at).seen
    return signing.sign(draft=draft, seen=seen, by=by, at=at)


def test_without_such_a_mark_nothing_is_said(cast, sign_in, case):
    request = a_request(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get(f"/requests/{request.public_id}/")
    assert "must not reach somebody" not in _text(page)


def test_it_is_said_in_every_case_the_person_is_in(cast, sign_in, case):
    a_protection(case=case, by=cast.staff)
    other = a_case(by=cast.staff, organisation=cast.school, people=[], known=[its_person(case)])
    assert _card(sign_in(cast.dsl), other)["protections"] == [
        "Not to reach Dean Cole, her father. He is looking for their new address."
    ]


def test_such_a_mark_is_ended_with_a_reason_and_stays_in_the_chronology(cast, sign_in, case):
    mark = a_protection(case=case, by=cast.staff)
    client = sign_in(cast.staff)
    url = _of(case, "protection/end/")
    assert client.post(url, {"which": mark.public_id}).status_code == 422
    done = client.post(url, {"which": mark.public_id, "reason": "The court said so"})
    assert done.status_code == 302
    assert _card(client, case)["protections"] == []
    told = [entry["title"] for entry in client.get(_url(case, "chronology/")).context["entries"]]
    assert "Details must not reach somebody" in told
    assert "No longer marked that details must not reach somebody" in told
    with pytest.raises(NotProtected):
        end_protection(case=case, protection=mark, reason="Again", by=cast.staff, at=NOW())


def test_the_mark_of_somebody_else_cannot_be_ended_here(cast, sign_in, case):
    other = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[NewPerson(name="Tayo Cole", age_band="adult")],
    )
    mark = a_protection(case=other, by=cast.staff)
    page = sign_in(cast.staff).post(
        _of(case, "protection/end/"), {"which": mark.public_id, "reason": "x"}
    )
    assert page.status_code == 422
    assert Protection.objects.get().ended_at is None


# Court orders and parental responsibility


def _order(**changes):
    return {
        "kind": "care",
        "says": "The council shares parental responsibility.",
        "court": "Family Court at Leeds",
        **day("made_on", date(2026, 3, 3)),
    } | changes


def test_a_court_order_is_recorded_with_its_document(cast, sign_in, case):
    client = sign_in(cast.staff)
    file = SimpleUploadedFile("order.pdf", b"%PDF-1.7 order")
    done = client.post(_of(case, "orders/new/"), _order(file=file))
    assert done.status_code == 302
    order = CourtOrder.objects.get()
    assert order.document == Document.objects.get()
    [shown] = _rows(_card(client, case))["Court orders"]
    line = (
        "Care order, also an interim one, Family Court at Leeds, made on 3 March 2026: "
        "The council shares parental responsibility."
    )
    kept = "Court order: Care order, also an interim one: order.pdf (PDF, 1 KB)"
    assert shown == f"{line} Document: {kept}"
    draft = a_draft(case=case, by=cast.staff)
    assert line in _text(client.get(f"/drafts/{draft.public_id}/check/"))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"kind": ""}, ["kind"]),
        ({"says": ""}, ["says"]),
        (day("made_on", date(2999, 1, 1)), ["made_on"]),
        (day("ends_on", date(2026, 3, 2)), ["ends_on"]),
        ({"file": SimpleUploadedFile("order.exe", b"MZ\x90\x00")}, ["file"]),
    ],
)
def test_an_order_that_cannot_be_recorded_is_shown_again(cast, sign_in, case, changes, wrong):
    page = sign_in(cast.staff).post(_of(case, "orders/new/"), _order(**changes))
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert (CourtOrder.objects.count(), Document.objects.count()) == (0, 0)


def test_evidence_of_parental_responsibility_says_what_was_seen_when_and_by_whom(
    cast, sign_in, case
):
    client = sign_in(cast.staff)
    typed = {
        "holder": "Grace Adeyemi",
        "relationship": "Mother",
        "holds": "yes",
        "evidence": "Birth certificate",
        **day("seen_on", date(2026, 3, 3)),
    }
    url = _of(case, "responsibility/new/")
    assert list(client.post(url, typed).context["form"].errors) == ["seen_by"]
    file = SimpleUploadedFile("birth.png", b"\x89PNG\r\n\x1a\n0")
    typed |= {"seen_by": "Sam Okafor", "file": file}
    assert client.post(url, typed).status_code == 302
    assert Document.objects.get().responsibilities.count() == 1
    assert _rows(_card(client, case))["Parental responsibility"] == [
        "Grace Adeyemi, Mother: yes. Birth certificate (seen on 3 March 2026 by Sam Okafor). "
        "Document: Evidence of parental responsibility: birth.png (PNG picture, 1 KB)"
    ]


# Views


def _view(**changes):
    return {
        "whose": "person",
        "said_by": "Ife",
        "words": "Do not tell Dad",
        "how": "shown",
        "heard_by": "Sam Okafor",
        **day("said_on", timezone.localdate()),
    } | changes


def test_a_view_stands_on_the_case_beside_the_draft_and_in_what_is_signed(cast, sign_in, case):
    client = sign_in(cast.dsl)
    assert client.post(_of(case, "views/new/"), _view()).status_code == 302
    [line] = _rows(_card(client, case))["What they think of it"]
    assert line.startswith("Ife (the person it is about): “Do not tell Dad” They showed it")
    told = client.get(_url(case, "chronology/")).context["entries"]
    assert "View heard" in [entry["title"] for entry in told]
    draft = a_complete_draft(case=case, by=cast.dsl)
    assert line in _text(client.get(f"/drafts/{draft.public_id}/purpose/"))
    assert "Do not tell Dad" in _sign(draft, cast.dsl).body


def test_a_view_heard_meanwhile_shows_the_page_again_before_it_is_signed(cast, case):
    draft = a_complete_draft(case=case, by=cast.dsl)
    seen = signing.prepared_draft(draft, NOW()).seen
    record_view(case=case, person=its_person(case), said=what_they_think(), by=cast.dsl, at=NOW())
    assert signing.prepared_draft(draft, NOW()).seen != seen


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"whose": ""}, ["whose"]),
        ({"words": ""}, ["words"]),
        ({"heard_by": ""}, ["heard_by"]),
        (day("said_on", date(2999, 1, 1)), ["said_on"]),
    ],
)
def test_a_view_that_cannot_be_recorded_is_shown_again(cast, sign_in, case, changes, wrong):
    page = sign_in(cast.staff).post(_of(case, "views/new/"), _view(**changes))
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert not ViewHeard.objects.exists()


# Judgements


@pytest.mark.parametrize("wrong", ["understands", "retains", "weighs", "communicates"])
def test_a_child_who_cannot_do_one_of_the_four_is_not_judged_able(cast, sign_in, case, wrong):
    url = f"{_url(case, 'judgements/new/')}?person={its_person(case).public_id}"
    client = sign_in(cast.staff)
    page = client.post(url, competence(**{wrong: "no"}))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["able"])
    assert client.post(url, competence(**{wrong: "no", "able": "no"})).status_code == 302
    judgement = case.judgements.get()
    assert getattr(judgement, wrong) is False
    assert not judgement.able


def test_each_answer_of_a_judgement_is_kept_for_itself_and_shown(cast, sign_in):
    case = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[NewPerson(name="Ivy Stone", age_band="adult")],
    )
    client = sign_in(cast.staff)
    url = f"{_url(case, 'judgements/new/')}?person={its_person(case).public_id}"
    assert client.post(url, capacity()).status_code == 302
    judgement = case.judgements.get()
    assert (judgement.understands, judgement.retains, judgement.own_view) == (True, False, None)
    assert judgement.reasons == "After two minutes she did not know what was asked"
    [card] = client.get(_url(case)).context["judgements"]
    assert [(row["key"], row["value"]) for row in card["rows"]][3:11] == [
        ("What was done to help them decide", "Plain words and pictures"),
        ("Understands what it is about", "Yes"),
        ("Can keep it in mind", "No"),
        ("Can weigh it up", "Yes"),
        ("Can say what they decide", "Yes"),
        ("Something affects how their mind or brain works", "Yes: Dementia"),
        ("That is why they cannot do one of these things", "Yes"),
        ("Reasons", "After two minutes she did not know what was asked"),
    ]


def test_a_judgement_from_before_keeps_its_answers_in_its_reasons(cast, sign_in, case):
    old = "Do they understand? Yes\nWhat did they say? She explained it"
    record_judgement(
        case=case,
        person=its_person(case),
        kind=JudgementKind.COMPETENCE,
        matter="The referral",
        able=True,
        reasons=old,
        judged_on=timezone.localdate(),
        judged_by="Sam Okafor",
        by=cast.staff,
        at=NOW(),
    )
    [card] = sign_in(cast.staff).get(_url(case)).context["judgements"]
    assert [row["key"] for row in card["rows"]][3:] == ["Reasons", "Judged by"]
    assert card["rows"][3]["value"] == old


@pytest.mark.parametrize("number", [1, 3])
def test_the_case_page_asks_as_often_for_three_of_everything_as_for_one(
    cast, sign_in, case, number
):
    client = sign_in(cast.staff)
    for index in range(number):
        a_protection(case=case, by=cast.staff, from_whom=f"Uncle {index}")
        client.post(_of(case, "views/new/"), _view(words=f"Say {index}"))
        file = SimpleUploadedFile("order.txt", f"Order {index}".encode())
        client.post(_of(case, "orders/new/"), _order(says=f"Order {index}", file=file))
    client.get(_url(case))
    with statements(11):
        client.get(_url(case))
    assert len(_rows(_card(client, case))["Court orders"]) == number
