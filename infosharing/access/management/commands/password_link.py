"""``bin/manage password_link NAME``: a new password for somebody, without e-mail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from infosharing.access.backends import user_called
from infosharing.access.domain.passwords import make_password_link
from infosharing.access.links import password_link


class Command(BaseCommand):
    """Prints a link with which a user chooses a new password; that it was made is logged."""

    help = "Print a link with which somebody chooses a new password, once, within three days."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a user name or an e-mail address."""
        parser.add_argument("login", metavar="NAME", help="user name or e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and print it.

        :raises CommandError: for nobody, or somebody whose account is closed.
        """
        user = user_called(options["login"])
        if user is None or not user.is_active:
            raise CommandError("Nobody with an open account is called that.")
        link = password_link(make_password_link(user=user, by=None, at=timezone.now()))
        self.stdout.write(
            f"{user.name} chooses a new password here, once, within three days:\n\n{link}\n\n"
            "Hand it over in a way that nobody else reads. Their sessions end when they use it."
        )
