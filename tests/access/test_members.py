"""The administrator's pages: members, invitations, roles, checklist (R3, A8)."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infosharing.accounts.models import Invitation, Membership, User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from tests.access.trying import got_in, try_to
from tests.people import make_member, make_user

TODAY = timezone.localdate
INVITED = {"name": "Noor Haddad", "email": "Noor@Example.org", "role": "deputy_dsl"}
CHOSEN = {"username": "Noor", "password": "nine blue herons", "again": "nine blue herons"}


def day(name: str, value: date) -> dict[str, str]:
    return {
        f"{name}_day": str(value.day),
        f"{name}_month": str(value.month),
        f"{name}_year": str(value.year),
    }


def make_invitation(client: Client, **changes: str) -> tuple[Invitation, str]:
    """Invite somebody in the browser; return the invitation and the path of its link."""
    response = client.post("/members/invite/", {**INVITED, **changes})
    assert response.status_code == 302, response.content.decode()
    page = client.get(response.url).content.decode()
    [path] = re.findall(r"http://127\.0\.0\.1:\d+(/invitations/[\w-]+/)", page)
    return Invitation.objects.latest("id"), path


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


class TestMembers:
    def test_everybody_is_listed_with_role_and_days(self, people, sign_in):
        page = sign_in(people.admin).get("/members/").content.decode()
        for username, user in people.everybody().items():
            assert (user.name in page) is (username != "stranger"), username
        assert "Designated safeguarding lead (DSL)" in page
        assert "1 January 2020" in page

    def test_looking_is_logged(self, people, sign_in):
        sign_in(people.admin).get("/members/")
        entry = Entry.objects.get(event="access.members_seen")
        assert (entry.outcome, entry.actor_id, entry.organisation_id) == (
            "seen",
            people.admin.public_id,
            people.school.public_id,
        )

    def test_roles_that_have_ended_stand_apart(self, people, sign_in):
        ended = membership_of(people.staff)
        ended.ends_on = TODAY() - timedelta(days=1)
        ended.save()
        client = sign_in(people.admin)
        assert people.staff.name not in client.get("/members/").content.decode()
        page = client.get("/members/?show=ended").content.decode()
        assert people.staff.name in page
        assert people.head.name not in page

    def test_a_long_list_has_pages(self, people, sign_in):
        for number in range(60):
            make_member(make_user(f"m{number:02}"), people.school, Role.PRACTITIONER)
        client = sign_in(people.admin)
        first = client.get("/members/").content.decode()
        assert "Next page" in first
        assert "Previous page" not in first
        second = client.get("/members/?page=2").content.decode()
        assert "Previous page" in second
        named = [set(re.findall(r"\bM\d\d\b", page)) for page in (first, second)]
        assert (len(named[0] | named[1]), named[0] & named[1]) == (60, set())

    def test_whoever_looks_after_two_schools_chooses_between_them(self, people, sign_in):
        make_member(people.admin, people.other_school, Role.ADMINISTRATOR)
        client = sign_in(people.admin)
        address = f"/members/?organisation={people.school.public_id}"
        page = client.get(address).content.decode()
        assert people.dsl.name in page
        assert people.stranger.name not in page
        assert f"organisation={people.other_school.public_id}" in page
        other = client.get(f"/members/?organisation={people.other_school.public_id}")
        assert people.stranger.name in other.content.decode()

    def test_another_school_looks_like_none(self, people, sign_in):
        client = sign_in(people.admin)
        found = client.get(f"/members/?organisation={people.other_school.public_id}")
        absent = client.get("/members/?organisation=AAAAAAAAAAAAAAAAAAAAAA")
        assert found.status_code == absent.status_code == 404
        assert found.content == absent.content


class TestInvitations:
    def test_somebody_invited_makes_an_account_and_signs_in(self, people, sign_in):
        _invitation, path = make_invitation(sign_in(people.admin))
        stranger = Client()
        page = stranger.get(path)
        assert page.status_code == 200
        assert "Marsh Lane School" in page.content.decode()
        assert stranger.post(path, CHOSEN).url == "/sign-in/"
        user = User.objects.get(username="noor")
        assert (user.name, user.email) == ("Noor Haddad", "noor@example.org")
        membership = membership_of(user)
        assert (membership.role, membership.starts_on, membership.given_by) == (
            Role.DEPUTY_DSL,
            TODAY(),
            people.admin,
        )
        assert got_in(try_to(Client(), "NOOR", CHOSEN["password"]))
        assert got_in(try_to(Client(), "noor@example.org", CHOSEN["password"]))

    def test_inviting_and_accepting_are_logged_without_the_secret(self, people, sign_in):
        _invitation, path = make_invitation(sign_in(people.admin))
        Client().post(path, CHOSEN)
        invited = Entry.objects.get(event="access.member_invited")
        accepted = Entry.objects.get(event="access.invitation_accepted")
        assert invited.actor_id == people.admin.public_id
        assert accepted.actor_id == User.objects.get(username="noor").public_id
        secret = path.split("/")[2].encode()
        from infosharing.audit.models import Payload

        assert not any(secret in bytes(row.payload) for row in Payload.objects.all())

    def test_the_link_is_shown_once(self, people, sign_in):
        client = sign_in(people.admin)
        invitation, path = make_invitation(client)
        again = client.get(f"/members/invitations/{invitation.public_id}/").content.decode()
        assert path not in again
        assert "was shown once" in again

    def test_only_a_hash_of_the_secret_is_kept(self, people, sign_in):
        invitation, path = make_invitation(sign_in(people.admin))
        assert path.split("/")[2] not in str(vars(invitation))

    def test_the_link_works_once(self, people, sign_in):
        _invitation, path = make_invitation(sign_in(people.admin))
        Client().post(path, CHOSEN)
        used = Client().get(path)
        absent = Client().get("/invitations/never-made/")
        assert used.status_code == absent.status_code == 404
        assert used.content == absent.content
        assert Client().post(path, {**CHOSEN, "username": "second"}).status_code == 404
        assert not User.objects.filter(username="second").exists()

    def test_the_link_runs_out_after_a_fortnight(self, people, sign_in):
        _invitation, path = make_invitation(sign_in(people.admin))
        with time_machine.travel(timezone.now() + timedelta(days=14), tick=False):
            assert Client().get(path).status_code == 404
            assert Client().post(path, CHOSEN).status_code == 404
        assert not User.objects.filter(username="noor").exists()

    def test_a_withdrawn_link_stops_working(self, people, sign_in):
        client = sign_in(people.admin)
        invitation, path = make_invitation(client)
        address = f"/members/invitations/{invitation.public_id}/withdraw/"
        assert client.get(address).status_code == 200
        assert Client().get(path).status_code == 200
        assert client.post(address).url == "/members/"
        assert Client().get(path).status_code == 404
        assert Entry.objects.filter(event="access.invitation_withdrawn").count() == 1
        again = client.post(address, follow=True)
        assert "has been used or withdrawn already" in again.content.decode()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"username": ""}, "Choose a user name"),
            ({"username": "with spaces"}, "without spaces"),
            ({"username": "noor@example.org"}, "without spaces"),
            ({"username": "DSL"}, "This user name is taken"),
            ({"password": "elevenchars", "again": "elevenchars"}, "at least 12 characters"),
            ({"again": "nine blue heron"}, "Type the same password in both boxes"),
            ({"password": "noor@example.org", "again": "noor@example.org"}, "too similar"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_link_still_works(self, people, sign_in, changes, words):
        _invitation, path = make_invitation(sign_in(people.admin))
        response = Client().post(path, {**CHOSEN, **changes})
        assert response.status_code == 422
        assert words in response.content.decode()
        assert not User.objects.filter(email="noor@example.org").exists()
        assert Client().get(path).status_code == 200

    def test_two_links_for_one_address_make_one_account(self, people, sign_in):
        client = sign_in(people.admin)
        paths = [make_invitation(client)[1] for _ in range(2)]
        Client().post(paths[0], CHOSEN)
        assert Client().post(paths[1], {**CHOSEN, "username": "second"}).status_code == 404
        assert User.objects.filter(email="noor@example.org").count() == 1

    def test_trying_user_names_behind_a_link_is_slowed_down(self, people, sign_in):
        _invitation, path = make_invitation(sign_in(people.admin))
        client = Client()
        statuses = [client.post(path, {**CHOSEN, "username": "dsl"}).status_code for _ in range(32)]
        assert statuses == [422] * 30 + [429] * 2
        assert Client().get(path).status_code == 200

    def test_whoever_is_signed_in_is_asked_to_sign_out_first(self, people, sign_in):
        client = sign_in(people.admin)
        _invitation, path = make_invitation(client)
        assert "You are signed in" in client.get(path).content.decode()
        client.post(path, CHOSEN)
        assert not User.objects.filter(username="noor").exists()

    def test_somebody_with_an_account_is_not_invited(self, people, sign_in):
        response = sign_in(people.admin).post(
            "/members/invite/", {**INVITED, "email": "DSL@school.example.org"}
        )
        assert response.status_code == 422
        assert "has an account already" in response.content.decode()
        assert Invitation.objects.count() == 0

    @pytest.mark.parametrize("missing", ["name", "email", "role"])
    def test_nothing_may_be_left_out(self, people, sign_in, missing):
        response = sign_in(people.admin).post("/members/invite/", {**INVITED, missing: ""})
        assert response.status_code == 422
        assert "There is a problem" in response.content.decode()
        assert Invitation.objects.count() == 0

    def test_no_role_is_chosen_beforehand(self, people, sign_in):
        page = sign_in(people.admin).get("/members/invite/").content.decode()
        assert 'value="administrator"' in page
        assert "checked" not in page

    def test_the_link_is_e_mailed_where_e_mail_is_set_up(self, people, sign_in, settings):
        settings.SENDS_EMAIL = True
        settings.PUBLIC_URL = "http://127.0.0.1:8000"
        _invitation, path = make_invitation(sign_in(people.admin))
        [letter] = mail.outbox
        assert letter.to == ["noor@example.org"]
        assert f"http://127.0.0.1:8000{path}" in letter.body

    def test_nothing_is_e_mailed_otherwise(self, people, sign_in):
        make_invitation(sign_in(people.admin))
        assert mail.outbox == []

    def test_e_mail_that_fails_holds_nothing_up(self, people, sign_in, settings, monkeypatch):
        settings.SENDS_EMAIL = True

        def refuse(*_args, **_kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        invitation, path = make_invitation(sign_in(people.admin))
        assert Invitation.objects.get() == invitation
        assert Client().get(path).status_code == 200


class TestRoles:
    def test_a_member_gets_a_further_role_from_a_day_until_a_day(self, people, sign_in):
        first, last = TODAY() + timedelta(days=3), TODAY() + timedelta(days=30)
        response = sign_in(people.admin).post(
            "/members/roles/new/",
            {
                "member": people.manager.public_id,
                "role": "deputy_dsl",
                **day("starts_on", first),
                **day("ends_on", last),
            },
        )
        assert response.url == "/members/"
        made = Membership.objects.get(user=people.manager, role=Role.DEPUTY_DSL)
        assert (made.starts_on, made.ends_on, made.given_by) == (first, last, people.admin)
        assert Entry.objects.filter(event="access.role_given").count() == 1

    def test_somebody_of_another_school_is_found_by_e_mail_address_alone(self, people, sign_in):
        client = sign_in(people.admin)
        assert people.stranger.name not in client.get("/members/roles/new/").content.decode()
        given = {
            "email": "Stranger@school.example.org",
            "role": "auditor",
            **day("starts_on", TODAY()),
        }
        assert client.post("/members/roles/new/", given).status_code == 302
        assert Membership.objects.filter(
            user=people.stranger, organisation=people.school, role=Role.AUDITOR
        ).exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"member": ""}, "Choose who gets the role"),
            ({"member": "nobody"}, "Choose from the answers offered"),
            ({"email": "x@example.org"}, "not both"),
            ({"member": "", "email": "not an address"}, "such as name@example.org"),
            ({"member": "", "email": "x@example.org"}, "Nobody has an account with"),
            ({"role": "dsl"}, "has this role already"),
            ({"starts_on_year": "2020"}, "The first day has gone"),
            ({"starts_on_day": "31", "starts_on_month": "2"}, "Enter a real date"),
            ({"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2021"}, "last day is"),
        ],
    )
    def test_what_is_wrong_is_said_and_no_role_is_given(self, people, sign_in, changes, words):
        before = Membership.objects.count()
        response = sign_in(people.admin).post(
            "/members/roles/new/",
            {
                "member": people.dsl.public_id,
                "role": "head",
                **day("starts_on", TODAY()),
                **changes,
            },
        )
        assert response.status_code == 422
        assert words in response.content.decode()
        assert Membership.objects.count() == before

    def test_nobody_gives_themselves_a_role(self, people, sign_in):
        response = sign_in(people.admin).post(
            "/members/roles/new/",
            {"member": people.admin.public_id, "role": "dsl", **day("starts_on", TODAY())},
        )
        assert response.status_code == 422
        assert "Nobody gives themselves a role" in response.content.decode()
        assert Membership.objects.filter(user=people.admin).count() == 1

    @pytest.mark.parametrize(("when", "days"), [("now", -1), ("today", 0), ("later", 5)])
    def test_a_role_ends_at_once_or_after_a_day(self, people, sign_in, when, days):
        last = TODAY() + timedelta(days=days)
        membership = membership_of(people.head)
        typed = {"when": when, **(day("ends_on", last) if when == "later" else {})}
        response = sign_in(people.admin).post(f"/members/roles/{membership.public_id}/end/", typed)
        assert response.url == "/members/"
        membership.refresh_from_db()
        assert membership.ends_on == last
        assert Entry.objects.filter(event="access.role_ended").count() == 1

    def test_a_role_ended_now_is_gone_with_the_next_click(self, people, sign_in):
        heads = sign_in(people.head)
        listed = reverse("decisions:decisions")
        assert heads.get(listed).status_code == 200
        sign_in(people.admin).post(
            f"/members/roles/{membership_of(people.head).public_id}/end/", {"when": "now"}
        )
        assert heads.get(listed).status_code == 403

    def test_a_role_that_has_not_begun_never_does(self, people, sign_in):
        membership = membership_of(people.head)
        membership.starts_on = TODAY() + timedelta(days=10)
        membership.save()
        sign_in(people.admin).post(f"/members/roles/{membership.public_id}/end/", {"when": "now"})
        membership.refresh_from_db()
        assert membership.ends_on == membership.starts_on - timedelta(days=1)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({}, "Answer the question"),
            ({"when": "later"}, "Enter last day"),
            ({"when": "later", **day("ends_on", date(2021, 1, 1))}, "This day has gone"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(self, people, sign_in, typed, words):
        membership = membership_of(people.head)
        response = sign_in(people.admin).post(f"/members/roles/{membership.public_id}/end/", typed)
        assert response.status_code == 422
        assert words in response.content.decode()
        membership.refresh_from_db()
        assert membership.ends_on is None

    def test_nobody_ends_their_own_role_so_there_is_always_an_administrator(self, people, sign_in):
        membership = membership_of(people.admin)
        client = sign_in(people.admin)
        address = f"/members/roles/{membership.public_id}/end/"
        assert address not in client.get("/members/").content.decode()
        response = client.post(address, {"when": "now"})
        assert response.status_code == 422
        assert "Nobody ends their own role" in response.content.decode()


class TestChecklist:
    def test_all_six_are_offered_with_source_and_days(self, people, sign_in):
        page = sign_in(people.admin).get("/members/checklist/").content.decode()
        assert page.count('type="radio"') == 6
        assert "checked" not in page
        assert "Source:" in page
        assert "In force from 19 April 2024" in page

    def test_choosing_one_is_logged_and_holds_for_the_school_alone(self, people, sign_in):
        response = sign_in(people.admin).post("/members/checklist/", {"pack": "trust-2015"})
        assert response.url == "/members/"
        people.school.refresh_from_db()
        people.other_school.refresh_from_db()
        assert (people.school.pack, people.other_school.pack) == ("trust-2015", "statutory-2024")
        assert Entry.objects.filter(event="access.pack_chosen").count() == 1

    @pytest.mark.parametrize("pack", ["", "made-up"])
    def test_nothing_else_can_be_chosen(self, people, sign_in, pack):
        response = sign_in(people.admin).post("/members/checklist/", {"pack": pack})
        assert response.status_code == 422
        people.school.refresh_from_db()
        assert people.school.pack == "statutory-2024"
