"""What bin/test counts: whatever is not plainly passed has failed."""

import os
import re
import subprocess
import sys
import time

import pytest

from tests.tools import parts, scheduling
from tests.tools.parts import Outcome, Part

PASSED = '<testcase name="a"/>'
FAILED = '<testcase name="b"><failure message="no"/></testcase>'
BROKEN = '<testcase name="c"><error message="no"/></testcase>'
SKIPPED = '<testcase name="d"><skipped message="not today"/></testcase>'


@pytest.fixture
def report(tmp_path):
    def write(*cases):
        path = tmp_path / "report.xml"
        path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
        return path

    return write


@pytest.mark.parametrize(
    ("cases", "status", "passed", "failed"),
    [
        ([PASSED, PASSED], 0, 2, 0),
        ([PASSED, FAILED, BROKEN], 1, 1, 2),
        ([PASSED, SKIPPED], 0, 1, 1),
        ([], 5, 0, 1),
        ([], 0, 0, 1),
        ([PASSED], 3, 1, 1),
    ],
)
def test_a_report_is_counted(report, cases, status, passed, failed):
    outcome = parts.count(report(*cases), status)

    assert (outcome.passed, outcome.failed) == (passed, failed)


def test_a_report_that_is_missing_or_cut_off_has_failed(tmp_path):
    cut_off = tmp_path / "cut.xml"
    cut_off.write_text("<testsuites><testsuite>")

    assert parts.count(tmp_path / "nowhere.xml", 0).failed == 1
    assert parts.count(cut_off, 0).failed == 1


def test_a_check_counts_as_one(tmp_path):
    def outcome_of(name, *command):
        [[(_, outcome, _)], stopped] = parts.run([Part(name, "", list(command))], tmp_path, [])
        assert not stopped
        return outcome

    assert outcome_of("right", "true") == Outcome(1, 0)
    assert outcome_of("wrong", "false") == Outcome(0, 1, "exit code 1")
    assert outcome_of("absent", "no-such-program-here").failed == 1


def test_the_surroundings_do_not_reach_a_part(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody-elses/database")
    monkeypatch.setenv("INFOSHARING_MODE", "production")
    program = "test -z ${DATABASE_URL-} && test $INFOSHARING_MODE = demonstration"

    [[(_, outcome, _)], _] = parts.run([Part("inner", "", ["sh", "-c", program])], tmp_path, [])
    assert outcome.failed == 0


def test_the_last_line_has_the_sums_and_the_exit_code_tells_of_a_failure(monkeypatch, capfd):
    good, bad, fine = (Part(name, "", [name]) for name in ("true", "false", "pwd"))

    monkeypatch.setattr(parts, "PARTS", [good, bad, fine])
    assert parts.main([]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 1 failed"

    assert parts.main(["--only", "true", "pwd"]) == 0


def test_two_small_parts_run_at_once_and_each_is_heard_whole(tmp_path, capfd):
    """Each waits for the other; were they one after the other, the first would never end."""
    meet = "echo {0} begins; touch {0}; until test -e {1}; do sleep 0.02; done; echo {0} ends"
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    pair = [
        Part("one", "first", ["sh", "-c", meet.format(here, there)]),
        Part("other", "second", ["sh", "-c", meet.format(there, here)]),
    ]

    outcomes, stopped = parts.run(pair, tmp_path, [])

    said = capfd.readouterr().out
    assert [outcome for _, outcome, _ in outcomes] == [Outcome(1, 0), Outcome(1, 0)]
    assert not stopped
    for path in (here, there):
        assert f"{path} begins\n{path} ends\n" in said


def test_a_part_that_needs_the_machine_waits_for_the_small_ones(tmp_path, capfd):
    small = Part("small", "", ["sh", "-c", "sleep 0.2; echo small"])
    large = Part("large", "", ["sh", "-c", "echo large"], room=parts.ROOM)

    parts.run([small, large], tmp_path, [])

    said = capfd.readouterr().out.splitlines()
    assert said.index("small") < said.index("large")


@pytest.mark.parametrize(
    ("marks", "folders"),
    [("browser(_postgres)?", parts.BROWSER), ("verapdf", parts.VERAPDF)],
)
def test_what_runs_apart_lies_where_it_is_looked_for(marks, folders):
    marked = {
        path.parent.relative_to(parts.ROOT).as_posix()
        for path in (parts.ROOT / "tests").rglob("test_*.py")
        if re.search(rf"pytest\.mark\.{marks}\b", path.read_text())
    }

    assert marked == set(folders)


def test_bin_test_offers_every_part():
    run = subprocess.run(
        [sys.executable, "-m", "tests.tools.parts", "--help"],
        cwd=parts.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    for part in parts.PARTS:
        assert part.name in run.stdout


def test_nothing_goes_on_running_when_it_is_stopped(tmp_path):
    program = f"""
import pathlib, sys
from tests.tools import parts, scheduling
inner = 'echo $$ >{tmp_path}/number.part; mv {tmp_path}/number.part {tmp_path}/number; sleep 600'
alone = parts.ROOM
parts.PARTS = [
    parts.Part("long", "", ["sh", "-c", inner]),
    parts.Part("next", "", ["true"], room=alone),
]
sys.exit(parts.main([]))
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=parts.ROOT, stdout=subprocess.PIPE, text=True
    ) as runner:
        while not (tmp_path / "number").exists():
            assert runner.poll() is None
            time.sleep(0.05)
        runner.terminate()
        said, _ = runner.communicate(timeout=60)

    assert runner.returncode != 0
    assert said.splitlines()[-1] == "0 passed, 1 failed"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "number").read_text()), 0)


def test_a_file_whose_tests_share_what_takes_long_goes_to_one_worker():
    sharing = {
        path.relative_to(parts.ROOT).as_posix()
        for path in (parts.ROOT / "tests").rglob("test_*.py")
        if re.search(r'fixture\(.*scope="module"', path.read_text())
    }

    assert sharing
    assert sharing <= scheduling.TOGETHER
    for path in scheduling.TOGETHER:
        assert (parts.ROOT / path).exists()
        assert scheduling.goes_with(f"{path}::test_a[x]") == path
    alone = "tests/tools_test/test_parts.py::test_a[x::y]"
    assert scheduling.goes_with(alone) == alone
