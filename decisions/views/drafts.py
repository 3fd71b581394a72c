"""The wizard over a draft: task list, pages and entries (R9 to R49)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from decisions import policies
from decisions.domain import drafting
from decisions.enums import VersionKind
from decisions.journey import FIRST_PAGE, Situation
from decisions.models import Draft
from decisions.presenters.requests import due_on
from decisions.queries import access_request
from decisions.views import draft_desk, wizard, wizard_lists, wizard_page
from decisions.views.wizard_recipient import FILL
from infosharing.access import before
from infosharing.access.declared import Access, Shows, requires
from infosharing.journeys.pages import as_posted, place, whole
from infosharing.journeys.steps import Step
from infosharing.journeys.storage import Changed, Saved

KEPT = "What you typed is kept."
# To the case, from the page that asks whom the information is about.
WAYS = (
    ("casefile:person-new", "Add a person to the case"),
    ("casefile:judgement-new", "Record whether somebody can decide this"),
)


@requires(Access.STAFF, shows=Shows.NOTHING)
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start deciding a request, or go on where somebody has started."""
    user = draft_desk.user_of(request)
    found = access_request(user, public_id)
    try:
        draft = drafting.start_decision(request=found, by=user, at=timezone.now())
    except drafting.AlreadyStarted as started:
        draft = started.draft
        if draft.closed_at is not None:
            return draft_desk.to_decision(draft)
        return redirect("decisions:draft", draft.public_id)
    return redirect("decisions:draft-page", draft.public_id, FIRST_PAGE)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD"])
def tasks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the task list of a draft."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    desk = draft_desk.desk_of(request, draft)
    writing_up = desk.situation.material.writing_up
    context = {
        **draft_desk.around(draft),
        **wizard_lists.tasks_context(desk),
        "heading": "Writing up the rest"
        if draft.kind == VersionKind.WRITE_UP
        else "Deciding whether to share",
        "page_title": f"Deciding {draft.decision.spoken_reference}",
        "asked": desk.situation.material.request,
        "writing_up": writing_up,
        "until": due_on(writing_up.due) if writing_up and writing_up.due else "",
        "back_url": reverse("decisions:request", args=[draft.decision.request.public_id]),
        "back_text": "The request",
    }
    draft_desk.seen(request, draft)
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
def page(request: HttpRequest, public_id: str, page: str) -> HttpResponse:
    """Show or keep one page; for a page that repeats, show its entries."""
    before.kept_otherwise(request)
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    desk = draft_desk.desk_of(request, draft)
    step = _step(desk, page, repeats=False)
    if not step.repeats:
        return _keep_or_show(request, draft, desk, step, 0)
    if request.method == "POST":
        raise Http404
    context = wizard_lists.entries_context(desk, step)
    if not context["rows"]:
        return redirect(context["add"] + draft_desk.tail(request))
    draft_desk.seen(request, draft)
    return render(
        request,
        "decisions/draft_entries.html",
        {
            **draft_desk.around(draft),
            **context,
            "page_title": f"{step.title} – {draft.decision.spoken_reference}",
            "back_url": wizard.going_back(desk, step),
            "check_url": desk.links.check if request.GET.get("from") == draft_desk.CHECK else "",
        },
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, public_id: str, page: str, index: int) -> HttpResponse:
    """Show or keep one entry, such as an item; the next free index is a new one."""
    before.kept_otherwise(request)
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    desk = draft_desk.desk_of(request, draft, page)
    step = _step(desk, page, repeats=True)
    kept = desk.storage.page(page, index)
    gone = kept is not None and kept.removed and request.method != "POST"
    if gone or (kept is None and index != desk.storage.next_index(page)):
        raise Http404
    return _keep_or_show(request, draft, desk, step, index)


def _keep_or_show(
    request: HttpRequest, draft: Draft, desk: wizard.Desk, step: Step[Situation], index: int
) -> HttpResponse:
    if request.method != "POST":
        kept = desk.storage.page(step.key, index)
        version = kept.version if kept else 0
        form = desk.form(step, index)
        # Just filled in, or taken over from the version before and not opened since: what is
        # left to answer is not wrong yet.
        if FILL in request.GET or (kept and kept.at == draft.started_at):
            form.errors.clear()
        return _show(request, draft, desk, step, index, form, version)
    onward = place(request.POST)
    if onward and not wizard.changed_by(desk, step, index, request.POST):
        return redirect(onward)
    try:
        turn = wizard.take(desk, step, index, request.POST)
    except policies.AlreadySigned:
        return draft_desk.to_decision(draft)
    except Changed as changed:
        return _conflict(request, draft, desk, step, index, changed.current)
    if onward:
        messages.success(request, KEPT)
        return redirect(onward)
    if request.POST.get("then") == "leave":
        messages.success(request, "Saved. You can go on at any time.")
        return redirect(turn.desk.links.tasks)
    if turn.filled:
        messages.success(request, "Filled in. Check it, and answer the rest.")
        from_check = request.POST.get("from") == draft_desk.CHECK
        tail = f"&from={draft_desk.CHECK}" if from_check else ""
        return redirect(f"{turn.desk.links.page(step.key, index)}?{FILL}=1{tail}")
    if not turn.valid:
        return _show(request, draft, turn.desk, step, index, turn.form, turn.version, status=422)
    if turn.warned:
        messages.info(request, "Saved. Check the address below, then save it again to go on.")
        from_check = request.POST.get("from") == draft_desk.CHECK
        tail = f"?from={draft_desk.CHECK}" if from_check else ""
        return redirect(f"{turn.desk.links.page(step.key, index)}{tail}")
    then = request.POST.get("then", "")
    if request.POST.get("from") == draft_desk.CHECK and then != wizard.ANOTHER:
        return redirect(turn.desk.links.check)
    if step.repeats:
        return redirect(wizard.after_entry(turn.desk, step, then))
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
    saved_now = request.method == "POST"
    from_check = draft_desk.CHECK in (request.POST.get("from"), request.GET.get("from"))
    back = desk.links.check if from_check else wizard.going_back(desk, step)
    case = draft.decision.case
    context = {
        **draft_desk.around(draft),
        **wizard_page.page_context(desk, step, index, form),
        "saved_note": wizard_page.saved_note(form, now=saved_now) if form.is_bound else "",
        "page_title": f"{step.title} – {draft.decision.spoken_reference}",
        "carry": {"version": version, "from": draft_desk.CHECK if from_check else ""},
        "back_url": back,
        "links": [{"text": "All pages", "url": desk.links.tasks}],
        "case": case,
        "here": request.path,
        "ways": [
            {"text": text, "url": f"{reverse(name, args=[case.public_id])}?next={request.path}"}
            for name, text in WAYS
        ],
        "keeps": "next",
        **more,
    }
    draft_desk.seen(request, draft)
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
    fresh = draft_desk.desk_of(request, draft, step.key)
    was_new = step.repeats and whole(request.POST, "version") == 0
    form = step.form(fresh.situation, index, request.POST)
    form.errors.clear()  # what matters now is which text stands; it is checked when it is saved
    theirs = step.form(fresh.situation, index, as_posted(current.typed))
    links = draft_desk.DraftLinks(draft)
    here = links.page(step.key, index)
    instead = "Save this tab’s instead" if current.own else "Save mine instead"
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
        theirs=[] if current.removed else wizard_page.shown(theirs),
        action=further,
        was_new=was_new,
        save_text="Save mine as another entry" if was_new else instead,
        leave=False,
        # Nothing of this is kept yet, so nothing leads away but the two answers.
        keeps="",
        back_url="",
        ways=[],
        only_words=True,
        links=[
            {
                "text": "Keep what is in the other tab" if current.own else "Keep theirs",
                "url": links.page(step.key) if current.removed or was_new else here,
            }
        ],
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str, page: str, index: int) -> HttpResponse:
    """Ask before an entry is taken off a draft, then take it off."""
    draft = draft_desk.open_draft(request, public_id)
    if draft.closed_at is not None:
        return draft_desk.to_decision(draft)
    desk = draft_desk.desk_of(request, draft)
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
            return draft_desk.to_decision(draft)
        except Changed as found:
            changed, kept = True, found.current
        else:
            messages.success(request, f"{step.one} taken off the list.")
            return redirect(desk.links.page(page))
    if step.form is None:
        raise Http404
    title = wizard.title_of(desk, step, index)
    context = {
        **draft_desk.around(draft),
        "heading": f"Take {title} off the list?",
        "page_title": f"Take off – {draft.decision.spoken_reference}",
        "rows": wizard_page.shown(step.form(desk.situation, index, as_posted(kept.typed))),
        "version": kept.version,
        "changed": changed,
        "back_url": desk.links.page(page),
        "panel": desk.panel,
    }
    draft_desk.seen(request, draft)
    return render(request, "decisions/draft_remove.html", context, status=409 if changed else 200)
