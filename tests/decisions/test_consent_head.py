"""Consent that changed stands where a decision begins, and asks for no more to be sent (R31)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consent.models import ConsentRecord, ConsentStep, Withdrawal
from decisions import aftermath, due
from decisions.domain.drafting import start_amendment
from decisions.enums import Reaction
from decisions.models import ConsentReaction, SignedVersion
from decisions.presenters.follow_lists import open_words
from decisions.presenters.relying import head
from decisions.relying import changes_of
from infosharing.casefile.pdf.document import decision_data
from infosharing.casefile.pdf.parts import html_of
from infosharing.journeys.templatetags.british import british_date
from tests.counting import statements
from tests.decisions.afterwards import a_disclosure, signed
from tests.decisions.consents_since import answer, days, narrow, relying, withdraw
from tests.engines import some_on_postgres
from tests.factories import a_consent

TODAY = british_date(timezone.localdate())
STOPPED = "What followed: nothing more is shared under this decision."


def _page(client, decision):
    return client.get(f"/decisions/{decision.public_id}/").content.decode()


def _steps(client, decision):
    page = client.get(f"/decisions/{decision.public_id}/")
    return [step.text for step in page.context["steps"]]


# At the head


def test_nothing_is_said_of_consent_that_did_not_change(cast, sign_in):
    decision, _yes = relying(cast)
    assert head(changes_of(decision)) == []
    page = _page(sign_in(cast.dsl), decision)
    assert ("#consent-changed" in page, "#consent-done" in page) == (False, False)


def test_what_changed_leads_from_the_head_to_where_it_stands_before_and_after_the_answer(
    cast, sign_in
):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    taken_back = f"Consent was taken back on {TODAY}."
    assert head(changes_of(decision)) == [
        taken_back,
        "Nobody has said yet what they did about it.",
    ]
    client = sign_in(cast.dsl)
    page = _page(client, decision)
    assert ('href="#consent-changed"' in page, 'href="#consent-done"' in page) == (True, False)
    assert page.index('id="consent-changed"') < page.index("What comes next")
    answer(decision, cast.dsl)
    assert head(changes_of(decision)) == [taken_back, STOPPED]
    page = _page(client, decision)
    assert 'href="#consent-changed"' not in page
    assert page.index(f"{taken_back} {STOPPED}") < page.index("What comes next")
    assert page.count('href="#consent-done"') == 2
    assert page.count('id="consent-done"') == 1


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Reaction.STOPPED, "nothing more is shared under this decision"),
        (Reaction.LOOKED_AGAIN, "it is looked at again, in a new version"),
        (Reaction.TOLD, "everybody who got it was told"),
        (Reaction.UNCHANGED, "nothing had to change"),
    ],
)
def test_every_answer_has_its_words_at_the_head(cast, done, words):
    decision, yes = relying(cast)
    narrow(yes, cast.dsl)
    answer(decision, cast.dsl, done)
    withdraw(yes, cast.dsl)
    assert head(changes_of(decision)) == [
        f"A part of a consent was withdrawn on {TODAY}.",
        f"What followed: {words}.",
        f"Consent was taken back on {TODAY}.",
        "Nobody has said yet what they did about it.",
    ]


@pytest.mark.parametrize("template", ["pdf/decision.html", "pdf/part_decision.html"])
def test_the_front_of_the_pdf_says_so_too(cast, template):
    decision, yes = relying(cast)
    before = decision_data(decision, by=cast.dsl, at=timezone.now())
    withdraw(yes, cast.dsl)
    answer(decision, cast.dsl)
    after = decision_data(decision, by=cast.dsl, at=timezone.now())
    assert "Consent since" not in html_of(template, before)
    front, _, rest = html_of(template, after).partition("Reasons</th>")
    assert f"<p>Consent was taken back on {TODAY}.</p><p>{STOPPED}</p>" in front
    assert "Consent that changed after the signature" in rest


def test_the_list_of_decisions_marks_it_with_no_statement_more(cast, sign_in):
    decision, yes = relying(cast)
    client = sign_in(cast.dsl)
    assert b"onsent changed since" not in client.get("/decisions/").content
    withdraw(yes, cast.dsl)
    with statements(10):
        page = client.get("/decisions/")
    assert b"onsent changed since, not answered yet" in page.content
    answer(decision, cast.dsl)
    page = client.get("/decisions/")
    assert b"onsent changed since, answered" in page.content


# What comes next


@pytest.mark.parametrize("anything", [False, True])
@pytest.mark.parametrize("done", some_on_postgres(list(Reaction), 2))
def test_once_sharing_is_stopped_nothing_more_is_asked_to_be_sent(cast, sign_in, done, anything):
    decision, yes = relying(cast)
    if anything:
        a_disclosure(decision, cast.dsl)
    withdraw(yes, cast.dsl)
    answer(decision, cast.dsl, done)
    client = sign_in(cast.dsl)
    sending = {"Record what was sent", "Record what else was sent", "See and print what goes out"}
    stopped = done == Reaction.STOPPED
    assert sending.isdisjoint(_steps(client, decision)) is stopped
    assert ("something was sent all the same" in _page(client, decision)) is stopped
    assert (
        client.get(reverse("decisions:disclosure-new", args=[decision.public_id])).status_code
        == 200
    )
    lines = [
        words
        for one in aftermath.open_decisions(cast.dsl)
        for words in open_words(one)
        if "sent yet" in words
    ]
    still = not stopped and not anything
    assert lines == ["Nothing sent yet"] * still
    assert ("Record what was sent under" in client.get("/").content.decode()) is still


def test_a_new_version_may_share_again(cast, sign_in):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    answer(decision, cast.dsl)
    draft = start_amendment(decision=decision, reason="Asked anew", by=cast.dsl, at=timezone.now())
    signed(draft, cast.dsl)
    assert SignedVersion.objects.count() == 2
    assert "Record what was sent" in _steps(sign_in(cast.dsl), decision)


# Since when it waits


def _since(user):
    return list(due.consent_changed(user).select(0).values_list("due_since", flat=True))


CHANGES = {
    "withdraw": (withdraw, lambda: Withdrawal.objects.latest("id").recorded_at),
    "narrow": (narrow, lambda: ConsentStep.objects.latest("id").recorded_at),
    "refuse": (
        lambda yes, by: a_consent(case=yes.case, by=by, status="refused"),
        lambda: ConsentRecord.objects.latest("id").recorded_at,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_waits_since_the_change_and_not_since_the_signature(cast, change):
    decision, yes = relying(cast)
    assert _since(cast.dsl) == []
    do, when = CHANGES[change]
    do(yes, cast.dsl)
    assert _since(cast.dsl) == [when()]
    assert when() > decision.signed_at


def test_of_several_changes_it_waits_since_the_latest_that_is_not_answered(cast):
    decision, yes = relying(cast)
    narrow(yes, cast.dsl)
    answer(decision, cast.dsl)
    assert _since(cast.dsl) == []
    narrow(yes, cast.dsl)
    first = ConsentStep.objects.latest("id").recorded_at
    assert _since(cast.dsl) == [first]
    withdraw(yes, cast.dsl)
    assert _since(cast.dsl) == [Withdrawal.objects.get().recorded_at]
    assert ConsentReaction.objects.get().recorded_at < first


def test_what_ran_out_waits_since_its_last_day_was_over(cast, monkeypatch):
    _decision, _yes = relying(cast, until=days(2))
    monkeypatch.setattr("decisions.relying.today", lambda: days(5))
    assert [moment.date() for moment in _since(cast.dsl)] == [days(3)]


# Who got what


def _form(client, decision):
    url = f"/decisions/{decision.public_id}/consent-changed/"
    client.get(url)
    with statements(9):
        return client.get(url).content.decode()


def test_the_form_lists_who_got_what_and_who_nothing(cast, sign_in):
    decision, yes = relying(cast)
    withdraw(yes, cast.dsl)
    client = sign_in(cast.dsl)
    page = _form(client, decision)
    recipient = decision.version.recipients.order_by("number")[0]
    item = decision.version.items.order_by("number")[0]
    assert "Nothing has been recorded as sent." in page
    assert f"Nothing sent yet to <bdi>{recipient.name}</bdi>" in page
    assert item.what not in page
    a_disclosure(decision, cast.dsl)
    page = _form(client, decision)
    assert "Nothing has been recorded as sent." not in page
    assert f"<li><bdi>{recipient.name}</bdi>" in page
    assert item.what in page
    assert f"Nothing sent yet to <bdi>{recipient.name}</bdi>" not in page
