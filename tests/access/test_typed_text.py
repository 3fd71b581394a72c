"""What somebody typed is given back to them, and to nobody else, whatever went wrong (D4)."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import AdviceTried
from infosharing.access import posted
from infosharing.access.models import KeptText
from infosharing.env import ANSWER_SECONDS, LOCK_WAIT_SECONDS, database
from tests.factories import a_case, a_draft
from tests.people import PASSWORD

WORDS = "Rang twice; <b>nobody</b> at the desk"


@pytest.fixture
def page(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    return reverse("decisions:draft-advice-tried", args=[draft.public_id])


@pytest.fixture
def staff(cast):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.staff)
    return client


def fields_of(response, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to a place, as a browser would send them."""
    text = response.content.decode()
    (form,) = re.findall(
        rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', text, re.DOTALL
    )
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    }


def typed(client, page) -> dict[str, str]:
    """What a browser sends when the page is filled in."""
    shown = client.get(page)
    (form,) = re.findall(r"<form[^>]*novalidate.*?</form>", shown.content.decode(), re.DOTALL)
    hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
    assert set(hidden) >= {"csrfmiddlewaretoken", "once", "sender"}
    return {**hidden, "role": "dsl", "how": WORDS}


def signs_in(client, name) -> None:
    shown = client.get("/sign-in/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', shown.content.decode())[-1]
    form = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
    return client.post("/sign-in/", form)


def recorded() -> list[str]:
    return list(AdviceTried.objects.values_list("how", flat=True))


# Signed out


def session_dies(client) -> None:
    Session.objects.all().delete()


def test_a_dead_session_keeps_what_was_typed_and_does_not_show_it(staff, page):
    form = typed(staff, page)
    session_dies(staff)
    answer = staff.post(page, form)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "What you typed is kept for you" in text
    assert "Rang" not in text
    assert KeptText.objects.count() == 1
    assert recorded() == []


def test_after_signing_in_it_is_there_and_is_recorded_once(cast, staff, page):
    form = typed(staff, page)
    session_dies(staff)
    staff.post(page, form)
    there = signs_in(staff, "staff")
    assert there["Location"] == reverse("access:kept", args=[KeptText.objects.get().public_id])
    shown = staff.get(there["Location"])
    assert WORDS.replace("<", "&lt;").replace(">", "&gt;") in shown.content.decode()
    again = {**fields_of(shown, page)}
    assert again["how"] == WORDS
    for _ in range(2):
        assert staff.post(page, again).status_code == 302
    assert recorded() == [WORDS]
    assert KeptText.objects.count() == 0


def test_what_was_sent_before_the_session_died_is_not_recorded_a_second_time(staff, page):
    form = typed(staff, page)
    assert staff.post(page, form).status_code == 302
    session_dies(staff)
    staff.post(page, form)
    shown = staff.get(signs_in(staff, "staff")["Location"])
    assert staff.post(page, fields_of(shown, page)).status_code == 302
    assert recorded() == [WORDS]


def test_the_next_person_at_the_laptop_never_gets_it(cast, staff, page):
    form = typed(staff, page)
    session_dies(staff)
    answer = staff.post(page, form)
    (sign_in_at,) = re.findall(r'class="govuk-button" href="([^"]*)"', answer.content.decode())
    assert "Rang" not in staff.get(unescape(sign_in_at)).content.decode()
    assert signs_in(staff, "dsl")["Location"] == "/"
    kept = reverse("access:kept", args=[KeptText.objects.get().public_id])
    assert staff.get(kept)["Location"] == "/"
    absent = reverse("access:kept", args=["A" * 22])
    assert staff.get(absent)["Location"] == "/"
    assert KeptText.objects.count() == 1


def test_the_next_person_cannot_send_the_page_that_was_left_open(cast, staff, page):
    form = typed(staff, page)
    staff.logout()
    signs_in(staff, "dsl")
    token = staff.get(page).context["csrf_token"]
    answer = staff.post(page, {**form, "csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 409
    assert "somebody else" in answer.content.decode()
    assert "Rang" not in answer.content.decode()
    assert recorded() == []


def test_it_can_be_thrown_away(cast, staff, page):
    form = typed(staff, page)
    session_dies(staff)
    staff.post(page, form)
    there = signs_in(staff, "staff")["Location"]
    assert staff.post(there, fields_of(staff.get(there), there)).status_code == 302
    assert KeptText.objects.count() == 0
    assert recorded() == []


@pytest.mark.parametrize("forged", ["", "x", "A" * 22, "A:B:C"])
def test_nothing_is_kept_for_a_sender_who_is_not_proved(staff, page, forged):
    form = typed(staff, page) | {"sender": forged}
    session_dies(staff)
    assert staff.post(page, form).status_code == 302  # to sign in, as ever
    assert KeptText.objects.count() == 0


def test_a_mark_ends_after_a_week(staff, page):
    form = typed(staff, page)
    session_dies(staff)
    later = timezone.now() + posted.LONGEST_OPEN + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        assert staff.post(page, form).status_code == 302
    assert KeptText.objects.count() == 0


def test_nobody_is_kept_anything_for_who_has_left(cast, staff, page):
    form = typed(staff, page)
    session_dies(staff)
    type(cast.staff).objects.filter(pk=cast.staff.pk).update(is_active=False)
    assert staff.post(page, form).status_code == 403
    assert KeptText.objects.count() == 0


def test_passwords_are_never_given_back(cast, staff):
    mark = posted.sender_mark(cast.staff)
    form = {"oldpassword": PASSWORD, "password1": "another good one", "sender": mark}
    session_dies(staff)
    token = staff.get("/sign-in/").context["csrf_token"]
    staff.post(reverse("account_change_password"), {**form, "csrfmiddlewaretoken": str(token)})
    assert PASSWORD not in str(list(KeptText.objects.values()))
    assert "good one" not in str(list(KeptText.objects.values()))


# Open too long


def test_a_page_with_an_old_token_gives_everything_back_and_is_recorded_once(staff, page):
    form = typed(staff, page) | {"csrfmiddlewaretoken": "A" * 64}
    answer = staff.post(page, form)
    assert answer.status_code == 403
    again = fields_of(answer, page)
    assert again["how"] == WORDS
    for _ in range(2):
        assert staff.post(page, again).status_code == 302
    assert recorded() == [WORDS]


def test_a_forged_form_from_elsewhere_is_not_given_back_to_be_sent(cast, staff, page):
    theirs = posted.sender_mark(cast.stranger)
    for mark in ("", theirs):
        answer = staff.post(page, {"role": "dsl", "how": "Forged words", "sender": mark})
        assert answer.status_code == 403
        assert "Forged words" not in answer.content.decode()


# The database


class Broken:
    """Answers nothing, or nothing that writes, as a database does that is gone."""

    def __init__(self, error: type[Exception], *, reads: bool) -> None:
        self.error, self.reads, self.tried = error, reads, 0

    def __call__(self, execute, sql, params, many, context):
        if self.reads and sql.lstrip().upper().startswith("SELECT"):
            return execute(sql, params, many, context)
        self.tried += 1
        raise self.error("planted: gone, locked or full")


OUTAGES = {
    "stopped": lambda: Broken(OperationalError, reads=False),
    "locked or full": lambda: Broken(OperationalError, reads=True),
    "spoiled": lambda: Broken(DatabaseError, reads=True),
}


@pytest.mark.parametrize("outage", OUTAGES)
def test_in_an_outage_the_page_gives_everything_back_and_then_is_recorded_once(staff, page, outage):
    form = typed(staff, page)
    broken = OUTAGES[outage]()
    with connection.execute_wrapper(broken):
        answer = staff.post(page, form)
    assert answer.status_code == 503
    assert broken.tried == 1, "an outage is waited for once, not again and again"
    again = fields_of(answer, page)
    assert again["how"] == WORDS
    assert {again[name] == form[name] for name in ("once", "sender")} == {True}
    for _ in range(2):
        assert staff.post(page, again).status_code == 302
    assert recorded() == [WORDS]


@pytest.mark.parametrize("outage", OUTAGES)
def test_a_wizard_page_survives_an_outage_as_it_was_typed(cast, staff, outage):
    draft = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    page = reverse("decisions:draft-page", args=[draft.public_id, "outcome"])
    form = typed(staff, page) | {"reasons": "Because\nof two things", "outcome": "share"}
    with connection.execute_wrapper(OUTAGES[outage]()):
        answer = staff.post(page, form)
    assert answer.status_code == 503
    assert staff.post(page, fields_of(answer, page)).status_code in (302, 422)
    kept = draft.pages.get(page="outcome").typed
    assert kept["reasons"][0].split() == ["Because", "of", "two", "things"]


def test_a_fault_of_ours_gives_everything_back_too(staff, page, monkeypatch):
    from decisions.domain import advising

    form = typed(staff, page)
    with monkeypatch.context() as broken:
        broken.setattr(advising, "record", lambda *_, **__: 1 / 0)
        answer = staff.post(page, form)
    assert answer.status_code == 500
    assert staff.post(page, fields_of(answer, page)).status_code == 302
    assert recorded() == [WORDS]


def test_no_page_of_the_record_is_shown_in_an_outage(staff, page):
    with connection.execute_wrapper(OUTAGES["locked or full"]()):
        assert staff.get(page).status_code == 503


def test_every_wait_is_shorter_than_a_page_may_take(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.argv", ["gunicorn"])
    monkeypatch.setenv("DATABASE_URL", "postgres://u@127.0.0.1/x")
    found = database(tmp_path)
    assert found["ANSWER_WITHIN"] == ANSWER_SECONDS == 4
    assert found["OPTIONS"]["connect_timeout"] == LOCK_WAIT_SECONDS == 3
    assert "lock_timeout=3000" in found["OPTIONS"]["options"]
    assert "statement_timeout=3000" in found["OPTIONS"]["options"]
    monkeypatch.delenv("DATABASE_URL")
    assert database(tmp_path)["OPTIONS"]["timeout"] == 3


if connection.vendor == "postgresql":  # SQLite has no server that could hang

    @pytest.mark.django_db
    def test_a_server_that_hangs_is_given_up_and_the_next_connection_works(monkeypatch):
        """``pg_sleep`` stands in for a server that ends nothing itself."""
        from infosharing.audit.backends.postgresql.base import DatabaseWrapper

        settings_of = {**connection.settings_dict, "ANSWER_WITHIN": 0.2}
        own = DatabaseWrapper(settings_of, "hanging")
        own.inc_thread_sharing()
        try:
            with pytest.raises(OperationalError), own.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(2)")
            assert own.connection.closed
            own.close_if_unusable_or_obsolete()
            own.close()
            with own.cursor() as cursor:
                cursor.execute("SELECT 1")
                assert cursor.fetchone() == (1,)
        finally:
            own.close()
