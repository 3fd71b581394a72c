"""Who may do what with a case they can see; each refusal is a sentence for the person."""

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, Role
from infosharing.cases.models import Case


def roles_on(user: User, case: Case) -> list[Role]:
    """Return the roles in which a user meets a case, in the order of ``Role``."""
    return standing(user).roles_in(case.organisation_id)


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


def check_user_can_name_people(user: User, case: Case) -> None:
    """Refuse those who may not say who else works on the case.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, case)
    if case.restricted and not OVERSEEING.intersection(roles_on(user, case)):
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
    return user_can_name_people(user, case) or bool(OVERSEEING.intersection(roles_on(user, case)))


def check_user_can_restrict(user: User, case: Case) -> None:
    """Only those who oversee cases close one to the others, so that somebody can open it again.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, case)
    if not OVERSEEING.intersection(roles_on(user, case)):
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


def check_user_can_keep_contacts(user: User, organisation_id: int) -> None:
    """Whoever records requests and decisions in an organisation keeps its contacts.

    :raises PermissionDenied: with the sentence to show.
    """
    if not RECORDING.intersection(standing(user).roles_in(organisation_id)):
        raise PermissionDenied("Contacts are kept by those who record requests and decisions.")
