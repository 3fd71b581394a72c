from django.apps import AppConfig


class AuditSampleConfig(AppConfig):
    """Models on which the guard, the triggers and history are tried; installed by tests only."""

    name = "tests.audit.sampleapp"
    label = "auditsample"
    default_auto_field = "django.db.models.BigAutoField"
    protected = True
