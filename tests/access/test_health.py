"""Whether the product can work, without a word about anybody."""

from django.db import DatabaseError
from django.test import Client

from infosharing.audit.models import Entry
from tests.counting import statements


def test_all_is_well(db):
    with statements(1):
        response = Client().get("/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.cookies == {}


def test_without_a_database_it_says_degraded(db, monkeypatch):
    def fails(*_args: object) -> None:
        raise DatabaseError("the host name of the database")

    monkeypatch.setattr(Entry.objects, "order_by", fails)
    response = Client().get("/health/")
    assert (response.status_code, response.content) == (503, b"degraded\n")


def test_it_asks_for_no_host_name_of_its_own_and_writes_nothing(db):
    Client().get("/health/")
    assert Entry.objects.count() == 0
