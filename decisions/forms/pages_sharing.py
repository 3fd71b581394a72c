"""Pages on what is shared, with whom, on what basis, and who is told (R34 to R49)."""

from collections.abc import Mapping, Sequence
from typing import Any

from decisions.enums import Handling, Others
from infosharing.guidance.codes import (
    LAWFUL_BASES,
    LAWFUL_BASIS_HELP,
    NATURES,
    NO_CONSENT_REASONS,
    SPECIAL_CATEGORY_CONDITIONS,
)
from infosharing.journeys.forms import (
    CheckboxesField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)


class ItemForm(PlainForm):
    """One piece of information, and what happens to it.

    ``brief``: in an emergency only what it is holds the signature back.
    """

    what = LongTextField(
        label="What is it?",
        help_text="One thing at a time: “Attendance this term”, “What she told the nurse on "
        "Monday, in her words”.",
        rows=4,
        error_messages={"required": "Say what it is"},
    )
    about = CheckboxesField(
        label="Whom is it about?",
        help_text="Tick everybody it says something about.",
        choices=(),
        required=False,
    )
    nature = RadioField(
        label="Is it fact or opinion?",
        choices=NATURES,
        hints={"fact": "Seen, heard or measured.", "opinion": "What somebody thinks of it."},
        required=False,
    )
    history = YesNoField(
        label="Is it about the past, rather than how things are now?",
        required=False,
    )
    history_when = TextField(
        label="From when is it?",
        help_text="As exactly as you know: a date, a school year, “before she came to us”. If "
        "nobody knows, write that.",
        max_length=300,
        error_messages={"required": "Say from when it is, or that nobody knows"},
    )
    source = TextField(
        label="Who told you, or who wrote it?",
        max_length=300,
        required=False,
    )
    source_checked = YesNoField(
        label="Have you checked it with whoever told you or wrote it?", required=False
    )
    source_not_checked_because = LongTextField(
        label="Why not?",
        rows=2,
        error_messages={"required": "Say why the source was not asked"},
    )
    others = RadioField(
        label="Could anybody else be recognised from it?",
        help_text="A brother, a neighbour, whoever told you. Also without a name.",
        choices=Others.choices,
        required=False,
    )
    others_done = LongTextField(
        label="Who, and what did you do about it?",
        rows=2,
        error_messages={"required": "Say who could be recognised, and what you did about it"},
    )
    handling = RadioField(
        label="What happens to it?",
        choices=Handling.choices,
        hints={
            "redact": "For example a neighbour’s name.",
            "hold_back": "It stays here, and the record says why.",
        },
        error_messages={"required": "Say whether it is shared, or held back"},
    )
    handling_reason = LongTextField(
        label="If it is not shared whole: what is left out, and why?", required=False, rows=3
    )
    as_sent = LongTextField(
        label="How does it read with those parts taken out?",
        help_text="These words go out. Leave empty if you attach a copy with parts taken out.",
        rows=4,
        required=False,
    )
    reveals = {
        "history": {"yes": ("history_when",)},
        "source_checked": {"no": ("source_not_checked_because",)},
        "others": {"yes": ("others_done",)},
        "handling": {"redact": ("as_sent",)},
    }

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Sequence[tuple[str, str]],
        brief: bool = False,
    ) -> None:
        super().__init__(data)
        self._brief = brief
        self.fields["about"].choices = list(people)  # type: ignore[attr-defined]
        if not people:
            del self.fields["about"]
        elif len(people) == 1:
            self.fields["about"].initial = [people[0][0]]
        if brief:
            self.fields["handling"].required = False
            for name in ("source_not_checked_because", "history_when", "others_done"):
                self.fields[name].required = False

    def clean(self) -> None:
        """Ask for fact or opinion and the source of what is sent, and for reasons otherwise."""
        super().clean()
        if self._brief:
            return
        handling = self.cleaned_data.get("handling")
        if handling in ("redact", "hold_back") and not self.cleaned_data.get("handling_reason"):
            self.add_error("handling_reason", "Say what is left out, and why")
        if handling == "hold_back":
            return
        if not self.cleaned_data.get("nature") and "nature" not in self.errors:
            self.add_error("nature", "Say whether it is fact, opinion or both")
        if self.cleaned_data.get("source_checked") is None and "source_checked" not in self.errors:
            self.add_error("source_checked", "Say whether you checked it with the source")


class WithheldForm(PlainForm):
    """What is held back when part of it is shared (R38)."""

    withheld = LongTextField(
        label="What are you holding back, and why?",
        rows=5,
        error_messages={"required": "Say what you are holding back, and why"},
    )


class BasisForm(PlainForm):
    """The lawful basis, and the condition for what is sensitive (R8, R37).

    ``unreliable``: somebody's consent cannot be relied on, so consent is no basis.
    """

    lawful_basis = RadioField(
        label="Which lawful basis do you rely on?",
        choices=LAWFUL_BASES,
        hints={str(code): words for code, words in LAWFUL_BASIS_HELP.items()},
        error_messages={"required": "Choose the lawful basis"},
    )
    special_category = YesNoField(
        label="Is any of it especially private, or about a crime?",
        help_text="Health, faith, ethnic origin, politics, trade union, genes, fingerprints, sex "
        "life; and accusations, offences or convictions.",
        error_messages={"required": "Say whether any of it is especially private"},
    )
    special_category_condition = RadioField(
        label="Which condition allows you to share it?",
        choices=SPECIAL_CATEGORY_CONDITIONS,
        hints={
            "safeguarding_of_children_and_individuals_at_risk": "The usual one when you share to "
            "protect somebody.",
        },
        error_messages={"required": "Choose the condition that allows it"},
    )
    reveals = {"special_category": {"yes": ("special_category_condition",)}}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        unreliable: bool = False,
        said: str = "",
    ) -> None:
        """``said``: what the checklist's own question about it was answered with, in words."""
        super().__init__(data)
        self._unreliable = unreliable
        if said:
            field = self.fields["special_category"]
            field.help_text = (
                f"In the checklist you answered “{said}”. Here the law decides, and it counts "
                f"crimes too. {field.help_text}"
            )

    def clean(self) -> None:
        """Refuse consent as basis or condition while somebody's cannot be relied on."""
        super().clean()
        if not self._unreliable:
            return
        why = "somebody’s consent cannot be relied on"
        if self.cleaned_data.get("lawful_basis") == "consent":
            self.add_error("lawful_basis", f"Choose another lawful basis: {why}")
        if self.cleaned_data.get("special_category_condition") == "explicit_consent":
            self.add_error("special_category_condition", f"Choose another condition: {why}")


class NoConsentForm(PlainForm):
    """Why it is shared without consent (R28, R46).

    ``reason_needed``: the safeguarding condition asks for one of three reasons. ``refused``:
    somebody was asked and said no, which none of the three names in so many words.
    """

    no_consent_because = LongTextField(
        label="Why are you sharing without consent?",
        rows=5,
        error_messages={"required": "Say why you are sharing without consent"},
    )
    no_consent_reason = RadioField(
        label="Which of these is the reason?",
        help_text="The safeguarding condition in law asks for one of the three.",
        choices=NO_CONSENT_REASONS,
        hints={
            "cannot_be_given": "Such as a small child, or an adult who cannot decide this, with "
            "nobody at hand who may decide for them.",
            "cannot_reasonably_be_obtained": "Choose this when they were asked and said no, or "
            "took their yes back, and the harm is too serious to leave it at that; or when nobody "
            "who may decide can be reached in time.",
            "would_prejudice_protection": "Such as when asking would warn whoever may be doing "
            "the harm, or cost time that somebody does not have. Then nobody was asked.",
        },
        required=False,
        error_messages={"required": "Choose which of the three reasons applies"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        reason_needed: bool = False,
        refused: bool = False,
    ) -> None:
        super().__init__(data)
        self.fields["no_consent_reason"].required = reason_needed
        if refused:
            self.fields["no_consent_because"].help_text = (
                "Somebody said no. Say what weighs more than their no: what harm, to whom, how "
                "likely, and why it cannot be met otherwise."
            )
            self.fields["no_consent_reason"].help_text = (
                "The safeguarding condition in law asks for one of the three. After a no it is as "
                "a rule the second: you asked, and cannot be expected to get a yes. That is how "
                "we read it; ask your data protection lead if you doubt it."
            )


class TellingForm(PlainForm):
    """Whether the person is told, and who tells them when, or why not (R49)."""

    person_informed = YesNoField(
        label="Is the person told, or will they be?",
        help_text="For a young child that may be a parent. Tell them unless it puts somebody at "
        "risk or warns a suspect.",
        error_messages={"required": "Say whether the person is told"},
    )
    telling_plan = LongTextField(
        label="Who tells them, and when?",
        required=False,
        rows=3,
    )
    not_informed_because = LongTextField(
        label="Why not?",
        help_text="Say also when you will look at this again.",
        rows=3,
        error_messages={"required": "Say why the person is not told"},
    )
    reveals = {"person_informed": {"yes": ("telling_plan",), "no": ("not_informed_because",)}}


class RefusalForm(PlainForm):
    """Whether not sharing was talked through with whoever asked (R47)."""

    refusal_discussed = YesNoField(
        label="Have you talked it through with whoever asked?",
        help_text="They may know something you do not, or need less than they asked for.",
        error_messages={"required": "Say whether you talked it through"},
    )
    refusal_not_discussed_because = LongTextField(
        label="Why not?",
        rows=3,
        error_messages={"required": "Say why it was not talked through"},
    )
    reveals = {"refusal_discussed": {"no": ("refusal_not_discussed_because",)}}
