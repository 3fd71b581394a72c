"""What is kept of every model when it changes (R51)."""

from django.apps import apps

from infosharing.audit.protection import history_of, is_protected

NOTHING_OF_THE_RECORD = "nothing of the record"
MADE_FROM_IT = "made from the record; each step is an entry of the log"
LOGGED = "each change is an entry of the log, with its details"
PLAIN = {
    "accounts.User": LOGGED,
    "accounts.Organisation": LOGGED,
    "accounts.Membership": LOGGED,
    "accounts.Invitation": LOGGED,
    "audit.Submission": NOTHING_OF_THE_RECORD,
    "access.KeptText": NOTHING_OF_THE_RECORD,
    "casefile.Export": MADE_FROM_IT,
    "casefile.ExportRecord": MADE_FROM_IT,
    "casefile.KeptPages": MADE_FROM_IT,
    "decisions.MayHaveAdvised": MADE_FROM_IT,
    "decisions.Undecided": MADE_FROM_IT,
    "search.KeptSearch": NOTHING_OF_THE_RECORD,
    "search.Word": NOTHING_OF_THE_RECORD,
    "sessions.Session": NOTHING_OF_THE_RECORD,
    "contenttypes.ContentType": NOTHING_OF_THE_RECORD,
    "auth.Permission": "not used: roles are memberships",
    "auth.Group": "not used: roles are memberships",
    "account.EmailAddress": "not used: a user has one address, on the user",
    "account.EmailConfirmation": "not used: an administrator invites",
}


def ours() -> list[type]:
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "instance_type")  # history itself
        and not model.__module__.startswith("tests.")
    ]


def test_every_model_is_append_only_or_tracked_or_says_why_it_is_plain():
    kept = {
        model._meta.label
        for model in ours()
        if getattr(model, "append_only", False) or history_of(model)
    }
    plain = {model._meta.label for model in ours()} - kept
    assert plain == set(PLAIN)


def test_every_model_of_the_record_is_refused_a_change_without_an_entry():
    outside = {model._meta.label for model in ours() if not is_protected(model)}
    log = {"audit.Entry", "audit.Payload"}
    assert outside == log | {label for label, reason in PLAIN.items() if reason != LOGGED}
