"""What was typed on a page that its author may no longer see is given back to them (D4, A3)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import AdviceTried, DraftPage
from infosharing.access import posted
from infosharing.access.models import KeptText
from infosharing.accounts.models import Membership
from infosharing.audit.models import Submission
from infosharing.cases.domain.opening import exclude_from_case
from infosharing.identifiers import new_public_id
from tests.access.test_typed_text import WORDS, fields_of, session_dies, signs_in, typed
from tests.audit.support import setting_up
from tests.factories import a_case, a_draft

SHOWN = WORDS.replace("<", "&lt;").replace(">", "&gt;")


@pytest.fixture
def draft(cast):
    return a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)


@pytest.fixture
def page(draft):
    return reverse("decisions:draft-advice-tried", args=[draft.public_id])


@pytest.fixture
def deputy(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.deputy)
    return client


def is_kept_from_it(cast, draft):
    exclude_from_case(
        case=draft.decision.case,
        user=cast.deputy,
        reason="Kept apart",
        by=cast.dsl,
        at=timezone.now(),
    )


def test_whoever_was_kept_from_the_case_meanwhile_gets_their_words_back(cast, draft, deputy, page):
    form = typed(deputy, page)
    is_kept_from_it(cast, draft)
    answer = deputy.post(page, form)
    assert answer.status_code == 404
    text = answer.content.decode()
    assert SHOWN in text
    assert "Ife" not in text
    assert draft.decision.spoken_reference not in text
    assert not AdviceTried.objects.exists()


def test_let_in_again_they_send_it_from_there_and_it_is_recorded_once(cast, draft, deputy, page):
    form = typed(deputy, page)
    with setting_up():
        Membership.objects.filter(user=cast.deputy).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
    answer = deputy.post(page, form)
    assert answer.status_code == 403
    assert SHOWN in answer.content.decode()
    with setting_up():
        Membership.objects.filter(user=cast.deputy).update(ends_on=None)
    again = fields_of(answer, page)
    for _ in range(2):
        assert deputy.post(page, again).status_code == 302
    assert AdviceTried.objects.count() == 1


def test_forbidden_and_absent_are_still_alike(cast, draft, deputy, page):
    form = typed(deputy, page)
    absent = reverse("decisions:draft-advice-tried", args=[new_public_id()])
    is_kept_from_it(cast, draft)
    seen = []
    for path in (page, absent):
        answer = deputy.post(path, form)
        text = answer.content.decode().replace(path, "here")
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
        kept = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
        seen.append((answer.status_code, text, kept, sorted(answer.cookies)))
    assert seen[0] == seen[1]


def test_an_address_that_never_was_gives_them_back_as_well(deputy, page):
    answer = deputy.post("/no/such/page/", typed(deputy, page))
    assert answer.status_code == 404
    assert SHOWN in answer.content.decode()


def test_the_words_of_a_page_of_somebody_else_are_given_to_nobody(cast, draft, deputy, page):
    form = typed(deputy, page)
    absent = reverse("decisions:draft-advice-tried", args=[new_public_id()])
    for mark in ("", "forged", posted.sender_mark(cast.stranger)):
        for path in (absent, "/no/such/page/"):
            answer = deputy.post(path, {**form, "sender": mark})
            assert answer.status_code in (404, 409)
            assert "Rang" not in answer.content.decode()


def test_looking_at_what_one_may_not_see_shows_no_form(cast, draft, deputy, page):
    is_kept_from_it(cast, draft)
    assert "<form" not in deputy.get(page).content.decode()


# What nobody came back for


def test_what_is_kept_says_until_when_and_is_thrown_away_after_that(cast, deputy, page):
    form = typed(deputy, page)
    session_dies(deputy)
    deputy.post(page, form)
    kept = KeptText.objects.get()
    there = signs_in(deputy, "deputy")["Location"]
    assert "then it is thrown away" in deputy.get(there).content.decode()
    KeptText.objects.update(kept_at=kept.kept_at - posted.KEPT_FOR + timedelta(minutes=5))
    signs_in(Client(), "head")
    assert KeptText.objects.exists()
    KeptText.objects.update(kept_at=kept.kept_at - posted.KEPT_FOR - timedelta(minutes=5))
    signs_in(Client(), "head")
    assert not KeptText.objects.exists()
    assert not DraftPage.objects.exists()


def test_what_is_kept_stands_among_what_is_to_be_done_until_it_is_sent(cast, deputy, page):
    form = typed(deputy, page)
    session_dies(deputy)
    deputy.post(page, form)
    kept = KeptText.objects.get()
    signs_in(deputy, "deputy")
    home = deputy.get("/")
    (line,) = [one for one in home.context["tasks"] if one.url == f"/kept/{kept.public_id}/"]
    assert line.title == "Send what you typed when you were signed out"
    assert line.status.startswith("Kept until ")
    assert "Rang" not in line.hint
    other = Client()
    signs_in(other, "head")
    assert line.url not in [one.url for one in other.get("/").context["tasks"]]
    posted.drop(cast.deputy, kept.public_id)
    assert line.url not in [one.url for one in deputy.get("/").context["tasks"]]


def test_which_forms_were_sent_is_forgotten_long_after_nobody_can_send_them(cast, deputy, page):
    form = typed(deputy, page)
    assert deputy.post(page, form).status_code == 302
    moment = Submission.objects.get().at
    Submission.objects.update(at=moment - timedelta(days=89))
    signs_in(Client(), "head")
    assert Submission.objects.count() == 1
    assert deputy.post(page, form).status_code == 302
    assert AdviceTried.objects.count() == 1
    Submission.objects.update(at=moment - timedelta(days=91))
    signs_in(Client(), "head")
    assert not Submission.objects.exists()
