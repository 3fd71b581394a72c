"""Knocking at every address as everybody in every way, and taking back whatever it did."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from infosharing.audit.backends.statements import WRITES, effects
from tests.access.world import World
from tests.engines import POSTGRES

METHODS: tuple[str, ...] = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
USED: tuple[str, ...] = ("GET", "POST")  # by the product's own pages
if POSTGRES:  # the others are refused before a database is asked; who may do what is said there
    METHODS, USED = USED, ()
EVERY = 4  # the others are tried at each address by every fourth person, at the next by others
# Not counted among the statements of a page.
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
# What may be written without POST: the log, and when the session was last seen.
LOOKING_WRITES = {"audit_entry", "audit_payload", "django_session"}

# What every form carries anew, whatever it is about: tokens and the mark of who was shown it.
FRESH = re.compile(rb'(name="(?:csrfmiddlewaretoken|once|sender)" value=)"[^"]*"')


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the product, by its full name, with its pattern; the nameless as ''."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, inside)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else ""), entry


def methods_for(who: int, address: int) -> list[str]:
    """How the person of this number knocks at the address of this number."""
    return [method for method in METHODS if method in USED or (who + address) % EVERY == 0]


def path_of(name: str, world: World) -> str:
    return reverse(name, kwargs=world.arguments.get(name, {}))


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what happens inside; what is committed in it passes for committed."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Seen:
    """An answer, what it cost, and which tables were written for it."""

    def __init__(self, response: HttpResponse, queries: list[str], written: set[str]) -> None:
        self.status = response.status_code
        self.body = b"" if response.streaming else FRESH.sub(rb"\1", response.content)
        self.headers = dict(response.headers.items())
        self.cookies = {
            name: "given" if name == settings.CSRF_COOKIE_NAME else morsel.OutputString()
            for name, morsel in response.cookies.items()
        }
        self.queries = queries
        self.written = written

    def looks(self) -> tuple[Any, ...]:
        """Everything that somebody outside could notice."""
        return self.status, self.body, self.headers, self.cookies, len(self.queries)


def knock(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> Seen:
    """Ask once, and take it back."""
    written: set[str] = set()
    queries: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if not str(sql).startswith(TRANSACTION):
            queries.append(str(sql))
        written.update(effect.name for effect in effects(sql) if effect.kind in WRITES)
        return execute(sql, params, many, context)

    client.raise_request_exception = False
    cookies = deepcopy(client.cookies)
    with ExitStack() as stack:
        stack.enter_context(taken_back())
        stack.enter_context(connection.execute_wrapper(watch))
        if method == "POST":
            response = client.post(path, data or {})
        elif method == "TRACE":
            response = client.trace(path)
        else:
            response = getattr(client, method.lower())(path)
    client.cookies = cookies
    return Seen(response, queries, written)
