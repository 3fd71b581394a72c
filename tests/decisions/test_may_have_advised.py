"""Whoever advised does not review, however their name was typed; on both databases alike (R57)."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions.domain import advising
from decisions.models import Decision, MayHaveAdvised
from decisions.permissions import check_user_can_review
from decisions.reviewers import reviewers_of, with_reviewers
from infosharing.accounts.models import Membership
from infosharing.accounts.roles import Role
from tests.decisions.afterwards import a_decision, a_review
from tests.people import make_member, make_user

HIS = [
    "Tomasz Łęcki",
    "TOMASZ ŁĘCKI",
    "tomasz łęcki",
    "Tomasz  Łęcki ",
    "Tomasz\u00a0Łęcki",
    "Tomasz Lecki",
    "Tomasz Łe\u0328cki",
    "Mr Tomasz Łęcki",
    "Łęcki, Tomasz",
    "Tomasz Łęcki (deputy DSL)",
    "\u200fTomasz Łęcki",
    "Tomasz Jan Łęcki",
    "Томаш Tomasz Łęcki",
]
NOT_HIS = [
    "Tomasz",
    "Łęcki",
    "Tomasz Łęcka",
    "Anna Łęcki",
    "Tomaszłęcki",
    "The deputy DSL",
    "Duty social worker",
]


def advised_by(decision, adviser, by):
    return advising.report_advice(
        decision=decision,
        adviser=adviser,
        role=Role.DEPUTY_DSL,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="share",
        words="Share it",
        by=by,
        at=timezone.now(),
    )


def offered(decision, user):
    return reviewers_of(with_reviewers(Decision.objects.filter(pk=decision.pk), user).get())


@pytest.fixture
def decision(cast):
    """A decision of the DSL that nobody at the school could review but the deputy."""
    Membership.objects.filter(user__in=[cast.head, cast.dpl]).delete()
    return a_decision(cast, by=cast.dsl)


@pytest.mark.parametrize("typed", HIS, ids=ascii)
def test_an_adviser_does_not_review_however_the_name_was_typed(cast, decision, typed):
    advised_by(decision, typed, cast.dsl)
    with pytest.raises(PermissionDenied):
        check_user_can_review(cast.deputy, decision.version)
    assert offered(decision, cast.deputy).own_hand
    assert not offered(decision, cast.dsl).here


def test_another_of_part_of_the_name_reviews(cast, decision):
    for typed in NOT_HIS:
        advised_by(decision, typed, cast.dsl)
    assert not MayHaveAdvised.objects.exists()
    shown = offered(decision, cast.deputy)
    assert shown.here
    assert not shown.own_hand
    decision.refresh_from_db()
    a_review(decision, cast.deputy)


def test_advice_on_another_decision_bars_nobody(cast, decision):
    advised_by(a_decision(cast, by=cast.dsl), "TOMASZ ŁĘCKI", cast.dsl)
    assert offered(decision, cast.deputy).here
    decision.refresh_from_db()
    a_review(decision, cast.deputy)


def test_whoever_joins_later_under_the_name_does_not_review_either(cast, decision):
    advised_by(decision, "MS ANN O’NEILL", cast.dsl)
    later = make_user("later", "Ann O'Neill")
    make_member(later, cast.school, Role.DEPUTY_DSL)
    with pytest.raises(PermissionDenied):
        check_user_can_review(later, decision.version)
    assert offered(decision, later).own_hand


def test_a_name_changed_later_is_looked_at_again(cast, decision):
    advised_by(decision, "Ann O’Neill", cast.dsl)
    cast.deputy.name = "Ann O'Neill"
    cast.deputy.save(update_fields=["name"])
    assert offered(decision, cast.deputy).own_hand


def test_advice_given_by_somebody_signed_in_is_theirs_by_their_key(cast, decision):
    advised_by(decision, "Tomasz Łęcki", cast.dsl)
    assert [row.user for row in MayHaveAdvised.objects.all()] == [cast.deputy]
    assert not offered(decision, cast.head).own_hand


def test_a_name_without_a_word_is_nobodys(cast, decision):
    nobody = make_user("dots", "…")
    advised_by(decision, "…", cast.dsl)
    assert not MayHaveAdvised.objects.filter(user=nobody).exists()


def test_old_advice_is_looked_at_when_the_product_is_upgraded(cast, decision):
    for typed in ("TOMASZ ŁĘCKI", "Dilys Morgan", "Somebody"):
        advised_by(decision, typed, cast.staff if typed == "Somebody" else cast.dsl)
    wanted = sorted(MayHaveAdvised.objects.values_list("advice", "user"))
    assert len(wanted) == 2
    MayHaveAdvised.objects.all().delete()
    fill = importlib.import_module("decisions.migrations.0003_may_have_advised").fill
    for _ in range(2):
        fill(apps, None)
        assert sorted(MayHaveAdvised.objects.values_list("advice", "user")) == wanted
