"""Recording and reading what somebody said about sharing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from consent import policies, presenters
from consent.domain.recording import (
    LookedAgainTooEarly,
    UnableToRecord,
    record_consent,
    withdraw_consent,
)
from consent.enums import How, Status, Step
from consent.events import ConsentEvent
from consent.forms import consents
from consent.forms.consents import ANSWERS, ConsentForm, FirstForm, WithdrawForm
from consent.models import UNDERSTANDING, ConsentRecord, ConsentStep
from consent.queries import access_consent, access_step, of_person, steps_of
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case, through
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.documents import UnableToKeep, arriving_if
from infosharing.cases.enums import Holds
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case, Person
from infosharing.cases.permissions import check_user_can_work_on, user_can_work_on
from infosharing.cases.queries import documents_in, people_in, people_of
from infosharing.cases.reaching import told_to
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.templatetags.british import british_date


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - declared access lets nobody else in
    return request.user


def safe_next(request: HttpRequest) -> str:
    """Return the path on this host to go back to, empty when there is none or it is unsafe."""
    url = request.GET.get("next", "")
    local = url.startswith("/") and url.isprintable()
    return url if local and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what was said about sharing, then for that only what is to be recorded of it.

    ``person`` in the address says about whom, ``said`` what they said, ``next`` where to go back.
    Without ``person`` the page asks, unless the case has one person only. ``answers`` names the
    question it answers, whose words the form begins with.
    """
    user = _user(request)
    case = access_case(user, public_id)
    check_user_can_work_on(user, case)
    people = {part.person.public_id: part.person for part in people_in(case)}
    question = _question(user, case, request.GET.get("answers", ""))
    asked = request.GET.get("person", "") or (next(iter(people)) if len(people) == 1 else "")
    if question is not None:
        asked = question.person.public_id
    if not asked:
        return _choose_person(request, case, people)
    person = through(people_of(case), user, asked)
    said = (request.POST if request.method == "POST" else request.GET).get("status", "")
    if said not in ANSWERS:
        return _first(request, case, person, question)
    del people[person.public_id]
    offered: dict[str, Any] = {
        "givers": [(other.public_id, other.name) for other in people.values()],
        "documents": documents_in(case),
    }
    if request.method != "POST":
        form = ConsentForm(said=said, initial=_begin(user, question), **offered)
        return _show_new(request, case, person, form)
    form = ConsentForm(request.POST, request.FILES, said=said, **offered)
    if not form.is_valid():
        return _show_new(request, case, person, form, status=422)
    giver = people.get(form.giver_id)
    try:
        with arriving_if(form.given) as arrived:
            consent = record_consent(
                case=case,
                person=person,
                said=form.said(person.name, giver.name if giver else ""),
                giver_person=giver,
                answers=question,
                document=form.shown_by,
                arrived=arrived,
                by=user,
                at=timezone.now(),
            )
    except (UnableToRecord, UnableToKeep) as error:
        form.add_error(_field_of(error), str(error))
        return _show_new(request, case, person, form, status=422)
    agreed = consent.status == Status.GIVEN
    yes = "Their yes, with its limits, is recorded." if consent.limits else "Their yes is recorded."
    messages.success(request, yes if agreed else "Their no is recorded.")
    return redirect(safe_next(request) or reverse("consent:detail", args=[consent.public_id]))


def _field_of(error: UnableToRecord | UnableToKeep) -> str:
    """Return beside which field it stands why something could not be recorded."""
    if isinstance(error, LookedAgainTooEarly):
        return "review_on"
    return "file" if isinstance(error, UnableToKeep) else "said_on"


def _first(
    request: HttpRequest, case: Case, person: Person, question: ConsentStep | None
) -> HttpResponse:
    """Ask what was said, and go on to the page that asks what belongs to it; nothing is kept."""
    on = today()
    yeses = [
        (one.public_id, f"the yes of {british_date(one.said_on)}, given by {one.giver}")
        for one in of_person(case, person)
        if question is None and policies.can_withdraw(one, on)
    ]
    form = FirstForm(
        request.POST if request.method == "POST" else None,
        yeses=yeses,
        answering=question is not None,
    )
    if form.is_valid():
        return redirect(_onward(request, case, person, question, form.cleaned_data["said"]))
    _case_sight(request, case)
    status = 422 if form.is_bound else 200
    context = _new(request, case, person, form)
    return render(request, "consent/consent_first.html", context, status=status)


def _new(request: HttpRequest, case: Case, person: Person, form: PlainForm) -> dict[str, Any]:
    """Return what both pages show of where they belong."""
    context = _of_case(case) | {
        "form": form,
        "person": person,
        "heading": "Record what was said about sharing",
        "action": request.get_full_path(),
        "page_title": f"Case {case.spoken_reference}: record what was said about sharing",
        "save_text": "Continue",
    }
    back = safe_next(request)
    return context | {"back_url": back, "back_text": "Back"} if back else context


def _onward(
    request: HttpRequest, case: Case, person: Person, question: ConsentStep | None, said: str
) -> str:
    """Return the page that asks what belongs to what was said; the way back goes with it."""
    ids = [case.public_id, person.public_id]
    query = {"next": back} if (back := safe_next(request)) else {}
    kind, _, key = said.partition(":")
    match kind:
        case consents.WITHDRAWN:
            place = reverse("consent:withdraw", args=[key])
        case consents.NOT_ASKED:
            place = reverse("consent:not-asked", args=ids)
        case consents.TO_ASK:
            place = reverse("consent:ask", args=ids)
        case consents.NO_ANSWER if question is not None:
            place = reverse("consent:no-answer", args=[question.public_id])
        case _:
            place = reverse("consent:new", args=[case.public_id])
            query |= {"person": person.public_id, "status": said}
            if question is not None:
                query["answers"] = question.public_id
    return f"{place}?{urlencode(query)}" if query else place


def _question(user: User, case: Case, public_id: str) -> ConsentStep | None:
    """Return the question that is answered; None where none is named.

    :raises Http404: alike for absent, invisible and of another case.
    """
    if not public_id:
        return None
    question = access_step(user, public_id)
    if question.case_id != case.pk or question.kind not in (Step.TO_ASK, Step.ASKED):
        raise Http404
    return question


def _begin(user: User, question: ConsentStep | None) -> dict[str, Any]:
    """Return what the form begins with: never an answer, only the words that were asked."""
    found: dict[str, Any] = {"taken_by": user.name}
    if question is None:
        return found
    return {
        "taken_by": question.taken_by or user.name,
        "giver": question.whom,
        "scope_purpose": question.scope_purpose,
        "scope_recipients": question.scope_recipients,
        "scope_information": question.scope_information,
        "until": question.until,
    }


def _choose_person(request: HttpRequest, case: Case, people: dict[str, Person]) -> HttpResponse:
    _case_sight(request, case)
    query = request.GET.copy()
    found = []
    for public_id, person in people.items():
        query["person"] = public_id
        found.append({"name": person.name, "url": f"?{query.urlencode()}"})
    context = _of_case(case) | {
        "people": found,
        "page_title": f"Case {case.spoken_reference}: about whom would be shared?",
    }
    return render(request, "consent/choose_person.html", context)


def _case_sight(request: HttpRequest, case: Case) -> None:
    sights.record(
        request, CaseEvent.CASE_SEEN, organisation=case.organisation, case=case, about=case
    )


def _of_case(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "caption": f"Case {case.spoken_reference}",
        "back_url": reverse("casefile:case", args=[case.public_id]),
        "back_text": "The case",
    }


def _show_new(
    request: HttpRequest, case: Case, person: Person, form: ConsentForm, status: int = 200
) -> HttpResponse:
    _case_sight(request, case)
    held = person.responsibilities.filter(told_to(_user(request)), holds=Holds.YES).order_by("id")
    query = request.GET.copy()
    query.pop("status", None)
    context = _new(request, case, person, form) | {
        "heading": ANSWERS[form.answer],
        "refused": form.answer == Status.REFUSED,
        "understanding": [form[name] for name in UNDERSTANDING if name in form.fields],
        "holders": [
            f"{one.holder}, {one.relationship}" if one.relationship else one.holder for one in held
        ],
        "back_url": f"{request.path}?{query.urlencode()}",
        "back_text": "What was said",
    }
    return render(request, "consent/consent_new.html", context, status=status)


@requires(Access.READER, shows=Shows.RECORD)
@require_safe
def consent_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one yes or no, as it was said, and how it was taken back."""
    user = _user(request)
    consent = access_consent(user, public_id)
    _sight(request, consent)
    can_work = user_can_work_on(user, consent.case)
    taken_back = presenters.withdrawal_rows(consent)
    on = today()
    standing = can_work and consent.status == Status.GIVEN and not taken_back
    back = safe_next(request)
    context = _of_case(consent.case) | {
        **({"back_url": back, "back_text": "Back"} if back else {}),
        "consent": consent,
        "status": presenters.status_cell(consent, on),
        "person_url": reverse(
            "consent:person", args=[consent.case.public_id, consent.person.public_id]
        ),
        "cards": [
            {"title": "What was said", "rows": presenters.said_rows(consent)},
            {"title": "What it is about", "rows": presenters.scope_rows(consent)},
            *(
                [{"title": "What they knew", "rows": knew}]
                if (knew := presenters.understanding_rows(consent))
                else []
            ),
            {"title": "Proof", "rows": presenters.proof_rows(consent)},
        ],
        "withdrawal": taken_back,
        "steps": [
            {"title": str(Step(one.kind).label), "rows": presenters.step_rows(one)}
            for one in steps_of(consent)
        ],
        "can_withdraw": standing,
        "can_review": standing and policies.can_review(consent, on),
        "page_title": f"Consent record {consent.spoken_reference}",
    }
    return render(request, "consent/consent.html", context)


def _sight(request: HttpRequest, consent: ConsentRecord) -> None:
    case = consent.case
    sights.record(
        request, ConsentEvent.SEEN, organisation=case.organisation, case=case, about=consent
    )


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that a yes was taken back; the yes stays as it was said (R31)."""
    user = _user(request)
    consent = access_consent(user, public_id)
    check_user_can_work_on(user, consent.case)
    if not policies.can_withdraw(consent, today()):
        messages.info(request, "There is no yes here that could be taken back.")
        return redirect("consent:detail", consent.public_id)
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    detail = reverse("consent:detail", args=[consent.public_id])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            withdraw_consent(
                consent=consent,
                withdrawn_on=data["withdrawn_on"],
                withdrawn_by=data["withdrawn_by"],
                how=How(data["how"]),
                words=data["words"],
                by=user,
                at=timezone.now(),
            )
        except (UnableToRecord, policies.UnableToWithdraw) as error:
            form.add_error("withdrawn_on", str(error))
        else:
            messages.success(request, "It is recorded that they took it back.")
            return redirect(safe_next(request) or detail)
    _sight(request, consent)
    context = _of_case(consent.case) | {
        "form": form,
        "consent": consent,
        "caption": f"Consent record {consent.spoken_reference}",
        "heading": "They have taken their yes back",
        "page_title": f"Withdrawal of consent {consent.spoken_reference}",
        "save_text": "Record the withdrawal",
        "action": request.get_full_path(),
        "back_url": detail,
        "back_text": "The consent record",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consent/withdraw.html", context, status=status)
