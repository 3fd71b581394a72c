"""django-simple-history's commands that delete or invent history: refused (R51)."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


class RefusedCommand(BaseCommand):
    """Says no, whatever it is given."""

    help = "Refused: history is evidence and is written by acts alone."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whatever the command of that name would take."""
        parser.add_argument("anything", nargs="*")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let unknown options pass, so that the answer is the refusal and not a usage message."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.parse_args = lambda *a, **k: parser.parse_known_args(*a, **k)[0]  # type: ignore[method-assign]
        return parser

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse.

        :raises CommandError: always.
        """
        raise CommandError(self.help)
