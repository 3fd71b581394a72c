"""Acts on what follows a signature: reviews, what was sent, breaches, what came of it."""

from datetime import timedelta

from django.utils import timezone

from consent.domain import recording
from consent.enums import How
from decisions.domain import (
    breaches,
    following,
    progress,
    relying,
    review_rules,
    reviewing,
)
from decisions.enums import (
    BreachKind,
    LookedBack,
    ProgressKind,
    Reaction,
    ReceiptState,
    ReviewOutcome,
    Risk,
)
from decisions.relying import changes_of
from infosharing.accounts.roles import Role
from tests.decisions.afterwards import a_decision, a_review, shared_at_once
from tests.factories import (
    a_consent,
    a_signed_decision,
    its_person,
)
from tests.meta.acts.table import Call, case_of, done, writes
from tests.people import Cast


@writes(reviewing.review, "decisions.reviewed")
def review(cast: Cast) -> Call:
    version = a_signed_decision(case=case_of(cast), by=cast.dsl)
    return done(
        reviewing.review,
        cast.head,
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.AGREED,
        words="",
        role=Role.HEAD,
    )


@writes(reviewing.answer_disagreement, "decisions.disagreement_answered")
def answer_disagreement(cast: Cast) -> Call:
    decision = a_decision(cast)
    a_review(decision, cast.head, Role.HEAD, ReviewOutcome.DISAGREED, "I would have waited.")
    return done(
        reviewing.answer_disagreement, cast.dsl, decision=decision, to_second=False, words="Read."
    )


@writes(reviewing.look_back, "decisions.looked_back")
def look_back(cast: Cast) -> Call:
    decision = shared_at_once(cast)
    return done(
        reviewing.look_back,
        cast.dsl,
        decision=decision,
        shown=reviewing.shown_of(decision),
        found=LookedBack.RIGHT,
        findings="He was at the gate.",
        to_change="",
        role=Role.DSL,
    )


@writes(review_rules.set_review_rules, "decisions.review_setting_changed")
def set_review_rules(cast: Cast) -> Call:
    return done(
        review_rules.set_review_rules,
        cast.admin,
        organisation=cast.school,
        instead_of="",
        kinds=["refused"],
        second=[],
        look_back_days=5,
        reason="Agreed with the governors.",
    )


@writes(following.record_disclosure, "decisions.sent")
def record_disclosure(cast: Cast) -> Call:
    version = a_signed_decision(case=case_of(cast), by=cast.dsl)
    return done(
        following.record_disclosure,
        cast.dsl,
        decision=version.decision,
        recipient=version.recipients.get(),
        items=list(version.items.all()),
        sent_on=timezone.localdate(),
        sent_time="",
        method="secure_email",
        address="",
        sent_by="Dilys Morgan",
        told_confidential=True,
        note="",
    )


@writes(following.record_receipt, "decisions.receipt_recorded")
def record_receipt(cast: Cast) -> Call:
    return done(
        following.record_receipt,
        cast.dsl,
        disclosure=record_disclosure(cast)(),
        state=ReceiptState.CONFIRMED,
        known_on=timezone.localdate(),
        confirmed_by="Jo Hart",
        how="",
    )


@writes(breaches.start_breach, "decisions.breach_started")
def start_breach(cast: Cast) -> Call:
    return done(
        breaches.start_breach,
        cast.dsl,
        disclosure=record_disclosure(cast)(),
        wrong=breaches.WrongPerson(
            reached="Another family", known_at=timezone.now(), contained="Asked to delete it"
        ),
    )


@writes(breaches.record_step, "decisions.breach_step")
def record_breach_step(cast: Cast) -> Call:
    return done(
        breaches.record_step,
        cast.dsl,
        breach=start_breach(cast)(),
        kind=BreachKind.RISK,
        risk=Risk.LIKELY,
        happened_at=timezone.now(),
        who="Dilys Morgan",
        words="Their address is in it.",
    )


@writes(progress.record_progress, "decisions.progress_recorded")
def record_progress(cast: Cast) -> Call:
    return done(
        progress.record_progress,
        cast.dsl,
        decision=record_disclosure(cast)().decision,
        kind=ProgressKind.REPLY,
        happened_on=timezone.localdate(),
        who="Jo Hart",
        words="They will visit on Friday.",
        look_again_on=None,
    )


@writes(progress.close, "decisions.closed")
def close(cast: Cast) -> Call:
    return done(
        progress.close, cast.dsl, decision=record_disclosure(cast)().decision, reason="Done"
    )


@writes(progress.reopen, "decisions.reopened")
def reopen(cast: Cast) -> Call:
    decision = record_disclosure(cast)().decision
    progress.close(decision=decision, reason="Done", by=cast.dsl, at=timezone.now())
    return done(progress.reopen, cast.dsl, decision=decision, reason="They rang again")


@writes(following.record_telling, "decisions.telling_recorded")
def record_telling(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        following.record_telling,
        cast.dsl,
        decision=a_signed_decision(case=case, by=cast.dsl).decision,
        person=its_person(case),
        told=False,
        told_on=None,
        told_who="",
        told_by="",
        how="",
        why_not="Not safe",
        look_again_on=timezone.localdate() + timedelta(days=7),
    )


@writes(following.answer_afterwards, "decisions.afterwards_answered")
def answer_afterwards(cast: Cast) -> Call:
    return done(
        following.answer_afterwards,
        cast.dsl,
        decision=a_signed_decision(case=case_of(cast), by=cast.dsl).decision,
        question="recorded",
        answer="yes",
        note="",
    )


@writes(
    following.answer_all_afterwards,
    "decisions.afterwards_answered",
    "decisions.afterwards_answered",
)
def answer_all_afterwards(cast: Cast) -> Call:
    return done(
        following.answer_all_afterwards,
        cast.dsl,
        decision=a_signed_decision(case=case_of(cast), by=cast.dsl).decision,
        answers=[
            following.Answered(question=question, answer="yes", note="")
            for question in ("person_aware", "recorded")
        ],
    )


@writes(relying.answer_consent_change, "decisions.consent_change_answered")
def answer_consent_change(cast: Cast) -> Call:
    case = case_of(cast)
    said = a_consent(case=case, by=cast.dsl)
    covered = {
        f"covers_{said.public_id}_{part}": ["yes"]
        for part in ("purpose", "recipients", "information")
    }
    decision = a_decision(cast, case=case, consent=covered)
    recording.withdraw_consent(
        consent=said,
        withdrawn_on=timezone.localdate(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="",
        by=cast.dsl,
        at=timezone.now(),
    )
    return done(
        relying.answer_consent_change,
        cast.dsl,
        decision=decision,
        done=Reaction.TOLD,
        words="Rang them.",
        seen=changes_of(decision).shown,
    )
