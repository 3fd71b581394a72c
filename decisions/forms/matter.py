"""Whom it is about, asked in one question: a case at hand, somebody new, or a search.

The base of the pages that record and sign in one go.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from infosharing.accounts import roles as role_words
from infosharing.accounts.roles import Role
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import AgeBand
from infosharing.journeys.forms import NameField, PlainForm, RadioField, TextField

NEW, FIND = "new", "find"
Choices = Sequence[tuple[str, str]]
_WHOM = ("who", "find", "name", "age", "place")


class MatterForm(PlainForm):
    """Whom it is about, for which place, in which role; what is known already is not asked.

    ``cases`` are the visible cases offered, ``places`` where a new one may be opened; both as
    choices. ``case_known``: the page is about one case, so nothing of this is asked. ``roles``
    are those in which the user may decide.
    """

    whom = "Whom is it about?"

    who = RadioField(
        label="",
        choices=(),
        error_messages={"required": "Choose whom it is about"},
    )
    find = TextField(
        label="Their name, or the case reference",
        max_length=200,
        help_text="Only cases that you may see are found. What you have typed stays.",
        error_messages={"required": "Enter a name or a case reference to look for"},
    )
    name = NameField(
        label="Their name",
        max_length=200,
        help_text="As far as you know it. If you do not, say how to tell who it is: “boy, red "
        "coat, with Ms Lee”.",
        error_messages={"required": "Enter the name, or how to tell who it is"},
    )
    age = RadioField(
        label="How old are they?",
        choices=AgeBand.choices,
        help_text="Guess if you do not know. It can be put right later.",
        error_messages={"required": "Say how old they are. Guess if you do not know"},
    )
    place = RadioField(
        label="For which school or service?",
        choices=(),
        error_messages={"required": "Say for which school or service it is"},
    )
    role = RadioField(
        label="In which role do you decide?",
        choices=(),
        error_messages={"required": "Choose the role in which you decide"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        cases: Choices = (),
        hints: Mapping[str, str] | None = None,
        places: Choices = (),
        roles: Sequence[Role] = (),
        case_known: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.only_role = roles[0] if len(roles) == 1 else None
        self._choose("role", [(str(role), role_words.words(role)) for role in roles], least=2)
        self._choose("place", places, least=2)
        if case_known:
            for name in _WHOM:
                self.fields.pop(name, None)
        elif not cases:
            del self.fields["who"], self.fields["find"]
        else:
            new = (NEW, "Somebody not on this list")
            self._choose("who", [*cases, new, (FIND, "Look for another case")], least=1)
            self.fields["who"].label = self.whom
            self.fields["who"].widget.hints = dict(hints or {})
            revealed = tuple(name for name in ("name", "age", "place") if name in self.fields)
            who: Mapping[str, tuple[str, ...]] = {NEW: revealed, FIND: ("find",)}
            self.reveals = {**type(self).reveals, "who": who}  # type: ignore[misc]

    def _choose(self, name: str, choices: Choices, *, least: int) -> None:
        """Offer choices, or do not ask where there is nothing to choose."""
        if len(choices) < least:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = list(choices)

    @property
    def chosen_case(self) -> str:
        """The id of the case chosen; empty for somebody new. Of a valid form."""
        chosen = str(self.cleaned_data.get("who", ""))
        return "" if chosen == NEW else chosen

    @property
    def searches(self) -> bool:
        """Whether another case is to be looked for."""
        return "who" in self.fields and self["who"].data == FIND

    def people(self) -> list[NewPerson]:
        """Return whom a new case is about; of a valid form."""
        if "name" not in self.fields or not self.cleaned_data.get("name"):
            return []
        return [NewPerson(name=self.cleaned_data["name"], age_band=self.cleaned_data["age"])]

    def chosen_role(self) -> Role:
        """Return the role chosen, or the only one there is; of a valid form."""
        if self.only_role is not None:
            return self.only_role
        return Role(self.cleaned_data["role"])
