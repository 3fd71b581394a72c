"""After an emergency was signed: is somebody in it, or the request, known already?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions import queries
from decisions.domain.recognising import Answered, UnableToLink, answer_known
from decisions.events import DecisionEvent
from decisions.forms.known import KnownForm
from decisions.models import Decision
from decisions.permissions import check_user_can_follow_up
from decisions.presenters.people import same_choices, same_hints
from decisions.presenters.requests import same_request_choices
from decisions.views.likely import Likely, likely_already
from decisions.views.records import breadcrumbs
from decisions.views.requests import signed_in
from infosharing.access import sights
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.cases.domain.recognising import UnableToRecognise


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def known_already(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask who was known already, once it is signed; what was signed keeps its words."""
    user = signed_in(request)
    found = queries.access_decision(user, public_id)
    check_user_can_follow_up(user, found)
    likely = likely_already(user, found)
    if not likely.anything:
        messages.info(request, "Nobody here looks like somebody you already know.")
        return redirect("decisions:decision", public_id)
    form = _form(likely, request)
    if form.is_valid() and _kept(form, likely, found, user):
        messages.success(request, "Your answers are recorded.")
        return redirect("decisions:decision", public_id)
    sights.record(
        request,
        DecisionEvent.DECISION_SEEN,
        organisation=found.organisation,
        case=found.case,
        about=found,
    )
    context = {
        "form": form,
        "decision": found,
        "breadcrumbs": breadcrumbs(found),
        "caption": f"Decision {found.spoken_reference}",
        "heading": "Is this somebody you already know?",
        "page_title": "Is this somebody you already know?",
        "action": request.path,
        "save_text": "Save the answers",
        "links": [
            {
                "text": "Not now: go to the decision",
                "url": reverse("decisions:decision", args=[public_id]),
            }
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "decisions/known_already.html", context, status=status)


def _form(likely: Likely, request: HttpRequest) -> KnownForm:
    on = today()
    return KnownForm(
        request.POST if request.method == "POST" else None,
        people={
            person.public_id: (
                person.name,
                same_choices(found, on, offer_cases=False),
                same_hints(found),
            )
            for person, found in likely.people
        },
        requests=same_request_choices(likely.requests),
    )


def _kept(form: KnownForm, likely: Likely, decision: Decision, user: User) -> bool:
    """Keep the answers; what cannot be is an error of the form."""
    people = {}
    for person, found in likely.people:
        chosen = form.person(person.public_id)
        known = next((one.person for one in found if one.person.public_id == chosen), None)
        others = () if known else tuple(one.person for one in found)
        people[person] = Answered(known, others)
    earlier = {one.public_id: one for one in likely.requests}
    same = earlier.get(form.request)
    try:
        answer_known(
            request=decision.request,
            people=people,
            same_request=same,
            other_requests=() if same else tuple(earlier.values()),
            by=user,
            at=timezone.now(),
        )
    except (UnableToRecognise, UnableToLink) as problem:
        form.add_error(None, str(problem))
        return False
    return True
