from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Declared access: three locks, sights, sign-in, members and roles."""

    name = "infosharing.access"
    label = "access"

    def ready(self) -> None:
        """Register the check that every view declares who may use it."""
        from infosharing.access import checks  # noqa: F401, PLC0415 - registers itself
