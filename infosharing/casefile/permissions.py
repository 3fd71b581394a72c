"""Who may take a case away as PDF; each refusal is a sentence for the person."""

from django.core.exceptions import PermissionDenied

from infosharing.accounts.models import User
from infosharing.accounts.roles import OVERSEEING
from infosharing.cases.models import Case
from infosharing.cases.permissions import roles_on


def check_user_can_export_case(user: User, case: Case) -> None:
    """Safeguarding leads, head, data protection and auditors take a case away as PDF.

    :raises PermissionDenied: with the sentence to show.
    """
    if not OVERSEEING.intersection(roles_on(user, case)):
        raise PermissionDenied(
            "PDF exports are for the safeguarding leads, the head, data protection and auditors."
        )


def user_can_export_case(user: User, case: Case) -> bool:
    """Return whether ``check_user_can_export_case`` lets the user through."""
    try:
        check_user_can_export_case(user, case)
    except PermissionDenied:
        return False
    return True
