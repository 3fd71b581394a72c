"""The server is killed under a form that is open in a browser, and comes up again."""

import pytest

from decisions.models import DraftPage
from tests.browser.visitor import Visitor
from tests.failures.conftest import begun, running

__all__ = ["begun", "running"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WORDS = "She said it was the second time"


def test_what_was_typed_when_the_server_was_killed_is_sent_again_and_kept_once(running, browser):
    product = running.product
    draft = running.a_draft()
    context = browser.new_context()
    cookies = product.cookies_of(running.cast.dsl).items()
    context.add_cookies([{"name": n, "value": v, "url": product.address} for n, v in cookies])
    dilys = Visitor(context.new_page(), product.address, checks=False)
    dilys.opens(f"/drafts/{draft.public_id}/outcome/")
    dilys.chooses("What do you decide?", "Share")
    dilys.types("Why?", WORDS)
    product.kill()
    dilys.presses("Save and continue")
    dilys.page.wait_for_url("chrome-error://**")
    product.start()
    dilys.page.reload()
    dilys.is_at("Grounds for sharing without consent")  # the page after it
    kept = DraftPage.objects.filter(draft=draft, typed__reasons__0=WORDS).count
    assert product.see(kept) == 1
    context.close()
