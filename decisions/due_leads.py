"""What others left standing, for the safeguarding leads; see ``infosharing.cases.due``."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from decisions.due_lines import STANDING_STILL, joined, led_by, seen, to, working_days_ago
from decisions.models import AdviceRequest, Draft, DraftEditor, DraftPage
from infosharing.accounts.models import User
from infosharing.cases.due import Due, Group, Kind, Row, Source, whose
from infosharing.identifiers import spoken
from infosharing.journeys.templatetags.british import british_date


def sources(user: User) -> list[Source]:
    """Return what stands still at the places a user leads; nothing for who leads nowhere."""
    led = led_by(user)
    return [_stale_drafts(user, led), _unanswered(user, led)] if led else []


def _stale_drafts(user: User, led: list[int]) -> Source:
    """Drafts of others on which nobody has typed for some days."""
    typed = DraftPage.objects.filter(draft=OuterRef("pk")).order_by("-saved_at")
    own = DraftEditor.objects.filter(
        whose(user, "user", "draft__decision__organisation"), draft=OuterRef("pk")
    )

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, who = row.texts
        return Due(
            group=Group.WAITING,
            title=f"See why the draft of decision {spoken(reference)} stands still",
            url=to("draft", ident),
            hint=joined(row.about, f"Begun by {who}, last typed on {british_date(row.since)}"),
            status="Standing still",
            colour="orange",
        )

    return Source(
        kind=Kind.STALE,
        rows=seen(Draft, user, "decision__case__")
        .filter(~Exists(own), decision__organisation__in=led, closed_at=None)
        .annotate(last=Coalesce(Subquery(typed.values("saved_at")[:1]), "started_at"))
        .filter(last__lt=working_days_ago(STANDING_STILL)),
        tell=tell,
        case="decision__case_id",
        since="last",
        texts=["public_id", "decision__reference", "started_by__name"],
    )


def _unanswered(user: User, led: list[int]) -> Source:
    """Questions to colleagues that nobody has answered since the working day before."""
    draft = Draft.objects.filter(decision=OuterRef("decision"), closed_at=None)
    mine = whose(user, "asked_of", "decision__organisation")

    def tell(row: Row, _now: datetime) -> Due:
        ident, reference, who, asker = row.texts
        return Due(
            group=Group.WAITING,
            title=f"{who} has not answered about decision {spoken(reference)}: help out",
            url=to("draft-advice", ident),
            hint=joined(row.about, f"Asked by {asker} on {british_date(row.since)}"),
            status="No advice yet",
            colour="orange",
        )

    return Source(
        kind=Kind.ADVICE_WAITING,
        rows=seen(AdviceRequest, user, "decision__case__")
        .exclude(mine)
        .filter(
            Exists(draft),
            answered_at=None,
            decision__organisation__in=led,
            asked_at__lt=working_days_ago(1),
        ),
        tell=tell,
        case="decision__case_id",
        since="asked_at",
        texts=[
            Subquery(draft.values("public_id")[:1]),
            "decision__reference",
            "asked_of__name",
            "asked_by__name",
        ],
    )
