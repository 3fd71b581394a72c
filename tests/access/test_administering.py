"""Who may change members, roles and checklist: administrators of that very organisation (A8)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.access.domain import members
from infosharing.accounts.models import Invitation, Membership, User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from tests.counting import statements
from tests.engines import some_on_postgres
from tests.people import NAMES, Cast, make_member, make_user


def invitation_of(cast: Cast) -> Invitation:
    return members.invite(
        organisation=cast.school,
        name="Noor Haddad",
        email="noor@example.org",
        role=Role.MANAGER,
        by=cast.admin,
        at=timezone.now(),
    )[0]


def verbs(cast: Cast) -> dict[str, Callable[..., Any]]:
    school = {"organisation": cast.school}
    today = timezone.localdate()
    return {
        "choose_pack": partial(members.choose_pack, **school, pack="trust-2015"),
        "invite": partial(
            members.invite, **school, name="N", email="n@example.org", role=Role.MANAGER
        ),
        "withdraw_invitation": partial(members.withdraw_invitation, invitation=invitation_of(cast)),
        "give_role": partial(
            members.give_role,
            **school,
            user=cast.staff,
            role=Role.HEAD,
            starts_on=today,
            ends_on=None,
        ),
        "end_role": partial(
            members.end_role,
            membership=Membership.objects.get(user=cast.colleague),
            ends_on=today,
        ),
    }


VERBS = ("choose_pack", "invite", "withdraw_invitation", "give_role", "end_role")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", some_on_postgres([name for name in NAMES if name != "admin"], 3))
def test_nobody_else_may(cast, verb, who):
    call = verbs(cast)[verb]
    before = Entry.objects.count()
    with pytest.raises(PermissionDenied, match="looked after by your administrator"):
        call(by=getattr(cast, who), at=timezone.now())
    assert Entry.objects.count() == before


@pytest.mark.parametrize("verb", VERBS)
def test_the_administrator_may(cast, verb):
    verbs(cast)[verb](by=cast.admin, at=timezone.now())


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("place", ["other_school", "trust"])
def test_an_administrator_of_another_place_may_not_even_of_the_trust(cast, verb, place):
    call = verbs(cast)[verb]
    elsewhere = make_user("elsewhere")
    make_member(elsewhere, getattr(cast, place), Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        call(by=elsewhere, at=timezone.now())


@pytest.mark.parametrize("verb", VERBS)
def test_an_administrator_whose_role_has_ended_may_not(cast, verb):
    call = verbs(cast)[verb]
    membership = Membership.objects.get(user=cast.admin)
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    membership.save()
    with pytest.raises(PermissionDenied):
        call(by=User.objects.get(pk=cast.admin.pk), at=timezone.now())


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_asks_the_database_as_often_however_many_there_are(cast, sign_in, more):
    for number in range(more):
        make_member(make_user(f"more{number}"), cast.school, Role.PRACTITIONER)
        invitation_of_somebody(cast, number)
    client = sign_in(cast.admin)
    client.get("/members/")  # the session notes when it began
    with statements(8):
        assert client.get("/members/").status_code == 200


def invitation_of_somebody(cast: Cast, number: int) -> None:
    members.invite(
        organisation=cast.school,
        name="Noor Haddad",
        email=f"noor{number}@example.org",
        role=Role.MANAGER,
        by=cast.admin,
        at=timezone.now(),
    )
