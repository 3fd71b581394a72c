"""A case or a decision at a moment of the past: marked as past, in the words then in force."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from decisions.domain import drafting, signing
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import NewPerson, add_person
from infosharing.cases.enums import Part
from tests.counting import data_statements
from tests.factories import a_case, a_draft, a_signed_decision, its_person, save

DAY = timedelta(days=1)


def _at(moment, time=""):
    day = timezone.localdate(moment)
    return f"?on_day={day.day}&on_month={day.month}&on_year={day.year}&time={time}"


def _text(page):
    return " ".join(page.content.decode().split())


def _stood(case_or_decision, client, moment, time=""):
    kind = "cases" if type(case_or_decision).__name__ == "Case" else "decisions"
    return client.get(f"/{kind}/{case_or_decision.public_id}/as-it-stood/{_at(moment, time)}")


def _records(page):
    return {
        record.title: {line.label: line.after for line in record.lines}
        for record in page.context["records"]
    }


def test_a_person_stands_as_they_were_called_then(cast, sign_in):
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, at=now - 3 * DAY)
    change_person(
        case=case,
        person=its_person(case),
        details=NewPerson(name="Ife Cole", age_band="under_16"),
        reason="The certificate",
        by=cast.dsl,
        at=now - DAY,
    )
    client = sign_in(cast.dsl)
    before, after = (_stood(case, client, now - days * DAY) for days in (2, 0))
    assert _records(before)["Person"]["Full name"] == "Ife Adeyemi"
    assert _records(after)["Person"]["Full name"] == "Ife Cole"
    for page in (before, after):
        assert "This is the past" in _text(page)
        assert "The certificate" not in _text(page)


def test_whoever_is_pointed_at_is_called_what_they_were_called_then(cast, sign_in):
    """Planted: a part in the case, or a draft's request, with the name of today."""
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, at=now - 3 * DAY)
    with time_machine.travel(now - 3 * DAY, tick=False):
        undecided = a_draft(case=case, by=cast.dsl).decision
    details = NewPerson(name="Zed Newname", age_band="under_16")
    change_person(
        case=case, person=its_person(case), details=details, reason="-", by=cast.dsl, at=now - DAY
    )
    client = sign_in(cast.dsl)
    for thing in (case, undecided):
        before, after = (_text(_stood(thing, client, now - days * DAY)) for days in (2, 0))
        assert ("Ife Adeyemi" in before, "Newname" in before) == (True, False)
        assert ("Ife Adeyemi" in after, "Newname" in after) == (False, True)


def test_before_it_was_opened_nothing_was_on_record(cast, sign_in):
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, at=now - DAY)
    page = _stood(case, sign_in(cast.dsl), now - 2 * DAY)
    assert page.context["records"] == []
    assert "Nothing was on record yet" in _text(page)
    assert "Ife" not in _text(page)


def test_who_joined_the_case_later_is_not_in_it_then(cast, sign_in):
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, at=now - 3 * DAY)
    new = NewPerson(name="Late Comer", age_band="adult", part=Part.RELATIVE)
    add_person(case=case, person=new, by=cast.dsl, at=now - DAY)
    client = sign_in(cast.dsl)
    assert "Late Comer" not in _text(_stood(case, client, now - 2 * DAY))
    assert "Late Comer" in _text(_stood(case, client, now))


def _amended(cast, case, at):
    version = a_signed_decision(case=case, by=cast.dsl, at=at - 2 * DAY)
    draft = drafting.start_amendment(
        decision=version.decision, reason="New facts", by=cast.dsl, at=at - DAY
    )
    page = draft.pages.get(page="outcome")
    reasons = {**page.typed, "reasons": ["THE SECOND REASONS"]}
    save(draft, cast.dsl, {("outcome", 0): reasons}, at=at - DAY)
    seen = signing.prepared_draft(draft, at).seen
    return signing.sign(draft=draft, seen=seen, by=cast.dsl, at=at)


def test_a_decision_shows_the_version_then_in_force_in_its_own_words(cast, sign_in):
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, at=now - 5 * DAY)
    decision = _amended(cast, case, now - timedelta(minutes=1)).decision
    client = sign_in(cast.auditor)
    nothing = _stood(decision, client, now - 4 * DAY)
    assert "Nothing had been signed by then" in _text(nothing)
    first, second = (_stood(decision, client, now - days * DAY) for days in (1, 0))
    assert (first.context["signed"].number, second.context["signed"].number) == (1, 2)
    assert "The injuries do not fit the account given at home." in _text(first)
    assert "THE SECOND REASONS" not in _text(first)
    assert "THE SECOND REASONS" in _text(second)
    assert first.context["signed"].checklist in _text(first)
    assert _records(first)["Decision"]["Where the review stands"] == "Waiting for review"


def test_a_time_of_day_counts(cast, sign_in):
    now = timezone.now()
    noon = timezone.localtime(now - DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    case = a_case(by=cast.staff, organisation=cast.school, at=noon)
    client = sign_in(cast.dsl)
    assert _stood(case, client, noon, "11:59").context["records"] == []
    assert _stood(case, client, noon, "12:01").context["records"] != []


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("?on_day=31&on_month=2&on_year=2026", ["on"]),
        ("?on_day=1&on_month=1&on_year=2199", ["on"]),
        ("?on_day=1&on_month=1&on_year=2026&time=nonsense", ["time"]),
    ],
)
def test_a_day_that_is_none_is_shown_again_with_what_to_do(cast, sign_in, query, wrong):
    case = a_case(by=cast.staff, organisation=cast.school)
    page = sign_in(cast.dsl).get(f"/cases/{case.public_id}/as-it-stood/{query}")
    assert (page.status_code, list(page.context["form"].errors)) == (422, wrong)
    assert "Ife" not in _text(page)


def test_the_pages_cost_the_same_however_much_stood(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    client, now = sign_in(cast.dsl), timezone.now()
    counted = []
    for _ in range(2):
        for thing in (case, version.decision):
            _stood(thing, client, now)
            with CaptureQueriesContext(connection) as captured:
                assert _stood(thing, client, now).status_code == 200
            counted.append(len(data_statements(captured)))
        for _ in range(2):
            a_signed_decision(case=case, by=cast.dsl)
    assert counted == [11, 12, 11, 12]
