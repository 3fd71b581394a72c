"""What was recorded in a case that is closed to somebody shows to them in no other case."""

import importlib
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from decisions.domain import advising, signing
from infosharing.audit import triggers
from infosharing.casefile.pdf import casework, making
from infosharing.cases.domain.hearing import (
    Order,
    end_protection,
    protect_person,
    record_court_order,
)
from infosharing.cases.domain.knowing import record_responsibility
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    name_on_case,
    open_case,
    restrict_case,
)
from infosharing.cases.enums import Holds, OrderKind
from infosharing.cases.knowledge import known_in
from infosharing.cases.models import Case, CourtOrder, Protection, Responsibility
from infosharing.cases.names import guarded
from infosharing.cases.queries import access_to, people_in
from infosharing.cases.reaching import BARE, REACHING, Doors, marks_in, not_kept_from, told_to
from tests.casefile.at_home import text_of
from tests.decisions.afterwards import a_decision
from tests.exports import an_export, made_now
from tests.factories import a_case, a_complete_draft, a_question, a_stand_in, its_person, save

SECRETS = ("Quentin Hush", "SECRETWHY", "SECRETEVID", "Gran Quill", "SECRETSAYS", "SECRETCOURT")
WARNED = BARE.format("this person")
ORDER = Order(kind=OrderKind.CHILD_ARRANGEMENTS, says="SECRETSAYS", court="SECRETCOURT")


def _ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def seen(cast):
    """A case about Zelda that those who lead see, and a member of staff is named on."""
    zelda = NewPerson(name="Zelda Park", born=date(2015, 1, 1))
    return a_case(by=cast.staff, organisation=cast.school, people=[zelda], at=_ago(9))


@pytest.fixture
def kept(cast, seen):
    """Another case about her, from which the safeguarding lead is kept."""
    return open_case(
        organisation=cast.school,
        summary="An allegation",
        people=[],
        known=[its_person(seen)],
        keep_from=[cast.dsl],
        by=cast.staff,
        at=_ago(8),
    )


def _recorded(case, by):
    person, at = its_person(case), _ago(7)
    record_responsibility(
        case=case,
        person=person,
        holder="Gran Quill",
        relationship="grandmother",
        holds=Holds.YES,
        evidence="SECRETEVID",
        by=by,
        at=at,
    )
    record_court_order(case=case, person=person, order=ORDER, by=by, at=at)
    return protect_person(
        case=case, person=person, from_whom="Quentin Hush", why="SECRETWHY", by=by, at=at
    )


def _restricted(cast, case):
    name_on_case(case=case, user=cast.head, reason="Leads on it", by=cast.staff, at=_ago(6))
    restrict_case(case=case, reason="Needs care", by=cast.head, at=_ago(5))


def _pages(seen, decision, draft, asked):
    person, today = its_person(seen), timezone.localdate()
    case, of_her = f"/cases/{seen.public_id}/", f"/cases/{seen.public_id}/people/"
    of_her += f"{person.public_id}/"
    day = f"on_day={today.day}&on_month={today.month}&on_year={today.year}&time="
    return {
        "case": case,
        "chronology": f"{case}chronology/",
        "history": f"{case}history/",
        "as it stood": f"{case}as-it-stood/?{day}",
        "her chronology": f"{of_her}chronology/",
        "decision": f"/decisions/{decision.public_id}/",
        "decision as it stood": f"/decisions/{decision.public_id}/as-it-stood/?{day}",
        "request": f"/requests/{decision.request.public_id}/",
        "sending": f"/decisions/{decision.public_id}/sent/new/",
        "sheet": f"/decisions/{decision.public_id}/goes-out/1/",
        "leaflet": f"/consent-steps/{asked.public_id}/leaflet/",
        "ask": f"/cases/{seen.public_id}/people/{person.public_id}/consent/ask/",
        "consent": f"{case}consents/new/?person={person.public_id}&status=given",
        "draft": f"/drafts/{draft.public_id}/recipient/1/",
        "check": f"/drafts/{draft.public_id}/check/",
        "end": f"{of_her}protection/end/",
        "list": "/cases/",
        "home": "/",
    }


def _texts(client, pages):
    found = {}
    for name, url in pages.items():
        page = client.get(url)
        text = re.sub(r'(csrfmiddlewaretoken|form_id)" value="[^"]*"', "", text_of(page))
        found[name] = (page.status_code, text)
    return found


@pytest.fixture
def pages(cast, seen):
    decision = a_decision(cast, case=seen, recipient_1={"name": ["Quentin Hush"]})
    draft = a_complete_draft(case=seen, by=cast.dsl)
    typed = draft.pages.get(page="recipient").typed
    save(draft, cast.dsl, {("recipient", 1): {**typed, "name": ["Quentin Hush"]}})
    asked = a_question(case=seen, by=cast.dsl, whom="Quentin Hush")
    return _pages(seen, decision, draft, asked)


def test_to_whoever_is_kept_from_a_case_every_page_is_as_if_nothing_had_been_recorded_in_it(
    cast, sign_in, seen, kept, pages
):
    with time_machine.travel(timezone.now(), tick=False):
        client = sign_in(cast.dsl)
        before = _texts(client, pages)
        _recorded(kept, cast.staff)
        after = _texts(client, pages)
        assert {name: code for name, (code, _) in after.items()} == dict.fromkeys(pages, 200)
        assert after == before
        _restricted(cast, kept)
        some = {name: pages[name] for name in ("case", "chronology", "sheet")}
        assert _texts(client, some) == {name: before[name] for name in some}


@pytest.mark.parametrize("who", ["deputy", "auditor", "dpl"])
def test_whoever_is_only_not_named_on_a_restricted_case_is_told_of_the_bare_mark_and_no_more(
    cast, sign_in, seen, kept, pages, who
):
    _restricted(cast, kept)
    _recorded(kept, cast.staff)
    told = _texts(sign_in(getattr(cast, who)), pages)
    warned = set()
    for name, (code, text) in told.items():
        if code != 200:
            continue  # what an auditor may only read
        # The name is typed in this case as well: as a recipient, and whoever is asked.
        own = text if name == "case" else text.replace("Quentin Hush", "")
        assert [secret for secret in SECRETS if secret in own] == [], name
        if "are to be kept from somebody" in text:
            warned.add(name)
    assert {"case", "sheet", "leaflet"} <= warned
    assert not {"chronology", "her chronology", "history", "as it stood"} & warned
    for name in ("sheet", "leaflet"):
        assert "This may be them" not in told[name][1]


def test_a_bare_mark_is_said_beside_each_page_of_a_draft_and_never_in_what_is_signed(
    cast, sign_in, seen, kept
):
    _restricted(cast, kept)
    draft = a_complete_draft(case=seen, by=cast.deputy, role="deputy_dsl")
    before = signing.prepared_draft(draft, timezone.now(), cast.deputy)
    _recorded(kept, cast.staff)
    client = sign_in(cast.deputy)
    for place in ("recipient/1/", "check/"):
        text = text_of(client.get(f"/drafts/{draft.public_id}/{place}"))
        assert WARNED in text
        assert [secret for secret in SECRETS if secret in text] == []
    after = signing.prepared_draft(draft, timezone.now(), cast.deputy)
    assert (after.seen, after.sections) == (before.seen, before.sections)


def test_who_sees_both_cases_is_told_all_and_signs_none_of_it_into_the_open_one(
    cast, sign_in, seen, kept
):
    draft = a_complete_draft(case=seen, by=cast.staff, role="practitioner")
    typed = draft.pages.get(page="recipient").typed
    save(draft, cast.staff, {("recipient", 1): {**typed, "name": ["Quentin Hush"]}})
    before = signing.prepared_draft(draft, timezone.now(), cast.staff)
    _recorded(kept, cast.staff)
    client = sign_in(cast.staff)
    case = text_of(client.get(f"/cases/{seen.public_id}/"))
    assert [secret for secret in SECRETS if secret not in case] == []
    check = text_of(client.get(f"/drafts/{draft.public_id}/check/"))
    assert "Not to reach Quentin Hush. SECRETWHY This may be them: Quentin Hush." in check
    after = signing.prepared_draft(draft, timezone.now(), cast.staff)
    assert (after.seen, after.sections) == (before.seen, before.sections)


def test_out_of_a_case_closed_to_nobody_all_of_it_reaches_over_and_is_signed(cast, seen):
    other = open_case(
        organisation=cast.school,
        summary="Another matter",
        people=[],
        known=[its_person(seen)],
        by=cast.deputy,
        at=_ago(8),
    )
    _recorded(other, cast.deputy)
    draft = a_complete_draft(case=seen, by=cast.staff, role="practitioner")
    sections = signing.prepared_draft(draft, timezone.now(), cast.staff).sections
    rows = " ".join(
        f"{row.value} {row.hint}" if hasattr(row, "hint") else str(row)
        for section in sections
        for row in section.rows
    )
    assert [secret for secret in SECRETS if secret not in rows] == []


def test_a_mark_one_is_not_told_of_is_ended_by_nobody_and_its_name_is_like_none(
    cast, sign_in, seen, kept
):
    mark = _recorded(kept, cast.staff)
    _restricted(cast, kept)
    url = f"/cases/{seen.public_id}/people/{its_person(seen).public_id}/protection/end/"
    for user in (cast.dsl, cast.deputy):
        client = sign_in(user)
        answers = []
        for which in (mark.public_id, "A" * 22):
            page = client.post(url, {"which": which, "reason": "It is safe"})
            answers.append((page.status_code, text_of(page)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 422
        with pytest.raises(PermissionDenied):
            end_protection(case=seen, protection=mark, reason="x", by=user, at=timezone.now())
    assert Protection.objects.filter(ended_at=None).count() == 1


def test_why_a_mark_ended_is_not_written_in_a_case_that_keeps_it_from_others(cast, seen, kept):
    mark = _recorded(seen, cast.staff)
    with pytest.raises(PermissionDenied):
        end_protection(case=kept, protection=mark, reason="SECRET", by=cast.staff, at=_ago(1))
    end_protection(case=seen, protection=mark, reason="Safe", by=cast.staff, at=_ago(1))
    own = _recorded(kept, cast.staff)
    end_protection(case=seen, protection=own, reason="Safe", by=cast.staff, at=_ago(1))
    assert not Protection.objects.filter(ended_at=None).exists()


def test_taking_names_out_of_a_question_looks_for_nobody_who_is_kept_from_whoever_asks(
    cast, seen, kept
):
    decision = a_decision(cast, case=seen)
    asked = "May Gran Quill be told?"
    before = advising.as_seen(decision, asked, cast.dsl)
    _recorded(kept, cast.staff)
    assert advising.as_seen(decision, asked, cast.dsl) == before
    assert "Quill" not in advising.as_seen(decision, asked, cast.staff).text


def test_the_pdf_of_a_case_says_what_whoever_asked_for_it_is_told(cast, seen, kept, monkeypatch):
    _recorded(kept, cast.staff)
    monkeypatch.setattr(casework, "part_of", lambda _page, data, _at, **_rest: str(data))
    assert [s for s in SECRETS if s in casework.case_part(seen, _ago(0), cast.dsl)] == []
    assert [s for s in SECRETS if s not in casework.case_part(seen, _ago(0), cast.staff)] == []
    told = str(casework.entries_of(seen, cast.dsl))
    assert [secret for secret in SECRETS if secret in told] == []


def test_a_pdf_with_something_that_came_through_a_case_closed_since_is_not_taken_away(
    cast, sign_in, seen, monkeypatch
):
    monkeypatch.setattr(making, "entries_of", lambda *_: [])
    another = {"organisation": cast.school, "summary": "x", "people": [], "at": _ago(8)}
    other = open_case(known=[its_person(seen)], by=cast.deputy, **another)
    plain = made_now(an_export(cast, seen))
    _recorded(other, cast.deputy)
    export = made_now(an_export(cast, seen))
    assert [(one.case, one.beside) for one in export.records.order_by("number")] == [
        (seen, False),
        (other, True),
    ]
    client = sign_in(cast.auditor)

    def taken(export):
        page = client.post(f"/exports/{export.public_id}/take/")
        return page.status_code == 200 and page.getvalue().startswith(b"%PDF")

    assert taken(export)
    exclude_from_case(case=other, user=cast.auditor, reason="x", by=cast.deputy, at=_ago(1))
    assert (taken(export), taken(plain)) == (False, True)
    again = made_now(an_export(cast, seen))
    assert [one.case for one in again.records.all()] == [seen]
    assert taken(again)


def test_a_deputy_is_told_no_more_than_the_lead_whose_place_they_take(cast, seen, kept):
    _recorded(kept, cast.staff)
    stand_in = a_stand_in(cast)
    user = type(cast.colleague).objects.get(pk=stand_in.deputy_id)
    people = people_in(seen)
    known = known_in(seen, people, reader=user)
    marks = marks_in(seen, user)
    assert (known.responsibilities, known.orders, known.protections, known.bare) == ([], [], [], [])
    assert (marks.told, marks.bare) == ([], [])


def test_each_way_of_asking_gives_the_same_answer_for_everybody(cast, seen, kept):
    _recorded(kept, cast.staff)
    open_one = a_case(by=cast.deputy, organisation=cast.school)
    _recorded(open_one, cast.deputy)
    restricted = a_case(by=cast.dsl, organisation=cast.school)
    _recorded(restricted, cast.dsl)
    restrict_case(case=restricted, reason="Needs care", by=cast.dsl, at=_ago(5))
    exclude_from_case(case=open_one, user=cast.head, reason="About her", by=cast.deputy, at=_ago(4))
    a_stand_in(cast)
    cases = list(Case.objects.all())
    doors = Doors(seen, cases, [one for case in cases for one in access_to(case)])
    table = {}
    for name, user in cast.everybody().items():
        for model in REACHING:
            rows = list(model.objects.order_by("id"))
            told = set(model.objects.filter(told_to(user)))
            warned = set(model.objects.filter(not_kept_from(user)))
            assert {row for row in rows if doors.tells(row, user)} == told
            assert {row for row in rows if doors.warns(row, user)} == warned
        marks = Protection.objects.order_by("id")
        table[name] = [
            "told" if doors.tells(one, user) else "warned" if doors.warns(one, user) else ""
            for one in marks
        ]
    assert table["dsl"] == ["", "told", "told"]
    assert table["staff"] == ["told", "told", "warned"]
    assert table["head"] == ["told", "", "warned"]
    assert table["deputy"] == ["told", "told", "warned"]


def test_a_bare_mark_names_nobody_whoever_it_is_held_against(cast, seen, kept):
    _restricted(cast, kept)
    _recorded(kept, cast.staff)
    words = [BARE.format("Zelda Park")]
    marks = marks_in(seen, cast.deputy)
    assert guarded(marks, ["Quentin Hush"]) == guarded(marks, ["Jo Hart"]) == words


def test_old_rows_learn_from_the_log_through_which_case_they_came(cast, seen, kept):
    _recorded(kept, cast.staff)
    connection.check_constraints()  # PostgreSQL alters no table whose keys wait for a check
    tables = []
    for model in (Responsibility, CourtOrder, Protection):
        past = model.history.model
        tables += [past._meta.db_table, model._meta.db_table]
        triggers.remove(connection, tables[-2:])
        past.objects.update(case=None)
        model.objects.update(case=seen)
    connection.check_constraints()
    triggers.install(connection, [one for one in tables if one in triggers.append_only_tables()])

    editor = SimpleNamespace(connection=connection, execute=connection.cursor().execute)
    name = "infosharing.cases.migrations.0002_the_case_it_came_through"
    importlib.import_module(name).fill(apps, editor)

    for model in (Responsibility, CourtOrder, Protection):
        assert list(model.objects.values_list("case", flat=True)) == [kept.pk]
        assert set(model.history.values_list("case", flat=True)) == {kept.pk}
    assert triggers.missing(connection, triggers.append_only_tables()) == []
