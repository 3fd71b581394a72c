"""Requests, decisions, advice, reviews, disclosures and what follows them.

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
        ("decisions", "0001_initial"),
        ("decisions", "0002_evidence_and_closing"),
        ("decisions", "0003_find_requests"),
        ("decisions", "0004_followed"),
        ("decisions", "0005_same_people"),
        ("decisions", "0006_stand_ins_and_reviews"),
        ("decisions", "0007_what_nobody_asked"),
        ("decisions", "0008_undecided"),
        ("decisions", "0009_plain_words"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_plain_words"),
        ("cases", "0006_walking"),
        ("consent", "0003_what_was_known_of_a_no"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Item",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("what", models.TextField()),
                        ("nature", models.CharField(blank=True, max_length=10)),
                        (
                            "handling",
                            models.CharField(
                                choices=[
                                    ("share", "Share it"),
                                    ("redact", "Share it with parts taken out"),
                                    ("hold_back", "Hold it back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("handling_reason", models.TextField(blank=True)),
                        ("source_checked", models.BooleanField(default=False)),
                        ("source_not_checked_because", models.TextField(blank=True)),
                        (
                            "source",
                            models.TextField(blank=True, verbose_name="who said or wrote it"),
                        ),
                        (
                            "is_history",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="about the past rather than now"
                            ),
                        ),
                        (
                            "history_when",
                            models.TextField(blank=True, verbose_name="from when it is"),
                        ),
                        (
                            "others",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no", "No, nobody"),
                                    ("yes", "Yes"),
                                    ("not_sure", "Not sure"),
                                ],
                                max_length=10,
                                verbose_name="whether others can be recognised",
                            ),
                        ),
                        (
                            "others_done",
                            models.TextField(
                                blank=True, verbose_name="who they are and what was done"
                            ),
                        ),
                        (
                            "as_sent",
                            models.TextField(
                                blank=True, verbose_name="how it reads with parts taken out"
                            ),
                        ),
                        (
                            "about",
                            models.ManyToManyField(
                                related_name="items",
                                through="decisions.ItemPerson",
                                to="cases.person",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "number"), name="decisions_item_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackVersion",
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
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("code", models.CharField(max_length=50)),
                        ("version", models.CharField(max_length=50)),
                        ("body", models.TextField(verbose_name="canonical JSON")),
                        ("kept_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Recipient",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.TextField()),
                        ("organisation", models.TextField(blank=True)),
                        ("method", models.CharField(max_length=40)),
                        (
                            "address",
                            models.TextField(blank=True, verbose_name="number or address used"),
                        ),
                        ("need_to_know", models.BooleanField(default=False)),
                        ("told_confidential", models.BooleanField(default=False)),
                        ("intended_use", models.TextField(blank=True)),
                        (
                            "address_source",
                            models.TextField(
                                blank=True, verbose_name="where the number or address was found"
                            ),
                        ),
                        (
                            "onward",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="may they pass it on"
                            ),
                        ),
                        (
                            "onward_limits",
                            models.TextField(blank=True, verbose_name="to whom, on what terms"),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recipients",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "number"), name="decisions_recipient_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "state",
                            models.CharField(
                                choices=[("drafting", "Being drafted"), ("signed", "Signed")],
                                default="drafting",
                                max_length=10,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("suggestion", models.CharField(blank=True, max_length=40)),
                        ("without_consent", models.BooleanField(default=False)),
                        ("against_suggestion", models.BooleanField(default=False)),
                        ("against_advice", models.BooleanField(default=False)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "write_up_due",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("telling_planned", models.BooleanField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "review_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not signed yet"),
                                    ("not_needed", "No review needed"),
                                    ("waiting", "Waiting for review"),
                                    ("second", "Waiting for a second reviewer"),
                                    ("agreed", "Reviewed: agreed"),
                                    ("disagreed", "Reviewed: not agreed, it stands"),
                                    ("returned", "Returned with changes to make"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions_signed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions_started",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="decisions.request",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_force_of",
                                to="decisions.signedversion",
                            ),
                        ),
                        (
                            "look_back_due",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "state", "-signed_at", "-id"],
                                name="decisions_d_organis_b048e2_idx",
                            ),
                            models.Index(
                                fields=["organisation", "review_state", "signed_at"],
                                name="decisions_d_organis_14d130_idx",
                            ),
                            models.Index(
                                fields=["case", "started_at"], name="decisions_d_case_id_ca9ad8_idx"
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["signed_by"],
                                name="decisions_decision_open",
                            ),
                            models.Index(
                                condition=models.Q(("signed_at__isnull", False)),
                                fields=["-signed_at", "-id"],
                                name="decisions_decision_newest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome", ""),
                                        ("signed_at", None),
                                        ("signed_by", None),
                                        ("state", "drafting"),
                                        ("version", None),
                                    ),
                                    models.Q(
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                        ("state", "signed"),
                                        ("version__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_decision_signed_has_version_and_outcome",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AfterAnswer",
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
                        ("question", models.CharField(max_length=60)),
                        ("answer", models.CharField(max_length=20)),
                        ("note", models.TextField(blank=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="after_answers_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="after_answers",
                                to="decisions.decision",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdviceTried",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("how", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_tried_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_tried",
                                to="decisions.decision",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdviceRequest",
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
                            "question",
                            models.TextField(
                                verbose_name="the question, exactly as the colleague sees it"
                            ),
                        ),
                        (
                            "typed",
                            models.TextField(
                                blank=True,
                                verbose_name="the question as typed, before names were taken out",
                            ),
                        ),
                        (
                            "named_because",
                            models.TextField(
                                blank=True, verbose_name="why the person is named in it"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "anonymous",
                            models.BooleanField(verbose_name="the person is not named in it"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_asked_of",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_requests",
                                to="decisions.decision",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["asked_of", "answered_at"],
                                name="decisions_a_asked_o_ed5bce_idx",
                            ),
                            models.Index(
                                condition=models.Q(("answered_at", None)),
                                fields=["asked_at"],
                                name="decisions_advicerequest_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Advice",
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
                            "adviser",
                            models.CharField(max_length=450, verbose_name="name of who advised"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("given_on", models.DateField()),
                        ("anonymous", models.BooleanField(verbose_name="the person was not named")),
                        ("advised", models.CharField(blank=True, max_length=20)),
                        ("words", models.TextField(verbose_name="what was advised")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="decisions.advicerequest",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_in_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_by", None), ("request", None)),
                                    ("given_by", models.F("recorded_by")),
                                    _connector="OR",
                                ),
                                name="decisions_advice_given_by_who_recorded_it",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
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
                        ("sent_on", models.DateField()),
                        (
                            "sent_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        ("method", models.CharField(max_length=40, verbose_name="how")),
                        (
                            "address",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="number or address used"
                            ),
                        ),
                        ("sent_by", models.CharField(max_length=200, verbose_name="who sent it")),
                        ("told_confidential", models.BooleanField()),
                        ("checks", models.JSONField(default=list)),
                        (
                            "tracking",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="tracking number"
                            ),
                        ),
                        (
                            "heard_by",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who heard it or was handed it",
                            ),
                        ),
                        (
                            "unplanned_because",
                            models.TextField(blank=True, verbose_name="why not as planned"),
                        ),
                        (
                            "receipt_due_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="receipt expected by"
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="decisions.recipient",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="cases.document",
                                verbose_name="copy of what was sent",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Breach",
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
                        ("happened_on", models.DateField()),
                        ("known_at", models.DateTimeField()),
                        ("reached", models.TextField(verbose_name="whom it reached")),
                        ("what", models.TextField(verbose_name="which information")),
                        ("whose", models.TextField(verbose_name="whose information")),
                        ("recorded_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breaches",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breaches",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breaches_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breaches",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "disclosure",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breach",
                                to="decisions.disclosure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "breaches",
                        "indexes": [
                            models.Index(
                                fields=["organisation", "closed_at", "known_at"],
                                name="decisions_b_organis_e9d95a_idx",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                            "reason",
                            models.TextField(
                                blank=True,
                                verbose_name="why a new version is needed, or what is new",
                            ),
                        ),
                        (
                            "known_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="since when it is known"
                            ),
                        ),
                        (
                            "known_from",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="from whom it is known"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("emergency", "Emergency"),
                                    ("write_up", "Write-up"),
                                    ("amendment", "Amendment"),
                                    ("reopening", "Opened again"),
                                ],
                                default="decision",
                                max_length=10,
                            ),
                        ),
                        (
                            "pack",
                            models.CharField(max_length=50, verbose_name="checklist followed"),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts_started",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("decision",),
                                name="decisions_draft_one_open_a_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reopening"), _negated=True),
                                    models.Q(
                                        ("known_on__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("known_from", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_draft_reopening_says_what_is_new",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftEditor",
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
                        ("first_at", models.DateTimeField()),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editors",
                                to="decisions.draft",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts_edited",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draft", "user"), name="decisions_drafteditor_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftPage",
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
                        ("page", models.CharField(max_length=60)),
                        ("index", models.PositiveSmallIntegerField(default=0)),
                        ("typed", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("removed", models.BooleanField(default=False)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages",
                                to="decisions.draft",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages_saved",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draft", "page", "index"), name="decisions_draftpage_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAdvice",
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
                            "adviser",
                            models.CharField(max_length=450, verbose_name="name of who advised"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("given_on", models.DateField()),
                        ("anonymous", models.BooleanField(verbose_name="the person was not named")),
                        ("advised", models.CharField(blank=True, max_length=20)),
                        ("words", models.TextField(verbose_name="what was advised")),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.advicerequest",
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
                    ],
                    options={
                        "verbose_name": "historical advice",
                        "verbose_name_plural": "historical advices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_949df7_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAdviceRequest",
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
                            "question",
                            models.TextField(
                                verbose_name="the question, exactly as the colleague sees it"
                            ),
                        ),
                        (
                            "typed",
                            models.TextField(
                                blank=True,
                                verbose_name="the question as typed, before names were taken out",
                            ),
                        ),
                        (
                            "named_because",
                            models.TextField(
                                blank=True, verbose_name="why the person is named in it"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "anonymous",
                            models.BooleanField(verbose_name="the person is not named in it"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                            "asked_by",
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
                            "asked_of",
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical advice request",
                        "verbose_name_plural": "historical advice requests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_0e4eae_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAdviceTried",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("how", models.TextField()),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                        "verbose_name": "historical advice tried",
                        "verbose_name_plural": "historical advice trieds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_9c57d1_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAfterAnswer",
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
                        ("question", models.CharField(max_length=60)),
                        ("answer", models.CharField(max_length=20)),
                        ("note", models.TextField(blank=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                        "verbose_name": "historical after answer",
                        "verbose_name_plural": "historical after answers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_80d24a_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBreach",
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
                        ("happened_on", models.DateField()),
                        ("known_at", models.DateTimeField()),
                        ("reached", models.TextField(verbose_name="whom it reached")),
                        ("what", models.TextField(verbose_name="which information")),
                        ("whose", models.TextField(verbose_name="whose information")),
                        ("recorded_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "disclosure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.disclosure",
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
                        "verbose_name": "historical breach",
                        "verbose_name_plural": "historical breaches",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_b26d40_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBreachStep",
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
                                    ("contained", "Done to contain it"),
                                    ("told_lead", "Data protection lead told"),
                                    ("told_person", "Person told"),
                                    ("person_not_told", "Decided not to tell the person"),
                                    ("told_ico", "Information Commissioner told"),
                                    (
                                        "ico_not_told",
                                        "Decided not to tell the Information Commissioner",
                                    ),
                                    ("risk", "Risk assessed"),
                                    ("note", "Note"),
                                    ("closed", "Closed"),
                                    ("reopened", "Opened again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unlikely", "Harm to anybody is unlikely"),
                                    ("likely", "Somebody may come to harm"),
                                    ("high", "Somebody may come to serious harm"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("happened_at", models.DateTimeField()),
                        (
                            "who",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who did it, or who was told",
                            ),
                        ),
                        ("words", models.TextField()),
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
                            "breach",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.breach",
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
                        "verbose_name": "historical breach step",
                        "verbose_name_plural": "historical breach steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_3c16ce_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDraft",
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
                            "reason",
                            models.TextField(
                                blank=True,
                                verbose_name="why a new version is needed, or what is new",
                            ),
                        ),
                        (
                            "known_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="since when it is known"
                            ),
                        ),
                        (
                            "known_from",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="from whom it is known"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("emergency", "Emergency"),
                                    ("write_up", "Write-up"),
                                    ("amendment", "Amendment"),
                                    ("reopening", "Opened again"),
                                ],
                                default="decision",
                                max_length=10,
                            ),
                        ),
                        (
                            "pack",
                            models.CharField(max_length=50, verbose_name="checklist followed"),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "started_by",
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
                        "verbose_name": "historical draft",
                        "verbose_name_plural": "historical drafts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_a23ef9_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDraftEditor",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        ("first_at", models.DateTimeField()),
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
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.draft",
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
                        "verbose_name": "historical draft editor",
                        "verbose_name_plural": "historical draft editors",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_94dba2_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDraftPage",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        ("page", models.CharField(max_length=60)),
                        ("index", models.PositiveSmallIntegerField(default=0)),
                        ("typed", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("removed", models.BooleanField(default=False)),
                        ("saved_at", models.DateTimeField()),
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
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.draft",
                            ),
                        ),
                        (
                            "saved_by",
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
                        "verbose_name": "historical draft page",
                        "verbose_name_plural": "historical draft pages",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_ef2ea7_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProgress",
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
                                    ("reply", "What the recipient did"),
                                    ("asked_again", "Asked again"),
                                    ("manager", "Raised with the recipient’s manager"),
                                    ("dsl_to_dsl", "Raised between safeguarding leads"),
                                    ("formal", "Formal escalation"),
                                    ("closed", "Closed"),
                                    ("reopened", "Opened again"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("happened_on", models.DateField()),
                        (
                            "who",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who replied, or with whom it was raised",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what was said or done, or why")),
                        ("look_again_on", models.DateField(blank=True, null=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                        "verbose_name": "historical progress",
                        "verbose_name_plural": "historical progress",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_3da906_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReceipt",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed by the recipient"),
                                    ("chased", "Asked again, no answer yet"),
                                    ("not_received", "Came back or never arrived"),
                                    ("wrong_recipient", "Reached the wrong person"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("known_on", models.DateField()),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who confirmed it"
                            ),
                        ),
                        ("how", models.TextField(blank=True)),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="asked again, answer expected by",
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
                            "disclosure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.disclosure",
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
                        "verbose_name": "historical receipt",
                        "verbose_name_plural": "historical receipts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_22e5fb_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRequest",
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
                        ("origin", models.CharField(max_length=20)),
                        ("asked_for", models.TextField(verbose_name="which information")),
                        ("purpose", models.TextField(verbose_name="for what purpose")),
                        (
                            "happened_on",
                            models.DateField(
                                verbose_name="day it came, or the day we thought of it"
                            ),
                        ),
                        (
                            "happened_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        (
                            "by_when",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="to be decided by"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(blank=True, max_length=20, verbose_name="how it came"),
                        ),
                        ("requester_kind", models.CharField(blank=True, max_length=20)),
                        ("requester_name", models.CharField(blank=True, max_length=200)),
                        ("requester_role", models.CharField(blank=True, max_length=200)),
                        ("requester_organisation", models.CharField(blank=True, max_length=200)),
                        ("requester_contact", models.CharField(blank=True, max_length=300)),
                        ("crime_investigation", models.BooleanField(default=False, null=True)),
                        (
                            "legal_power_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("court_order", "A court order"),
                                    ("statutory_duty", "A duty in law to tell them"),
                                    (
                                        "section_47",
                                        "Section 47 of the Children Act 1989: a child may be harmed",
                                    ),
                                    (
                                        "section_42",
                                        "Section 42 of the Care Act 2014: an adult may be harmed",
                                    ),
                                    ("crime", "To prevent or look into a crime"),
                                    ("other", "Another power in law"),
                                    ("none", "They named none"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "legal_power",
                            models.TextField(
                                blank=True, verbose_name="court order, duty or other legal power"
                            ),
                        ),
                        (
                            "background",
                            models.TextField(blank=True, verbose_name="what else is known of it"),
                        ),
                        ("identity", models.CharField(blank=True, max_length=20)),
                        (
                            "identity_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("called_back", "Rang back on a number found independently"),
                                    ("known_address", "Wrote from an address we already hold"),
                                    ("in_person", "Showed identification in person"),
                                    ("known_to_us", "Known to us personally"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "identity_note",
                            models.TextField(blank=True, verbose_name="what was checked"),
                        ),
                        (
                            "call_back_source",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="where the number rung back came from",
                            ),
                        ),
                        (
                            "entitled",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("not_known", "Not known yet"),
                                ],
                                max_length=10,
                                verbose_name="may they have it?",
                            ),
                        ),
                        (
                            "entitlement",
                            models.TextField(
                                blank=True, verbose_name="why they are entitled to it, or not"
                            ),
                        ),
                        ("identity_checked_at", models.DateTimeField(blank=True, null=True)),
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
                            "identity_checked_by",
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
                    ],
                    options={
                        "verbose_name": "historical request",
                        "verbose_name_plural": "historical requests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_af37ca_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTelling",
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
                        ("told", models.BooleanField()),
                        ("told_on", models.DateField(blank=True, null=True)),
                        (
                            "told_who",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who was told"
                            ),
                        ),
                        (
                            "told_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who told them"
                            ),
                        ),
                        ("how", models.TextField(blank=True)),
                        ("why_not", models.TextField(blank=True)),
                        ("look_again_on", models.DateField(blank=True, null=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                        "verbose_name": "historical telling",
                        "verbose_name_plural": "historical tellings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_dff996_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalItemPerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
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
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.item",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical item person",
                        "verbose_name_plural": "historical item persons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_e39fb0_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDisclosedItem",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
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
                            "disclosure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.disclosure",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.item",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical disclosed item",
                        "verbose_name_plural": "historical disclosed items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_a6ce6a_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="DisclosedItem",
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
                            "disclosure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sent_items",
                                to="decisions.disclosure",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sent_items",
                                to="decisions.item",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("disclosure", "item"), name="decisions_discloseditem_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemPerson",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="item_people",
                                to="decisions.item",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="item_people",
                                to="cases.person",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalSignedVersion",
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
                            "reason",
                            models.TextField(
                                blank=True,
                                verbose_name="why a new version is needed, or what is new",
                            ),
                        ),
                        (
                            "known_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="since when it is known"
                            ),
                        ),
                        (
                            "known_from",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="from whom it is known"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("emergency", "Emergency"),
                                    ("write_up", "Write-up"),
                                    ("amendment", "Amendment"),
                                    ("reopening", "Opened again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(max_length=64, verbose_name="SHA-256 of the body"),
                        ),
                        ("outcome", models.CharField(max_length=20)),
                        (
                            "signed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("signed_at", models.DateTimeField()),
                        ("happened_on", models.DateField(blank=True, null=True)),
                        (
                            "happened_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        ("write_up_due", models.DateTimeField(blank=True, null=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.draft",
                            ),
                        ),
                        (
                            "signed_by",
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
                            "pack",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.packversion",
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
                            "look_back_due",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="to be looked back at by"
                            ),
                        ),
                        (
                            "review_because",
                            models.JSONField(
                                blank=True, default=list, verbose_name="why it is reviewed"
                            ),
                        ),
                        (
                            "second_because",
                            models.JSONField(
                                blank=True, default=list, verbose_name="why two people review it"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical signed version",
                        "verbose_name_plural": "historical signed versions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_5435e6_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Progress",
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
                                    ("reply", "What the recipient did"),
                                    ("asked_again", "Asked again"),
                                    ("manager", "Raised with the recipient’s manager"),
                                    ("dsl_to_dsl", "Raised between safeguarding leads"),
                                    ("formal", "Formal escalation"),
                                    ("closed", "Closed"),
                                    ("reopened", "Opened again"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("happened_on", models.DateField()),
                        (
                            "who",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who replied, or with whom it was raised",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what was said or done, or why")),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "progress",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(
                                        ("kind__in", ["closed", "reopened"]),
                                        models.Q(("who", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="decisions_progress_says_who_and_what",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed by the recipient"),
                                    ("chased", "Asked again, no answer yet"),
                                    ("not_received", "Came back or never arrived"),
                                    ("wrong_recipient", "Reached the wrong person"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("known_on", models.DateField()),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who confirmed it"
                            ),
                        ),
                        ("how", models.TextField(blank=True)),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="asked again, answer expected by",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "disclosure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="decisions.disclosure",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="cases.document",
                                verbose_name="document that shows it",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(("confirmed_by", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decisions_receipt_confirmed_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDisclosure",
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
                        ("sent_on", models.DateField()),
                        (
                            "sent_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        ("method", models.CharField(max_length=40, verbose_name="how")),
                        (
                            "address",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="number or address used"
                            ),
                        ),
                        ("sent_by", models.CharField(max_length=200, verbose_name="who sent it")),
                        ("told_confidential", models.BooleanField()),
                        ("checks", models.JSONField(default=list)),
                        (
                            "tracking",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="tracking number"
                            ),
                        ),
                        (
                            "heard_by",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who heard it or was handed it",
                            ),
                        ),
                        (
                            "unplanned_because",
                            models.TextField(blank=True, verbose_name="why not as planned"),
                        ),
                        (
                            "receipt_due_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="receipt expected by"
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.recipient",
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
                                verbose_name="copy of what was sent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical disclosure",
                        "verbose_name_plural": "historical disclosures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_bb9100_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Request",
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
                        ("origin", models.CharField(max_length=20)),
                        ("asked_for", models.TextField(verbose_name="which information")),
                        ("purpose", models.TextField(verbose_name="for what purpose")),
                        (
                            "happened_on",
                            models.DateField(
                                verbose_name="day it came, or the day we thought of it"
                            ),
                        ),
                        (
                            "happened_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        (
                            "by_when",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="to be decided by"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(blank=True, max_length=20, verbose_name="how it came"),
                        ),
                        ("requester_kind", models.CharField(blank=True, max_length=20)),
                        ("requester_name", models.CharField(blank=True, max_length=200)),
                        ("requester_role", models.CharField(blank=True, max_length=200)),
                        ("requester_organisation", models.CharField(blank=True, max_length=200)),
                        ("requester_contact", models.CharField(blank=True, max_length=300)),
                        ("crime_investigation", models.BooleanField(default=False, null=True)),
                        (
                            "legal_power_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("court_order", "A court order"),
                                    ("statutory_duty", "A duty in law to tell them"),
                                    (
                                        "section_47",
                                        "Section 47 of the Children Act 1989: a child may be harmed",
                                    ),
                                    (
                                        "section_42",
                                        "Section 42 of the Care Act 2014: an adult may be harmed",
                                    ),
                                    ("crime", "To prevent or look into a crime"),
                                    ("other", "Another power in law"),
                                    ("none", "They named none"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "legal_power",
                            models.TextField(
                                blank=True, verbose_name="court order, duty or other legal power"
                            ),
                        ),
                        (
                            "background",
                            models.TextField(blank=True, verbose_name="what else is known of it"),
                        ),
                        ("identity", models.CharField(blank=True, max_length=20)),
                        (
                            "identity_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("called_back", "Rang back on a number found independently"),
                                    ("known_address", "Wrote from an address we already hold"),
                                    ("in_person", "Showed identification in person"),
                                    ("known_to_us", "Known to us personally"),
                                    ("other", "In another way"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "identity_note",
                            models.TextField(blank=True, verbose_name="what was checked"),
                        ),
                        (
                            "call_back_source",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="where the number rung back came from",
                            ),
                        ),
                        (
                            "entitled",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("not_known", "Not known yet"),
                                ],
                                max_length=10,
                                verbose_name="may they have it?",
                            ),
                        ),
                        (
                            "entitlement",
                            models.TextField(
                                blank=True, verbose_name="why they are entitled to it, or not"
                            ),
                        ),
                        ("identity_checked_at", models.DateTimeField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="cases.case",
                            ),
                        ),
                        (
                            "identity_checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identities_checked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["case", "recorded_at"],
                                name="decisions_r_case_id_fb4c58_idx",
                            ),
                            models.Index(
                                fields=["-recorded_at", "-id"],
                                name="decisions_r_recorde_94bc8a_idx",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("channel", ""),
                                        ("crime_investigation", False),
                                        ("identity", ""),
                                        ("origin", "own_initiative"),
                                        ("requester_kind", ""),
                                    ),
                                    models.Q(
                                        ("origin", "received"),
                                        models.Q(("channel", ""), _negated=True),
                                        models.Q(("requester_kind", ""), _negated=True),
                                        models.Q(("identity", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_request_received_has_requester",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("identity_checked_at", None), ("identity_checked_by", None)
                                    ),
                                    models.Q(
                                        ("identity_checked_at__isnull", False),
                                        ("identity_checked_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_request_both_identity_checked_at_and_by_set",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRequestPerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
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
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical request person",
                        "verbose_name_plural": "historical request persons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_48eac5_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRequestDocument",
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
                        ("attached_at", models.DateTimeField()),
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
                            "attached_by",
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
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical request document",
                        "verbose_name_plural": "historical request documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_16c686_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRequestCorrection",
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
                        ("reason", models.TextField()),
                        ("changes", models.JSONField()),
                        ("corrected_at", models.DateTimeField()),
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
                            "corrected_by",
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
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical request correction",
                        "verbose_name_plural": "historical request corrections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_f445b8_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RequestCorrection",
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
                        ("reason", models.TextField()),
                        ("changes", models.JSONField()),
                        ("corrected_at", models.DateTimeField()),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests_corrected",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RequestDocument",
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
                        ("attached_at", models.DateTimeField()),
                        (
                            "attached_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents_attached",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="cases.document",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attached",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "document"),
                                name="decisions_requestdocument_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestPerson",
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
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_about_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_about",
                                to="cases.person",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="about",
                                to="decisions.request",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "person"), name="decisions_requestperson_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("agreed", "Agree"),
                                    ("returned", "Return, with what to change"),
                                    ("disagreed", "Disagree; the decision stands"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="comment, what to change or why not agreed"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "reviewed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="decisions.signedversion",
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss_in_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "returned"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decisions_review_returned_says_what_to_change",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome__in", ("disagreed",)), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decisions_review_disagreed_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReviewQuestion",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("page", models.CharField(blank=True, max_length=60)),
                        ("index", models.PositiveSmallIntegerField(default=0)),
                        ("place", models.CharField(max_length=200)),
                        ("words", models.TextField()),
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
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical review question",
                        "verbose_name_plural": "historical review questions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_b06d5b_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ReviewQuestion",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("page", models.CharField(blank=True, max_length=60)),
                        ("index", models.PositiveSmallIntegerField(default=0)),
                        ("place", models.CharField(max_length=200)),
                        ("words", models.TextField()),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="decisions.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "number"),
                                name="decisions_reviewquestion_number_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignedVersion",
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
                            "reason",
                            models.TextField(
                                blank=True,
                                verbose_name="why a new version is needed, or what is new",
                            ),
                        ),
                        (
                            "known_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="since when it is known"
                            ),
                        ),
                        (
                            "known_from",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="from whom it is known"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "Decision"),
                                    ("emergency", "Emergency"),
                                    ("write_up", "Write-up"),
                                    ("amendment", "Amendment"),
                                    ("reopening", "Opened again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("body", models.TextField(verbose_name="canonical JSON")),
                        (
                            "digest",
                            models.CharField(max_length=64, verbose_name="SHA-256 of the body"),
                        ),
                        ("outcome", models.CharField(max_length=20)),
                        (
                            "signed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("signed_at", models.DateTimeField()),
                        ("happened_on", models.DateField(blank=True, null=True)),
                        (
                            "happened_time",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="time, as remembered"
                            ),
                        ),
                        ("write_up_due", models.DateTimeField(blank=True, null=True)),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "draft",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="version",
                                to="decisions.draft",
                            ),
                        ),
                        (
                            "pack",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="decisions.packversion",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions_signed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions_in_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "look_back_due",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="to be looked back at by"
                            ),
                        ),
                        (
                            "review_because",
                            models.JSONField(
                                blank=True, default=list, verbose_name="why it is reviewed"
                            ),
                        ),
                        (
                            "second_because",
                            models.JSONField(
                                blank=True, default=list, verbose_name="why two people review it"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "number"),
                                name="decisions_signedversion_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reopening"), _negated=True),
                                    models.Q(
                                        ("known_on__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("known_from", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_signedversion_reopening_says_what_is_new",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReview",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("agreed", "Agree"),
                                    ("returned", "Return, with what to change"),
                                    ("disagreed", "Disagree; the decision stands"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="comment, what to change or why not agreed"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "reviewed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
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
                            "reviewer",
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
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
                    ],
                    options={
                        "verbose_name": "historical review",
                        "verbose_name_plural": "historical reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_cfc002_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRecipient",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.TextField()),
                        ("organisation", models.TextField(blank=True)),
                        ("method", models.CharField(max_length=40)),
                        (
                            "address",
                            models.TextField(blank=True, verbose_name="number or address used"),
                        ),
                        ("need_to_know", models.BooleanField(default=False)),
                        ("told_confidential", models.BooleanField(default=False)),
                        ("intended_use", models.TextField(blank=True)),
                        (
                            "address_source",
                            models.TextField(
                                blank=True, verbose_name="where the number or address was found"
                            ),
                        ),
                        (
                            "onward",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="may they pass it on"
                            ),
                        ),
                        (
                            "onward_limits",
                            models.TextField(blank=True, verbose_name="to whom, on what terms"),
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical recipient",
                        "verbose_name_plural": "historical recipients",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_18e977_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalItem",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("what", models.TextField()),
                        ("nature", models.CharField(blank=True, max_length=10)),
                        (
                            "handling",
                            models.CharField(
                                choices=[
                                    ("share", "Share it"),
                                    ("redact", "Share it with parts taken out"),
                                    ("hold_back", "Hold it back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("handling_reason", models.TextField(blank=True)),
                        ("source_checked", models.BooleanField(default=False)),
                        ("source_not_checked_because", models.TextField(blank=True)),
                        (
                            "source",
                            models.TextField(blank=True, verbose_name="who said or wrote it"),
                        ),
                        (
                            "is_history",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="about the past rather than now"
                            ),
                        ),
                        (
                            "history_when",
                            models.TextField(blank=True, verbose_name="from when it is"),
                        ),
                        (
                            "others",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no", "No, nobody"),
                                    ("yes", "Yes"),
                                    ("not_sure", "Not sure"),
                                ],
                                max_length=10,
                                verbose_name="whether others can be recognised",
                            ),
                        ),
                        (
                            "others_done",
                            models.TextField(
                                blank=True, verbose_name="who they are and what was done"
                            ),
                        ),
                        (
                            "as_sent",
                            models.TextField(
                                blank=True, verbose_name="how it reads with parts taken out"
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical item",
                        "verbose_name_plural": "historical items",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_ab853f_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
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
                            "state",
                            models.CharField(
                                choices=[("drafting", "Being drafted"), ("signed", "Signed")],
                                default="drafting",
                                max_length=10,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("suggestion", models.CharField(blank=True, max_length=40)),
                        ("without_consent", models.BooleanField(default=False)),
                        ("against_suggestion", models.BooleanField(default=False)),
                        ("against_advice", models.BooleanField(default=False)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "write_up_due",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("telling_planned", models.BooleanField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "review_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not signed yet"),
                                    ("not_needed", "No review needed"),
                                    ("waiting", "Waiting for review"),
                                    ("second", "Waiting for a second reviewer"),
                                    ("agreed", "Reviewed: agreed"),
                                    ("disagreed", "Reviewed: not agreed, it stands"),
                                    ("returned", "Returned with changes to make"),
                                ],
                                default="",
                                max_length=10,
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
                            "signed_by",
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
                            "started_by",
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
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                        (
                            "look_back_due",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                    ],
                    options={
                        "verbose_name": "historical decision",
                        "verbose_name_plural": "historical decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_6d2e7a_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConsentReaction",
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
                            "done",
                            models.CharField(
                                choices=[
                                    (
                                        "stopped",
                                        "Stopped: nothing more is shared under this decision",
                                    ),
                                    ("looked_again", "Look again: a new version is written"),
                                    ("told", "Told everybody who got it"),
                                    ("unchanged", "Nothing has to change, and this is why"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what was done, and why")),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of the changes shown"
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical consent reaction",
                        "verbose_name_plural": "historical consent reactions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_9830d6_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConsentConsidered",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, verbose_name="ID"
                            ),
                        ),
                        ("covers_purpose", models.BooleanField()),
                        ("covers_recipients", models.BooleanField()),
                        ("covers_information", models.BooleanField()),
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical consent considered",
                        "verbose_name_plural": "historical consent considereds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_c9f986_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ConsentReaction",
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
                            "done",
                            models.CharField(
                                choices=[
                                    (
                                        "stopped",
                                        "Stopped: nothing more is shared under this decision",
                                    ),
                                    ("looked_again", "Look again: a new version is written"),
                                    ("told", "Told everybody who got it"),
                                    ("unchanged", "Nothing has to change, and this is why"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("words", models.TextField(verbose_name="what was done, and why")),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of the changes shown"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_reactions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_reactions",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ConsentConsidered",
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
                        ("covers_purpose", models.BooleanField()),
                        ("covers_recipients", models.BooleanField()),
                        ("covers_information", models.BooleanField()),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="considered_in",
                                to="consent.consentrecord",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents_considered",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "consent"),
                                name="decisions_consentconsidered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Telling",
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
                        ("told", models.BooleanField()),
                        ("told_on", models.DateField(blank=True, null=True)),
                        (
                            "told_who",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who was told"
                            ),
                        ),
                        (
                            "told_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="who told them"
                            ),
                        ),
                        ("how", models.TextField(blank=True)),
                        ("why_not", models.TextField(blank=True)),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings",
                                to="cases.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("look_again_on", None),
                                        ("told", True),
                                        ("told_on__isnull", False),
                                        ("why_not", ""),
                                    ),
                                    models.Q(
                                        ("told", False),
                                        ("told_on", None),
                                        models.Q(("why_not", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decisions_telling_told_or_why_not",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreachStep",
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
                                    ("contained", "Done to contain it"),
                                    ("told_lead", "Data protection lead told"),
                                    ("told_person", "Person told"),
                                    ("person_not_told", "Decided not to tell the person"),
                                    ("told_ico", "Information Commissioner told"),
                                    (
                                        "ico_not_told",
                                        "Decided not to tell the Information Commissioner",
                                    ),
                                    ("risk", "Risk assessed"),
                                    ("note", "Note"),
                                    ("closed", "Closed"),
                                    ("reopened", "Opened again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unlikely", "Harm to anybody is unlikely"),
                                    ("likely", "Somebody may come to harm"),
                                    ("high", "Somebody may come to serious harm"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("happened_at", models.DateTimeField()),
                        (
                            "who",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="who did it, or who was told",
                            ),
                        ),
                        ("words", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="decisions.breach",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breach_steps_recorded",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(
                                        models.Q(
                                            ("kind", "risk"), models.Q(("risk", ""), _negated=True)
                                        ),
                                        models.Q(
                                            models.Q(("kind", "risk"), _negated=True), ("risk", "")
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="decisions_breachstep_risk_with_its_assessment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSameRequest",
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
                        ("same", models.BooleanField(verbose_name="the same request")),
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
                            "known",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.request",
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
                        "verbose_name": "historical same request",
                        "verbose_name_plural": "historical same requests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_9c5634_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SameRequest",
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
                        ("same", models.BooleanField(verbose_name="the same request")),
                        ("said_at", models.DateTimeField()),
                        (
                            "known",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_again",
                                to="decisions.request",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="same_as",
                                to="decisions.request",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="same_requests_said",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("request", models.F("known")), _negated=True),
                                name="decisions_samerequest_of_two",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLookBack",
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
                            "found",
                            models.CharField(
                                choices=[
                                    ("right", "It was right to share at once"),
                                    (
                                        "partly",
                                        "It was right to share, but not all of it or not like this",
                                    ),
                                    ("wrong", "It should not have been shared at once"),
                                ],
                                max_length=10,
                                verbose_name="what was found",
                            ),
                        ),
                        ("findings", models.TextField(verbose_name="why")),
                        (
                            "to_change",
                            models.TextField(
                                blank=True, verbose_name="what is to be done differently"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "looked_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("looked_at", models.DateTimeField()),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.decision",
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
                            "looked_by",
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
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical look back",
                        "verbose_name_plural": "historical look backs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_45f952_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReviewReply",
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
                            "to_second",
                            models.BooleanField(
                                default=False, verbose_name="to the second reviewer"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(blank=True, verbose_name="what the author says to it"),
                        ),
                        ("replied_at", models.DateTimeField()),
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
                            "replied_by",
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
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical review reply",
                        "verbose_name_plural": "historical review replys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_7fbc4c_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReviewSetting",
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
                        ("kinds", models.JSONField(verbose_name="what is reviewed")),
                        (
                            "second",
                            models.JSONField(
                                default=list, verbose_name="what is reviewed by a second person"
                            ),
                        ),
                        (
                            "look_back_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                verbose_name="working days until an emergency is looked back at",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="why")),
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
                        "verbose_name": "historical review setting",
                        "verbose_name_plural": "historical review settings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_e4730d_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSecondReview",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("agreed", "Agree"),
                                    ("returned", "Return, with what to change"),
                                    ("disagreed", "Disagree; the decision stands"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="comment, what to change or why not agreed"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "reviewed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
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
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="decisions.review",
                            ),
                        ),
                        (
                            "reviewer",
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
                        "verbose_name": "historical second review",
                        "verbose_name_plural": "historical second reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [
                            models.Index(
                                fields=["id", "-history_date", "-history_id"],
                                name="decisions_h_id_677505_idx",
                            )
                        ],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LookBack",
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
                            "found",
                            models.CharField(
                                choices=[
                                    ("right", "It was right to share at once"),
                                    (
                                        "partly",
                                        "It was right to share, but not all of it or not like this",
                                    ),
                                    ("wrong", "It should not have been shared at once"),
                                ],
                                max_length=10,
                                verbose_name="what was found",
                            ),
                        ),
                        ("findings", models.TextField(verbose_name="why")),
                        (
                            "to_change",
                            models.TextField(
                                blank=True, verbose_name="what is to be done differently"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "looked_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("looked_at", models.DateTimeField()),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="look_back",
                                to="decisions.decision",
                            ),
                        ),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="look_backs_in_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "looked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="look_backs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="look_backs",
                                to="decisions.signedversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("findings", ""), _negated=True),
                                name="decisions_lookback_says_what_was_found",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewReply",
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
                            "to_second",
                            models.BooleanField(
                                default=False, verbose_name="to the second reviewer"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(blank=True, verbose_name="what the author says to it"),
                        ),
                        ("replied_at", models.DateTimeField()),
                        (
                            "replied_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_replies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="decisions.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "to_second"), name="decisions_reviewreply_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewSetting",
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
                        ("kinds", models.JSONField(verbose_name="what is reviewed")),
                        (
                            "second",
                            models.JSONField(
                                default=list, verbose_name="what is reviewed by a second person"
                            ),
                        ),
                        (
                            "look_back_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                verbose_name="working days until an emergency is looked back at",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="why")),
                        ("set_at", models.DateTimeField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_settings",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_settings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("look_back_days__gte", 1),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                name="decisions_reviewsetting_has_days_and_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondReview",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("agreed", "Agree"),
                                    ("returned", "Return, with what to change"),
                                    ("disagreed", "Disagree; the decision stands"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, verbose_name="comment, what to change or why not agreed"
                            ),
                        ),
                        (
                            "shown",
                            models.CharField(
                                max_length=64, verbose_name="digest of what was shown"
                            ),
                        ),
                        (
                            "reviewed_as",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("dsl", "Designated safeguarding lead (DSL)"),
                                    ("deputy_dsl", "Deputy safeguarding lead"),
                                    ("head", "Head"),
                                    ("manager", "Manager"),
                                    ("data_protection_lead", "Data protection lead"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
                        (
                            "in_place_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss_in_place",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second",
                                to="decisions.review",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome__in", ("returned", "disagreed")), _negated=True
                                    ),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decisions_secondreview_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Undecided",
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
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undecided",
                                to="decisions.request",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
