"""The demonstration: believable, made-up, dated from today, loaded once."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from decisions.enums import ReviewState, State
from decisions.models import Decision, Disclosure, Receipt, Request, Telling
from decisions.queries import visible_decisions
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.casefile.demonstration.cast import MEMBERS, PASSWORD
from infosharing.cases.queries import visible_cases

NAMES = (
    "staff colleague dsl deputy head manager dpl auditor admin stranger".split()  # noqa: SIM905
)


@pytest.fixture
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def load(*options: str) -> str:
    out = io.StringIO()
    call_command("load_demonstration", *options, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def loaded(quick_passwords, db) -> str:
    return load()


def case_seen_by(username: str) -> set[str]:
    return set(visible_cases(User.objects.get(username=username)).values_list("summary", flat=True))


def test_everybody_can_sign_in_with_the_one_password(loaded):
    assert [member.username for member in MEMBERS] == NAMES
    for username in NAMES:
        assert Client().login(username=username, password=PASSWORD), username
        assert username in loaded
    assert PASSWORD in loaded
    assert len(PASSWORD) >= 12


def test_a_second_run_changes_nothing_and_prints_the_same(loaded):
    before = counts()
    assert load() == loaded
    assert load("--quiet") == ""
    assert counts() == before


def test_it_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="setup_organisation"):
        load()
    assert User.objects.count() == 0


def test_there_is_a_matter_in_every_state(loaded):
    signed = Decision.objects.filter(state=State.SIGNED)
    assert set(signed.values_list("outcome", flat=True)) == {
        "share",
        "share_in_part",
        "do_not_share",
    }
    assert set(signed.values_list("review_state", flat=True)) == {
        ReviewState.WAITING,
        ReviewState.AGREED,
        ReviewState.RETURNED,
    }
    suggested = set(signed.values_list("suggestion", flat=True))
    assert {"share_now", "may_share", "may_share_without_consent", "do_not_share"} <= suggested
    assert Decision.objects.filter(state=State.DRAFTING).count() >= 3
    undecided = Request.objects.exclude(decision__state=State.SIGNED)
    now = timezone.now()
    assert undecided.filter(by_when__lt=now).exists()
    assert undecided.filter(by_when__gt=now, by_when__lt=now + timedelta(days=2)).count() >= 2
    assert Receipt.objects.filter(state="confirmed").exists()
    assert Disclosure.objects.exclude(receipts__state="confirmed").exists()
    assert Telling.objects.filter(told=False, look_again_on__gt=timezone.localdate()).exists()


def test_what_is_kept_from_the_dsl_is_not_seen_by_the_dsl(loaded):
    alleged = "A parent alleges that the DSL shouted at and grabbed a pupil."
    assert alleged in case_seen_by("head")
    assert alleged in case_seen_by("deputy")
    assert alleged not in case_seen_by("dsl")


def test_a_restricted_case_is_seen_by_those_named_on_it_alone(loaded):
    restricted = "The daughter of a member of staff asks for help because of quarrels at home."
    assert {name for name in NAMES if restricted in case_seen_by(name)} == {"dsl", "deputy"}


def test_the_stranger_sees_the_other_school_alone(loaded):
    assert case_seen_by("stranger") == {"Missing from afternoon lessons; a cousin is worried."}
    assert not case_seen_by("stranger") & case_seen_by("auditor")
    assert case_seen_by("admin") == set()


def test_there_is_something_for_everybody_who_works_on_cases(loaded):
    for member in MEMBERS:
        if member.role not in (Role.ADMINISTRATOR, Role.AUDITOR):
            assert case_seen_by(member.username), member.username
    assert visible_decisions(User.objects.get(username="auditor")).count() >= 8


def test_the_log_reads_in_the_order_of_time_and_is_whole(loaded):
    entries = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert entries == sorted(entries)
    assert entries[-1] <= timezone.now()
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    assert "nothing wrong" in out.getvalue()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 1, 0, 20, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 6, 8, 22, 59, tzinfo=UTC),
    ],
    ids=["new year", "leap day", "clocks forward", "clocks back", "late in summer"],
)
def test_it_loads_on_any_day_at_any_hour(quick_passwords, db, now):
    with time_machine.travel(now, tick=False):
        load("--quiet")
        assert Entry.objects.order_by("-at")[0].at <= now
