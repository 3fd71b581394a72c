"""``bin/manage setup_organisation``: the first thing to do for real use."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from infosharing.access.domain.members import (
    INVITATION_DAYS,
    UnableToInvite,
    UnableToSetUp,
    invite,
    set_up_organisation,
)
from infosharing.access.links import invitation_link
from infosharing.accounts.models import Organisation, OrganisationKind
from infosharing.accounts.roles import Role
from infosharing.guidance.loading import DEFAULT, SHIPPED

KINDS = tuple(str(kind) for kind in OrganisationKind)
NO_TRUST = "-"


class Command(BaseCommand):
    """Makes an organisation and invites its first administrator."""

    help = (
        "Make a school, trust, charity or service, and print the link with which its first "
        "administrator makes an account. Asks for what is left out, where somebody can answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what the organisation is and who looks after it."""
        parser.add_argument("--name", help="name of the organisation")
        parser.add_argument("--kind", choices=KINDS, help="what it is")
        parser.add_argument("--checklist", choices=SHIPPED, help=f"default: {DEFAULT}")
        parser.add_argument("--trust", help="name of its trust, which is made if it is not there")
        parser.add_argument("--admin-name", help="full name of the first administrator")
        parser.add_argument("--admin-email", help="their e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make everything or nothing, and print the link.

        :raises CommandError: for what is missing or wrong; nothing is made then.
        """
        asking = sys.stdin.isatty()
        name = self._wanted(options, "name", "Name of the organisation", asking)
        kind = self._wanted(options, "kind", f"What it is ({', '.join(KINDS)})", asking)
        if kind not in KINDS:
            raise CommandError(f"{kind} is none of: {', '.join(KINDS)}.")
        trust = self._trust(options, kind, asking)
        checklist = options["checklist"] or (
            self._ask(f"Checklist ({', '.join(SHIPPED)})", DEFAULT) if asking else DEFAULT
        )
        admin_name = self._wanted(
            options, "admin_name", "Full name of its first administrator", asking
        )
        admin_email = self._wanted(options, "admin_email", "Their e-mail address", asking)
        try:
            validate_email(admin_email)
        except ValidationError as error:
            raise CommandError(f"{admin_email} is not an e-mail address.") from error
        link = _make(name, OrganisationKind(kind), checklist, trust, admin_name, admin_email)
        self.stdout.write(
            f"{name} is set up. {admin_name} makes an account here, once, within "
            f"{INVITATION_DAYS} days:\n\n{link}\n\n"
            "Hand the link over in a way that nobody else reads. It is not shown again."
        )

    def _trust(self, options: dict[str, Any], kind: str, asking: bool) -> str:
        given = options["trust"]
        if kind == OrganisationKind.TRUST:
            if given:
                raise CommandError("A trust does not belong to a trust: leave out --trust.")
            return ""
        if given is None and asking:
            found = self._ask("Trust it belongs to (- for none)", NO_TRUST)
            return "" if found == NO_TRUST else found
        return (given or "").strip()

    def _wanted(self, options: dict[str, Any], key: str, question: str, asking: bool) -> str:
        given = (options[key] or "").strip()
        if not given and asking:
            given = self._ask(question)
        if not given:
            raise CommandError(f"{question}: give it with --{key.replace('_', '-')}.")
        return given

    def _ask(self, question: str, default: str = "") -> str:
        self.stderr.write(f"{question}{f' [{default}]' if default else ''}: ", ending="")
        self.stderr.flush()
        return sys.stdin.readline().strip() or default


def _make(
    name: str, kind: OrganisationKind, checklist: str, trust: str, admin_name: str, admin_email: str
) -> str:
    at = timezone.now()
    try:
        with transaction.atomic():
            organisation = set_up_organisation(
                name=name, kind=kind, pack=checklist, parent=_parent(trust), by=None, at=at
            )
            _invitation, secret = invite(
                organisation=organisation,
                name=admin_name,
                email=admin_email,
                role=Role.ADMINISTRATOR,
                by=None,
                at=at,
            )
    except (UnableToSetUp, UnableToInvite) as refused:
        raise CommandError(str(refused)) from refused
    return invitation_link(secret)


def _parent(trust: str) -> Organisation | None:
    """Return the trust of that name, made now if it is not there; None for no name."""
    if not trust:
        return None
    found = Organisation.objects.filter(
        name__iexact=trust, kind=OrganisationKind.TRUST, parent=None
    ).first()
    return found or set_up_organisation(
        name=trust,
        kind=OrganisationKind.TRUST,
        pack=DEFAULT,
        parent=None,
        by=None,
        at=timezone.now(),
    )
