"""Every act once, with the entries it must write: the table of test_acts.

Each function here prepares what its act needs and returns a call that runs the act alone.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from consent.domain import asking, recording
from consent.enums import How, Step
from decisions.domain import (
    advising,
    attaching,
    breaches,
    drafting,
    emergency,
    following,
    intake,
    progress,
    refusing,
    relying,
    requesting,
    review_rules,
    reviewing,
    signing,
    writing_up,
)
from decisions.domain import recognising as matter_recognising
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
from infosharing.access.domain import members, passwords
from infosharing.accounts.models import Membership, OrganisationKind, User
from infosharing.accounts.roles import Role
from infosharing.casefile.domain import exporting, working
from infosharing.casefile.models import Export
from infosharing.cases.domain import (
    closing,
    concluding,
    contacts,
    ending,
    hearing,
    keeping,
    knowing,
    noting,
    opening,
    recognising,
    retaining,
    standing_in,
)
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import ContactKind, Holds, JudgementKind, OrderKind, Part
from infosharing.cases.models import Case, RestrictedNote
from infosharing.search.domain.keeping import drop_filter, make_search, save_filter
from tests.decisions.afterwards import a_decision, a_refusal, a_review, shared_at_once
from tests.exports import an_export, made, wanted
from tests.factories import (
    a_case,
    a_complete_draft,
    a_consent,
    a_continuing_consent,
    a_draft,
    a_protection,
    a_request,
    a_signed_decision,
    a_stand_in,
    an_arrived_file,
    its_person,
    save,
    what_they_think,
    what_was_said,
)
from tests.people import Cast

Call = Callable[[], Any]
Prepare = Callable[[Cast], Call]
TABLE: dict[str, tuple[Prepare, list[str]]] = {}


def writes(act: Any, *events: str) -> Callable[[Prepare], Prepare]:
    """Put the function below into the table, as preparing ``act``."""

    def put(prepare: Prepare) -> Prepare:
        TABLE[f"{act.__module__}.{act.__name__}"] = (prepare, list(events))
        return prepare

    return put


def done(act: Any, by: User | None, /, **given: Any) -> Call:
    return partial(act, **given, by=by, at=timezone.now())


def case_of(cast: Cast) -> Case:
    return a_case(by=cast.dsl, organisation=cast.school)


@writes(
    opening.open_case, "cases.opened", "cases.excluded", "cases.person_added", "cases.person_added"
)
def open_case(cast: Cast) -> Call:
    people = [NewPerson("Ife Adeyemi", born=date(2017, 4, 11)), NewPerson("Bo", age_band="adult")]
    return done(
        opening.open_case,
        cast.staff,
        organisation=cast.school,
        summary="Bruises",
        people=people,
        keep_from=[cast.dsl],
    )


@writes(opening.add_person, "cases.person_added")
def add_person(cast: Cast) -> Call:
    person = NewPerson("Bo", age_band="adult", part=Part.RELATIVE)
    return done(opening.add_person, cast.dsl, case=case_of(cast), person=person)


@writes(opening.join_person, "cases.person_joined")
def join_person(cast: Cast) -> Call:
    person = its_person(case_of(cast))
    return done(
        opening.join_person, cast.dsl, case=case_of(cast), person=person, part=Part.RELATIVE
    )


@writes(opening.name_on_case, "cases.named")
def name_on_case(cast: Cast) -> Call:
    return done(
        opening.name_on_case, cast.dsl, case=case_of(cast), user=cast.colleague, reason="Tutor"
    )


@writes(opening.exclude_from_case, "cases.excluded")
def exclude_from_case(cast: Cast) -> Call:
    return done(
        opening.exclude_from_case, cast.dsl, case=case_of(cast), user=cast.head, reason="Relative"
    )


@writes(opening.restrict_case, "cases.restricted")
def restrict_case(cast: Cast) -> Call:
    return done(opening.restrict_case, cast.dsl, case=case_of(cast))


@writes(ending.end_access, "cases.exclusion_ended")
def end_access(cast: Cast) -> Call:
    case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
    access = case.access.get(user=cast.dsl)
    return done(ending.end_access, cast.head, access=access, reason="Looked into")


@writes(ending.lift_restriction, "cases.opened_up")
def lift_restriction(cast: Cast) -> Call:
    case = case_of(cast)
    opening.restrict_case(case=case, by=cast.dsl, at=timezone.now())
    return done(ending.lift_restriction, cast.dsl, case=case, reason="Looked into")


@writes(retaining.say_how_long_kept, "cases.kept_for_said")
def say_how_long_kept(cast: Cast) -> Call:
    return done(retaining.say_how_long_kept, cast.admin, organisation=cast.school, words="Until 25")


def two_rows(cast: Cast) -> dict[str, Any]:
    """One child in two cases, recorded twice."""
    case, other = case_of(cast), case_of(cast)
    return {"case": case, "person": its_person(case), "known": its_person(other)}


@writes(recognising.say_same, "cases.person_joined", "cases.same_person_said")
def say_same(cast: Cast) -> Call:
    return done(recognising.say_same, cast.dsl, **two_rows(cast))


@writes(recognising.say_different, "cases.other_person_said")
def say_different(cast: Cast) -> Call:
    return done(recognising.say_different, cast.dsl, **two_rows(cast))


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


@writes(concluding.close_case, "cases.closed")
def close_case(cast: Cast) -> Call:
    return done(concluding.close_case, cast.dsl, case=case_of(cast), reason="She is safe")


@writes(concluding.reopen_case, "cases.reopened")
def reopen_case(cast: Cast) -> Call:
    case = case_of(cast)
    concluding.close_case(case=case, reason="She is safe", by=cast.dsl, at=timezone.now())
    return done(concluding.reopen_case, cast.dsl, case=case, reason="He is back")


@writes(knowing.change_person, "cases.person_changed")
def change_person(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.change_person,
        cast.dsl,
        case=case,
        person=its_person(case),
        details=NewPerson(name="Ife Adeyemi-Cole", born=date(2017, 4, 12)),
        reason="The birth certificate says so",
    )


@writes(knowing.record_responsibility, "cases.responsibility_recorded")
def record_responsibility(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.record_responsibility,
        cast.dsl,
        case=case,
        person=its_person(case),
        holder="Mother",
        relationship="Mother",
        holds=Holds.YES,
        evidence="",
    )


@writes(knowing.record_judgement, "cases.judgement_recorded")
def record_judgement(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        knowing.record_judgement,
        cast.dsl,
        case=case,
        person=its_person(case),
        kind=JudgementKind.COMPETENCE,
        matter="This referral",
        able=True,
        reasons="Explains it in her own words",
        judged_on=timezone.localdate(),
        judged_by="Two teachers",
    )


@writes(recording.record_consent, "consent.recorded")
def record_consent(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        recording.record_consent,
        cast.dsl,
        case=case,
        person=its_person(case),
        said=what_was_said(),
    )


@writes(recording.withdraw_consent, "consent.withdrawn")
def withdraw_consent(cast: Cast) -> Call:
    return done(
        recording.withdraw_consent,
        cast.dsl,
        consent=a_consent(case=case_of(cast), by=cast.dsl),
        withdrawn_on=timezone.localdate(),
        withdrawn_by="Mother",
        how=How.TELEPHONE,
        words="",
    )


@writes(asking.record_step, "consent.step_recorded")
def record_step(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        asking.record_step,
        cast.dsl,
        case=case,
        person=its_person(case),
        kind=Step.NOT_SOUGHT,
        happened_on=timezone.localdate(),
        words="It would be shared in any case.",
    )


@writes(asking.narrow_consent, "consent.narrowed")
def narrow_consent(cast: Cast) -> Call:
    return done(
        asking.narrow_consent,
        cast.dsl,
        consent=a_consent(case=case_of(cast), by=cast.dsl),
        happened_on=timezone.localdate(),
        whom="Mother",
        how=How.TELEPHONE,
        recipients="The nurse",
        information="",
        words="",
    )


@writes(asking.review_consent, "consent.reviewed")
def review_consent(cast: Cast) -> Call:
    return done(
        asking.review_consent,
        cast.dsl,
        consent=a_continuing_consent(case=case_of(cast), by=cast.dsl),
        happened_on=timezone.localdate(),
        words="She says that it still stands.",
        again_on=timezone.localdate() + timedelta(days=90),
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


def closed_days(cast: Cast) -> dict[str, Any]:
    return {
        "organisation": cast.school,
        "first_on": date(2026, 12, 21),
        "last_on": date(2026, 12, 31),
        "what": "Christmas holidays",
    }


@writes(standing_in.name_stand_in, "cases.stand_in_named")
def name_stand_in(cast: Cast) -> Call:
    today = timezone.localdate()
    return done(
        standing_in.name_stand_in,
        cast.dsl,
        organisation=cast.school,
        in_place_of=cast.dsl,
        deputy=cast.colleague,
        starts_on=today,
        ends_on=today + timedelta(days=4),
        why="Away on a course.",
    )


@writes(standing_in.end_stand_in, "cases.stand_in_ended")
def end_stand_in(cast: Cast) -> Call:
    return done(standing_in.end_stand_in, cast.dsl, stand_in=a_stand_in(cast))


@writes(closing.add_closure, "cases.closure_added")
def add_closure(cast: Cast) -> Call:
    return done(closing.add_closure, cast.admin, **closed_days(cast))


@writes(closing.remove_closure, "cases.closure_removed")
def remove_closure(cast: Cast) -> Call:
    closure = done(closing.add_closure, cast.admin, **closed_days(cast))()
    return done(closing.remove_closure, cast.admin, closure=closure)


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


FOUND = contacts.Found(
    kind=ContactKind.EMAIL,
    value="jo.hart@northfield.example",
    source="Their letter of 3 November",
    found_on=date(2026, 11, 3),
    found_by="Dilys Morgan",
)


@writes(contacts.add_contact, "cases.contact_added")
def add_contact(cast: Cast) -> Call:
    return done(
        contacts.add_contact,
        cast.dsl,
        organisation=cast.school,
        name="Jo Hart",
        role="",
        agency="",
        found=FOUND,
    )


@writes(contacts.change_contact, "cases.contact_changed")
def change_contact(cast: Cast) -> Call:
    return done(
        contacts.change_contact,
        cast.dsl,
        contact=add_contact(cast)(),
        name="Jo Hart",
        role="Manager",
        agency="",
        used=True,
        reason="Promoted",
    )


@writes(contacts.add_detail, "cases.contact_detail_added")
def add_detail(cast: Cast) -> Call:
    contact = add_contact(cast)()
    return done(
        contacts.add_detail,
        cast.dsl,
        contact=contact,
        found=FOUND,
        in_place_of=contact.details.get(),
        because="She moved office",
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


@writes(members.set_up_organisation, "access.organisation_set_up")
def set_up_organisation(cast: Cast) -> Call:
    return done(
        members.set_up_organisation,
        None,
        name="New School",
        kind=OrganisationKind.SCHOOL,
        pack="statutory-2024",
        parent=cast.trust,
    )


@writes(members.choose_pack, "access.pack_chosen")
def choose_pack(cast: Cast) -> Call:
    return done(members.choose_pack, cast.admin, organisation=cast.school, pack="trust-2015")


@writes(members.add_member, "access.member_added")
def add_member(cast: Cast) -> Call:
    return done(
        members.add_member,
        None,
        organisation=cast.school,
        username="new",
        name="New",
        email="",
        password="nine blue herons",
        role=Role.MANAGER,
    )


@writes(hearing.protect_person, "cases.person_protected")
def protect_person(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.protect_person,
        cast.dsl,
        case=case,
        person=its_person(case),
        from_whom="Her father",
        why="He threatens her",
    )


@writes(hearing.end_protection, "cases.protection_ended")
def end_protection(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.end_protection,
        cast.dsl,
        case=case,
        protection=a_protection(case=case, by=cast.dsl),
        reason="He has died",
    )


@writes(hearing.record_court_order, "cases.document_kept", "cases.court_order_recorded")
def record_court_order(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.record_court_order,
        cast.dsl,
        case=case,
        person=its_person(case),
        order=hearing.Order(kind=OrderKind.CARE, says="The council shares responsibility"),
        arrived=an_arrived_file(),
    )


@writes(hearing.record_view, "cases.view_heard")
def record_view(cast: Cast) -> Call:
    case = case_of(cast)
    return done(
        hearing.record_view, cast.dsl, case=case, person=its_person(case), said=what_they_think()
    )


@writes(noting.write_note, "cases.note_written")
def write_note(cast: Cast) -> Call:
    return done(noting.write_note, cast.dsl, case=case_of(cast), words="Her aunt rang.")


def note_of(cast: Cast, *readers: User) -> RestrictedNote:
    return noting.write_note(
        case=case_of(cast), words="Her aunt rang.", readers=readers, by=cast.dsl, at=timezone.now()
    )


@writes(noting.change_note, "cases.note_changed")
def change_note(cast: Cast) -> Call:
    note = note_of(cast)
    return done(noting.change_note, cast.dsl, note=note, words="Her uncle rang.", reason="Misheard")


@writes(noting.show_note, "cases.note_shown")
def show_note(cast: Cast) -> Call:
    return done(noting.show_note, cast.dsl, note=note_of(cast), user=cast.head)


@writes(noting.hide_note, "cases.note_hidden")
def hide_note(cast: Cast) -> Call:
    return done(noting.hide_note, cast.dsl, note=note_of(cast, cast.head), user=cast.head)


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


@writes(keeping.keep_document, "cases.document_kept")
def keep_document(cast: Cast) -> Call:
    case = a_case(by=cast.staff, organisation=cast.school)
    return done(
        keeping.keep_document, cast.staff, case=case, arrived=an_arrived_file(), what="A letter"
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


@writes(members.invite, "access.member_invited")
def invite(cast: Cast) -> Call:
    return done(
        members.invite,
        cast.admin,
        organisation=cast.school,
        name="Noor Haddad",
        email="noor@example.org",
        role=Role.MANAGER,
    )


@writes(members.withdraw_invitation, "access.invitation_withdrawn")
def withdraw_invitation(cast: Cast) -> Call:
    invitation, _secret = invite(cast)()
    return done(members.withdraw_invitation, cast.admin, invitation=invitation)


@writes(members.accept_invitation, "access.invitation_accepted")
def accept_invitation(cast: Cast) -> Call:
    invitation, _secret = invite(cast)()
    return done(
        members.accept_invitation,
        None,
        invitation=invitation,
        username="noor",
        password="nine blue herons",
    )


@writes(members.give_role, "access.role_given")
def give_role(cast: Cast) -> Call:
    return done(
        members.give_role,
        cast.admin,
        organisation=cast.school,
        user=cast.staff,
        role=Role.MANAGER,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=5),
    )


@writes(members.end_role, "access.role_ended")
def end_role(cast: Cast) -> Call:
    membership = Membership.objects.get(user=cast.staff)
    return done(members.end_role, cast.admin, membership=membership, ends_on=timezone.localdate())


@writes(passwords.change_password, "access.password_changed")
def change_password(cast: Cast) -> Call:
    return done(passwords.change_password, cast.staff, user=cast.staff, password="nine blue herons")


@writes(passwords.make_password_link, "access.password_link_made")
def make_password_link(cast: Cast) -> Call:
    return done(passwords.make_password_link, None, user=cast.staff)


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


# Searches


@writes(make_search, "search.made")
def make_a_search(cast: Cast) -> Call:
    return done(make_search, cast.dsl, listing="decisions", words={"find": "Ife"})


@writes(save_filter, "search.kept")
def save_a_filter(cast: Cast) -> Call:
    filters = {"words": {"find": "Ife"}, "choices": {"outcome": ["share"]}}
    return done(save_filter, cast.dsl, listing="decisions", name="Ife", **filters)


@writes(drop_filter, "search.dropped")
def drop_a_filter(cast: Cast) -> Call:
    kept = save_a_filter(cast)()
    return done(drop_filter, cast.dsl, kept=kept)


@writes(exporting.ask_export, "casefile.export_asked")
def ask_export(cast: Cast) -> Call:
    return done(exporting.ask_export, cast.auditor, wanted=wanted(case_of(cast)))


@writes(exporting.cancel_export, "casefile.export_cancelled")
def cancel_export(cast: Cast) -> Call:
    return done(exporting.cancel_export, cast.auditor, export=an_export(cast))


def being_made(cast: Cast) -> dict[str, Any]:
    an_export(cast)
    claim = working.new_claim()
    return {"export": working.claim_next(claim=claim, at=timezone.now()), "claim": claim}


@writes(exporting.finish_export, "casefile.export_made")
def finish_export(cast: Cast) -> Call:
    return done(exporting.finish_export, None, **being_made(cast), made=made(), failed=0)


@writes(exporting.fail_export, "casefile.export_failed")
def fail_export(cast: Cast) -> Call:
    return done(exporting.fail_export, None, **being_made(cast), why="It did not go.")


@writes(exporting.expire_export, "casefile.export_expired")
def expire_export(cast: Cast) -> Call:
    finish_export(cast)()
    return done(exporting.expire_export, None, export=Export.objects.get())
