"""``manage.py guide FILE… [--check]``: what the guide says about the facts in a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from infosharing.guidance.command import run
from infosharing.guidance.loading import shipped_packs


class Command(BaseCommand):
    help = "Prints what the guide says about the facts in each file, one JSON object a line."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="A scenario, as JSON")
        parser.add_argument(
            "--check", action="store_true", help="Compare with what each file expects"
        )

    def handle(self, *args: object, files: list[str], check: bool, **options: object) -> None:
        code = run(
            files,
            shipped_packs(),
            read=lambda name: Path(name).read_bytes(),
            out=self.stdout.write,
            err=self.stderr.write,
            check=check,
        )
        if code:
            sys.exit(code)
