"""Cases, people, documents and who may see them.

Replaces the migrations up to commit f72e422; see docs/administrator.md, "Upgrading".
"""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import infosharing.identifiers
from infosharing.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_evidence_and_closing"),
        ("cases", "0003_same_people"),
        ("cases", "0004_restricted_notes"),
        ("cases", "0005_stand_ins_and_reviews"),
        ("cases", "0006_walking"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_plain_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Case",
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
                        (
                            "reference",
                            models.CharField(
                                default=infosharing.identifiers.new_reference,
                                editable=False,
                                max_length=10,
                                unique=True,
                            ),
                        ),
                        ("summary", models.TextField(verbose_name="what the case is about")),
                        ("restricted", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases_opened",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                related_name="cases", through="cases.CasePerson", to="cases.person"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_because",
                            models.TextField(blank=True, verbose_name="why it was closed"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases_closed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "-opened_at"],
                                name="cases_case_organis_28bb56_idx",
                            ),
                            models.Index(
                                fields=["-opened_at", "-id"], name="cases_case_opened__a70e60_idx"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at", None),
                                        ("closed_because", ""),
                                        ("closed_by", None),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        models.Q(("closed_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_case_closed_by_somebody_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("name", models.CharField(max_length=200)),
                        ("role", models.CharField(blank=True, max_length=200)),
                        (
                            "agency",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation or team"
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="no longer used since"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "name"],
                                name="cases_conta_organis_03cab0_idx",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactDetail",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("telephone", "Telephone"),
                                    ("email", "Email"),
                                    ("post", "Postal address"),
                                    ("portal", "Secure portal or mailbox"),
                                    ("fax", "Fax"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "value",
                            models.CharField(max_length=300, verbose_name="number or address"),
                        ),
                        (
                            "source",
                            models.CharField(max_length=300, verbose_name="where it was found"),
                        ),
                        ("found_on", models.DateField()),
                        ("found_by", models.CharField(max_length=200, verbose_name="who found it")),
                        ("added_at", models.DateTimeField()),
                        ("superseded_at", models.DateTimeField(blank=True, null=True)),
                        ("superseded_because", models.TextField(blank=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_details_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="details",
                                to="cases.contact",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("value", ""), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    models.Q(
                                        models.Q(
                                            ("superseded_at", None), ("superseded_because", "")
                                        ),
                                        models.Q(
                                            ("superseded_at__isnull", False),
                                            models.Q(("superseded_because", ""), _negated=True),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="cases_contactdetail_says_where_it_was_found",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("what", models.CharField(max_length=300, verbose_name="what it is")),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("jpeg", "JPEG picture"),
                                    ("png", "PNG picture"),
                                    ("docx", "Word document"),
                                    ("odt", "OpenDocument text"),
                                    ("eml", "E-mail"),
                                    ("text", "Plain text"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64)),
                        ("stored_as", models.CharField(editable=False, max_length=32, unique=True)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "sha256"), name="cases_document_once_a_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCase",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_reference,
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("summary", models.TextField(verbose_name="what the case is about")),
                        ("restricted", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_because",
                            models.TextField(blank=True, verbose_name="why it was closed"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical case",
                        "verbose_name_plural": "historical cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_e99664_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCaseAccess",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("named", "Named on the case"),
                                    ("excluded", "Kept from the case"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("given_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.TextField(blank=True, verbose_name="why it ended")),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical case access",
                        "verbose_name_plural": "historical case accesss",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_b57de8_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalClosure",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("first_on", models.DateField(verbose_name="first day")),
                        ("last_on", models.DateField(verbose_name="last day")),
                        ("what", models.CharField(max_length=200, verbose_name="what it is")),
                        ("added_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical closure",
                        "verbose_name_plural": "historical closures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_9c8038_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContact",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("role", models.CharField(blank=True, max_length=200)),
                        (
                            "agency",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation or team"
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="no longer used since"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact",
                        "verbose_name_plural": "historical contacts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_5e26a8_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContactDetail",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("telephone", "Telephone"),
                                    ("email", "Email"),
                                    ("post", "Postal address"),
                                    ("portal", "Secure portal or mailbox"),
                                    ("fax", "Fax"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "value",
                            models.CharField(max_length=300, verbose_name="number or address"),
                        ),
                        (
                            "source",
                            models.CharField(max_length=300, verbose_name="where it was found"),
                        ),
                        ("found_on", models.DateField()),
                        ("found_by", models.CharField(max_length=200, verbose_name="who found it")),
                        ("added_at", models.DateTimeField()),
                        ("superseded_at", models.DateTimeField(blank=True, null=True)),
                        ("superseded_because", models.TextField(blank=True)),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.contact",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact detail",
                        "verbose_name_plural": "historical contact details",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_1422a2_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("what", models.CharField(max_length=300, verbose_name="what it is")),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("jpeg", "JPEG picture"),
                                    ("png", "PNG picture"),
                                    ("docx", "Word document"),
                                    ("odt", "OpenDocument text"),
                                    ("eml", "E-mail"),
                                    ("text", "Plain text"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "stored_as",
                            models.CharField(db_index=True, editable=False, max_length=32),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_81e5f0_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="full name")),
                        ("preferred_name", models.CharField(blank=True, max_length=200)),
                        (
                            "born",
                            models.DateField(blank=True, null=True, verbose_name="date of birth"),
                        ),
                        (
                            "age_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unborn", "Not yet born"),
                                    ("under_16", "Under 16"),
                                    ("16_or_17", "16 or 17"),
                                    ("adult", "18 or over"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "about_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="about how old"
                            ),
                        ),
                        (
                            "about_age_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="the day that was said"
                            ),
                        ),
                        (
                            "upn",
                            models.CharField(
                                blank=True, max_length=13, verbose_name="unique pupil number"
                            ),
                        ),
                        (
                            "year_group",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("n", "Nursery"),
                                    ("r", "Reception"),
                                    ("1", "Year 1"),
                                    ("2", "Year 2"),
                                    ("3", "Year 3"),
                                    ("4", "Year 4"),
                                    ("5", "Year 5"),
                                    ("6", "Year 6"),
                                    ("7", "Year 7"),
                                    ("8", "Year 8"),
                                    ("9", "Year 9"),
                                    ("10", "Year 10"),
                                    ("11", "Year 11"),
                                    ("12", "Year 12"),
                                    ("13", "Year 13"),
                                    ("none", "Not at school"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("search_text", models.TextField(blank=True, editable=False)),
                        ("added_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical persons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_1889ee_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=200, verbose_name="full name")),
                        ("preferred_name", models.CharField(blank=True, max_length=200)),
                        (
                            "born",
                            models.DateField(blank=True, null=True, verbose_name="date of birth"),
                        ),
                        (
                            "age_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unborn", "Not yet born"),
                                    ("under_16", "Under 16"),
                                    ("16_or_17", "16 or 17"),
                                    ("adult", "18 or over"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "about_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="about how old"
                            ),
                        ),
                        (
                            "about_age_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="the day that was said"
                            ),
                        ),
                        (
                            "upn",
                            models.CharField(
                                blank=True, max_length=13, verbose_name="unique pupil number"
                            ),
                        ),
                        (
                            "year_group",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("n", "Nursery"),
                                    ("r", "Reception"),
                                    ("1", "Year 1"),
                                    ("2", "Year 2"),
                                    ("3", "Year 3"),
                                    ("4", "Year 4"),
                                    ("5", "Year 5"),
                                    ("6", "Year 6"),
                                    ("7", "Year 7"),
                                    ("8", "Year 8"),
                                    ("9", "Year 9"),
                                    ("10", "Year 10"),
                                    ("11", "Year 11"),
                                    ("12", "Year 12"),
                                    ("13", "Year 13"),
                                    ("none", "Not at school"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("search_text", models.TextField(blank=True, editable=False)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "name"],
                                name="cases_perso_organis_af0b81_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("born__isnull", False), ("age_band", "")),
                                    models.Q(
                                        ("born", None), models.Q(("age_band", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_person_born_or_age_band",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("about_age", None), ("about_age_on", None)),
                                    models.Q(
                                        ("about_age__isnull", False),
                                        ("about_age_on__isnull", False),
                                        ("born", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_person_about_age_with_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        "competence",
                                        "Under 16: able to decide this (Gillick competence)",
                                    ),
                                    ("capacity", "16 or over: mental capacity to decide this"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("matter", models.TextField(verbose_name="what was to be decided")),
                        ("understands", models.BooleanField(null=True)),
                        ("retains", models.BooleanField(null=True)),
                        ("weighs", models.BooleanField(null=True)),
                        ("communicates", models.BooleanField(null=True)),
                        (
                            "own_view",
                            models.BooleanField(
                                null=True, verbose_name="their own view, not pressed on them"
                            ),
                        ),
                        (
                            "impairment",
                            models.BooleanField(
                                null=True, verbose_name="something affects mind or brain"
                            ),
                        ),
                        ("impairment_what", models.CharField(blank=True, max_length=300)),
                        ("because_of_impairment", models.BooleanField(null=True)),
                        (
                            "support",
                            models.TextField(
                                blank=True, verbose_name="what was done to help them decide"
                            ),
                        ),
                        ("able", models.BooleanField()),
                        (
                            "reasons",
                            models.TextField(verbose_name="what they said or did that shows it"),
                        ),
                        ("judged_on", models.DateField()),
                        (
                            "judged_by",
                            models.CharField(max_length=300, verbose_name="who judged it"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="cases.person",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="cases.document",
                                verbose_name="document that shows it",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalViewHeard",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "whose",
                            models.CharField(
                                choices=[
                                    ("person", "The person it is about"),
                                    ("parent", "A parent or carer"),
                                    ("relative", "Another relative"),
                                    ("advocate", "An advocate speaking for them"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "said_by",
                            models.CharField(
                                max_length=200, verbose_name="name of whoever said it"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what they said, in their words")),
                        ("said_on", models.DateField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("spoken", "They said it, face to face"),
                                    ("telephone", "By telephone or video call"),
                                    ("written", "They wrote it"),
                                    (
                                        "shown",
                                        "They showed it: by drawing, play, signs or pictures",
                                    ),
                                    ("interpreted", "Through an interpreter"),
                                    ("reported", "Somebody else told us what they said"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("heard_by", models.CharField(max_length=200)),
                        ("recorded_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical view heard",
                        "verbose_name_plural": "historical view heards",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_39320e_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalResponsibility",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "holder",
                            models.CharField(max_length=200, verbose_name="name of the holder"),
                        ),
                        ("relationship", models.CharField(blank=True, max_length=200)),
                        (
                            "holds",
                            models.CharField(
                                choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                                max_length=10,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True, verbose_name="what shows it")),
                        (
                            "seen_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="the day that was seen"
                            ),
                        ),
                        (
                            "seen_by",
                            models.CharField(blank=True, max_length=200, verbose_name="who saw it"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.document",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical responsibility",
                        "verbose_name_plural": "historical responsibilitys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_fe78df_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProtection",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "from_whom",
                            models.CharField(
                                max_length=300, verbose_name="whom the details must not reach"
                            ),
                        ),
                        ("why", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_why", models.TextField(blank=True)),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                        (
                            "named_only",
                            models.BooleanField(
                                default=False, verbose_name="shown only to those named on a case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical protection",
                        "verbose_name_plural": "historical protections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_63e637_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalJudgement",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        "competence",
                                        "Under 16: able to decide this (Gillick competence)",
                                    ),
                                    ("capacity", "16 or over: mental capacity to decide this"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("matter", models.TextField(verbose_name="what was to be decided")),
                        ("understands", models.BooleanField(null=True)),
                        ("retains", models.BooleanField(null=True)),
                        ("weighs", models.BooleanField(null=True)),
                        ("communicates", models.BooleanField(null=True)),
                        (
                            "own_view",
                            models.BooleanField(
                                null=True, verbose_name="their own view, not pressed on them"
                            ),
                        ),
                        (
                            "impairment",
                            models.BooleanField(
                                null=True, verbose_name="something affects mind or brain"
                            ),
                        ),
                        ("impairment_what", models.CharField(blank=True, max_length=300)),
                        ("because_of_impairment", models.BooleanField(null=True)),
                        (
                            "support",
                            models.TextField(
                                blank=True, verbose_name="what was done to help them decide"
                            ),
                        ),
                        ("able", models.BooleanField()),
                        (
                            "reasons",
                            models.TextField(verbose_name="what they said or did that shows it"),
                        ),
                        ("judged_on", models.DateField()),
                        (
                            "judged_by",
                            models.CharField(max_length=300, verbose_name="who judged it"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.document",
                                verbose_name="document that shows it",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical judgement",
                        "verbose_name_plural": "historical judgements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_309ab8_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCourtOrder",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("care", "Care order, also an interim one"),
                                    ("child_arrangements", "Child arrangements order"),
                                    ("special_guardianship", "Special guardianship order"),
                                    ("parental_responsibility", "Parental responsibility order"),
                                    ("adoption", "Adoption or placement order"),
                                    ("non_molestation", "Non-molestation or occupation order"),
                                    (
                                        "prohibited_steps",
                                        "Prohibited steps or specific issue order",
                                    ),
                                    ("wardship", "Wardship, or another order of the High Court"),
                                    (
                                        "deputyship",
                                        "Court of Protection order, such as a deputyship",
                                    ),
                                    ("disclosure", "Order to give or to withhold information"),
                                    ("other", "Another order"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("court", models.CharField(blank=True, max_length=300)),
                        ("made_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("says", models.TextField(verbose_name="what it says")),
                        ("recorded_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.document",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical court order",
                        "verbose_name_plural": "historical court orders",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_fadd1c_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCasePerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("subject", "The child, young person or adult it is about"),
                                    ("relative", "A parent, carer or relative"),
                                    ("other", "Somebody else"),
                                    ("double", "The same person, recorded a second time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical case person",
                        "verbose_name_plural": "historical case persons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_247193_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CourtOrder",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("care", "Care order, also an interim one"),
                                    ("child_arrangements", "Child arrangements order"),
                                    ("special_guardianship", "Special guardianship order"),
                                    ("parental_responsibility", "Parental responsibility order"),
                                    ("adoption", "Adoption or placement order"),
                                    ("non_molestation", "Non-molestation or occupation order"),
                                    (
                                        "prohibited_steps",
                                        "Prohibited steps or specific issue order",
                                    ),
                                    ("wardship", "Wardship, or another order of the High Court"),
                                    (
                                        "deputyship",
                                        "Court of Protection order, such as a deputyship",
                                    ),
                                    ("disclosure", "Order to give or to withhold information"),
                                    ("other", "Another order"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("court", models.CharField(blank=True, max_length=300)),
                        ("made_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("says", models.TextField(verbose_name="what it says")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="court_orders_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="court_orders",
                                to="cases.document",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="court_orders",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CasePerson",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("subject", "The child, young person or adult it is about"),
                                    ("relative", "A parent, carer or relative"),
                                    ("other", "Somebody else"),
                                    ("double", "The same person, recorded a second time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cases.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "person"), name="cases_caseperson_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Protection",
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
                        (
                            "from_whom",
                            models.CharField(
                                max_length=300, verbose_name="whom the details must not reach"
                            ),
                        ),
                        ("why", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_why", models.TextField(blank=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections_ended",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections",
                                to="cases.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "named_only",
                            models.BooleanField(
                                default=False, verbose_name="shown only to those named on a case"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None)),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_protection_both_ended_at_and_by_set",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                        (
                            "holder",
                            models.CharField(max_length=200, verbose_name="name of the holder"),
                        ),
                        ("relationship", models.CharField(blank=True, max_length=200)),
                        (
                            "holds",
                            models.CharField(
                                choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                                max_length=10,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True, verbose_name="what shows it")),
                        (
                            "seen_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="the day that was seen"
                            ),
                        ),
                        (
                            "seen_by",
                            models.CharField(blank=True, max_length=200, verbose_name="who saw it"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities",
                                to="cases.document",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities",
                                to="cases.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ViewHeard",
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
                        (
                            "whose",
                            models.CharField(
                                choices=[
                                    ("person", "The person it is about"),
                                    ("parent", "A parent or carer"),
                                    ("relative", "Another relative"),
                                    ("advocate", "An advocate speaking for them"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "said_by",
                            models.CharField(
                                max_length=200, verbose_name="name of whoever said it"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what they said, in their words")),
                        ("said_on", models.DateField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("spoken", "They said it, face to face"),
                                    ("telephone", "By telephone or video call"),
                                    ("written", "They wrote it"),
                                    (
                                        "shown",
                                        "They showed it: by drawing, play, signs or pictures",
                                    ),
                                    ("interpreted", "Through an interpreter"),
                                    ("reported", "Somebody else told us what they said"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("heard_by", models.CharField(max_length=200)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="cases.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="cases.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseAccess",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("named", "Named on the case"),
                                    ("excluded", "Kept from the case"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("given_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.TextField(blank=True, verbose_name="why it ended")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="access",
                                to="cases.case",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_access_ended",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_access_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_access",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["user", "kind", "case"],
                                name="cases_casea_user_id_6fb79f_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("case", "user", "kind"),
                                name="cases_caseaccess_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
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
                        ("first_on", models.DateField(verbose_name="first day")),
                        ("last_on", models.DateField(verbose_name="last day")),
                        ("what", models.CharField(max_length=200, verbose_name="what it is")),
                        ("added_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closures_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closures",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closures_removed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "last_on"],
                                name="cases_closu_organis_1dbe17_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("first_on"))),
                                name="cases_closure_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at", None), ("removed_by", None)),
                                    models.Q(
                                        ("removed_at__isnull", False), ("removed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_closure_both_removed_at_and_by_set",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalKeptFor",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("words", models.TextField(verbose_name="how long it is kept")),
                        ("because", models.TextField(blank=True, verbose_name="where that stands")),
                        ("set_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical kept for",
                        "verbose_name_plural": "historical kept fors",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_f50f7d_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="KeptFor",
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
                        ("words", models.TextField(verbose_name="how long it is kept")),
                        ("because", models.TextField(blank=True, verbose_name="where that stands")),
                        ("set_at", models.DateTimeField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_for",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_for_set",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "id"], name="cases_keptf_organis_1481e0_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="cases_keptfor_says_how_long",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSamePerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("same", models.BooleanField(verbose_name="the same person")),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("subject", "The child, young person or adult it is about"),
                                    ("relative", "A parent, carer or relative"),
                                    ("other", "Somebody else"),
                                    ("double", "The same person, recorded a second time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("said_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "known",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                                verbose_name="who it is",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                                verbose_name="recorded again",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical same person",
                        "verbose_name_plural": "historical same people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_df553c_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SamePerson",
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
                        ("same", models.BooleanField(verbose_name="the same person")),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("subject", "The child, young person or adult it is about"),
                                    ("relative", "A parent, carer or relative"),
                                    ("other", "Somebody else"),
                                    ("double", "The same person, recorded a second time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("said_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="same_people",
                                to="cases.case",
                            ),
                        ),
                        (
                            "known",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_again",
                                to="cases.person",
                                verbose_name="who it is",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="same_as",
                                to="cases.person",
                                verbose_name="recorded again",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="same_people_said",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "same people",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("known")), _negated=True),
                                name="cases_sameperson_of_two",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictedNote",
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
                        ("words", models.TextField(verbose_name="the note")),
                        ("written_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="restricted_notes",
                                to="cases.case",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes_written",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["case", "id"], name="cases_restr_case_id_c83efd_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoteReader",
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
                        ("given_at", models.DateTimeField(verbose_name="named on")),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="no longer since"
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes_hidden",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes_shown",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="named by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes_read",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who reads it",
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers",
                                to="cases.restrictednote",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("note", "user"),
                                name="cases_notereader_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None)),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_notereader_both_ended_at_and_by_set",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalNoteReader",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="named on")),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="no longer since"
                            ),
                        ),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="named by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who reads it",
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.restrictednote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical note reader",
                        "verbose_name_plural": "historical note readers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_470915_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRestrictedNote",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("words", models.TextField(verbose_name="the note")),
                        ("written_at", models.DateTimeField()),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical restricted note",
                        "verbose_name_plural": "historical restricted notes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_15d3fa_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStandIn",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                db_index=True,
                                default=infosharing.identifiers.new_public_id,
                                editable=False,
                                max_length=22,
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("why", models.TextField()),
                        ("named_at", models.DateTimeField()),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="ended before the last day"
                            ),
                        ),
                        ("history_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField()),
                        ("history_change_reason", models.TextField()),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        ("history_actor", models.CharField(max_length=22)),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "named_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical stand in",
                        "verbose_name_plural": "historical stand ins",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="cases_histo_id_f05c3a_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="StandIn",
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
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("why", models.TextField()),
                        ("named_at", models.DateTimeField()),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="ended before the last day"
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins_ended",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_in",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins_named",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "ends_on"],
                                name="cases_stand_organis_62cf1d_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="cases_standin_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deputy", models.F("in_place_of")), _negated=True
                                ),
                                name="cases_standin_somebody_else",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None)),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_standin_both_ended_at_and_by_set",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
