"""What requests, drafts and decisions leave somebody to do; see ``infosharing.cases.due``."""

from datetime import datetime

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from decisions import due_followed, due_leads, due_reviews, queries, relying
from decisions.due_lines import LEADS, joined, left, seen, to
from decisions.enums import VersionKind
from decisions.models import (
    AdviceRequest,
    Decision,
    Draft,
    DraftEditor,
    DraftPage,
)
from decisions.models.advice import question_reference
from decisions.presenters.requests import beginning, due_on, due_words
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import RECORDING
from infosharing.cases.due import Due, Group, Kind, Row, Source, whose
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_datetime


def sources(user: User, now: datetime) -> list[Source]:
    """Return what is the user's to do at a moment (aware); nothing for who records nothing."""
    if not standing(user).has(RECORDING):
        return []
    return [
        *due_reviews.came_back(user),
        consent_changed(user),
        _advised(user),
        _write_ups(user),
        _undecided(user, now),
        *due_followed.sources(user),
        _asked_of_me(user),
        *due_reviews.waiting(user),
        *due_leads.sources(user),
        _drafts(user),
    ]


def _by_when(row: Row, now: datetime) -> tuple[str, str]:
    """Return words and colour of the time by which something is to be decided."""
    if row.moment is None:
        return "To be decided", ""
    if now > row.moment:
        return due_words(row.moment, now, row.days).capitalize(), "red"
    return f"By {due_on(row.moment)}", "yellow"


# Came back


def _advised(user: User) -> Source:
    """Advice that came into a draft and that nobody has said to have read there (R20)."""
    draft = Draft.objects.filter(decision=OuterRef("decision"), closed_at=None)
    read = DraftPage.objects.filter(
        draft__decision=OuterRef("decision"),
        draft__closed_at=None,
        page="advice",
        saved_at__gte=OuterRef("answered_at"),
    )
    every = AdviceRequest.objects.filter(answered_at__isnull=False).order_by()
    edited = every.filter(decision__drafts__closed_at=None, decision__drafts__editors__user=user)
    asked = every.filter(whose(user, "asked_by", "decision__organisation"))
    mine = Q(pk__in=asked.values("pk").union(edited.values("pk")))

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, adviser = row.texts
        return Due(
            group=Group.BACK,
            title=f"Read {adviser}’s advice on decision {spoken(reference)}",
            url=to("draft-advice", ident),
            hint=joined(row.about, f"Answered on {british_datetime(row.since)}"),
            status="Advice has come",
            colour="teal",
        )

    return Source(
        kind=Kind.ADVICE_CAME,
        rows=seen(AdviceRequest, user, "decision__case__").filter(
            mine, Exists(draft), ~Exists(read), answered_at__isnull=False
        ),
        tell=tell,
        case="decision__case_id",
        since="answered_at",
        texts=[
            Subquery(draft.values("public_id")[:1]),
            "decision__reference",
            "asked_of__name",
        ],
    )


def consent_changed(user: User) -> Source:
    """Decisions whose consent changed: the author's, and for the safeguarding leads all (R31)."""
    leads = [o.pk for o in standing(user).organisations_with(LEADS)]

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference = row.texts
        return Due(
            group=Group.BACK,
            title=f"Consent has changed for decision {spoken(reference)}: say what follows",
            url=to("consent-changed", ident),
            hint=row.about,
            status="Consent has changed",
            colour="orange",
        )

    rows = queries.visible_decisions(user).filter(
        Q(signed_by=user) | Q(organisation__in=leads), relying.has_changed("version")
    )
    rows = rows.annotate(consent_changed_at=relying.changed_at("version"))
    return Source(
        kind=Kind.CONSENT_CHANGED,
        rows=rows,
        tell=tell,
        case="case_id",
        since="consent_changed_at",
        texts=["public_id", "reference"],
    )


# To be done


def _undecided(user: User, now: datetime) -> Source:
    """Own requests nobody has begun to decide; for the safeguarding leads all that are too late."""
    leads = [o.pk for o in standing(user).organisations_with(LEADS)]
    late = Q(case__organisation__in=leads, by_when__lt=now)
    mine = Draft.objects.filter(
        decision__request=OuterRef("pk"), closed_at=None, editors__user=user
    )

    def tell(row: Row, now: datetime) -> Due:
        ident, reference = row.texts
        status, colour = _by_when(row, now)
        return Due(
            group=Group.DUE,
            title=f"Decide on request {spoken(reference)}",
            url=to("request", ident),
            hint=row.about,
            status=status,
            colour=colour,
        )

    return Source(
        kind=Kind.REQUEST,
        rows=queries.undecided(user)
        .filter((whose(user, "recorded_by", "case__organisation") & Q(decision=None)) | late)
        .exclude(Exists(mine)),
        tell=tell,
        case="case_id",
        due="by_when",
        since="recorded_at",
        texts=["public_id", "reference"],
    )


def _write_ups(user: User) -> Source:
    """What is left to be written up, for who signed it and the safeguarding leads until it is done.

    Whoever is writing it up finds the draft instead (guide.md section 5).
    """
    leads = [o.pk for o in standing(user).organisations_with(LEADS)]
    own_draft = Draft.objects.filter(decision=OuterRef("pk"), closed_at=None, editors__user=user)

    def tell(row: Row, now: datetime) -> Due:
        ident, reference, signer = row.texts
        status, colour = _write_up_by(row, now)
        return Due(
            group=Group.DUE,
            title=f"Write up decision {spoken(reference)}",
            url=to("write-up", ident),
            hint=joined(row.about, f"Signed by {signer} on {british_datetime(row.since)}"),
            status=status,
            colour=colour,
            due_at=row.due_at,
        )

    return Source(
        kind=Kind.WRITE_UP,
        rows=queries.visible_decisions(user)
        .filter(Q(signed_by=user) | Q(organisation__in=leads), write_up_due__isnull=False)
        .exclude(Exists(own_draft)),
        tell=tell,
        case="case_id",
        due="write_up_due",
        since="signed_at",
        texts=["public_id", "reference", "signed_by__name"],
    )


def _write_up_by(row: Row, now: datetime) -> tuple[str, str]:
    """Return words and colour of the time by which something is to be written up."""
    return left(row, now, "To be written up")


# Others wait


def _asked_of_me(user: User) -> Source:
    """The question only: neither case nor names (R20)."""

    def tell(row: Row, _now: datetime) -> Due:
        ident, asker, question = row.texts
        return Due(
            group=Group.WAITING,
            title=f"Answer {asker}’s question {question_reference(ident)}",
            url=to("advice-answer", ident),
            hint=f"Asked on {british_datetime(row.since)}: {beginning(question, 60)}",
            status="Advice asked of you",
            colour="yellow",
        )

    rows: QuerySet[AdviceRequest] = queries.advice_asked_of(user)
    return Source(
        kind=Kind.ADVICE_ASKED,
        place="decision__organisation_id",
        rows=rows.filter(answered_at=None),
        tell=tell,
        since="asked_at",
        texts=["public_id", "asked_by__name", "question"],
    )


# Drafts


def _drafts(user: User) -> Source:
    def tell(row: Row, now: datetime) -> Due:
        ident, reference, kind = row.texts
        first = kind == VersionKind.DECISION
        status, colour = str(VersionKind(kind).label), ""
        if first:
            status, colour = _by_when(row, now)
        if kind == VersionKind.WRITE_UP:
            words, colour = _write_up_by(row, now)
            status = f"{status}: {words[0].lower()}{words[1:]}"
        return Due(
            group=Group.DRAFT,
            title=f"Go on with decision {spoken(reference)}",
            url=to("draft", ident),
            hint=row.about,
            status=status,
            colour=colour,
        )

    edited = DraftEditor.objects.filter(whose(user, "user", "draft__decision__organisation"))
    return Source(
        kind=Kind.DRAFT,
        rows=seen(Draft, user, "decision__case__")
        .filter(Q(pk__in=edited.values("draft")), closed_at=None)
        .annotate(
            first_by_when=Case(
                When(kind=VersionKind.WRITE_UP, then=F("decision__write_up_due")),
                default=Subquery(
                    Decision.objects.filter(pk=OuterRef("decision"), version=None).values(
                        "request__by_when"
                    )[:1]
                ),
            )
        ),
        tell=tell,
        case="decision__case_id",
        due="first_by_when",
        since="started_at",
        texts=["public_id", "decision__reference", "kind"],
    )
