"""The programs in bin/, where a stranger meets them first."""

import os
import socket
import subprocess

import pytest

from tests.tools.parts import ROOT


def serve(tmp_path, port):
    """Run bin/serve from elsewhere, where it stops at the port."""
    return subprocess.run(
        [ROOT / "bin" / "serve"],
        cwd=tmp_path,
        env={**os.environ, "PORT": str(port), "INFOSHARING_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_port_in_use_is_said_in_a_sentence_before_anything_is_done(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = serve(tmp_path, port)

    assert run.returncode == 1
    assert f"Port {port} is in use by another program" in run.stderr
    assert "PORT=8001 bin/serve" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "eight thousand", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_a_sentence(tmp_path, port):
    run = serve(tmp_path, port)

    assert run.returncode == 1
    assert "it must be a number from 1 to 65535" in run.stderr


def test_the_lock_files_name_versions_and_checksums_and_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / "bin" / name).read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith(" ")]
        assert len(pins) > 20
        assert all("==" in pin for pin in pins)
        assert all("://" not in line and not line.startswith("-") for line in lines)


def test_what_runs_is_what_is_tested():
    def pins(name):
        lines = (ROOT / "bin" / name).read_text().splitlines()
        return {line.split()[0] for line in lines if line and not line.startswith(" ")}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
