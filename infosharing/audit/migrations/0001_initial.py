"""The log and what was sent once."""

from django.db import migrations, models

import infosharing.audit.models
from infosharing.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("prev_hash", models.BinaryField(max_length=32, unique=True)),
                        ("header", infosharing.audit.models.ReturnedBytesField()),
                        ("commitment", infosharing.audit.models.ReturnedBytesField(max_length=32)),
                        ("entry_hash", infosharing.audit.models.ReturnedBytesField(max_length=32)),
                        ("at", models.DateTimeField()),
                        ("event", models.CharField(max_length=64)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("done", "Done"),
                                    ("refused", "Refused"),
                                    ("seen", "Looked at"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("actor_id", models.CharField(max_length=22)),
                        ("organisation_id", models.CharField(blank=True, max_length=22)),
                        ("case_id", models.CharField(blank=True, max_length=22)),
                        ("object_type", models.CharField(blank=True, max_length=100)),
                        ("object_id", models.CharField(blank=True, max_length=64)),
                        ("request_id", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "verbose_name_plural": "entries",
                        "indexes": [
                            models.Index(fields=["case_id", "-seq"], name="audit_entry_case"),
                            models.Index(
                                fields=["object_type", "object_id", "-seq"],
                                name="audit_entry_object",
                            ),
                            models.Index(fields=["actor_id", "-seq"], name="audit_entry_actor"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="audit_entry_seq_from_1"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payload",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("salt", models.BinaryField(max_length=32)),
                        ("payload", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="audit_payload_seq_from_1"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("token", models.CharField(max_length=22)),
                        ("actor_id", models.CharField(max_length=22)),
                        ("digest", models.CharField(max_length=64)),
                        ("address", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor_id", "token"), name="audit_submission_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
