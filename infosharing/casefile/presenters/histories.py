"""Every change to what belongs to a case or a decision, field by field, in words (R51).

Nothing here lists models or fields: a model with history that leads to a case shows by itself,
with the words of its own fields and choices.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import Exists, Field, ForeignKey, JSONField, Model, OuterRef

from decisions.finding import between
from decisions.models import Decision, DraftPage, Request
from infosharing.accounts.models import User
from infosharing.audit.acts import STATED
from infosharing.audit.changes import Arm, Change, tracked_fields, tracked_models
from infosharing.audit.models import Entry
from infosharing.audit.protection import options_of
from infosharing.casefile.presenters.coded import care_taken, said, typed_lines, typed_of
from infosharing.casefile.presenters.field_words import words_of_field
from infosharing.casefile.presenters.page_words import ids_in, page_title
from infosharing.casefile.queries import Names, names_for
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CaseAccess, NoteReader, Person, RestrictedNote
from infosharing.cases.permissions import user_knows_who_is_kept_from
from infosharing.cases.reaching import REACHING, told_to
from infosharing.journeys.forms.clocks import LONDON, comes_twice
from infosharing.journeys.templatetags.british import british_time

# For those named on them alone: their history stands on their own page.
NOTES: Final = (RestrictedNote, NoteReader)
# Which field says what a record is called, in the order of its model.
WHICH: Final = frozenset(
    {"name", "reference", "person", "user", "recipient", "what", "matter", "holder", "adviser"}
)
DONE: Final = {"+": "recorded", "~": "changed", "-": "removed"}
KINDS: Final = {
    "cases.case": "Case",
    "cases.caseperson": "Part in the case",
    "cases.caseaccess": "Who sees the case",
    "cases.notereader": "Who reads the note",
    "consent.consentrecord": "What was said about sharing",
    "decisions.draftpage": "Page of the draft",
    "decisions.drafteditor": "Who worked on the draft",
    "decisions.afteranswer": "Question for afterwards",
    "decisions.advicetried": "Advice sought in vain",
    "decisions.advicerequest": "Question to a colleague",
    "decisions.consentconsidered": "What was said, held against the decision",
    "decisions.itemperson": "Whom an item is about",
    "decisions.discloseditem": "Item sent",
    "decisions.signedversion": "Signed version",
    "decisions.secondreview": "Second review",
    "decisions.reviewreply": "Answer to a reviewer who did not agree",
    "decisions.lookback": "Look back at an emergency",
    "cases.responsibility": "Parental responsibility",
    "cases.judgement": "Judgement of whether somebody can decide",
    "cases.protection": "Mark that details must not reach somebody",
    "cases.sameperson": "Said to be the same person",
    "consent.withdrawal": "Consent taken back",
    "consent.consentstep": "Step towards consent, or from it",
    "decisions.requestperson": "Whom the request is about",
    "decisions.requestdocument": "Document attached to the request",
    "decisions.samerequest": "Said to be the same request",
    "decisions.requestcorrection": "Correction of the request",
    "decisions.item": "Item of information",
    "decisions.disclosure": "Sending",
    "decisions.telling": "Telling the person",
    "decisions.progress": "What came of it",
    "decisions.breachstep": "Step about a breach",
    "decisions.consentreaction": "What was done after consent changed",
    "decisions.review": "Review",
    "decisions.reviewquestion": "Question of the reviewer",
}
# Told by the page's own heading, or by nobody: keys, ids for addresses, texts for searching.
SILENT: Final = frozenset({"id", "public_id", "search_text", "stored_as"})
# Counters of the program, and what the title or another line says already.
INNER: Final[dict[str, frozenset[str]]] = {
    "decisions.draftpage": frozenset({"page", "index", "version"}),
    "decisions.reviewquestion": frozenset({"page", "index"}),
}
# Where the law of an act stands: for who reads the code, not for who reads the record.
SOURCE: Final = re.compile(r" ?\((?:R\d+|design\.md|guide\.md|domain\.md)[^)]*\)")
PUBLIC_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Line:
    """One field: its label, what it said before and what it says after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change in words; ``record`` names what was changed, for the address of its history."""

    title: str
    at: datetime
    who: str
    role: str
    why: str
    record: str
    kind: str
    # What tells the record from others of its kind, where no line below does.
    which: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def new(self) -> bool:
        """Whether there was nothing before."""
        return self.kind == "+"


def kind_words(model: type[Model]) -> str:
    """Return what a record of a model is called."""
    options = options_of(model)
    name = KINDS.get(options.label_lower) or str(options.verbose_name)
    return name[:1].upper() + name[1:]


def case_arms(case: Case, user: User, *, standing: datetime | None = None) -> list[Arm]:
    """Return the history rows of a case that a user who sees it may read.

    What is known of a person is theirs and not the case's: of that only what was changed by an
    act of this very case, or the reason given in another case could be read here. With
    ``standing`` the rows are for what stood at that moment, whoever wrote it and why: then that
    of everybody who was in the case, and it must be shown without reasons. What came through a
    case that is closed to the reader is in neither (``cases.reaching``).
    """
    here = Entry.objects.filter(
        case_id=case.public_id, at=OuterRef("history_date"), actor_id=OuterRef("history_actor")
    )
    arms = []
    for model, past in tracked_models():
        if model in NOTES:
            continue
        rows: Any = past._default_manager.all()  # noqa: SLF001 - Django's documented way
        path = path_to(model, Case)
        of_person = path_to(model, Person)
        reaching = model in REACHING
        if path is not None and not reaching:
            rows = rows.filter(**{path or "id": case.pk})
        elif of_person is not None:
            mine = (
                case.parts.all() if standing is None else case.parts.filter(added_at__lte=standing)
            )
            rows = rows.filter(**{f"{of_person or 'id'}__in": mine.values("person")})
            rows = rows.filter(Exists(here)) if standing is None else rows
            rows = rows.filter(told_to(user)) if reaching else rows
        else:
            continue
        if model is CaseAccess and not user_knows_who_is_kept_from(user, case):
            rows = rows.filter(kind=AccessKind.NAMED)
        arms.append(Arm(model, rows))
    return arms


def note_arms(note: RestrictedNote) -> list[Arm]:
    """Return the history rows of a restricted note, for somebody who is named on it."""
    return [
        Arm(RestrictedNote, RestrictedNote.history.filter(id=note.pk)),
        Arm(NoteReader, NoteReader.history.filter(note=note.pk)),
    ]


def decision_arms(decision: Decision) -> list[Arm]:
    """Return the history rows of a decision and of the request it answers."""
    arms = []
    for model, past in tracked_models():
        rows: Any = past._default_manager.all()  # noqa: SLF001 - as above
        path, asked = path_to(model, Decision), path_to(model, Request)
        if path is not None:
            arms.append(Arm(model, rows.filter(**{path or "id": decision.pk})))
        elif asked is not None:
            arms.append(Arm(model, rows.filter(**{asked or "id": decision.request_id})))
    return arms


def kinds_in(arms: Iterable[Arm]) -> list[tuple[str, str]]:
    """Return the kinds of record that a history may hold, as choices, by their words."""
    found = {options_of(arm.model).label_lower: kind_words(arm.model) for arm in arms}
    return sorted(found.items(), key=lambda one: one[1])


def narrowed(arms: Iterable[Arm], chosen: Mapping[str, Any]) -> list[Arm]:
    """Return what a valid ``HistoryFilter`` leaves of the arms."""
    kind = chosen.get("kind")
    return [
        replace(arm, rows=arm.rows.filter(between("history_date", chosen)))
        for arm in arms
        if not kind or options_of(arm.model).label_lower == kind
    ]


@cache
def path_to(model: type[Model], target: type[Model]) -> str | None:
    """Return the shortest way from a model to another by its keys, "" for itself, None for none.

    Keys that may be empty are followed only where no other way leads there.
    """
    for nullable in (False, True):
        seen, waiting = {model}, deque([(model, "")])
        while waiting:
            current, path = waiting.popleft()
            if current is target:
                return path
            for key in _keys(current):
                other: Any = key.related_model
                if other not in seen and (nullable or not key.null):
                    seen.add(other)
                    waiting.append((other, f"{path}__{key.name}" if path else key.name))
    return None


def _keys(model: type[Model]) -> list["ForeignKey[Any, Any]"]:
    return [one for one in options_of(model).concrete_fields if isinstance(one, ForeignKey)]


def told_of(changes: Sequence[Change], case: Case, *, then: datetime | None = None) -> list[Told]:
    """Return changes in words; two statements for all the names and roles in them.

    ``then``: everything is called what it was called at that moment.
    """
    actors = {change.actor for change in changes}
    names = names_for(case, *_mentioned(changes), actors=actors, then=then)
    return [_told(change, names) for change in changes]


def _mentioned(changes: Iterable[Change]) -> tuple[dict[type[Model], set[Any]], set[str]]:
    """Return the keys that changes point at, by model, and the ids typed into draft pages."""
    keys: dict[type[Model], set[Any]] = {}
    ids: set[str] = set()
    for change in changes:
        for key in _keys(change.model):
            model: Any = key.related_model
            for values in (change.before, change.after):
                value = values.get(key.attname)
                if value is not None:
                    keys.setdefault(model, set()).add(value)
        if not issubclass(change.model, DraftPage):
            continue
        for values in (change.before, change.after):
            typed = typed_of(values.get("typed"))
            ids.update(ids_in(typed))
            ids.update(PUBLIC_ID.findall(str(list(typed.values()))))
    return keys, ids


def _told(change: Change, names: Names) -> Told:
    label = options_of(change.model).label_lower
    silent = SILENT | INNER.get(label, frozenset()) | {_parent(change.model)}
    page = _page(change)
    lines = []
    for one in tracked_fields(change.model):
        if one.name in silent:
            continue
        before, after = change.before.get(one.attname), change.after.get(one.attname)
        if change.kind == "~" and before == after:
            continue
        if one.name == "typed" and isinstance(one, JSONField):
            code = _value(change, "page")
            lines += [Line(*line) for line in typed_lines(before, after, names.ids, code)]
            continue
        words = (_words(one, change.before, names), _words(one, change.after, names))
        if any(words) and words[0] != words[1]:
            lines.append(Line(words_of_field(one, change.model), *words))
    who = names.users.get(change.actor)
    return Told(
        title=f"{kind_words(change.model)} {DONE[change.kind]}",
        at=change.at,
        who=who.name if who else "The program itself",
        role=", ".join(names.roles(change.actor, change.at)),
        why="" if change.reason.startswith(STATED) else SOURCE.sub("", change.reason),
        record=f"{label}.{change.record}",
        kind=change.kind,
        which=page or ("" if change.kind == "+" else _which(change, names)),
        lines=lines,
    )


def _value(change: Change, name: str) -> str:
    return str(change.after.get(name) or change.before.get(name) or "")


def _page(change: Change) -> str:
    """Return which page of the wizard was typed on; "" for any other record."""
    if not issubclass(change.model, DraftPage):
        return ""
    return page_title(_value(change, "page"), int(_value(change, "index") or 0))


def _which(change: Change, names: Names) -> str:
    """Return what tells a record from others of its kind: what it is called, or whom it is about.

    Nothing where that itself has changed, as the lines say both then.
    """
    for one in tracked_fields(change.model):
        if one.name in WHICH:
            before = _words(one, change.before, names)
            after = _words(one, change.after, names)
            if before == after or not (before and after):
                return before or after
    return ""


@cache
def _parent(model: type[Model]) -> str:
    """Return the key to what the record is a part of: the first step of the way to the case."""
    for target in (Case, Person):
        path = path_to(model, target)
        if path:
            return path.split("__")[0] if target is Case else ""
    return ""


def _words(one: "Field[Any, Any]", values: Mapping[str, Any], names: Names) -> str:
    value = values.get(one.attname)
    if isinstance(one, ForeignKey):
        return names.of(one.related_model, value)
    if one.name == "checks":
        return care_taken(str(values.get("method", "")), value)
    return said(one, value)


# What a page of a case or decision as it stood leaves out: drafts as typed, and what stands in
# the words that were signed.
DRAFTING: Final = frozenset({"decisions.draft", "decisions.draftpage", "decisions.drafteditor"})
IN_WHAT_WAS_SIGNED: Final = frozenset(
    {
        "decisions.item",
        "decisions.itemperson",
        "decisions.recipient",
        "decisions.signedversion",
        "decisions.consentconsidered",
    }
)


def without(arms: Iterable[Arm], labels: frozenset[str]) -> list[Arm]:
    """Return the arms of all other models."""
    return [arm for arm in arms if options_of(arm.model).label_lower not in labels]


def which_of_two(moment: datetime) -> str:
    """Return which of two times a moment is, if the clocks show it twice that night."""
    if not comes_twice(moment):
        return ""
    which = "second" if moment.astimezone(LONDON).fold else "first"
    clock = british_time(moment.astimezone(LONDON).time())
    return f"The clocks went back that night, so {clock} came twice: this is the {which} time."


def stood(changes: Sequence[Change], case: Case, then: datetime) -> list[Told]:
    """Return records as they stood at a moment, without who wrote them last and why, and with
    everything called what it was called then; two statements.
    """
    whole = [replace(change, kind="+", before={}) for change in changes]
    return [
        replace(told, title=kind_words(change.model), who="", role="", why="")
        for change, told in zip(changes, told_of(whole, case, then=then), strict=True)
        if told.lines
    ]
