"""People of a case: adding, correcting, parental responsibility, judgements."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.views.consents import safe_next
from decisions.domain.requesting import ask_about_person
from decisions.known_words import age_words
from decisions.models import Request
from decisions.queries import visible_requests
from decisions.views.likely import asking_about_person
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case, through
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.casefile.forms.people import (
    JUDGEMENT_FORMS,
    ChangePersonForm,
    PersonForm,
    ResponsibilityForm,
)
from infosharing.casefile.presenters.cases import judgement_kind
from infosharing.casefile.views.cases import case_sight, of_case, signed_in
from infosharing.cases.documents import UnableToKeep, arriving_if
from infosharing.cases.domain.knowing import (
    change_person,
    record_judgement,
    record_responsibility,
)
from infosharing.cases.domain.opening import UnableToJoin, add_person, join_person
from infosharing.cases.enums import Holds, JudgementKind, Part
from infosharing.cases.models import Case, Person
from infosharing.cases.permissions import check_user_can_work_on
from infosharing.cases.queries import documents_in, people_in, people_of
from infosharing.journeys.forms import PlainForm


def case_to_work_on(request: HttpRequest, public_id: str) -> tuple[User, Case]:
    """Return the user and a case they may change.

    :raises Http404: alike for absent and invisible.
    :raises PermissionDenied: for somebody who only reads it.
    """
    user = signed_in(request)
    case = access_case(user, public_id)
    check_user_can_work_on(user, case)
    return user, case


def person_of(user: User, case: Case, public_id: str) -> Person:
    """Return somebody who has a part in the case.

    :raises Http404: alike for absent and for people of other cases.
    """
    return through(people_of(case), user, public_id)


def case_page_with_form(
    request: HttpRequest, case: Case, form: PlainForm, title: str, **more: Any
) -> HttpResponse:
    """Show a form that belongs to a case: 422 once it has been posted, which it has in vain."""
    case_sight(request, case)
    context = of_case(case) | {
        "form": form,
        "heading": title,
        "page_title": f"Case {case.spoken_reference}: {title}",
        "action": request.get_full_path(),
    }
    template = more.pop("template", "casefile/case_form.html")
    status = 422 if form.is_bound else 200
    return render(request, template, context | more, status=status)


# Adding and correcting


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add somebody to a case; asks first whether it is somebody known from a visible case."""
    user, case = case_to_work_on(request, public_id)
    asked = _asked(user, case, request.GET.get("request", ""))
    if request.method != "POST":
        return _show_person(request, case, PersonForm(today=today()))
    form, known = asking_about_person(
        user, case.organisation, partial(PersonForm, request.POST, today=today()), not_in=case
    )
    if not form.is_valid():
        return _show_person(request, case, form)
    part, now = Part(form.cleaned_data["part"]), timezone.now()
    try:
        same = known[form.same_as].person if form.same_as else None
        if asked is not None:
            ask_about_person(
                request=asked, person=same or form.new_person(part), part=part, by=user, at=now
            )
        elif same is not None:
            join_person(case=case, person=same, part=part, by=user, at=now)
        else:
            add_person(case=case, person=form.new_person(part), by=user, at=now)
    except UnableToJoin as error:
        form.add_error("same", str(error))
        return _show_person(request, case, form)
    messages.success(request, "Added to the request." if asked else "Added to the case.")
    if asked is not None:
        return redirect("decisions:request", asked.public_id)
    return redirect(safe_next(request) or reverse("casefile:case", args=[case.public_id]))


def _asked(user: User, case: Case, public_id: str) -> Request | None:
    """Return the request of the case that somebody is added to; None where none is meant.

    :raises Http404: alike for absent and for requests of other cases.
    """
    return through(visible_requests(user).filter(case=case), user, public_id) if public_id else None


def _show_person(request: HttpRequest, case: Case, form: PersonForm) -> HttpResponse:
    return case_page_with_form(request, case, form, "Add a person", save_text="Add to the case")


def _details_of(person: Person) -> dict[str, Any]:
    about = person.about_age is not None
    return {
        "name": person.name,
        "preferred_name": person.preferred_name,
        "age": "born" if person.born else "about" if about else person.age_band,
        "born": person.born,
        "about_age": person.about_age,
        "upn": person.upn,
        "year_group": person.year_group,
    }


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Correct somebody's details, with a reason; the earlier ones stay in the history (R51)."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    if request.method == "POST":
        form = ChangePersonForm(request.POST, today=today())
        if form.is_valid():
            change_person(
                case=case,
                person=person,
                details=form.new_person(),
                reason=form.cleaned_data["reason"],
                by=user,
                at=timezone.now(),
            )
            messages.success(request, "The details are changed. The earlier ones are kept.")
            return redirect("casefile:case", case.public_id)
    else:
        form = ChangePersonForm(
            today=today(),
            initial=_details_of(person),
        )
    return case_page_with_form(request, case, form, "Change details", save_text="Save the change")


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def responsibility_new(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Record whether somebody holds parental responsibility, and how that is known (R1)."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    kept = documents_in(case)
    form = ResponsibilityForm(today=today(), documents=kept)
    if request.method == "POST":
        form = ResponsibilityForm(request.POST, request.FILES, today=today(), documents=kept)
        if form.is_valid():
            data = form.cleaned_data
            try:
                with arriving_if(form.given) as arrived:
                    record_responsibility(
                        case=case,
                        person=person,
                        holder=data["holder"],
                        relationship=data["relationship"],
                        holds=Holds(data["holds"]),
                        evidence=data["evidence"],
                        seen_on=data["seen_on"],
                        seen_by=data["seen_by"],
                        document=form.shown_by,
                        arrived=arrived,
                        by=user,
                        at=timezone.now(),
                    )
            except UnableToKeep as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, "Recorded.")
                return redirect("casefile:case", case.public_id)
    title = "Who holds parental responsibility?"
    return case_page_with_form(request, case, form, title, about=person, save_text="Record it")


# Judging


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def judgement_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a judgement of competence or capacity; ``person`` in the address says of whom.

    Under 16 it is competence, from 16 capacity (R25, R26).
    """
    user, case = case_to_work_on(request, public_id)
    asked = request.GET.get("person", "")
    if not asked:
        return _choose_person(request, case)
    person = person_of(user, case, asked)
    kind = judgement_kind(person, today())
    if kind is None:
        messages.info(request, "Nothing can be judged of somebody who is not born yet.")
        return redirect("casefile:case", case.public_id)
    form_class, kept = JUDGEMENT_FORMS[kind], documents_in(case)
    if request.method != "POST":
        return _show_judgement(request, case, person, form_class(documents=kept))
    form = form_class(request.POST, request.FILES, documents=kept)
    if form.is_valid() and form.cleaned_data["judged_on"] > today():
        form.add_error("judged_on", "This day has not come yet")
    if not form.is_valid():
        return _show_judgement(request, case, person, form)
    data = form.cleaned_data
    try:
        with arriving_if(form.given) as arrived:
            record_judgement(
                case=case,
                person=person,
                kind=kind,
                matter=data["matter"],
                able=data["able"],
                reasons=data["why"],
                answers=form.answers(),
                judged_on=data["judged_on"],
                judged_by=data["judged_by"],
                document=form.shown_by,
                arrived=arrived,
                by=user,
                at=timezone.now(),
            )
    except UnableToKeep as error:
        form.add_error("file", str(error))
        return _show_judgement(request, case, person, form)
    messages.success(request, "The judgement is recorded.")
    return redirect(safe_next(request) or reverse("casefile:case", args=[case.public_id]))


def _choose_person(request: HttpRequest, case: Case) -> HttpResponse:
    case_sight(request, case)
    here = reverse("casefile:judgement-new", args=[case.public_id])
    context = of_case(case) | {
        "heading": "Who was judged?",
        "page_title": f"Case {case.spoken_reference}: who was judged?",
        "people": [
            {"name": part.person.name, "url": f"{here}?person={part.person.public_id}"}
            for part in people_in(case)
            if judgement_kind(part.person, today())
        ],
    }
    return render(request, "casefile/choose_person.html", context)


def _show_judgement(
    request: HttpRequest, case: Case, person: Person, form: PlainForm
) -> HttpResponse:
    young = judgement_kind(person, today()) == JudgementKind.COMPETENCE
    return case_page_with_form(
        request,
        case,
        form,
        "Can they decide this themselves?",
        about=person,
        age=age_words(person, today()),
        young=young,
        save_text="Record the judgement",
        template="casefile/judgement.html",
    )
