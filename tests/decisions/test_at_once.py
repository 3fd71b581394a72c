"""Twenty at once: one decision, one review, no text overwritten (C1, C2, C3)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.domain import reviewing, signing
from decisions.models import Decision, Draft, Review, SecondReview, SignedVersion
from infosharing.audit.models import Entry
from tests.audit.support import setting_up
from tests.decisions.afterwards import a_review
from tests.decisions.test_review_rules import set_rules
from tests.factories import a_case, a_complete_draft, a_signed_decision
from tests.parallel import Many
from tests.people import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


@pytest.fixture
def cast(transactional_db):
    with setting_up():
        return make_cast()


def sent_by(user, page, form):
    """Return a function that sends a form once more from the same browser."""
    client = Client()
    client.force_login(user)

    def send(_number: int) -> tuple[int, str]:
        mine = Client(raise_request_exception=False)
        mine.cookies = client.cookies
        response = mine.post(page, form)
        return response.status_code, response.get("Location", "")

    return send


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Decision, Draft, SignedVersion)}


def test_twenty_signatures_are_one_and_all_lead_to_it(cast, tmp_path):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    seen = signing.prepared_draft(draft, timezone.now(), cast.dsl).seen
    page = reverse("decisions:draft-sign", args=[draft.public_id])
    send = sent_by(cast.dsl, page, {"seen": seen})  # without a token, as a forger would
    many = Many(tmp_path)
    answers = many.answers(MANY, send)
    there = reverse("decisions:decision", args=[draft.decision.public_id])
    assert set(answers) == {(302, there)}
    assert many.see(counts) == {"Decision": 1, "Draft": 1, "SignedVersion": 1}
    assert many.see(Entry.objects.filter(event="decisions.signed", outcome="done").count) == 1


def test_twenty_reviews_by_two_people_are_one(cast, tmp_path):
    version = a_signed_decision(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    page = reverse("decisions:review", args=[version.decision.public_id])
    form = {"outcome": "agreed", "shown": reviewing.shown_of(version.decision)}
    senders = [sent_by(who, page, form) for who in (cast.deputy, cast.head)]
    many = Many(tmp_path)
    answers = many.answers(MANY, lambda number: senders[number % 2](number))
    assert many.see(Review.objects.count) == 1
    assert many.see(Entry.objects.filter(event="decisions.reviewed", outcome="done").count) == 1
    there = reverse("decisions:decision", args=[version.decision.public_id])
    assert (302, there) in answers
    assert {status for status, _where in answers} <= {302, 409, 403}


def test_two_second_reviewers_at_once_are_one_and_never_the_first(cast, tmp_path):
    set_rules(cast, "every", second=["every"])
    version = a_signed_decision(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    a_review(version.decision, cast.deputy)
    page = reverse("decisions:review", args=[version.decision.public_id])
    form = {"outcome": "agreed", "shown": reviewing.shown_of(version.decision)}
    senders = [sent_by(who, page, form) for who in (cast.head, cast.dpl, cast.deputy)]
    many = Many(tmp_path)
    answers = many.answers(6, lambda number: senders[number % 3](number))
    made = many.see(lambda: list(SecondReview.objects.values_list("reviewer", flat=True)))
    assert len(made) == 1
    assert made[0] in (cast.head.pk, cast.dpl.pk)
    assert {status for status, _where in answers} <= {302, 409, 403}


def test_two_editors_at_once_never_overwrite_each_other(cast, tmp_path):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    page = reverse("decisions:draft-page", args=[draft.public_id, "outcome"])
    version = draft.pages.get(page="outcome").version
    senders = [
        sent_by(who, page, {"reasons": words, "version": version, "next": "/"})
        for who, words in ((cast.dsl, "What the DSL wrote"), (cast.deputy, "What Tomasz wrote"))
    ]
    many = Many(tmp_path)
    answers = many.at_once(2, lambda number: senders[number](number))
    assert sorted(status for status, _where in answers) == [302, 409]
    kept = many.see(lambda: draft.pages.get(page="outcome"))
    assert kept.version == version + 1
    assert kept.typed["reasons"][0] in ("What the DSL wrote", "What Tomasz wrote")
