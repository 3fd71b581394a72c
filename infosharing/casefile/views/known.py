"""What becomes known of somebody in a case: whom details must not reach, court orders, views."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.queries import today
from infosharing.casefile.forms.known import (
    CourtOrderForm,
    EndProtectionForm,
    ProtectionForm,
    ViewForm,
)
from infosharing.casefile.views.people import (
    case_page_with_form,
    case_to_work_on,
    person_of,
)
from infosharing.cases.documents import UnableToKeep, arriving_if
from infosharing.cases.domain.hearing import (
    NotProtected,
    end_protection,
    protect_person,
    record_court_order,
    record_view,
)
from infosharing.cases.permissions import user_can_restrict
from infosharing.cases.queries import documents_in
from infosharing.cases.reaching import marks_to_end


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def protection_new(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Mark that somebody's details must not reach somebody."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    data = request.POST if request.method == "POST" else None
    form = ProtectionForm(data, can_restrict=user_can_restrict(user, case))
    if form.is_bound and form.is_valid():
        protect_person(
            case=case,
            person=person,
            from_whom=form.cleaned_data["from_whom"],
            why=form.cleaned_data["why"],
            named_only=form.cleaned_data.get("named_only", False),
            by=user,
            at=timezone.now(),
        )
        messages.success(request, "Marked. It is said wherever their details are shown or sent.")
        return redirect("casefile:case", case.public_id)
    title = "Whom must their details not reach?"
    return case_page_with_form(request, case, form, title, about=person, save_text="Mark it")


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def protection_end(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """End such a mark, with the reason; it stays in the history."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    current = {one.public_id: one for one in marks_to_end(case, person, user)}
    choices = [(key, one.from_whom) for key, one in current.items()]
    data = request.POST if request.method == "POST" else None
    form = EndProtectionForm(data, current=choices)
    if form.is_bound and form.is_valid():
        try:
            end_protection(
                case=case,
                protection=current[form.cleaned_data["which"]],
                reason=form.cleaned_data["reason"],
                by=user,
                at=timezone.now(),
            )
            messages.success(
                request,
                "Ended. The mark and its end stay in the chronology; a restricted case stays so.",
            )
        except NotProtected:
            messages.info(request, "This mark has been ended already.")
        return redirect("casefile:case", case.public_id)
    title = "Details may reach somebody again"
    return case_page_with_form(request, case, form, title, about=person, save_text="End the mark")


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def court_order_new(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Record an order of a court about somebody, with its document (R8)."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    kept = documents_in(case)
    form = CourtOrderForm(today=today(), documents=kept)
    if request.method == "POST":
        form = CourtOrderForm(request.POST, request.FILES, today=today(), documents=kept)
        if form.is_valid():
            try:
                with arriving_if(form.given) as arrived:
                    record_court_order(
                        case=case,
                        person=person,
                        order=form.order(),
                        document=form.shown_by,
                        arrived=arrived,
                        by=user,
                        at=timezone.now(),
                    )
            except UnableToKeep as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, "The order is recorded.")
                return redirect("casefile:case", case.public_id)
    title = "A court order"
    return case_page_with_form(
        request, case, form, title, about=person, save_text="Record the order"
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def view_new(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Record what somebody thinks of it, apart from any yes or no to sharing."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    data = request.POST if request.method == "POST" else None
    form = ViewForm(data, today=today())
    if form.is_bound and form.is_valid():
        record_view(case=case, person=person, said=form.said(), by=user, at=timezone.now())
        messages.success(request, "Recorded.")
        return redirect("casefile:case", case.public_id)
    title = "What do they think of it?"
    return case_page_with_form(request, case, form, title, about=person, save_text="Record it")
