"""What happened to cases themselves, for their one chronology (R2)."""

from typing import Any, Final

from django.db.models import Case as Choose
from django.db.models import (
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from infosharing.accounts.models import User
from infosharing.cases.chronicle import (
    Cases,
    Entry,
    Row,
    Source,
    keys_of,
    shown_by,
    told,
    with_document,
)
from infosharing.cases.enums import (
    AccessKind,
    HeardHow,
    Holds,
    JudgementKind,
    OrderKind,
    Part,
    Strand,
)
from infosharing.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    CourtOrder,
    Document,
    Judgement,
    Protection,
    Responsibility,
    RestrictedNote,
    SamePerson,
    ViewHeard,
)
from infosharing.cases.noted import visible_notes
from infosharing.cases.permissions import where_kept_from_is_known
from infosharing.cases.reaching import told_to

RESTRICTED: Final = Choose(When(restricted=True, then=Value("yes")), default=Value(""))
CLOSED: Final = Choose(When(closed_at__isnull=False, then=Value("yes")), default=Value(""))
SAME: Final = Choose(When(same=True, then=Value("yes")), default=Value(""))
NAMED_ONLY: Final = Choose(
    When(named_only=True, then=Value("Shown only to those named on their cases.")),
    default=Value(""),
)
ABLE: Final = Choose(When(able=True, then=Value("able")), default=Value("not able"))

STRANDS: Final[dict[type[Model], Strand]] = {
    Case: Strand.CASE,
    Case.history.model: Strand.CASE,
    CaseAccess: Strand.CASE,
    CasePerson: Strand.PERSON,
    Responsibility: Strand.PERSON,
    Judgement: Strand.PERSON,
    Protection: Strand.PERSON,
    CourtOrder: Strand.PERSON,
    ViewHeard: Strand.PERSON,
    Document: Strand.DOCUMENT,
    SamePerson: Strand.PERSON,
    RestrictedNote: Strand.NOTE,
}


def entries(cases: Cases, user: User, *, notes: bool = False) -> list[Entry]:
    """Return what happened to a case, or to cases: opened, people, access, judgements; one query.

    Who is kept from one is told only to those who may know, which takes a further query where
    somebody who does not lead sees a restricted one. With ``notes`` the restricted notes are among
    it that the user is named on; without, as for whatever leaves the page, none is.
    """
    cases = [cases] if isinstance(cases, Case) else list(cases)
    keys = keys_of(cases)
    known = keys_of(where_kept_from_is_known(user, cases))
    named = CaseAccess.objects.filter(case__in=keys)
    named = named.filter(Q(kind=AccessKind.NAMED) | Q(case__in=known))
    noted = visible_notes(user).filter(case__in=keys) if notes else RestrictedNote.objects.none()
    people = CasePerson.objects.filter(case__in=keys).values("person")
    return told(
        Source(
            rows=Case.objects.filter(pk__in=keys),
            case="pk",
            tell=lambda row: row.entry("Case opened", row.texts[0]),
            moment="opened_at",
            by="opened_by__name",
            texts=["summary"],
        ),
        Source(
            rows=CasePerson.objects.filter(case__in=keys),
            case="case_id",
            tell=_person,
            moment="added_at",
            by="added_by__name",
            texts=["part", "person__name"],
        ),
        Source(
            rows=SamePerson.objects.filter(
                Q(same=True) | Q(known__in=people),
                case__in=keys,
            ),
            case="case_id",
            tell=_same,
            moment="said_at",
            by="said_by__name",
            texts=["person__name", "known__name", SAME, "why"],
        ),
        Source(
            rows=Responsibility.objects.filter(told_to(user), person__in=people),
            tell=_responsibility,
            texts=["holder", "person__name", "holds", shown_by(cases)],
        ),
        Source(
            rows=named,
            case="case_id",
            tell=_access,
            moment="given_at",
            by="given_by__name",
            texts=["kind", "user__name", "reason"],
        ),
        Source(
            rows=named.filter(ended_at__isnull=False),
            case="case_id",
            tell=_access_ended,
            moment="ended_at",
            by="ended_by__name",
            texts=["kind", "user__name", "end_reason"],
        ),
        Source(
            rows=_restrictions(keys),
            case="id",
            tell=_restriction,
            moment="history_date",
            by="changed_by",
            texts=[RESTRICTED, "history_change_reason"],
        ),
        Source(
            rows=_closings(keys),
            case="id",
            tell=_closing,
            moment="history_date",
            by="changed_by",
            texts=[CLOSED, "history_change_reason"],
        ),
        Source(
            rows=Judgement.objects.filter(case__in=keys),
            case="case_id",
            tell=_judgement,
            day="judged_on",
            texts=["kind", "person__name", ABLE, "matter", shown_by(cases)],
        ),
        Source(
            rows=Document.objects.filter(case__in=keys),
            case="case_id",
            tell=lambda row: row.entry("Document added", f"{row.texts[0]} ({row.texts[1]})"),
            moment="added_at",
            by="added_by__name",
            texts=["what", "name"],
        ),
        Source(
            rows=Protection.objects.filter(told_to(user), person__in=people),
            tell=lambda row: row.entry(
                "Details must not reach somebody",
                f"Not to reach {row.texts[0]}: details of {row.texts[1]}. {row.texts[2]} "
                f"{row.texts[3]}",
            ),
            texts=["from_whom", "person__name", "why", NAMED_ONLY],
        ),
        Source(
            rows=Protection.objects.filter(
                told_to(user), person__in=people, ended_at__isnull=False
            ),
            tell=lambda row: row.entry(
                "No longer marked that details must not reach somebody",
                f"About {row.texts[0]} and {row.texts[1]}. {row.texts[2]}",
            ),
            moment="ended_at",
            by="ended_by__name",
            texts=["person__name", "from_whom", "ended_why"],
        ),
        Source(
            rows=CourtOrder.objects.filter(told_to(user), person__in=people),
            tell=_order,
            texts=["kind", "person__name", "says", shown_by(cases)],
        ),
        Source(
            rows=ViewHeard.objects.filter(case__in=keys),
            case="case_id",
            tell=lambda row: row.entry(
                "View heard",
                f"Of {row.texts[0]}, about {row.texts[1]}: “{row.texts[2]}” "
                f"({HeardHow(row.texts[3]).label}; heard by {row.texts[4]})",
            ),
            day="said_on",
            texts=["said_by", "person__name", "words", "how", "heard_by"],
        ),
        Source(
            rows=noted,
            tell=lambda row: row.entry(
                "Restricted note", row.texts[1], url=reverse("casefile:note", args=[row.texts[0]])
            ),
            moment="written_at",
            by="written_by__name",
            case="case_id",
            texts=["public_id", "words"],
        ),
        strands=STRANDS,
    )


def _same(row: Row) -> Entry:
    name, known, same, why = row.texts
    if same:
        words = f"Recorded twice: “{name}” is {known}, who was known already. {why}"
        return row.entry("Said to be one person", words)
    return row.entry("Said to be two people", f"Compared: “{name}” and {known}. {why}")


def _person(row: Row) -> Entry:
    part, name = row.texts
    return row.entry("Person added to the case", f"{Part(part).label}: {name}.")


def _responsibility(row: Row) -> Entry:
    holder, name, holds, document = row.texts
    words = f"Of {holder}, for {name}: {Holds(holds).label}."
    return row.entry("Parental responsibility recorded", with_document(words, document))


def _order(row: Row) -> Entry:
    kind, name, says, document = row.texts
    words = f"{OrderKind(kind).label}, about {name}. {says}"
    return row.entry("Court order recorded", with_document(words, document))


def _access(row: Row) -> Entry:
    kind, name, reason = row.texts
    return row.entry(str(AccessKind(kind).label), f"Colleague: {name}. {reason}")


def _access_ended(row: Row) -> Entry:
    kind, name, reason = row.texts
    ended = "No longer named on the case"
    if kind == AccessKind.EXCLUDED:
        ended = "No longer kept from the case"
    return row.entry(ended, f"Colleague: {name}. {reason}")


def _changes(keys: list[int], name: str) -> QuerySet[Any]:
    """Return the history rows of cases, each with what a field was in the row before: ``was``."""
    rows: QuerySet[Any] = Case.history.filter(id__in=keys)
    earlier = rows.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    who = User.objects.filter(public_id=OuterRef("history_actor"))
    found: QuerySet[Any] = rows.annotate(
        was=Subquery(earlier.order_by("-history_id").values(name)[:1]),
        changed_by=Subquery(who.values("name")[:1]),
    )
    return found


def _restrictions(keys: list[int]) -> QuerySet[Any]:
    """Return the history rows with which a case was restricted, or opened up again."""
    rows: QuerySet[Any] = _changes(keys, "restricted")
    return rows.exclude(restricted=Coalesce("was", Value(False)))


def _restriction(row: Row) -> Entry:
    restricted, reason = row.texts
    kind = "Restricted to the people named" if restricted else "Opened again to those who lead"
    return row.entry(kind, reason)


def _closings(keys: list[int]) -> QuerySet[Any]:
    """Return the history rows with which a case was closed, or opened again."""
    closed = Q(closed_at__isnull=False, was__isnull=True)
    return _changes(keys, "closed_at").filter(closed | Q(closed_at=None, was__isnull=False))


def _closing(row: Row) -> Entry:
    closed, reason = row.texts
    return row.entry("Case closed" if closed else "Case opened again", reason)


def _judgement(row: Row) -> Entry:
    kind, name, able, matter, document = row.texts
    words = with_document(f"About {name}: {able} to decide this. {matter}", document)
    return row.entry(f"{JudgementKind(kind).name.capitalize()} judged", words)
