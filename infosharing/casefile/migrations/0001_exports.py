"""Exports: PDFs made in the background and what they were made of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import infosharing.identifiers
from infosharing.migrating import CreateModels

# Whatever database has only some of the migrations that were replaced by one is refused: Django
# leaves the one out then, and misses these, by their old names. By the new name it would be silent.
LAST_REPLACED = [
    ("access", "0002_kept_text"),
    ("accounts", "0003_plain_words"),
    ("cases", "0006_walking"),
    ("consent", "0003_what_was_known_of_a_no"),
    ("decisions", "0009_plain_words"),
    ("search", "0002_walking"),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        *LAST_REPLACED,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="KeptPages",
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
                            "made_of",
                            models.CharField(
                                max_length=64,
                                unique=True,
                                verbose_name="SHA-256 of content and layout",
                            ),
                        ),
                        ("pages", models.PositiveIntegerField()),
                        ("stored_as", models.CharField(db_index=True, max_length=32)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("used_on", models.DateField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Export",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("case", "History of a case"),
                                    ("person", "Chronology of a person"),
                                    ("decisions", "History of decisions"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for its turn"),
                                    ("working", "Being made"),
                                    ("ready", "Ready to take away"),
                                    ("cancelled", "Cancelled"),
                                    ("failed", "Could not be made"),
                                    ("expired", "No longer kept"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("told", models.JSONField(default=list, verbose_name="filter in words")),
                        ("kept_back", models.PositiveIntegerField(default=0)),
                        (
                            "total",
                            models.PositiveIntegerField(default=0, verbose_name="steps in all"),
                        ),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="steps done")),
                        ("claim", models.CharField(blank=True, max_length=22)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "why",
                            models.TextField(blank=True, verbose_name="why it could not be made"),
                        ),
                        ("stored_as", models.CharField(blank=True, max_length=32)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("pages", models.PositiveIntegerField(default=0)),
                        ("keep_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["asked_by", "-asked_at"],
                                name="casefile_ex_asked_b_fe2377_idx",
                            ),
                            models.Index(
                                fields=["state", "asked_at"], name="casefile_ex_state_d8879e_idx"
                            ),
                            models.Index(
                                fields=["stored_as"], name="casefile_ex_stored__2c3278_idx"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("stored_as", ""), _negated=True),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="casefile_export_ready_has_a_file",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportRecord",
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
                        ("number", models.PositiveIntegerField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "failed",
                            models.BooleanField(
                                default=False, verbose_name="its pages could not be made"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "export",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="records",
                                to="casefile.export",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("export", "number"), name="casefile_record_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
