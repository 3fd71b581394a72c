"""Every scenario that came with the contract passes."""

import json
from pathlib import Path

import pytest

from infosharing.guidance.command import DONE, run
from infosharing.guidance.loading import shipped_packs

FOLDER = Path(__file__).parent.parent / "scenarios"
FILES = sorted(FOLDER.glob("*.json"))


def test_there_are_twenty_seven():
    assert len(FILES) == 27


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_scenario_passes(file):
    out: list[str] = []
    err: list[str] = []
    code = run(
        [str(file)],
        shipped_packs(),
        read=lambda name: Path(name).read_bytes(),
        out=out.append,
        err=err.append,
        check=True,
    )
    assert (code, err, len(out)) == (DONE, [], 1)
    assert json.loads(out[0])["id"] == file.stem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_scenario_expects_something(file):
    """A check of nothing would pass as well."""
    expect = json.loads(file.read_text(encoding="utf-8"))["expect"]
    assert set(expect) == {"suggestion", "consents", "missing", "to_write_up"}
