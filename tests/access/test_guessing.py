"""Guessing is slow, and nobody can lock another out with it (S2)."""

import time_machine
from django.test import Client
from django.utils import timezone

from tests.access.trying import ELSEWHERE, HERE, TOO_MANY, got_in, guess, looked_at, try_to

SPELLINGS = (
    "dsl",
    "DSL",
    " dsl ",
    "ｄｓｌ",
    "ＤＳＬ",
    "dsl@school.example.org",
    "DSL@School.Example.Org",
    "dsl@ｓchool.example.org",
)


def test_one_place_has_ten_guesses_at_an_account_however_it_is_spelt(people):
    tried = [try_to(Client(), spelling, f"a guess {n}") for n in range(6) for spelling in SPELLINGS]
    assert looked_at(tried) == 10


def test_after_too_many_guesses_the_right_password_is_refused_as_well(people):
    guess(Client(), "dsl", 5)
    refused = try_to(Client(), "dsl")
    assert refused.status_code == 422
    assert TOO_MANY in refused.content.decode()


def test_after_five_minutes_the_right_password_lets_in_again(people):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess(Client(), "dsl", 5)
        clock.shift(301)
        assert got_in(try_to(Client(), "dsl"))


def test_signing_in_uses_up_no_tries(people):
    assert all(got_in(try_to(Client(), "dsl")) for _ in range(12))


def test_a_made_up_address_in_a_header_gives_no_more_guesses(people):
    tried = [
        try_to(
            Client(),
            "dsl",
            f"a guess {n}",
            headers={"x-forwarded-for": f"192.0.2.{n}", "x-real-ip": f"192.0.2.{n}"},
        )
        for n in range(20)
    ]
    assert looked_at(tried) == 5


def test_a_stranger_elsewhere_cannot_lock_the_owner_out(people):
    for login in ("dsl", "dsl@school.example.org"):
        guess(Client(), login, 30, address=ELSEWHERE)
    assert got_in(try_to(Client(), "dsl", address=HERE))


def test_a_stranger_at_the_same_address_cannot_lock_out_a_browser_the_owner_has_used(people):
    owners = Client()
    assert got_in(try_to(owners, "dsl"))
    owners.post("/sign-out/")
    guess(Client(), "dsl", 30)
    assert TOO_MANY in try_to(Client(), "dsl").content.decode()
    assert got_in(try_to(owners, "dsl"))
    owners.post("/sign-out/")
    assert got_in(try_to(owners, "dsl@school.example.org"))


def test_the_browser_of_the_owner_has_no_more_guesses_than_others(people):
    owners = Client()
    try_to(owners, "dsl")
    owners.post("/sign-out/")
    assert looked_at(guess(owners, "dsl", 20)) == 5


def test_signing_in_as_somebody_else_in_between_gives_no_more_guesses(people):
    shared = Client()
    for login in ("dsl", "staff"):
        try_to(shared, login)
        shared.post("/sign-out/")
    tried = []
    for _ in range(5):
        tried += guess(shared, "dsl", 3)
        assert got_in(try_to(shared, "staff"))
        shared.post("/sign-out/")
    assert looked_at(tried) == 5


def test_a_cookie_that_was_changed_counts_for_nothing(people, settings):
    owners = Client()
    try_to(owners, "dsl")
    forged = Client()
    name = settings.DEVICE_COOKIE_NAME
    value = owners.cookies[name].value
    forged.cookies[name] = ("e" if value[0] == "f" else "f") + value[1:]
    guess(Client(), "dsl", 5)
    assert TOO_MANY in try_to(forged, "dsl").content.decode()


def test_the_cookie_holds_no_name_and_is_out_of_reach_for_scripts(people, settings):
    client = Client()
    try_to(client, "dsl")
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert "dsl" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_strangers_at_one_address_share_their_tries_over_all_names(people):
    owners = Client()
    try_to(owners, "head")
    owners.post("/sign-out/")
    tried = [try_to(Client(), f"name{n}", "a guess") for n in range(70)]
    assert looked_at(tried) == 59  # the owner's sign-in was the first of the sixty
    assert TOO_MANY in try_to(Client(), "staff").content.decode()
    assert got_in(try_to(owners, "head"))
    assert got_in(try_to(Client(), "staff", address=ELSEWHERE))


def test_addresses_of_one_ipv6_network_are_one_place(people):
    tried = [
        try_to(Client(), "dsl", f"a guess {n}", address=f"2001:db8:1:2::{n:x}") for n in range(9)
    ]
    assert looked_at(tried) == 5
