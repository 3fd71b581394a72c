"""Acts on requests and drafts, up to the signature."""

from datetime import date
from typing import Any

from django.utils import timezone

from decisions.domain import (
    advising,
    attaching,
    drafting,
    emergency,
    intake,
    refusing,
    requesting,
    signing,
    writing_up,
)
from decisions.domain import recognising as matter_recognising
from infosharing.accounts.roles import Role
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from tests.decisions.afterwards import a_refusal
from tests.factories import (
    a_case,
    a_complete_draft,
    a_draft,
    a_request,
    a_signed_decision,
    an_arrived_file,
    its_person,
    save,
)
from tests.meta.acts.table import Call, case_of, done, two_rows, writes
from tests.people import Cast


@writes(matter_recognising.recognise, "cases.person_joined", "cases.same_person_said")
def recognise(cast: Cast) -> Call:
    return done(matter_recognising.recognise, cast.dsl, **two_rows(cast))


def two_requests(cast: Cast) -> dict[str, Any]:
    """The same request recorded twice."""
    case = case_of(cast)
    return {
        "request": a_request(case=case, by=cast.dsl),
        "known": a_request(case=case, by=cast.dsl),
    }


@writes(matter_recognising.say_same_request, "decisions.same_request_said")
def say_same_request(cast: Cast) -> Call:
    return done(matter_recognising.say_same_request, cast.dsl, **two_requests(cast), same=True)


@writes(
    matter_recognising.answer_known,
    "cases.other_person_said",
    "decisions.same_request_said",
    "decisions.known_answered",
)
def answer_known(cast: Cast) -> Call:
    rows, requests = two_rows(cast), two_requests(cast)
    asked = a_request(case=rows["case"], by=cast.dsl)
    return done(
        matter_recognising.answer_known,
        cast.dsl,
        request=asked,
        people={rows["person"]: matter_recognising.Answered(None, [rows["known"]])},
        same_request=requests["known"],
    )


ASKED = requesting.Asked(asked_for="What was seen", purpose="To help", happened_on=date(2026, 1, 5))


@writes(requesting.record_request, "decisions.request_recorded")
def record_request(cast: Cast) -> Call:
    return done(
        requesting.record_request,
        cast.dsl,
        case=case_of(cast),
        asked=ASKED,
        requester=None,
        identity=None,
    )


@writes(
    intake.record_new_matter, "cases.opened", "cases.person_added", "decisions.request_recorded"
)
def record_new_matter(cast: Cast) -> Call:
    return done(
        intake.record_new_matter,
        cast.staff,
        organisation=cast.school,
        summary="Bruises",
        people=[NewPerson("Ife Adeyemi", born=date(2017, 4, 11))],
        asked=ASKED,
        requester=None,
    )


@writes(
    intake.record_and_decide,
    "cases.opened",
    "cases.person_added",
    "decisions.request_recorded",
    "decisions.draft_started",
)
def record_and_decide(cast: Cast) -> Call:
    return done(intake.record_and_decide, cast.staff, recorded=record_new_matter(cast))


@writes(requesting.check_identity, "decisions.identity_checked")
def check_identity(cast: Cast) -> Call:
    return done(
        requesting.check_identity,
        cast.dsl,
        request=a_request(case=case_of(cast), by=cast.dsl, received=True),
        identity=requesting.Identity(identity="verified", identity_how="called_back"),
    )


@writes(drafting.start_decision, "decisions.draft_started")
def start_decision(cast: Cast) -> Call:
    request = a_request(case=case_of(cast), by=cast.dsl)
    return done(drafting.start_decision, cast.dsl, request=request)


def an_emergency(cast: Cast) -> dict[str, Any]:
    return {
        "place": cast.school,
        "case": None,
        "people": [NewPerson("Ife Adeyemi", age_band="under_16")],
        "shared": emergency.Shared(
            what="Where she is",
            recipient="999",
            method="telephone",
            why="He is at the gate.",
            role=Role.DSL,
            already=emergency.SharedAlready(on=date(2026, 1, 5)),
        ),
    }


@writes(
    emergency.share_in_emergency,
    "cases.opened",
    "cases.person_added",
    "decisions.request_recorded",
    "decisions.draft_started",
    *["decisions.page_saved"] * 6,
    "decisions.signed",
    "decisions.sent",
)
def share_in_emergency(cast: Cast) -> Call:
    return done(emergency.share_in_emergency, cast.dsl, **an_emergency(cast))


REFUSAL = refusing.Refusal(
    reasons="The police do not know of it.",
    role=Role.DSL,
    identity=requesting.Identity(identity="failed", identity_how="called_back"),
)


@writes(
    refusing.refuse_requester,
    "decisions.identity_checked",
    "decisions.draft_started",
    "decisions.page_saved",
    "decisions.signed",
)
def refuse_requester(cast: Cast) -> Call:
    request = a_request(case=case_of(cast), by=cast.dsl, received=True, identity="not_verified")
    return done(refusing.refuse_requester, cast.dsl, request=request, refusal=REFUSAL)


@writes(
    refusing.refuse_new_requester,
    "cases.opened",
    "cases.person_added",
    "decisions.request_recorded",
    "decisions.draft_started",
    "decisions.page_saved",
    "decisions.signed",
)
def refuse_new_requester(cast: Cast) -> Call:
    return done(
        refusing.refuse_new_requester,
        cast.dsl,
        place=cast.school,
        case=None,
        people=[NewPerson("Ife Adeyemi", age_band="under_16")],
        asked=ASKED,
        requester=requesting.Requester(channel="telephone", requester_kind="police"),
        refusal=REFUSAL,
    )


@writes(writing_up.start_write_up, "decisions.write_up_started")
def start_write_up(cast: Cast) -> Call:
    version = done(emergency.share_in_emergency, cast.dsl, **an_emergency(cast))()
    return done(writing_up.start_write_up, cast.dsl, decision=version.decision)


@writes(drafting.start_amendment, "decisions.draft_started")
def start_amendment(cast: Cast) -> Call:
    version = a_signed_decision(case=case_of(cast), by=cast.dsl)
    return done(drafting.start_amendment, cast.dsl, decision=version.decision, reason="New facts")


@writes(drafting.reopen, "decisions.draft_started")
def reopen_a_refusal(cast: Cast) -> Call:
    return done(
        drafting.reopen,
        cast.dsl,
        decision=a_refusal(cast),
        what_is_new="The school nurse saw a second injury",
        known_on=timezone.localdate(),
        known_from="The school nurse",
    )


@writes(drafting.save_page, "decisions.page_saved")
def save_page(cast: Cast) -> Call:
    draft = a_draft(case=case_of(cast), by=cast.dsl)
    return done(
        drafting.save_page,
        cast.dsl,
        draft=draft,
        page="purpose",
        index=0,
        typed={"answer_purpose": ["yes"]},
        version=0,
    )


@writes(drafting.remove_entry, "decisions.page_removed")
def remove_entry(cast: Cast) -> Call:
    draft = a_draft(case=case_of(cast), by=cast.dsl)
    save(draft, cast.dsl, {("item", 1): {"what": ["Seen"]}})
    return done(drafting.remove_entry, cast.dsl, draft=draft, page="item", index=1, version=1)


@writes(advising.ask_for_advice, "decisions.advice_asked")
def ask_for_advice(cast: Cast) -> Call:
    return done(
        advising.ask_for_advice,
        cast.dsl,
        decision=a_draft(case=case_of(cast), by=cast.dsl).decision,
        asked_of=cast.head,
        question="May I?",
        anonymous=True,
    )


@writes(advising.give_advice, "decisions.advice_given")
def give_advice(cast: Cast) -> Call:
    request = ask_for_advice(cast)()
    return done(
        advising.give_advice,
        cast.head,
        request=request,
        role=Role.HEAD,
        advised="share",
        words="Yes",
    )


@writes(advising.report_advice, "decisions.advice_reported")
def report_advice(cast: Cast) -> Call:
    return done(
        advising.report_advice,
        cast.dsl,
        decision=a_draft(case=case_of(cast), by=cast.dsl).decision,
        adviser="Somebody",
        role=Role.MANAGER,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="share",
        words="Yes",
    )


@writes(advising.record_advice_tried, "decisions.advice_tried")
def record_advice_tried(cast: Cast) -> Call:
    return done(
        advising.record_advice_tried,
        cast.dsl,
        decision=a_draft(case=case_of(cast), by=cast.dsl).decision,
        role=Role.HEAD,
        how="Rang twice",
    )


@writes(signing.sign, "decisions.signed")
def sign(cast: Cast) -> Call:
    draft = a_complete_draft(case=case_of(cast), by=cast.dsl)
    seen = signing.prepared_draft(draft, timezone.now()).seen
    return done(signing.sign, cast.dsl, draft=draft, seen=seen)


@writes(requesting.correct_request, "decisions.request_corrected")
def correct_request(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        requesting.correct_request,
        cast.dsl,
        request=a_request(case=case, by=cast.dsl),
        asked=requesting.Asked(
            asked_for="Something else", purpose="To help", happened_on=timezone.localdate()
        ),
        requester=None,
        about=[its_person(case)],
        reason="I misheard",
    )


@writes(requesting.ask_about_person, "cases.person_added", "decisions.request_person_added")
def ask_about_person(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        requesting.ask_about_person,
        cast.dsl,
        request=a_request(case=case, by=cast.dsl),
        person=NewPerson(name="Tayo Adeyemi", age_band="under_16"),
        part=Part.RELATIVE,
    )


@writes(attaching.attach_document, "cases.document_kept", "decisions.document_attached")
def attach_document(cast: Cast) -> Call:
    case = a_case(by=cast.staff, organisation=cast.school)
    request = a_request(case=case, by=cast.staff)
    return done(
        attaching.attach_document,
        cast.staff,
        request=request,
        arrived=an_arrived_file(),
        what="A letter",
    )
