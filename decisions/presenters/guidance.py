"""What the guide says, for the panel that stands beside every page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from consent.enums import GivenBy, How, Status
from consent.models import ConsentRecord, ConsentStep
from decisions import typed
from decisions.facts import Material
from decisions.known_words import protection_words, view_words
from decisions.policies import Incomplete
from decisions.summary import taken_back_words
from infosharing.accounts import roles
from infosharing.cases.knowledge import Known
from infosharing.cases.models import CasePerson
from infosharing.cases.names import may_be
from infosharing.cases.reaching import BARE
from infosharing.guidance import codes
from infosharing.guidance.guide import Guidance
from infosharing.guidance.pack import Pack
from infosharing.guidance.parts import Question
from infosharing.guidance.words import consent_problem_words, suggestion_words
from infosharing.journeys.templatetags.british import british_date

TONES = {
    "share_now": "go",
    "may_share": "go",
    "may_share_without_consent": "go",
    "required_by_law": "go",
    "do_not_share": "stop",
    "seek_advice": "wait",
    "seek_consent": "wait",
}

GUIDE_STEPS = {
    "2.1": "who is asking",
    "2.2": "danger now",
    "2.3": "a clear purpose",
    "2.4": "can anybody be recognised",
    "2.5": "was it given in confidence",
    "2.6": "a duty in law",
    "2.7": "consent that can be relied on",
    "2.8": "another good reason",
    "2.9": "not sure: ask",
    "2.10": "doubtful consent: ask",
    "2.11": "a no is respected",
    "2.12": "ask for consent",
}

REQUIREMENTS = {
    "R8": "Naming a duty or power in law",
    "R9": "Deciding when to share",
    "R10": "Sharing in a good way",
    "R11": "Your right to share",
    "R12": "Looking at the information",
    "R13": "The recipient and the way",
    "R14": "What follows afterwards",
    "R16": "Necessary, in proportion, secure",
    "R17": "Weighing one harm against the other",
    "R18": "Safety comes first",
    "R19": "In an emergency nothing waits",
    "R21": "Whose consent it is",
    "R22": "Knowing what one agrees to",
    "R27": "Stopping when somebody does not understand",
    "R28": "Respecting a no where possible",
    "R29": "When not to ask for consent",
    "R30": "Asking first when nobody is at risk",
    "R34": "What is shared, item by item",
    "R35": "Telling fact from opinion",
    "R36": "Asking the source first",
    "R37": "Marking what is sensitive",
    "R38": "Enough and no more",
    "R39": "Thinking of others who are in it",
    "R40": "The right person, who needs to know",
    "R41": "A secure way",
    "R42": "Telling them it is confidential",
    "R43": "What they will do with it",
    "R44": "Making sure that it arrived",
    "R45": "A record of who decided, and why",
    "R49": "Telling the person",
}


def serves_words(question: Question) -> list[str]:
    """Return what a question is there for, in words; KeyError for a code without words."""
    found = []
    for code in question.serves:
        if code.startswith("R"):
            found.append(REQUIREMENTS[code])
        else:
            found.append(f"Step {code.partition('.')[2]} of the guide: {GUIDE_STEPS[code]}")
    return found


NOT_SAID_YET = "Say on the consent page whether what they said concerns this sharing."


@dataclass(frozen=True)
class Mend:
    """Something to do, and where; ``place`` is page and index."""

    text: str
    url: str
    place: tuple[str, int]


@dataclass(frozen=True)
class ConsentOf:
    """Whether one person's consent can be relied on, and what stands in the way."""

    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """The guide's suggestion with reasons, consent, what is missing and what can wait."""

    words: str
    text: str
    tone: str
    reasons: tuple[str, ...]
    consents: tuple[ConsentOf, ...]
    missing: tuple[Mend, ...]
    later: tuple[Mend, ...]
    # About the people chosen: whom their details must not reach, and what is thought of it.
    protections: tuple[tuple[str, str], ...] = ()
    views: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing holds the signature back."""
        return not self.missing


UrlOf = Callable[[str, int], str]


def mends(found: Iterable[Incomplete], url_of: UrlOf) -> list[Mend]:
    """Return everything that is missing, each with the page that mends it."""
    return [
        Mend(one.words, url_of(one.page, one.index) + _fragment(one.code), (one.page, one.index))
        for one in found
    ]


def _fragment(code: str) -> str:
    kind, _, rest = code.partition(":")
    return f"#id_answer_{rest}" if kind == "question" else ""


def gathered(found: Iterable[Incomplete], pack: Pack, url_of: UrlOf) -> tuple[Mend, ...]:
    """Return what is missing, with several questions or rules of one page in one line."""
    lines: list[Mend] = []
    several: dict[str, list[Incomplete]] = {}
    for one in found:
        if one.page == "rules" or one.page.startswith("questions-"):
            several.setdefault(one.page, []).append(one)
    for one in found:
        together = several.get(one.page, [one])
        if len(together) == 1:
            lines += mends([one], url_of)
        elif one is together[0]:
            text = _together(one.page, len(together), pack)
            lines.append(Mend(text, url_of(one.page, 0), (one.page, 0)))
    return tuple(lines)


def _together(page: str, count: int, pack: Pack) -> str:
    if page == "rules":
        return f"Think about {count} rules."
    titles = {f"questions-{section.code}": section.title for section in pack.sections}
    return f"Answer {count} questions: {titles[page]}."


def _unanswered(material: Material, part: CasePerson) -> bool:
    """Whether somebody has still to say what a yes or no about a person concerns."""
    return any(
        None in material.covers(consent).values()
        for consent in material.consents_of_chosen
        if consent.person_id == part.person_id
    )


def _suggested(material: Material, guidance: Guidance) -> tuple[str, str]:
    """Return the suggestion and what it means; once advice was had, that and not to ask for it.

    The guide goes on suggesting it (guide.md section 2), and the record keeps what it suggests.
    """
    words = suggestion_words(guidance.suggestion)
    if guidance.suggestion != "seek_advice" or not material.advice:
        return words.title, words.text
    latest = material.advice[-1]
    said = "said neither to share it nor not to"
    if latest.advised:
        said = f"advised: {codes.words_of(codes.OUTCOMES, latest.advised)}"
    return (
        "You have advice: now decide",
        f"The guide cannot settle this and left it to advice. {latest.adviser}, "
        f"{roles.words(latest.role)}, {said}.",
    )


def _guarded(material: Material, known: Known) -> Iterator[tuple[str, str]]:
    """Yield the marks of the people chosen, in words, with what whoever looks is told besides."""
    reached = [
        name
        for _index, entry in typed.repeated(material.pages, "recipient")
        for name in (typed.text(entry, "name"), typed.text(entry, "organisation"))
        if name
    ]
    for part in material.chosen:
        person = part.person
        for one in known.of(known.protections, person):
            yield person.name, protection_words(one)
        for one in known.of(known.beside, person):
            meant = [f" This may be them: {n}." for n in reached if may_be(n, one.from_whom)][:1]
            yield person.name, "".join([protection_words(one), *meant])
        if person in known.bare:
            yield person.name, BARE.format("this person")


def panel(
    material: Material,
    guidance: Guidance,
    missing: list[Incomplete],
    later: list[Incomplete],
    url_of: UrlOf,
) -> Panel:
    """Return the panel for a matter as it stands."""
    title, text = _suggested(material, guidance)
    known = material.known
    consents: tuple[ConsentOf, ...] = ()
    if guidance.identifying and material.answers_identifiable:
        consents = tuple(
            ConsentOf(
                part.person.name,
                tuple(
                    NOT_SAID_YET
                    if code == "outside_scope" and _unanswered(material, part)
                    else consent_problem_words(code)
                    for code in guidance.consents.get(part.person.public_id, ())
                ),
            )
            for part in material.chosen
        )
    return Panel(
        words=title,
        text=text,
        tone=TONES.get(guidance.suggestion, ""),
        reasons=guidance.reasons,
        consents=consents,
        missing=gathered(missing, material.pack, url_of),
        later=gathered(later, material.pack, url_of),
        protections=tuple(_guarded(material, known) if known else ()),
        views=tuple(
            view_words(one)
            for part in material.chosen
            for one in (known.of(known.views, part.person) if known else ())
        ),
    )


def said_rows(
    consent: ConsentRecord, taken_back: Iterable[ConsentStep] = ()
) -> list[dict[str, str]]:
    """Return what somebody said about sharing, in words, for asking whether it covers this.

    ``taken_back`` are the parts of it that were.
    """
    until = f", until {british_date(consent.until)}" if consent.until else ""
    rows = [
        {
            "key": "What was said",
            "value": f"{Status(consent.status).label}, on {british_date(consent.said_on)}{until}",
        },
        {
            "key": "By whom",
            "value": f"{consent.giver} ({GivenBy(consent.given_by).label}). "
            f"{How(consent.how).label}.",
        },
        {"key": "Which information", "value": consent.scope_information},
        {"key": "To whom", "value": consent.scope_recipients},
        {"key": "For what", "value": consent.scope_purpose},
    ]
    if consent.limits:
        rows.append({"key": "They said no to", "value": consent.limits})
    if consent.continuing:
        rows.append({"key": "For going on sharing", "value": "Yes, with everybody named"})
    rows += [{"key": "Part taken back", "value": taken_back_words(step)} for step in taken_back]
    withdrawal = getattr(consent, "withdrawal", None)
    if withdrawal:
        rows.append({"key": "Taken back", "value": f"On {british_date(withdrawal.withdrawn_on)}"})
    return rows
