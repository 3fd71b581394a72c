"""Words to find by and kept searches.

Replaces the migrations up to commit f72e422; see docs/administrator.md, "Upgrading".
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import infosharing.identifiers
from infosharing.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("search", "0001_initial"), ("search", "0002_walking")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Word",
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
                        ("kind", models.CharField(max_length=12)),
                        ("word", models.BinaryField()),
                        ("key", models.BigIntegerField(verbose_name="key of what is found by it")),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["kind", "key", "word"], name="search_word_kind_d6e70a_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "word", "key"), name="search_word_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptSearch",
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
                        ("listing", models.CharField(max_length=20, verbose_name="which list")),
                        ("name", models.CharField(blank=True, max_length=80)),
                        ("words", models.JSONField(default=dict)),
                        ("choices", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="searches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["owner", "listing", "-made_at"],
                                name="search_kept_owner_i_c61d14_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                fields=("owner", "listing", "name"),
                                name="search_keptsearch_name_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
