"""State builders: a test names the state it needs, and gets it through the domain's own verbs."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from consent.domain.asking import Question, record_step
from consent.domain.recording import Said, record_consent
from consent.enums import GivenBy, How, Status, Step
from consent.models import ConsentRecord, ConsentStep
from decisions.domain import drafting, requesting, signing
from decisions.events import DecisionEvent
from decisions.models import Draft, DraftPage, Request, SignedVersion
from decisions.packs import shipped
from infosharing.accounts.models import Organisation, User
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.documents import Arrived, FileKind, arriving
from infosharing.cases.documents.store import root
from infosharing.cases.domain.contacts import Found, add_contact
from infosharing.cases.domain.hearing import Said as Heard
from infosharing.cases.domain.hearing import protect_person
from infosharing.cases.domain.keeping import keep_document
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.domain.standing_in import name_stand_in
from infosharing.cases.enums import ContactKind, HeardHow, Whose
from infosharing.cases.models import Case, Contact, Document, Person, Protection, StandIn

Page = tuple[str, int]
Typed = Mapping[str, Sequence[str]]


def a_case(
    *,
    by: User,
    organisation: Organisation,
    people: Sequence[NewPerson] = (NewPerson(name="Ife Adeyemi", born=date(2017, 4, 11)),),
    **rest: Any,
) -> Case:
    """A case opened by somebody, about a nine-year-old unless said otherwise."""
    return open_case(
        organisation=organisation,
        summary=rest.pop("summary", "Bruises on both arms, seen in PE."),
        people=people,
        by=by,
        at=rest.pop("at", timezone.now()),
        **rest,
    )


def a_contact(*, organisation: Organisation, by: User, **changes: Any) -> Contact:
    """A social worker with a telephone number found on the council's website."""
    found = Found(
        kind=changes.pop("kind", ContactKind.TELEPHONE),
        value=changes.pop("value", "01632 960 123"),
        source=changes.pop("source", "Northfield Council's website"),
        found_on=changes.pop("found_on", timezone.localdate()),
        found_by=by.name,
    )
    given = {"name": "Jo Hart", "role": "Social worker", "agency": "Northfield Council", **changes}
    return add_contact(organisation=organisation, found=found, by=by, at=timezone.now(), **given)


def its_person(case: Case) -> Person:
    """The first person of a case."""
    return case.parts.order_by("id")[0].person


def a_request(*, case: Case, by: User, received: bool = False, **rest: Any) -> Request:
    """A request of one's own, or an e-mail from a verified social worker."""
    requester = requesting.Requester(
        channel=rest.pop("channel", "email"),
        requester_kind=rest.pop("requester_kind", "social_care"),
        requester_name="Jo Hart",
        requester_organisation="Northfield Council",
        requester_contact=rest.pop("requester_contact", ""),
        crime_investigation=rest.pop("crime_investigation", False),
    )
    identity = requesting.Identity(
        identity=rest.pop("identity", "verified"),
        identity_how="known_address",
        call_back_source=rest.pop("call_back_source", ""),
    )
    at = rest.pop("at", timezone.now())
    asked = requesting.Asked(
        asked_for="What was seen and said, with dates",
        purpose="To decide what help is needed",
        happened_on=rest.pop("happened_on", timezone.localdate(at)),
        by_when=rest.pop("by_when", None),
    )
    return requesting.record_request(
        case=case,
        asked=asked,
        requester=requester if received else None,
        identity=identity if received else None,
        by=by,
        at=at,
    )


def a_stand_in(cast: Any, *, starts_in: int = 0, days: int = 5, **changes: Any) -> StandIn:
    """A colleague stands in for the DSL from today, named by the DSL, unless said otherwise."""
    first = timezone.localdate() + timedelta(days=starts_in)
    given: dict[str, Any] = {
        "organisation": cast.school,
        "in_place_of": cast.dsl,
        "deputy": cast.colleague,
        "starts_on": first,
        "ends_on": first + timedelta(days=days - 1),
        "why": "Away on a course.",
        "by": cast.dsl,
        "at": timezone.now(),
    }
    return name_stand_in(**given | changes)


def an_arrived_file(body: bytes = b"A letter") -> Arrived:
    """A file that has come in whole, on disk where it waits to be placed."""
    path = root() / "incoming" / secrets.token_hex(16)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    sha256 = hashlib.sha256(body).hexdigest()
    return Arrived(path=path, name="letter.txt", size=len(body), sha256=sha256, kind=FileKind.TEXT)


def a_document(*, case: Case, by: User, body: bytes = b"A letter", **rest: Any) -> Document:
    """A document kept in a case: a text file unless said otherwise."""
    uploaded = SimpleUploadedFile(rest.pop("name", "letter.txt"), body)
    with arriving(uploaded) as arrived:
        return keep_document(
            case=case, arrived=arrived, what="A letter from her father", by=by, at=timezone.now()
        )


def a_protection(*, case: Case, by: User, from_whom: str = "Dean Cole, her father") -> Protection:
    """The first person of a case marked: details must not reach somebody."""
    return protect_person(
        case=case,
        person=its_person(case),
        from_whom=from_whom,
        why="He is looking for their new address.",
        by=by,
        at=timezone.now(),
    )


def what_they_think(**changes: Any) -> Heard:
    """A child said today, face to face, what she thinks of it."""
    said = Heard(
        whose=Whose.PERSON,
        said_by="Ife Adeyemi",
        words="I do not want Dad to know I told you.",
        said_on=timezone.localdate(),
        how=HeardHow.SPOKEN,
        heard_by="Sam Okafor, form tutor",
    )
    return replace(said, **changes)


def a_draft(*, case: Case, by: User, request: Request | None = None, **rest: Any) -> Draft:
    """A draft with nothing typed yet."""
    return drafting.start_decision(
        request=request or a_request(case=case, by=by, **rest), by=by, at=timezone.now()
    )


def save(draft: Draft, by: User, pages: Mapping[Page, Typed], at: datetime | None = None) -> None:
    """Save pages as somebody would, one after the other."""
    for (page, index), typed in pages.items():
        row = draft.pages.filter(page=page, index=index).first()
        drafting.save_page(
            draft=draft,
            page=page,
            index=index,
            typed=typed,
            version=row.version if row else 0,
            by=by,
            at=at or timezone.now(),
        )


@act
def save_at_once(*, draft: Draft, pages: Mapping[Page, Typed], by: User, at: datetime) -> None:
    """Fill an untouched draft as ``save`` would, in one act: a test that starts later is quick."""
    rows = [
        DraftPage(
            draft=draft,
            page=page,
            index=index,
            typed={name: list(values) for name, values in typed.items()},
            saved_by=by,
            saved_at=at,
        )
        for (page, index), typed in pages.items()
    ]
    bulk_create_with_history(rows, DraftPage, default_user=by)
    record(
        DecisionEvent.PAGE_SAVED,
        by=by,
        at=at,
        organisation=draft.decision.organisation,
        case=draft.decision.case,
        about=draft,
    )


def complete_pages(person: Person, *, role: str = "dsl") -> dict[Page, dict[str, list[str]]]:
    """Everything typed for sharing without consent with social care under ``statutory-2024``.

    The role is the DSL's, who needs nobody else's advice.
    """
    pages: dict[Page, dict[str, list[str]]] = {
        ("people", 0): {"people": [person.public_id]},
        ("danger", 0): {"answer_immediate_danger": ["no"]},
        ("purpose", 0): {"answer_purpose": ["yes"]},
        ("identifying", 0): {"answer_identifiable": ["yes"], "answer_confidential": ["yes"]},
        ("harm", 0): {
            "answer_significant_harm": ["yes"],
            "answer_serious_crime": ["no"],
            "answer_legal_duty": ["no"],
        },
        ("grounds", 0): {"grounds": ["seeking_would_endanger"]},
        ("rules", 0): {"rules": [str(number) for number in range(1, 8)]},
        ("outcome", 0): {
            "outcome": ["share"],
            "reasons": ["The injuries do not fit the account given at home."],
            "decided_by_role": [role],
        },
        ("item", 1): {
            "what": ["What was seen and said, with dates"],
            "nature": ["fact"],
            "source_checked": ["yes"],
            "handling": ["share"],
            "about": [person.public_id],
        },
        ("recipient", 1): {
            "name": ["Jo Hart"],
            "organisation": ["Northfield Council"],
            "method": ["secure_email"],
            "need_to_know": ["yes"],
            "told_confidential": ["yes"],
            "intended_use": ["To decide what help is needed"],
        },
        ("basis", 0): {
            "lawful_basis": ["public_task"],
            "special_category": ["yes"],
            "special_category_condition": ["safeguarding_of_children_and_individuals_at_risk"],
        },
        ("no-consent", 0): {
            "no_consent_because": ["Asking would tell the person suspected of causing the harm."],
            "no_consent_reason": ["would_prejudice_protection"],
        },
        ("telling", 0): {
            "person_informed": ["no"],
            "not_informed_because": ["It could put the child at risk."],
        },
    }
    for section in shipped("statutory-2024").sections:
        if section.stage == "before":
            pages[(f"questions-{section.code}", 0)] = {
                f"answer_{question.code}": ["yes"] for question in section.questions
            }
    return pages


def a_complete_draft(*, case: Case, by: User, role: str = "dsl", **rest: Any) -> Draft:
    """A draft that can be signed, if ``by`` holds the role."""
    draft = a_draft(case=case, by=by, **rest)
    pages = complete_pages(its_person(case), role=role)
    save_at_once(draft=draft, pages=pages, by=by, at=timezone.now())
    return draft


def a_signed_decision(
    *, case: Case, by: User, role: str = "dsl", at: datetime | None = None, **rest: Any
) -> SignedVersion:
    """A decision to share, signed and waiting for review."""
    draft = a_complete_draft(case=case, by=by, role=role, **rest)
    return sign_at_once(draft=draft, by=by, at=at or timezone.now())


def sign_at_once(*, draft: Draft, by: User, at: datetime) -> SignedVersion:
    """Sign what was just shown: put together once, as nothing can have happened in between.

    Where something can, a test calls the two of ``signing`` itself.
    """
    prepared = signing.prepared_draft(draft, at, by)
    with mock.patch.object(signing, "prepared_draft", return_value=prepared):
        return signing.sign(draft=draft, seen=prepared.seen, by=by, at=at)


def what_was_said(**changes: Any) -> Said:
    """A mother with parental responsibility agreed yesterday, in full understanding."""
    said = Said(
        status=Status.GIVEN,
        said_on=timezone.localdate() - timedelta(days=1),
        given_by=GivenBy.PARENT,
        giver="Mother",
        parental_responsibility=True,
        authority_evidenced=False,
        knows_what_happens=True,
        knows_who_is_told=True,
        knows_onward_sharing=True,
        knows_why=True,
        consequences_explained=True,
        freely_given=True,
        understood=True,
        scope_purpose="To decide what help is needed",
        scope_recipients="Children's social care",
        scope_information="What was seen and said",
        how=How.IN_PERSON,
        taken_by="Sam Okafor",
    )
    return replace(said, **changes)


def a_consent(*, case: Case, by: User, **changes: Any) -> ConsentRecord:
    """A consent about the first person of the case."""
    return record_consent(
        case=case,
        person=its_person(case),
        said=what_was_said(**changes),
        by=by,
        at=timezone.now(),
    )


def a_continuing_consent(*, case: Case, by: User, **changes: Any) -> ConsentRecord:
    """A yes for a year to going on sharing with several, to be looked at again in half a year."""
    today = timezone.localdate()
    terms: dict[str, Any] = {
        "continuing": True,
        "until": today + timedelta(days=365),
        "review_on": today + timedelta(days=180),
        "scope_recipients": "Children’s social care\nThe school nurse",
    }
    return a_consent(case=case, by=by, **terms | changes)


def a_question(*, case: Case, by: User, **changes: Any) -> ConsentStep:
    """The mother was asked today and has not answered."""
    given: dict[str, Any] = {
        "kind": Step.ASKED,
        "happened_on": timezone.localdate(),
        "whom": "Mother",
        "standing": GivenBy.PARENT,
        "how": How.IN_PERSON,
        "taken_by": "Sam Okafor",
        "again_on": timezone.localdate() + timedelta(days=7),
        "question": what_is_asked(),
    }
    return record_step(
        case=case, person=its_person(case), by=by, at=timezone.now(), **given | changes
    )


def what_is_asked(**changes: Any) -> Question:
    """What a leaflet says."""
    asked = Question(
        scope_purpose="To find a speech therapist",
        scope_recipients="The speech and language service",
        scope_information="How she speaks in class",
        onward="Nobody",
        if_yes="They ring you within two weeks.",
        if_no="Nothing changes at school.",
        kept="Seven years after she leaves.",
        contact="Sam Okafor, 01234 567890",
    )
    return replace(asked, **changes)
