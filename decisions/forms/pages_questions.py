"""Pages of the guide's and the checklist's questions, and of the rules (R9 to R17)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from infosharing.guidance.codes import ANSWERS, FLOW_ANSWERS
from infosharing.guidance.parts import PackRule, Question
from infosharing.journeys.forms import CheckboxesField, LongTextField, PlainForm, RadioField


class QuestionsForm(PlainForm):
    """Each question with an answer and a note; ``flow`` questions take no "not applicable".

    ``needed``: whether leaving one out is an error.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questions: Sequence[Question],
        flow: bool,
        needed: bool = True,
    ) -> None:
        super().__init__(data)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[f"answer_{question.code}"] = RadioField(
                label=question.text,
                help_text=" ".join(filter(None, (question.why, question.hint))),
                choices=FLOW_ANSWERS if flow else ANSWERS,
                required=needed,
                inline=True,
                error_messages={"required": f"Answer: {question.text}"},
            )
            self.fields[f"note_{question.code}"] = LongTextField(
                label="Note", required=False, rows=2
            )

    @property
    def asked(self) -> list[tuple[Question, BoundField, BoundField]]:
        """Each question with its answer and its note."""
        return [
            (question, self[f"answer_{question.code}"], self[f"note_{question.code}"])
            for question in self.questions
        ]


class RulesForm(PlainForm):
    """Each rule is ticked once it has been thought about (R15)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rules: Sequence[PackRule],
        needed: bool = True,
    ) -> None:
        super().__init__(data)
        self._rules = tuple(rules)
        self._needed = needed
        self.fields["rules"] = CheckboxesField(
            label="Which rules have you thought about?",
            choices=[(str(rule.number), f"{rule.number}. {rule.title}") for rule in rules],
            hints={str(rule.number): rule.text for rule in rules},
            required=False,
        )

    def clean_rules(self) -> list[str]:
        """Return the numbers ticked; while some are not, they are named."""
        ticked: list[str] = self.cleaned_data["rules"]
        left = [str(rule.number) for rule in self._rules if str(rule.number) not in ticked]
        if left and self._needed:
            which = f"rule {left[0]}" if len(left) == 1 else f"rules {', '.join(left)}"
            raise forms.ValidationError(f"Think about {which} and tick the box")
        return ticked
