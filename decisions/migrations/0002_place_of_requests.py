"""A request carries the place of its case, so that a school's list is walked along an index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from infosharing.audit import triggers
from infosharing.audit.protection import table_of


def fill(apps, schema_editor):
    """Say of every request and every row of its history where its case is."""
    connection = schema_editor.connection
    request = apps.get_model("decisions", "Request")
    past = apps.get_model("decisions", "HistoricalRequest")
    cases = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case_id"))
    if connection.vendor == "postgresql":
        # Keys are checked as they are written: the tables are altered in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    # What may never be changed is filled in here; the triggers are back after each migrate.
    triggers.remove(connection, [table_of(past)])
    for model in (request, past):
        model.objects.update(organisation_id=Subquery(cases.values("organisation_id")))
    triggers.install(connection, [table_of(past)])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_squashed"),
        ("cases", "0001_squashed"),
        ("decisions", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalrequest",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="request",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="accounts.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["organisation", "-recorded_at", "-id"],
                name="decisions_r_organis_c60f5a_idx",
            ),
        ),
    ]
