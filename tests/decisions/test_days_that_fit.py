"""Days that cannot be are refused beside their field: told too early, looked at again too late."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from decisions.domain import following, progress
from decisions.domain.breaches import UnableToFollowUp
from decisions.domain.emergency import SharedAlready
from decisions.enums import ProgressKind
from decisions.models import Telling
from tests.decisions.afterwards import a_decision, not_told, typed_date
from tests.decisions.test_write_up import FRIDAY, an_emergency
from tests.factories import a_case, a_signed_decision, its_person


def _told(decision, by, day, at=None):
    return following.record_telling(
        decision=decision,
        person=its_person(decision.case),
        told=True,
        told_on=day,
        told_who="Her mother",
        told_by=by.name,
        how="",
        why_not="",
        look_again_on=None,
        by=by,
        at=at or timezone.now(),
    )


def _today():
    return timezone.localdate()


def test_nobody_is_told_what_was_shared_before_it_was_decided(cast, sign_in):
    decision = a_decision(cast)
    yesterday = _today() - timedelta(days=1)
    sent = {
        "person": its_person(decision.case).public_id,
        "told": "yes",
        "told_who": "Her mother",
        "told_by": "Dilys Morgan",
        **typed_date("told_on", yesterday),
    }
    page = sign_in(cast.dsl).post(f"/decisions/{decision.public_id}/told/new/", sent)
    assert page.status_code == 422
    (error,) = page.context["form"].error_summary()
    assert error.id == "id_told_on"
    assert error.message.startswith("It was decided on ")
    assert not Telling.objects.exists()


def test_the_day_of_the_signature_itself_will_do(cast):
    decision = a_decision(cast)
    assert _told(decision, cast.dsl, _today()).told_on == _today()


def test_the_first_signature_counts_and_not_that_of_a_later_version(cast):
    version = a_signed_decision(
        case=a_case(by=cast.dsl, organisation=cast.school),
        by=cast.dsl,
        at=timezone.now() - timedelta(days=3),
    )
    day = timezone.localdate(version.signed_at)
    assert following.decided_on(version.decision) == day
    assert _told(version.decision, cast.dsl, day).told_on == day
    with pytest.raises(following.ToldTooEarly):
        _told(version.decision, cast.dsl, day - timedelta(days=1))


def test_in_an_emergency_somebody_may_be_told_before_it_is_written_down(cast):
    thursday = FRIDAY.date() - timedelta(days=1)
    decision = an_emergency(cast, already=SharedAlready(on=thursday, time="late"))
    assert following.decided_on(decision) == thursday
    assert _told(decision, cast.dsl, thursday, FRIDAY).told_on == thursday
    with pytest.raises(following.ToldTooEarly):
        _told(decision, cast.dsl, thursday - timedelta(days=1), FRIDAY)


def test_a_day_to_look_again_is_not_in_the_past_whatever_page_it_comes_from(cast):
    decision = a_decision(cast)
    assert not_told(decision, cast.dsl, look_again_in=0).look_again_on == _today()
    with pytest.raises(UnableToFollowUp, match="has passed"):
        not_told(decision, cast.dsl, look_again_in=-1)
    with pytest.raises(UnableToFollowUp, match="has passed"):
        progress.record_progress(
            decision=decision,
            kind=ProgressKind.REPLY,
            happened_on=_today(),
            who="Jo Hart",
            words="She rang.",
            look_again_on=_today() - timedelta(days=1),
            by=cast.dsl,
            at=timezone.now(),
        )


def test_days_are_those_of_london(cast):
    late = datetime.fromisoformat("2026-07-01T23:30:00+00:00")
    version = a_signed_decision(
        case=a_case(by=cast.dsl, organisation=cast.school, at=late), by=cast.dsl, at=late
    )
    assert following.decided_on(version.decision).isoformat() == "2026-07-02"
