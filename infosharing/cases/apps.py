from django.apps import AppConfig


class CasesConfig(AppConfig):
    """People, judgements, cases and who may see them."""

    name = "infosharing.cases"
    protected = True
