"""Many decisions at once: real in every respect, the same for a seed, never in production."""

import hashlib
import io
import re
from collections import Counter
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from decisions.models import (
    ConsentConsidered,
    ConsentReaction,
    Decision,
    Item,
    PackVersion,
    Recipient,
    Request,
    Review,
    SignedVersion,
    Telling,
    Undecided,
)
from infosharing.accounts.models import Organisation, User
from infosharing.audit.changes import tracked_models
from infosharing.audit.history import actors
from infosharing.audit.models import Entry
from infosharing.casefile.bulk import making
from infosharing.casefile.bulk.taking import copied_models
from infosharing.casefile.exported import allowed_records
from infosharing.cases.models import Case, Person
from infosharing.search.anew import MADE_BY
from infosharing.search.folding import kept_words
from infosharing.search.models import Word
from tests.engines import planned_as_in_production
from tests.tools import plans

WANTED = 40


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Forty decisions, made once for this module and then forgotten."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "django.conf.settings.PASSWORD_HASHERS",
            ["django.contrib.auth.hashers.MD5PasswordHasher"],
        )
        with transaction.atomic():
            yield making.make(WANTED, 7, timezone.now(), lambda done: None)
            transaction.set_rollback(True)


@pytest.fixture
def there(made, db):
    return made


def test_as_many_as_wanted_are_there_at_a_school_of_a_new_trust(there):
    assert (there.decisions, there.schools) == (WANTED, 1)
    assert Decision.objects.count() == WANTED
    assert Organisation.objects.filter(parent=None).count() == 1
    assert set(there.usernames) <= set(User.objects.values_list("username", flat=True))


def test_the_log_verifies(there):
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    assert f"{Entry.objects.count()} entries, nothing wrong" in out.getvalue()


def test_what_is_signed_is_what_its_digest_and_its_review_say(there):
    versions = list(SignedVersion.objects.select_related("decision"))
    assert len(versions) > WANTED / 2
    assert len({version.digest for version in versions}) == len(versions)
    for version in versions:
        assert version.digest == hashlib.sha256(version.body.encode()).hexdigest()
        assert version.decision.reference in version.body
    for review in Review.objects.select_related("version"):
        assert len(review.shown) == 64  # of what was on the page: nobody saw a copy


def test_every_row_is_as_its_latest_history_row_says(there):
    compared = 0
    for model, past in tracked_models():
        latest = {
            getattr(row, "id", None): row for row in past.objects.all().order_by("history_id")
        }
        for row in model._base_manager.all():
            for field in past.tracked_fields:
                assert getattr(row, field.attname) == getattr(latest[row.pk], field.attname)
            compared += 1
        made_by = actors(latest.values())
        assert {one.history_actor for one in latest.values()} <= {*made_by, "system"}
    assert compared > 10 * WANTED


def test_everything_is_found_by_its_own_words(there):
    wanted: dict[tuple[str, int], set[str]] = {}
    for model in (Case, Person, Request, SignedVersion, Item, Recipient):
        newest = SignedVersion.objects.filter(in_force_of__isnull=False)
        for row in model.objects.all() if model is not SignedVersion else newest:
            if isinstance(row, (Item, Recipient)) and not row.version.in_force_of.exists():
                continue
            for key, texts in row.searched().items():
                wanted.setdefault(key, set()).update(kept_words(texts))
    found: dict[tuple[str, int], set[str]] = {}
    for kind, word, key in Word.objects.exclude(kind=MADE_BY).values_list("kind", "word", "key"):
        found.setdefault((kind, key), set()).add(bytes(word).decode())
    assert found == {key: words for key, words in wanted.items() if words}


def test_nothing_of_what_was_copied_is_left(there):
    texts = "\n".join(
        str(value)
        for model in copied_models()
        for row in model._base_manager.values()
        for value in row.values()
        if isinstance(value, (str, dict))
    )
    for name in ("mould", "Mould", "Tomos Whitaker-Bell", "Saoirse Vandermeer", "Dilys Morgan"):
        assert name not in texts, name


def test_people_are_called_differently_from_copy_to_copy(there):
    assert max(Counter(Person.objects.values_list("name", flat=True)).values()) <= 3


def test_settled_matters_lie_in_the_past_and_open_ones_now(there):
    days = Decision.objects.filter(signed_at__isnull=False).values_list("signed_at", flat=True)
    ages = sorted((timezone.now() - day).days for day in days)
    assert ages[0] < 30
    assert ages[-1] > 1000
    undecided = Decision.objects.filter(signed_at=None)
    assert all((timezone.now() - one.started_at).days < 30 for one in undecided)


def test_what_is_undecided_is_marked_so_and_nothing_else(there):
    open_ones = Request.objects.exclude(decision__signed_at__isnull=False)
    marked = Undecided.objects.values_list("request", flat=True)
    assert sorted(marked) == sorted(open_ones.values_list("pk", flat=True)) != []


def test_the_same_seed_twice_is_refused(there):
    with pytest.raises(CommandError, match="seed 7 are there already"):
        call_command("make_bulk", decisions=5, seed=7)


# Every page


STARTS = ("/", "/decisions/", "/requests/", "/cases/")
EACH = 1  # page of one kind that is opened
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')


def kind_of(address: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]{22}", "*", address.split("?")[0])


@pytest.mark.parametrize("name", ["dsl", "auditor"])
def test_every_page_opens_for_them(there, name):
    client = Client()
    client.force_login(User.objects.get(username=f"{name}.7.1"))
    waiting, opened, kinds = list(STARTS), set(), Counter()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in opened or kinds[kind] >= EACH or "/sign-out" in address:
            continue
        if address.startswith("/static/"):
            continue
        opened.add(address)
        kinds[kind] += 1
        answer = client.get(address)
        refused = name == "auditor" and kind == "/drafts/*/"
        wanted = (403,) if refused else (200, 302)
        assert answer.status_code in wanted, (address, answer.status_code)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            waiting += [one.replace("&amp;", "&") for one in LINK.findall(answer.content.decode())]
    assert len(kinds) > 10, kinds


# Plans


def _as_if_large() -> None:
    """Let the planner go by indexes wherever it could, as it does in large tables."""
    planned_as_in_production()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        else:
            small = Undecided._meta.db_table
            cursor.execute("SELECT rowid, stat FROM sqlite_stat1 WHERE tbl <> %s", [small])
            for row, stat in cursor.fetchall():
                rows, _, rest = stat.partition(" ")
                larger = f"{int(rows) * 2000} {rest}".strip()
                cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [larger, row])
            cursor.execute("ANALYZE sqlite_schema")


def once_for_each(scans):
    """Ask how a statement is answered once, on whichever pages it stands; the clock goes on."""
    kept = {}

    def kept_scans(one):
        fixed = [str(value) for value in one.params or () if not isinstance(value, datetime)]
        key = (one.sql, *fixed)
        if key not in kept:
            kept[key] = scans(one)
        return kept[key]

    return kept_scans


def _big_tables() -> list[str]:
    small = {"accounts", "casefile"}
    return [
        model._meta.db_table
        for model in (*copied_models(), Entry)
        if model._meta.app_label not in small and model not in (PackVersion, Undecided)
    ]


@pytest.fixture
def short_pages(monkeypatch):
    """Pages so short that there is a further one, and what is found is counted."""
    for view in ("lists", "request_list"):
        monkeypatch.setattr(f"decisions.views.{view}.PAGE", 1)


@pytest.mark.parametrize("name", ["dsl.7.1", "staff.7.1", "trust-dpl.7"])
def test_no_list_search_home_or_case_page_reads_a_big_table_whole(
    there, short_pages, name, monkeypatch
):
    monkeypatch.setattr("infosharing.search.queries.MANY", 20)
    _as_if_large()
    big, trust = _big_tables(), name.startswith("trust")
    scans = once_for_each(lambda one: plans.scans(one, big, walks=trust))
    pages = plans.opened(User.objects.get(username=name), warm=False)
    found = {
        address: [line for one in statements for line in scans(one)]
        for address, _seconds, statements in pages
    }
    lines = [f"{address}: {line}" for address, lines in found.items() for line in lines]
    if connection.vendor == "postgresql":  # which walks along any index where there are few rows
        lines = [line for line in lines if "Seq Scan" in line]
    assert lines == []
    assert len(found) > 20


COUNTED = ("/decisions/?review=agreed", "/decisions/?follow=open", "/requests/?stands=all")


def _asked_of_the_trust(address: str, beginning: str) -> list[plans.Asked]:
    client = Client()
    client.force_login(User.objects.get(username="trust-dpl.7"))
    with plans.asked() as found:
        assert client.get(address).status_code == 200
    return [one for one in found if one.sql.startswith(beginning)]


def _rather_whole() -> None:
    """Let PostgreSQL join by reading whole tables, as it does where it expects many rows."""
    _as_if_large()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")


@pytest.mark.parametrize("address", COUNTED)
def test_what_is_counted_of_a_whole_trust_is_not_joined_with_every_case(
    there, short_pages, address
):
    """Where many rows are expected, PostgreSQL joins by reading the other table whole."""
    counting = _asked_of_the_trust(address, 'SELECT COUNT(*) FROM (SELECT "decisions_')
    assert len(counting) == 1
    _rather_whole()
    assert plans.scans(counting[0], _big_tables()) == []


def test_what_a_whole_trust_still_follows_up_is_not_joined_with_every_case(there):
    beginning = 'SELECT "decisions_decision"."id"'
    (listing,) = _asked_of_the_trust("/decisions/follow-ups/", beginning)
    _rather_whole()
    big = [Case._meta.db_table, Request._meta.db_table, Decision._meta.db_table]
    assert plans.scans(listing, big) == []


@pytest.mark.parametrize("address", ["/decisions/", "/decisions/follow-ups/"])
def test_what_is_said_of_each_row_of_a_list_is_not_found_out_of_all_rows_at_once(there, address):
    """PostgreSQL may answer an EXISTS by reading the whole table (``walking.row_by_row``)."""
    listing = _asked_of_the_trust(address, 'SELECT "decisions_decision"."id"')
    tables = {model._meta.db_table for model in (ConsentConsidered, ConsentReaction, Telling)}
    found = [re.findall(r'EXISTS\(SELECT 1 AS "a" FROM "(\w+)"', one.sql) for one in listing]
    assert [tables.intersection(one) for one in found] == [set()]
    assert any(table in listing[0].sql for table in tables)


def test_what_may_be_taken_away_is_asked_of_each_record_and_not_of_every_case(there):
    with plans.asked() as found:
        list(allowed_records(User.objects.get(username="trust-dpl.7")))
    (asked,) = [one for one in found if "casefile_exportrecord" in one.sql]
    _as_if_large()
    assert plans.scans(asked, _big_tables()) == []


def test_what_a_school_was_ever_asked_is_walked_along_an_index_of_its_own(there, short_pages):
    client = Client()
    client.force_login(User.objects.get(username="dsl.7.1"))
    with plans.asked() as found:
        client.get("/requests/?stands=all")
    _as_if_large()
    index = next(
        one.name
        for one in Request._meta.indexes
        if one.fields[:2] == ["organisation", "-recorded_at"]
    )
    listing = [one for one in found if one.sql.startswith('SELECT "decisions_request"."id"')]
    assert [index in "\n".join(plans.plan_of(one)) for one in listing] == [True]
