"""What is known of a person says through which case it came: the log knows of each row."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from infosharing.audit import triggers
from infosharing.audit.protection import table_of

RECORDED = {
    "Responsibility": "cases.responsibility_recorded",
    "CourtOrder": "cases.court_order_recorded",
    "Protection": "cases.person_protected",
}


def fill(apps, schema_editor):
    """Say of every row and of its history through which case it came.

    The log says in which case each was recorded; of a row it does not know, the first case of the
    person is taken.
    """
    connection = schema_editor.connection
    case, part = apps.get_model("cases", "Case"), apps.get_model("cases", "CasePerson")
    entry = apps.get_model("audit", "Entry")
    if connection.vendor == "postgresql":
        # Keys are checked as they are written: the tables are altered in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name, event in RECORDED.items():
        model, past = apps.get_model("cases", name), apps.get_model("cases", f"Historical{name}")
        logged = case.objects.filter(
            public_id=Subquery(
                entry.objects.filter(
                    object_type=f"cases.{name.lower()}",
                    object_id=OuterRef(OuterRef("public_id")),
                    event=event,
                )
                .order_by("seq")
                .values("case_id")[:1]
            )
        )
        first = part.objects.filter(person=OuterRef("person_id")).order_by("id")
        # What may never be changed is filled in here; the triggers are back after each migrate.
        tables = [table_of(past), *([table_of(model)] if name == "CourtOrder" else [])]
        triggers.remove(connection, tables)
        for each in (model, past):
            each.objects.update(
                case_id=Coalesce(
                    Subquery(logged.values("pk")[:1]), Subquery(first.values("case_id")[:1])
                )
            )
        triggers.install(connection, tables)


def _added(name, related_name):
    return [
        migrations.AddField(
            model_name=f"historical{name}",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name=name,
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name=related_name,
                to="cases.case",
            ),
        ),
    ]


def _required(name, related_name):
    return migrations.AlterField(
        model_name=name,
        name="case",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name=related_name,
            to="cases.case",
        ),
    )


NAMES = {
    "responsibility": "responsibilities",
    "courtorder": "court_orders",
    "protection": "protections",
}


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("cases", "0001_squashed")]

    operations = [
        *(one for name, related in NAMES.items() for one in _added(name, related)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(_required(name, related) for name, related in NAMES.items()),
    ]
