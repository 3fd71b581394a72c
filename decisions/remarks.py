"""Where what was ticked and what is recorded do not fit together: remarks, never a bar.

Pure: from answers and facts to sentences. They stand beside the answer, on check-your-answers and
in what is signed, so that a reader later sees both (peers.md part 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from consent.enums import Status
from decisions import typed
from decisions.facts import Material
from infosharing.cases.names import may_be, names_in_words
from infosharing.guidance.guide import Guidance
from infosharing.guidance.pack import Pack


@dataclass(frozen=True)
class Place:
    """A question of the product's pages: its page, its field there and, of an entry, its index."""

    page: str
    name: str = ""
    index: int = 0


@dataclass(frozen=True)
class Remark:
    """One thing that does not fit: where it is asked, and both sides of it.

    ``question`` is that of the checklist, where it asks one; ``place`` is where the remark
    stands, ``other`` the other question it is about, where there is one.
    """

    place: Place
    words: str
    question: str = ""
    other: Place | None = None

    @property
    def page(self) -> str:
        """The page beside whose question it stands."""
        return self.place.page

    @property
    def index(self) -> int:
        """Of which entry; 0 for a page that does not repeat."""
        return self.place.index

    @property
    def places(self) -> list[Place]:
        """The questions it is about, the one beside which it stands first."""
        return [self.place, *filter(None, [self.other])]


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What the record says beside the checklist; None is unknown, and unknown fits everything.

    ``reliable``: whether everybody's consent can be relied on. ``understood``, ``informed``:
    whether every yes was. ``told``, ``use_known``, ``needed``: of all recipients.
    """

    reliable: bool | None = None
    understood: bool | None = None
    informed: bool | None = None
    special: bool | None = None
    basis: str | None = None
    legal_duty: str | None = None
    legal_power: bool = False
    grounds: frozenset[str] = field(default_factory=frozenset)
    told: bool | None = None
    needed: bool | None = None
    use_known: bool | None = None
    identity: str = ""
    sources_checked: bool | None = None


RISKY_TO_ASK = frozenset({"seeking_would_endanger", "likely_to_increase_risk"})
LEGAL = frozenset({"legal_obligation", "statutory_requirement"})
SPECIAL = ("basis", "special_category")
# Where what was asked is put right, beside the page of the wizard that checks who asked.
ASKED = "asked"
TOLD = ("recipient", "told_confidential")


class Pair(NamedTuple):
    """An answer, whether the record says otherwise, what it says, and which field says so."""

    question: str
    answer: str
    otherwise: bool
    words: str
    page: str
    name: str = ""


def _law(found: Recorded) -> tuple[str, str] | None:
    """Return which field names a duty or power in law; None while none does."""
    if found.legal_duty == "yes":
        return "harm", "answer_legal_duty"
    if found.grounds & LEGAL:
        return "grounds", "grounds"
    if found.basis == "legal_obligation":
        return "basis", "lawful_basis"
    return (ASKED, "legal_power") if found.legal_power else None


def _pairs(found: Recorded) -> list[Pair]:
    """Return each pair of answer and record that cannot both be right."""
    law = _law(found)
    unsafe = "somebody’s consent cannot be relied on"
    risky = bool(found.grounds & RISKY_TO_ASK)
    told = "told that it is confidential"
    return [
        Pair("have_consent", "yes", found.reliable is False, unsafe, "consent"),
        Pair(
            "have_consent",
            "no",
            found.reliable is True,
            "everybody’s consent can be relied on",
            "consent",
        ),
        Pair(
            "sensitive",
            "no",
            found.special is True,
            "some of it is especially private",
            *SPECIAL,
        ),
        Pair(
            "sensitive",
            "yes",
            found.special is False,
            "none of it is especially private",
            *SPECIAL,
        ),
        Pair(
            "need_consent",
            "no",
            found.basis == "consent",
            "the lawful basis is consent",
            "basis",
            "lawful_basis",
        ),
        Pair(
            "duty_or_power",
            "no",
            law is not None,
            "a law, an order or a legal power is named",
            *(law or ("", "")),
        ),
        Pair(
            "seeking_harms",
            "no",
            risky,
            "a ground is that asking would put somebody at risk",
            "grounds",
            "grounds",
        ),
        Pair(
            "giver_understands",
            "yes",
            found.understood is False,
            "a yes was not understood",
            "consent",
        ),
        Pair(
            "check_source",
            "no",
            found.sources_checked is True,
            "every source was checked",
            "item",
            "source_checked",
        ),
        Pair(
            "right_person",
            "yes",
            found.needed is False,
            "somebody gets it who does not need it",
            "recipient",
            "need_to_know",
        ),
        Pair(
            "right_person",
            "yes",
            found.identity == "failed",
            "the requester’s identity failed",
            "request",
            "identity",
        ),
        Pair(
            "told_confidential",
            "yes",
            found.told is False,
            f"somebody who gets it is not {told}",
            *TOLD,
        ),
        Pair(
            "told_confidential",
            "no",
            found.told is True,
            f"everybody who gets it is {told}",
            *TOLD,
        ),
        Pair(
            "their_use",
            "no",
            found.use_known is True,
            "it is written what each will do with it",
            "recipient",
            "intended_use",
        ),
        *(
            Pair(
                question,
                "yes",
                found.informed is False,
                "somebody agreed without knowing it all",
                "consent",
            )
            for question in ("knows_what_happens", "knows_who_is_told", "knows_onward", "knows_why")
        ),
    ]


SAYS = {"yes": "The checklist says yes", "no": "The checklist says no"}


def _odd(answers: Mapping[str, str], found: Recorded) -> dict[str, Pair]:
    return {
        pair.question: pair
        for pair in _pairs(found)
        if pair.otherwise and answers.get(pair.question) == pair.answer
    }


def _sentence(pair: Pair) -> str:
    return f"{SAYS[pair.answer]}; the record says that {pair.words}."


def contradictions(answers: Mapping[str, str], found: Recorded) -> dict[str, str]:
    """Return, by question, the sentence that holds the answer against the record."""
    return {question: _sentence(pair) for question, pair in _odd(answers, found).items()}


def _other(pair: Pair, material: Material) -> Place:
    """Return which question says otherwise; of several entries, the first that does."""
    if pair.page not in ("item", "recipient"):
        return Place(pair.page, pair.name)
    entries = typed.repeated(material.pages, pair.page)
    says_no = pair.answer == "yes"
    index = next(
        (index for index, entry in entries if typed.yes_no(entry, pair.name) is not says_no),
        entries[0][0],
    )
    return Place(pair.page, pair.name, index)


def _all(values: list[bool | None]) -> bool | None:
    """Return False if one is, True if all are, None while one is unknown or there is none."""
    if False in values:
        return False
    return True if values and None not in values else None


def recorded(material: Material, guidance: Guidance) -> Recorded:
    """Return what the record of a matter says, as far as it says anything."""
    drafted = typed.decision(material.pages, material.pack)
    yeses = [one for one in material.consents_of_chosen if one.status == Status.GIVEN]
    recipients = drafted["recipients"]
    reliable = None
    if material.chosen and guidance.consents:
        reliable = not any(guidance.consents.values())
    return Recorded(
        reliable=reliable,
        understood=_all([one.understood for one in yeses]),
        informed=_all(
            [
                one.knows_what_happens
                and one.knows_who_is_told
                and one.knows_onward_sharing
                and one.knows_why
                for one in yeses
            ]
        ),
        special=drafted["special_category"],
        basis=drafted["lawful_basis"],
        legal_duty=typed.answers(material.pages, material.pack).get("legal_duty"),
        legal_power=bool(material.request.legal_power.strip()),
        grounds=frozenset(typed.grounds(material.pages)),
        told=_all([one["told_confidential"] for one in recipients]),
        needed=_all([one["need_to_know"] for one in recipients]),
        use_known=_all([bool(one["intended_use"]) or None for one in recipients]),
        identity=material.request.identity if material.request.received else "",
        sources_checked=_all([one["source_checked"] for one in drafted["items"]]),
    )


def page_of(question: str, pack: Pack) -> str:
    """Return the page on which the checklist asks a question."""
    for section in pack.sections:
        if any(one.code == question for one in section.questions):
            return f"questions-{section.code}"
    return ""


def about_items(material: Material) -> list[Remark]:
    """Return what strikes one about the items that go out (R38, R39).

    A known name of somebody whom a redacted item is not said to be about may have been left in;
    and for each item somebody should say whether others can be recognised from it.
    """
    found = []
    entries = typed.repeated(material.pages, "item")
    for number, (index, entry) in enumerate(entries, start=1):
        handling = typed.handling(entry)
        if handling is None or handling == "hold_back":
            continue
        if handling == "redact":
            about = set(typed.several(entry, "about"))
            meant = [p.person.name for p in material.parts if p.person.public_id in about]
            others = [p.person for p in material.parts if p.person.public_id not in about]
            text = typed.text(entry, "as_sent") or typed.text(entry, "what") or ""
            names = names_in_words(text, others, but=meant)
            if names:
                words = (
                    f"Information {number} has parts taken out; a name still stands in its "
                    f"words: {', '.join(names)}."
                )
                name = "as_sent" if typed.text(entry, "as_sent") else "what"
                found.append(Remark(Place("item", name, index), words))
        if typed.text(entry, "others") is None:
            words = (
                f"Information {number}: nobody has said whether anybody else could be recognised "
                "from it."
            )
            found.append(Remark(Place("item", "others", index), words))
    return found


def about_recipients(material: Material) -> list[Remark]:
    """Return which recipients may be somebody whom details of a person must not reach."""
    if material.known is None:
        return []
    chosen = {part.person_id for part in material.chosen}
    marks = [one for one in material.known.protections if one.person_id in chosen]
    found = []
    for number, (index, entry) in enumerate(typed.repeated(material.pages, "recipient"), start=1):
        names = filter(None, (typed.text(entry, "name"), typed.text(entry, "organisation")))
        reached = list(names)
        for mark in marks:
            if any(may_be(name, mark.from_whom) for name in reached):
                words = (
                    f"Recipient {number} may be {mark.from_whom}: details of {mark.person.name} "
                    "must not reach them."
                )
                found.append(Remark(Place("recipient", "name", index), words))
    return found


def remarks(material: Material, guidance: Guidance, *, sharing: bool) -> list[Remark]:
    """Return every remark on a matter, the checklist's first."""
    pack = material.pack
    answers = typed.answers(material.pages, pack)
    asked = {question.code for question in pack.questions}
    found = [
        Remark(
            Place(page_of(question, pack), f"answer_{question}"),
            _sentence(pair),
            question,
            _other(pair, material),
        )
        for question, pair in _odd(answers, recorded(material, guidance)).items()
        if question in asked
    ]
    if not sharing:
        return found
    return [*found, *about_recipients(material), *about_items(material)]
