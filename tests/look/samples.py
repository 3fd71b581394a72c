"""Forms and contexts as pages use them, for the tests of the look. Made-up people only."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms

from infosharing.journeys.forms import (
    BritishDateField,
    BritishTimeField,
    CheckboxesField,
    ConfirmField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
    YesNoNotSureField,
)


class WhoForm(PlainForm):
    one_question = True
    who = RadioField(
        label="Who is asking?",
        help_text="Choose what fits best.",
        choices=[("social_care", "Social care"), ("police", "Police"), ("court", "A court")],
        hints={"police": "They need the advice of your safeguarding lead first."},
    )


class EveryForm(PlainForm):
    """One field of each kind, and two that belong to an answer."""

    reveals = {"told": {"no": ("why_not", "told_on")}, "parts": {"other": ("other_part",)}}

    name = TextField(label="Name of the person asking", width=20)
    wish = LongTextField(label="What do they want to know?", help_text="As they said it.")
    arrived = BritishDateField(label="When did it arrive?", help_text="For example, 27 3 2026")
    at = BritishTimeField(label="At what time, if you know?", required=False)
    danger = YesNoField(label="Is somebody in danger now?")
    private = YesNoNotSureField(label="Was it given in confidence?")
    told = YesNoField(label="Has the person been told?")
    why_not = LongTextField(label="Why not?", rows=3)
    told_on = BritishDateField(label="When will they be told?", required=False)
    channel = forms.ChoiceField(
        label="How did it come?", choices=[("telephone", "Telephone"), ("letter", "Letter")]
    )
    parts = CheckboxesField(
        label="Which parts were explained?",
        choices=[("what", "What happens"), ("who", "Who is told"), ("other", "Something else")],
        hints={"who": "And who they may tell in turn."},
    )
    other_part = TextField(label="What else?")
    letter = forms.FileField(label="The letter, if there is one", required=False)
    sure = ConfirmField(label="I have read this again", help_text="You sign with your name.")


GOOD = {
    "name": "Ana-Maria Ŵynne",
    "wish": "Whether he was at school",
    "arrived_day": "22",
    "arrived_month": "November",
    "arrived_year": "2026",
    "at": "5.40pm",
    "danger": "no",
    "private": "not_sure",
    "told": "yes",
    "channel": "letter",
    "parts": ["what", "who"],
    "sure": "on",
}
BAD = {
    **GOOD,
    "name": "  ",
    "arrived_day": "31",
    "arrived_month": "13",
    "at": "5",
    "danger": "",
    "told": "no",
    "parts": ["other"],
    "channel": "pigeon",
    "sure": "",
}

SUGGESTION = {
    "words": "May share without consent",
    "tone": "go",
    "reasons": ["Somebody is likely to suffer significant harm.", "Nobody has refused."],
    "missing": [{"text": "Say what is shared", "url": "#a"}, {"text": "Get advice", "url": ""}],
    "note": "You decide.",
}
ROWS = [
    {"key": "Who is asking", "value": "Police", "change_url": "#who"},
    {"key": "What they want", "value": "<b>he</b>\nand she", "change_url": "#what"},
    {"key": "Purpose", "missing_url": "#purpose"},
    {"key": "Items", "lines": ["One", "Two"]},
    {"key": "Advice", "missing_text": "The safeguarding lead has not been asked"},
    {"key": "Other", "value": ""},
]
TABLE = {
    "caption": "Decisions that wait",
    "headers": ["Decision", {"label": "Signed"}, "Outcome", {"label": "Days", "numeric": True}],
    "rows": [
        [
            {"text": "7F3K-92QD-X1", "url": "#1", "hint": "Request from social care"},
            "20 November 2026",
            {"tag": "Share in part", "colour": "teal"},
            2,
        ],
        [{"text": "9GH2-11AB-C4", "url": "#2"}, "18 November 2026", {"tag": "Share"}, 4],
    ],
}
TASKS = [
    {"title": "Who is asking", "url": "#1", "status": "Done"},
    {"title": "What for", "url": "#2", "status": "To do", "colour": "blue", "hint": "Their words"},
    {"title": "Deciding", "status": "Cannot start yet"},
]
ENTRIES = [
    {
        "title": "Request received",
        "at": datetime(2026, 11, 22, 17, 40, tzinfo=UTC),
        "by": "Sam Okafor",
        "text": "The caller said:\n“he was seen”",
        "url": "#1",
    },
    {"title": "Signed", "at": date(2026, 11, 23), "strong": True, "tag": "Share", "colour": "teal"},
    {"title": "Receipt", "when": "after lunch, about 3"},
]
HELPS = [
    {"title": "Why it matters", "text": "A caller may not be who they say.\n\nRing back."},
    {"title": "The rule", "text": "", "points": ["Necessary", "Proportionate"], "open": True},
]
AROUND = {
    "user": SimpleNamespace(is_authenticated=True, public_id="A" * 22),
    "organisation_name": "Larkfield Community School",
    "person_name": "Dilys Morgan",
    "role_name": "designated safeguarding lead",
    "csrf_token": "token",
    "demonstration": True,
    "nav": [
        {"label": "Yours to do", "url": "/", "count": 3},
        {"label": "Cases", "url": "/cases/", "current": True},
    ],
    "footer_links": [{"label": "How this works", "url": "/help/"}],
}


class Message:
    def __init__(self, level_tag: str, text: str) -> None:
        self.level_tag = level_tag
        self.text = text

    def __str__(self) -> str:
        return self.text
