"""A view that says nothing is nowhere, and a page of the record that was not logged is not sent."""

import logging

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from infosharing.access.checks import every_view_declares_access
from infosharing.access.declared import Access, Shows, declared, requires
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.logs import LineFormatter


@pytest.fixture
def planted(settings):
    settings.ROOT_URLCONF = "tests.access.planted"


@pytest.fixture
def quiet(sign_in):
    """Return a function that gives a client which shows what a person would see of a fault."""

    def _quiet(user) -> Client:
        client = sign_in(user)
        client.raise_request_exception = False
        return client

    return _quiet


def test_every_view_of_the_product_declares_who_may_use_it():
    assert every_view_declares_access() == []


def test_the_check_names_a_view_that_does_not(planted):
    [found] = every_view_declares_access()
    assert found.id == "access.E001"
    assert "/planted/undeclared/" in found.msg


def test_the_product_does_not_start_with_one(planted):
    assert "access.E001" in {found.id for found in run_checks()}
    with pytest.raises(CommandError):
        call_command("check")


def test_an_undeclared_view_looks_like_no_view_at_all(planted, cast, sign_in):
    for user in cast.everybody().values():
        client = sign_in(user)
        undeclared, absent = client.get("/planted/undeclared/"), client.get("/no/such/page/")
        assert undeclared.status_code == absent.status_code == 404
        assert undeclared.content == absent.content
        assert undeclared.headers.items() == absent.headers.items()


def test_an_undeclared_view_asks_strangers_to_sign_in(planted, db):
    assert Client().get("/planted/undeclared/").url == "/sign-in/?next=/planted/undeclared/"


@pytest.mark.parametrize("status", [200, 201, 409, 422])
def test_a_page_of_the_record_that_was_not_logged_is_not_sent(planted, cast, quiet, status):
    response = quiet(cast.dsl).get(f"/planted/looks-unseen/{status}/")
    assert response.status_code == 503
    assert b"a secret" not in response.content
    assert "The service could not keep its record just now." in response.content.decode()


@pytest.mark.parametrize("status", [302, 403, 404, 405])
def test_an_answer_that_shows_nothing_needs_no_entry(planted, cast, quiet, status):
    assert quiet(cast.dsl).get(f"/planted/looks-unseen/{status}/").status_code == status


def test_a_refusal_is_a_sentence_and_is_logged(planted, cast, sign_in):
    response = sign_in(cast.dsl).post("/planted/refuses/")
    assert response.status_code == 403
    assert "A sentence for the person." in response.content.decode()
    entry = Entry.objects.get(event="access.refused")
    assert (entry.outcome, entry.actor_id) == ("refused", cast.dsl.public_id)
    assert details_of([entry])[entry.seq] == {
        "kind": "refuses",
        "method": "POST",
        "told": "A sentence for the person.",
    }


def test_a_page_for_others_is_refused_with_its_sentence_and_logged(cast, sign_in):
    response = sign_in(cast.dsl).get("/members/")
    assert response.status_code == 403
    assert Access.ADMINISTRATOR.value in response.content.decode()
    entry = Entry.objects.get(event="access.refused")
    assert details_of([entry])[entry.seq]["kind"] == "access:members"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/planted/fails/", 500, "Something went wrong"),
        ("/planted/database-fails/", 503, "Please try again in a minute"),
        ("/planted/reads-badly/", 400, "That could not be read"),
    ],
)
def test_a_fault_is_a_page_that_tells_nothing_of_it(planted, cast, quiet, path, status, words):
    response = quiet(cast.dsl).get(path)
    assert response.status_code == status
    assert words in response.content.decode()
    assert b"a secret" not in response.content


def test_the_log_of_faults_holds_no_address_that_was_asked_for(planted, caplog, quiet, cast):
    logging.getLogger("django.request").addHandler(caplog.handler)
    quiet(cast.dsl).get("/planted/secrets/dontwritemedown/?name=norme")
    logging.getLogger("django.request").removeHandler(caplog.handler)
    logged = "\n".join(LineFormatter().format(record) for record in caplog.records)
    assert "/planted/secrets/<str:secret>/" in logged
    assert "dontwritemedown" not in logged
    assert "norme" not in logged


def test_a_wrapped_view_must_say_it_again():
    @requires(Access.STAFF, shows=Shows.LIST)
    def view(request) -> HttpResponse:
        return HttpResponse()

    assert declared(view).access is Access.STAFF
    assert declared(lambda request: view(request)) is None


@pytest.mark.parametrize("given", [("staff", Shows.LIST), (Access.STAFF, "list"), (None, None)])
def test_a_declaration_must_be_one_of_the_kinds(given):
    with pytest.raises(TypeError, match="needs Access and Shows"):
        requires(given[0], shows=given[1])
