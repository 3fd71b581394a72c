from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations, memberships: a change without a log entry is refused."""

    name = "infosharing.accounts"
    protected = True
