"""The database really fails while forms are being sent; then each of them acts once (D4).

The server stays what it is: nobody restarts it, and one process tree goes through every outage.
"""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from infosharing.audit.models import Entry
from infosharing.cases.models import Document
from tests.failures.outages import OF_POSTGRES, OF_SQLITE, file_store_full
from tests.failures.sending import Sending, a_page, a_signature, an_emergency

# The product has a database of its own; its tables are those of the tests.
pytestmark = pytest.mark.django_db
OUTAGES = OF_POSTGRES if connection.vendor == "postgresql" else OF_SQLITE


@pytest.mark.parametrize("outage", OUTAGES)
def test_what_is_sent_in_an_outage_comes_back_and_then_acts_once_without_a_restart(running, outage):
    product = running.product
    processes = product.workers()
    sendings = [make(running) for make in (a_page, a_signature, an_emergency)]
    before = product.see(Entry.objects.count)
    with (
        ThreadPoolExecutor(len(sendings)) as pool,
        OUTAGES[outage](product, running.server),
    ):
        answers = list(pool.map(Sending.send, sendings))
    statuses = [answer.status for answer in answers]
    assert 503 in statuses
    if connection.vendor != "postgresql" or outage != "disk full":
        # A full disk may take one more, where PostgreSQL has kept room for it.
        assert statuses == [503] * len(sendings)
        assert product.see(Entry.objects.count) == before, "nothing was done"
    for sending, answer in zip(sendings, answers, strict=True):
        if answer.status == 302:
            assert product.see(sending.acted) == 1, sending.path
            continue
        assert answer.status == 503
        assert sending.typed in answer.text
        again = answer.form(sending.path).fields
        for _ in range(2):
            assert sending.send(again).status in (302, 422)
        assert product.see(sending.acted) == 1, sending.path
    assert product.workers() == processes
    product.see(lambda: call_command("verify_log", stdout=StringIO()))


@pytest.mark.parametrize("outage", sorted(set(OUTAGES) - {"disk full"}))
def test_in_an_outage_no_page_of_the_record_is_shown_and_afterwards_it_is(running, outage):
    draft, person = running.a_draft(complete=True), running.dsl()
    path = reverse("decisions:draft-check", args=[draft.public_id])
    with OUTAGES[outage](running.product, running.server):
        answer = person.get(path)
    assert answer.status == 503
    assert "Ife" not in answer.text
    assert person.get(path).status == 200


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("outage", ["hung", "stopped"])
    def test_while_the_database_is_gone_the_product_says_so_to_whoever_watches(running, outage):
        with OUTAGES[outage](running.product, running.server):
            assert running.product.health() == "degraded"
        assert running.product.health() == "ok"


def test_a_document_that_the_disk_does_not_take_is_asked_for_again_and_then_kept_once(running):
    request, person = running.a_request(), running.dsl()
    path = reverse("decisions:request-document-new", args=[request.public_id])
    fields = person.get(path).form(path).fields | {"what": "The form that the police sent"}
    with file_store_full(running.product) as most:
        letter = {"file": ("letter.pdf", b"%PDF-1.7\n".ljust(most + 1_000_000, b"x"))}
        answer = person.post(path, fields, letter)
        assert answer.status == 422
        assert "The file could not be kept. Try again" in answer.text
        assert "The form that the police sent" in answer.text
        assert list(running.product.folder.glob("documents/*/*")) == []
    for _ in range(2):
        assert person.post(path, fields, letter).status == 302
    kept = Document.objects.filter(case=request.case).count
    assert running.product.see(kept) == 1
    assert len(list(running.product.folder.glob("documents/??/*"))) == 1
