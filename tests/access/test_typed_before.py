"""Back from a page with an error: what was typed is offered there, to its author alone (D4)."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import AdviceTried
from infosharing.access import before
from infosharing.access.tidying import tidy
from tests.access.test_typed_text import WORDS, fields_of, signs_in, typed
from tests.factories import a_case, a_draft

OFFERED = "You filled this page in before"


@pytest.fixture
def draft(cast):
    return a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)


@pytest.fixture
def page(draft):
    return reverse("decisions:draft-advice-tried", args=[draft.public_id])


@pytest.fixture
def staff(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.staff)
    return client


def _wrong(client, page):
    """Send the page without the role that it asks for."""
    answer = client.post(page, typed(client, page) | {"role": ""})
    assert answer.status_code == 422
    return answer


def _text(answer):
    return unescape(answer.content.decode())


def test_back_from_an_error_the_page_offers_what_was_typed_and_gives_it_back(staff, page):
    assert OFFERED not in _text(staff.get(page))
    _wrong(staff, page)
    shown = staff.get(page)
    assert OFFERED in _text(shown)
    hidden = fields_of(shown, page)
    assert hidden["how"] == WORDS
    again = staff.post(page, hidden)
    assert again.status_code == 422
    assert f">{WORDS}</textarea>" in _text(again).replace("\n", "")
    assert not AdviceTried.objects.exists()


def test_once_it_is_sent_in_order_nothing_is_offered_any_more(staff, page):
    _wrong(staff, page)
    assert staff.post(page, typed(staff, page)).status_code == 302
    assert OFFERED not in _text(staff.get(page))
    assert AdviceTried.objects.count() == 1


def test_it_is_offered_on_its_own_page_and_to_its_author_alone(cast, draft, staff, page):
    _wrong(staff, page)
    other = reverse("decisions:draft-advice-report", args=[draft.public_id])
    assert OFFERED not in _text(staff.get(other))
    deputy = Client()
    deputy.force_login(cast.dsl)
    assert OFFERED not in _text(deputy.get(page))


def test_the_end_of_the_session_throws_it_away(staff, page):
    _wrong(staff, page)
    staff.logout()
    signs_in(staff, "staff")
    assert OFFERED not in _text(staff.get(page))
    assert not any(WORDS in str(one.get_decoded()) for one in Session.objects.all())


def test_a_session_that_nobody_ended_is_thrown_away_once_it_is_over(staff, page):
    _wrong(staff, page)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    tidy(timezone.now())
    assert not Session.objects.exists()


def test_a_form_of_nobody_and_single_words_are_not_remembered(staff, page):
    form = typed(staff, page)
    staff.post(page, {**form, "role": "", "sender": "forged"})
    staff.post(page, {**form, "role": "", "how": "Rang"})
    assert OFFERED not in _text(staff.get(page))


def test_what_is_too_much_and_the_pages_before_the_last_three_are_not_kept(staff, page):
    form = typed(staff, page) | {"role": ""}
    for number in range(before.MOST_PAGES + 1):
        staff.post(f"{page}?n={number}", form)
    offered = [OFFERED in _text(staff.get(f"{page}?n={number}")) for number in range(4)]
    assert offered == [False, True, True, True]
    staff.post(page, form | {"how": "word " * before.MOST_CHARACTERS})
    assert OFFERED not in _text(staff.get(page))


def test_pages_of_the_wizard_keep_it_themselves_and_practice_keeps_nothing(cast, draft, staff):
    url = reverse("decisions:draft-page", args=[draft.public_id, "outcome"])
    form = typed(staff, url) | {"reasons": "Because of what was seen", "version": "0"}
    assert staff.post(url, form).status_code == 422
    shown = _text(staff.get(url))
    assert "Because of what was seen" in shown
    assert OFFERED not in shown
    assert before.BEFORE not in staff.session
