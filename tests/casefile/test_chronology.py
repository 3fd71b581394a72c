"""What happened in a case: one chronology on a page of its own; and what both pages cost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent.domain.recording import withdraw_consent
from consent.enums import How
from decisions.domain import advising
from decisions.enums import ReviewOutcome
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.knowing import record_judgement, record_responsibility
from infosharing.cases.domain.opening import (
    NewPerson,
    add_person,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from infosharing.cases.enums import Holds, JudgementKind
from tests.counting import statements
from tests.decisions import afterwards
from tests.factories import a_case, a_consent, a_draft, a_request, its_person
from tests.people import make_member

NOW = timezone.now
CHILD = NewPerson(name="Ife Adeyemi", born=date(2017, 4, 11))


def _case(cast, **rest):
    return a_case(by=cast.dsl, organisation=cast.school, people=[CHILD], **rest)


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _shown(page):
    return [(entry["title"], entry["text"], entry["by"]) for entry in page.context["entries"]]


def _everything(cast, case, number):
    """So many of everything that a case can hold, by the DSL."""
    by, at = cast.dsl, NOW
    for index in range(number):
        person = add_person(
            case=case,
            person=NewPerson(name=f"Person {index}", born=date(2016, 3, 1)),
            by=by,
            at=at(),
        )
        record_responsibility(
            case=case,
            person=person,
            holder="Funmi Adeyemi",
            relationship="Mother",
            holds=Holds.YES,
            evidence="",
            by=by,
            at=at(),
        )
        record_judgement(
            case=case,
            person=person,
            kind=JudgementKind.COMPETENCE,
            matter="Whether the GP is told.",
            able=bool(index % 2),
            reasons="She could not say it back.",
            judged_on=timezone.localdate(),
            judged_by="Dilys Morgan",
            by=by,
            at=at(),
        )
        _decided(cast, case)
        _being_decided(cast, case)
        a_request(case=case, by=by)
        yes = a_consent(case=case, by=by)
        withdraw_consent(
            consent=yes,
            withdrawn_on=timezone.localdate(),
            withdrawn_by="Mother",
            how=How.TELEPHONE,
            words="Not any more.",
            by=by,
            at=at(),
        )
        a_consent(case=case, by=by, status="refused", giver="Father")
    for user in (cast.colleague, cast.staff, cast.manager)[:number]:
        name_on_case(case=case, user=user, reason="Helps.", by=by, at=at())
    for user in (cast.deputy, cast.dpl, cast.auditor)[:number]:
        exclude_from_case(case=case, user=user, reason="About them.", by=by, at=at())


def _decided(cast, case):
    decision = afterwards.a_decision(cast, case=case)
    afterwards.a_receipt(afterwards.a_disclosure(decision, cast.dsl), cast.dsl)
    afterwards.not_told(decision, cast.dsl, look_again_in=9)
    afterwards.told(decision, cast.dsl)
    words = "Say why the mother was not asked."
    afterwards.a_review(decision, cast.head, Role.HEAD, ReviewOutcome.RETURNED, words)


def _being_decided(cast, case):
    decision = a_draft(case=case, by=cast.dsl).decision
    advising.record_advice_tried(
        decision=decision, role=Role.HEAD, how="Rang twice.", by=cast.dsl, at=NOW()
    )
    advising.report_advice(
        decision=decision,
        adviser="Ann Bright",
        role=Role.DSL,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="share",
        words="Tell the GP.",
        by=cast.dsl,
        at=NOW(),
    )


def test_every_kind_of_thing_that_happens_is_told_in_its_words(cast, sign_in):
    case = _case(cast, summary="Bruises on both arms.")
    _everything(cast, case, 1)
    page = sign_in(cast.head).get(_url(case, "chronology/"))
    dsl = "Dilys Morgan"
    lead = "Dilys Morgan, Designated safeguarding lead (DSL)"
    asked = case.requests.order_by("id")[0].asked_for
    thought = case.requests.order_by("id")[1].asked_for
    yes = case.consents.order_by("id")[0].scope_purpose
    assert _shown(page) == [
        ("Agreed to sharing", f"By Mother (parent or carer), about Ife Adeyemi: {yes}", dsl),
    ] + [asked, thought, lead]
