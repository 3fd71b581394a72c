"""Every address, as everybody, in every way, against the one reviewed table (A1, A2, A3)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infosharing.access.declared import declared
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.casefile.demonstration.cast import MEMBERS
from tests.access.table import LET_IN, TABLE, expected
from tests.access.walking import (
    LOOKING_WRITES,
    METHODS,
    Seen,
    addresses,
    knock,
    methods_for,
    path_of,
)
from tests.access.world import ABSENT, World, make_world
from tests.engines import POSTGRES, some_on_postgres
from tests.people import NAMES, Cast, make_member, make_user

PARTS = 4  # tests in which the table is walked, each with a world of its own
PARTLY = [sorted(TABLE)[part::PARTS] for part in range(PARTS)]
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Frame-Options",
    "Permissions-Policy",
)
WITH_IDS = sorted(
    name
    for name, pattern in addresses()
    if set(pattern.pattern.regex.groupindex) & {"public_id", "person_id"}
)


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True


def knocked(client: Client, method: str, name: str, path: str, world: World) -> Seen:
    row = TABLE[name]
    query = row.query.format(person=world.person.public_id)
    return knock(client, method, path + query, row.typed)


class TestTable:
    def test_every_address_has_a_name_and_a_row(self):
        assert sorted(name for name, _pattern in addresses()) == sorted(TABLE)

    def test_every_parameter_of_an_address_has_a_sample(self, cast):
        arguments = a_world(cast).arguments
        for name, pattern in addresses():
            wanted = set(pattern.pattern.regex.groupindex)
            assert set(arguments.get(name, {})) == wanted, name

    def test_every_view_declares_what_its_row_says(self):
        for name, pattern in addresses():
            found = declared(pattern.callback)
            assert (found.access, found.shows) == (TABLE[name].access, TABLE[name].shows), name

    def test_every_row_has_one_answer_for_everybody_who_is_let_in(self):
        for name, row in TABLE.items():
            for answers in filter(None, (row.get, row.post)):
                people = " ".join(answers.values()).split()
                assert sorted(people) == sorted(LET_IN[row.access].split()), name


def a_world(cast: Cast) -> World:
    return make_world(cast, decider=cast.dsl, role=Role.DSL, asked=cast.colleague)


@pytest.mark.parametrize("names", PARTLY, ids=lambda names: names[0])
def test_everybody_is_answered_as_the_table_says(people, sign_in, names):
    world = a_world(people)
    secrets = [world.person.name, "Noor Haddad", *NAMES.values()]
    clients = {name: sign_in(user) for name, user in people.everybody().items()}
    clients["anonymous"] = Client()
    wrong = []
    for address, name in enumerate(names):
        for number, (who, client) in enumerate(clients.items()):
            for method in methods_for(number, address):
                seen = knocked(client, method, name, path_of(name, world), world)
                wanted = expected(TABLE[name], method, who)
                if seen.status != wanted:
                    wrong.append(f"{method} {name} as {who}: {seen.status}, not {wanted}")
                if method != "POST" and not seen.written <= LOOKING_WRITES:
                    wrong.append(f"{method} {name} as {who} wrote {seen.written}")
                title = re.search(rb"<title>(.*?)</title>", seen.body, re.DOTALL)
                if title and any(name.encode() in title[1] for name in secrets):
                    wrong.append(f"{method} {name} as {who} has a name in its title")
                lacking = [header for header in HEADERS if header not in seen.headers]
                if lacking or seen.headers.get("Cache-Control") != "no-store, private":
                    wrong.append(f"{method} {name} as {who} lacks {lacking or 'no-store'}")
    assert wrong == []


def strangers_to(people: Cast, name: str) -> dict[str, User]:
    """People who are let in at an address and must not learn of what is behind it."""
    if name.startswith("access:"):
        return {"administrator elsewhere": _administrator_elsewhere(people)}
    if name.startswith("casefile:contact"):  # the school's, whatever case somebody is kept from
        return {"stranger": people.stranger}
    if name.startswith("casefile:export"):  # the DSL's own, whatever is in it
        return {"stranger": people.stranger, "the deputy": people.deputy}
    return {
        "stranger": people.stranger,
        "DSL kept from it": people.dsl,
        "practitioner not named": people.colleague,
    }


def _administrator_elsewhere(people: Cast) -> User:
    user = User.objects.filter(username="elsewhere").first()
    if user is None:
        user = make_user("elsewhere", "Elsa Ware")
        make_member(user, people.other_school, Role.ADMINISTRATOR)
    return user


@pytest.mark.parametrize(
    "names", [WITH_IDS[part::PARTS] for part in range(PARTS)], ids=lambda names: names[0]
)
def test_what_one_must_not_know_of_looks_like_what_is_not_there(people, sign_in, names):
    world = make_world(
        people, decider=people.head, role=Role.HEAD, asked=people.manager, keep_from=(people.dsl,)
    )
    differing = []
    for number, name in enumerate(names):
        strangers = list(strangers_to(people, name).items())
        # On PostgreSQL one of them, at the next address another.
        for who, user in [strangers[number % len(strangers)]] if POSTGRES else strangers:
            client = sign_in(user)
            there = path_of(name, world)
            absent = absent_path(name, world)
            for method in METHODS:
                found = knocked(client, method, name, there, world)
                nothing = knocked(client, method, name, absent, world)
                if found.looks() != nothing.looks():
                    differing.append(f"{method} {name} as {who}: {difference(found, nothing)}")
    assert differing == []


def absent_path(name: str, world: World) -> str:
    arguments = world.arguments[name]
    return reverse(name, kwargs={**arguments, "public_id": ABSENT})


def difference(found: Seen, nothing: Seen) -> Any:
    for one, other in zip(found.looks(), nothing.looks(), strict=True):
        if one != other:
            return one, other
    return None


@pytest.mark.parametrize(
    "name",
    some_on_postgres(
        [name for name, pattern in addresses() if "person_id" in pattern.pattern.regex.groupindex],
        3,
    ),
)
def test_somebody_of_another_case_looks_like_nobody(people, sign_in, name):
    world = a_world(people)
    other = make_world(
        people, decider=people.head, role=Role.HEAD, asked=people.manager, keep_from=(people.dsl,)
    )
    arguments = world.arguments[name]
    client = sign_in(people.dsl)
    foreign = reverse(name, kwargs={**arguments, "person_id": other.person.public_id})
    absent = reverse(name, kwargs={**arguments, "person_id": ABSENT})
    for method in METHODS:
        assert knock(client, method, foreign).looks() == knock(client, method, absent).looks()


def test_asking_for_what_one_must_not_know_of_is_logged_like_asking_for_nothing(people, sign_in):
    world = a_world(people)
    client = sign_in(people.stranger)
    for public_id in (world.case.public_id, ABSENT):
        last = Entry.objects.count()
        assert client.get(f"/cases/{public_id}/").status_code == 404
        [entry] = Entry.objects.filter(seq__gt=last)
        assert (entry.event, entry.outcome, entry.case_id) == ("access.refused", "refused", "")
        assert details_of([entry])[entry.seq] == {"kind": "cases.case", "asked_for": public_id}


def test_the_table_knows_everybody_of_the_demonstration():
    assert {member.username for member in MEMBERS} == set(NAMES)
