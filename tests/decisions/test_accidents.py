"""What has gone wrong elsewhere and had no test here yet: docs/accidents.md lists them all."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import (
    Disclosure,
    DraftPage,
    Item,
    Recipient,
    SignedVersion,
)
from infosharing.access.models import KeptText
from infosharing.audit.protection import options_of
from infosharing.audit.triggers import append_only_tables
from tests.access.test_typed_text import fields_of, signs_in
from tests.factories import a_case, a_complete_draft, a_draft, its_person

ROOT = Path(__file__).parents[2]
LONG = "She came back twice, and her brother was waiting outside."


@pytest.fixture
def draft(cast):
    return a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)


def page_of(draft, key, index=0):
    if index:
        return reverse("decisions:draft-entry", args=[draft.public_id, key, index])
    return reverse("decisions:draft-page", args=[draft.public_id, key])


def filled_in(client, path, **typed):
    text = client.get(path).content.decode()
    (form,) = re.findall(r"<form[^>]*novalidate.*?</form>", text, re.DOTALL)
    return dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)) | typed


# Lost work


def test_who_typed_for_longer_than_a_sign_in_lasts_finds_it_after_signing_in(cast, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.dsl)
    path = page_of(draft, "outcome")
    form = filled_in(client, path, reasons=LONG)
    too_long = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)
    with time_machine.travel(too_long, tick=False):
        answer = client.post(path, form)
        assert answer.status_code == 403
        assert "What you typed is kept for you" in answer.content.decode()
        there = signs_in(client, "dsl")["Location"]
        shown = client.get(there)
        assert LONG in shown.content.decode()
        assert client.post(path, fields_of(shown, path)).status_code == 422
        assert draft.pages.get(page="outcome").typed["reasons"] == [LONG]
        assert KeptText.objects.exists(), "until nothing on it is wrong"
        mended = filled_in(client, path, reasons=LONG, outcome="share")
        assert client.post(path, mended).status_code == 302
    assert not KeptText.objects.exists()


def test_keeping_a_page_makes_nothing_that_could_not_be_changed_again(cast, draft, sign_in):
    client = sign_in(cast.dsl)
    assert options_of(DraftPage).db_table not in append_only_tables()
    for number, words in enumerate(("First", "Second", "")):
        typed = {"what": words, "version": number, "next": "/"}
        assert client.post(page_of(draft, "item", 1), typed).status_code == 302
    assert draft.pages.get(page="item").typed["what"] == [""]
    client.post(f"{page_of(draft, 'item', 1)}remove/", {"version": 3})
    assert draft.pages.get(page="item").removed
    for model in (SignedVersion, Item, Recipient, Disclosure):
        assert not model.objects.exists(), model


def test_every_entry_typed_is_in_what_is_signed_none_dropped_on_the_way(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl)
    client = sign_in(cast.dsl)
    about = its_person(case).public_id
    for index, words in ((2, "Her drawing"), (3, "What her aunt said"), (2, "Her second drawing")):
        row = draft.pages.filter(page="item", index=index).first()
        typed = {"what": words, "nature": "fact", "source_checked": "yes", "handling": "share"}
        more = {"about": about, "version": row.version if row else 0}
        assert client.post(page_of(draft, "item", index), typed | more).status_code == 302
    method = {"method": "secure_email", "need_to_know": "yes", "told_confidential": "yes"}
    to = method | {"name": "Dr Rao", "intended_use": "To treat her", "version": 0}
    client.post(page_of(draft, "recipient", 2), to)
    seen = client.get(reverse("decisions:draft-check", args=[draft.public_id])).context["carry"]
    answer = client.post(reverse("decisions:draft-sign", args=[draft.public_id]), seen)
    assert answer.status_code == 302, answer.context["missing"]
    version = SignedVersion.objects.get()
    wanted = ["What was seen and said, with dates", "Her second drawing", "What her aunt said"]
    assert [item.what for item in version.items.order_by("number")] == wanted
    assert [one.name for one in version.recipients.order_by("number")] == ["Jo Hart", "Dr Rao"]
    assert all(words in version.body for words in wanted)


def test_nothing_typed_is_kept_in_the_browser():
    for script in ROOT.glob("static/**/*.js"):
        text = script.read_text(encoding="utf-8")
        for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie"):
            assert store not in text, (script.name, store)


def test_a_draft_begun_at_one_computer_is_gone_on_with_at_another(cast, draft, sign_in):
    sign_in(cast.dsl).post(page_of(draft, "outcome"), {"reasons": LONG, "version": 0, "next": "/"})
    elsewhere = sign_in(cast.dsl)
    assert LONG in elsewhere.get(page_of(draft, "outcome")).content.decode()


# Doubles


def test_an_empty_page_sent_after_the_signature_signs_and_changes_nothing(cast, sign_in):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    client = sign_in(cast.dsl)
    sign = reverse("decisions:draft-sign", args=[draft.public_id])
    assert client.post(sign, {}).status_code == 409
    seen = client.get(reverse("decisions:draft-check", args=[draft.public_id])).context["carry"]
    there = client.post(sign, seen)["Location"]
    before = list(draft.pages.order_by("id").values())
    for path in (sign, page_of(draft, "outcome"), page_of(draft, "item", 1)):
        answer = client.post(path, {})
        assert (answer.status_code, answer["Location"]) == (302, there)
    assert list(draft.pages.order_by("id").values()) == before
    assert SignedVersion.objects.count() == 1


def test_a_copied_tab_cannot_sign_a_draft_that_is_not_complete(cast, draft, sign_in):
    client = sign_in(cast.dsl)
    seen = client.get(reverse("decisions:draft-check", args=[draft.public_id])).context["carry"]
    for _tab in range(2):
        answer = client.post(reverse("decisions:draft-sign", args=[draft.public_id]), seen)
        assert answer.status_code == 422
    assert not SignedVersion.objects.exists()


def test_the_database_itself_takes_one_version_a_draft_and_one_row_a_page():
    draft = options_of(SignedVersion).get_field("draft")
    assert draft.one_to_one
    names = {constraint.name for constraint in options_of(DraftPage).constraints}
    assert "decisions_draftpage_once" in names
