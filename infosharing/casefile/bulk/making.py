"""Makes many decisions: tells each story once, takes it out again, and writes copies of it.

A copy has its own people, ids, references and days, and everything else as the product's own
verbs made it: pages as typed, the signed text and its digest, history rows, entries of the log.
The rows come through ``infosharing.audit.wholesale``, so guard and triggers hold as ever.
"""

import base64
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from random import Random
from typing import Final

from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction

from decisions.models import PackVersion
from infosharing.access.domain.members import add_member, set_up_organisation
from infosharing.accounts.models import Organisation, OrganisationKind, User
from infosharing.accounts.roles import Role
from infosharing.audit.wholesale import add_rows, append, refuse_in_production
from infosharing.casefile.bulk import names
from infosharing.casefile.bulk.handing import Batch, handed_over
from infosharing.casefile.bulk.mould import Mould, Poured, Rename, Sink
from infosharing.casefile.bulk.stories import OPEN, SETTLED
from infosharing.casefile.bulk.taking import Taken, copied_models, next_keys, taken
from infosharing.casefile.demonstration.cast import MEMBERS, PASSWORD, Cast, Member
from infosharing.casefile.demonstration.clock import Clock
from infosharing.guidance.loading import DEFAULT
from infosharing.identifiers import CROCKFORD
from infosharing.search.models import Word

A_SCHOOL: Final = 2_000  # decisions; about twenty a week for two years
WEEKS: Final = 260  # how far back what is settled reaches
OPEN_SHARE: Final = 0.1  # of the decisions of a school, at the most
CACHE_KIB: Final = 600_000
PAGES_WAITING: Final = 20_000
AT_ONCE: Final = 1_000  # copies in one transaction
WORTH_A_PROCESS: Final = 500  # decisions
TRUST: Final = "Mould Trust"
MOULD: Final = "mould-"
OF_THE_TRUST: Final = (
    Member("trust-auditor", "Aurelia Mould-Auditor", Role.AUDITOR),
    Member("trust-dpl", "Damian Mould-Lead", Role.DATA_PROTECTION_LEAD),
)


class MadeBefore(Exception):
    """What the same seed gives is there already."""


@dataclass(frozen=True)
class Made:
    """How much was made, and who may sign in: all with the demonstration's password."""

    decisions: int
    schools: int
    usernames: Sequence[str]


@dataclass(frozen=True)
class _Moulds:
    packs: Taken
    trust: Mould
    school: Mould
    settled: Sequence[Mould]
    open: Sequence[Mould]


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python not look for cycles among millions of plain rows; there are none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def make(decisions: int, seed: int, now: datetime, told: Callable[[int], None]) -> Made:
    """Make that many decisions, at schools of a new trust; the same seed gives the same ones.

    Salts of the log are the only thing that differs. ``told`` hears how many are there so far.
    Nobody else may write meanwhile.

    :raises infosharing.audit.wholesale.RefusedInProduction: in production.
    :raises MadeBefore: when they are there.
    """
    refuse_in_production()
    if User.objects.filter(username=_username(OF_THE_TRUST[0].username, seed)).exists():
        raise MadeBefore(f"The decisions of seed {seed} are there already")
    moulds = _moulds(Clock(now))
    batches = _batches(moulds, Sink(next_keys()), decisions, seed)
    _make_room()
    schools = _schools(decisions)
    done = 0
    with handed_over(batches, at_all=decisions >= WORTH_A_PROCESS) as handed:
        for batch in handed:
            _write(batch)
            done = batch.decisions
            told(done)
    _tidy()
    last = [] if schools == 1 else [schools - 1]
    usernames = [_username(one.username, seed) for one in OF_THE_TRUST]
    usernames += [_username(one, seed, number) for number in (0, *last) for one in ("dsl", "staff")]
    return Made(done, schools, usernames)


def _schools(decisions: int) -> int:
    return max(1, ceil(decisions / A_SCHOOL))


def _batches(moulds: _Moulds, sink: Sink, decisions: int, seed: int) -> Iterator[Batch]:
    """Yield what is written in one transaction each; it asks no database."""
    random = Random(seed)  # noqa: S311 - names and numbers to try things with
    _share_packs(sink, moulds.packs)
    trust = moulds.trust.pour(sink, [], _rename(random, seed, None))
    schools, done = _schools(decisions), 0
    for number in range(schools):
        school = moulds.school.pour(sink, [trust], _rename(random, seed, number))
        left = ceil((decisions - done) / (schools - number))
        for copies, (mould, weeks) in enumerate(_chosen(moulds, random, left), start=1):
            mould.pour(sink, [trust, school], _rename(random, seed, number), weeks)
            done += mould.decisions
            if copies % AT_ONCE == 0:
                yield _batch(sink, done)
        yield _batch(sink, done)


def _batch(sink: Sink, done: int) -> Batch:
    """Take what has been poured out of the sink, in the order in which it is written."""
    rows = {model: (sink.columns[model], found) for model, found in sink.rows.items()}
    for model, (_columns, found) in rows.items():
        if model is Word:
            found.sort()  # so that they go into its index side by side
    happened = sorted(sink.happened, key=lambda one: one.at)
    sink.rows, sink.happened = {}, []
    return Batch(done, rows, happened)


def _moulds(clock: Clock) -> _Moulds:
    trust, school, *stories = taken(lambda: _told(clock))
    packs = Taken()
    for one in (trust, school, *stories):
        packs.rows.setdefault(PackVersion, []).extend(one.rows.pop(PackVersion, []))
    organisations = {TRUST: "organisation"}
    trust_mould = Mould(trust, [], organisations)
    school_mould = Mould(school, [trust_mould], {_school_name(): "organisation"})
    moulds = [Mould(one, [trust_mould, school_mould], {}) for one in stories]
    return _Moulds(packs, trust_mould, school_mould, moulds[: len(SETTLED)], moulds[len(SETTLED) :])


def _school_name() -> str:
    return f"{MOULD}school"


def _told(clock: Clock) -> Iterator[None]:
    """Tell everything that is copied, step by step."""
    at = clock.at(7 * WEEKS + 100, "09:00")
    password_hash = make_password(PASSWORD)
    trust = _organisation(TRUST, OrganisationKind.TRUST, None, at)
    for member in OF_THE_TRUST:
        _join(member, trust, password_hash, at)
    yield
    school = _organisation(_school_name(), OrganisationKind.SCHOOL, trust, at)
    here = [one for one in MEMBERS if one.school == MEMBERS[0].school]
    users = {member.username: _join(member, school, password_hash, at) for member in here}
    yield
    cast = Cast(school, school, users)
    for story in (*SETTLED, *OPEN):
        for _at in story(cast, clock):
            pass
        yield


def _organisation(
    name: str, kind: OrganisationKind, parent: Organisation | None, at: datetime
) -> Organisation:
    return set_up_organisation(name=name, kind=kind, pack=DEFAULT, parent=parent, by=None, at=at)


def _join(member: Member, organisation: Organisation, password_hash: str, at: datetime) -> User:
    return add_member(
        organisation=organisation,
        username=MOULD + member.username,
        name=member.name,
        email=f"{MOULD}{member.username}@infosharing.example",
        password_hash=password_hash,
        role=member.role,
        by=None,
        at=at,
    )


def _chosen(moulds: _Moulds, random: Random, wanted: int) -> Iterator[tuple[Mould, int]]:
    """Yield moulds and weeks, the earliest first, that make as many decisions as are wanted."""
    unfinished: list[Mould] = []
    room = int(wanted * OPEN_SHARE)
    for mould in (*moulds.open, *moulds.open):
        if mould.decisions <= room:
            room -= mould.decisions
            unfinished.append(mould)
    left = wanted - sum(mould.decisions for mould in unfinished)
    chosen: list[tuple[int, Mould]] = []
    while left:
        fitting = [mould for mould in moulds.settled if mould.decisions <= left]
        mould = random.choice(fitting)
        left -= mould.decisions
        chosen.append((-random.randint(1, WEEKS), mould))
    for weeks, mould in sorted(chosen, key=lambda one: one[0]):
        yield mould, weeks
    for mould in unfinished:
        yield mould, 0


def _rename(random: Random, seed: int, number: int | None) -> Rename:
    """Return what gives one copy its ids and names; ``number`` is the school's."""
    namer = names.Namer(random)
    place = f"Trust {seed}" if number is None else names.school(number)

    def rename(kind: str, text: str) -> str:
        match kind:
            case "public_id":
                raw = random.getrandbits(128).to_bytes(16, "big")
                return base64.urlsafe_b64encode(raw)[:22].decode()
            case "reference":
                bits = random.getrandbits(50)
                return "".join(CROCKFORD[bits >> shift & 31] for shift in range(0, 50, 5))
            case "username":
                return _username(text.removeprefix(MOULD), seed, number)
            case "organisation":
                return place
            case "first":
                return namer.first()
        return namer.person(text)

    return rename


def _username(name: str, seed: int, number: int | None = None) -> str:
    return f"{name}.{seed}" if number is None else f"{name}.{seed}.{number + 1}"


def _share_packs(sink: Sink, packs: Taken) -> None:
    """Keep each checklist once, as signing would; those that are there are pointed at already."""
    rows = packs.rows[PackVersion]
    if rows:
        names_of = list(rows[0])
        sink.columns[PackVersion] = names_of
        adapt = connection.ops.adapt_datetimefield_value
        sink.rows[PackVersion] = [
            tuple(str(adapt(row[name])) if name == "kept_at" else row[name] for name in names_of)
            for row in rows
        ]


def _write(batch: Batch) -> None:
    """Write a batch as one transaction, and the log's entries last."""
    if not batch.happened:
        return
    with transaction.atomic():
        for model, (columns, rows) in batch.rows.items():
            add_rows(model, columns, rows)
        append(batch.happened)


def _make_room() -> None:
    """Let the connection do what no page may: take its time, and much memory for SQLite's indexes.

    SQLite moves what was written over into its file less often, too.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            vars(connection.connection).pop("wait", None)  # how long a page waits for an answer
        else:
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            cursor.execute(f"PRAGMA wal_autocheckpoint = {PAGES_WAITING}")


def _tidy() -> None:
    """Let PostgreSQL number further rows from here, and both databases know what they hold."""
    statements = connection.ops.sequence_reset_sql(no_style(), copied_models())
    with connection.cursor() as cursor:
        for statement in (*statements, "ANALYZE"):
            cursor.execute(statement)


__all__ = ["Made", "MadeBefore", "Poured", "make"]
