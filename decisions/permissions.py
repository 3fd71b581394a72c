"""Who may do what with a matter they can see; each refusal is a sentence for the person."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper

from decisions.enums import ReviewState
from decisions.hands import had_a_hand, own_hand, reviewed_by
from decisions.models import AdviceRequest, Breach, Decision, Draft, SignedVersion
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.accounts.roles import OVERSEEING, RECORDING, REVIEWING, Role
from infosharing.cases.permissions import check_user_can_work_on, roles_on


def deciding_roles(user: User, organisation_id: int) -> list[Role]:
    """Return the roles in which a user may decide in an organisation."""
    return [role for role in standing(user).roles_in(organisation_id) if role in RECORDING]


def reviewing_roles(user: User, organisation_id: int) -> list[Role]:
    """Return the roles in which a user may review there, the first in the order first."""
    held = standing(user).roles_in(organisation_id)
    return [role for role in REVIEWING if role in held]


def check_user_can_edit(user: User, draft: Draft) -> None:
    """Author, staff named on the case and the safeguarding leads edit a draft (design.md).

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, draft.decision.case)


def check_user_can_sign(user: User, draft: Draft, role: Role | None) -> None:
    """Only somebody who edited a draft signs it, in a role they hold.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_edit(user, draft)
    if not draft.editors.filter(user=user).exists():
        raise PermissionDenied("Only somebody who worked on this draft can sign it.")
    if role is not None and role not in deciding_roles(user, draft.decision.organisation_id):
        raise PermissionDenied(
            "The role chosen on the decision page is not one you hold. Choose your own and sign."
        )


OWN_HAND = "You wrote, edited, signed or advised on this decision, so somebody else reviews it."
IN_PLACE_OF_ONE = (
    "You stand in for somebody who wrote, edited, signed or advised on this decision, so somebody "
    "else reviews it."
)


def check_user_can_look_back(user: User, version: SignedVersion) -> None:
    """Whoever reviews or looks back holds a reviewing role and had no hand in it (R57).

    :raises PermissionDenied: with the sentence to show.
    """
    roles = reviewing_roles(user, version.decision.organisation_id)
    if not roles:
        raise PermissionDenied(
            "Reviews are for the safeguarding leads, the head and the data protection lead."
        )
    if vars(version.decision).get("own_hand") in (False, 0):
        return  # ``queries.access_record`` has asked already
    mine = Decision.objects.filter(pk=version.decision_id)
    found = mine.filter(had_a_hand(user)).annotate(
        own=ExpressionWrapper(own_hand(user), output_field=BooleanField())
    )
    for own in found.values_list("own", flat=True):
        raise PermissionDenied(OWN_HAND if own else IN_PLACE_OF_ONE)


def check_user_can_review(user: User, version: SignedVersion) -> None:
    """A reviewer had no hand in the decision, and is not the one who reviewed it first (R57).

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_look_back(user, version)
    if version.decision.review_state == ReviewState.SECOND and user_reviewed_first(user, version):
        raise PermissionDenied("You reviewed this first, so somebody else is the second reviewer.")


def user_reviewed_first(user: User, version: SignedVersion) -> bool:
    """Return whether a user, or whom they only act for, reviewed a version first; one query."""
    mine = Decision.objects.filter(pk=version.decision_id, version=version)
    return mine.filter(reviewed_by(user)).exists()


def check_user_can_reply(user: User, decision: Decision) -> None:
    """Who signed a decision answers a reviewer who does not agree.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, decision.case)
    whose = {user.pk, *(one.pk for one in standing(user).stands_in_for)}
    if decision.signed_by_id not in whose:
        raise PermissionDenied("Whoever signed the decision answers this.")


def user_can_review(user: User, version: SignedVersion) -> bool:
    """Return whether ``check_user_can_review`` lets the user through."""
    try:
        check_user_can_review(user, version)
    except PermissionDenied:
        return False
    return True


def check_user_can_follow_up(user: User, decision: Decision) -> None:
    """Whoever may work on the case records what was sent, received and told.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, decision.case)


# Who answers for a breach: assesses the risk, decides whom to tell, closes it.
ANSWERING = frozenset(REVIEWING)


def check_user_can_answer_for(user: User, breach: Breach) -> None:
    """Safeguarding leads, head and data protection decide about a breach.

    :raises PermissionDenied: with the sentence to show.
    """
    check_user_can_work_on(user, breach.case)
    if not ANSWERING.intersection(roles_on(user, breach.case)):
        raise PermissionDenied(
            "The safeguarding leads, the head and the data protection lead decide this. You can "
            "record what was done to contain it."
        )


def user_can_answer_for(user: User, breach: Breach) -> bool:
    """Return whether ``check_user_can_answer_for`` lets the user through."""
    try:
        check_user_can_answer_for(user, breach)
    except PermissionDenied:
        return False
    return True


def check_user_can_export(user: User, decision: Decision) -> None:
    """Safeguarding leads, head, data protection and auditors take a decision away as PDF.

    :raises PermissionDenied: with the sentence to show.
    """
    if not OVERSEEING.intersection(roles_on(user, decision.case)):
        raise PermissionDenied(
            "PDF exports are for the safeguarding leads, the head, data protection and auditors."
        )


def user_can_export(user: User, decision: Decision) -> bool:
    """Return whether ``check_user_can_export`` lets the user through."""
    try:
        check_user_can_export(user, decision)
    except PermissionDenied:
        return False
    return True


def check_user_can_answer(user: User, request: AdviceRequest) -> None:
    """Only the colleague who was asked answers, or who stands in for them, once.

    :raises PermissionDenied: with the sentence to show.
    """
    whose = {user.pk, *(one.pk for one in standing(user).stands_in_for)}
    if request.asked_of_id not in whose:
        raise PermissionDenied("Somebody else was asked for this advice.")
    if request.answered_at is not None:
        raise PermissionDenied("You have answered this already.")
