"""Whole pages, rendered without a request: what the browser tests look at."""

from typing import Any

from django import forms
from django.template import engines
from django.template.loader import render_to_string

from infosharing.journeys.forms import PlainWords
from tests.look import samples
from tests.look.support import HERE


class SignInForm(PlainWords, forms.Form):
    login = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def page(template: str, **context: Any) -> str:
    return render_to_string(template, {**samples.AROUND, **context})


def gallery() -> str:
    template = engines["django"].from_string((HERE / "gallery.html").read_text())
    return template.render(
        {
            **samples.AROUND,
            "page_title": "Gallery",
            "stats": [
                {"number": 3, "label": "Waiting", "url": "#w", "tone": "wait"},
                {"number": 1, "label": "Late", "tone": "stop", "hint": "since Monday"},
                {"number": 0, "label": "Overdue", "tone": "go"},
                {"number": 12, "label": "Signed"},
            ],
            "table": samples.TABLE,
            "rows": samples.ROWS,
            "entries": samples.ENTRIES,
            "tasks": samples.TASKS,
            "suggestion": {**samples.SUGGESTION, "tone": "stop"},
            "messages": [
                samples.Message("success", "The decision is signed."),
                samples.Message("error", "The letter was not stored."),
                samples.Message("info", "A colleague wrote here too."),
            ],
            "breadcrumbs": [{"label": "Cases", "url": "#cases"}],
            "long": "w" * 400,
        }
    )


def task_list() -> str:
    return page(
        "journeys/task_list.html",
        heading="Request from the police",
        intro=["Answer in any order."],
        progress="1 of 3 parts is done",
        sections=[{"title": "What is asked", "text": "First.", "tasks": samples.TASKS}] * 2,
        next={"text": "Check and sign", "why_not": "Two parts are still to do."},
        suggestion=samples.SUGGESTION,
        back_url="#back",
    )


def check_answers(**more: Any) -> str:
    return page(
        "journeys/check_answers.html",
        caption="Case 7F3K-92QD-X1",
        cards=[{"title": "The request", "rows": samples.ROWS, "change_url": "#all"}],
        declaration={"title": "Now sign", "text": "It cannot be changed afterwards."},
        suggestion={**samples.SUGGESTION, "tone": "wait"},
        carry={"shown": "hash"},
        **more,
    )


def question(form: forms.Form, **more: Any) -> str:
    return page(
        "journeys/page.html",
        form=form,
        heading="About the request",
        caption="The request: step 2 of 6",
        page_title="About the request",
        intro=["In your own words."],
        helps=samples.HELPS,
        suggestion=samples.SUGGESTION,
        leave=True,
        links=[{"text": "Leave it for now", "url": "#later"}],
        back_url="#back",
        carry={"version": "3"},
        **more,
    )


def all_pages() -> dict[str, str]:
    """Every page by name."""
    wrong = SignInForm({"login": "x"})
    wrong.add_error(None, "The user name or the password is not right.")
    pages = {
        "question": question(samples.WhoForm()),
        "form": question(samples.EveryForm()),
        "form-wrong": question(samples.EveryForm(samples.BAD)),
        "gallery": gallery(),
        "tasks": task_list(),
        "check": check_answers(),
        "check-early": check_answers(why_not="Two answers are missing."),
        "sign-in": render_to_string("account/login.html", {"form": SignInForm()}),
        "sign-in-wrong": render_to_string("account/login.html", {"form": wrong}),
        "403": render_to_string("403.html", {"exception": "Only the safeguarding lead may."}),
        "503": render_to_string(
            "503.html", {"carried": [{"label": "What do they want?", "value": "To know"}]}
        ),
    }
    for name in ("400", "403_csrf", "404", "500"):
        pages[name] = render_to_string(f"{name}.html")
    for name in (
        "logout",
        "password_change",
        "password_set",
        "password_reset",
        "password_reset_done",
        "password_reset_from_key",
        "password_reset_from_key_done",
        "reauthenticate",
    ):
        pages[name] = page(f"account/{name}.html", form=SignInForm())
    return pages
