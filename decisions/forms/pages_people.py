"""Pages about the people, and about whether what they said concerns this sharing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from infosharing.journeys.forms import CheckboxesField, PlainForm, RadioField, YesNoField

COVERS = (
    ("purpose", "Does it cover what you would share it for?"),
    ("recipients", "Does it cover whom you would share it with?"),
    ("information", "Does it cover the information you would share?"),
)


@dataclass(frozen=True)
class OfferedPerson:
    """Somebody in the case, and the judgements recorded about them: (id, words)."""

    id: str
    name: str
    hint: str
    judgements: tuple[tuple[str, str], ...] = ()


class PeopleForm(PlainForm):
    """Whom the information is about, and which judgement holds for this decision (R1, R21)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Sequence[OfferedPerson],
        chosen: Sequence[str] = (),
        needed: bool = True,
    ) -> None:
        super().__init__(data)
        self.fields["people"] = CheckboxesField(
            label="Whom is the information about?",
            help_text="Tick everybody who could be recognised from it, not only the one you "
            "were thinking of.",
            choices=[(person.id, person.name) for person in people],
            hints={person.id: person.hint for person in people},
            required=needed,
            initial=list(chosen),
            error_messages={"required": "Tick whom the information is about"},
        )
        revealed: dict[str, tuple[str, ...]] = {}
        for person in people:
            if person.judgements:
                name = f"judgement_{person.id}"
                revealed[person.id] = (name,)
                self.fields[name] = RadioField(
                    label=f"Has somebody judged whether {person.name} can decide this?",
                    help_text="Only a judgement about this very matter counts.",
                    choices=[*person.judgements, ("none", "None of these is about this matter")],
                    required=False,
                )
        vars(self)["reveals"] = {"people": revealed}


class CoversForm(PlainForm):
    """For each yes or no that was recorded: does it concern this sharing? (R33)

    ``consents`` are (id, name of the person, reference); where there are several, each question
    says which record it is about.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        consents: Sequence[tuple[str, str, str]],
        needed: bool = True,
    ) -> None:
        super().__init__(data)
        for consent_id, name, reference in consents:
            record = f"Record {reference}: " if len(consents) > 1 else ""
            for part, words in COVERS:
                self.fields[f"covers_{consent_id}_{part}"] = YesNoField(
                    label=f"{record}{words}",
                    required=needed,
                    error_messages={"required": f"{record}{name}: {words}"},
                )

    def asked_of(self, consent_id: str) -> list[BoundField]:
        """Return the three questions about one consent."""
        return [self[f"covers_{consent_id}_{part}"] for part, _words in COVERS]
