"""People of a case: details, parental responsibility, and what was judged about them."""

from collections.abc import Mapping, Sequence
from typing import Any

from decisions.forms.people import PersonFields
from infosharing.cases.enums import Holds, JudgementKind, Part
from infosharing.journeys.forms import (
    BritishDateField,
    LongTextField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)

NOBODY = "nobody"
Choices = Sequence[tuple[str, str]]


class PersonForm(PersonFields):
    """Somebody new to a case. ``known`` are people who may be the same, as choices: then the
    form asks whether it is one of them."""

    same = RadioField(
        label="Is it one of these people, who are known already?",
        choices=(),
        help_text="They are in another case that you can see.",
        error_messages={"required": "Say whether it is one of these people"},
    )
    part = RadioField(
        label="What part do they have in this case?",
        choices=Part.choices,
        error_messages={"required": "Say what part they have in this case"},
    )

    field_order = ("same", "name", "preferred_name", "age", "born", "part")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        known: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        if known:
            field = self.fields["same"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            field.choices = [*known, (NOBODY, "No, it is somebody else")]
        else:
            del self.fields["same"]


class ChangePersonForm(PersonFields):
    """Correcting what is known of somebody; the earlier details stay readable."""

    reason = LongTextField(
        label="Why are you changing this?",
        rows=2,
        help_text="For example: the date of birth on the register is different.",
        error_messages={"required": "Say why you are changing this"},
    )


class ResponsibilityForm(PlainForm):
    """Who holds parental responsibility, and how that is known (R1)."""

    holder = TextField(
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
        label="How do you know?",
        rows=2,
        required=False,
        help_text="For example: named on the birth certificate, or a court order seen on 3 March.",
    )


def _answer(words: str, **kwargs: Any) -> YesNoField:
    return YesNoField(label=words, error_messages={"required": f"Answer “{words}”"}, **kwargs)


class JudgementForm(PlainForm):
    """What both kinds of judgement have; ``reasons`` gives all that was answered, in words."""

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
    judged_by = TextField(
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

    def reasons(self) -> str:
        """Return every answer under its question, as text that can be read without the form."""
        lines = []
        for name in self.questions:
            answer = self.cleaned_data.get(name)
            if isinstance(answer, bool):
                answer = "Yes" if answer else "No"
            if answer:
                lines.append(f"{self.fields[name].label} {answer}")
        return "\n".join([*lines, f"{self.fields['why'].label} {self.cleaned_data['why']}"])


class CompetenceForm(JudgementForm):
    """Under 16: does the child understand enough to decide (Gillick competence, R25)?"""

    kind = JudgementKind.COMPETENCE
    questions = ("understands", "weighs", "own_view")

    understands = _answer(
        "Do they understand what would be shared, with whom and why?",
    )
    weighs = _answer(
        "Can they weigh up what speaks for it and what against it, and what may follow?",
    )
    own_view = _answer("Is it their own view, free from pressure?")
    field_order = (
        "matter",
        "understands",
        "weighs",
        "own_view",
        "why",
        "able",
        "judged_by",
        "judged_on",
    )


class CapacityForm(JudgementForm):
    """16 or over: the test of the Mental Capacity Act 2005, each answer kept apart (R26)."""

    kind = JudgementKind.CAPACITY
    functions = ("understand", "retain", "weigh", "communicate")
    questions = (*functions, "impairment", "what_impairment", "because_of_it", "support")
    reveals = {"impairment": {"yes": ("what_impairment", "because_of_it")}}

    support = LongTextField(
        label="What was done to help them decide?",
        rows=2,
        help_text="For example: plain words, an interpreter, a quiet room, another time of day.",
        error_messages={"required": "Say what was done to help them decide"},
    )
    understand = _answer("Can they understand what they need to know to decide?")
    retain = _answer("Can they keep it in mind for long enough?")
    weigh = _answer("Can they weigh it up?")
    communicate = _answer("Can they make their decision known, in any way?")
    impairment = _answer(
        "Is something affecting how their mind or brain works?",
        help_text="For example a learning disability, dementia, an injury, drink or drugs.",
    )
    what_impairment = TextField(
        label="What is it?",
        max_length=300,
        error_messages={"required": "Say what affects how their mind or brain works"},
    )
    because_of_it = _answer("Is that why they cannot do one of the things above?")
    field_order = (
        "matter",
        "support",
        *functions,
        "impairment",
        "what_impairment",
        "because_of_it",
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
        lacks = False in answers[:-1] and bool(found["impairment"] and found["because_of_it"])
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
