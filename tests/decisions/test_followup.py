"""What happened after the signature: sent, received, told, answered, taken up again."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.domain import drafting, following
from decisions.enums import ReceiptState, VersionKind
from decisions.models import AfterAnswer, DisclosedItem, Disclosure, Draft, Receipt, Telling
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson
from tests.decisions.afterwards import (
    SENT,
    a_decision,
    a_disclosure,
    a_part_shared,
    a_receipt,
    a_refusal,
    a_review,
    an_amendment,
    signed,
    typed_date,
)
from tests.factories import a_case, a_draft, its_person, save

FORMS = ("sent/new/", "told/new/", "afterwards/", "amend/")


def _url(decision, rest):
    return f"/decisions/{decision.public_id}/{rest}"


def _sent(decision, **changes):
    version = decision.version
    sent = {
        **SENT,
        **typed_date("sent_on", timezone.localdate()),
        "recipient": version.recipients.get(number=1).public_id,
        "items": [version.items.get(number=1).public_id],
    }
    return {**sent, **changes}


def _text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def _errors(page):
    return [error.message for error in page.context["form"].error_summary()]


# What was sent


def test_a_time_of_sending_that_no_clock_shows_is_refused(cast, sign_in):
    decision = a_decision(cast)
    typed = _sent(decision, sent_time="24:30")
    page = sign_in(cast.dsl).post(_url(decision, "sent/new/"), typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["sent_time"]
    assert 'value="24:30"' in page.content.decode()
    assert not Disclosure.objects.exists()


def test_what_was_sent_is_recorded_as_typed(cast, sign_in):
    decision = a_decision(cast)
    page = sign_in(cast.dsl).post(_url(decision, "sent/new/"), _sent(decision))
    assert (page.status_code, page["Location"]) == (302, _url(decision, ""))
    sent = Disclosure.objects.get()
    assert (
        sent.recipient.name,
        sent.sent_on,
        sent.sent_time,
        sent.method,
        sent.address,
        sent.sent_by,
        sent.told_confidential,
        sent.note,
        sent.recorded_by,
        [one.item.number for one in sent.sent_items.all()],
    ) == (
        "Jo Hart",
        timezone.localdate(),
        "after lunch, about 2",
        "secure_email",
        "jo.hart@northfield.example",
        "Dilys Morgan",
        True,
        "Ticket 4711",
        cast.dsl,
        [1],
    )


def test_a_held_back_item_is_never_offered(cast, sign_in):
    decision = a_part_shared(cast)
    page = sign_in(cast.dsl).get(_url(decision, "sent/new/"))
    held = decision.version.items.get(number=2)
    choices = page.context["form"].fields["items"].choices
    assert [words for _key, words in choices] == ["1. What was seen and said, with dates"]
    assert held.public_id not in page.content.decode()
    assert held.what not in page.content.decode()


def test_a_held_back_item_that_is_sent_all_the_same_is_refused_by_form_and_domain(cast, sign_in):
    decision = a_part_shared(cast)
    version = decision.version
    held = version.items.get(number=2)
    forged = _sent(decision, items=[version.items.get(number=1).public_id, held.public_id])
    page = sign_in(cast.dsl).post(_url(decision, "sent/new/"), forged)
    assert page.status_code == 422
    with pytest.raises(following.UnableToFollowUp) as refused:
        a_disclosure(decision, cast.dsl, items=[held])
    assert str(refused.value) == "This item is held back: it is never sent."
    assert (Disclosure.objects.count(), DisclosedItem.objects.count()) == (0, 0)


def test_an_item_or_recipient_of_another_decision_is_refused(cast, sign_in):
    decision, other = a_decision(cast), a_decision(cast)
    client = sign_in(cast.dsl)
    for forged in (
        {"recipient": other.version.recipients.get().public_id},
        {"items": [other.version.items.get().public_id]},
    ):
        page = client.post(_url(decision, "sent/new/"), _sent(decision, **forged))
        assert (page.status_code, _errors(page)) == (422, ["Choose from the answers offered"])
    assert Disclosure.objects.count() == 0


def test_a_mistake_shows_everything_typed_again(cast, sign_in):
    decision = a_decision(cast)
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = _sent(decision, note="Kept <b>safe</b>", **typed_date("sent_on", tomorrow))
    page = sign_in(cast.dsl).post(_url(decision, "sent/new/"), sent)
    assert (page.status_code, _errors(page)) == (422, ["This day has not come yet"])
    text = page.content.decode()
    assert "Kept &lt;b&gt;safe&lt;/b&gt;" in text
    assert 'value="jo.hart@northfield.example"' in text


def test_nothing_is_sent_under_a_refusal(cast, sign_in):
    decision = a_refusal(cast)
    client = sign_in(cast.dsl)
    page = client.get(_url(decision, "sent/new/"), follow=True)
    assert "The decision is not to share: nothing is sent." in page.content.decode()
    assert Disclosure.objects.count() == 0


# Receipts


def test_a_receipt_is_confirmed_by_somebody(cast, sign_in):
    disclosure = a_disclosure(a_decision(cast), cast.dsl)
    url = f"/disclosures/{disclosure.public_id}/receipt/new/"
    client = sign_in(cast.dsl)
    sent = {"state": "confirmed", **typed_date("known_on", timezone.localdate())}
    page = client.post(url, sent)
    assert (page.status_code, _errors(page)) == (422, ["Answer the question “Who confirmed it?”"])
    client.post(url, {**sent, "confirmed_by": "Jo Hart", "how": "She rang back."})
    receipt = Receipt.objects.get()
    assert (receipt.state, receipt.confirmed_by, receipt.how) == (
        ReceiptState.CONFIRMED,
        "Jo Hart",
        "She rang back.",
    )


def test_a_receipt_before_the_sending_is_refused(cast, sign_in):
    disclosure = a_disclosure(a_decision(cast), cast.dsl)
    early = timezone.localdate() - timedelta(days=1)
    page = sign_in(cast.dsl).post(
        f"/disclosures/{disclosure.public_id}/receipt/new/",
        {"state": "chased", **typed_date("known_on", early)},
    )
    assert (page.status_code, _errors(page)) == (422, ["This day is before it was sent"])


def test_a_later_receipt_stands_beside_the_earlier_one(cast, sign_in):
    decision = a_decision(cast)
    disclosure = a_disclosure(decision, cast.dsl)
    a_receipt(disclosure, cast.dsl, ReceiptState.CHASED)
    a_receipt(disclosure, cast.dsl)
    shown = sign_in(cast.dsl).get(_url(decision, "")).context["sent"]
    assert [(one.words, one.confirmed) for one in shown[0].receipts] == [
        ("Asked again, no answer yet", False),
        ("Confirmed by the recipient", True),
    ]
    assert shown[0].state.tag == "Confirmed by the recipient"


# Telling


def test_a_person_is_told(cast, sign_in):
    decision = a_decision(cast)
    sent = {
        "person": its_person(decision.case).public_id,
        "told": "yes",
        "told_who": "Ife and her grandmother",
        "told_by": "Dilys Morgan",
        "how": "",
        **typed_date("told_on", timezone.localdate()),
        "why_not": "typed, then hidden",
    }
    page = sign_in(cast.dsl).post(_url(decision, "told/new/"), sent)
    assert page.status_code == 302
    telling = Telling.objects.get()
    assert (telling.told, telling.told_who, telling.why_not, telling.look_again_on) == (
        True,
        "Ife and her grandmother",
        "",
        None,
    )


def test_not_telling_needs_a_reason_and_a_day_to_look_again(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    sent = {"person": its_person(decision.case).public_id, "told": "no"}
    page = client.post(_url(decision, "told/new/"), sent)
    assert (page.status_code, _errors(page)) == (
        422,
        [
            "Answer the question “Why have they not been told?”",
            "Answer the question “When will you look at this again?”",
        ],
    )
    past = typed_date("look_again_on", timezone.localdate() - timedelta(days=1))
    page = client.post(_url(decision, "told/new/"), {**sent, "why_not": "Unsafe.", **past})
    assert _errors(page) == ["This day has passed. Choose today or later"]
    soon = typed_date("look_again_on", timezone.localdate() + timedelta(days=7))
    client.post(_url(decision, "told/new/"), {**sent, "why_not": "Unsafe.", **soon})
    assert Telling.objects.get().look_again_on == timezone.localdate() + timedelta(days=7)


def test_somebody_from_another_case_cannot_be_named_as_told(cast, sign_in):
    decision = a_decision(cast)
    other = its_person(a_case(by=cast.dsl, organisation=cast.school))
    sent = {"person": other.public_id, "told": "no", "why_not": "x"}
    page = sign_in(cast.dsl).post(_url(decision, "told/new/"), sent)
    assert page.status_code == 422
    assert Telling.objects.count() == 0


def test_with_several_people_the_person_is_asked_for(cast, sign_in):
    case = a_case(
        by=cast.dsl,
        organisation=cast.school,
        people=[
            NewPerson(name="Ife", age_band="under_16"),
            NewPerson(name="Ola", age_band="adult"),
        ],
    )
    people = [part.person.public_id for part in case.parts.order_by("id")]
    decision = a_decision(cast, case=case, people={"people": people})
    page = sign_in(cast.dsl).get(_url(decision, "told/new/"))
    form = page.context["form"]
    assert [words for _key, words in form.fields["person"].choices] == ["Ife", "Ola"]
    assert form.initial["person"] is None


# Afterwards


def test_questions_for_afterwards_are_answered_one_by_one(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    page = client.post(_url(decision, "afterwards/"), {})
    assert (page.status_code, _errors(page)) == (422, ["Answer at least one question"])
    client.post(_url(decision, "afterwards/"), {"answer_recorded": "yes", "note_recorded": "File"})
    client.post(_url(decision, "afterwards/"), {"answer_person_aware": "not_sure"})
    assert list(AfterAnswer.objects.values_list("question", "answer", "note").order_by("id")) == [
        ("recorded", "yes", "File"),
        ("person_aware", "not_sure", ""),
    ]


def test_a_note_without_an_answer_is_refused(cast, sign_in):
    page = sign_in(cast.dsl).post(
        _url(a_decision(cast), "afterwards/"), {"note_recorded": "Hm", "answer_person_aware": "yes"}
    )
    assert (page.status_code, _errors(page)) == (422, ["Choose an answer to go with your note"])
    assert AfterAnswer.objects.count() == 0


def test_both_answers_are_recorded_or_none(cast, monkeypatch):
    decision = a_decision(cast)
    real = following.answer_afterwards

    def fails_for_the_second(**given):
        if given["question"] == "person_aware":
            raise OSError("out of paper")
        return real(**given)

    monkeypatch.setattr(following, "answer_afterwards", fails_for_the_second)
    answers = [following.Answered("recorded", "yes"), following.Answered("person_aware", "yes")]
    with pytest.raises(OSError, match="out of paper"):
        following.answer_all_afterwards(
            decision=decision, answers=answers, by=cast.dsl, at=timezone.now()
        )
    assert AfterAnswer.objects.count() == 0


# Starting anew


def test_a_new_version_is_started_with_a_reason(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    assert client.post(_url(decision, "amend/"), {"reason": " "}).status_code == 422
    page = client.post(_url(decision, "amend/"), {"reason": "The GP rang"})
    draft = Draft.objects.get(closed_at=None)
    assert (page["Location"], draft.kind) == (f"/drafts/{draft.public_id}/", VersionKind.AMENDMENT)
    assert draft.pages.count() == decision.version.draft.pages.count()


def test_a_second_new_version_is_not_started_beside_the_first(cast, sign_in):
    decision = a_decision(cast)
    an_amendment(decision, cast.dsl)
    page = sign_in(cast.dsl).post(_url(decision, "amend/"), {"reason": "Again"}, follow=True)
    assert "A new version is being drafted already." in page.content.decode()
    assert Draft.objects.filter(closed_at=None).count() == 1


def test_what_the_reviewer_asked_for_stands_on_the_page(cast, sign_in):
    decision = a_decision(cast)
    a_review(decision, cast.deputy, outcome="returned", words="Say why the GP needs it.")
    page = sign_in(cast.dsl).get(_url(decision, "amend/"))
    assert "Say why the GP needs it." in page.content.decode()


# Who may


@pytest.mark.parametrize("rest", FORMS)
def test_those_who_only_read_change_nothing(cast, sign_in, rest):
    decision = a_decision(cast)
    before = Entry.objects.exclude(outcome="refused").count()
    for person, status in (("auditor", 403), ("admin", 403), ("staff", 404), ("stranger", 404)):
        client = sign_in(getattr(cast, person))
        assert client.get(_url(decision, rest)).status_code == status, person
        assert client.post(_url(decision, rest), _sent(decision)).status_code == status, person
    assert Entry.objects.exclude(outcome="refused").count() == before


def test_a_receipt_is_not_recorded_by_those_who_only_read_or_do_not_see(cast, sign_in):
    disclosure = a_disclosure(a_decision(cast), cast.dsl)
    url = f"/disclosures/{disclosure.public_id}/receipt/new/"
    for person, status in (("auditor", 403), ("admin", 403), ("staff", 404), ("stranger", 404)):
        assert sign_in(getattr(cast, person)).post(url, {}).status_code == status, person
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("rest", FORMS)
def test_while_nothing_is_signed_nothing_follows(cast, sign_in, rest):
    draft = a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    page = sign_in(cast.dsl).post(_url(draft.decision, rest), {}, follow=True)
    assert "Nothing has been signed yet, so nothing can follow it." in page.content.decode()


@pytest.mark.parametrize("rest", FORMS)
def test_looking_at_a_form_is_recorded_and_other_methods_refused(cast, sign_in, rest):
    decision = a_decision(cast)
    client = sign_in(cast.dsl)
    page = client.get(_url(decision, rest))
    assert page.status_code == 200
    assert "Ife" not in page.content.decode().split("</title>")[0]
    assert Entry.objects.filter(event="decisions.decision_seen").count() == 1
    assert client.put(_url(decision, rest)).status_code == 405


# Afterwards, what is asked fits what was decided


def _asked(client, decision):
    page = client.get(f"/decisions/{decision.public_id}/afterwards/")
    return list(page.context["form"].questions), _text(page)


def test_after_a_refusal_nobody_is_asked_about_what_was_shared(cast, sign_in):
    client = sign_in(cast.dsl)
    codes, text = _asked(client, a_refusal(cast))
    assert codes == ["person_aware_if_refused", "recorded_if_refused"]
    assert "Is it on record why it was not shared" in text
    assert "know that it was shared" not in text
    codes, text = _asked(client, a_decision(cast))
    assert codes == ["person_aware", "recorded"]
    assert "know that it was shared" in text


def test_answers_after_a_refusal_are_shown_in_their_words_and_end_what_is_due(cast, sign_in):
    decision, client = a_refusal(cast), sign_in(cast.dsl)
    url = f"/decisions/{decision.public_id}/afterwards/"

    def due():
        return [one for one in client.get("/").context["tasks"] if one.url == url]

    assert len(due()) == 1
    client.post(url, {"answer_person_aware_if_refused": "yes", "answer_recorded_if_refused": "yes"})
    assert due() == []
    text = _text(client.get(f"/decisions/{decision.public_id}/"))
    assert "Is it on record why it was not shared, and who was told so? Yes" in text


def test_what_was_answered_after_a_refusal_is_asked_anew_once_something_is_shared(cast, sign_in):
    decision, client = a_refusal(cast), sign_in(cast.dsl)
    url = f"/decisions/{decision.public_id}/afterwards/"
    client.post(url, {"answer_person_aware_if_refused": "yes", "answer_recorded_if_refused": "yes"})
    draft = drafting.start_amendment(
        decision=decision, reason="New facts", by=cast.dsl, at=timezone.now()
    )
    typed = draft.pages.get(page="outcome").typed | {"outcome": ["share"]}
    save(draft, cast.dsl, {("outcome", 0): typed})
    version = signed(draft, cast.dsl)
    decision = version.decision
    a_disclosure(decision, cast.dsl)
    assert url in [one.url for one in client.get("/").context["tasks"]]
    codes, text = _asked(client, decision)
    assert codes == ["person_aware", "recorded"]
    assert "Is it on record why it was not shared, and who was told so? Yes" in text
