"""The wizard over a draft: task list, pages, entries, check your answers, signing (R9 to R49)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from decisions import policies
from decisions.domain import drafting, signing
from decisions.events import DecisionEvent
from decisions.facts import Material, material_of
from decisions.journey import Situation, journey_for, situation_of
from decisions.models import Draft, DraftPage
from decisions.packs import pack_of_draft
from decisions.permissions import check_user_can_edit, deciding_roles
from decisions.presenters.guidance import mends
from decisions.queries import access_draft, access_request
from decisions.signed_body import prepare
from decisions.views import wizard
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts import roles as role_words
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.journeys.pages import as_posted, whole
from infosharing.journeys.steps import Step, Typed
from infosharing.journeys.storage import Changed, Kept, Saved

CHECK = "check"


@dataclass(frozen=True)
class DraftLinks:
    """Addresses of the pages of one draft; ``from_check`` brings the reader back there."""

    draft: Draft
    from_check: bool = False

    def page(self, key: str, index: int = 0) -> str:
        """Return the address of a page or of an entry."""
        draft_id = self.draft.public_id
        match key:
            case "request":
                return reverse(
                    "decisions:request-identity", args=[self.draft.decision.request.public_id]
                )
            case "advice":
                found = reverse("decisions:draft-advice", args=[draft_id])
            case _ if index:
                found = reverse("decisions:draft-entry", args=[draft_id, key, index])
            case _:
                found = reverse("decisions:draft-page", args=[draft_id, key])
        return f"{found}?from={CHECK}" if self.from_check else found

    def remove(self, key: str, index: int) -> str:
        """Return the address where an entry is taken off."""
        return reverse("decisions:draft-entry-remove", args=[self.draft.public_id, key, index])

    @property
    def tasks(self) -> str:
        """The address of the task list."""
        return reverse("decisions:draft", args=[self.draft.public_id])

    @property
    def check(self) -> str:
        """The address of check-your-answers."""
        return reverse("decisions:draft-check", args=[self.draft.public_id])


class RowStorage:
    """The pages of a draft in rows, saved through the domain."""

    def __init__(self, draft: Draft, by: User) -> None:
        self._draft = draft
        self._by = by
        self._rows = {(row.page, row.index): row for row in draft.pages.order_by("page", "index")}

    def pages(self) -> Kept:
        """Return what stands on the pages that are not taken off."""
        return {place: row.typed for place, row in self._rows.items() if not row.removed}

    def page(self, key: str, index: int) -> Saved | None:
        """Return one page; None where nothing was ever saved."""
        row = self._rows.get((key, index))
        return None if row is None else _saved(row, by="")

    def save(self, key: str, index: int, typed: Typed, version: int) -> int:
        """Keep a page and return its version.

        :raises Changed: when somebody saved something else in between.
        :raises decisions.policies.AlreadySigned: when the draft has become a version.
        """
        try:
            row = drafting.save_page(
                draft=self._draft,
                page=key,
                index=index,
                typed=typed,
                version=version,
                by=self._by,
                at=timezone.now(),
            )
        except drafting.PageChanged as changed:
            raise _changed(changed) from changed
        self._rows[(key, index)] = row
        return row.version

    def remove(self, key: str, index: int, version: int) -> None:
        """Take an entry off.

        :raises Changed: when somebody saved it in between.
        :raises decisions.policies.AlreadySigned: when the draft has become a version.
        """
        try:
            drafting.remove_entry(
                draft=self._draft,
                page=key,
                index=index,
                version=version,
                by=self._by,
                at=timezone.now(),
            )
        except drafting.PageChanged as changed:
            raise _changed(changed) from changed

    def next_index(self, key: str) -> int:
        """Return the index for a further entry, from 1; none is used twice."""
        return max((index for name, index in self._rows if name == key), default=0) + 1


def _saved(row: DraftPage, by: str) -> Saved:
    return Saved(row.typed, row.version, removed=row.removed, by=by, at=row.saved_at)


def _changed(changed: drafting.PageChanged) -> Changed:
    row = changed.current
    return Changed(_saved(row, row.saved_by.name) if row.pk else Saved())


def open_draft(request: HttpRequest, draft_id: str) -> Draft:
    """Return a draft the user may see and edit; signed ones too.

    :raises Http404: alike for absent and invisible.
    :raises PermissionDenied: for those who may only read.
    """
    user = user_of(request)
    draft = access_draft(user, draft_id)
    check_user_can_edit(user, draft)
    return draft


def user_of(request: HttpRequest) -> User:
    """Return who asks; declared access lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def desk_of(request: HttpRequest, draft: Draft) -> wizard.Desk:
    """Return a draft on the desk of whoever asks; six queries."""
    user = user_of(request)
    pack = pack_of_draft(draft)
    roles = tuple(deciding_roles(user, draft.decision.organisation_id))
    storage = RowStorage(draft, user)
    material = material_of(draft, pack, today(), storage.pages())

    def make(found: Material) -> Situation:
        return situation_of(found, roles)

    return wizard.Desk(
        journey=journey_for(pack),
        situation=make(material),
        storage=storage,
        links=DraftLinks(draft),
        weigh=wizard.evaluate_again(material, make),
    )


def to_decision(draft: Draft) -> HttpResponse:
    """Return the way to the record of a draft that was signed."""
    return redirect("decisions:decision", draft.decision.public_id)


def seen(request: HttpRequest, draft: Draft) -> None:
    """Record that somebody is about to see a draft."""
    decision = draft.decision
    sights.record(
        request,
        DecisionEvent.DRAFT_SEEN,
        organisation=decision.organisation,
        case=decision.case,
        about=draft,
    )


def around(draft: Draft) -> dict[str, Any]:
    """Return what every page of a draft shows of where it belongs; never a name."""
    return {
        "draft": draft,
        "caption": f"Decision {draft.decision.spoken_reference}",
        "tasks_url": DraftLinks(draft).tasks,
    }


@requires(Access.STAFF, shows=Shows.NOTHING)
@require_POST
def decide(request: HttpRequest, request_id: str) -> HttpResponse:
    """Start deciding a request, or go on where somebody has started."""
    user = user_of(request)
    found = access_request(user, request_id)
    try:
        draft = drafting.start_decision(request=found, by=user, at=timezone.now())
    except drafting.AlreadyStarted as started:
        draft = started.draft
        if draft.closed_at is not None:
            return to_decision(draft)
    return redirect("decisions:draft", draft.public_id)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def tasks(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Show the task list of a draft."""
    draft = open_draft(request, draft_id)
    if draft.closed_at is not None:
        return to_decision(draft)
    desk = desk_of(request, draft)
    context = {
        **around(draft),
        **wizard.tasks_context(desk),
        "heading": "Deciding whether to share",
        "page_title": f"Deciding {draft.decision.spoken_reference}",
        "case": draft.decision.case,
        "asked": desk.situation.material.request,
    }
    seen(request, draft)
    return render(request, "decisions/draft_tasks.html", context)


def _step(desk: wizard.Desk, page: str, *, repeats: bool) -> Step[Situation]:
    try:
        step = desk.journey.step(page)
    except KeyError as unknown:
        raise Http404 from unknown
    if step.form is None or (repeats and not step.repeats):
        raise Http404
    return step


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, draft_id: str, page: str) -> HttpResponse:
    """Show or keep one page; for a page that repeats, show its entries."""
    draft = open_draft(request, draft_id)
    if draft.closed_at is not None:
        return to_decision(draft)
    desk = desk_of(request, draft)
    step = _step(desk, page, repeats=False)
    if not step.repeats:
        return _keep_or_show(request, draft, desk, step, 0)
    if request.method == "POST":
        raise Http404
    context = wizard.entries_context(desk, step)
    if not context["rows"]:
        return redirect(context["add"] + tail(request))
    seen(request, draft)
    return render(
        request,
        "decisions/draft_entries.html",
        {
            **around(draft),
            **context,
            "page_title": f"{step.title} – {draft.decision.spoken_reference}",
            "back_url": wizard.going_back(desk, step),
            "check_url": desk.links.check if request.GET.get("from") == CHECK else "",
        },
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, draft_id: str, page: str, index: int) -> HttpResponse:
    """Show or keep one entry, such as an item; the next free index is a new one."""
    draft = open_draft(request, draft_id)
    if draft.closed_at is not None:
        return to_decision(draft)
    desk = desk_of(request, draft)
    step = _step(desk, page, repeats=True)
    kept = desk.storage.page(page, index)
    gone = kept is not None and kept.removed and request.method != "POST"
    if gone or (kept is None and index != desk.storage.next_index(page)):
        raise Http404
    return _keep_or_show(request, draft, desk, step, index)


def tail(request: HttpRequest) -> str:
    """Return the query that brings a reader who came from check-your-answers back there."""
    return f"?from={CHECK}" if request.GET.get("from") == CHECK else ""


def _keep_or_show(
    request: HttpRequest, draft: Draft, desk: wizard.Desk, step: Step[Situation], index: int
) -> HttpResponse:
    if request.method != "POST":
        kept = desk.storage.page(step.key, index)
        version = kept.version if kept else 0
        return _show(request, draft, desk, step, index, desk.form(step, index), version)
    try:
        turn = wizard.take(desk, step, index, request.POST)
    except policies.AlreadySigned:
        return to_decision(draft)
    except Changed as changed:
        return _conflict(request, draft, desk, step, index, changed.current)
    if request.POST.get("then") == "leave":
        messages.success(request, "Saved. You can go on at any time.")
        return redirect(turn.desk.links.tasks)
    if not turn.valid:
        return _show(
            request, draft, turn.desk, step, index, turn.form, turn.version, status=422
        )
    if request.POST.get("from") == CHECK:
        return redirect(turn.desk.links.check)
    if step.repeats:
        return redirect(turn.desk.links.page(step.key))
    return redirect(wizard.going_on(turn.desk, step))


def _show(
    request: HttpRequest,
    draft: Draft,
    desk: wizard.Desk,
    step: Step[Situation],
    index: int,
    form: Any,
    version: int,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    came_from = request.POST.get("from") or request.GET.get("from") or ""
    back = desk.links.check if came_from == CHECK else wizard.going_back(desk, step)
    context = {
        **around(draft),
        **wizard.page_context(desk, step, index, form),
        "page_title": f"{step.title} – {draft.decision.spoken_reference}",
        "carry": {"version": version, "from": CHECK if came_from == CHECK else ""},
        "back_url": back,
        "links": [{"text": "All pages", "url": desk.links.tasks}],
        "case": draft.decision.case,
        "here": request.path,
        **more,
    }
    seen(request, draft)
    return render(request, "decisions/draft_page.html", context, status=status)


def _conflict(
    request: HttpRequest,
    draft: Draft,
    desk: wizard.Desk,
    step: Step[Situation],
    index: int,
    current: Saved,
) -> HttpResponse:
    """Show what stands there now beside what was typed, with the choices; nothing is lost.

    An entry that somebody else began at the same time is offered as a further one.
    """
    if step.form is None:
        raise Http404
    fresh = desk_of(request, draft)
    was_new = step.repeats and whole(request.POST, "version") == 0
    form = step.form(fresh.situation, index, request.POST)
    theirs = step.form(fresh.situation, index, as_posted(current.typed))
    links = DraftLinks(draft)
    here = links.page(step.key, index)
    further = links.page(step.key, fresh.storage.next_index(step.key)) if was_new else ""
    return _show(
        request,
        draft,
        fresh,
        step,
        index,
        form,
        0 if was_new else current.version,
        status=409,
        saved_note="",
        conflict=current,
        theirs=[] if current.removed else wizard.shown(theirs),
        action=further,
        was_new=was_new,
        save_text="Save mine as another entry" if was_new else "Save mine instead",
        leave=False,
        links=[
            {
                "text": "Keep theirs",
                "url": links.page(step.key) if current.removed or was_new else here,
            }
        ],
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, draft_id: str, page: str, index: int) -> HttpResponse:
    """Ask before an entry is taken off a draft, then take it off."""
    draft = open_draft(request, draft_id)
    if draft.closed_at is not None:
        return to_decision(draft)
    desk = desk_of(request, draft)
    step = _step(desk, page, repeats=True)
    kept = desk.storage.page(page, index)
    if kept is None:
        raise Http404
    if kept.removed:
        return redirect(desk.links.page(page))
    changed = False
    if request.method == "POST":
        try:
            desk.storage.remove(page, index, whole(request.POST, "version"))
        except policies.AlreadySigned:
            return to_decision(draft)
        except Changed as found:
            changed, kept = True, found.current
        else:
            messages.success(request, f"{step.one} taken off the list.")
            return redirect(desk.links.page(page))
    if step.form is None:
        raise Http404
    title = wizard.title_of(desk, step, index)
    context = {
        **around(draft),
        "heading": f"Take {title} off the list?",
        "page_title": f"Take off – {draft.decision.spoken_reference}",
        "rows": wizard.shown(step.form(desk.situation, index, as_posted(kept.typed))),
        "version": kept.version,
        "changed": changed,
        "back_url": desk.links.page(page),
        "panel": desk.panel,
    }
    seen(request, draft)
    return render(request, "decisions/draft_remove.html", context, status=409 if changed else 200)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def check(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Show everything as it would be signed, with what is missing."""
    draft = open_draft(request, draft_id)
    if draft.closed_at is not None:
        return to_decision(draft)
    return _check(request, draft)


def _check(
    request: HttpRequest, draft: Draft, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    desk = desk_of(request, draft)
    situation = desk.situation
    prepared = prepare(situation.material)
    links = DraftLinks(draft, from_check=True)
    missing = mends(situation.missing, links.page)
    role = situation.material.role
    worked_on_it = draft.editors.filter(user=user_of(request)).exists()
    why_not = ""
    if not worked_on_it:
        why_not = "Only somebody who worked on this draft can sign it."
    elif missing:
        why_not = "It can be signed once nothing is left on the list above."
    context = {
        **around(draft),
        "heading": "Check what you have written",
        "page_title": f"Check – {draft.decision.spoken_reference}",
        "cards": wizard.cards(
            wizard.Desk(desk.journey, situation, desk.storage, links, desk.weigh), prepared
        ),
        "missing": missing,
        "later": mends(situation.later, links.page),
        "why_not": why_not,
        "action": reverse("decisions:draft-sign", args=[draft.public_id]),
        "carry": {"seen": prepared.seen},
        "save_text": "Sign",
        "declaration": {
            "title": "What signing means",
            "text": f"You sign as {role_words.words(role)}. "
            "What you see on this page is kept exactly like this and cannot be changed; a "
            "change later is a new version beside it. Nothing is sent by signing: send it "
            "yourself, then record what went out and whether it arrived.",
        }
        if role
        else None,
        "panel": desk.panel,
        "sentence": sentence,
        "back_url": desk.links.tasks,
        "back_text": "All pages",
        "links": [{"text": "Leave it for now", "url": desk.links.tasks}],
    }
    seen(request, draft)
    return render(request, "decisions/draft_check.html", context, status=status)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_POST
def sign(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Sign what was shown, once, whatever is double-clicked or replayed."""
    draft = open_draft(request, draft_id)
    try:
        signing.sign(
            draft=draft,
            seen=request.POST.get("seen", ""),
            by=user_of(request),
            at=timezone.now(),
        )
    except policies.AlreadySigned:
        return to_decision(draft)
    except policies.ChangedSinceShown:
        return _check(
            request,
            draft,
            status=409,
            sentence="Something has changed since this page was shown to you: somebody may have "
            "typed, or a new day or a new answer counts. Read it again, then sign.",
        )
    except policies.StillIncomplete:
        return _check(
            request, draft, status=422, sentence="It cannot be signed yet: see what is missing."
        )
    messages.success(request, "Signed. Now send it, and record what you sent.")
    return to_decision(draft)
