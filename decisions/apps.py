from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Requests, drafts, signed versions, and what follows them."""

    name = "decisions"
    protected = True
