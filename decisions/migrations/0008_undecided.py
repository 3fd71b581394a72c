"""What is undecided is looked up; the lists of a whole trust walk along an index."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def mark_undecided(apps, schema_editor):
    """Mark every request of which nothing is signed yet."""
    undecided = apps.get_model("decisions", "Undecided").objects
    requests = apps.get_model("decisions", "Request").objects
    keys = requests.filter(Q(decision=None) | Q(decision__state="drafting"))
    rows = [undecided.model(request_id=key) for key in keys.values_list("pk", flat=True)]
    undecided.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0007_what_nobody_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Undecided",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undecided",
                        to="decisions.request",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("signed_at__isnull", False)),
                fields=["-signed_at", "-id"],
                name="decisions_decision_newest",
            ),
        ),
        migrations.RunPython(mark_undecided, migrations.RunPython.noop, elidable=True),
    ]
