"""Asking for a yes or no, saying why nobody asked, and what was said about one person in order."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from consent import policies, presenters, timeline
from consent.domain.asking import narrow_consent, record_step, review_consent
from consent.domain.recording import LookedAgainTooEarly, UnableToRecord
from consent.enums import How, Step
from consent.events import ConsentEvent
from consent.forms.steps import AskForm, LookAgainForm, NarrowForm, NoAnswerForm, NotAskedForm
from consent.models import ConsentRecord, ConsentStep
from consent.queries import access_consent, access_step, of_person
from consent.views.consents import safe_next
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case, through
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.chronicle import in_order
from infosharing.cases.models import Case, Person
from infosharing.cases.names import guarded
from infosharing.cases.permissions import check_user_can_work_on, user_can_work_on
from infosharing.cases.queries import kept_for, people_of
from infosharing.cases.reaching import marks_in
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.templatetags.british import british_date

CONTENTS = (
    "scope_information",
    "scope_recipients",
    "scope_purpose",
    "onward",
    "if_yes",
    "if_no",
    "until",
    "kept",
    "contact",
)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - declared access lets nobody else in
    return request.user


def _of_person(request: HttpRequest, public_id: str, person_id: str) -> tuple[User, Case, Person]:
    """Return the user, a case they may see and somebody in it.

    :raises Http404: alike for absent and invisible.
    """
    user = _user(request)
    case = access_case(user, public_id)
    return user, case, through(people_of(case), user, person_id)


def _person_sight(request: HttpRequest, case: Case, person: Person) -> None:
    sights.record(
        request,
        ConsentEvent.PERSON_SEEN,
        organisation=case.organisation,
        case=case,
        about=person,
    )


def _timeline_url(case: Case, person: Person) -> str:
    return reverse("consent:person", args=[case.public_id, person.public_id])


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def person(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Show what was asked, said and taken back about sharing, for one person, in order."""
    user, case, about = _of_person(request, public_id, person_id)
    on = today()
    said = of_person(case, about)
    entries = in_order(timeline.entries(case, user, about))
    _person_sight(request, case, about)
    context = {
        "case": case,
        "person": about,
        "caption": f"Case {case.spoken_reference}",
        "page_title": f"Case {case.spoken_reference}: what was said about sharing",
        "back_url": reverse("casefile:case", args=[case.public_id]),
        "back_text": "The case",
        "can_work": user_can_work_on(user, case),
        "here": request.path,
        "rows": [
            [
                {
                    "text": f"Record {one.spoken_reference}",
                    "url": reverse("consent:detail", args=[one.public_id]),
                },
                presenters.status_cell(one, on),
                {"text": one.giver},
                {"text": "; ".join(one.recipients)},
                british_date(one.said_on),
            ]
            for one in reversed(said)
        ],
        "headers": ["Record", "Where it stands", "Who said it", "With whom", "When"],
        "entries": [
            {
                "title": entry.kind,
                "at": entry.happened_on,
                "when": british_date(entry.happened_on),
                "by": entry.by,
                "text": entry.words,
                "url": entry.url,
            }
            for entry in entries
        ],
    }
    return render(request, "consent/person.html", context)


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one question, or why nobody asked, as it was recorded."""
    user = _user(request)
    found = access_step(user, public_id)
    if found.consent is not None:
        _step_sight(request, found)
        return redirect("consent:detail", found.consent.public_id)
    case = found.case
    _step_sight(request, found)
    is_open = bool(vars(found)["open"])
    asks = found.kind in (Step.TO_ASK, Step.ASKED)
    can_work = user_can_work_on(user, case)
    back = safe_next(request)
    context = {
        "step": found,
        "caption": f"Case {case.spoken_reference}",
        "page_title": f"Consent step {found.spoken_reference}",
        "back_url": back or _timeline_url(case, found.person),
        "back_text": "Where you came from" if back else "Everything about their consent",
        "status": presenters.step_cell(found),
        "rows": presenters.step_rows(found),
        "question": presenters.question_rows(found) if asks else [],
        "answer": found.answers.first(),
        "asks": asks,
        "can_answer": can_work and is_open and asks,
        "can_ask": can_work and is_open,
        "ask_url": reverse("consent:ask", args=[case.public_id, found.person.public_id]),
    }
    return render(request, "consent/step.html", context)


def _step_sight(request: HttpRequest, found: ConsentStep) -> None:
    sights.record(
        request,
        ConsentEvent.SEEN,
        organisation=found.case.organisation,
        case=found.case,
        about=found,
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Record what somebody is asked, with its leaflet; ``after`` names the question repeated."""
    user, case, about = _of_person(request, public_id, person_id)
    check_user_can_work_on(user, case)
    before = _open_before(user, case, about, request.GET.get("after", ""))
    name = case.organisation.name
    begin: dict[str, Any] = {
        "taken_by": user.name,
        "kept": kept_for(case.organisation)
        or f"As long as the retention policy of {name} says. Ask us for a copy.",
        "contact": f"{user.name}, {name}",
    }
    if before is not None:
        begin |= {"whom": before.whom}
        begin |= {key: getattr(before, key) for key in CONTENTS if getattr(before, key)}
    form = AskForm(request.POST) if request.method == "POST" else AskForm(initial=begin)

    def keep(data: dict[str, Any]) -> ConsentStep:
        asked = data["kind"] == Step.ASKED
        return record_step(
            case=case,
            person=about,
            kind=Step(data["kind"]),
            happened_on=data["happened_on"] if asked else today(),
            whom=data["whom"],
            standing=data["standing"],
            how=data["how"] if asked else "",
            taken_by=data["taken_by"] if asked else "",
            again_on=data["again_on"],
            question=form.question(),
            follows=before,
            by=user,
            at=timezone.now(),
        )

    done = _keep(form, keep, "happened_on") if request.method == "POST" else None
    if done is not None:
        messages.success(request, "Recorded. You can print the leaflet and the form to sign.")
        place = reverse("consent:step", args=[done.public_id])
        back = safe_next(request)
        return redirect(f"{place}?{urlencode({'next': back})}" if back else place)
    return _show(
        request,
        case,
        about,
        form,
        heading="Ask whether it may be shared",
        save_text="Save, and go to the leaflet",
        intro=[
            "What you write here is what they read on the leaflet. Ask only if their answer "
            "decides whether you share.",
            *guarded(marks_in(case, user), (str(form["whom"].value() or ""),)),
        ],
    )


def _open_before(user: User, case: Case, about: Person, public_id: str) -> ConsentStep | None:
    """Return the open question that is repeated; None where none is named.

    :raises Http404: alike for absent, invisible, somebody else's and no longer open.
    """
    if not public_id:
        return None
    before = access_step(user, public_id)
    if (before.case_id, before.person_id) != (case.pk, about.pk) or not vars(before)["open"]:
        raise Http404
    return before


def _keep(
    form: PlainForm, verb: Callable[[dict[str, Any]], ConsentStep], field: str
) -> ConsentStep | None:
    """Return what was recorded; None when the form is to be shown again, with why."""
    if not form.is_valid():
        return None
    try:
        return verb(form.cleaned_data)
    except LookedAgainTooEarly as error:
        form.add_error("again_on", str(error))
        return None
    except (
        UnableToRecord,
        policies.UnableToFollow,
        policies.UnableToWithdraw,
        policies.UnableToReview,
    ) as error:
        form.add_error(field, str(error))
        return None


def _show(
    request: HttpRequest, case: Case, about: Person, form: PlainForm, **more: Any
) -> HttpResponse:
    _person_sight(request, case, about)
    back = safe_next(request)
    context = {
        "form": form,
        "person": about,
        "caption": f"Case {case.spoken_reference}",
        "page_title": f"Case {case.spoken_reference}: {more['heading'].lower()}",
        "action": request.get_full_path(),
        "back_url": back or _timeline_url(case, about),
        "back_text": "Back" if back else "Everything about their consent",
        **more,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consent/step_form.html", context, status=status)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def not_asked(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Record why nobody is asked (R29)."""
    user, case, about = _of_person(request, public_id, person_id)
    check_user_can_work_on(user, case)
    begin = {"taken_by": user.name}
    form = NotAskedForm(request.POST) if request.method == "POST" else NotAskedForm(initial=begin)

    def keep(data: dict[str, Any]) -> ConsentStep:
        return record_step(
            case=case,
            person=about,
            kind=Step.NOT_SOUGHT,
            happened_on=data["happened_on"],
            taken_by=data["taken_by"],
            words=data["words"],
            again_on=data["again_on"],
            by=user,
            at=timezone.now(),
        )

    if request.method == "POST" and _keep(form, keep, "happened_on") is not None:
        messages.success(request, "It is recorded why nobody is asked.")
        return redirect(safe_next(request) or _timeline_url(case, about))
    heading = "Why nobody is asked"
    return _show(request, case, about, form, heading=heading, save_text="Record why")


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def no_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a question was left without an answer."""
    user = _user(request)
    question = access_step(user, public_id)
    case, about = question.case, question.person
    check_user_can_work_on(user, case)
    if not vars(question)["open"] or question.kind == Step.NOT_SOUGHT:
        messages.info(request, "This question is not waiting for an answer.")
        return redirect("consent:step", question.public_id)
    form = NoAnswerForm(request.POST) if request.method == "POST" else NoAnswerForm()

    def keep(data: dict[str, Any]) -> ConsentStep:
        return record_step(
            case=case,
            person=about,
            kind=Step.NO_ANSWER,
            happened_on=data["happened_on"],
            whom=question.whom,
            standing=question.standing,
            words=data["words"],
            follows=question,
            by=user,
            at=timezone.now(),
        )

    if request.method == "POST" and _keep(form, keep, "happened_on") is not None:
        messages.success(request, "It is recorded that no answer came.")
        return redirect(safe_next(request) or _timeline_url(case, about))
    heading = "No answer came"
    return _show(request, case, about, form, heading=heading, save_text="Record it")


def _yes(request: HttpRequest, public_id: str) -> tuple[User, ConsentRecord]:
    user = _user(request)
    consent = access_consent(user, public_id)
    check_user_can_work_on(user, consent.case)
    return user, consent


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def narrow(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a part of a yes was taken back (R31, R33)."""
    user, consent = _yes(request, public_id)
    if not policies.can_withdraw(consent, today()):
        messages.info(request, "There is no yes here that could be taken back.")
        return redirect("consent:detail", consent.public_id)
    form = NarrowForm(request.POST) if request.method == "POST" else NarrowForm()

    def keep(data: dict[str, Any]) -> ConsentStep:
        return narrow_consent(
            consent=consent,
            happened_on=data["happened_on"],
            whom=data["whom"],
            how=How(data["how"]),
            recipients=data["scope_recipients"],
            information=data["scope_information"],
            words=data["words"],
            by=user,
            at=timezone.now(),
        )

    if request.method == "POST" and _keep(form, keep, "happened_on") is not None:
        messages.success(request, "It is recorded that they took a part of it back.")
        return redirect("consent:detail", consent.public_id)
    return _show(
        request,
        consent.case,
        consent.person,
        form,
        heading="They have taken a part of their yes back",
        save_text="Record what they took back",
        said=presenters.scope_rows(consent),
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a continuing yes was looked at again and still stands (R33)."""
    user, consent = _yes(request, public_id)
    if not policies.can_review(consent, today()):
        messages.info(request, "There is no continuing yes here that still holds.")
        return redirect("consent:detail", consent.public_id)
    form = LookAgainForm(request.POST) if request.method == "POST" else LookAgainForm()

    def keep(data: dict[str, Any]) -> ConsentStep:
        return review_consent(
            consent=consent,
            happened_on=data["happened_on"],
            words=data["words"],
            again_on=data["again_on"],
            by=user,
            at=timezone.now(),
        )

    if request.method == "POST" and _keep(form, keep, "again_on") is not None:
        messages.success(request, "It is recorded that it still stands.")
        return redirect("consent:detail", consent.public_id)
    return _show(
        request,
        consent.case,
        consent.person,
        form,
        heading="Does it still stand?",
        save_text="Record that it still stands",
        said=presenters.scope_rows(consent),
        intro=["If they say no, go back and record that they have taken it back."],
    )
