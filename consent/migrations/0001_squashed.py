"""What people said about sharing.

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
        ("consent", "0001_initial"),
        ("consent", "0002_evidence_and_closing"),
        ("consent", "0003_what_was_known_of_a_no"),
    ]

    initial = True

    dependencies = [
        ("cases", "0006_walking"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="ConsentRecord",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("given", "Yes, they agreed"),
                                    ("refused", "No, they refused"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_on", models.DateField(verbose_name="day it was said")),
                        (
                            "until",
                            models.DateField(blank=True, null=True, verbose_name="holds until"),
                        ),
                        (
                            "limits",
                            models.TextField(
                                blank=True, verbose_name="what they said no to within their yes"
                            ),
                        ),
                        (
                            "continuing",
                            models.BooleanField(
                                default=False, verbose_name="for sharing again and again"
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be looked at again on"
                            ),
                        ),
                        (
                            "given_by",
                            models.CharField(
                                choices=[
                                    ("self", "The person themselves"),
                                    ("parent", "A parent"),
                                    ("guardian", "A guardian, such as a special guardian"),
                                    ("local_authority", "The local authority, under a care order"),
                                    ("carer", "A carer, such as a relative the child stays with"),
                                    (
                                        "attorney_or_deputy",
                                        "An attorney or a deputy appointed by the court",
                                    ),
                                    ("other", "Somebody else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("giver", models.CharField(max_length=200, verbose_name="who said it")),
                        ("parental_responsibility", models.BooleanField()),
                        ("authority_evidenced", models.BooleanField()),
                        ("authority_evidence", models.TextField(blank=True)),
                        ("knows_what_happens", models.BooleanField(blank=True, null=True)),
                        ("knows_who_is_told", models.BooleanField(blank=True, null=True)),
                        ("knows_onward_sharing", models.BooleanField(blank=True, null=True)),
                        ("knows_why", models.BooleanField(blank=True, null=True)),
                        ("consequences_explained", models.BooleanField(blank=True, null=True)),
                        ("freely_given", models.BooleanField(blank=True, null=True)),
                        ("understood", models.BooleanField(blank=True, null=True)),
                        ("scope_purpose", models.TextField(verbose_name="for what purpose")),
                        ("scope_recipients", models.TextField(verbose_name="to whom")),
                        ("scope_information", models.TextField(verbose_name="which information")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                                verbose_name="how it was said",
                            ),
                        ),
                        ("taken_by", models.CharField(max_length=200, verbose_name="who asked")),
                        (
                            "evidence",
                            models.TextField(
                                blank=True, verbose_name="where the proof is, or what was said"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="cases.case",
                            ),
                        ),
                        (
                            "giver_person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents_given",
                                to="cases.person",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="cases.person",
                                verbose_name="about whom",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents_taken",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="consent.consentstep",
                                verbose_name="the question it answers",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="cases.document",
                                verbose_name="document that shows it",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["case", "said_on"], name="consent_con_case_id_3a396d_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gte", models.F("said_on")),
                                    _connector="OR",
                                ),
                                name="consent_consentrecord_until_not_before_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "given"),
                                    models.Q(
                                        ("continuing", False), ("limits", ""), ("review_on", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_consentrecord_limits_and_reviews_of_a_yes_only",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("continuing", False),
                                    models.Q(
                                        ("review_on__isnull", False), ("until__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_consentrecord_continuing_has_end_and_review",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "refused"),
                                    models.Q(
                                        ("consequences_explained__isnull", False),
                                        ("freely_given__isnull", False),
                                        ("knows_onward_sharing__isnull", False),
                                        ("knows_what_happens__isnull", False),
                                        ("knows_who_is_told__isnull", False),
                                        ("knows_why__isnull", False),
                                        ("understood__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_consentrecord_a_yes_says_what_was_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentStep",
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
                                    ("to_ask", "To be asked"),
                                    ("asked", "Asked, no answer yet"),
                                    ("no_answer", "Asked, and no answer came"),
                                    ("not_sought", "Not asked, for a reason"),
                                    ("part_withdrawn", "Part of a yes taken back"),
                                    ("reviewed", "Looked at again: it still stands"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="day it happened")),
                        (
                            "whom",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="who is asked, or who said it",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "The person themselves"),
                                    ("parent", "A parent"),
                                    ("guardian", "A guardian, such as a special guardian"),
                                    ("local_authority", "The local authority, under a care order"),
                                    ("carer", "A carer, such as a relative the child stays with"),
                                    (
                                        "attorney_or_deputy",
                                        "An attorney or a deputy appointed by the court",
                                    ),
                                    ("other", "Somebody else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "taken_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who asked, or heard it"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="what was said, or why nobody was asked"
                            ),
                        ),
                        (
                            "again_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be looked at again on"
                            ),
                        ),
                        ("scope_purpose", models.TextField(blank=True, verbose_name="what for")),
                        (
                            "scope_recipients",
                            models.TextField(blank=True, verbose_name="with whom"),
                        ),
                        (
                            "scope_information",
                            models.TextField(blank=True, verbose_name="which information"),
                        ),
                        (
                            "onward",
                            models.TextField(
                                blank=True, verbose_name="whom those may tell in turn"
                            ),
                        ),
                        (
                            "if_yes",
                            models.TextField(blank=True, verbose_name="what follows from a yes"),
                        ),
                        (
                            "if_no",
                            models.TextField(blank=True, verbose_name="what follows from a no"),
                        ),
                        (
                            "until",
                            models.DateField(
                                blank=True, null=True, verbose_name="would hold until"
                            ),
                        ),
                        ("kept", models.TextField(blank=True, verbose_name="how long it is kept")),
                        (
                            "contact",
                            models.TextField(
                                blank=True, verbose_name="whom to ask or tell, and how"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_steps",
                                to="cases.case",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="consent.consentrecord",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="consent.consentstep",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_steps",
                                to="cases.person",
                                verbose_name="about whom",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_steps",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["case", "happened_on"],
                                name="consent_con_case_id_feb08d_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "not_sought"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consent_consentstep_not_sought_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "part_withdrawn"), _negated=True),
                                    models.Q(
                                        ("scope_information", ""),
                                        ("scope_recipients", ""),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_consentstep_part_withdrawn_says_which",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consent__isnull", False),
                                        ("kind__in", ["part_withdrawn", "reviewed"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("kind__in", ["part_withdrawn", "reviewed"]),
                                            _negated=True,
                                        ),
                                        ("consent", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_consentstep_of_a_yes_where_it_is_of_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalConsentRecord",
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
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("given", "Yes, they agreed"),
                                    ("refused", "No, they refused"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_on", models.DateField(verbose_name="day it was said")),
                        (
                            "until",
                            models.DateField(blank=True, null=True, verbose_name="holds until"),
                        ),
                        (
                            "limits",
                            models.TextField(
                                blank=True, verbose_name="what they said no to within their yes"
                            ),
                        ),
                        (
                            "continuing",
                            models.BooleanField(
                                default=False, verbose_name="for sharing again and again"
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be looked at again on"
                            ),
                        ),
                        (
                            "given_by",
                            models.CharField(
                                choices=[
                                    ("self", "The person themselves"),
                                    ("parent", "A parent"),
                                    ("guardian", "A guardian, such as a special guardian"),
                                    ("local_authority", "The local authority, under a care order"),
                                    ("carer", "A carer, such as a relative the child stays with"),
                                    (
                                        "attorney_or_deputy",
                                        "An attorney or a deputy appointed by the court",
                                    ),
                                    ("other", "Somebody else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("giver", models.CharField(max_length=200, verbose_name="who said it")),
                        ("parental_responsibility", models.BooleanField()),
                        ("authority_evidenced", models.BooleanField()),
                        ("authority_evidence", models.TextField(blank=True)),
                        ("knows_what_happens", models.BooleanField(blank=True, null=True)),
                        ("knows_who_is_told", models.BooleanField(blank=True, null=True)),
                        ("knows_onward_sharing", models.BooleanField(blank=True, null=True)),
                        ("knows_why", models.BooleanField(blank=True, null=True)),
                        ("consequences_explained", models.BooleanField(blank=True, null=True)),
                        ("freely_given", models.BooleanField(blank=True, null=True)),
                        ("understood", models.BooleanField(blank=True, null=True)),
                        ("scope_purpose", models.TextField(verbose_name="for what purpose")),
                        ("scope_recipients", models.TextField(verbose_name="to whom")),
                        ("scope_information", models.TextField(verbose_name="which information")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                                verbose_name="how it was said",
                            ),
                        ),
                        ("taken_by", models.CharField(max_length=200, verbose_name="who asked")),
                        (
                            "evidence",
                            models.TextField(
                                blank=True, verbose_name="where the proof is, or what was said"
                            ),
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
                            "asked",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="consent.consentstep",
                                verbose_name="the question it answers",
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
                            "giver_person",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cases.person",
                                verbose_name="about whom",
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
                        "verbose_name": "historical consent record",
                        "verbose_name_plural": "historical consent records",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="consent_his_id_395202_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConsentStep",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("to_ask", "To be asked"),
                                    ("asked", "Asked, no answer yet"),
                                    ("no_answer", "Asked, and no answer came"),
                                    ("not_sought", "Not asked, for a reason"),
                                    ("part_withdrawn", "Part of a yes taken back"),
                                    ("reviewed", "Looked at again: it still stands"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="day it happened")),
                        (
                            "whom",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="who is asked, or who said it",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "The person themselves"),
                                    ("parent", "A parent"),
                                    ("guardian", "A guardian, such as a special guardian"),
                                    ("local_authority", "The local authority, under a care order"),
                                    ("carer", "A carer, such as a relative the child stays with"),
                                    (
                                        "attorney_or_deputy",
                                        "An attorney or a deputy appointed by the court",
                                    ),
                                    ("other", "Somebody else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "taken_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who asked, or heard it"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="what was said, or why nobody was asked"
                            ),
                        ),
                        (
                            "again_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be looked at again on"
                            ),
                        ),
                        ("scope_purpose", models.TextField(blank=True, verbose_name="what for")),
                        (
                            "scope_recipients",
                            models.TextField(blank=True, verbose_name="with whom"),
                        ),
                        (
                            "scope_information",
                            models.TextField(blank=True, verbose_name="which information"),
                        ),
                        (
                            "onward",
                            models.TextField(
                                blank=True, verbose_name="whom those may tell in turn"
                            ),
                        ),
                        (
                            "if_yes",
                            models.TextField(blank=True, verbose_name="what follows from a yes"),
                        ),
                        (
                            "if_no",
                            models.TextField(blank=True, verbose_name="what follows from a no"),
                        ),
                        (
                            "until",
                            models.DateField(
                                blank=True, null=True, verbose_name="would hold until"
                            ),
                        ),
                        ("kept", models.TextField(blank=True, verbose_name="how long it is kept")),
                        (
                            "contact",
                            models.TextField(
                                blank=True, verbose_name="whom to ask or tell, and how"
                            ),
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
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="consent.consentrecord",
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="consent.consentstep",
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
                                verbose_name="about whom",
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
                    ],
                    options={
                        "verbose_name": "historical consent step",
                        "verbose_name_plural": "historical consent steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="consent_his_id_c54873_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWithdrawal",
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
                        ("withdrawn_on", models.DateField()),
                        (
                            "withdrawn_by",
                            models.CharField(max_length=200, verbose_name="who withdrew it"),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="what was said")),
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
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="consent.consentrecord",
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
                    ],
                    options={
                        "verbose_name": "historical withdrawal",
                        "verbose_name_plural": "historical withdrawals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="consent_his_id_264e9b_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Withdrawal",
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
                        ("withdrawn_on", models.DateField()),
                        (
                            "withdrawn_by",
                            models.CharField(max_length=200, verbose_name="who withdrew it"),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed_form", "On a signed form"),
                                    ("letter_or_email", "In a letter or an e-mail"),
                                    ("in_person", "Face to face"),
                                    ("telephone", "On the telephone"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="what was said")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "consent",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="consent.consentrecord",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawals_taken",
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
