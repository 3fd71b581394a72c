"""Choosing and changing a password, and getting a new one by e-mail (S4, W4)."""

import io
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from infosharing.audit.models import Entry
from tests.access.trying import body, got_in, is_signed_in, try_to
from tests.people import PASSWORD

NEW = "nine blue herons"
NOBODY = "Nobody with an open account"
CHANGE = "/password/change/"


@pytest.fixture(autouse=True)
def _sends_email(settings):
    settings.SENDS_EMAIL = True


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    again = new if again is None else again
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again})


def ask_for_link(client: Client, email: str):
    return client.post("/password/reset/", {"email": email})


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/password/reset/key/\S+)", letter.body)
    assert found
    return found[1]


def choose(client: Client, path: str, new: str = NEW):
    page = client.get(path, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})


def test_a_changed_password_lets_in_and_the_old_one_does_not(people, sign_in):
    response = change(sign_in(people.dsl))
    assert (response.status_code, response.url) == (302, reverse("casefile:home"))
    assert got_in(try_to(Client(), "dsl", NEW))
    assert try_to(Client(), "dsl", PASSWORD).status_code == 422


def test_changing_it_is_logged_and_keeps_this_session_but_ends_all_others(people, sign_in):
    here, elsewhere = sign_in(people.dsl), sign_in(people.dsl)
    change(here)
    assert (
        Entry.objects.filter(event="access.password_changed", actor_id=people.dsl.public_id).count()
        == 1
    )
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("not the password", NEW, NEW, "This is not your password now"),
        (PASSWORD, "elevenchars", "elevenchars", "at least 12 characters"),
        (PASSWORD, NEW, "nine blue heron", "You must type the same password each time."),
        (PASSWORD, "password1234", "password1234", "too common"),
        (PASSWORD, "dsl@school.example.org", "dsl@school.example.org", "too similar"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_and_nothing_is_changed(
    people, sign_in, old, new, again, words
):
    response = change(sign_in(people.dsl), old, new, again)
    assert response.status_code == 422
    assert words in response.content.decode()
    people.dsl.refresh_from_db()
    assert people.dsl.check_password(PASSWORD)
    assert not Entry.objects.filter(event="access.password_changed").exists()


@pytest.mark.parametrize("new", ["twelve chars", "ł" * 12, "long enough " * 20])
def test_twelve_characters_of_any_kind_will_do(people, sign_in, new):
    assert change(sign_in(people.dsl), new=new).status_code == 302
    assert got_in(try_to(Client(), "dsl", new))


def test_letters_with_accents_are_the_same_however_the_keyboard_sends_them(people, sign_in):
    change(sign_in(people.dsl), new="cafe\u0301 au lait now")
    assert got_in(try_to(Client(), "dsl", "café au lait now"))


def test_typed_passwords_are_never_shown_again(people, sign_in):
    assert "elevenchars" not in change(sign_in(people.dsl), new="elevenchars").content.decode()
    assert "my secret" not in try_to(Client(), "dsl", "my secret").content.decode()


def test_a_link_comes_by_e_mail_and_chooses_a_new_password_once(people, settings):
    settings.PUBLIC_URL = "https://sharing.example.sch.uk"
    client = Client()
    response = ask_for_link(client, "DSL@school.example.org")
    assert response.url == "/password/reset/done/"
    [letter] = mail.outbox
    assert letter.to == ["dsl@school.example.org"]
    assert "https://sharing.example.sch.uk/password/reset/key/" in letter.body
    assert choose(client, link_in(letter)).url == "/password/reset/key/done/"
    assert got_in(try_to(Client(), "dsl", NEW))
    assert "This link no longer works" in Client().get(link_in(letter)).content.decode()
    assert Entry.objects.filter(event="access.password_changed").count() == 1


def test_a_forged_host_never_gets_into_the_link(people):
    response = Client().post(
        "/password/reset/", {"email": "dsl@school.example.org"}, headers={"host": "evil.example"}
    )
    assert response.status_code == 400
    assert mail.outbox == []


def test_a_new_password_by_link_ends_the_sessions_there_are_and_makes_none(people, sign_in):
    before, client = sign_in(people.dsl), Client()
    ask_for_link(client, "dsl@school.example.org")
    choose(client, link_in(mail.outbox[0]))
    assert not is_signed_in(before)
    assert not is_signed_in(client)


def test_a_short_password_is_refused_behind_the_link_as_well(people):
    client = Client()
    ask_for_link(client, "dsl@school.example.org")
    response = choose(client, link_in(mail.outbox[0]), "elevenchars")
    assert response.status_code == 422
    assert "at least 12 characters" in response.content.decode()


def test_asking_for_a_link_does_not_tell_whether_there_is_an_account(people):
    people.staff.is_active = False
    people.staff.save()
    known = ask_for_link(Client(), "dsl@school.example.org")
    for email in ("nobody@school.example.org", "staff@school.example.org"):
        unknown = ask_for_link(Client(), email)
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert body(known) == body(unknown)
        assert sorted(known.cookies) == sorted(unknown.cookies)
    assert [letter.to for letter in mail.outbox] == [
        ["dsl@school.example.org"],
        ["nobody@school.example.org"],
        ["staff@school.example.org"],
    ]
    assert "There is no account with it." in mail.outbox[1].body
    assert "/password/reset/key/" not in mail.outbox[2].body


def test_somebody_without_an_e_mail_address_cannot_be_found_by_none(people):
    people.dsl.email = ""
    people.dsl.save()
    assert ask_for_link(Client(), "").status_code == 422
    assert mail.outbox == []


def test_asking_again_and_again_is_slowed_down(people):
    statuses = [ask_for_link(Client(), "dsl@school.example.org").status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert len(mail.outbox) == 5


def test_without_e_mail_the_page_says_who_hands_a_link_over(people, settings):
    settings.SENDS_EMAIL = False
    assert "This service sends no e-mail." in body(Client().get("/password/reset/"))
    assert "This service sends no e-mail." in body(ask_for_link(Client(), "dsl@school.example.org"))
    assert mail.outbox == []


@pytest.mark.parametrize("login", ["dsl", "DSL@school.example.org"])
def test_the_command_line_makes_a_link_which_is_logged(people, login):
    out = io.StringIO()
    call_command("password_link", login, stdout=out)
    client = Client()
    assert choose(client, link_in(mail.EmailMessage(body=out.getvalue()))).status_code == 302
    assert got_in(try_to(Client(), "dsl", NEW))
    entry = Entry.objects.get(event="access.password_link_made")
    assert (entry.actor_id, entry.object_id) == ("system", people.dsl.public_id)


def test_the_command_line_makes_no_link_for_nobody_or_a_closed_account(people):
    people.staff.is_active = False
    people.staff.save()
    for login in ("nobody", "staff", "command-line"):
        with pytest.raises(CommandError, match=NOBODY):
            call_command("password_link", login)
    assert not Entry.objects.exists()
