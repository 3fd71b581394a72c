"""Chronologies narrowed, whole and over all cases of a person; who looked; histories narrowed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consent.timeline import STRANDS as CONSENT
from decisions.timeline import STRANDS as DECISIONS
from infosharing.accounts.roles import Role
from infosharing.audit.changes import tracked_models
from infosharing.audit.models import Entry
from infosharing.audit.recording import record_sight
from infosharing.casefile.presenters.histories import path_to
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    join_person,
    name_on_case,
    restrict_case,
)
from infosharing.cases.enums import Part, Strand
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, Person
from infosharing.cases.timeline import STRANDS as CASES
from tests.audit.chains import verified
from tests.casefile.test_chronology import _everything
from tests.counting import statements
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, a_consent, a_request, its_person
from tests.people import make_member

NOW = timezone.now
DAY = timedelta(days=1)


def _case(cast, **rest):
    by = rest.pop("by", cast.dsl)
    return a_case(by=by, organisation=cast.school, **rest)


def _url(case, rest="chronology/"):
    return f"/cases/{case.public_id}/{rest}"


def _of(case, person, rest=""):
    return _url(case, f"people/{person.public_id}/chronology/{rest}")


def _titles(page):
    return [entry["title"] for entry in page.context["entries"]]


def _also_in(cast, person, **rest):
    """A further case with somebody who is in one already."""
    case = _case(cast, people=[NewPerson(name="Another Child", age_band="under_16")], **rest)
    part = rest.get("part", Part.SUBJECT)
    join_person(case=case, person=person, part=part, by=rest.get("by", cast.dsl), at=NOW())
    return case


# Narrowed


def test_every_kind_can_be_shown_alone_and_together_they_are_all(cast, sign_in):
    case = _case(cast)
    _everything(cast, case, 1)
    client = sign_in(cast.head)
    every = _titles(client.get(_url(case)))
    alone = {
        strand.value: _titles(client.get(_url(case), {"kinds": strand.value})) for strand in Strand
    }
    assert sorted(title for titles in alone.values() for title in titles) == sorted(every)
    assert alone["review"] == ["Review: returned with changes to make"]
    assert alone["sent"] == ["Information sent", "Receipt"]
    assert alone["told"] == ["Person not told", "Person told"]
    assert alone["advice"] == ["Advice sought in vain", "Advice reported"]
    assert alone["consent"] == [
        "Agreed to sharing",
        "Refused sharing",
        "Consent withdrawn",
    ]
    both = client.get(_url(case), {"kinds": ["review", "advice"]})
    assert _titles(both) == [title for title in every if title in alone["review"] + alone["advice"]]
    assert both.context["told"] == ["Only these kinds: Reviews, Advice"]
    assert both.context["count"] == 3


def test_days_go_by_when_it_happened_or_by_when_it_was_recorded(cast, sign_in):
    case = _case(cast)
    today = timezone.localdate()
    a_request(case=case, by=cast.dsl, happened_on=today - 9 * DAY)
    client = sign_in(cast.dsl)

    def shown(order, **days):
        query = {"kinds": "request", "order": order}
        for name, on in days.items():
            query |= {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}
        return _titles(client.get(_url(case), query))

    found = ["Sharing thought of"]
    assert shown("", until=today - 9 * DAY) == shown("", since=today - 9 * DAY) == found
    assert shown("", since=today - 8 * DAY) == shown("", until=today - 10 * DAY) == []
    assert shown("recorded", since=today, until=today) == found
    assert shown("recorded", until=today - DAY) == []
    assert _titles(client.get(_url(case)))[0] == "Sharing thought of"
    assert _titles(client.get(_url(case), {"order": "recorded"}))[-1] == "Sharing thought of"


@pytest.mark.parametrize(
    "query", ["kinds=nonsense", "order=x", "since_day=31&since_month=2&since_year=2026"]
)
def test_a_filter_not_understood_shows_nothing(cast, sign_in, query):
    case = _case(cast)
    page = sign_in(cast.dsl).get(f"{_url(case)}?{query}")
    assert (page.status_code, page.context["entries"]) == (422, [])
    assert "Adeyemi" not in page.content.decode().split("</title>")[0]


def test_all_of_it_stands_on_one_page_to_print(cast, sign_in):
    case = _case(cast)
    for _ in range(51):
        a_request(case=case, by=cast.dsl)
    client = sign_in(cast.dsl)
    first = client.get(_url(case))
    page = client.get(first.context["whole_url"])
    assert (len(_titles(first)), len(_titles(page)), page.context["pages"]) == (50, 54, 1)
    assert "All 54 entries on one page, as <bdi>Dilys Morgan</bdi> saw them" in (
        page.content.decode()
    )
    narrowed = client.get(_url(case), {"kinds": "case"})
    assert "kinds=case" in narrowed.context["whole_url"]
    assert len(_titles(client.get(narrowed.context["whole_url"]))) == 2


def test_every_record_of_a_case_is_told_or_it_is_said_why_not():
    told = {*CASES, *CONSENT, *DECISIONS}
    left_out = {
        model._meta.label_lower
        for model, _past in tracked_models()
        if (path_to(model, Case) is not None or path_to(model, Person) is not None)
        and model not in told
        and model._meta.app_label != "auditsample"
    }
    in_what_was_signed = {
        "decisions.consentconsidered",
        "decisions.item",
        "decisions.itemperson",
        "decisions.recipient",
    }
    parts_of_what_is_told = {
        "cases.notereader",
        "decisions.discloseditem",
        "decisions.requestdocument",
        "decisions.requestperson",
        "decisions.reviewquestion",
    }
    only_in_the_history = {
        "cases.person",
        "decisions.afteranswer",
        "decisions.draftpage",
        "decisions.drafteditor",
    }
    assert left_out == in_what_was_signed | parts_of_what_is_told | only_in_the_history


# Over all cases of a person


def test_a_persons_chronology_spans_their_cases_and_says_which(cast, sign_in):
    case = _case(cast)
    ife = its_person(case)
    other = _also_in(cast, ife, summary="A second matter")
    _case(cast, people=[NewPerson(name="Nobody Else", age_band="adult")], summary="Not hers")
    a_consent(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get(_of(other, ife))
    text = page.content.decode()
    tags = {(entry["title"], entry.get("tag")) for entry in page.context["entries"]}
    here, there = f"Case {case.spoken_reference}", f"Case {other.spoken_reference}"
    assert {("Case opened", here), ("Case opened", there), ("Agreed to sharing", here)} < tags
    assert "A second matter" in text
    assert "Not hers" not in text
    assert [part["case"].pk for part in page.context["parts"]] == [case.pk, other.pk]
    head = text.split("</title>")[0]
    assert "Adeyemi" not in head
    only = sign_in(cast.dsl).get(_of(case, ife), {"kinds": "consent"})
    assert _titles(only) == ["Agreed to sharing"]


@pytest.mark.parametrize("state", ["kept from", "restricted", "another's"])
def test_nothing_is_learnt_of_a_persons_case_that_one_may_not_see(cast, sign_in, state):
    seen = _case(cast, by=cast.staff)
    ife = its_person(seen)
    who = cast.colleague if state == "another's" else cast.dsl
    name_on_case(case=seen, user=who, reason="Helps.", by=cast.staff, at=NOW())
    client = sign_in(who)
    before = client.get(_of(seen, ife)).content
    hidden = _case(cast, by=cast.head, summary="The other matter")
    join_person(case=hidden, person=ife, part=Part.SUBJECT, by=cast.head, at=NOW())
    if state == "kept from":
        exclude_from_case(case=hidden, user=who, reason="About him", by=cast.head, at=NOW())
    if state == "restricted":
        restrict_case(case=hidden, by=cast.head, at=NOW())
    page = client.get(_of(seen, ife))
    assert _plain(page.content) == _plain(before)
    assert client.get(_of(hidden, ife)).status_code == 404
    looked = Entry.objects.filter(event="cases.person_seen", actor_id=who.public_id)
    assert {entry.case_id for entry in looked} == {seen.public_id}


def _plain(content):
    return re.sub(r'value="[^"]*"', "", content.decode())


def test_somebody_of_another_case_has_no_chronology_in_this_one(cast, sign_in):
    case = _case(cast)
    other = _case(cast, people=[NewPerson(name="Another Child", age_band="under_16")])
    client = sign_in(cast.dsl)
    page = client.get(_of(case, its_person(other)))
    absent = client.get(_url(case, f"people/{'A' * 22}/chronology/"))
    assert (page.status_code, page.content) == (404, absent.content)


def test_that_a_persons_chronology_was_read_is_recorded_in_each_case_and_the_log_holds(
    cast, sign_in
):
    case = _case(cast)
    ife = its_person(case)
    others = [_also_in(cast, ife) for _ in range(2)]
    sign_in(cast.auditor).get(_of(case, ife))
    looked = Entry.objects.filter(event="cases.person_seen")
    assert [(one.case_id, one.object_id, one.outcome) for one in looked.order_by("seq")] == [
        (one.public_id, ife.public_id, "seen") for one in (case, *others)
    ]
    assert verified() == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_persons_chronology_costs_the_same_for_three_cases_as_for_one(cast, sign_in, number):
    case = _case(cast)
    ife = its_person(case)
    for _ in range(number):
        other = _also_in(cast, ife)
        a_decision(cast, case=other)
        restrict_case(case=other, by=cast.dsl, at=NOW())
    make_member(cast.stranger, cast.trust, Role.DSL)
    for user, allowed in ((cast.dsl, 11), (cast.stranger, 12)):
        client = sign_in(user)
        client.get("/cases/")
        with statements(allowed):
            assert client.get(_of(case, ife)).status_code == 200


@pytest.mark.parametrize("number", [7, 997])
def test_a_chronology_costs_the_same_at_ten_and_at_a_thousand(cast, sign_in, number):
    case = _case(cast)
    made = a_request(case=case, by=cast.dsl)
    from simple_history.utils import bulk_create_with_history

    from decisions.events import DecisionEvent
    from decisions.models import Request
    from infosharing.audit.acts import act
    from infosharing.audit.recording import record

    @act
    def many(*, by, at):
        """Many requests."""
        rows = []
        for _ in range(number - 1):
            row = Request.objects.get(pk=made.pk)
            row.pk, row.public_id, row.reference = None, None, None
            fields = Request._meta
            row.public_id = fields.get_field("public_id").get_default()
            row.reference = fields.get_field("reference").get_default()
            row._state.adding = True
            rows.append(row)
        bulk_create_with_history(rows, Request)
        record(DecisionEvent.REQUEST_RECORDED, by=by, at=at, case=case)

    many(by=cast.dsl, at=NOW())
    client = sign_in(cast.dsl)
    client.get("/cases/")
    with statements(10):
        page = client.get(_url(case))
    assert page.context["count"] == number + 3
    with statements(10):
        client.get(_url(case), {"whole": "yes", "kinds": "request"})


# Who looked


def test_who_looked_is_told_to_those_who_oversee_the_latest_first(cast, sign_in):
    case = _case(cast, by=cast.staff)
    request = a_request(case=case, by=cast.staff)
    sign_in(cast.staff).get(f"/requests/{request.public_id}/")
    sign_in(cast.head).get(_url(case))
    sign_in(cast.dsl).get(f"/cases/{_case(cast).public_id}/")
    page = sign_in(cast.deputy).get(_url(case, "looks/"))
    rows = [(row[1]["text"], row[1]["hint"], *row[2].values()) for row in page.context["rows"]]
    assert rows == [
        ("Helen Achebe", "Head", "Case looked at", ""),
        (
            "Sam Okafor",
            "Practitioner",
            "Request looked at",
            f"Request {request.spoken_reference}",
        ),
    ]
    again = sign_in(cast.deputy).get(_url(case, "looks/")).context["rows"]
    assert again[0][1]["text"] == "Tomasz Łęcki"
    assert again[0][2]["text"] == "List of who looked at the case looked at"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("dsl", 200),
        ("deputy", 200),
        ("head", 200),
        ("dpl", 200),
        ("auditor", 200),
        ("staff", 403),
        ("colleague", 404),
        ("stranger", 404),
    ],
)
def test_who_may_see_who_looked(cast, sign_in, who, status):
    case = _case(cast, by=cast.staff)
    client = sign_in(getattr(cast, who))
    assert client.get(_url(case, "looks/")).status_code == status
    link = f'href="{_url(case, "looks/")}"'
    assert (link in client.get(_url(case, "")).content.decode()) == (status == 200)


@pytest.mark.parametrize("number", [3, 60])
def test_who_looked_comes_in_pages_and_costs_the_same_however_much_it_is(cast, sign_in, number):
    case = _case(cast)
    client = sign_in(cast.dsl)
    for _ in range(number):
        record_sight(
            CaseEvent.CASE_SEEN, by=cast.dsl, at=NOW(), case=case, organisation=cast.school
        )
    client.get(_url(case, "looks/"))
    with statements(11):
        page = client.get(_url(case, "looks/"))
    assert len(page.context["rows"]) == min(number + 1, 50)
    assert bool(page.context["older_url"]) == (number > 50)


# A history of one kind


def test_a_history_is_narrowed_to_a_kind_of_record_and_to_days(cast, sign_in):
    case = _case(cast)
    ife = its_person(case)
    change_person(
        case=case,
        person=ife,
        details=NewPerson(name="Ife Bello", age_band="under_16"),
        reason="Adopted",
        by=cast.dsl,
        at=NOW(),
    )
    a_request(case=case, by=cast.dsl)
    client, here = sign_in(cast.dsl), _url(case, "history/")
    today = timezone.localdate()

    def shown(**query):
        page = client.get(here, query)
        return {change.title for change in page.context["changes"]}, page.context["told"]

    def days(**found):
        return {
            f"{name}_{part}": getattr(on, part)
            for name, on in found.items()
            for part in ("day", "month", "year")
        }

    people = {"Person recorded", "Person changed"}
    assert shown(kind="cases.person") == (people, ["Kind of record: Person"])
    assert shown(kind="cases.person", **days(since=today))[0] == people
    assert shown(kind="cases.person", **days(until=today - DAY))[0] == set()
    assert shown(kind="consent.consentrecord")[0] == set()
    assert "Request recorded" in shown()[0]
    wrong = client.get(here, {"kind": "cases.contact"})
    assert (wrong.status_code, wrong.context["changes"]) == (422, [])


def test_the_pages_of_a_narrowed_history_stay_narrowed(cast, sign_in):
    case = _case(cast)
    for number in range(51):
        a_request(case=case, by=cast.dsl) if number else None
    for _ in range(2):
        a_request(case=case, by=cast.dsl)
    client = sign_in(cast.dsl)
    first = client.get(_url(case, "history/"), {"kind": "decisions.request"})
    second = client.get(first.context["older_url"])
    found = [change.title for change in (*first.context["changes"], *second.context["changes"])]
    assert (len(found), set(found)) == (52, {"Request recorded"})
