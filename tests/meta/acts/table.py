"""The table that acts are put into, and what each of them begins with."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from infosharing.accounts.models import User
from infosharing.cases.models import Case
from tests.factories import (
    a_case,
    its_person,
)
from tests.people import Cast

Call = Callable[[], Any]


Prepare = Callable[[Cast], Call]


TABLE: dict[str, tuple[Prepare, list[str]]] = {}


def writes(act: Any, *events: str) -> Callable[[Prepare], Prepare]:
    """Put the function below into the table, as preparing ``act``."""

    def put(prepare: Prepare) -> Prepare:
        TABLE[f"{act.__module__}.{act.__name__}"] = (prepare, list(events))
        return prepare

    return put


def done(act: Any, by: User | None, /, **given: Any) -> Call:
    return partial(act, **given, by=by, at=timezone.now())


def case_of(cast: Cast) -> Case:
    return a_case(by=cast.dsl, organisation=cast.school)


def two_rows(cast: Cast) -> dict[str, Any]:
    """One child in two cases, recorded twice."""
    case, other = case_of(cast), case_of(cast)
    return {"case": case, "person": its_person(case), "known": its_person(other)}
