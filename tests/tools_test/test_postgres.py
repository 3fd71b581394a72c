"""The PostgreSQL that the tests run on: there while the command runs, gone afterwards."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import environ
import psycopg

from tests.tools import postgres

LAUNCHER = [sys.executable, "-m", "tests.tools.postgres", "--"]
ROOT = Path(__file__).resolve().parents[2]


def launch(*command):
    return subprocess.run([*LAUNCHER, *command], cwd=ROOT, capture_output=True, text=True)


def folder_in(url):
    return Path(environ.Env.db_url_config(url)["HOST"])


def test_the_command_finds_a_database_and_its_exit_code_is_kept():
    run = launch("sh", "-c", 'echo "$DATABASE_URL"; exit 7')

    assert run.returncode == 7, run.stderr
    settings = environ.Env.db_url_config(run.stdout.strip())
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert settings["NAME"] == settings["USER"] == "infosharing"
    assert Path(settings["HOST"]).is_absolute()
    assert not Path(settings["HOST"]).exists()


def test_the_role_makes_databases_but_is_no_superuser():
    with postgres.server() as environment:
        settings = environ.Env.db_url_config(environment["DATABASE_URL"])
        with psycopg.connect(
            host=settings["HOST"],
            user=settings["USER"],
            dbname=settings["NAME"],
            autocommit=True,
        ) as connection:
            connection.execute("CREATE DATABASE another")
            (superuser,) = connection.execute(
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            (addresses,) = connection.execute("SHOW listen_addresses").fetchone()

    assert not superuser
    assert addresses == ""


def test_a_command_that_a_signal_ends_is_no_success():
    assert launch("sh", "-c", "kill -KILL $$").returncode == 128 + signal.SIGKILL


def test_nothing_stays_behind_when_it_is_stopped():
    with subprocess.Popen(
        [*LAUNCHER, "sh", "-c", 'echo "$DATABASE_URL"; echo $$; exec sleep 600'],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as launcher:
        folder = folder_in(launcher.stdout.readline().strip())
        command = int(launcher.stdout.readline())
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        launcher.terminate()
        assert launcher.wait(60) == 128 + signal.SIGTERM

    assert not folder.exists()
    assert not is_running(command)
    assert not is_running(server)


def test_a_command_is_needed():
    run = launch()

    assert run.returncode == 2
    assert "usage" in run.stderr


def is_running(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
