from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What a person, or somebody who decides for them, said about sharing."""

    name = "consent"
    protected = True
