"""Whoever makes PDFs may be killed at any moment: nothing is lost, and nothing is made twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from decisions.domain.progress import close
from infosharing.casefile import ahead, store, worker
from infosharing.casefile.domain import exporting, pages, working
from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export, ExportRecord, KeptPages
from infosharing.casefile.pdf import making, parts
from infosharing.casefile.pdf.rendering import write_pdf
from infosharing.cases.domain.opening import restrict_case
from tests.audit.support import setting_up
from tests.decisions.afterwards import a_decision, a_refusal, everything_followed
from tests.exports import an_export, decisions_of, file_of, made_now
from tests.factories import a_case, a_draft
from tests.parallel import Many
from tests.people import make_cast

ROOT = Path(__file__).resolve().parents[2]


def _claimed(claim, at=None):
    return working.claim_next(claim=claim, at=at or timezone.now())


# One worker for each


def test_what_has_waited_longest_comes_first(cast):
    first, second = an_export(cast), an_export(cast)
    assert [_claimed("a"), _claimed("b"), _claimed("c")] == [first, second, None]


def test_a_claim_holds_as_long_as_there_are_signs_of_life(cast):
    export = an_export(cast)
    now = timezone.now()
    _claimed("a", now)
    assert _claimed("b", now + working.LEASE) is None
    working.show_life(export, claim="a", done=1, total=2, at=now + working.LEASE)
    assert _claimed("b", now + 2 * working.LEASE) is None
    late = now + 2 * working.LEASE + timedelta(seconds=1)
    assert _claimed("b", late) == export
    assert not working.show_life(export, claim="a", done=2, total=2, at=late)


def test_whoever_was_overtaken_neither_finishes_nor_fails_it(cast):
    export = an_export(cast)
    now = timezone.now()
    _claimed("a", now)
    _claimed("b", now + 2 * working.LEASE)
    made = exporting.Made("x" * 32, "y" * 64, 1, 1)
    for do, more in (
        (exporting.finish_export, {"made": made, "failed": 0}),
        (exporting.fail_export, {"why": "x"}),
    ):
        with pytest.raises(exporting.NoLongerOurs):
            do(export=export, claim="a", by=None, at=now, **more)
    export.refresh_from_db()
    assert (export.state, export.claim) == (ExportState.WORKING, "b")


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_never_make_the_same(tmp_path):
    with setting_up():
        cast = make_cast()
    asked = [an_export(cast).pk for _number in range(3)]

    def work(number):
        won = []
        while True:
            try:
                found = working.claim_next(claim=f"worker-{number}", at=timezone.now())
            except OperationalError:
                continue
            if found is None:
                return won
            won.append(found.pk)

    assert sorted(chain.from_iterable(Many(tmp_path).at_once(6, work))) == asked


# Ending before the end


def test_a_pdf_called_off_while_it_is_made_leaves_nothing_behind(cast, monkeypatch):
    a_decision(cast)
    a_refusal(cast)
    export = decisions_of(cast)
    monkeypatch.setattr(worker, "BEAT", timedelta(0))
    begin = making.begin_record

    def called_off(row):
        begin(row)
        exporting.cancel_export(export=export, by=cast.auditor, at=timezone.now())
        monkeypatch.setattr(making, "begin_record", begin)

    monkeypatch.setattr(making, "begin_record", called_off)
    made_now(export)
    assert (export.state, export.stored_as) == (ExportState.CANCELLED, "")
    assert export.records.filter(tries=0).count() == 2
    assert KeptPages.objects.count() == 2  # of the first record; a next PDF finds them


def test_a_pdf_called_off_while_it_is_bound_leaves_no_file(cast, monkeypatch):
    export = an_export(cast)
    before = set(store.files())
    monkeypatch.setattr(worker, "BEAT", timedelta(0))
    finish = making.Binder.finish

    def called_off(binder, about):
        exporting.cancel_export(export=export, by=cast.auditor, at=timezone.now())
        finish(binder, about)

    monkeypatch.setattr(making.Binder, "finish", called_off)
    made_now(export)
    assert export.state == ExportState.CANCELLED
    known = set(KeptPages.objects.values_list("stored_as", flat=True))
    assert {path.name for path in set(store.files()) - before} <= known


def test_a_record_over_which_two_processes_died_is_left_out_and_named(cast):
    killer = a_refusal(cast)
    kept = a_decision(cast)
    export = decisions_of(cast)
    ExportRecord.objects.filter(decision=killer).update(tries=making.MOST_TRIES)
    made_now(export)
    assert export.state == ExportState.READY
    assert [row.decision for row in export.records.filter(failed=True)] == [killer]
    assert file_of(export)
    assert kept.pk in export.records.filter(failed=False).values_list("decision", flat=True)


def test_a_pdf_that_process_after_process_died_over_has_failed(cast):
    export = an_export(cast)
    Export.objects.update(attempts=working.MOST_ATTEMPTS)
    made_now(export)
    assert export.state == ExportState.FAILED
    assert "Choose fewer decisions" in export.why


def test_when_the_database_fails_it_is_made_later(cast, monkeypatch):
    export = an_export(cast)

    def broken(*_given, **_more):
        raise OperationalError("gone")

    claim = working.new_claim()
    with monkeypatch.context() as patch:
        patch.setattr(worker, "make", broken)
        with pytest.raises(OperationalError):
            worker.one(claim)
    export.refresh_from_db()
    assert export.state == ExportState.WAITING
    assert made_now(export).state == ExportState.READY


def test_only_files_that_nothing_knows_and_nobody_is_writing_are_swept(cast):
    export = made_now(an_export(cast))
    stray, _sum = store.put(b"left behind")
    yesterday = time.time() - 2 * 24 * 60 * 60
    for path in store.files():
        os.utime(path, (yesterday, yesterday))
    fresh, _sum = store.put(b"just coming in")
    pages.drop_unknown(older_than=timezone.now() - timedelta(days=1))
    assert not store.place_of(stray).exists()
    assert store.place_of(fresh).exists()
    assert file_of(export)
    assert all(store.place_of(row.stored_as).exists() for row in KeptPages.objects.all())


def test_pages_that_nothing_needed_for_long_go(cast):
    made_now(an_export(cast))
    row = KeptPages.objects.order_by("pk")[0]
    KeptPages.objects.filter(pk=row.pk).update(used_on=timezone.localdate() - timedelta(days=401))
    worker.tidy()
    assert not store.place_of(row.stored_as).exists()
    assert not KeptPages.objects.filter(pk=row.pk).exists()


# Ahead


def _last_change(decision):
    return decision.history.order_by("-history_id")[0].history_id


def test_pages_are_made_ahead_of_what_was_signed_and_once_it_is_closed_of_where_it_stands(
    cast, monkeypatch
):
    monkeypatch.setattr(ahead.os, "nice", lambda _more: 0)
    decision = a_decision(cast)
    signed = _last_change(decision)
    assert ahead.fresh(0)[-1] == (signed, decision.pk)
    for _again in range(2):
        assert ahead.make_ahead([decision.pk])
        assert KeptPages.objects.count() == 1
    assert ahead.fresh(signed) == []

    everything_followed(decision, cast.dsl)
    close(decision=decision, reason="Done", by=cast.dsl, at=timezone.now())
    assert ahead.fresh(signed) == [(_last_change(decision), decision.pk)]
    assert ahead.make_ahead([decision.pk])
    assert KeptPages.objects.count() == 2

    made = []
    monkeypatch.setattr(parts, "write_pdf", lambda html: made.append(html) or write_pdf(html))
    assert made_now(decisions_of(cast)).state == ExportState.READY
    assert len(made) == 1  # what words mean


def test_what_was_signed_longer_ago_comes_last_and_the_latest_of_it_first(cast, monkeypatch):
    monkeypatch.setattr(ahead, "AT_ONCE", 2)
    with time_machine.travel(timezone.now() - timedelta(days=401), tick=False):
        old = [a_decision(cast).pk for _one in range(3)]
    a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    assert ahead.fresh(0) == []
    assert ahead.older(None) == [old[2], old[1]]
    assert ahead.older(old[1]) == [old[0]]
    assert ahead.older(old[0]) == []

    new = a_decision(cast)
    keeper, asked = worker.Keeper(with_parent=False), []
    monkeypatch.setattr(keeper, "_wait_for", lambda *what: asked.append(what))
    while len(asked) < 10:
        before = len(asked)
        keeper.went_ahead = float("-inf")
        keeper.tidied = keeper.swept = time.monotonic()
        keeper.look()
        if len(asked) == before:
            break
    assert [[int(key) for key in keys] for _flag, *keys in asked] == [
        [new.pk],
        old[1:],
        old[:1],
    ]


def test_an_export_that_comes_is_made_first_and_what_was_left_is_gone_on_with(cast, monkeypatch):
    monkeypatch.setattr(ahead.os, "nice", lambda _more: 0)
    decision = a_decision(cast)
    an_export(cast)
    assert not ahead.make_ahead([decision.pk])
    assert KeptPages.objects.count() == 0

    keeper = worker.Keeper(with_parent=False)
    Export.objects.all().delete()
    for ended, place in ((worker.LEFT_OFF, 0), (0, ahead.fresh(0)[-1][0])):
        keeper.tidied = keeper.swept = time.monotonic()
        keeper.went_ahead = float("-inf")
        monkeypatch.setattr(keeper, "_wait_for", lambda *_what, ended=ended: ended)
        keeper.look()
        assert keeper.ahead == place


# A second process


def test_a_second_process_makes_pages_from_the_end_until_it_meets_the_first(cast):
    decisions = [a_decision(cast), a_refusal(cast), a_decision(cast)]
    export = decisions_of(cast)
    _claimed("a")
    working.show_life(export, claim="a", done=2, total=4, at=timezone.now())
    assert ahead.help_with(export.public_id, "a") == 1
    assert KeptPages.objects.count() == 2
    working.show_life(export, claim="a", done=0, total=4, at=timezone.now())
    assert ahead.help_with(export.public_id, "a") == len(decisions)
    assert KeptPages.objects.count() == 6


@pytest.mark.parametrize("end", ["cancelled", "taken over"])
def test_it_ends_when_the_export_is_no_longer_made(cast, end):
    a_decision(cast)
    export = decisions_of(cast)
    _claimed("a")
    if end == "cancelled":
        exporting.cancel_export(export=export, by=cast.auditor, at=timezone.now())
    else:
        _claimed("b", timezone.now() + 2 * working.LEASE)
    assert ahead.help_with(export.public_id, "a") == 0
    assert KeptPages.objects.count() == 0


def test_it_makes_nothing_of_what_may_not_be_taken_away_any_more(cast):
    open_one, closed_one = a_decision(cast), a_decision(cast)
    export = decisions_of(cast)
    restrict_case(case=closed_one.case, reason="A colleague", by=cast.dsl, at=timezone.now())
    _claimed("a")
    assert ahead.help_with(export.public_id, "a") == 1
    assert open_one.pk in export.records.values_list("decision", flat=True)


@pytest.mark.parametrize(("worth_it", "cores", "helped"), [(1, 2, 1), (1, 1, 0), (2, 2, 0)])
def test_only_a_long_export_is_helped_with_where_there_is_room_and_the_helper_ends_with_it(
    cast, monkeypatch, worth_it, cores, helped
):
    a_decision(cast)
    started = []

    class Helper:
        def __init__(self, *what):
            started.append(what)

        def terminate(self):
            started.append("ended")

        def wait(self):
            """It has ended."""

    monkeypatch.setattr(worker, "WORTH_IT", worth_it)
    monkeypatch.setattr(worker.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(worker, "_started", Helper)
    export = made_now(decisions_of(cast))
    assert export.state == ExportState.READY
    assert started == [("--help-with", export.public_id, export.claim), "ended"] * helped


# Killed for real

WORLD = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from unittest.mock import MagicMock
settings.MIGRATION_MODULES = MagicMock(__contains__=lambda *_: True, __getitem__=lambda *_: None)
call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
from tests.factories import a_case, a_draft
from tests.people import make_cast
from tests.audit.support import setting_up
with setting_up():
    cast = make_cast()
from tests.decisions.afterwards import a_decision
for number in range(4):
    a_decision(cast)
from tests.exports import decisions_of
decisions_of(cast)
"""


def _state(folder):
    with sqlite3.connect(f"file:{folder}/infosharing.sqlite3?mode=ro", uri=True) as database:
        [export] = database.execute("SELECT state, claim, attempts FROM casefile_export")
        kept = database.execute("SELECT made_of, made_at FROM casefile_keptpages").fetchall()
    return export, dict(kept)


def test_a_worker_killed_half_way_is_followed_by_one_that_makes_only_the_rest(tmp_path):
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "INFOSHARING_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "infosharing.settings",
    }

    def start(*what):
        return subprocess.Popen([sys.executable, *what], cwd=ROOT, env=environment)

    assert start("-c", WORLD).wait() == 0
    first = start("manage.py", "work_exports", "--one", "first-worker")
    for _moment in range(1200):
        _export, before = _state(tmp_path)
        if len(before) >= 2:
            break
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    export, before = _state(tmp_path)
    assert export == ("working", "first-worker", 1)
    assert 2 <= len(before) < 9

    with sqlite3.connect(tmp_path / "infosharing.sqlite3") as database:
        database.execute("UPDATE casefile_export SET leased_until = '2020-01-01 00:00:00'")
    database.close()
    assert start("manage.py", "work_exports", "--one", "second-worker").wait() == 0
    export, after = _state(tmp_path)
    assert export == ("ready", "second-worker", 2)
    assert len(after) == 9  # where each stands, each version, the words
    assert {key: after[key] for key in before} == before
