from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Question pages: forms, steps, storage; no domain words."""

    name = "infosharing.journeys"
