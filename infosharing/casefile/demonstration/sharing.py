"""Matters in which information was shared without consent."""

from consent.domain.recording import Said, record_consent
from consent.enums import GivenBy, How, Status
from decisions.domain import advising, drafting, following, requesting, reviewing
from decisions.enums import ReceiptState, ReviewOutcome
from infosharing.accounts.roles import Role
from infosharing.casefile.demonstration.answers import HARM, SAFEGUARDING, UNDERSTOOD
from infosharing.casefile.demonstration.cast import Cast
from infosharing.casefile.demonstration.clock import Clock
from infosharing.casefile.demonstration.sheets import Sheet, person_of, sign
from infosharing.casefile.demonstration.telling import Steps
from infosharing.cases.domain.knowing import record_judgement
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import JudgementKind, Part
from infosharing.guidance.loading import DEFAULT


def injuries(cast: Cast, clock: Clock) -> Steps:
    """A social worker asks about a nine-year-old; shared, agreed, received; parents not told."""
    yield (at := clock.at(9, "09:40"))
    case = open_case(
        organisation=cast.school,
        summary="Bruises on both arms, seen when changing for PE. The account given does not fit.",
        people=[
            NewPerson("Ife Adeyemi", born=clock.born(9)),
            NewPerson("Yemi Adeyemi", age_band="adult", part=Part.RELATIVE),
        ],
        by=cast.staff,
        at=at,
    )
    child = person_of(case)
    yield (at := clock.at(8, "11:15"))
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="What staff saw and heard since September, with dates, and attendance.",
            purpose="An enquiry under section 47 into whether the child is safe.",
            happened_on=clock.day(8),
            happened_time="about 11",
            by_when=clock.by(-6, "16:00"),
        ),
        requester=requesting.Requester(
            channel="email",
            requester_kind="social_care",
            requester_name="Jo Hart",
            requester_role="Social worker",
            requester_organisation="Northfield Council",
            requester_contact="jo.hart@northfield.example",
            legal_power="Children Act 1989, section 47",
        ),
        identity=requesting.Identity(
            identity="verified",
            identity_how="known_address",
            identity_note="She wrote from the address we hold for the duty team.",
            entitlement="Leads the enquiry.",
        ),
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(8, "13:30"))
    draft = drafting.start_decision(request=request, by=cast.dsl, at=at)
    seen = "Three bruises the size of a coin on each upper arm, seen in PE."
    sheet = (
        Sheet()
        .people([child])
        .flow(HARM, {"significant_harm": "New bruises twice in two weeks."})
        .page(
            "grounds",
            grounds=["seeking_would_endanger", "building_a_picture"],
            note="The child asked that nobody at home should hear of it.",
        )
        .checklist(
            DEFAULT,
            {"have_consent": "no", "need_consent": "no", "giver_understands": "not_applicable"},
            {"seeking_harms": "The person suspected lives at home."},
        )
        .outcome(
            "share",
            "The injuries do not fit the account. The enquiry cannot judge the risk without what "
            "we saw. Asking at home first could put the child in more danger.",
            Role.DSL,
        )
        .item(1, seen, [child])
        .item(2, "What the child said, word for word, with date and who heard it.", [child])
        .item(
            3,
            "Form tutor’s impression that the child is more withdrawn than last year.",
            [child],
            nature="opinion",
        )
        .recipient(
            1,
            "Jo Hart",
            "Northfield Council, duty team",
            "secure_email",
            "To decide on the next step of the enquiry.",
            "jo.hart@northfield.example",
        )
        .basis("public_task", SAFEGUARDING)
        .page(
            "no-consent",
            no_consent_because="Asking would warn the person suspected of causing the harm.",
            no_consent_reason="would_prejudice_protection",
        )
        .page(
            "telling",
            person_informed="no",
            telling_plan="Social care says when the parents are told.",
            not_informed_because="It could put the child at risk.",
        )
    )
    sheet.save(draft, cast.dsl, at)
    yield (at := clock.at(8, "14:05"))
    version = sign(draft, cast.dsl, at)
    decision = version.decision
    yield (at := clock.at(8, "14:20"))
    disclosure = following.record_disclosure(
        decision=decision,
        recipient=version.recipients.get(number=1),
        items=list(version.items.order_by("number")),
        sent_on=clock.day(8),
        sent_time="14:15",
        method="secure_email",
        address="jo.hart@northfield.example",
        sent_by="Dilys Morgan",
        told_confidential=True,
        note="",
        by=cast.dsl,
        at=at,
    )
    following.record_telling(
        decision=decision,
        person=child,
        told=False,
        told_on=None,
        told_who="",
        told_by="",
        how="",
        why_not="Social care asked us to wait until they have seen the family.",
        look_again_on=clock.day(-5),
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(7, "09:05"))
    following.record_receipt(
        disclosure=disclosure,
        state=ReceiptState.CONFIRMED,
        known_on=clock.day(7),
        confirmed_by="Jo Hart",
        how="Answered by e-mail",
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(6, "16:40"))
    reviewing.review(
        decision=decision,
        shown=reviewing.shown_of(version.decision),
        outcome=ReviewOutcome.AGREED,
        words="Clear and quick. Please put the look-again date in the diary.",
        role=Role.HEAD,
        by=cast.head,
        at=at,
    )


def lifts_and_money(cast: Cast, clock: Clock) -> Steps:
    """A fifteen-year-old says no; shared all the same with advice; nobody confirmed receipt."""
    yield (at := clock.at(3, "12:35"))
    case = open_case(
        organisation=cast.school,
        summary="An adult she met online sends her money and gives her lifts.",
        people=[NewPerson("Maya Castellano", preferred_name="May", born=clock.born(15))],
        by=cast.staff,
        at=at,
    )
    pupil = person_of(case)
    judgement = record_judgement(
        case=case,
        person=pupil,
        kind=JudgementKind.COMPETENCE,
        matter="Whether social care is told about the adult who gives her lifts.",
        able=True,
        reasons="She explains what social care does and what may follow, and why she says no.",
        judged_on=clock.day(3),
        judged_by="Sam Okafor and Priya Nair",
        by=cast.staff,
        at=at,
    )
    consent = record_consent(
        case=case,
        person=pupil,
        said=Said(
            status=Status.REFUSED,
            said_on=clock.day(3),
            given_by=GivenBy.SELF,
            giver="Maya Castellano",
            parental_responsibility=False,
            authority_evidenced=False,
            **UNDERSTOOD,
            scope_purpose="To keep her safe",
            scope_recipients="Children’s social care",
            scope_information="What she said about the adult",
            how=How.IN_PERSON,
            taken_by="Sam Okafor",
            evidence="“Please don’t tell anyone, he’ll stop being nice.”",
        ),
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(3, "12:55"))
    request = requesting.record_request(
        case=case,
        asked=requesting.Asked(
            asked_for="What she said about the adult, the car and the money.",
            purpose="To have social care and the police look at possible exploitation.",
            happened_on=clock.day(3),
            happened_time="after lunch",
        ),
        requester=None,
        identity=None,
        by=cast.staff,
        at=at,
    )
    draft = drafting.start_decision(request=request, by=cast.staff, at=at)
    asked = advising.ask_for_advice(
        decision=draft.decision,
        asked_of=cast.dsl,
        question="A pupil of 15 refuses, and understands. An adult gives her money and lifts. "
        "May I share with social care today?",
        anonymous=True,
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(3, "13:20"))
    advising.give_advice(
        request=asked,
        role=Role.DSL,
        advised="share",
        words="Yes, today, and tell her first that you will. Leave out what her friends said.",
        by=cast.dsl,
        at=at,
    )
    yield (at := clock.at(3, "14:40"))
    sheet = (
        Sheet()
        .people([pupil], judgement)
        .flow(HARM, {"significant_harm": "Signs of grooming: gifts, lifts, secrecy."})
        .covers([consent])
        .page(
            "grounds",
            grounds=["refusal_leaves_child_at_risk"],
            note="She sees him again at the weekend.",
        )
        .checklist(DEFAULT, {"have_consent": "no", "seeking_harms": "no"})
        .outcome(
            "share",
            "She decides for herself and says no, and that weighs. But the risk is serious and "
            "near, and nobody else can look into it.",
            Role.PRACTITIONER,
        )
        .item(1, "What she said about the adult, the car and the money.", [pupil])
        .recipient(
            1,
            "Duty desk",
            "Northfield Council, children’s social care",
            "telephone",
            "To assess the risk and decide who talks to her.",
            "01632 960 114",
        )
        .basis("public_task", SAFEGUARDING)
        .page(
            "no-consent",
            no_consent_because="She refused; without sharing she stays at risk of exploitation.",
            no_consent_reason="cannot_reasonably_be_obtained",
        )
        .page(
            "telling",
            person_informed="yes",
            telling_plan="Sam Okafor tells her before the call.",
        )
    )
    sheet.save(draft, cast.staff, at)
    yield (at := clock.at(3, "14:52"))
    version = sign(draft, cast.staff, at)
    yield (at := clock.at(3, "15:10"))
    disclosure = following.record_disclosure(
        decision=version.decision,
        recipient=version.recipients.get(number=1),
        items=list(version.items.all()),
        sent_on=clock.day(3),
        sent_time="just before 3",
        method="telephone",
        address="01632 960 114",
        sent_by="Sam Okafor",
        told_confidential=True,
        note="Spoke to the duty worker, who will ring back.",
        taken=following.Taken(
            checks=("number_found", "identity_checked"), heard_by="The duty worker, Ms Okoro"
        ),
        by=cast.staff,
        at=at,
    )
    following.record_telling(
        decision=version.decision,
        person=pupil,
        told=True,
        told_on=clock.day(3),
        told_who="Maya Castellano",
        told_by="Sam Okafor",
        how="In the quiet room. She was upset and stayed for a while.",
        why_not="",
        look_again_on=None,
        by=cast.staff,
        at=at,
    )
    yield (at := clock.at(1, "10:30"))
    following.record_receipt(
        disclosure=disclosure,
        state=ReceiptState.CHASED,
        known_on=clock.day(1),
        confirmed_by="",
        how="Rang the duty desk; nobody could say who has it.",
        by=cast.staff,
        at=at,
    )
