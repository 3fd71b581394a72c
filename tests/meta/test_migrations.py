"""Many tables at once, and databases that an earlier state of ours has migrated in part."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from infosharing.migrating import CreateModels

REPLACING = ["access", "accounts", "cases", "consent", "decisions", "search"]


def _model(name: str, to: str) -> migrations.CreateModel:
    return migrations.CreateModel(
        name,
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("size", models.IntegerField()),
            ("other", models.ForeignKey(f"squashed.{to}", models.PROTECT, null=True)),
            ("same", models.ManyToManyField(f"squashed.{to}", related_name="+")),
        ],
        options={
            "indexes": [models.Index(fields=["size"], name=f"squashed_{name}_size")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(size__gte=1), name=f"squashed_{name}_from_1"
                ),
            ],
        },
    )


def _circle() -> migrations.Migration:
    migration = migrations.Migration("0001_circle", "squashed")
    migration.operations = [CreateModels([_model("Egg", "hen"), _model("Hen", "egg")])]
    return migration


def _tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("squashed_")}


@pytest.mark.django_db(transaction=True)
def test_tables_that_refer_to_each_other_are_made_whole_and_taken_away_again() -> None:
    before, state = ProjectState(), ProjectState()
    assert before.apps
    assert state.apps
    with connection.schema_editor() as editor:
        state = _circle().apply(state, editor)
    try:
        assert _tables() == {
            "squashed_egg",
            "squashed_egg_same",
            "squashed_hen",
            "squashed_hen_same",
        }
        hen = state.apps.get_model("squashed", "Hen")
        egg = state.apps.get_model("squashed", "Egg")
        egg.objects.create(size=1, other=hen.objects.create(size=2)).same.add(hen.objects.get())
        for wrong in ({"size": 0}, {"size": 1, "other_id": 99}):
            with pytest.raises(IntegrityError), transaction.atomic():
                hen.objects.create(**wrong)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "squashed_egg")
        assert found["squashed_Egg_size"]["index"]
    finally:
        with connection.schema_editor() as editor:
            _circle().unapply(before, editor)
    assert _tables() == set()


def test_classes_are_made_once_for_all_models_and_not_at_all_where_none_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Any] = []
    monkeypatch.setattr(ProjectState, "reload_model", lambda self, *key, **_: made.append(key))
    with_classes, without = ProjectState(), ProjectState()
    assert with_classes.apps
    _circle().mutate_state(with_classes, preserve=False)
    _circle().mutate_state(without, preserve=False)
    assert made == []
    assert {model.__name__ for model in with_classes.apps.get_models()} == {"Egg", "Hen"}
    assert "apps" not in without.__dict__
    assert with_classes == without


@pytest.mark.django_db
@pytest.mark.parametrize("app", REPLACING)
def test_a_database_with_some_of_the_replaced_migrations_is_refused(
    app: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or Django would go on without this app's tables; docs/administrator.md says what to do."""
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})
    one = MigrationLoader(None).get_migration(app, "0001_squashed")
    rows = [(key, None) for key in one.replaces]
    assert len(rows) > 1
    for applied in (rows[:1], rows[:-1]):
        monkeypatch.setattr(
            MigrationRecorder, "applied_migrations", lambda _, found=applied: dict(found)
        )
        with pytest.raises(NodeNotFoundError, match=rf"replace migration {app}\.\d.*some of"):
            MigrationLoader(connection)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: dict(rows))
    assert (app, "0001_squashed") in MigrationLoader(connection).applied_migrations


def test_every_migration_that_replaces_others_is_among_those_tried_above(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})
    assert sorted(app for app, _ in MigrationLoader(None).replacements) == REPLACING
