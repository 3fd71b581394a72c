"""The page of a decision: what was signed, word for word, and what followed it (R45, R51, R57)."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.enums import AWAITED, ReviewState
from decisions.events import DecisionEvent
from decisions.models import Decision, Draft, Review, SignedVersion
from decisions.permissions import reviewing_roles, user_can_export
from decisions.policies import SHARING
from decisions.presenters import followed, records, times
from decisions.presenters.relying import since_signed_of
from decisions.presenters.requests import due_on
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.cases.permissions import user_can_work_on


@dataclass(frozen=True)
class Step:
    """Something that could be done next with a decision."""

    text: str
    url: str
    hint: str = ""


def breadcrumbs(decision: Decision | None = None) -> list[dict[str, str]]:
    """Return the way to a page below a decision."""
    found = [{"label": "Decisions", "url": reverse("decisions:decisions")}]
    if decision is not None:
        url = reverse("decisions:decision", args=[decision.public_id])
        found.append({"label": f"Decision {decision.spoken_reference}", "url": url})
    return found


def _reviews(user: User, decision: Decision) -> list[Step]:
    """Return what the user may say of the version in force now; no query."""
    if queries.reviewers_of(decision).own_hand or not reviewing_roles(
        user, decision.organisation_id
    ):
        return []
    steps = []
    review: Review | None = getattr(decision.version, "review", None)
    url = reverse("decisions:review", args=[decision.public_id])
    if decision.review_state == ReviewState.WAITING:
        steps.append(Step("Review this decision", url))
    first = review.reviewer_id if review else None
    if decision.review_state == ReviewState.SECOND and first != user.pk:
        steps.append(Step("Review this decision as the second person", url))
    if decision.look_back_due is not None:
        hint = f"By {due_on(decision.look_back_due)}."
        url = reverse("decisions:look-back", args=[decision.public_id])
        steps.append(Step("Look back at this emergency", url, hint))
    return steps


def _may_still_review(user: User, decision: Decision) -> list[Step]:
    """Return that the user may review what nobody has to review."""
    if (
        decision.review_state != ReviewState.NOT_NEEDED
        or queries.reviewers_of(decision).own_hand
        or not reviewing_roles(user, decision.organisation_id)
    ):
        return []
    url = reverse("decisions:review", args=[decision.public_id])
    return [Step("Review this decision", url, "It does not have to be.")]


def _is_author(user: User, decision: Decision) -> bool:
    """Return whether a user signed a decision, or stands in for who did; no query."""
    return decision.signed_by_id in {user.pk, *(one.pk for one in standing(user).stands_in_for)}


def _unanswered(user: User, decision: Decision, review: records.Reviewed | None) -> list[Step]:
    """Return that the author has not answered a reviewer who did not agree; no query."""
    if not _is_author(user, decision):
        return []
    said = [("first", review), ("second", review.second if review else None)]
    return [
        Step(
            f"Read why {one.name} does not agree",
            reverse("decisions:disagreement", args=[decision.public_id, which]),
        )
        for which, one in said
        if one and one.disagreed and not one.reply
    ]


def _new_version(user: User, decision: Decision, draft: Draft | None) -> list[Step]:
    """Return that a new version can be started; what is returned is its author's to do first."""
    returned = decision.review_state == ReviewState.RETURNED
    if draft is not None or (returned and _is_author(user, decision)):
        return []
    hint = "When something new is known, or something was wrong."
    if returned and decision.version is not None:
        author = decision.version.signed_by.name
        hint = f"{author} is asked to. If you do, somebody else reviews it."
    url = reverse("decisions:amend", args=[decision.public_id])
    return [Step("Start a new version", url, hint)]


def _begun(draft: Draft, *, own: bool) -> Step:
    """Return that a new version is being written, for its author and for who could review it."""
    name = draft.started_by.name
    url = reverse("decisions:draft", args=[draft.public_id])
    if own:
        return Step("Go on with the new version", url, f"{name} started it.")
    hint = f"{name} is writing it. If you work on it, somebody else reviews it."
    return Step("Open the new version", url, hint)


def _telling(due: list[followed.ToTell], url: str) -> Step:
    """Return what is to be done about telling: somebody signed not to be told is not due."""
    names = [one.person for one in due if not one.as_signed]
    spared = [one.person for one in due if one.as_signed]
    hints = [f"Due for {', '.join(names)}."] if names else []
    if spared:
        hints.append(f"{followed.NOT_TO_BE_TOLD}: {', '.join(spared)}.")
    text = followed.LOOK_AGAIN if spared and not names else followed.RECORD_TELLING
    return Step(text, url, " ".join(hints))


def _steps(
    user: User,
    decision: Decision,
    draft: Draft | None,
    what_followed: dict[str, Any],
    recipients: list[str],
    review: records.Reviewed | None,
) -> list[Step]:
    """Return what the user may do next, what waits longest first."""

    def to(name: str) -> str:
        return reverse(f"decisions:{name}", args=[decision.public_id])

    steps: list[Step] = []
    later: list[Step] = []
    steps += _reviews(user, decision)
    if not user_can_work_on(user, decision.case):
        return steps
    steps += _unanswered(user, decision, review)
    if vars(decision)["consent_changed"]:
        steps.append(Step("Say what you did about the consent", to("consent-changed")))
    if decision.write_up_due is not None and draft is None:
        hint = f"By {due_on(decision.write_up_due)}."
        steps.append(Step("Write up the rest", to("write-up"), hint))
    if draft is not None:
        own = _is_author(user, decision) or draft.started_by_id == user.pk
        (steps if own else later).append(_begun(draft, own=own))
    elif decision.review_state == ReviewState.RETURNED and _is_author(user, decision):
        steps.append(Step("Make the changes asked for", to("amend")))
    if decision.outcome in SHARING:
        stopped = what_followed["consent_stopped"]
        missed = what_followed["not_sent_to"]
        hint = f"Nothing sent yet to {', '.join(missed)}." if what_followed["sent"] else ""
        sent = Step("Record what was sent", to("disclosure-new"), hint)
        if (missed or not what_followed["sent"]) and not stopped:
            steps.append(sent)
            for number, name in enumerate(recipients, start=1):
                if name not in missed:
                    continue
                url = reverse("decisions:outgoing", args=[decision.public_id, number])
                steps.append(Step("See and print what goes out", url, f"To {name}"))
        for number, one in enumerate(what_followed["sent"], start=1):
            if one.breach_open:
                url = reverse("decisions:breach", args=[one.breach])
                steps.insert(0, Step("Go on with the breach", url, f"Sending {number}"))
            elif one.awaited:
                url = reverse("decisions:receipt-new", args=[one.public_id])
                late = "Overdue. " if one.overdue else ""
                hint = f"{late}Sending {number}"
                steps.append(Step("Record whether it arrived", url, hint))
        telling = _telling(what_followed["to_tell"], to("telling-new"))
        if what_followed["to_tell"] or not what_followed["told"]:
            steps.append(telling)
        else:
            later.append(replace(telling, text="Record more about telling"))
        if what_followed["sent"] and not missed and not stopped:
            later.append(replace(sent, text="Record what else was sent", hint=""))
    if any(asked.latest is None for asked in what_followed["afterwards"]):
        steps.append(Step("Answer the questions for afterwards", to("afterwards")))
    steps += later
    steps += _may_still_review(user, decision)
    if decision.closed_at is None:
        steps.append(Step("Record a reply, or press for one", to("progress-new")))
    steps += _new_version(user, decision, draft)
    steps.append(
        Step(
            "Close this decision" if decision.closed_at is None else "Open this decision again",
            to("close"),
        )
    )
    return steps


def _earlier(drafts: list[Draft]) -> list[dict[str, Any]]:
    """Return the versions no longer in force, the newest first, each with what replaced it."""
    versions = [one.version for one in drafts if one.closed_at is not None]
    return [
        {"version": version, "replaced": after, "returned": _returned(version)}
        for after, version in pairwise(versions)
    ]


def _returned(version: SignedVersion) -> bool:
    review: Review | None = getattr(version, "review", None)
    return review is not None and review.returned_by is not None


def _nobody(decision: Decision) -> str:
    """Return the sentence for a version that nobody at the school can review; else nothing."""
    found = queries.reviewers_of(decision)
    if decision.review_state not in AWAITED or found.here:
        return ""
    if found.by_trust:
        return "Nobody here can review this. The trust’s reviewers see it in their list."
    return (
        "Nobody here can review this. Everybody who could had a hand in it, is kept from the "
        "case or has left. Ask your administrator to give somebody the role."
    )


def _not_yours(user: Any, decision: Decision) -> str:
    """Return why somebody who reviews elsewhere does not review this; else nothing (R57)."""
    found = queries.reviewers_of(decision)
    if decision.review_state not in AWAITED or not (found.own_hand and found.here):
        return ""
    if not reviewing_roles(user, decision.organisation_id):
        return ""
    return (
        "You signed, worked on or advised on this decision, so somebody else reviews it: another "
        "safeguarding lead, the head or the data protection lead. They see it in their list."
    )


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a decision: the version in force, what followed it, earlier versions, next steps."""
    user: Any = request.user
    found = queries.access_record(user, public_id)
    drafts = queries.drafts_of(found)
    draft = next((one for one in drafts if one.closed_at is None), None)
    context: dict[str, Any] = {
        "decision": found,
        "page_title": f"Decision {found.spoken_reference}",
        "breadcrumbs": breadcrumbs(),
        "draft": draft,
        "can_work": user_can_work_on(user, found.case),
    }
    if found.version is not None:
        signed = records.signed(found.version)
        review = getattr(found.version, "review", None)
        versions = [one.version for one in drafts if one.closed_at is not None]
        said = records.reviewed(review) if review else None
        looked = getattr(found, "look_back", None)
        look_back = records.looked_back(looked) if looked else None
        days = times.calendar(found, versions)
        if days is not None:
            context["times"] = times.times(versions, days)
            context["write_up"] = times.write_up(found, timezone.now(), days)
        what_followed = followed.followed(found, signed, today()) | since_signed_of(found)
        context |= {
            "signed": signed,
            "reasons": signed.said("outcome", "Reasons"),
            "review": said,
            "review_tag": records.review_tag(found),
            "look_back": look_back,
            "nobody": _nobody(found),
            "not_yours": _not_yours(user, found),
            "steps": _steps(user, found, draft, what_followed, signed.recipients, said),
            "can_export": user_can_export(user, found),
            "earlier": _earlier(drafts),
            "sent_before": followed.sent_before(signed, what_followed["sent"]),
            **what_followed,
        }
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=found,
    )
    return render(request, "decisions/decision.html", context)


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show one version as it was, whatever has been signed since (R50, R51)."""
    user: Any = request.user
    found = queries.access_decision(user, public_id)
    one = queries.access_version(user, found, number)
    review = getattr(one, "review", None)
    after = queries.version_after(one)
    before = queries.version_before(one)
    signed = records.signed(one)
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=one,
    )
    return render(
        request,
        "decisions/decision_version.html",
        {
            "decision": found,
            "page_title": f"Version {number} of decision {found.spoken_reference}",
            "breadcrumbs": breadcrumbs(found),
            "signed": signed,
            "review": records.reviewed(review) if review else None,
            "in_force": one.pk == found.version_id,
            "replaced": _beside(after, signed, later=True) if after else None,
            "followed": _beside(before, signed, later=False) if before else None,
        },
    )


def _beside(other: SignedVersion, shown: records.Signed, *, later: bool) -> dict[str, Any]:
    """Return another version beside the one shown, with what the later of the two changed."""
    signed = records.signed(other)
    review = getattr(other, "review", None)
    pair = (shown, signed) if later else (signed, shown)
    return {
        "signed": signed,
        "review": records.reviewed(review) if review else None,
        "changes": records.changes(*pair),
    }
