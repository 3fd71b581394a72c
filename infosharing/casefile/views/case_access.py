"""Who sees a case: naming a colleague, keeping somebody from it, restricting it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infosharing.access.declared import Access, Shows, requires
from infosharing.access.doors import access_case
from infosharing.accounts.models import User
from infosharing.accounts.roles import LEADING, RECORDING
from infosharing.casefile.forms.cases import KeepFromForm, NameForm, RestrictForm
from infosharing.casefile.presenters.cases import (
    ENDED_HEADERS,
    access_tables,
    ended_rows,
    who_sees,
)
from infosharing.casefile.views.cases import case_sight, choices, of_case, signed_in
from infosharing.cases.domain.opening import (
    UnableToName,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CaseAccess
from infosharing.cases.permissions import (
    check_user_can_keep_away,
    check_user_can_name_people,
    check_user_can_restrict,
    user_can_keep_away,
    user_can_name_people,
    user_can_restrict,
)
from infosharing.cases.queries import (
    Colleague,
    access_ever,
    colleagues,
    leads_seeing,
)

AnyForm = NameForm | KeepFromForm | RestrictForm
CHECKS = {
    "name": check_user_can_name_people,
    "keep": check_user_can_keep_away,
    "restrict": check_user_can_restrict,
}


@dataclass(frozen=True)
class Met:
    """A case, who ever was named on it or kept from it, and who meets cases of its place."""

    case: Case
    access: list[CaseAccess]
    colleagues: list[Colleague]


@requires(Access.READER, shows=Shows.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def case_access(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who sees a case; name somebody, keep somebody from it or restrict it, with a reason.

    ``do`` says which of the three forms was sent.
    """
    user = signed_in(request)
    case = access_case(user, public_id)
    met = Met(case, access_ever(case), colleagues(case.organisation))
    current = [one for one in met.access if one.ended_at is None]
    others = [one for one in met.colleagues if one.user.pk != user.pk]
    if request.method != "POST":
        return _show(request, met, _forms(current, others))
    wanted = request.POST.get("do", "")
    if wanted not in CHECKS:
        raise BadRequest("The form does not say what to do.")
    CHECKS[wanted](user, case)
    forms = _forms(current, others, wanted, request.POST)
    form = forms[wanted]
    if not form.is_valid():
        return _show(request, met, forms, form)
    try:
        words = _change(user, case, form, {one.user.public_id: one for one in others})
    except UnableToName as error:
        form.add_error("reason" if wanted == "restrict" else "user", str(error))
        return _show(request, met, forms, form)
    messages.success(request, words)
    return redirect("casefile:case-access", case.public_id)


def _forms(
    current: list[CaseAccess], others: list[Colleague], wanted: str = "", data: Any = None
) -> dict[str, AnyForm]:
    """Return the three forms, the one sent with what was typed; each has ids of its own."""
    kinds: dict[int, set[str]] = {}
    for access in current:
        kinds.setdefault(access.user_id, set()).add(access.kind)
    free = [one for one in others if not kinds.get(one.user.pk)]
    open_to = [one for one in others if AccessKind.EXCLUDED not in kinds.get(one.user.pk, set())]

    def sent(name: str) -> Any:
        return data if name == wanted else None

    return {
        "name": NameForm(sent("name"), prefix="name", colleagues=choices(free)),
        "keep": KeepFromForm(sent("keep"), prefix="keep", colleagues=choices(open_to)),
        "restrict": RestrictForm(sent("restrict"), prefix="restrict"),
    }


def _change(user: User, case: Case, form: AnyForm, others: dict[str, Colleague]) -> str:
    """Do what the form asks; return what to say afterwards.

    :raises UnableToName: when the state has changed since the form was shown.
    """
    reason, now = form.cleaned_data["reason"], timezone.now()
    if isinstance(form, RestrictForm):
        restrict_case(case=case, reason=reason, by=user, at=now)
        return "Only the people named on the case see it now."
    chosen = others[form.cleaned_data["user"]]
    other = chosen.user
    if isinstance(form, NameForm):
        name_on_case(case=case, user=other, reason=reason, by=user, at=now)
        works = RECORDING.intersection(chosen.roles)
        return f"{other.name} can {'work on' if works else 'read'} this case now."
    exclude_from_case(case=case, user=other, reason=reason, by=user, at=now)
    return f"{other.name} does not see this case any more."


def _show(
    request: HttpRequest,
    met: Met,
    forms: dict[str, AnyForm],
    wrong: AnyForm | None = None,
) -> HttpResponse:
    user, case = signed_in(request), met.case
    current = [one for one in met.access if one.ended_at is None]
    ended = [one for one in reversed(met.access) if one.ended_at is not None]
    leads = [one.user for one in met.colleagues if LEADING.intersection(one.roles)]
    case_sight(request, case)
    can_keep = user_can_keep_away(user, case)
    context = of_case(case) | {
        "form": wrong,
        "forms": forms,
        "action": request.path,
        "rows": [{"key": "Who sees it", "value": who_sees(case)}],
        "tables": access_tables(case, current, user, can_end=can_keep),
        "ended": ended_rows(case, ended, user),
        "ended_headers": ENDED_HEADERS,
        "can_name": user_can_name_people(user, case),
        "can_keep": can_keep,
        "can_restrict": user_can_restrict(user, case),
        "no_lead": not leads_seeing(case, current, leads),
        "page_title": f"Who sees case {case.spoken_reference}",
    }
    return render(request, "casefile/case_access.html", context, status=422 if wrong else 200)
