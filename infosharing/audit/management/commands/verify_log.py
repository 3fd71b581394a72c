"""``manage.py verify_log``: whether the log is whole, and its end to keep elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infosharing.audit import stored
from infosharing.audit.verification import Finding, Tip, Verification

SHOWN_AT_MOST = 100


class Command(BaseCommand):
    """Exits with 0 when nothing is wrong, 1 otherwise."""

    help = (
        "Check every entry of the log: sequence, chain, content, columns, details. Prints the end "
        "of the log as SIZE:HASH: how many entries there are, and the hash of the last. Keep it "
        "where nobody who runs this system can change it, and give it back with --expect: only "
        "so does it show that the end was cut off or everything rewritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take any number of ends kept earlier."""
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="SIZE:HASH",
            help="an end of the log that this printed earlier; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the first hundred findings and the end of the log.

        :raises CommandError: when anything was found.
        """
        try:
            expected = [Tip.parse(text) for text in options["expect"]]
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        last_payload, last_entry = stored.bounds()
        verification = Verification(expected)
        count = 0
        for finding in verification.findings(
            stored.entries(last_entry), stored.payloads(max(last_payload, last_entry))
        ):
            count += 1
            self._show(finding, count)
        self.stdout.write(f"end of the log (SIZE:HASH): {verification.tip}")
        if count:
            raise CommandError(f"the log is not whole: {count} found", returncode=1)
        self.stdout.write(f"{verification.tip.size} entries, nothing wrong")

    def _show(self, finding: Finding, count: int) -> None:
        if count <= SHOWN_AT_MOST:
            self.stdout.write(str(finding))
        elif count == SHOWN_AT_MOST + 1:
            self.stdout.write("and more, counted below")
