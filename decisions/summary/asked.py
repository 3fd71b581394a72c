"""What was asked or thought of, whom it is about, and what a further version follows."""

from collections.abc import Iterator
from datetime import datetime

from decisions import typed
from decisions.enums import Entitled, LegalPower, VersionKind, identity_how_words
from decisions.facts import ANSWERS, Material
from decisions.known_words import answers_of, lines_of
from decisions.models import Request
from decisions.summary.rows import NOT_ANSWERED, YES_NO, Row, Section
from infosharing.accounts import roles
from infosharing.cases.documents import checksum_words, document_words
from infosharing.cases.enums import AgeBand, JudgementKind, Part
from infosharing.cases.models import CasePerson
from infosharing.guidance import codes
from infosharing.guidance.facts import age_on
from infosharing.journeys.templatetags.british import as_remembered, british_date, british_datetime
from infosharing.workdays.clock import day_of, end_of


def renewal(material: Material) -> Iterator[Section]:
    """Why there is a new version, what a reviewer asked and what is answered (R50, R57)."""
    follows = material.renewal
    if follows is None:
        return
    reopened = follows.kind == VersionKind.REOPENING
    rows = [
        Row("What is new" if reopened else "Reason", follows.reason or "To write it up"),
        Row("It follows", f"Version {follows.number}, which stays readable as it was signed"),
    ]
    if reopened and follows.known_on:
        known = british_date(follows.known_on)
        rows.insert(1, Row("Known since", known, f"From {follows.known_from}"))
    review = follows.returned_by
    if review is not None:
        by = f"{review.reviewer.name}, {roles.words(review.reviewed_as)}"
        note = f"{by}, on {british_datetime(review.reviewed_at)}"
        rows.append(Row(f"Version {follows.number} was returned", review.words, note))
    for asked in follows.questions:
        rows.append(Row(f"Question {asked.number}, about “{asked.place}”", asked.words))
        answer = material.answer_to(asked) or NOT_ANSWERED
        rows.append(Row(f"Answer to question {asked.number}", answer))
    why = typed.text(typed.page(material.pages, ANSWERS), "unchanged_because")
    if why:
        rows.append(Row("Why it is signed as it was", why))
    yield Section("renewal", "Why there is a new version", rows, page=ANSWERS)


def request_rows(request: Request) -> list[Row]:
    """Return a request line by line, as the record keeps it."""
    rows = [
        Row("Reference", request.spoken_reference),
        Row("Where it came from", codes.words_of(codes.ORIGINS, request.origin)),
        Row("Day", british_date(request.happened_on), as_remembered(request.happened_time)),
        Row("Information", request.asked_for),
        Row("Purpose", request.purpose),
    ]
    if request.background:
        rows.append(Row("What else is known of it", request.background))
    if request.by_when:
        rows.append(Row("To be decided by", british_datetime(request.by_when)))
    if request.received:
        who = ", ".join(
            part
            for part in (
                request.requester_name,
                request.requester_role,
                request.requester_organisation,
            )
            if part
        )
        rows += [
            Row("Requester", who or "Not named"),
            Row("Kind of requester", codes.words_of(codes.REQUESTER_KINDS, request.requester_kind)),
            Row("How to reach them", request.requester_contact or "Not recorded"),
            Row("How it came", codes.words_of(codes.CHANNELS, request.channel)),
            *_said_of_it(request),
            Row(
                "Identity of the requester",
                codes.words_of(codes.IDENTITIES, request.identity),
                request.identity_note,
            ),
        ]
        if request.identity_how:
            how = identity_how_words(request.identity_how, request.identity)
            rows.append(Row("How it was checked", how))
        if request.call_back_source:
            rows.append(Row("Where the number rung back came from", request.call_back_source))
        if request.identity_checked_by and request.identity_checked_at:
            rows.append(
                Row(
                    "Checked by",
                    request.identity_checked_by.name,
                    british_datetime(request.identity_checked_at),
                )
            )
        entitled = str(Entitled(request.entitled).label) if request.entitled else "Not recorded"
        rows.append(Row("Are they entitled to it?", entitled, request.entitlement))
    return rows


def _said_of_it(request: Request) -> Iterator[Row]:
    """What a requester said about crime and law; nothing where nobody asked them.

    The pages for an emergency and for refusing somebody at once do not ask.
    """
    if request.crime_investigation is not None:
        yield Row("To prevent or detect a crime", YES_NO[request.crime_investigation])
    if request.legal_power_kind or request.legal_power:
        yield Row("Legal power", power_words(request))


def power_words(request: Request) -> str:
    """Return the law or order a requester relies on, in words."""
    kind = str(LegalPower(request.legal_power_kind).label) if request.legal_power_kind else ""
    return ": ".join(filter(None, [kind, request.legal_power])) or "None given"


def request_section(material: Material) -> Section:
    """Return the request as it stands, whom it asked about and what was attached."""
    rows = request_rows(material.request)
    asked = [part.person.name for part in material.parts if getattr(part, "asked", False)]
    if asked:
        rows.insert(1, Row("Asked about", ", ".join(asked)))
    rows += [
        Row("Attached document", document_words(one), checksum_words(one))
        for one in material.attached
    ]
    return Section("request", "The request", rows)


def emergency(material: Material) -> Iterator[Section]:
    """When an emergency happened, and who wrote it down first, where the emergency page said so."""
    if ("emergency", 0) not in material.pages:
        return
    said = typed.emergency(material.pages)
    if said.shared_on:
        when = as_remembered(said.shared_time)
        rows = [Row("Shared already", british_date(said.shared_on), when)]
    else:
        rows = [Row("Shared already", "No: signed first")]
    if said.paper_by:
        times = [british_date(said.paper_on), as_remembered(said.paper_time)]
        when = ", ".join(filter(None, times))
        rows.append(Row("Written on paper first", f"By {said.paper_by}, {when}"))
    yield Section("emergency", "The emergency", rows)


def writing_up(material: Material) -> Iterator[Section]:
    """What a write-up writes up: the times side by side (guide.md section 5)."""
    found = material.writing_up
    if found is None:
        return
    late = f"{found.late} working day{'' if found.late == 1 else 's'} late" if found.late else ""
    rows = [
        Row(
            f"Version {found.number} signed",
            british_datetime(found.signed_at),
            f"By {found.signed_by}. Ages and consent below are those of that day.",
        ),
        Row("To be written up by", due_words(found.due) if found.due else "No time set"),
        Row("Written up", british_date(material.on), late or "In time"),
    ]
    yield Section("writing-up", "What this writes up", rows)


def due_words(moment: datetime) -> str:
    """Return until when; the last minute of a day is the whole day."""
    day = day_of(moment)
    return f"The end of {british_date(day)}" if end_of(day) <= moment else british_datetime(moment)


def age_words(part: CasePerson, material: Material) -> str:
    """Return a person's age on the day, in words."""
    person = part.person
    if not person.born and person.about_age is not None and person.about_age_on is not None:
        about = person.about_age + age_on(person.about_age_on, material.on)
        return f"About {about} (said on {british_date(person.about_age_on)})"
    if not person.born:
        return str(AgeBand(person.age_band).label)
    on = material.writing_up.signed_on if material.writing_up else material.on
    if person.born > on:
        return f"Expected {british_date(person.born)}"
    age = age_on(person.born, on)
    return f"{age} (born {british_date(person.born)})"


def people(material: Material) -> Section:
    """Return whom the information is about, with what is known of them that matters here."""
    rows = []
    for part in material.chosen:
        person = part.person
        also = f"known as {person.preferred_name}" if person.preferred_name else ""
        rows.append(Row(person.name, age_words(part, material), also))
        rows.append(Row("Part in the case", str(Part(part.part).label)))
        judgement = material.judgement_of(part)
        if judgement:
            able = "Able to decide this" if judgement.able else "Not able to decide this"
            rows.append(
                Row(
                    str(JudgementKind(judgement.kind).label),
                    f"{able}: {judgement.reasons}",
                    f"Judged by {judgement.judged_by} on {british_date(judgement.judged_on)}, "
                    f"about: {judgement.matter}",
                )
            )
            rows += [Row(label, value) for label, value in answers_of(judgement)]
            if judgement.document is not None:
                shown = judgement.document
                rows.append(
                    Row("Document that shows it", document_words(shown), checksum_words(shown))
                )
        if material.known is not None:
            rows += [Row(*line) for line in lines_of(material.known, person)]
    if not rows:
        rows.append(Row("People", "Nobody chosen"))
    return Section("people", "Whom the information is about", rows, page="people")
