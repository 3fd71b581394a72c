"""Setting up an organisation from the command line, and its first administrator."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from infosharing.accounts.models import Invitation, Membership, Organisation, User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry

MADE = {
    "name": "Marsh Lane School",
    "kind": "school",
    "checklist": "trust-2015",
    "trust": "Vale Learning Trust",
    "admin_name": "Alex Byrne",
    "admin_email": "Alex@example.org",
}


def set_up(**changes) -> str:
    out = io.StringIO()
    options = {key: value for key, value in {**MADE, **changes}.items() if value is not None}
    call_command("setup_organisation", stdout=out, **options)
    return out.getvalue()


def path_in(printed: str) -> str:
    [link] = re.findall(r"^http://127\.0\.0\.1:\d+(/invitations/\S+/)$", printed, re.MULTILINE)
    return link


def test_it_makes_school_and_trust_and_prints_a_link_that_makes_the_administrator(db):
    path = path_in(set_up())
    school = Organisation.objects.get(name="Marsh Lane School")
    assert (school.kind, school.pack) == ("school", "trust-2015")
    assert (school.parent.name, school.parent.kind) == ("Vale Learning Trust", "trust")
    client = Client()
    response = client.post(
        path, {"username": "alex", "password": "nine blue herons", "again": "nine blue herons"}
    )
    assert (response.status_code, response.url) == (302, "/sign-in/")
    membership = Membership.objects.get()
    assert (membership.user.username, membership.role) == ("alex", Role.ADMINISTRATOR)
    assert membership.user.email == "alex@example.org"
    assert membership.organisation == school


def test_the_trust_is_found_by_its_name_the_second_time(db):
    set_up()
    set_up(name="Hill Rise School", trust="vale learning trust", admin_email="b@example.org")
    assert Organisation.objects.filter(kind="trust").count() == 1


def test_one_without_a_trust_stands_alone(db):
    set_up(trust=None)
    assert Organisation.objects.get().parent is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "called Marsh Lane School in Vale Learning Trust already"),
        ({"name": "MARSH LANE SCHOOL"}, "in Vale Learning Trust already"),
        ({"name": "Hill Rise School", "kind": "trust"}, "leave out --trust"),
        ({"name": "Other", "admin_email": "not an address"}, "is not an e-mail address"),
        ({"name": ""}, "give it with --name"),
        ({"name": "Other", "admin_name": " "}, "give it with --admin-name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(db, changes, words):
    set_up()
    before = (Organisation.objects.count(), Invitation.objects.count(), Entry.objects.count())
    with pytest.raises(CommandError, match=words):
        set_up(**changes)
    assert before == (
        Organisation.objects.count(),
        Invitation.objects.count(),
        Entry.objects.count(),
    )


def test_the_same_name_elsewhere_is_another_school(db):
    set_up()
    set_up(trust="Other Trust", admin_email="b@example.org")
    assert Organisation.objects.filter(name="Marsh Lane School").count() == 2


def test_somebody_with_an_account_is_not_invited_and_nothing_is_made(cast):
    cast.head.email = "alex@example.org"
    cast.head.save()
    before = Organisation.objects.count()
    with pytest.raises(CommandError, match="has an account already"):
        set_up(name="New School")
    assert Organisation.objects.count() == before


def test_all_of_it_is_logged_in_the_name_of_the_system(db):
    set_up()
    assert [(e.event, e.actor_id) for e in Entry.objects.order_by("seq")] == [
        ("access.organisation_set_up", "system"),
        ("access.organisation_set_up", "system"),
        ("access.member_invited", "system"),
    ]


def test_the_user_that_stands_for_the_command_line_cannot_sign_in(db):
    set_up()
    user = User.objects.get(username="command-line")
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_at_a_terminal_it_asks_for_what_is_left_out(db, monkeypatch):
    answers = io.StringIO("New School\nschool\n-\n\nAlex Byrne\nalex@example.org\n")
    answers.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", answers)
    out = io.StringIO()
    call_command("setup_organisation", stdout=out, stderr=io.StringIO())
    school = Organisation.objects.get()
    assert (school.name, school.kind, school.parent, school.pack) == (
        "New School",
        "school",
        None,
        "statutory-2024",
    )
    assert "/invitations/" in out.getvalue()
