"""After an emergency: is somebody in it, or the request itself, known already? (R1, R4)"""

from collections.abc import Mapping, Sequence
from typing import Any

from infosharing.journeys.forms import PlainForm, RadioField

NEW = "new"
Choices = Sequence[tuple[str, str]]


class KnownForm(PlainForm):
    """One question for each person, and one for the request; nothing is answered beforehand.

    ``people`` are, for each person's id, the name with the choices and their hints; ``requests``
    are the choices of earlier requests.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Mapping[str, tuple[str, Choices, Mapping[str, str]]],
        requests: Choices = (),
    ) -> None:
        super().__init__(data)
        for ident, (name, choices, hints) in people.items():
            self.fields[f"person_{ident}"] = RadioField(
                label=f"Is {name} somebody you already know?",
                choices=[*choices, (NEW, "No, somebody else")],
                hints={value: hints[value] for value, _words in choices if value in hints},
                error_messages={"required": f"Say whether {name} is somebody you already know"},
            )
        if requests:
            self.fields["request"] = RadioField(
                label="Is this recorded already as a request?",
                choices=[*requests, (NEW, "No, it is another one")],
                error_messages={"required": "Say whether this is recorded already"},
            )

    def person(self, ident: str) -> str:
        """Return the id of who somebody is, "" for somebody new; of a valid form."""
        return self._answer(f"person_{ident}")

    @property
    def request(self) -> str:
        """The id of the earlier request, "" where it is another one; of a valid form."""
        return self._answer("request")

    def _answer(self, name: str) -> str:
        found = str(self.cleaned_data.get(name) or NEW)
        return "" if found == NEW else found
