"""``bin/manage load_demonstration``: made-up people and matters, and who may sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from infosharing.accounts.roles import words
from infosharing.casefile.demonstration.cast import MEMBERS, PASSWORD
from infosharing.casefile.demonstration.loading import load


class Command(BaseCommand):
    """Loads the demonstration once, and prints the sign-ins each time."""

    help = "Load made-up people and matters to try the product with; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--quiet``."""
        parser.add_argument("--quiet", action="store_true", help="do not print the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print.

        :raises CommandError: in production.
        """
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration is for trying things out: everybody knows its password. "
                "For real use there is: bin/manage setup_organisation"
            )
        load(timezone.now())
        if not options["quiet"]:
            self.stdout.write(sign_ins())


def sign_ins() -> str:
    """Return a table of user names and who they are, and the one password."""
    rows = [("User name", "Who it is", "Role", "School")]
    rows += [(m.username, m.name, words(m.role), m.school) for m in MEMBERS]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", f"The password for all of them: {PASSWORD}"])
