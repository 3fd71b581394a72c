"""What somebody said about sharing, asked in plain words; nothing is answered beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from consent.domain.recording import Said
from consent.enums import GivenBy, How, Status
from consent.models import UNDERSTANDING
from infosharing.journeys.forms import (
    BritishDateField,
    EvidenceFields,
    LongTextField,
    NameField,
    PlainForm,
    RadioField,
    TextField,
    YesNoField,
)

SOMEBODY_ELSE = "somebody_else"
LIMITED = "limited"
# What an answer may be, and what the form for it asks; the words head its page.
ANSWERS: Final = {
    str(Status.GIVEN): "They agreed",
    LIMITED: "They agreed, with limits",
    str(Status.REFUSED): "They refused",
}
# What else may be recorded of somebody, beside taking back a yes (``WITHDRAWN:`` and its id).
NOT_ASKED, TO_ASK, NO_ANSWER, WITHDRAWN = "not_asked", "to_ask", "no_answer", "withdrawn"
Choices = Sequence[tuple[str, str]]
OF_A_YES: Final = ("until", "continuing", "review_on", *UNDERSTANDING)


class FirstForm(PlainForm):
    """What happened: from it follows what there is to say, so it is asked first, alone (R28).

    ``yeses`` are those that still stand, as (id, words). ``answering``: a question that was
    recorded is answered, so that nobody need be asked.
    """

    said = RadioField(
        label="What was said?",
        choices=(),
        error_messages={"required": "Say what was said, or that nobody was asked"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        yeses: Choices = (),
        answering: bool = False,
    ) -> None:
        super().__init__(data)
        choices = [
            (str(Status.GIVEN), str(Status.GIVEN.label)),
            (LIMITED, "Yes, but with limits"),
            (str(Status.REFUSED), str(Status.REFUSED.label)),
        ]
        choices += [(f"{WITHDRAWN}:{key}", f"They took back {words}") for key, words in yeses]
        if answering:
            choices.append((NO_ANSWER, "Nothing: no answer came"))
        else:
            choices += [
                (TO_ASK, "Nothing yet: they were asked, or are still to be asked"),
                (NOT_ASKED, "Nothing: nobody is asked, for a reason"),
            ]
        field = self.fields["said"]
        assert isinstance(field, RadioField)  # noqa: S101 - declared above
        field.choices = choices
        field.widget.hints = {
            LIMITED: "Such as: “Not what she said about her father.”",
            TO_ASK: "You can print a leaflet for them.",
            NOT_ASKED: "Such as: asking could put somebody at risk.",
        }


def _yes_no(words: str, **kwargs: Any) -> YesNoField:
    return YesNoField(label=words, error_messages={"required": f"Answer “{words}”"}, **kwargs)


class ConsentForm(EvidenceFields):
    """One yes or no about sharing, with all of guide.md section 3 (R21 to R23, R32, R33).

    ``said`` is one of ``ANSWERS``. What was known, understood and agreed for how long is asked of
    a yes only: a no counts whatever was known. ``givers`` are the other people of the case, as
    choices for who said it.
    """

    reveals = {
        "continuing": {"yes": ("review_on",)},
        "giver_person": {SOMEBODY_ELSE: ("giver",)},
        "authority_evidenced": {"yes": ("authority_evidence",)},
    }

    limits = LongTextField(
        label="What did they say no to?",
        help_text="In their words. Such as: “Not what she said about her father.”",
        rows=3,
        error_messages={"required": "Say what they said no to"},
    )
    said_on = BritishDateField(
        label="Which day did they say it?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day they said it"},
    )
    until = BritishDateField(
        label="Until which day does it hold?",
        required=False,
        help_text="Leave empty if it is for this one time and they named no last day.",
    )

    continuing = YesNoField(
        label="Is it for going on sharing, over weeks or months, with everybody they named?",
        required=False,
        help_text="For example with a family’s school, nurse and social worker during a plan. It "
        "then needs a last day. Leave empty if it is for this one time.",
    )
    review_on = BritishDateField(
        label="When do you ask whether it still stands?",
        help_text="Before the last day. It comes up in your list of things to do.",
        error_messages={"required": "Enter the day to ask whether it still stands"},
    )

    given_by = RadioField(
        label="Who said it?",
        choices=GivenBy.choices,
        error_messages={"required": "Say in what standing they said it"},
    )
    giver_person = RadioField(
        label="Which of the people in this case is that?",
        choices=(),
        required=False,
        help_text="Not needed if it was the person themselves.",
    )
    giver = NameField(label="Their name", max_length=200, required=False)
    parental_responsibility = YesNoField(
        label="Do they hold parental responsibility?",
        required=False,
        help_text="Not needed if it was the person themselves.",
    )
    authority_evidenced = YesNoField(
        label="Have you seen proof that they may decide for the person?",
        required=False,
        help_text="For example a court order or a registered power of attorney. Not needed if it "
        "was the person themselves.",
    )
    authority_evidence = LongTextField(
        label="What did you see, and when?",
        rows=2,
        error_messages={"required": "Say what proof you saw"},
    )

    scope_purpose = LongTextField(
        label="What for?",
        rows=2,
        error_messages={"required": "Say for what purpose they answered"},
    )
    scope_recipients = LongTextField(
        label="With whom?",
        help_text="If there are several, one a line.",
        rows=3,
        error_messages={"required": "Say with whom it would be shared"},
    )
    scope_information = LongTextField(
        label="Which information?",
        rows=2,
        error_messages={"required": "Say which information they answered about"},
    )

    knows_what_happens = _yes_no("Did they know what would happen to the information?")
    knows_who_is_told = _yes_no("Did they know who would be told what?")
    knows_onward_sharing = _yes_no("Did they know whom those people may tell in turn?")
    knows_why = _yes_no("Did they know why it would be shared?")
    consequences_explained = _yes_no(
        "Was it explained what follows if they say yes, and what if they say no?"
    )
    understood = _yes_no(
        "Did they understand it?",
        help_text="If you doubt it, answer no: the guide then sends you to your safeguarding lead.",
    )
    freely_given = _yes_no(
        "Could they say no without something bad following?",
        help_text="For example, nobody said that they would be reported if they did not agree.",
    )

    how = RadioField(
        label="How did they say it?",
        choices=How.choices,
        error_messages={"required": "Say how they said it"},
    )
    taken_by = TextField(
        label="Who asked them?",
        max_length=200,
        error_messages={"required": "Enter the name of who asked them"},
    )
    evidence = LongTextField(
        label="Where is the proof, or what were their words?",
        rows=3,
        required=False,
        help_text="For example: signed form in her file; or what they said, as you remember it.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        said: str,
        givers: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.answer = said
        left_out = () if said == LIMITED else ("limits",)
        if said == Status.REFUSED:
            left_out = (*left_out, *OF_A_YES)
            self.fields["evidence"].label = "What were their words, and where is the proof?"
        for name in left_out:
            del self.fields[name]
        if givers:
            field = self.fields["giver_person"]
            assert isinstance(field, RadioField)  # noqa: S101 - declared above
            field.choices = [*givers, (SOMEBODY_ELSE, "Somebody else")]
        else:
            del self.fields["giver_person"]
            self.fields["giver"].help_text = "Not needed if it was the person themselves."
            kept = {name: shown for name, shown in self.reveals.items() if name != "giver_person"}
            self.reveals = kept  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Ask who somebody else is and what their standing rests on; check the two days."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("given_by") not in (None, "", GivenBy.SELF):
            self._check_somebody_else(found)
        if found.get("until") and found.get("said_on") and found["until"] < found["said_on"]:
            self.add_error("until", "The last day is before the day it was said")
        self._check_continuing(found)
        return found

    def _check_continuing(self, found: dict[str, Any]) -> None:
        if not found.get("continuing"):
            return
        until, review, said = found.get("until"), found.get("review_on"), found.get("said_on")
        if not until and "until" not in self.errors:
            self.add_error("until", "Enter the last day: going on sharing must have an end")
        if not review:
            return
        if until and review > until:
            self.add_error("review_on", "This is after the last day")
        elif said and review <= said:
            self.add_error("review_on", "This must be after the day they said it")

    def _check_somebody_else(self, found: dict[str, Any]) -> None:
        chosen = found.get("giver_person")
        if "giver_person" in self.fields and not chosen and "giver_person" not in self.errors:
            self.add_error("giver_person", "Say who it was")
        needs_name = "giver_person" not in self.fields or chosen == SOMEBODY_ELSE
        if needs_name and not found.get("giver") and "giver" not in self.errors:
            self.add_error("giver", "Enter the name of who said it")
        for name, words in (
            ("parental_responsibility", "Say whether they hold parental responsibility"),
            ("authority_evidenced", "Say whether you have seen proof that they may decide"),
        ):
            if found.get(name) is None and name not in self.errors:
                self.add_error(name, words)

    @property
    def giver_id(self) -> str:
        """The public id of the person of the case who said it; empty for anybody else."""
        if self.cleaned_data["given_by"] == GivenBy.SELF:
            return ""
        chosen = str(self.cleaned_data.get("giver_person") or "")
        return "" if chosen == SOMEBODY_ELSE else chosen

    def said(self, person_name: str, giver_name: str = "") -> Said:
        """Return what was said as the domain takes it; of a valid form.

        ``giver_name`` is the name of the person chosen from the case, empty where none was.
        """
        data = self.cleaned_data
        themselves = data["given_by"] == GivenBy.SELF
        understanding = {name: bool(data[name]) for name in UNDERSTANDING if name in self.fields}
        return Said(
            status=Status.REFUSED if self.answer == Status.REFUSED else Status.GIVEN,
            limits=data.get("limits", ""),
            continuing=bool(data.get("continuing")),
            review_on=data.get("review_on"),
            said_on=data["said_on"],
            until=data.get("until"),
            given_by=GivenBy(data["given_by"]),
            giver=person_name if themselves else giver_name or data["giver"],
            parental_responsibility=not themselves and bool(data["parental_responsibility"]),
            authority_evidenced=not themselves and bool(data["authority_evidenced"]),
            authority_evidence="" if themselves else data["authority_evidence"],
            scope_purpose=data["scope_purpose"],
            scope_recipients=data["scope_recipients"],
            scope_information=data["scope_information"],
            how=How(data["how"]),
            taken_by=data["taken_by"],
            evidence=data["evidence"],
            **understanding,
        )


class WithdrawForm(PlainForm):
    """A yes is taken back (R31)."""

    withdrawn_on = BritishDateField(
        label="Which day did they take it back?",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the day they took it back"},
    )
    withdrawn_by = TextField(
        label="Who took it back?",
        max_length=200,
        error_messages={"required": "Enter the name of who took it back"},
    )
    how = RadioField(
        label="How did they say it?",
        choices=How.choices,
        error_messages={"required": "Say how they said it"},
    )
    words = LongTextField(label="What did they say?", rows=3, required=False)
