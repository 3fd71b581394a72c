"""Sending with the care each way needs; another way or address than planned; the day due."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from decisions import care
from decisions.domain import following
from decisions.enums import ReceiptState
from decisions.models import Breach, Disclosure, Receipt
from decisions.policies import receipt_due, unplanned
from infosharing.guidance.codes import METHODS, codes_of
from infosharing.workdays.clock import WorkingDays
from tests.decisions.afterwards import (
    SENT,
    a_decision,
    a_disclosure,
    a_receipt,
    typed_date,
)

PLANNED = {"address": ["jo.hart@northfield.example"]}


def _url(decision, rest=""):
    return f"/decisions/{decision.public_id}/{rest}"


def _sent(decision, **changes):
    version = decision.version
    sent = {
        **SENT,
        **typed_date("sent_on", timezone.localdate()),
        "recipient": version.recipients.get().public_id,
        "items": [version.items.get(number=1).public_id],
    }
    return {**sent, **changes}


def _errors(page):
    return [error.message for error in page.context["form"].error_summary()]


@pytest.mark.parametrize("method", codes_of(METHODS))
def test_every_way_of_sending_has_its_care(method):
    assert care.CARE[method].checks


def test_only_what_is_heard_or_taken_asks_who_it_was():
    assert {method for method in care.CARE if care.is_heard(method)} == {
        "telephone",
        "by_hand",
        "meeting",
    }
    assert [method for method in care.CARE if care.care_of(method).tracking] == ["recorded_post"]


def test_a_way_that_only_one_checklist_has_is_cared_for_too():
    assert [code for code, _words in care.care_of("pigeon").checks] == [
        "recipient_checked",
        "enclosure_checked",
    ]


def test_the_page_is_filled_in_with_today_and_the_planned_address_but_no_way(cast, sign_in):
    decision = a_decision(cast, recipient_1=PLANNED)
    form = sign_in(cast.dsl).get(_url(decision, "sent/new/")).context["form"]
    assert (form["sent_on"].value(), form["address"].value(), form["method"].value()) == (
        timezone.localdate(),
        "jo.hart@northfield.example",
        None,
    )
    assert form.fields["method"].widget.hints == {"secure_email": "As planned for Jo Hart."}


def test_the_care_taken_is_kept_and_what_was_not_ticked_is_shown(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    client.post(
        _url(decision, "sent/new/"),
        _sent(
            decision,
            method="recorded_post",
            checks_recorded_post=["address_checked"],
            tracking_recorded_post="RM 1234",
            checks_fax=["awaited"],
            unplanned_because="Their mailbox was full.",
        ),
    )
    kept = Disclosure.objects.get()
    assert (kept.checks, kept.tracking, kept.heard_by) == (["address_checked"], "RM 1234", "")
    text = client.get(_url(decision)).content.decode()
    assert "RM 1234" in text
    assert "Not ticked: What was in the envelope was checked, and nothing else" in text


def test_post_wants_a_tracking_number_and_a_call_wants_who_heard_it(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    for method, error in (
        ("recorded_post", "Enter tracking number"),
        ("telephone", "Answer the question “Who heard it?”"),
        ("by_hand", "Answer the question “Who was it handed to?”"),
        ("meeting", "Answer the question “Who was present?”"),
    ):
        page = client.post(
            _url(decision, "sent/new/"), _sent(decision, method=method, unplanned_because="x")
        )
        assert (page.status_code, _errors(page)) == (422, [error])
    assert Disclosure.objects.count() == 0


def test_nobody_is_asked_whether_a_call_arrived(cast, sign_in):
    decision = a_decision(cast, recipient_1={"method": ["telephone"]})
    client = sign_in(cast.dsl)
    page = client.post(
        _url(decision, "sent/new/"),
        _sent(decision, method="telephone", heard_telephone="Jo Hart"),
        follow=True,
    )
    assert "What was sent is recorded." in page.content.decode()
    assert "Ask whether it arrived" not in page.content.decode()
    assert "Record whether it arrived" not in [step.text for step in page.context["steps"]]
    [sent] = page.context["sent"]
    assert (sent.state.tag, sent.heard_by, sent.wanted_by) == ("Told directly", "Jo Hart", None)
    assert "whether it arrived" not in client.get("/").content.decode()
    form = client.get(f"/disclosures/{sent.public_id}/receipt/new/").context["form"]
    assert [code for code, _words in form.fields["state"].choices] == ["wrong_recipient"]


@pytest.mark.parametrize(
    ("planned", "method", "used", "found"),
    [
        ("jo@x.example", "secure_email", "jo@x.example", []),
        ("jo@x.example", "secure_email", " JO@X.example ", []),
        ("01234 567-890", "secure_email", "01234567890", []),
        ("", "secure_email", "jo@x.example", []),
        ("jo@x.example", "secure_email", "jo@y.example", ["the number or address"]),
        ("jo@x.example", "secure_email", "", ["the number or address"]),
        (
            "jo@x.example",
            "telephone",
            "01234",
            ["the way it was sent", "the number or address"],
        ),
        ("jo@x.example", "meeting", "", ["the way it was sent"]),
    ],
)
def test_what_is_not_as_planned(cast, planned, method, used, found):
    decision = a_decision(cast, recipient_1={"address": [planned]})
    assert unplanned(decision.version.recipients.get(), method, used) == found


def test_another_address_than_planned_needs_a_reason_which_the_reviewer_reads(cast, sign_in):
    decision = a_decision(cast, recipient_1=PLANNED)
    client = sign_in(cast.dsl)
    other = _sent(decision, address="jo.heart@northfield.example")
    page = client.post(_url(decision, "sent/new/"), other)
    assert (page.status_code, _errors(page)) == (
        422,
        ["Not as planned: the number or address. Say why, or correct it above"],
    )
    client.post(_url(decision, "sent/new/"), {**other, "unplanned_because": "She has moved."})
    text = sign_in(cast.deputy).get(_url(decision, "review/")).content.decode()
    assert "Not as planned" in text
    assert "She has moved." in text
    assert "Secure email, jo.hart@northfield.example" in text


def test_the_domain_refuses_another_address_without_a_reason(cast):
    decision = a_decision(cast, recipient_1=PLANNED)
    with pytest.raises(following.UnableToFollowUp, match="Say why it was not sent as planned"):
        a_disclosure(decision, cast.dsl, address="else@where.example")
    with pytest.raises(following.UnableToFollowUp, match="does not belong"):
        a_disclosure(decision, cast.dsl, taken=following.Taken(checks=("awaited",)))
    assert Disclosure.objects.count() == 0


# Until when


def test_a_receipt_is_due_in_working_days_of_the_school(cast):
    friday = date(2026, 11, 20)
    assert [
        receipt_due(friday, "secure_email", WorkingDays()),
        receipt_due(friday, "meeting", WorkingDays()),
    ] == [
        date(2026, 11, 24),
        None,
    ]
    inset = WorkingDays.closed_on([(date(2026, 11, 23), date(2026, 11, 24))])
    assert receipt_due(friday, "secure_email", inset) == date(2026, 11, 26)


def test_a_receipt_is_awaited_until_its_day_and_overdue_after_it(cast, sign_in):
    decision = a_decision(cast)
    long_ago = timezone.localdate() - timedelta(days=20)
    a_disclosure(decision, cast.dsl, sent_on=long_ago)
    a_disclosure(decision, cast.dsl)
    client = sign_in(cast.dsl)
    old, new = client.get(_url(decision)).context["sent"]
    assert [old.state.tag, new.state.tag] == ["Receipt overdue", "Receipt not confirmed"]
    assert new.wanted_by == receipt_due(timezone.localdate(), "secure_email", WorkingDays())
    late = [one for one in client.get("/").context["parts"] if one.title == "Late"]
    assert len(late) == 1


def test_chasing_gives_a_new_day_and_confirming_ends_it(cast):
    decision = a_decision(cast)
    long_ago = timezone.localdate() - timedelta(days=20)
    disclosure = a_disclosure(decision, cast.dsl, sent_on=long_ago)
    assert a_receipt(disclosure, cast.dsl, ReceiptState.CHASED).due_on == receipt_due(
        timezone.localdate(), "secure_email", WorkingDays()
    )
    assert a_receipt(disclosure, cast.dsl).due_on is None


# The wrong person


def _wrong(**changes):
    return {
        "state": "wrong_recipient",
        "reached": "The family next door",
        "known_time": "00:00",
        "contained": "Rang them: not opened, handed back.",
        **typed_date("known_on", timezone.localdate()),
        **changes,
    }


def test_the_wrong_person_starts_a_breach_once(cast, sign_in):
    decision = a_decision(cast)
    disclosure = a_disclosure(decision, cast.dsl)
    client = sign_in(cast.dsl)
    url = f"/disclosures/{disclosure.public_id}/receipt/new/"
    page = client.post(url, _wrong(reached="", known_time=""))
    assert (page.status_code, _errors(page)) == (
        422,
        ["Answer the question “Whom did it reach?”", "Enter the time: 72 hours run from it"],
    )
    page = client.post(url, _wrong())
    breach = Breach.objects.get()
    assert page["Location"] == f"/breaches/{breach.public_id}/"
    assert (breach.reached, breach.what, breach.whose, breach.happened_on) == (
        "The family next door",
        "What was seen and said, with dates",
        "Ife Adeyemi",
        timezone.localdate(),
    )
    assert [(step.kind, step.words) for step in breach.steps.all()] == [
        ("contained", "Rang them: not opened, handed back.")
    ]
    page = client.post(url, _wrong())
    assert page.status_code == 422
    assert (Breach.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_time_that_has_not_come_starts_no_breach(cast, sign_in):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        disclosure = a_disclosure(a_decision(cast), cast.dsl)
        later = {"known_time": "13:00", **typed_date("known_on", timezone.localdate())}
        page = sign_in(cast.dsl).post(
            f"/disclosures/{disclosure.public_id}/receipt/new/", _wrong(**later)
        )
    assert (page.status_code, _errors(page)) == (422, ["This time has not come yet."])
    assert (Breach.objects.count(), Receipt.objects.count()) == (0, 0)
