"""Which web request an entry belongs to, known without passing it through every function."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("audit_request_id", default="")


@contextmanager
def request_is(request_id: str) -> Iterator[None]:
    """Give every entry recorded inside this request id (1 to 64 of ``A-Z a-z 0-9 _ -``)."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


def current_request_id() -> str:
    """Return the id of the request being answered, empty outside of one."""
    return _current.get()
