"""What bin/test counts: whatever is not plainly passed has failed."""

import os
import subprocess
import sys
import time

import pytest

from tests.tools import parts
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
        return parts.run(Part(name, "", list(command)), tmp_path, [])

    assert outcome_of("right", "true") == Outcome(1, 0)
    assert outcome_of("wrong", "false") == Outcome(0, 1, "exit code 1")
    assert outcome_of("absent", "no-such-program-here").failed == 1


def test_the_surroundings_do_not_reach_a_part(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody-elses/database")
    monkeypatch.setenv("INFOSHARING_MODE", "production")
    program = "test -z ${DATABASE_URL-} && test $INFOSHARING_MODE = demonstration"

    assert parts.run(Part("inner", "", ["sh", "-c", program]), tmp_path, []).failed == 0


def test_the_last_line_has_the_sums_and_the_exit_code_tells_of_a_failure(monkeypatch, capfd):
    good, bad, fine = (Part(name, "", [name]) for name in ("true", "false", "pwd"))

    monkeypatch.setattr(parts, "PARTS", [good, bad, fine])
    assert parts.main([]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 1 failed"

    assert parts.main(["--only", "true", "pwd"]) == 0


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
from tests.tools import parts
inner = 'echo $$ >{tmp_path}/number.part; mv {tmp_path}/number.part {tmp_path}/number; sleep 600'
parts.PARTS = [parts.Part("long", "", ["sh", "-c", inner]), parts.Part("next", "", ["true"])]
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
