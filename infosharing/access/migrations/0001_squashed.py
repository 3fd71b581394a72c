"""The counters of failed sign-ins, in a cache that all workers share, and kept text.

Replaces the migrations up to commit f72e422; see docs/administrator.md, "Upgrading".
"""

import django.db.models.deletion
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

import infosharing.identifiers
from infosharing.migrating import CreateModels


def make_table(apps, schema_editor):
    call_command(
        "createcachetable",
        "sign_in_counters",
        database=schema_editor.connection.alias,
        verbosity=0,
    )


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS sign_in_counters")


class Migration(migrations.Migration):
    replaces = [("access", "0001_sign_in_counters"), ("access", "0002_kept_text")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(make_table, drop_table),
        CreateModels(
            [
                migrations.CreateModel(
                    name="KeptText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                                unique=True,
                            ),
                        ),
                        ("path", models.TextField()),
                        ("fields", models.JSONField()),
                        ("attached", models.BooleanField(default=False)),
                        ("kept_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
