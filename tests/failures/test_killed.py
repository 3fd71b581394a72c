"""The server is killed, as by a power cut, wherever a form has come to; then it acts once (D1, D4).

The same form, with the same fields as the browser sent them, is sent again to the server that was
started again on what was left.
"""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from io import StringIO

import pytest
from django.core.management import call_command

from tests.failures.outages import until
from tests.failures.pausing import ANSWER, forget, pause_at, paused
from tests.failures.sending import a_page, a_signature, an_emergency

pytestmark = pytest.mark.django_db
# Carried out, and not committed.
SIGNING = 'INSERT INTO "decisions_signedversion"'


@pytest.fixture
def standing_still(running):
    """Return a function that sends forms which come to a moment and no further."""
    with ThreadPoolExecutor(2) as pool:

        def send(moment, *sendings):
            pause_at(running.product.folder, moment)
            sent = [pool.submit(sending.send) for sending in sendings]
            until(lambda: paused(running.product.folder) == len(sendings))
            return sent

        yield send
        forget(running.product.folder)


def gets_no_answer(sent):
    with pytest.raises((OSError, HTTPException)):
        sent.result()


def test_killed_in_the_middle_of_an_act_it_has_done_nothing_and_then_does_it_once(
    running, standing_still
):
    sending = an_emergency(running)
    [sent] = standing_still(SIGNING, sending)
    running.product.kill()
    gets_no_answer(sent)
    assert running.product.see(sending.acted) == 0
    forget(running.product.folder)
    running.product.start()
    for _ in range(2):
        assert sending.send().status == 302
    assert running.product.see(sending.acted) == 1


def test_killed_before_it_says_what_it_has_done_it_does_not_do_it_again(running, standing_still):
    sendings = [a_signature(running), an_emergency(running)]
    for sent in standing_still(ANSWER, *sendings):
        running.product.kill()
        gets_no_answer(sent)
    assert [running.product.see(sending.acted) for sending in sendings] == [1, 1]
    forget(running.product.folder)
    running.product.start()
    for sending in sendings:
        for _ in range(2):
            assert sending.send().status == 302
        assert running.product.see(sending.acted) == 1
    running.product.see(lambda: call_command("verify_log", stdout=StringIO()))


def test_workers_killed_in_the_middle_are_replaced_and_the_form_acts_once(running, standing_still):
    sending = a_signature(running)
    before = set(running.product.workers())
    [sent] = standing_still(SIGNING, sending)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    gets_no_answer(sent)
    forget(running.product.folder)
    until(lambda: running.product.health() == "ok")
    assert sending.send().status == 302
    assert running.product.see(sending.acted) == 1
    assert before.isdisjoint(running.product.workers())


def test_a_page_left_open_while_the_server_was_gone_is_kept_by_the_one_that_comes_up(running):
    sending = a_page(running)
    running.product.kill()
    with pytest.raises(ConnectionError):
        sending.send()
    running.product.start()
    assert sending.send().status in (302, 422)
    assert running.product.see(sending.acted) == 1
