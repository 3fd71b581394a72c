"""The door for many rows at once: closed in production, and never past the guard."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from decisions.models import SignedVersion
from infosharing.accounts.models import Organisation, User
from infosharing.audit import wholesale
from infosharing.audit.backends.guard import UnrecordedChange
from infosharing.audit.models import Entry
from infosharing.casefile.bulk import making
from infosharing.casefile.bulk.handing import Batch, MakingFailed, handed_over
from infosharing.casefile.demonstration.clock import Clock
from infosharing.cases.models import Case
from infosharing.search.models import Word
from tests.factories import a_case


def test_the_same_seed_gives_the_same_and_another_another(db, monkeypatch, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = timezone.now()
    tell, told = making._moulds, []

    def made(seed: int, processes: int = 1) -> tuple[list[str], list[str]]:
        monkeypatch.setattr(making, "WORTH_A_PROCESS", 1 if processes > 1 else 10_000)
        with transaction.atomic():
            # Telling takes longest: another seed is to give others from what was told before.
            moulds = told[-1] if len(told) == 2 else tell(Clock(now))
            told.append(moulds)
            monkeypatch.setattr(making, "_moulds", lambda clock: moulds)
            making.make(12, seed, now, lambda done: None)
            digests = sorted(SignedVersion.objects.values_list("digest", flat=True))
            ids = sorted(Entry.objects.exclude(object_id="").values_list("object_id", flat=True))
            transaction.set_rollback(True)
        return digests, ids

    first = made(3)
    assert first == made(3, processes=2)
    for one, other in zip(first, made(4), strict=True):
        assert set(one).isdisjoint(other)


def a_batch(number: int) -> Batch:
    row = ("case", f"word-{number}".encode(), number)
    happened = wholesale.Happened(timezone.now(), "a.b", "done", "system", "", "", "", "", None)
    return Batch(number, {Word: (("kind", "word", "key"), [row])}, [happened])


@pytest.mark.parametrize(("at_all", "cores"), [(True, 2), (True, 1), (False, 2)])
def test_what_another_process_makes_arrives_as_it_was_made(monkeypatch, at_all, cores):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    made = [a_batch(number) for number in range(3)]
    with handed_over(iter(made), at_all=at_all) as handed:
        assert list(handed) == made


def test_rows_that_could_not_be_made_are_never_taken_for_the_last(capfd):
    def failing():
        yield a_batch(1)
        raise RuntimeError("no more names")

    with (
        pytest.raises(MakingFailed),
        handed_over(failing(), at_all=True) as handed,
    ):
        list(handed)
    assert "no more names" in capfd.readouterr().err


def test_a_number_below_one_is_refused(db):
    with pytest.raises(CommandError, match="a number from 1"):
        call_command("make_bulk", decisions=0)


# Production


def test_it_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not made wholesale in production"):
        call_command("make_bulk", decisions=5)
    with pytest.raises(wholesale.RefusedInProduction):
        making.make(5, 1, timezone.now(), lambda done: None)
    assert User.objects.count() == 0


def test_the_door_for_many_rows_is_closed_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(wholesale.RefusedInProduction):
        wholesale.add_rows(Word, ("kind", "word", "key"), [("case", b"word", 1)])
    with pytest.raises(wholesale.RefusedInProduction):
        wholesale.append([])
    assert not Word.objects.filter(kind="case").exists()


# The guard


ORGANISATION = ("public_id", "name", "kind", "pack", "made_at")


def an_organisation() -> list[tuple[object, ...]]:
    at = connection.ops.adapt_datetimefield_value(timezone.now())
    return [("A" * 22, "A school", "school", "statutory-2024", at)]


def test_rows_without_an_entry_are_refused(db):
    with pytest.raises(UnrecordedChange, match="without a log entry"), transaction.atomic():
        wholesale.add_rows(Organisation, ORGANISATION, an_organisation())
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rows_outside_a_transaction_are_refused():
    with pytest.raises(UnrecordedChange, match="outside a transaction"):
        wholesale.add_rows(Organisation, ORGANISATION, an_organisation())


def test_rows_with_history_need_their_history_rows(cast):
    a_case(by=cast.dsl, organisation=cast.school)
    case = Case.objects.values().first()
    columns = [name for name in case if name != "id"]
    copied = {**case, "public_id": "B" * 22, "reference": "B" * 10}
    row = [tuple(_stored(copied[name]) for name in columns)]
    happened = [
        wholesale.Happened(
            timezone.now(), "cases.case_opened", "done", "system", "", "", "", "", None
        )
    ]

    def added() -> None:
        with transaction.atomic():
            wholesale.add_rows(Case, columns, row)
            wholesale.append(happened)

    with pytest.raises(UnrecordedChange, match="rows of cases_case changed"):
        added()


def _stored(value: object) -> object:
    return connection.ops.adapt_datetimefield_value(value) if hasattr(value, "hour") else value
