"""The table in which failed sign-ins are counted: a cache that all workers share."""

from django.core.management import call_command
from django.db import migrations


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
    initial = True
    dependencies = []
    operations = [migrations.RunPython(make_table, drop_table)]
