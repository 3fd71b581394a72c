"""People of a case: details, parental responsibility, and what was judged about them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from decisions.forms.people import PersonFields
from infosharing.cases.domain.knowing import Answers
from infosharing.cases.enums import Holds, JudgementKind, Part
from infosharing.journeys.forms import (
    BritishDateField,
    EvidenceFields,
    LongTextField,
    NameField,
    RadioField,
    TextField,
    YesNoField,
)


class PersonForm(PersonFields):
    """Somebody to add to a case."""

    part = RadioField(
        label="What part do they have in this case?",
        choices=[choice for choice in Part.choices if choice[0] != Part.DOUBLE],
        error_messages={"required": "Say what part they have in this case"},
    )

    field_order = (
        "same",
        "name",
        "preferred_name",
        "age",
        "born",
        "about_age",
        "upn",
        "year_group",
        "part",
    )


class ChangePersonForm(PersonFields):
    """Correcting what is known of somebody; the earlier details stay readable."""

    reason = LongTextField(
        label="Why are you changing this?",
        rows=2,
        help_text="For example: the date of birth on the register is different.",
        error_messages={"required": "Say why you are changing this"},
    )


class ResponsibilityForm(EvidenceFields):
    """Who holds parental responsibility, and how that is known (R1)."""

    holder = NameField(
        label="Name of the adult",
        max_length=200,
        error_messages={"required": "Enter the adult’s name"},
    )
    relationship = TextField(
        label="What they are to the child",
        max_length=200,
        required=False,
        help_text="For example mother, grandfather, the local authority.",
    )
    holds = RadioField(
        label="Do they hold parental responsibility?",
        choices=Holds.choices,
        help_text="The rights and duties the law gives a parent. A mother has it; a father often, "
        "but not always; a grandparent or carer only by a court order or an agreement.",
        error_messages={"required": "Say whether they hold parental responsibility"},
    )
    evidence = LongTextField(
        label="What shows it?",
        rows=2,
        required=False,
        help_text="For example: the birth certificate, or a court order.",
    )
    seen_on = BritishDateField(
        label="Which day was that seen?",
        required=False,
        help_text="For example 27 3 2026. Leave empty if nobody has seen it.",
    )
    seen_by = NameField(label="Who saw it?", max_length=200, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Ask who saw what was seen, and refuse a day that has not come."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        seen_on = found.get("seen_on")
        if seen_on and seen_on > self.today:
            self.add_error("seen_on", "This day has not come yet")
        if seen_on and not found.get("seen_by") and "seen_by" not in self.errors:
            self.add_error("seen_by", "Say who saw it")
        if seen_on and not found.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Say what was seen")
        return found


def _answer(words: str, **kwargs: Any) -> YesNoField:
    return YesNoField(label=words, error_messages={"required": f"Answer “{words}”"}, **kwargs)


class JudgementForm(EvidenceFields):
    """What both kinds of judgement have; ``answers`` gives each answer for itself."""

    kind: JudgementKind
    questions: Sequence[str] = ()

    matter = LongTextField(
        label="What was to be decided?",
        rows=2,
        help_text="One matter, for example: whether the school tells her GP about the weight loss. "
        "The judgement holds for this matter alone.",
        error_messages={"required": "Say what was to be decided"},
    )
    able = YesNoField(label="Can they decide this themselves?")
    why = LongTextField(
        label="What did they say or do that shows it?",
        rows=4,
        error_messages={"required": "Say what they said or did that shows it"},
    )
    judged_by = NameField(
        label="Who judged it?",
        max_length=300,
        help_text="Name and job.",
        error_messages={"required": "Say who judged it"},
    )
    judged_on = BritishDateField(
        label="Which day?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day it was judged"},
    )

    def answers(self) -> Answers:
        """Return every answer for itself; of a valid form."""
        names = [one.name for one in dataclass_fields(Answers)]
        data = self.cleaned_data
        return Answers(**{name: data[name] for name in names if data.get(name) not in (None, "")})


class CompetenceForm(JudgementForm):
    """Under 16: does the child understand enough to decide (Gillick competence, R25)?"""

    kind = JudgementKind.COMPETENCE
    questions = ("understands", "retains", "weighs", "communicates", "own_view")

    understands = _answer("Do they understand what would be shared, with whom and why?")
    retains = _answer("Can they keep it in mind for long enough to decide?")
    weighs = _answer(
        "Can they weigh up what speaks for it and what against it, and what may follow?",
    )
    communicates = _answer("Can they say what they decide, in any way?")
    own_view = _answer("Is it their own view, free from pressure?")
    field_order = ("matter", *questions, "why", "able", "judged_by", "judged_on")

    def clean(self) -> dict[str, Any]:
        """Refuse "able" where the answers say that a child does not understand it well enough.

        Gillick v West Norfolk [1986] AC 112. Pressure is no lack of understanding, and the other
        way round a judgement may be more careful than its answers.
        """
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("able") and False in [found.get(name) for name in self.questions[:4]]:
            self.add_error(
                "able",
                "You answered No to one of the questions above. Somebody who can decide this can "
                "do all of it. Check both",
            )
        return found


class CapacityForm(JudgementForm):
    """16 or over: the test of the Mental Capacity Act 2005, each answer kept apart (R26)."""

    kind = JudgementKind.CAPACITY
    functions = ("understands", "retains", "weighs", "communicates")
    questions = (*functions, "impairment", "impairment_what", "because_of_impairment", "support")
    reveals = {"impairment": {"yes": ("impairment_what", "because_of_impairment")}}

    support = LongTextField(
        label="What was done to help them decide?",
        rows=2,
        help_text="For example: plain words, an interpreter, a quiet room, another time of day.",
        error_messages={"required": "Say what was done to help them decide"},
    )
    understands = _answer("Can they understand what they need to know to decide?")
    retains = _answer("Can they keep it in mind for long enough?")
    weighs = _answer("Can they weigh it up?")
    communicates = _answer("Can they make their decision known, in any way?")
    impairment = _answer(
        "Is something affecting how their mind or brain works?",
        help_text="For example a learning disability, dementia, an injury, drink or drugs.",
    )
    impairment_what = TextField(
        label="What is it?",
        max_length=300,
        error_messages={"required": "Say what affects how their mind or brain works"},
    )
    because_of_impairment = _answer("Is that why they cannot do one of the things above?")
    field_order = (
        "matter",
        "support",
        *functions,
        "impairment",
        "impairment_what",
        "because_of_impairment",
        "why",
        "able",
        "judged_by",
        "judged_on",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a judgement that its own answers do not carry.

        Somebody lacks capacity when they cannot do one of the four things, and because of an
        impairment; an unwise decision is no sign of it.
        """
        found: dict[str, Any] = super().clean() or self.cleaned_data
        answers = [found.get(name) for name in (*self.functions, "impairment")]
        able = found.get("able")
        if able is None or None in answers:
            return found
        lacks = False in answers[:-1] and bool(
            found["impairment"] and found["because_of_impairment"]
        )
        if not able and not lacks:
            self.add_error(
                "able",
                "By your answers they can decide this. Somebody cannot only when they are unable "
                "to do one of the four things, because of how their mind or brain works",
            )
        if able and lacks:
            self.add_error(
                "able",
                "By your answers they cannot decide this: they are unable to do one of the four "
                "things, because of how their mind or brain works",
            )
        return found


JUDGEMENT_FORMS: Mapping[JudgementKind, type[CompetenceForm | CapacityForm]] = {
    JudgementKind.COMPETENCE: CompetenceForm,
    JudgementKind.CAPACITY: CapacityForm,
}
