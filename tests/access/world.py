"""One of everything that has an address, in one case, and the arguments of every address."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone

from consent.models import ConsentRecord, ConsentStep
from decisions.domain import advising, breaches, emergency, following, reviewing, signing
from decisions.enums import ReviewOutcome
from decisions.models import (
    AdviceRequest,
    Breach,
    Decision,
    Disclosure,
    Draft,
    Request,
    SignedVersion,
)
from infosharing.access.domain.members import invite
from infosharing.access.models import KeptText
from infosharing.accounts.models import Invitation, Membership, User
from infosharing.accounts.roles import Role
from infosharing.casefile.domain.exporting import ask_export
from infosharing.casefile.models import Export
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.noting import write_note
from infosharing.cases.models import Case, Closure, Contact, Document, Person, StandIn
from tests.exports import wanted
from tests.factories import (
    a_case,
    a_complete_draft,
    a_contact,
    a_continuing_consent,
    a_document,
    a_draft,
    a_protection,
    a_question,
    a_request,
    a_stand_in,
    its_person,
    save,
)
from tests.people import Cast

ABSENT = "AAAAAAAAAAAAAAAAAAAAAA"


@dataclass
class World:
    """A case of the school, opened by the practitioner, decided by the DSL or the head.

    ``asked`` is whoever was asked for advice.
    """

    case: Case
    person: Person
    request: Request
    draft: Draft
    decision: Decision
    disclosure: Disclosure
    document: Document
    breach: Breach
    export: Export
    contact: Contact
    consent: ConsentRecord
    asked: ConsentStep
    advice: AdviceRequest
    emergency: Decision
    closure: Closure
    stand_in: StandIn
    membership: Membership
    invitation: Invitation
    kept: KeptText
    secret: str
    reset: tuple[str, str]

    @cached_property
    def arguments(self) -> dict[str, dict[str, Any]]:
        """The arguments of every address that takes any, by its name."""
        case = {"public_id": self.case.public_id}
        draft = {"public_id": self.draft.public_id}
        decision = {"public_id": self.decision.public_id}
        request = {"public_id": self.request.public_id}
        person = {**case, "person_id": self.person.public_id}
        item = {**draft, "page": "item", "index": 1}
        consent = {"public_id": self.consent.public_id}
        asked = {"public_id": self.asked.public_id}
        contact = {"public_id": self.contact.public_id}
        note = {"public_id": self.case.restricted_notes.get().public_id}
        breach = {"public_id": self.breach.public_id}
        export = {"public_id": self.export.public_id}
        invitation = {"public_id": self.invitation.public_id}
        return {
            "casefile:case": case,
            "casefile:chronology": case,
            "casefile:person-chronology": person,
            "casefile:looks": case,
            "casefile:notes": case,
            "casefile:note-new": case,
            "casefile:note": note,
            "casefile:note-change": note,
            "casefile:case-close": case,
            "casefile:case-access": case,
            "casefile:case-history": case,
            "casefile:decision-history": decision,
            "casefile:case-as-it-stood": case,
            "casefile:decision-as-it-stood": decision,
            "casefile:case-access-end": {
                **case,
                "access_id": self.case.access.earliest("id").public_id,
            },
            "casefile:case-access-open": case,
            "casefile:person-new": case,
            "casefile:person-change": person,
            "casefile:person-same": person,
            "casefile:responsibility-new": person,
            "casefile:protection-new": person,
            "casefile:protection-end": person,
            "casefile:court-order-new": person,
            "casefile:view-new": person,
            "casefile:judgement-new": case,
            "casefile:document-new": case,
            "casefile:document": {"public_id": self.document.public_id},
            "casefile:decision-pdf": decision,
            "casefile:contact": contact,
            "casefile:contact-change": contact,
            "casefile:contact-detail-new": contact,
            "decisions:request": request,
            "decisions:request-identity": request,
            "decisions:request-document-new": request,
            "decisions:request-correct": request,
            "decisions:case-request-new": case,
            "decisions:refuse": request,
            "decisions:decide": request,
            "decisions:write-up": {"public_id": self.emergency.public_id},
            "decisions:draft": draft,
            "decisions:draft-check": draft,
            "decisions:draft-sign": draft,
            "decisions:draft-advice": draft,
            "decisions:draft-advice-ask": draft,
            "decisions:draft-advice-report": draft,
            "decisions:draft-advice-tried": draft,
            "decisions:draft-page": {**draft, "page": "purpose"},
            "decisions:draft-entry": item,
            "decisions:draft-entry-remove": item,
            "decisions:advice-answer": {"public_id": self.advice.public_id},
            "decisions:decision": decision,
            "decisions:version": {**decision, "number": 1},
            "decisions:disclosure-new": decision,
            "decisions:receipt-new": {"public_id": self.disclosure.public_id},
            "decisions:telling-new": decision,
            "decisions:afterwards": decision,
            "decisions:review": decision,
            "decisions:disagreement": {"public_id": self.emergency.public_id, "which": "first"},
            "decisions:look-back": {"public_id": self.emergency.public_id},
            "decisions:amend": decision,
            "decisions:consent-changed": decision,
            "decisions:outgoing": {**decision, "number": 1},
            "decisions:progress-new": decision,
            "decisions:close": decision,
            "decisions:known-already": decision,
            "decisions:breach": breach,
            "decisions:breach-step-new": breach,
            "consent:new": case,
            "consent:detail": consent,
            "consent:withdraw": consent,
            "consent:narrow": consent,
            "consent:review": consent,
            "consent:person": person,
            "consent:ask": person,
            "consent:not-asked": person,
            "consent:step": asked,
            "consent:no-answer": asked,
            "casefile:case-export": case,
            "casefile:person-export": person,
            "casefile:export": export,
            "casefile:export-cancel": export,
            "casefile:export-take": export,
            "casefile:leaflet": asked,
            "casefile:leaflet-pdf": asked,
            "casefile:consent-leaflet": consent,
            "casefile:consent-leaflet-pdf": consent,
            "access:kept": {"public_id": self.kept.public_id},
            "access:invitation": invitation,
            "access:withdraw_invitation": invitation,
            "access:stand_in_end": {"public_id": self.stand_in.public_id},
            "access:closure_remove": {"public_id": self.closure.public_id},
            "access:end_role": {"public_id": self.membership.public_id},
            "access:accept_invitation": {"secret": self.secret},
            "account_reset_password_from_key": dict(
                zip(("uidb36", "key"), self.reset, strict=True)
            ),
        }


def make_world(
    cast: Cast, *, decider: User, role: Role, asked: User, keep_from: tuple[User, ...] = ()
) -> World:
    """Make it through the verbs of the domain; ``decider`` decides in ``role``."""
    now = timezone.now()
    case = a_case(by=cast.staff, organisation=cast.school, keep_from=keep_from)
    person = its_person(case)
    version = _signed(case, decider, role)
    consent = a_continuing_consent(case=case, by=cast.staff)
    a_protection(case=case, by=cast.staff)
    write_note(case=case, words="Her aunt rang about it.", by=cast.staff, at=now)
    disclosure = following.record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(),
        items=list(version.items.all()),
        sent_on=timezone.localdate(),
        sent_time="",
        method="secure_email",
        address="",
        sent_by=decider.name,
        told_confidential=True,
        note="",
        by=decider,
        at=now,
    )
    breach = breaches.start_breach(
        disclosure=disclosure,
        wrong=breaches.WrongPerson("Another family", now, "Asked to delete it"),
        by=decider,
        at=now,
    )
    draft = a_draft(case=case, by=cast.staff)
    item = {"what": ["What was seen"], "handling": ["share"]}
    save(draft, cast.staff, {("item", 1): item})
    advice = advising.ask_for_advice(
        decision=draft.decision,
        asked_of=asked,
        question="May I share this?",
        anonymous=True,
        by=cast.staff,
        at=now,
    )
    invitation, secret = invite(
        organisation=cast.school,
        name="Noor Haddad",
        email="noor@example.org",
        role=Role.PRACTITIONER,
        by=cast.admin,
        at=now,
    )
    key = PasswordResetTokenGenerator().make_token(cast.colleague)
    return World(
        case=case,
        person=person,
        request=a_request(case=case, by=cast.staff, received=True),
        draft=draft,
        decision=version.decision,
        disclosure=disclosure,
        document=a_document(case=case, by=cast.staff),
        breach=breach,
        export=ask_export(wanted=wanted(case), by=cast.dsl, at=now),
        contact=a_contact(organisation=cast.school, by=cast.staff),
        consent=consent,
        asked=a_question(case=case, by=cast.staff),
        advice=advice,
        emergency=a_shared_emergency(case, cast, keep_from),
        stand_in=StandIn.objects.first() or a_stand_in(cast, starts_in=30),
        closure=add_closure(
            organisation=cast.school,
            first_on=timezone.localdate(),
            last_on=timezone.localdate(),
            what="Training",
            by=cast.admin,
            at=now,
        ),
        membership=Membership.objects.get(user=cast.colleague, starts_on=date(2020, 1, 1)),
        kept=KeptText.objects.create(
            user=cast.colleague, path="/", fields=[["note", "Two words"]], kept_at=now
        ),
        invitation=invitation,
        secret=secret,
        reset=(user_pk_to_url_str(cast.colleague), key),
    )


def a_shared_emergency(case: Case, cast: Cast, keep_from: tuple[User, ...]) -> Decision:
    """Shared in an emergency by the practitioner, not written up yet; a reviewer disagrees."""
    version = emergency.share_in_emergency(
        place=cast.school,
        case=case,
        people=[],
        shared=emergency.Shared(
            what="Where she is",
            recipient="999",
            method="telephone",
            why="He is at the gate.",
            role=Role.PRACTITIONER,
        ),
        by=cast.staff,
        at=timezone.now(),
    )
    reviewers = {cast.dpl: Role.DATA_PROTECTION_LEAD, cast.deputy: Role.DEPUTY_DSL}
    reviewer = next(one for one in reviewers if one not in keep_from)
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.DISAGREED,
        words="The office could have rung first.",
        role=reviewers[reviewer],
        by=reviewer,
        at=timezone.now(),
    )
    return version.decision


def _signed(case: Case, decider: User, role: Role) -> SignedVersion:
    now = timezone.now()
    draft = a_complete_draft(case=case, by=decider, role=str(role))
    advising.record_advice_tried(
        decision=draft.decision, role=Role.DSL, how="Rang twice", by=decider, at=now
    )
    seen = signing.prepared_draft(draft, now).seen
    return signing.sign(draft=draft, seen=seen, by=decider, at=now)
