"""``bin/manage work_exports``: makes the PDFs that people asked for, until it is stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from infosharing.casefile.ahead import help_with, make_ahead
from infosharing.casefile.worker import LEFT_OFF, Keeper, one


class Command(BaseCommand):
    """Looks for PDFs to make and starts a process for each; several may run beside each other."""

    help = "Make the PDFs that people asked for. Runs until it is stopped; bin/serve starts it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to run and, for its own processes, what to do."""
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the program that started it ends"
        )
        parser.add_argument("--one", metavar="CLAIM", help="make one PDF under this claim, and end")
        parser.add_argument(
            "--ahead", type=int, nargs="+", metavar="KEY", help="make pages of these decisions"
        )
        parser.add_argument(
            "--help-with", nargs=2, metavar=("PDF", "CLAIM"), help="make its pages from the end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["one"]:
            one(options["one"])
        elif options["ahead"]:
            if not make_ahead(options["ahead"]):
                raise SystemExit(LEFT_OFF)
        elif options["help_with"]:
            help_with(*options["help_with"])
        else:
            Keeper(with_parent=options["with_parent"]).run()
