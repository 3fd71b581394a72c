"""Who may do what with a case they can see; each refusal is a sentence for the person."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from infosharing.accounts.models import Membership, Organisation, User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import LEADING, OVERSEEING, REACHING_DOWN, RECORDING, Role
from infosharing.cases.enums import AccessKind
from infosharing.cases.models import Case, CaseAccess


def roles_on(user: User, case: Case) -> list[Role]:
    """Return the roles in which a user meets a case, in the order of ``Role``.

    Nobody meets it in the place of somebody who is kept from it; one query where they stand in.
    """
    stand = standing(user)
    others = stand.stands_in_for
    if not others:
        return stand.roles_in(case.organisation_id)
    kept = CaseAccess.objects.filter(
        case=case, user__in=others, kind=AccessKind.EXCLUDED, ended_at=None
    ).values_list("user", flat=True)
    keys = set(kept)
    return stand.roles_in(case.organisation_id, besides=[o for o in others if o.pk in keys])


def check_user_can_work_on(user: User, case: Case) -> None:
    """Refuse those who only read: auditors and people without a recording role here.

    :raises PermissionDenied: with the sentence to show.
    """
    if not RECORDING.intersection(roles_on(user, case)):
        raise PermissionDenied("You can read this case but not change it.")


def user_can_work_on(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_work_on`` lets the user through."""
    try:
        check_user_can_work_on(user, case)
    except PermissionDenied:
        return False
    return True


def _leads(user: User, case: Case) -> bool:
    return bool(LEADING.intersection(roles_on(user, case)))


def _left_without_lead(case: Case) -> bool:
    """Return whether a case is restricted and nobody named on it leads any more; one query.

    Then those named act in their place, or the case would be closed for ever.
    """
    return case.restricted and bool(_without_lead([case]))


def _without_lead(cases: list[Case]) -> list[Case]:
    """Return those restricted cases on which nobody who leads is named; one query, or none."""
    if not cases:
        return []
    place = "organisation_id", "organisation__parent_id"
    own, above = (OuterRef(f"case__{one}") for one in place)
    here = Q(organisation=own, role__in=LEADING)
    trust = Q(organisation=above, role__in=LEADING & REACHING_DOWN)
    leads = Membership.objects.on(today()).filter(here | trust, user__is_active=True)
    named = CaseAccess.objects.filter(case__in=cases, kind=AccessKind.NAMED, ended_at=None)
    led = named.filter(Exists(leads.filter(user=OuterRef("user"))))
    with_lead = set(led.order_by().values_list("case_id", flat=True))
    return [case for case in cases if case.pk not in with_lead]


def check_user_can_name_people(user: User, case: Case) -> None:
    """Refuse those who may not say who else works on the case.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, case)
    if case.restricted and not _leads(user, case) and not _left_without_lead(case):
        raise PermissionDenied("This case is restricted: a safeguarding lead named on it says who.")


def user_can_name_people(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_name_people`` lets the user through."""
    try:
        check_user_can_name_people(user, case)
    except PermissionDenied:
        return False
    return True


def user_knows_who_is_kept_from(user: User, case: Case) -> bool:
    """Return whether a user may learn who is kept from a case they can see.

    Those who may keep somebody from it, or else they could tell the wrong person; and auditors.
    """
    return bool(where_kept_from_is_known(user, [case]))


def where_kept_from_is_known(user: User, cases: Iterable[Case]) -> list[Case]:
    """Return in which of the cases a user may learn who is kept from them.

    One query where somebody who does not oversee sees restricted ones, else none.
    """
    known, asked = [], []
    for case in cases:
        held = roles_on(user, case)
        if OVERSEEING.intersection(held) or (RECORDING.intersection(held) and not case.restricted):
            known.append(case)
        elif RECORDING.intersection(held):
            asked.append(case)
    return known + _without_lead(asked)


def check_user_can_keep_away(user: User, case: Case) -> None:
    """Those who lead, and who opened the case, keep people from it and end what was said there.

    Whoever records an allegation about the DSL is the one who can keep the DSL from it. In a
    restricted case it is for those who lead.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_name_people(user, case)
    if not _leads(user, case) and user.pk != case.opened_by_id and not _left_without_lead(case):
        raise PermissionDenied(
            "Only a safeguarding lead, the head, the data protection lead or who opened the case "
            "says who is kept from it and who is no longer named."
        )


def user_can_keep_away(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_keep_away`` lets the user through."""
    try:
        check_user_can_keep_away(user, case)
    except PermissionDenied:
        return False
    return True


def check_user_can_restrict(user: User, case: Case) -> None:
    """Only those who lead close a case to the others, and open it again.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, case)
    if not _leads(user, case) and not _left_without_lead(case):
        raise PermissionDenied(
            "Only a safeguarding lead, the head or the data protection lead restricts a case."
        )


def user_can_restrict(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_restrict`` lets the user through."""
    try:
        check_user_can_restrict(user, case)
    except PermissionDenied:
        return False
    return True


def check_user_can_see_looks(user: User, case: Case) -> None:
    """Those who oversee see who looked at a case: leads, deputies, the head, auditors (R55).

    :raises PermissionDenied: with the sentence to show.
    """
    if not OVERSEEING.intersection(roles_on(user, case)):
        raise PermissionDenied("Who looked at a case is for those who lead here, and for auditors.")


def user_can_see_looks(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_see_looks`` lets the user through."""
    try:
        check_user_can_see_looks(user, case)
    except PermissionDenied:
        return False
    return True


def check_user_can_say_who_stands_in(
    user: User, organisation: Organisation, in_place_of: User
) -> None:
    """The lead says who takes their place, or an administrator of that very place does.

    :raises PermissionDenied: with the sentence to show.
    """
    own = standing(user).own_roles_in(organisation.pk)
    leads = user.pk == in_place_of.pk and Role.DSL in own
    if not leads and Role.ADMINISTRATOR not in own:
        raise PermissionDenied(
            "Who stands in for a safeguarding lead is said by that lead or by your administrator."
        )


def check_user_can_keep_contacts(user: User, organisation_id: int) -> None:
    """Whoever records requests and decisions in an organisation keeps its contacts.

    :raises PermissionDenied: with the sentence to show.
    """
    if not RECORDING.intersection(standing(user).roles_in(organisation_id)):
        raise PermissionDenied("Contacts are kept by those who record requests and decisions.")
