"""Signing in and out, what is logged of it, and what it does not give away (S3, S4)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import hashers
from django.test import Client
from django.utils import timezone

from infosharing.accounts.models import Membership
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from tests.access.trying import TOO_MANY, body, got_in, guess, is_signed_in, try_to
from tests.people import PASSWORD, make_user


def events(*, since: int = 0) -> list[tuple[str, str]]:
    return [(e.event, e.outcome) for e in Entry.objects.filter(seq__gt=since).order_by("seq")]


@pytest.mark.parametrize(
    "login", ["dsl", "Dsl", "dsl@school.example.org", " DSL@School.Example.ORG"]
)
def test_name_or_address_with_the_password_let_in(people, login):
    assert got_in(try_to(Client(), login))


def test_it_goes_on_to_the_page_that_was_asked_for_but_never_elsewhere(people):
    inside = Client().post("/sign-in/?next=/members/", {"login": "admin", "password": PASSWORD})
    assert inside.url == "/members/"
    for outside in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = Client().post(
            "/sign-in/", {"login": "admin", "password": PASSWORD, "next": outside}
        )
        assert response.status_code == 302
        assert "evil" not in response.url
        assert "script" not in response.url


def test_a_known_and_an_unknown_name_look_alike(people):
    with time_machine.travel(timezone.now(), tick=False):  # a header tells the second
        known = try_to(Client(), "deputy", "not the password")
        unknown = try_to(Client(), "nobody", "not the password")
    assert known.status_code == unknown.status_code == 422
    assert body(known).replace("deputy", "nobody") == body(unknown)
    assert known.headers.items() == unknown.headers.items()
    assert sorted(known.cookies) == sorted(unknown.cookies)


def test_known_and_unknown_names_are_throttled_alike(people):
    known, unknown = guess(Client(), "deputy", 7), guess(Client(), "nobody", 7)
    assert [body(r).replace("deputy", "nobody") for r in known] == [body(r) for r in unknown]


@pytest.mark.parametrize(
    "login", ["deputy", "deputy@school.example.org", "nobody", "nobody@school.example.org"]
)
def test_every_name_costs_one_hash(people, login, monkeypatch):
    hashed = []
    for name in ("MD5PasswordHasher", "PBKDF2PasswordHasher"):
        encode = getattr(hashers, name).encode

        def counted(self, *args, _encode=encode, **kwargs):
            hashed.append(type(self).__name__)
            return _encode(self, *args, **kwargs)

        monkeypatch.setattr(getattr(hashers, name), "encode", counted)
    try_to(Client(), login, "not the password")
    assert hashed == ["MD5PasswordHasher"]


def test_there_is_no_second_way_to_talk_to_sign_in(people):
    response = try_to(
        Client(),
        "dsl",
        "not the password",
        headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("text/html")


def test_signing_in_and_out_and_failing_are_logged(people):
    client = Client()
    try_to(client, "dsl", "not the password")
    try_to(client, "dsl")
    client.post("/sign-out/")
    assert events() == [
        ("access.sign_in_refused", "refused"),
        ("access.signed_in", "done"),
        ("access.signed_out", "done"),
    ]
    refused, signed_in, signed_out = Entry.objects.order_by("seq")
    assert refused.actor_id == "system"
    assert signed_in.actor_id == signed_out.actor_id == people.dsl.public_id


def test_the_name_that_was_tried_stands_in_the_details_alone(people):
    try_to(Client(), "somebody-else", "not the password")
    entry = Entry.objects.get()
    assert details_of([entry]) == {entry.seq: {"tried": "somebody-else"}}
    assert b"somebody-else" not in bytes(entry.header)


def test_a_try_that_is_one_too_many_says_so_in_words(people):
    assert TOO_MANY in body(guess(Client(), "dsl", 6)[-1])


def test_a_closed_account_is_told_so_after_the_right_password_only(people):
    people.staff.is_active = False
    people.staff.save()
    assert try_to(Client(), "staff", "not the password").status_code == 422
    client = Client()
    response = try_to(client, "staff")
    assert (response.status_code, response.url) == (302, "/account-closed/")
    assert client.get("/account-closed/").status_code == 200
    assert not is_signed_in(client)
    assert events()[-1] == ("access.sign_in_refused", "refused")


def test_signing_out_takes_a_click_on_a_button(people, sign_in):
    client = sign_in(people.dsl)
    asked = client.get("/sign-out/")
    assert asked.status_code == 200
    assert "Do you want to sign out?" in asked.content.decode()
    assert is_signed_in(client)
    response = client.post("/sign-out/", follow=True)
    assert response.redirect_chain == [("/sign-in/", 302)]
    assert "You have signed out." in response.content.decode()
    assert not is_signed_in(client)


def test_a_session_ends_after_half_an_hour_without_a_request(people):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to(client, "dsl")
        clock.shift(timedelta(minutes=29))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_signed_in(client)


def test_a_session_ends_after_ten_hours_however_busy(people):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to(client, "dsl")
        assert is_signed_in(client)
        for _ in range(29):
            clock.shift(timedelta(minutes=20))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=19))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_signed_in(client)
    last = Entry.objects.order_by("-seq")[0]
    assert (last.event, details_of([last])[last.seq]) == (
        "access.signed_out",
        {"because": "ten hours"},
    )


def test_a_role_that_ended_is_gone_with_the_next_request(people, sign_in):
    client = sign_in(people.admin)
    assert client.get("/members/").status_code == 200
    membership = Membership.objects.get(user=people.admin)
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    membership.save()
    assert client.get("/members/").status_code == 403


def test_a_closed_account_is_out_with_the_next_request(people, sign_in):
    client = sign_in(people.admin)
    people.admin.is_active = False
    people.admin.save()
    assert client.get("/members/").url == "/sign-in/?next=/members/"


def test_passwords_are_kept_with_argon2id(people, settings):
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name]
    user = make_user("new")
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(PASSWORD)


def test_the_settings_hash_with_argon2_first():
    from infosharing import settings as written

    assert written.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_signing_in_never_rewrites_the_password(people, settings):
    before = people.dsl.password
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS[1:], settings.PASSWORD_HASHERS[0]]
    assert got_in(try_to(Client(), "dsl"))
    people.dsl.refresh_from_db()
    assert people.dsl.password == before
