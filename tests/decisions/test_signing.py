"""Signing: once, what was shown, in a role one holds."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import policies
from decisions.domain import signing
from decisions.enums import ReviewState, State
from decisions.models import SignedVersion
from infosharing.audit.models import Entry
from tests.factories import a_case, a_complete_draft, a_signed_decision, save


def test_a_complete_draft_is_signed_and_frozen(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    decision = version.decision
    decision.refresh_from_db()
    assert (decision.state, decision.outcome, decision.review_state) == (
        State.SIGNED,
        "share",
        ReviewState.WAITING,
    )
    assert decision.without_consent is True
    assert [item.what for item in version.items.all()] == ["What was seen and said, with dates"]
    assert Entry.objects.filter(event="decisions.signed").count() == 1


def test_signing_again_gives_the_version_that_is_there(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    with pytest.raises(policies.AlreadySigned) as caught:
        signing.sign(draft=version.draft, seen="anything", by=cast.dsl, at=timezone.now())
    assert caught.value.version == version
    assert SignedVersion.objects.count() == 1


def test_what_changed_since_it_was_shown_is_not_signed(cast):
    draft = a_complete_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    seen = signing.prepared_draft(draft, timezone.now()).seen
    save(draft, cast.dsl, {("purpose", 0): {"answer_purpose": ["yes"], "note_purpose": ["x"]}})
    with pytest.raises(policies.ChangedSinceShown):
        signing.sign(draft=draft, seen=seen, by=cast.dsl, at=timezone.now())
    assert SignedVersion.objects.count() == 0


def test_a_role_one_does_not_hold_signs_nothing(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.staff, role="dsl")
    seen = signing.prepared_draft(draft, timezone.now()).seen
    with pytest.raises(PermissionDenied):
        signing.sign(draft=draft, seen=seen, by=cast.staff, at=timezone.now())


def test_a_practitioner_without_the_dsls_advice_cannot_share_without_consent(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.staff, role="practitioner")
    seen = signing.prepared_draft(draft, timezone.now()).seen
    with pytest.raises(policies.StillIncomplete) as caught:
        signing.sign(draft=draft, seen=seen, by=cast.staff, at=timezone.now())
    assert [missing.code for missing in caught.value.missing] == ["advice:dsl"]
