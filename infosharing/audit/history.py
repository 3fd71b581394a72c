"""History rows: how a record looked after each change, who changed it, when and why (R51).

django-simple-history writes them; what is easy to get wrong with it is closed here
(libraries.md section 3): the user is an opaque id that outlives the user, the reason is as long
as it needs to be, nothing is written outside an act, and history cannot be switched off. What
signals do not see (``update``, ``bulk_create``) the guard of the database connection refuses.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from infosharing.audit.acts import acting
from infosharing.audit.log_format import SYSTEM
from infosharing.audit.protection import options_of

_OPTIONS = frozenset(
    {
        "bases",
        "custom_model_name",
        "excluded_fields",
        "inherit",
        "m2m_fields",
        "no_db_index",
        "related_name",
        "table_name",
        "verbose_name",
        "verbose_name_plural",
    }
)


def tracked(**options: Any) -> Any:
    """Return what to assign to ``history`` on a model so that each of its changes is kept.

    The rows have ``history_actor`` (the 22 characters of the user's ``public_id``, or
    "system"), ``history_user`` (that user, one query each: for lists see ``actors``),
    ``history_date`` (the act's ``at``), ``history_change_reason`` (text of any length) and
    ``history_type`` (``+``, ``~`` or ``-``). Saving outside an act raises
    ``acts.ChangeOutsideAct``. Takes the harmless options of ``HistoricalRecords``.

    :raises TypeError: for an option that would weaken history.
    """
    refused = options.keys() - _OPTIONS
    if refused:
        raise TypeError(f"history does not take {', '.join(sorted(refused))}")
    return TrackedRecords(**options)


def actors(rows: Iterable[Any]) -> dict[str, Any]:
    """Return the users who made these history rows, by ``history_actor``; one query."""
    wanted = {row.history_actor for row in rows} - {SYSTEM}
    found = get_user_model().objects.filter(public_id__in=wanted)
    return {user.public_id: user for user in found}


class TrackedQuerySet(HistoricalQuerySet):
    """History rows; of two with the same time the later written one counts as later."""

    def latest_of_each(self) -> Any:
        """Return the last row of each object; an act may have saved it twice at one time."""
        newer = Q(history_date__gt=OuterRef("history_date")) | Q(
            history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
        )
        later = self.filter(newer, **{self._pk_attr: OuterRef(self._pk_attr)})
        return self.filter(~Exists(later))


class TrackedManager(HistoryManager):
    """Adds who, when and why to history written in bulk, too."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        """Return the class with the query set's methods, made once and not for each row."""
        return super().from_queryset(queryset_class, class_name)

    def bulk_history_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        update: bool = False,
        default_user: Any = None,
        default_change_reason: Any = "",
        default_date: Any = None,
        custom_historical_attrs: Any = None,
    ) -> Any:
        """Write one row for each object; all else comes from the act.

        :raises acts.ChangeOutsideAct: outside of one.
        """
        now = acting()
        fields = [field.attname for field in self.model.tracked_fields]
        rows = [
            self.model(
                history_actor=now.actor_id,
                history_date=now.at,
                history_change_reason=now.reason,
                history_type="~" if update else "+",
                **{name: getattr(one, name) for name in fields},
            )
            for one in objs
        ]
        return self.model.objects.bulk_create(rows, batch_size=batch_size)


class TrackedRecords(HistoricalRecords):
    """``HistoricalRecords`` that takes user, time and reason from the act and is never off."""

    def __init__(self, **options: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            history_manager=TrackedManager, historical_queryset=TrackedQuerySet, **options
        )

    def add_extra_methods(self, cls: Any) -> None:
        """Offer no way to save without history."""

    def create_history_model(self, model: Any, inherited: Any) -> Any:
        """Make the model; the index below stands in for the one on the copied key."""
        self.no_db_index = [*self.no_db_index, options_of(model).pk.name]
        return super().create_history_model(model, inherited)  # type: ignore[no-untyped-call]

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        """Add the index that finds the newest rows of one object (performance.md section 2)."""
        newest = models.Index(fields=[options_of(model).pk.name, "-history_date", "-history_id"])
        options: dict[str, Any] = super().get_meta_options(model)  # type: ignore[no-untyped-call]
        return {**options, "indexes": [newest]}

    @property
    def _date_indexing(self) -> bool:
        return False

    def _get_history_id_field(self) -> Any:
        return models.BigAutoField(primary_key=True)

    def _get_history_change_reason_field(self) -> Any:
        return models.TextField()

    def _get_history_user_fields(self) -> dict[str, Any]:
        return {
            "history_user": property(_user_of, _set_user_of),
            "history_actor": models.CharField(max_length=22),
        }

    def get_history_user(self, instance: Any) -> Any:
        """Return who acts, None for the system."""
        return acting().by

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> str:
        """Return why."""
        return acting().reason

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        """Write a row for each save; ``loaddata`` (raw) writes none and the guard refuses it."""
        if not kwargs.get("raw"):
            self.create_historical_record(instance, "+" if created else "~", using=using)

    def post_delete(self, instance: Any, using: Any = None, **kwargs: Any) -> None:
        """Write a row for each deletion."""
        self.create_historical_record(instance, "-", using=using)

    def m2m_changed(
        self, instance: Any, action: str, attr: Any, pk_set: Any, reverse: Any, **_: Any
    ) -> None:
        """Write a row for each change of a tracked many-to-many field."""
        if action in ("post_add", "post_remove", "post_clear"):
            self.create_historical_record(instance, "~")

    def create_historical_record(self, instance: Any, history_type: str, using: Any = None) -> None:
        """Write one row, at the time of the act.

        :raises acts.ChangeOutsideAct: outside of one.
        """
        instance._history_date = acting().at  # noqa: SLF001 - where the library looks for it
        try:
            super().create_historical_record(  # type: ignore[no-untyped-call]
                instance, history_type, using=using
            )
        finally:
            del instance._history_date  # noqa: SLF001


def _user_of(row: Any) -> Any:
    if row.history_actor == SYSTEM:
        return None
    return get_user_model().objects.filter(public_id=row.history_actor).first()


def _set_user_of(row: Any, user: Any) -> None:
    row.history_actor = SYSTEM if user is None else user.public_id
