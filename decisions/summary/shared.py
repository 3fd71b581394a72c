"""What goes out and what is held back, to whom, by which law, and who is told of it."""

from collections.abc import Iterator
from typing import Any

from decisions import typed
from decisions.enums import Handling, Others
from decisions.facts import Material
from decisions.summary.rows import NOT_ANSWERED, YES_NO, Row, Section, words_of
from infosharing.guidance import codes


def _others(entry: typed.Typed) -> str:
    found = typed.one_of(entry, "others", Others.values)
    return str(Others(found).label) if found else NOT_ANSWERED


def _known_of(entry: typed.Typed) -> list[Row]:
    """Return where a piece of information comes from, what it is and who is recognised by it."""
    nature = typed.one_of(entry, "nature", codes.codes_of(codes.NATURES))
    return [
        Row("Is it fact or opinion?", words_of(codes.NATURES, nature)),
        Row(
            "Is it about the past, rather than how things are now?",
            YES_NO[typed.yes_no(entry, "history")],
            typed.text(entry, "history_when") or "",
        ),
        Row("Who told you, or who wrote it?", typed.text(entry, "source") or NOT_ANSWERED),
        Row(
            "Have you checked it with whoever told you or wrote it?",
            YES_NO[typed.yes_no(entry, "source_checked")],
            typed.text(entry, "source_not_checked_because") or "",
        ),
        Row(
            "Could anybody else be recognised from it?",
            _others(entry),
            typed.text(entry, "others_done") or "",
        ),
    ]


def items(material: Material) -> Iterator[Section]:
    """Return each piece of information; of what is held back all that was typed about it (R51).

    Of what is sent, what nobody answered is said too.
    """
    names = {part.person.public_id: part.person.name for part in material.parts}
    for number, (index, entry) in enumerate(typed.repeated(material.pages, "item"), start=1):
        handled = typed.handling(entry)
        about = [names[i] for i in typed.several(entry, "about") if i in names]
        rows = [
            Row("What is it?", typed.text(entry, "what") or NOT_ANSWERED),
            Row("Whom is it about?", ", ".join(about) or NOT_ANSWERED),
            Row(
                "What happens to it?",
                str(Handling(handled).label) if handled else NOT_ANSWERED,
                typed.text(entry, "handling_reason") or "",
            ),
        ]
        if handled == Handling.REDACT:
            words = typed.text(entry, "as_sent") or "A copy with parts taken out is attached"
            rows.append(Row("How does it read with those parts taken out?", words))
        known = _known_of(entry)
        if handled == Handling.HOLD_BACK:
            known = [row for row in known if row.value != NOT_ANSWERED or row.note]
        rows += known
        yield Section(f"item-{number}", f"Information {number}", rows, page="item", index=index)


def recipients(material: Material) -> Iterator[Section]:
    """Return who gets it, how, and what they are told."""
    methods = material.pack.methods
    entries = typed.repeated(material.pages, "recipient")
    for number, (index, entry) in enumerate(entries, start=1):
        method = typed.one_of(entry, "method", codes.codes_of(methods))
        rows = [
            Row(
                "Who gets it?",
                typed.text(entry, "name") or NOT_ANSWERED,
                typed.text(entry, "organisation") or "",
            ),
            Row(
                "How will you send or tell it?",
                words_of(methods, method),
                typed.text(entry, "address") or "",
            ),
            Row(
                "Do they need it to protect or help the person?",
                YES_NO[typed.yes_no(entry, "need_to_know")],
            ),
            Row(
                "Are they told that it is confidential, or will they be when you send it?",
                YES_NO[typed.yes_no(entry, "told_confidential")],
            ),
            Row("What will they do with it?", typed.text(entry, "intended_use") or NOT_ANSWERED),
        ]
        source = typed.text(entry, "address_source")
        if source:
            rows.insert(2, Row("Where did you find this address or number?", source))
        onward = typed.onward(entry)
        if onward:
            limits = typed.onward_limits(entry) or ""
            rows.append(Row("May they pass it on?", typed.ONWARD[onward], limits))
        yield Section(
            f"recipient-{number}", f"Recipient {number}", rows, page="recipient", index=index
        )


def law(drafted: dict[str, Any]) -> Section:
    """Return the lawful basis, and the condition where it is especially private."""
    rows = [
        Row(
            "Which lawful basis do you rely on?",
            words_of(codes.LAWFUL_BASES, drafted["lawful_basis"]),
        ),
        Row(
            "Is any of it especially private, or about a crime?",
            YES_NO[drafted["special_category"]],
        ),
    ]
    if drafted["special_category"]:
        rows.append(
            Row(
                "Which condition allows you to share it?",
                words_of(codes.SPECIAL_CATEGORY_CONDITIONS, drafted["special_category_condition"]),
            )
        )
    return Section("basis", "The law", rows, page="basis")


def no_consent(drafted: dict[str, Any]) -> Section:
    """Return why it is shared without consent."""
    rows = [
        Row("Why are you sharing without consent?", drafted["no_consent_because"] or NOT_ANSWERED)
    ]
    if drafted["no_consent_reason"]:
        words = codes.words_of(codes.NO_CONSENT_REASONS, drafted["no_consent_reason"])
        rows.append(Row("Which of these is the reason?", words))
    return Section("no-consent", "Sharing without consent", rows, page="no-consent")


def plans(material: Material, drafted: dict[str, Any], *, sharing: bool) -> Iterator[Section]:
    """Return what is held back, who is told, or how a refusal was talked through."""
    if sharing and drafted["withheld"]:
        rows = [Row("What are you holding back, and why?", drafted["withheld"])]
        yield Section("withheld", "What is held back", rows, page="withheld")
    if sharing:
        telling = typed.page(material.pages, "telling")
        told = Row(
            "Is the person told, or will they be?",
            YES_NO[drafted["person_informed"]],
            typed.text(telling, "telling_plan") or "",
        )
        rows = [told]
        if drafted["not_informed_because"] and not drafted["person_informed"]:
            rows.append(Row("Why not?", drafted["not_informed_because"]))
        yield Section("telling", "Telling the person", rows, page="telling")
    elif material.request.received:
        rows = [
            Row(
                "Have you talked it through with whoever asked?",
                YES_NO[drafted["refusal_discussed"]],
            )
        ]
        if drafted["refusal_not_discussed_because"] and not drafted["refusal_discussed"]:
            rows.append(Row("Why not?", drafted["refusal_not_discussed_because"]))
        yield Section("refusal", "Talking to the requester", rows, page="refusal")
