"""``manage.py guide`` itself: a thin shell around what test_command tries."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, execute_from_command_line

from tests.guidance.build import given

SCENARIOS = sorted(str(file) for file in (Path(__file__).parent.parent / "scenarios").iterdir())


def ran(*arguments):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("guide", *arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = stopped.code
    return code, out.getvalue(), err.getvalue()


def test_every_scenario_passes():
    code, out, err = ran(*SCENARIOS, "--check")
    assert (code, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [
        Path(name).stem for name in SCENARIOS
    ]
    assert ran(*SCENARIOS) == (0, out, "")


@pytest.fixture
def wrong(tmp_path):
    file = tmp_path / "wrong.json"
    scenario = {"id": "x", "title": "", "story": "", "given": given()}
    file.write_text(json.dumps({**scenario, "expect": {"missing": ["ground"]}}), encoding="utf-8")
    return str(file)


def test_a_difference_is_named_and_exits_1(wrong):
    code, out, err = ran(wrong, SCENARIOS[0], "--check")
    assert code == 1
    assert err == f'{wrong}: missing: expected ["ground"], got []\n'
    assert len(out.splitlines()) == 2
    assert ran(wrong, SCENARIOS[0]) == (0, out, "")


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_refusal_is_named_and_exits_2(tmp_path, check):
    file = tmp_path / "refused.json"
    file.write_text('{"id": "x", "id": "x"}', encoding="utf-8")
    assert ran(str(file), *check) == (2, "", f"{file}: id: is doubled\n")


def test_a_missing_file_and_a_folder_exit_2(tmp_path):
    gone = tmp_path / "gone.json"
    said = f"{gone}: the file: cannot be read (No such file or directory)\n"
    assert ran(str(gone)) == (2, "", said)
    said = f"{tmp_path}: the file: cannot be read (Is a directory)\n"
    assert ran(str(tmp_path)) == (2, "", said)


def test_no_file_at_all_exits_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        execute_from_command_line(["manage.py", "guide"])
    assert stopped.value.code == 2
    assert "FILE" in capsys.readouterr().err
