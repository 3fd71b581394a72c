"""What every page asks of the database: the same number with one of everything and with three.

The numbers stand in ``counts.py``, one line for each address that is opened with GET, and hold on
both databases. A page that asks once more for each row it shows, or for each person of its case,
asks more of the larger world.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from decisions.domain import advising, breaches, following
from infosharing.access.domain.members import invite
from infosharing.accounts.roles import Role
from infosharing.casefile.domain.exporting import ask_export
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.noting import write_note
from infosharing.cases.domain.opening import NewPerson, add_person
from tests.access.counts import COUNTS, WITH_THREE
from tests.access.table import TABLE, Row
from tests.access.walking import path_of
from tests.access.world import World, a_shared_emergency, make_world
from tests.counting import data_statements
from tests.engines import some_on_postgres
from tests.exports import wanted
from tests.factories import (
    a_case,
    a_contact,
    a_continuing_consent,
    a_document,
    a_draft,
    a_protection,
    a_question,
    a_request,
    a_signed_decision,
    save,
)
from tests.people import Cast

PARTS = 3  # tests, each with a world of its own


def opened_by(row: Row) -> str | None:
    """Who opens an address: the safeguarding lead, or else the first of those who are shown it."""
    shown = (row.get or {}).get(200, "").split()
    return "dsl" if "dsl" in shown else next(iter(shown), None)


PAGES = sorted(name for name, row in TABLE.items() if opened_by(row))


def two_more_of_everything(world: World, cast: Cast) -> None:
    """Two more rows in each list that the case, its decision and the school have."""
    case, now, today = world.case, timezone.now(), timezone.localdate()
    for number in range(2):
        add_person(
            case=case,
            person=NewPerson(name=f"Ada {number}", age_band="under_16"),
            by=cast.staff,
            at=now,
        )
        a_request(case=case, by=cast.staff, received=True)
        a_continuing_consent(case=case, by=cast.staff)
        a_question(case=case, by=cast.staff)
        a_protection(case=case, by=cast.staff, from_whom=f"Her uncle {number}")
        write_note(case=case, words=f"He rang again: {number}.", by=cast.staff, at=now)
        a_document(case=case, by=cast.staff, body=f"Letter {number}".encode())
        a_contact(organisation=cast.school, by=cast.staff, name=f"Jo Hart {number}")
        a_signed_decision(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
        a_shared_emergency(case, cast, ())
        ask_export(wanted=wanted(case), by=cast.dsl, at=now)
        draft = a_draft(case=case, by=cast.staff)
        for one, index in ((draft, 1), (world.draft, number + 2)):
            item = {"what": [f"What was seen {number}"], "handling": ["share"]}
            save(one, cast.staff, {("item", index): item})
        advising.ask_for_advice(
            decision=draft.decision,
            asked_of=world.advice.asked_of,
            question="May I?",
            anonymous=True,
            by=cast.staff,
            at=now,
        )
        disclosure = following.record_disclosure(
            decision=world.decision,
            recipient=world.decision.version.recipients.get(),
            items=list(world.decision.version.items.all()),
            sent_on=today,
            sent_time="",
            method="secure_email",
            address="",
            sent_by="Dilys Morgan",
            told_confidential=True,
            note="",
            by=cast.dsl,
            at=now,
        )
        wrong = breaches.WrongPerson(f"Family {number}", now, "Asked to delete it")
        breaches.start_breach(disclosure=disclosure, wrong=wrong, by=cast.dsl, at=now)
        later = today + timedelta(days=10 + number)
        add_closure(
            organisation=cast.school,
            first_on=later,
            last_on=later,
            what="Training",
            by=cast.admin,
            at=now,
        )
        invite(
            organisation=cast.school,
            name=f"Noor {number}",
            email=f"noor{number}@example.org",
            role=Role.PRACTITIONER,
            by=cast.admin,
            at=now,
        )


def count(client: Any, world: World, name: str) -> int:
    row = TABLE[name]
    path = path_of(name, world) + row.query.format(person=world.person.public_id)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200, name
    return len(data_statements(captured))


def counted(sign_in: Any, world: World, cast: Cast, names: list[str]) -> dict[str, int]:
    """The statements of pages, each opened by somebody who has just opened it before."""
    found = {}
    for name in names:
        who = str(opened_by(TABLE[name]))
        client = Client() if who == "anonymous" else sign_in(getattr(cast, who))
        for _twice in range(2):
            found[name] = count(client, world, name)
    return found


@pytest.mark.parametrize("part", some_on_postgres(range(PARTS), PARTS))
def test_every_page_asks_as_much_with_one_row_as_with_three(cast, sign_in, settings, part):
    settings.SENDS_EMAIL = True
    names = PAGES[part::PARTS]
    world = make_world(cast, decider=cast.dsl, role=Role.DSL, asked=cast.colleague)
    assert counted(sign_in, world, cast, names) == {name: COUNTS[name] for name in names}
    two_more_of_everything(world, cast)
    wanted_now = COUNTS | WITH_THREE
    assert counted(sign_in, world, cast, names) == {name: wanted_now[name] for name in names}


def test_there_is_a_number_for_every_page():
    assert sorted(COUNTS) == PAGES
