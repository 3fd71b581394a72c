"""Matters with consent, and one that goes only in part."""

from consent.domain.recording import Said, record_consent
from consent.enums import GivenBy, How, Status
from decisions.domain import drafting, following, requesting, reviewing
from decisions.enums import ReceiptState, ReviewOutcome
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import SAFEGUARDING, UNDERSTOOD, USUAL
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.casefile.demonstration.threads import close
from infosharing.cases.domain.knowing import record_responsibility
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import Holds, Part
from infosharing.guidance.loading import DEFAULT


def speech_therapy(cast: Cast, clock: Clock) -> Steps:
    """A parent agrees to a referral; shared with consent, received, agreed."""
    yield (at := clock.at(20, "15:25"))
    case = open_case(
        organisation=cast.school,
        summary="Referral to speech and language therapy.",
        people=[
            NewPerson("Tomos Whitaker-Bell", born=clock.born(6)),
            NewPerson("Carys Whitaker-Bell", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.colleague,
        at=at,
    )
    child, mother = person_of(case), person_of(case, 1)
    record_responsibility(
        case=case,
        person=child,
        holder="Carys Whitaker-Bell",
        relationship="Mother",
        holds=Holds.YES,
        evidence="Birth certificate seen at admission",
        by=cast.colleague,
        at=at,
    )
    consent = record_consent(
        case=case,
        person=child,
        giver_person=mother,
        said=Said(
            status=Status.GIVEN,
            said_on=clock.day(20),
            until=clock.day(-160),
            given_by=GivenBy.PARENT,
            giver="Carys Whitaker-Bell",
            parental_responsibility=True,
            authority_evidenced=False,
            **UNDERSTOOD,
            scope_purpose="Speech and language therapy",
            scope_recipients="The therapy team of Northfield Community Health",
            scope_information="Teacher’s notes on his speech and the hearing test",
            how=How.SIGNED_FORM,
            taken_by="Priya Nair",
            evidence="Form in the pupil file",
        ),
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(19, "09:10"))
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="Teacher’s notes on his speech since January, hearing test result.",
            purpose="To let the therapist plan a first meeting.",
            happened_on=clock.day(19),
        ),
        requester=None,
        identity=None,
        by=cast.colleague,
        at=at,
    )
    draft = drafting.start_decision(request=request, by=cast.colleague, at=at)
    sheet = (
        Sheet()
        .people([child])
        .flow(USUAL)
        .covers([consent])
        .page("grounds")
        .checklist(DEFAULT, {"seeking_harms": "no"})
        .outcome(
            "share",
            "His mother agreed after a talk about what goes to whom. It helps him, and nothing "
            "more than needed is in it.",
            Role.PRACTITIONER,
        )
        .item(1, "Teacher’s notes on his speech since January", [child], nature="both")
        .item(2, "Result of the hearing test", [child])
        .recipient(
            1,
            "Speech and language therapy",
            "Northfield Community Health",
            "secure_email",
            "To plan the first meeting and the therapy.",
            "slt@northfieldhealth.example",
        )
        .basis("consent", "explicit_consent")
        .page("telling", person_informed="yes", telling_plan="His mother has a copy.")
    )
    sheet.save(draft, cast.colleague, at)
    yield (at := clock.at(19, "09:45"))
    version = sign(draft, cast.colleague, at)
    yield (at := clock.at(19, "10:00"))
    disclosure = following.record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(number=1),
        items=list(version.items.order_by("number")),
        sent_on=clock.day(19),
        sent_time="09:55",
        method="secure_email",
        address="slt@northfieldhealth.example",
        sent_by="Priya Nair",
        told_confidential=True,
        note="",
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(18, "08:50"))
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.AGREED,
        words="",
        role=Role.DSL,
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(17, "13:15"))
    following.record_receipt(
        disclosure=disclosure,
        state=ReceiptState.CONFIRMED,
        known_on=clock.day(17),
        confirmed_by="The therapy office",
        how="By e-mail, with a date for the first meeting",
        by=cast.colleague,
        at=at,
    )
    following.record_telling(
        decision=version.decision,
        person=child,
        told=True,
        told_on=clock.day(17),
        told_who="Carys Whitaker-Bell, his mother",
        told_by="Priya Nair",
        how="At the gate",
        why_not="",
        look_again_on=None,
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(12, "12:00"))
    close(version.decision, cast.colleague, at, "He has his first meeting; nothing is open.")


def new_school(cast: Cast, clock: Clock) -> Steps:
    """A new school asks for everything; part of it goes; the DSL returns the decision."""
    yield (at := clock.at(5, "10:20"))
    case = open_case(
        organisation=cast.school,
        summary="Moved to another school; the new school asks for the whole file.",
        people=[
            NewPerson("Joel Abrahams-Finch", born=clock.born(12)),
            NewPerson("Dov Abrahams", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.colleague,
        at=at,
    )
    pupil, father = person_of(case), person_of(case, 1)
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="The whole safeguarding file and the notes of the school counsellor.",
            purpose="To look after him well from the first day.",
            happened_on=clock.day(5),
            by_when=clock.by(-2, "12:00"),
        ),
        requester=requesting.Requester(
            channel="email",
            requester_kind="school",
            requester_name="Renuka Fernando-Blythe",
            requester_role="Designated safeguarding lead",
            requester_organisation="Quarry Bank School",
            requester_contact="dsl@quarrybank.example",
        ),
        identity=requesting.Identity(
            identity="verified",
            identity_how="called_back",
            identity_note="Spoke to her through the school’s office.",
            call_back_source="The number on the school’s website",
            entitlement="Takes over the duty of care.",
        ),
        by=cast.colleague,
        at=at,
    )
    consent = record_consent(
        case=case,
        person=pupil,
        giver_person=father,
        said=Said(
            status=Status.GIVEN,
            said_on=clock.day(5),
            given_by=GivenBy.PARENT,
            giver="Dov Abrahams",
            parental_responsibility=True,
            authority_evidenced=False,
            **UNDERSTOOD,
            scope_purpose="To settle in at the new school",
            scope_recipients="The DSL of Quarry Bank School",
            scope_information="The safeguarding file, without the counsellor’s notes",
            how=How.TELEPHONE,
            taken_by="Priya Nair",
            evidence="Said on the telephone; noted at once",
        ),
        by=cast.colleague,
        at=at,
    )
    yield (at := clock.at(4, "11:00"))
    draft = drafting.start_decision(request=request, by=cast.colleague, at=at)
    sheet = (
        Sheet()
        .people([pupil])
        .flow(USUAL)
        .covers([consent])
        .page("grounds")
        .checklist(DEFAULT, {"seeking_harms": "no"})
        .outcome(
            "share_in_part",
            "The new school needs the plan and the chronology to keep him safe. It does not need "
            "the counsellor’s notes.",
            Role.PRACTITIONER,
        )
        .item(1, "The safeguarding chronology", [pupil])
        .item(
            2,
            "The support plan of last year",
            [pupil],
            nature="both",
            handling="redact",
            handling_reason="It names another pupil.",
        )
        .item(
            3,
            "Notes of the school counsellor",
            [pupil],
            nature="both",
            handling="hold_back",
            handling_reason="Said in confidence; not needed.",
        )
        .recipient(
            1,
            "Renuka Fernando-Blythe",
            "Quarry Bank School",
            "school_to_school",
            "To plan his support.",
        )
        .page("withheld", withheld="The counsellor’s notes, and the name of another pupil.")
        .basis("public_task", SAFEGUARDING)
        .page("telling", person_informed="yes", telling_plan="His father knows and agrees.")
    )
    sheet.save(draft, cast.colleague, at)
    yield (at := clock.at(4, "11:40"))
    version = sign(draft, cast.colleague, at)
    yield (at := clock.at(2, "17:35"))
    reviewing.review(
        decision=version.decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.RETURNED,
        words="Right to hold the notes back. Please say in the reasons that you asked the "
        "counsellor, and what she said.",
        role=Role.DSL,
        by=cast.dsl,
        at=at,
    )
