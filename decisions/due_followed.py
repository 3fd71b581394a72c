"""What follows a signature and is somebody's to do; see ``infosharing.cases.due``."""

from datetime import datetime, timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from decisions import aftermath, packs, queries
from decisions.due_lines import (
    STANDING_STILL,
    joined,
    led_by,
    mine,
    recorded_or_signed,
    seen,
    to,
    working_days_ago,
)
from decisions.enums import ProgressKind, State
from decisions.models import (
    AfterAnswer,
    Breach,
    BreachStep,
    Decision,
    Disclosure,
    ItemPerson,
    Progress,
    Telling,
)
from decisions.permissions import ANSWERING
from decisions.policies import ICO_HOURS, SHARING
from decisions.presenters import followed
from decisions.presenters.breaches import ICO_KINDS
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.cases.due import Due, Group, Kind, Row, Source, whose
from infosharing.guidance.pack import IF_REFUSED
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_date, british_datetime


def sources(user: User) -> list[Source]:
    """Return what is left to do after a signature, for somebody who records."""
    return [
        _breaches(user),
        _to_send(user),
        _receipts(user),
        _look_again(user),
        _telling(user),
        _pressing(user),
        _afterwards(user),
    ]


def _open(user: User) -> QuerySet[Decision]:
    """What the user signed, may still see and nobody closed; the last version is followed."""
    return mine(user).filter(closed_at=None)


def _breaches(user: User) -> Source:
    """Open breaches, for who answers for them and who recorded them; late after 72 hours."""
    answers = [o.pk for o in standing(user).organisations_with(ANSWERING)]
    decided = BreachStep.objects.filter(breach=OuterRef("pk"), kind__in=ICO_KINDS)

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference = row.texts
        return Due(
            group=Group.DUE,
            title=f"Deal with breach {spoken(reference)}",
            url=to("breach", ident),
            hint=joined(row.about, f"Known since {british_datetime(row.since)}"),
            status=f"Tell the Information Commissioner (ICO) by {british_datetime(row.moment)}"
            if row.moment
            else "Breach open",
            colour="red",
        )

    return Source(
        kind=Kind.BREACH,
        rows=seen(Breach, user, "case__")
        .filter(Q(organisation__in=answers) | Q(recorded_by=user), closed_at=None)
        .annotate(
            ico_due=Case(
                When(Exists(decided), then=None),
                default=F("known_at") + timedelta(hours=ICO_HOURS),
            )
        ),
        tell=tell,
        case="case_id",
        due="ico_due",
        since="known_at",
        texts=["public_id", "reference"],
    )


def _to_send(user: User) -> Source:
    """Decisions to share with somebody to whom nothing is recorded as sent."""
    sent = Disclosure.objects.filter(decision=OuterRef("pk"))
    anything = Case(When(Exists(sent), then=Value("yes")), default=Value(""))
    missed = aftermath.not_sent_to()

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, partly, recipient = row.texts
        still = f"{recipient} has nothing yet" if partly else ""
        return Due(
            group=Group.DUE,
            title=f"Record what was sent under decision {spoken(reference)}",
            url=to("disclosure-new", ident),
            hint=joined(row.about, still, f"Signed on {british_date(row.since)}"),
            status="Not sent to everybody yet" if partly else "Nothing sent yet",
        )

    return Source(
        kind=Kind.SEND,
        rows=_open(user).filter(Exists(missed), outcome__in=SHARING),
        tell=tell,
        case="case_id",
        since="signed_at",
        texts=["public_id", "reference", anything, Subquery(missed.values("name")[:1])],
    )


def _receipts(user: User) -> Source:
    """What was sent and not confirmed; what came back, until it is sent again (R44).

    For the safeguarding leads all for which the day has passed.
    """

    def tell(row: Row, _now: datetime) -> Due:
        ident, recipient, reference = row.texts
        sent = f"Recorded as sent on {british_date(row.since)}"
        return Due(
            group=Group.DUE,
            title=f"Ask {recipient} whether it arrived",
            url=to("receipt-new", ident),
            hint=joined(row.about, f"Decision {spoken(reference)}", sent),
            status="Receipt not confirmed",
            colour="yellow",
        )

    mine_or_late = recorded_or_signed(Disclosure, user, receipt_due_on__lt=today())
    return Source(
        kind=Kind.RECEIPT,
        rows=aftermath.with_receipts(seen(Disclosure, user, "decision__case__"))
        .filter(mine_or_late)
        .filter(aftermath.awaiting_receipt())
        .filter(decision__closed_at=None),
        tell=tell,
        case="decision__case_id",
        day="due",
        since="recorded_at",
        texts=["public_id", "recipient__name", "decision__reference"],
    )


def _look_again(user: User) -> Source:
    """People who were not told, when the day to look at it again has come (R49).

    For the safeguarding leads all for whom it has passed.
    """
    later = Telling.objects.filter(
        decision=OuterRef("decision"), person=OuterRef("person"), id__gt=OuterRef("pk")
    )

    def tell(row: Row, _now: datetime) -> Due:
        ident, name, reference = row.texts
        day = f"To be looked at again on {british_date(row.day)}"
        return Due(
            group=Group.DUE,
            title=f"Can {name} be told now?",
            url=to("telling-new", ident),
            hint=f"Decision {spoken(reference)}. {day}",
            status="Not told yet",
            colour="yellow",
        )

    return Source(
        kind=Kind.TELL,
        rows=seen(Telling, user, "decision__case__").filter(
            recorded_or_signed(Telling, user, told=False, look_again_on__lt=today()),
            ~Exists(later),
            decision__closed_at=None,
            told=False,
            look_again_on__lte=today(),
        ),
        tell=tell,
        case="decision__case_id",
        day="look_again_on",
        since="recorded_at",
        texts=["decision__public_id", "person__name", "decision__reference"],
    )


def _telling(user: User) -> Source:
    """What was sent, or is to be told as signed, and nothing says who was told (R49).

    Where it was signed that nobody is told, only the day to look at that again is asked for. For
    the safeguarding leads all that has stood so for some days.
    """
    planned = Case(When(telling_planned=False, then=Value("no")), default=Value(""))
    told = Telling.objects.filter(decision=OuterRef("pk"))
    sent = Disclosure.objects.filter(decision=OuterRef("pk"))
    about = ItemPerson.objects.filter(item__version=OuterRef("version"))

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, not_to_tell = row.texts
        step = f"{followed.LOOK_AGAIN}:" if not_to_tell else f"{followed.RECORD_TELLING} of"
        return Due(
            group=Group.DUE,
            title=f"{step} decision {spoken(reference)}",
            url=to("telling-new", ident),
            hint=joined(row.about, f"Signed on {british_date(row.since)}"),
            status=followed.NOT_TO_BE_TOLD if not_to_tell else "Telling not recorded",
        )

    rows = Decision.objects.filter(closed_at=None, outcome__in=SHARING).order_by()
    late = rows.filter(
        organisation__in=led_by(user), signed_at__lt=working_days_ago(STANDING_STILL)
    )
    own = rows.filter(whose(user, "signed_by", "organisation"))
    mine_or_late = own.values("pk").union(late.values("pk"))
    return Source(
        kind=Kind.TELL,
        rows=queries.visible_decisions(user)
        .filter(Q(pk__in=mine_or_late), closed_at=None)
        .filter(
            Exists(sent) | Q(telling_planned=True),
            Exists(about),
            ~Exists(told),
            outcome__in=SHARING,
        ),
        tell=tell,
        case="case_id",
        since="signed_at",
        texts=["public_id", "reference", planned],
    )


def _pressing(user: User) -> Source:
    """Replies and stages of escalation, when the day to look at them again has come."""
    later = Progress.objects.filter(decision=OuterRef("decision"), id__gt=OuterRef("pk"))
    words = Case(
        *[When(kind=kind.value, then=Value(str(kind.label))) for kind in ProgressKind],
        output_field=CharField(),
    )

    def tell(row: Row, _now: datetime) -> Due:
        ident, kind, reference = row.texts
        day = f"To be looked at again on {british_date(row.day)}"
        return Due(
            group=Group.DUE,
            title=f"What has come of decision {spoken(reference)}?",
            url=to("progress-new", ident),
            hint=joined(row.about, f"{kind}. {day}"),
            status="Look again",
            colour="yellow",
        )

    return Source(
        kind=Kind.PRESS,
        rows=seen(Progress, user, "decision__case__").filter(
            recorded_or_signed(Progress, user),
            ~Exists(later),
            decision__closed_at=None,
            look_again_on__lte=today(),
        ),
        tell=tell,
        case="decision__case_id",
        day="look_again_on",
        since="recorded_at",
        texts=["decision__public_id", words, "decision__reference"],
    )


def _afterwards(user: User) -> Source:
    """Questions for afterwards without an answer: once it was sent, or was refused (R14)."""
    sent = Disclosure.objects.filter(decision=OuterRef("pk"))

    def answered(answers: QuerySet[AfterAnswer]) -> Subquery:
        counted = (
            answers.filter(decision=OuterRef("pk"))
            .order_by()
            .values("decision")
            .annotate(different=Count("question", distinct=True))
            .values("different")
        )
        return Subquery(counted)

    of_sharing = AfterAnswer.objects.exclude(question__endswith=IF_REFUSED)
    open_ones = Q(pk__in=[])
    for (code, shared), number in packs.questions_afterwards().items():
        name = "of_sharing" if shared else "answered"
        few = Q(**{name: None}) | Q(**{f"{name}__lt": number})
        open_ones |= Q(version__pack__code=code, was_sent=shared) & few

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference = row.texts
        return Due(
            group=Group.DUE,
            title=f"Answer what is asked afterwards about decision {spoken(reference)}",
            url=to("afterwards", ident),
            hint=joined(row.about, f"Signed on {british_date(row.since)}"),
            status="Not answered yet",
        )

    return Source(
        kind=Kind.AFTER,
        rows=_open(user)
        .annotate(
            answered=answered(AfterAnswer.objects.all()),
            of_sharing=answered(of_sharing),
            was_sent=Exists(sent),
        )
        .filter(Q(was_sent=True) | ~Q(outcome__in=SHARING), state=State.SIGNED)
        .filter(open_ones),
        tell=tell,
        case="case_id",
        since="signed_at",
        texts=["public_id", "reference"],
    )
