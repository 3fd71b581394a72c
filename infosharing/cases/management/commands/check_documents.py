"""``bin/manage check_documents``: are the kept files there, and what they were?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infosharing.cases.documents import Damaged, read_kept
from infosharing.cases.documents.store import kept_files
from infosharing.cases.models import Document


class Command(BaseCommand):
    """Compares every document's file with its hash; after a restore, and once a month."""

    help = "Check that every document is in the store unchanged, and name files without a record."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--remove``."""
        parser.add_argument(
            "--remove", action="store_true", help="remove files that no record knows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found, by ids and never by names.

        :raises CommandError: when a document is missing or changed.
        """
        # The files first: one that arrives meanwhile has its record by then.
        files = {path.name: path for path in kept_files()}
        damaged, number = [], 0
        rows = Document.objects.order_by("id").values_list("public_id", "stored_as", "sha256")
        for public_id, stored_as, sha256 in rows.iterator():
            number += 1
            files.pop(stored_as, None)
            try:
                read_kept(stored_as, sha256)
            except Damaged:
                damaged.append(public_id)
        for path in files.values():
            self.stdout.write(f"No record knows the file {path.name}.")
            if options["remove"]:
                path.unlink()
        if damaged:
            raise CommandError(f"Missing or changed: {', '.join(damaged)}. Restore the store.")
        self.stdout.write(f"{number} documents are as they were kept.")
