"""State builders for what follows a signature, and what a form about it is filled in with."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from decisions.domain import advising, drafting, emergency, following, reviewing
from decisions.enums import ReceiptState, ReviewOutcome
from decisions.models import (
    Decision,
    Disclosure,
    Draft,
    Receipt,
    Review,
    SecondReview,
    SignedVersion,
    Telling,
)
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.cases.models import Case, Person
from tests.factories import a_case, a_draft, complete_pages, its_person, save_at_once, sign_at_once

# What the form for something sent takes, beside the recipient and the items.
SENT = {
    "sent_on_day": "1",
    "sent_on_month": "11",
    "sent_on_year": "2026",
    "sent_time": "after lunch, about 2",
    "method": "secure_email",
    "address": "jo.hart@northfield.example",
    "sent_by": "Dilys Morgan",
    "told_confidential": "yes",
    "note": "Ticket 4711",
}
HELD_BACK = {
    "what": ["The name of the neighbour who rang"],
    "handling": ["hold_back"],
    "handling_reason": ["She could be found and hurt."],
}


def typed_date(name: str, day: date) -> dict[str, str]:
    """A date as it is typed in three boxes."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def a_decision(cast: Any, by: User | None = None, role: str = "dsl", **pages: Any) -> Decision:
    """A decision to share, signed by the DSL unless said otherwise; ``pages`` change its draft."""
    user = by or cast.dsl
    case = pages.pop("case", None) or a_case(by=user, organisation=cast.school)
    draft = a_draft(case=case, by=user, received=pages.pop("received", True))
    typed = complete_pages(its_person(case), role=role)
    for name, changes in pages.items():
        page, _, index = name.partition("_")
        typed.setdefault((page, int(index or 0)), {}).update(changes)
    save_at_once(draft=draft, pages=typed, by=user, at=timezone.now())
    return signed(draft, user).decision


def signed(draft: Draft, by: User) -> SignedVersion:
    """The version that a complete draft becomes; its decision is fetched anew."""
    version = sign_at_once(draft=draft, by=by, at=timezone.now())
    version.decision.refresh_from_db()
    return version


def a_refusal(cast: Any, by: User | None = None) -> Decision:
    """A decision not to share what nobody asked for."""
    return a_decision(
        cast,
        by,
        received=False,
        outcome={"outcome": ["do_not_share"]},
        against={"override_reasons": ["The family agreed to ask for help themselves."]},
    )


def a_part_shared(cast: Any, by: User | None = None) -> Decision:
    """A decision to share one thing and hold another back."""
    return a_decision(
        cast,
        by,
        outcome={"outcome": ["share_in_part"]},
        item_2=HELD_BACK,
        withheld={"withheld": ["Who rang us."]},
    )


def a_disclosure(decision: Decision, by: User, **changes: Any) -> Disclosure:
    """The first item sent to the first recipient."""
    version = decision.version
    assert version is not None
    given: dict[str, Any] = {
        "recipient": version.recipients.order_by("number")[0],
        "items": list(version.items.exclude(handling="hold_back").order_by("number")[:1]),
        "sent_on": timezone.localdate(),
        "sent_time": "after lunch, about 2",
        "method": "secure_email",
        "address": "jo.hart@northfield.example",
        "sent_by": by.name,
        "told_confidential": True,
        "note": "Ticket 4711",
        **changes,
    }
    return following.record_disclosure(decision=decision, by=by, at=timezone.now(), **given)


def a_receipt(
    disclosure: Disclosure, by: User, state: ReceiptState = ReceiptState.CONFIRMED
) -> Receipt:
    """What is known of the arrival today."""
    return following.record_receipt(
        disclosure=disclosure,
        state=state,
        known_on=timezone.localdate(),
        confirmed_by="Jo Hart" if state == ReceiptState.CONFIRMED else "",
        how="She rang back.",
        by=by,
        at=timezone.now(),
    )


def not_told(
    decision: Decision, by: User, *, look_again_in: int = 0, person: Person | None = None
) -> Telling:
    """A person was not told; it is looked at again in so many days."""
    return following.record_telling(
        decision=decision,
        person=person or its_person(decision.case),
        told=False,
        told_on=None,
        told_who="",
        told_by="",
        how="",
        why_not="It could put her at risk while enquiries go on.",
        look_again_on=timezone.localdate() + timedelta(days=look_again_in),
        by=by,
        at=timezone.now(),
    )


def told(decision: Decision, by: User) -> Telling:
    """The person was told today."""
    return following.record_telling(
        decision=decision,
        person=its_person(decision.case),
        told=True,
        told_on=timezone.localdate(),
        told_who="Ife and her grandmother",
        told_by=by.name,
        how="At school, together.",
        why_not="",
        look_again_on=None,
        by=by,
        at=timezone.now(),
    )


def a_review(
    decision: Decision,
    by: User,
    role: Role = Role.DEPUTY_DSL,
    outcome: ReviewOutcome = ReviewOutcome.AGREED,
    words: str = "",
) -> Review | SecondReview:
    """A review of the version in force, the second where one was there."""
    made = reviewing.review(
        decision=decision,
        shown=reviewing.shown_of(decision),
        outcome=outcome,
        words=words,
        role=role,
        by=by,
        at=timezone.now(),
    )
    decision.refresh_from_db()
    return made


def shared_at_once(cast: Any, by: User | None = None, **shared: Any) -> Decision:
    """Something the practitioner shared at once, not written up, to be looked back at."""
    given = {
        "what": "Where she is",
        "recipient": "999",
        "method": "telephone",
        "why": "He is at the gate.",
        "role": Role.PRACTITIONER,
        **shared,
    }
    user = by or cast.staff
    version = emergency.share_in_emergency(
        place=cast.school,
        case=a_case(by=user, organisation=cast.school),
        people=[],
        shared=emergency.Shared(**given),
        by=user,
        at=timezone.now(),
    )
    version.decision.refresh_from_db()
    return version.decision


def an_amendment(decision: Decision, by: User, reason: str = "Asked for by the review") -> Draft:
    """A draft of a further version."""
    return drafting.start_amendment(decision=decision, reason=reason, by=by, at=timezone.now())


def a_question(decision: Decision, asked_of: User, by: User) -> Any:
    """A question for advice, without names."""
    return advising.ask_for_advice(
        decision=decision,
        asked_of=asked_of,
        question="May I tell the GP?",
        anonymous=True,
        by=by,
        at=timezone.now(),
    )


def everything_followed(decision: Decision, by: User) -> None:
    """Sent and confirmed, told, answered."""
    a_receipt(a_disclosure(decision, by), by)
    told(decision, by)
    following.answer_all_afterwards(
        decision=decision,
        answers=[
            following.Answered("person_aware", "yes", "She asked who would read it."),
            following.Answered("recorded", "not_sure"),
        ],
        by=by,
        at=timezone.now(),
    )


def case_of(decision: Decision) -> Case:
    """The case a decision belongs to."""
    return decision.case
