"""The same form acts once: double clicks, replays, the back button, many at a time (C1)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import AdviceTried
from infosharing.access.once import ALREADY
from infosharing.audit.models import Entry, Submission
from infosharing.identifiers import new_public_id
from tests.audit.support import setting_up
from tests.factories import a_case, a_draft
from tests.parallel import Many
from tests.people import make_cast

TEMPLATES = Path(__file__).parents[2] / "templates"
TRIED = {"role": "dsl", "how": "Rang twice, left a message"}


def token_in(response, number: int = -1) -> str:
    found = re.findall(r'name="once" value="([A-Za-z0-9_-]{22})"', response.content.decode())
    return found[number]


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def page(cast):
    """Where advice tried in vain is written down: an act with no limits of its own."""
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    return reverse("decisions:draft-advice-tried", args=[draft.public_id])


@pytest.fixture
def staff(cast, sign_in):
    return sign_in(cast.staff)


def test_every_posted_form_of_every_template_carries_the_token():
    without = []
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL)
        # Given back with the tokens it was sent with.
        shared = path.name == "carried.html" or ("{{ form" in text and "form_tag" in text)
        without += [path.name for form in forms if "{% csrf_token %}" not in form and not shared]
    assert without == []


def test_each_form_of_a_page_has_a_token_of_its_own(staff, page):
    response = staff.get(page)
    assert token_in(response, 0) != token_in(response, -1)
    assert token_in(response) != token_in(staff.get(page))


def test_the_same_form_sent_twice_is_recorded_once_and_leads_where_the_first_led(staff, page):
    form = {**TRIED, "once": token_in(staff.get(page))}
    first = staff.post(page, form)
    again = staff.post(page, form)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert AdviceTried.objects.count() == 1
    assert said(again)[-1] == ALREADY


def test_a_replay_after_an_hour_is_no_second_record(staff, page):
    form = {**TRIED, "once": token_in(staff.get(page))}
    staff.post(page, form)
    Submission.objects.update(at=timezone.now() - timedelta(hours=1))
    assert staff.post(page, form).status_code == 302
    assert AdviceTried.objects.count() == 1


def test_two_forms_with_the_same_words_are_two_records(staff, page):
    for _ in range(2):
        staff.post(page, {**TRIED, "once": token_in(staff.get(page))})
    assert AdviceTried.objects.count() == 2


def test_a_form_that_was_not_in_order_can_be_sent_again(staff, page):
    token = token_in(staff.get(page))
    assert staff.post(page, {"role": "dsl", "how": "", "once": token}).status_code == 422
    assert staff.post(page, {**TRIED, "once": token}).status_code == 302
    assert AdviceTried.objects.count() == 1


def test_going_back_and_sending_other_words_loses_neither(staff, page):
    token = token_in(staff.get(page))
    first = staff.post(page, {**TRIED, "once": token})
    other = {"role": "head", "how": "She is away until Monday <b>", "once": token}
    asked = staff.post(page, other)
    assert asked.status_code == 409
    text = asked.content.decode()
    assert f'href="{first["Location"]}"' in text
    assert text.count("She is away until Monday &lt;b&gt;") == 2  # to send again, and to read
    assert AdviceTried.objects.count() == 1
    further = token_in(asked)
    assert further != token
    assert staff.post(page, {**other, "once": further}).status_code == 302
    assert list(AdviceTried.objects.order_by("id").values_list("role", flat=True)) == [
        "dsl",
        "head",
    ]


def test_a_token_counts_for_its_sender_alone(cast, staff, sign_in, page):
    form = {**TRIED, "once": token_in(staff.get(page))}
    staff.post(page, form)
    dsl = sign_in(cast.dsl)
    assert dsl.post(page, form).status_code == 302
    assert AdviceTried.objects.count() == 2


@pytest.mark.parametrize("forged", ["", "x", "A" * 23, "é" * 22, "A" * 21 + "\n"])
def test_what_is_no_token_of_ours_is_not_kept(staff, page, forged):
    assert staff.post(page, {**TRIED, "once": forged}).status_code == 302
    assert Submission.objects.count() == 0


def test_a_token_does_not_lead_those_anywhere_who_may_not_go_there(cast, staff, sign_in, page):
    form = {**TRIED, "once": token_in(staff.get(page))}
    staff.post(page, form)
    stranger = sign_in(cast.stranger)
    assert stranger.post(page, form).status_code == 404
    assert sign_in(cast.auditor).post(page, form).status_code == 403


def test_the_server_that_dies_before_it_answers_has_recorded_once(staff, page):
    form = {**TRIED, "once": token_in(staff.get(page))}
    staff.post(page, form)
    Submission.objects.update(address="")  # as it stands when the server was killed in between
    again = staff.post(page, form)
    assert again["Location"] == reverse("casefile:home")
    assert AdviceTried.objects.count() == 1


def test_an_act_that_fails_leaves_the_form_free_to_be_sent_again(staff, page, monkeypatch):
    from decisions.domain import advising

    form = {**TRIED, "once": token_in(staff.get(page))}
    staff.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(advising, "record", lambda *_, **__: 1 / 0)
        assert staff.post(page, form).status_code == 500
    assert Submission.objects.count() == 0
    assert staff.post(page, form).status_code == 302
    assert AdviceTried.objects.count() == 1


def test_nothing_that_was_typed_is_kept_with_the_token(staff, page):
    staff.post(page, {**TRIED, "once": token_in(staff.get(page))})
    row = Submission.objects.values().get()
    assert set(row) == {"id", "token", "actor_id", "digest", "address", "at"}
    assert "Rang" not in str(row)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_record_and_all_lead_to_it(tmp_path):
    with setting_up():
        cast = make_cast()
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    page = reverse("decisions:draft-advice-tried", args=[draft.public_id])
    form = {**TRIED, "once": new_public_id()}
    client = Client()
    client.force_login(cast.staff)
    many = Many(tmp_path)

    def send(_number: int) -> tuple[int, str]:
        mine = Client(raise_request_exception=False)
        mine.cookies = client.cookies
        response = mine.post(page, form)
        return response.status_code, response.get("Location", "")

    answers = many.answers(20, send)
    there = reverse("decisions:draft-advice", args=[draft.public_id])
    assert many.see(AdviceTried.objects.count) == 1
    assert many.see(Entry.objects.filter(event="decisions.advice_tried").count) == 1
    assert set(answers) == {(302, there)}
