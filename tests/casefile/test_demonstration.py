"""The demonstration: believable, made-up, dated from today, loaded once."""

import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone

from consent.enums import Status, Step
from consent.models import ConsentRecord, ConsentStep
from decisions.enums import ProgressKind, Reaction, ReceiptState, ReviewState, State, VersionKind
from decisions.models import (
    Breach,
    ConsentReaction,
    Decision,
    Disclosure,
    Request,
    SignedVersion,
    Telling,
)
from decisions.queries import visible_decisions
from decisions.relying import changed
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.casefile.demonstration.cast import MEMBERS, PASSWORD
from infosharing.casefile.demonstration.loading import STORIES
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CourtOrder, Judgement, Person, Protection, ViewHeard
from infosharing.cases.queries import visible_cases

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NAMES = (
    "staff colleague dsl deputy head manager dpl auditor admin stranger".split()  # noqa: SIM905
)


def load(*options: str) -> str:
    out = io.StringIO()
    call_command("load_demonstration", *options, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this module and then forgotten."""
    quick = override_settings(PASSWORD_HASHERS=QUICK)
    with django_db_blocker.unblock(), quick, transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db) -> str:
    return loaded_once


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


def stands() -> dict[str, QuerySet]:
    """Every state and outcome that somebody may want to see, and the rows that are in it."""
    now, today = timezone.now(), timezone.localdate()
    signed = Decision.objects.filter(state=State.SIGNED)
    drafting = Decision.objects.filter(state=State.DRAFTING)
    versions = SignedVersion.objects.all()
    undecided = Request.objects.filter(undecided__isnull=False)
    confirmed = Disclosure.objects.filter(receipts__state=ReceiptState.CONFIRMED)
    yes = ConsentRecord.objects.filter(status=Status.GIVEN)
    return {
        "requested, nothing begun": undecided.filter(decision=None),
        "requested, late": undecided.filter(by_when__lt=now),
        "requested, due by tomorrow": undecided.filter(
            by_when__gt=now, by_when__lt=now + timedelta(days=2)
        ),
        "draft": drafting,
        "draft that nobody touched for a fortnight": drafting.filter(
            started_at__lt=now - timedelta(days=14)
        ),
        "waiting for advice": drafting.filter(advice_requests__answered_at=None),
        "advice given": Decision.objects.filter(advice__given_by__isnull=False),
        "advice reported": Decision.objects.filter(advice__given_by=None, advice__isnull=False),
        "adviser not reached": Decision.objects.filter(advice_tried__isnull=False),
        "waiting for review": signed.filter(review_state=ReviewState.WAITING),
        "agreed": signed.filter(review_state=ReviewState.AGREED),
        "returned": signed.filter(review_state=ReviewState.RETURNED),
        "returned with a question": versions.filter(review__questions__isnull=False),
        "share": signed.filter(outcome="share"),
        "share in part": signed.filter(outcome="share_in_part"),
        "do not share": signed.filter(outcome="do_not_share"),
        "suggested: share now": signed.filter(suggestion="share_now"),
        "suggested: may share": signed.filter(suggestion="may_share"),
        "suggested: without consent": signed.filter(suggestion="may_share_without_consent"),
        "suggested: do not share": signed.filter(suggestion="do_not_share"),
        "emergency to be written up": signed.filter(write_up_due__isnull=False),
        "emergency written up": versions.filter(kind=VersionKind.WRITE_UP),
        "a hoax": signed.filter(request__identity="failed", outcome="do_not_share"),
        "refused by whom it is about": ConsentRecord.objects.filter(status=Status.REFUSED),
        "yes with limits": yes.exclude(limits=""),
        "yes taken back under a decision": changed().filter(version__consent_reactions=None),
        "yes taken back, and answered": ConsentReaction.objects.filter(done=Reaction.TOLD),
        "continuing yes, looked at again": yes.filter(continuing=True, steps__kind=Step.REVIEWED),
        "asked, no answer": ConsentStep.objects.filter(kind=Step.ASKED, answers=None),
        "sent, not heard of": Disclosure.objects.filter(receipts=None),
        "sent, confirmed": confirmed,
        "sent, chased": Disclosure.objects.filter(receipts__state=ReceiptState.CHASED),
        "sent, came back": Disclosure.objects.filter(receipts__state=ReceiptState.NOT_RECEIVED),
        "sent, sent again": confirmed.filter(unplanned_because__gt=""),
        "sent, wrong recipient": Disclosure.objects.filter(
            receipts__state=ReceiptState.WRONG_RECIPIENT
        ),
        "a breach being dealt with": Breach.objects.filter(closed_at=None, steps__risk="likely"),
        "told": Telling.objects.filter(told=True),
        "not told, with a day to look again": Telling.objects.filter(look_again_on__gt=today),
        "pressed for, up to formally": signed.filter(progress__kind=ProgressKind.FORMAL),
        "the recipient replied": signed.filter(progress__kind=ProgressKind.REPLY),
        "put right in a further version": versions.filter(kind=VersionKind.AMENDMENT),
        "opened again": versions.filter(kind=VersionKind.REOPENING),
        "closed": signed.filter(closed_at__isnull=False),
        "restricted": Case.objects.filter(restricted=True),
        "somebody kept from it": Case.objects.filter(access__kind=AccessKind.EXCLUDED),
        "an address that is protected": Protection.objects.filter(ended_at=None),
        "an order of a court": CourtOrder.objects.all(),
        "a view heard through an interpreter": ViewHeard.objects.filter(how="interpreted"),
        "able to decide, under 16": Judgement.objects.filter(kind="competence", able=True),
        "able to decide, adult": Judgement.objects.filter(kind="capacity", able=True),
        "an adult": Person.objects.filter(born__lt=today - timedelta(days=60 * 365)),
        "a name in Arabic": Person.objects.filter(name__contains="ليلى"),
        "a name in Polish": Person.objects.filter(name__contains="Łuczak"),
    }


def test_there_is_a_matter_in_every_state_and_with_every_outcome(loaded):
    assert [name for name, rows in stands().items() if not rows.exists()] == []


def test_there_are_some_twenty_five_stories(loaded):
    assert 25 <= len(STORIES) <= 35
    assert Case.objects.count() == len(STORIES)


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
