"""The list of decisions: everything one may see, nothing one may not, in as many queries."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_part_shared,
    a_refusal,
    a_review,
    an_amendment,
)
from tests.factories import a_case, a_draft, a_request
from tests.people import make_member, make_user


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def _references(page):
    return [row[0]["text"] for row in page.context["signed"]]


def _about(name):
    return {"people": [NewPerson(name=name, age_band="under_16")]}


def test_shared_shared_in_part_and_not_shared_look_alike(cast, sign_in):
    decisions = [a_decision(cast), a_part_shared(cast), a_refusal(cast)]
    page = sign_in(cast.auditor).get("/decisions/")
    rows = page.context["signed"]
    assert [(row[0]["text"], row[2]["tag"]) for row in rows] == [
        (decision.spoken_reference, words)
        for decision, words in zip(
            reversed(decisions), ("Do not share", "Share part of it", "Share"), strict=True
        )
    ]
    assert rows[2] == [
        {
            "text": decisions[0].spoken_reference,
            "url": f"/decisions/{decisions[0].public_id}/",
            "hint": "",
        },
        "Ife Adeyemi",
        {"tag": "Share", "colour": "teal", "hint": "Without consent"},
        {"text": "Dilys Morgan", "hint": "Designated safeguarding lead (DSL)"},
        rows[2][4],
        {"tag": "Waiting for review", "colour": "yellow", "hint": ""},
    ]


def test_what_goes_against_the_guide_says_so(cast, sign_in):
    a_refusal(cast)
    page = sign_in(cast.auditor).get("/decisions/")
    assert page.context["signed"][0][2]["hint"] == "Against the guide’s suggestion"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["shared", "part", "refused", "returned", "agreed"]),
        ({"outcome": "", "review": ""}, ["shared", "part", "refused", "returned", "agreed"]),
        ({"outcome": "share"}, ["shared", "returned", "agreed"]),
        ({"outcome": "share_in_part"}, ["part"]),
        ({"outcome": "do_not_share"}, ["refused"]),
        ({"review": "waiting"}, ["shared", "part", "refused"]),
        ({"review": "returned"}, ["returned"]),
        ({"review": "agreed"}, ["agreed"]),
        ({"review": "nobody"}, []),
        ({"outcome": "share", "review": "waiting"}, ["shared"]),
        ({"marks": "without_consent"}, ["shared", "part", "returned", "agreed"]),
        ({"marks": "against_suggestion"}, ["refused"]),
        ({"marks": "against_advice"}, []),
        ({"follow": "open"}, ["shared", "part", "refused", "returned", "agreed"]),
        ({"follow": "closed"}, []),
        ({"marks": ["without_consent", "against_suggestion"]}, []),
    ],
)
def test_the_list_is_narrowed(cast, sign_in, asked, expected):
    found = {
        "shared": a_decision(cast),
        "part": a_part_shared(cast),
        "refused": a_refusal(cast),
        "returned": a_decision(cast),
        "agreed": a_decision(cast),
    }
    a_review(found["returned"], cast.deputy, outcome="returned", words="Say why.")
    a_review(found["agreed"], cast.deputy)
    page = sign_in(cast.dsl).get("/decisions/", asked)
    names = {decision.spoken_reference: name for name, decision in found.items()}
    assert sorted(names[reference] for reference in _references(page)) == sorted(expected)


def test_what_is_not_decided_yet_comes_first_by_when_it_is_to_be_decided(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    now = timezone.now()
    never = a_request(case=case, by=cast.dsl)
    soon = a_request(case=case, by=cast.dsl, by_when=now + timedelta(hours=2))
    late = a_draft(case=case, by=cast.dsl, by_when=now - timedelta(hours=2)).decision.request
    page = sign_in(cast.dsl).get("/decisions/")
    assert [row[0]["text"] for row in page.context["waiting"]] == [
        f"Request {one.spoken_reference}" for one in (late, soon, never)
    ]
    assert page.context["waiting"][0][2]["tag"] == "Overdue"


def test_only_the_first_ten_not_decided_are_listed_here(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    for _ in range(11):
        a_request(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get("/decisions/")
    assert len(page.context["waiting"]) == 10
    assert "Everything that is not decided yet" in _text(page)


def test_an_auditor_reads_what_was_signed_only(cast, sign_in):
    a_draft(case=a_case(by=cast.dsl, organisation=cast.school, **_about("Lena Fox")), by=cast.dsl)
    page = sign_in(cast.auditor).get("/decisions/")
    assert (page.context["waiting"], page.context["signed"]) == ([], [])
    assert "Lena Fox" not in page.content.decode()
    assert "No decision has been signed yet" in _text(page)


def test_an_amendment_being_drafted_leaves_the_version_in_force_in_the_list(cast, sign_in):
    decision = a_decision(cast)
    an_amendment(decision, cast.dsl)
    page = sign_in(cast.auditor).get("/decisions/")
    assert _references(page) == [decision.spoken_reference]


def test_kept_from_restricted_and_foreign_are_neither_listed_nor_counted(cast, sign_in):
    hidden = [
        a_case(by=cast.dsl, organisation=cast.school, **_about(name))
        for name in ("Kept Away", "Locked Away")
    ]
    for case in hidden:
        a_decision(cast, case=case)
        a_request(case=case, by=cast.dsl, by_when=timezone.now())
    exclude_from_case(
        case=hidden[0], user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    restrict_case(case=hidden[1], by=cast.dsl, at=timezone.now())
    for person in ("deputy", "stranger", "staff", "manager"):
        client = sign_in(getattr(cast, person))
        page = client.get("/decisions/")
        listed = (page.context["waiting"], page.context["signed"])
        assert listed == ([], []) or person == "deputy"
        assert "Locked Away" not in page.content.decode()
        assert "Kept Away" not in page.content.decode()
        assert all(item["count"] == 0 for item in page.context["nav"])
    page = sign_in(cast.head).get("/decisions/")
    assert [row[1] for row in page.context["signed"]] == ["Kept Away"]


def test_the_trusts_dsl_sees_the_schools_of_the_trust(cast, sign_in):
    decision = a_decision(cast)
    lead = make_user("trust_dsl")
    make_member(lead, cast.trust, Role.DSL)
    assert _references(sign_in(lead).get("/decisions/")) == [decision.spoken_reference]


def test_fifty_on_a_page(cast, sign_in, monkeypatch):
    from decisions.views import lists as view

    monkeypatch.setattr(view, "PAGE", 2)
    decisions = [a_decision(cast) for _ in range(3)]
    client = sign_in(cast.auditor)
    first = client.get("/decisions/?outcome=share")
    assert (first.context["newer_url"], first.context["count"]) == ("", 3)
    second = client.get(first.context["older_url"])
    assert second.context["older_url"] == ""
    assert _references(first) + _references(second) == [
        decision.spoken_reference for decision in reversed(decisions)
    ]
    assert _references(client.get(second.context["newer_url"])) == _references(first)
    for nonsense in ("x", "-1", "0", "9" * 30, "²", f"{'9' * 18}.{'A' * 22}", "1\x00"):
        assert client.get("/decisions/", {"older": nonsense}).status_code == 422
    assert "There is nothing on this page" in _text(
        client.get("/decisions/", {"older": f"0.{'A' * 22}"})
    )


def test_what_is_signed_meanwhile_shifts_no_page(cast, sign_in, monkeypatch):
    from decisions.views import lists as view

    monkeypatch.setattr(view, "PAGE", 2)
    decisions = [a_decision(cast) for _ in range(4)]
    client = sign_in(cast.auditor)
    first = client.get("/decisions/")
    new = a_decision(cast)
    second = client.get(first.context["older_url"])
    expected = [decision.spoken_reference for decision in reversed(decisions)]
    assert _references(first) + _references(second) == expected
    back = client.get(second.context["newer_url"])
    assert _references(back) == expected[:2]
    assert _references(client.get(back.context["newer_url"])) == [new.spoken_reference]


@pytest.mark.parametrize(
    ("person", "status"),
    [("staff", 200), ("auditor", 200), ("manager", 200), ("admin", 403), ("stranger", 200)],
)
def test_who_reads_the_list_and_it_is_recorded(cast, sign_in, person, status):
    client = sign_in(getattr(cast, person))
    assert client.get("/decisions/").status_code == status
    assert Entry.objects.filter(event="decisions.list_seen").count() == (status == 200)
    assert client.post("/decisions/").status_code == (422 if status == 200 else 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast, sign_in, rows):
    for _ in range(rows):
        a_decision(cast)
        a_request(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    client = sign_in(cast.dsl)
    client.get("/decisions/")
    with statements(11):
        page = client.get("/decisions/")
    assert (len(page.context["signed"]), len(page.context["waiting"])) == (rows, rows)
