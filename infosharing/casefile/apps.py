from django.apps import AppConfig


class CasefileConfig(AppConfig):
    """What spans apps: home, case page, lists, exports, demonstration."""

    name = "infosharing.casefile"
