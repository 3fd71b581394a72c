"""What somebody said about sharing, as it is shown."""

from typing import Any

from consent.enums import GivenBy, How, Status
from consent.models import ConsentRecord
from infosharing.journeys.templatetags.british import british_date, british_datetime

Row = dict[str, Any]
YES_NO = {True: "Yes", False: "No"}


def status_cell(consent: ConsentRecord) -> Row:
    """Return whether it is a yes, a no or a yes taken back, as a tag."""
    if consent.status == Status.REFUSED:
        return {"tag": "Refused", "colour": "red"}
    if hasattr(consent, "withdrawal"):
        return {"tag": "Withdrawn", "colour": "orange"}
    return {"tag": "Agreed", "colour": "green"}


def said_rows(consent: ConsentRecord) -> list[Row]:
    """Return what was said, when and by whom."""
    rows: list[Row] = [
        {"key": "About", "value": consent.person.name},
        {"key": "What they said", "value": str(Status(consent.status).label)},
        {"key": "When", "value": british_date(consent.said_on)},
        {
            "key": "Holds until",
            "value": british_date(consent.until) if consent.until else "No end was named",
        },
        {
            "key": "Who said it",
            "value": f"{consent.giver} ({GivenBy(consent.given_by).label.lower()})",
        },
    ]
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
        {"key": "With whom", "value": consent.scope_recipients},
        {"key": "Which information", "value": consent.scope_information},
    ]


def understanding_rows(consent: ConsentRecord) -> list[Row]:
    """Return what they knew and whether they were free to answer."""
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
    ]


def proof_rows(consent: ConsentRecord) -> list[Row]:
    """Return how it was said and where that can be checked."""
    recorded = f"{consent.recorded_by.name}, {british_datetime(consent.recorded_at)}"
    return [
        {"key": "How they said it", "value": str(How(consent.how).label)},
        {"key": "Who asked them", "value": consent.taken_by},
        {"key": "Where the proof is, or their words", "value": consent.evidence},
        {"key": "Recorded by", "value": recorded},
    ]


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
