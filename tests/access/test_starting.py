"""In production the server starts only where the database keeps what it says it has kept (D2)."""

import runpy
from pathlib import Path

import pytest

CONFIGURATION = Path(__file__).parents[2] / "bin" / "gunicorn.conf.py"
PRODUCTION = {
    "INFOSHARING_MODE": "production",
    "DJANGO_ALLOWED_HOSTS": "sharing.example.sch.uk",
    "INFOSHARING_URL": "https://sharing.example.sch.uk",
    "DJANGO_SECRET_KEY": "a long text of many different letters 0123456789 for the tests",
    "PORT": "8000",
}


@pytest.fixture
def starting(monkeypatch, tmp_path):
    """Return a function that does what gunicorn does first, in an environment."""

    def start(**environment: str) -> None:
        for name, value in {**PRODUCTION, "INFOSHARING_DATA": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        runpy.run_path(str(CONFIGURATION))["on_starting"](None)

    return start


def test_it_starts_on_a_database_that_keeps_what_it_has_confirmed(starting):
    starting()


def test_it_does_not_start_where_the_database_cannot_be_asked(starting, tmp_path, capfd):
    (tmp_path / "infosharing.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(SystemExit, match="does not start"):
        starting()
    assert capfd.readouterr().err


def test_the_demonstration_is_not_asked(starting, tmp_path):
    (tmp_path / "infosharing.sqlite3").write_bytes(b"this is no database" * 100)
    starting(INFOSHARING_MODE="demonstration")
