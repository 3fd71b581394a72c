"""``bin/manage work_exports``: makes the PDFs that people asked for, until it is stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from infosharing.casefile.worker import Keeper, ahead, one


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
            "--ahead", type=int, metavar="AFTER", help="make pages of decisions signed lately"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["one"]:
            one(options["one"])
        elif options["ahead"] is not None:
            ahead(options["ahead"])
        else:
            Keeper(with_parent=options["with_parent"]).run()
