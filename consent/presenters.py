"""What somebody said about sharing, as it is shown."""

from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse

from consent.enums import GivenBy, How, Status, Step
from consent.models import ConsentRecord, ConsentStep
from infosharing.cases.documents import checksum_words, document_words
from infosharing.cases.models import Document
from infosharing.journeys.templatetags.british import british_date, british_datetime

Row = dict[str, Any]
YES_NO = {True: "Yes", False: "No"}


# From this many days before its last day on, a yes is said to be running out.
RUNNING_OUT: Final = timedelta(days=30)
STEP_COLOURS = {
    Step.TO_ASK: "yellow",
    Step.ASKED: "yellow",
    Step.NO_ANSWER: "grey",
    Step.NOT_SOUGHT: "grey",
    Step.PART_WITHDRAWN: "orange",
    Step.REVIEWED: "green",
}


def status_cell(consent: ConsentRecord, on: date) -> Row:
    """Return where a yes or no stands on a day, as a tag; what weighs most comes first.

    A record fetched by ``queries.with_state`` also says that a part was taken back.
    """
    if consent.status == Status.REFUSED:
        return {"tag": "Refused", "colour": "red"}
    if hasattr(consent, "withdrawal"):
        hint = f"On {british_date(consent.withdrawal.withdrawn_on)}"
        return {"tag": "Withdrawn", "colour": "orange", "hint": hint}
    if consent.until and consent.until < on:
        return {"tag": "Expired", "colour": "orange", "hint": _until("Ran out on", consent)}
    if getattr(consent, "narrowed", False):
        return {"tag": "Part taken back", "colour": "orange", "hint": _until("Until", consent)}
    if consent.until and consent.until - on <= RUNNING_OUT:
        return {"tag": "Running out", "colour": "yellow", "hint": _until("Until", consent)}
    again = getattr(consent, "look_again_on", consent.review_on)
    if again and again <= on:
        hint = f"Since {british_date(again)}"
        return {"tag": "To be looked at again", "colour": "yellow", "hint": hint}
    words = "Agreed, with limits" if consent.limits else "Agreed"
    return {"tag": words, "colour": "green", "hint": _until("Until", consent)}


def _until(words: str, consent: ConsentRecord) -> str:
    return f"{words} {british_date(consent.until)}" if consent.until else ""


def until_words(until: date | None) -> str:
    """Return until when a yes holds, alike in the record, the question and the leaflet (R31).

    Only a yes for going on sharing must have a last day; one without was for one time.
    """
    return f"Until {british_date(until)}" if until else "This one time: no last day was named"


def said_rows(consent: ConsentRecord) -> list[Row]:
    """Return what was said, when and by whom."""
    rows: list[Row] = [
        {"key": "About", "value": consent.person.name},
        {"key": "What they said", "value": str(Status(consent.status).label)},
        {"key": "When", "value": british_date(consent.said_on)},
        {
            "key": "Who said it",
            "value": f"{consent.giver} ({GivenBy(consent.given_by).label.lower()})",
        },
    ]
    if consent.status == Status.GIVEN or consent.until:
        rows.insert(3, {"key": "For how long", "value": until_words(consent.until)})
    if consent.limits:
        rows.insert(2, {"key": "What they said no to", "value": consent.limits})
    if consent.continuing and consent.review_on:
        rows.append({"key": "For going on sharing", "value": "Yes"})
        again = getattr(consent, "look_again_on", None) or consent.review_on
        rows.append({"key": "To be looked at again on", "value": british_date(again)})
    if consent.given_by != GivenBy.SELF:
        proof = consent.authority_evidence if consent.authority_evidenced else "No proof seen"
        rows += [
            {
                "key": "Holds parental responsibility",
                "value": YES_NO[consent.parental_responsibility],
            },
            {"key": "Proof that they may decide", "value": proof},
        ]
    return rows


def scope_rows(consent: ConsentRecord) -> list[Row]:
    """Return what the yes or no is about."""
    return [
        {"key": "What for", "value": consent.scope_purpose},
        {"key": "With whom", "lines": consent.recipients},
        {"key": "Which information", "value": consent.scope_information},
    ]


def understanding_rows(consent: ConsentRecord) -> list[Row]:
    """Return what they knew and whether they were free to answer; nothing where nobody asked."""
    return [
        {"key": key, "value": YES_NO[value]}
        for key, value in (
            ("Knew what would happen to the information", consent.knows_what_happens),
            ("Knew who would be told what", consent.knows_who_is_told),
            ("Knew whom those people may tell", consent.knows_onward_sharing),
            ("Knew why", consent.knows_why),
            ("What follows from yes and from no was explained", consent.consequences_explained),
            ("Understood it", consent.understood),
            ("Could say no without something bad following", consent.freely_given),
        )
        if value is not None
    ]


def proof_rows(consent: ConsentRecord) -> list[Row]:
    """Return how it was said and where that can be checked."""
    recorded = f"{consent.recorded_by.name}, {british_datetime(consent.recorded_at)}"
    rows: list[Row] = [
        {"key": "How they said it", "value": str(How(consent.how).label)},
        {"key": "Who asked them", "value": consent.taken_by},
        {"key": "Where the proof is, or their words", "value": consent.evidence},
        {"key": "Recorded by", "value": recorded},
    ]
    if consent.document is not None:
        rows.insert(3, document_row("Document that shows it", consent.document))
    return rows


def document_row(key: str, document: Document) -> Row:
    """Return a document as a row: what it is, its file and checksum, and the way to take it out."""
    return {
        "key": key,
        "lines": [document_words(document), checksum_words(document)],
        "change_url": reverse("casefile:document", args=[document.public_id]),
        "change_text": "Download",
    }


def withdrawal_rows(consent: ConsentRecord) -> list[Row]:
    """Return how a yes was taken back; empty where it was not."""
    withdrawal = getattr(consent, "withdrawal", None)
    if withdrawal is None:
        return []
    recorded = f"{withdrawal.recorded_by.name}, {british_datetime(withdrawal.recorded_at)}"
    return [
        {"key": "When", "value": british_date(withdrawal.withdrawn_on)},
        {"key": "By whom", "value": withdrawal.withdrawn_by},
        {"key": "How", "value": str(How(withdrawal.how).label)},
        {"key": "Their words", "value": withdrawal.words},
        {"key": "Recorded by", "value": recorded},
    ]


def step_cell(step: ConsentStep) -> Row:
    """Return what kind of step it is, as a tag; one that waits for nothing is grey."""
    kind = Step(step.kind)
    waits = kind in (Step.TO_ASK, Step.ASKED)
    if waits and not getattr(step, "open", True):
        words = "Was to be asked" if kind == Step.TO_ASK else "Asked"
        return {"tag": words, "colour": "grey"}
    return {"tag": str(kind.label), "colour": STEP_COLOURS[kind]}


def step_rows(step: ConsentStep) -> list[Row]:
    """Return a step as it was recorded; what nobody typed is left out."""
    kind = Step(step.kind)
    whom = step.whom
    if whom and step.standing:
        whom = f"{whom} ({GivenBy(step.standing).label.lower()})"
    found: list[tuple[str, Any]] = [
        ("About", step.person.name),
        ("When", british_date(step.happened_on)),
        (WHOM[kind], whom),
        ("How", str(How(step.how).label) if step.how else ""),
        (TAKEN_BY[kind], step.taken_by),
        (WORDS[kind], step.words),
        ("To be looked at again on", british_date(step.again_on) if step.again_on else ""),
    ]
    if kind == Step.PART_WITHDRAWN:
        found += [
            ("No longer with", step.scope_recipients),
            ("No longer this information", step.scope_information),
        ]
    recorded = f"{step.recorded_by.name}, {british_datetime(step.recorded_at)}"
    return [
        {"key": key, "value": value} for key, value in (*found, ("Recorded by", recorded)) if value
    ]


WHOM = dict.fromkeys(Step, "Who said it") | {
    Step.TO_ASK: "Who is to be asked",
    Step.ASKED: "Who was asked",
}
TAKEN_BY = dict.fromkeys(Step, "Who asked") | {Step.NOT_SOUGHT: "Who decided it"}
WORDS = dict.fromkeys(Step, "Their words") | {
    Step.NOT_SOUGHT: "Why nobody was asked",
    Step.NO_ANSWER: "What was done to reach them",
    Step.REVIEWED: "How it is known that it still stands",
}


def question_rows(step: ConsentStep) -> list[Row]:
    """Return what somebody is asked to agree to, in the words of the leaflet (R59)."""
    return [
        {"key": "Which information", "value": step.scope_information},
        {"key": "With whom", "value": step.scope_recipients},
        {"key": "What for", "value": step.scope_purpose},
        {"key": "Whom they may tell in turn", "value": step.onward},
        {"key": "What follows from a yes", "value": step.if_yes},
        {"key": "What follows from a no", "value": step.if_no},
        {"key": "For how long", "value": until_words(step.until)},
        {"key": "How long it is kept", "value": step.kept},
        {"key": "Whom to ask or tell, and how", "value": step.contact},
    ]


def step_url(step: ConsentStep) -> str:
    """Return where a step is read: a part of a yes stands with that yes."""
    if step.consent_id is not None and step.consent is not None:
        return reverse("consent:detail", args=[step.consent.public_id])
    return reverse("consent:step", args=[step.public_id])
