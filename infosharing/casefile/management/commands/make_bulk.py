"""``bin/manage make_bulk``: many connected decisions, to try the product's speed and lists with."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from infosharing.audit.wholesale import RefusedInProduction
from infosharing.casefile.bulk.making import MadeBefore, make
from infosharing.casefile.demonstration.cast import PASSWORD


class Command(BaseCommand):
    """Makes them, and prints how long it took and who may sign in."""

    help = (
        "Make many made-up decisions with everything that belongs to them, at schools of a new "
        "trust. The same seed gives the same ones. Refused in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and the seed."""
        parser.add_argument("--decisions", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and print.

        :raises CommandError: in production, for a number below one, and when they are there.
        """
        wanted, seed = options["decisions"], options["seed"]
        self.told = options["verbosity"] > 1
        if wanted < 1:
            raise CommandError("--decisions is a number from 1")
        started, burnt = time.monotonic(), time.process_time()
        try:
            made = make(wanted, seed, timezone.now(), self._tell)
        except (RefusedInProduction, MadeBefore) as refused:
            raise CommandError(f"{refused}.") from None
        seconds, cpu = time.monotonic() - started, time.process_time() - burnt
        self.stdout.write(
            f"{made.decisions} decisions at {made.schools} schools in {seconds:.1f} s "
            f"({cpu:.1f} s of processor time): {made.decisions / seconds * 60:.0f} a minute"
        )
        self.stdout.write(f"Sign in as {', '.join(made.usernames)}; the password: {PASSWORD}")

    def _tell(self, done: int) -> None:
        if self.told:
            self.stderr.write(f"{done} decisions")
