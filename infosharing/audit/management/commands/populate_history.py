"""``manage.py populate_history`` is refused; see ``infosharing.audit.refused_commands``."""

from infosharing.audit.refused_commands import RefusedCommand


class Command(RefusedCommand):
    """Stands in front of django-simple-history's command of that name."""
