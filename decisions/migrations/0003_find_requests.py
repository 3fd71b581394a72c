"""Requests and cases are found by more names; the list of requests is ordered by an index."""

from django.conf import settings
from django.db import migrations, models

from infosharing.search.folding import kept_words


def find_by_names(apps, schema_editor):
    """Let what is there be found as what is new: by who asks, who works on it, who opened it."""
    word = apps.get_model("search", "Word")

    def add(kind, rows):
        for key, *names in rows.iterator(chunk_size=500):
            word.objects.bulk_create(
                [
                    word(kind=kind, word=one.encode(), key=key)
                    for one in sorted(kept_words(name for name in names if name))
                ],
                ignore_conflicts=True,
            )

    requests = apps.get_model("decisions", "Request").objects
    asking = ("requester_name", "requester_role", "requester_organisation")
    add("requester", requests.values_list("pk", *asking))
    working = ("recorded_by__name", "decision__started_by__name", "decision__signed_by__name")
    add("worker", requests.values_list("pk", *working))
    cases = apps.get_model("cases", "Case").objects
    add("opener", cases.values_list("pk", "opened_by__name"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_evidence_and_closing"),
        ("decisions", "0002_evidence_and_closing"),
        ("search", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["-recorded_at", "-id"], name="decisions_r_recorde_94bc8a_idx"
            ),
        ),
        migrations.RunPython(find_by_names, migrations.RunPython.noop, elidable=True),
    ]
