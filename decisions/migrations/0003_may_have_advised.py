"""Whose reported advice may be, however the name was typed: told when it is recorded."""

from itertools import islice

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from decisions.models.advice import advisers


def fill(apps, schema_editor):
    """Say of what was reported before whose it may be."""
    found = apps.get_model("decisions", "MayHaveAdvised")
    told = apps.get_model("decisions", "Advice").objects.filter(given_by=None)
    users = apps.get_model("accounts", "User").objects.values_list("pk", "name")
    pairs = advisers(told.values_list("pk", "adviser").iterator(), users)
    while rows := [found(advice_id=key, user_id=who) for key, who in islice(pairs, 1000)]:
        found.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_place_of_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MayHaveAdvised",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="may_be_of",
                        to="decisions.advice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="may_have_advised",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("advice", "user"), name="decisions_mayhaveadvised_once"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
