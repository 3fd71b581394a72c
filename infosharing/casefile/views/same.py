"""Somebody recorded twice: saying so, and taking it back. Nothing is merged or deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from decisions.domain.recognising import recognise
from decisions.known_words import age_words
from infosharing.access.declared import Access, Shows, requires
from infosharing.accounts.models import User
from infosharing.accounts.queries import today
from infosharing.casefile.forms.same import SameForm, TwoPeopleForm
from infosharing.casefile.views.people import (
    case_page_with_form,
    case_to_work_on,
    person_of,
)
from infosharing.cases.domain.recognising import UnableToRecognise, say_different
from infosharing.cases.enums import Part
from infosharing.cases.matching import Described
from infosharing.cases.models import Case, Person
from infosharing.cases.queries import alike, known_as, people_in

TWICE = "Recorded twice"
INTRO = (
    "Both records stay, with everything that belongs to them, and what was signed keeps its "
    "words. In this case this one is shown as recorded a second time. Only people of cases that "
    "you see are offered."
)
BACK_INTRO = (
    "The one who was known already stays in this case. Change their part, or say why they are "
    "in it, if they do not belong here."
)


@requires(Access.STAFF, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def person_same(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Say who somebody in the case is, who is recorded already; or that they are two after all."""
    user, case = case_to_work_on(request, public_id)
    person = person_of(user, case, person_id)
    known = known_as(case, person)
    if known is not None:
        return _two_people(request, user, case, person, known)
    offered, hints = _offered(user, case, person)
    if not offered:
        messages.info(request, "Nobody whom you may see looks like this person.")
        return redirect("casefile:case", case.public_id)
    choices = [(key, f"{one.name}, {age_words(one, today())}") for key, one in offered.items()]
    data = request.POST if request.method == "POST" else None
    form = SameForm(data, found=choices, hints=hints)
    if form.is_valid():
        try:
            recognise(
                case=case,
                person=person,
                known=offered[form.cleaned_data["known"]],
                why=form.cleaned_data["why"],
                by=user,
                at=timezone.now(),
            )
        except UnableToRecognise as problem:
            form.add_error("known", str(problem))
        else:
            messages.success(request, "Recorded. Both records stay; this one is marked.")
            return redirect("casefile:case", case.public_id)
    return case_page_with_form(
        request, case, form, TWICE, about=person, intro=[INTRO], save_text="They are one person"
    )


def _offered(user: User, case: Case, person: Person) -> tuple[dict[str, Person], dict[str, str]]:
    """Return who it may be, by id: people like them in visible cases, then others of the case."""
    described = Described(person.name, person.preferred_name, person.born, person.upn)
    found = {}
    hints = {}
    for one in alike(user, case.organisation, described):
        if one.person.pk != person.pk:
            found[one.person.public_id] = one.person
            why = " and ".join(one.why)
            hints[one.person.public_id] = f"{why[0].upper()}{why[1:]}"
    for part in people_in(case):
        if part.part == Part.DOUBLE:
            found.pop(part.person.public_id, None)
            hints.pop(part.person.public_id, None)
        elif part.person_id != person.pk:
            found.setdefault(part.person.public_id, part.person)
    return found, hints


def _two_people(
    request: HttpRequest, user: User, case: Case, person: Person, known: Person
) -> HttpResponse:
    form = TwoPeopleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        say_different(case=case, person=person, known=known, why=why, by=user, at=timezone.now())
        messages.success(request, "Recorded. They are shown as two people again.")
        return redirect("casefile:case", case.public_id)
    return case_page_with_form(
        request,
        case,
        form,
        "Two people after all",
        about=person,
        intro=[f"It was said that this is {known.name}.", BACK_INTRO],
        save_text="They are two people",
    )
