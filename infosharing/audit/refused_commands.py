"""django-simple-history's commands that delete or invent history: refused (R51)."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class RefusedCommand(BaseCommand):
    """Says no, whatever it is given."""

    help = "Refused: history is evidence and is written by acts alone."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Leave the options aside, so that the answer is the refusal and not a usage message."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse.

        :raises CommandError: always.
        """
        raise CommandError(self.help)
