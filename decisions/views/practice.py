"""Practice mode: the same pages without a case or a name; everything travels in the page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions.journey import Situation
from decisions.signed_body import prepare
from decisions.views import practice_desk, wizard, wizard_lists, wizard_page
from decisions.views.draft_desk import user_of
from infosharing.access import before
from infosharing.access.declared import Access, Shows, requires
from infosharing.journeys.pages import whole
from infosharing.journeys.steps import Step
from infosharing.journeys.storage import PageStorage, TooLong, Unreadable

START = "start"
TOO_LONG = (
    "This practice holds more text than one page can carry. Shorten what you typed; it has not "
    "been kept yet."
)


def _salt(request: HttpRequest) -> str:
    return f"decisions.practice.{user_of(request).public_id}"


@requires(Access.SIGNED_IN, shows=Shows.NOTHING)
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Show the start; after that keep the posted page in the page, and show the one asked for."""
    before.kept_otherwise(request)
    if request.method != "POST":
        return _start(request)
    if request.POST.get("go") == START:
        storage = PageStorage(_salt(request))
        return _tasks(request, practice_desk.desk_of(user_of(request), storage))
    try:
        storage = PageStorage.read(request.POST.get("state", ""), _salt(request))
    except Unreadable:
        return _start(request, ended=True)
    desk = practice_desk.desk_of(user_of(request), storage)
    go = request.POST.get("go", "")
    if "page" in request.POST:
        return _kept(request, desk, go)
    return _show(request, desk, go)


def _start(request: HttpRequest, *, ended: bool = False) -> HttpResponse:
    context = {"page_title": "Practice", "ended": ended}
    return render(request, "decisions/practice_start.html", context, status=400 if ended else 200)


def _step(desk: wizard.Desk, key: str, index: int) -> Step[Situation]:
    """Return a step that has a page at this index.

    :raises Http404: for a page, or an index of it, that there is not.
    """
    try:
        step = desk.journey.step(key)
    except KeyError as unknown:
        raise Http404 from unknown
    known = (key, index) in desk.storage.pages()
    if step.repeats != bool(index) or (index and not known and not _may_add(desk, step, index)):
        raise Http404
    return step


def _may_add(desk: wizard.Desk, step: Step[Situation], index: int) -> bool:
    count = sum(1 for key, _index in desk.storage.pages() if key == step.key)
    return index == desk.storage.next_index(step.key) and count < step.most


def _kept(request: HttpRequest, desk: wizard.Desk, go: str) -> HttpResponse:
    step = _step(desk, request.POST["page"], whole(request.POST, "index"))
    index = whole(request.POST, "index")
    if go and not wizard.changed_by(desk, step, index, request.POST):
        return _show(request, desk, go)
    try:
        turn = wizard.take(desk, step, index, request.POST)
    except TooLong:
        form = (
            desk.form(step, index)
            if step.form is None
            else step.form(desk.situation, index, request.POST)
        )
        return _page(request, desk, step, index, form, status=422, saved_note=TOO_LONG)
    if request.POST.get("then") == "leave":
        return _tasks(request, turn.desk)
    if go:
        return _show(request, turn.desk, go)
    if not turn.valid:
        return _page(request, turn.desk, step, index, turn.form, status=422)
    then = request.POST.get("then", "")
    onward = (
        wizard.after_entry(turn.desk, step, then)
        if step.repeats
        else wizard.going_on(turn.desk, step)
    )
    return _show(request, turn.desk, onward)


def _show(request: HttpRequest, desk: wizard.Desk, go: str) -> HttpResponse:
    if go in ("", desk.links.tasks):
        return _tasks(request, desk)
    if go == desk.links.check:
        return _check(request, desk)
    action, _, place = go.partition("#")[0].partition(":")
    key, _, number = place.partition(":")
    index = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    if action == "remove":
        if desk.storage.page(key, index) is None or not _step(desk, key, index).repeats:
            raise Http404
        desk.storage.remove(key, index, 0)
        desk = desk.with_pages(desk.storage.pages())
        return _entries(request, desk, desk.journey.step(key))
    try:
        step = desk.journey.step(key)
    except KeyError as unknown:
        raise Http404 from unknown
    if step.repeats and not index:
        if any(name == key for name, _index in desk.storage.pages()):
            return _entries(request, desk, step)
        index = desk.storage.next_index(key)
    _step(desk, key, index)
    return _page(request, desk, step, index, desk.form(step, index))


def _around(desk: wizard.Desk) -> dict[str, Any]:
    storage = desk.storage
    if not isinstance(storage, PageStorage):
        raise TypeError(storage)
    return {
        "caption": "Practice: nothing is kept",
        "keeps": "go",
        "state": storage.token(),
        "action": reverse("decisions:practice"),
        "panel": desk.panel,
    }


def _page(
    request: HttpRequest,
    desk: wizard.Desk,
    step: Step[Situation],
    index: int,
    form: Any,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    around = _around(desk)
    context = {
        **wizard_page.page_context(desk, step, index, form),
        **around,
        "saved_note": "",
        "page_title": f"Practice: {step.title}",
        "carry": {"state": around["state"], "page": step.key, "index": index},
        "save_text": "Continue",
        "leave_text": "All pages",
        "back_url": wizard.going_back(desk, step),
        **more,
    }
    return render(request, "decisions/practice_page.html", context, status=status)


def _tasks(request: HttpRequest, desk: wizard.Desk) -> HttpResponse:
    context = {
        **wizard_lists.tasks_context(desk),
        **_around(desk),
        "page_title": "Practice: all pages",
    }
    return render(request, "decisions/practice_tasks.html", context)


def _entries(request: HttpRequest, desk: wizard.Desk, step: Step[Situation]) -> HttpResponse:
    context = {
        **wizard_lists.entries_context(desk, step),
        **_around(desk),
        "page_title": f"Practice: {step.title}",
    }
    return render(request, "decisions/practice_entries.html", context)


def _check(request: HttpRequest, desk: wizard.Desk) -> HttpResponse:
    cards = wizard_lists.cards(desk, prepare(desk.situation.material))
    for card in cards:
        card["change_url"] = ""
        card["rows"] = [row for row in card["rows"] if row["key"] != "Reference"]
    context = {
        **_around(desk),
        "cards": cards,
        "remarks": wizard_page.remarks_on(desk),
        "page_title": "Practice: check what you have written",
    }
    return render(request, "decisions/practice_check.html", context)
