"""Decisions that relied on a consent, what changed about it since, and an answer to that."""

from datetime import timedelta

from django.utils import timezone

from consent.domain.asking import narrow_consent
from consent.domain.recording import withdraw_consent
from consent.enums import How
from decisions.domain.relying import answer_consent_change
from decisions.enums import Reaction
from decisions.relying import changes_of
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, a_consent

YES = ("purpose", "recipients", "information")


def days(number):
    return timezone.localdate() + timedelta(days=number)


def covers(consent, *covered):
    return {
        f"covers_{consent.public_id}_{part}": ["yes" if part in covered else "no"] for part in YES
    }


def relying(cast, *, covered=YES, decision=None, **consent):
    """A decision to share that considered a yes, and the yes."""
    case = a_case(by=cast.dsl, organisation=cast.school)
    said = a_consent(case=case, by=cast.dsl, **consent)
    pages = {"consent": covers(said, *covered), **(decision or {})}
    return a_decision(cast, case=case, **pages), said


def withdraw(consent, by):
    withdraw_consent(
        consent=consent,
        withdrawn_on=timezone.localdate(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="I have changed my mind.",
        by=by,
        at=timezone.now(),
    )


def narrow(consent, by):
    narrow_consent(
        consent=consent,
        happened_on=timezone.localdate(),
        whom="Mother",
        how=How.TELEPHONE,
        recipients="The school nurse",
        information="",
        words="",
        by=by,
        at=timezone.now(),
    )


def answer(decision, by, done=Reaction.STOPPED, seen=None):
    return answer_consent_change(
        decision=decision,
        done=done,
        words="Rang the nurse.",
        seen=changes_of(decision).shown if seen is None else seen,
        by=by,
        at=timezone.now(),
    )
