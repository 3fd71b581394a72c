"""No page offers a link that its reader may not open."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest

from infosharing.accounts.roles import Role
from tests.access.world import make_world

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
MOST = 400


def _alike(url: str) -> tuple[str, ...]:
    """What an address asks for: those that differ in a number or a date only are alike."""
    found = urlsplit(url)
    return (found.path, *sorted({part.split("=")[0] for part in found.query.split("&")}))


def _links(answer) -> Iterator[str]:
    if "Location" in answer:
        yield answer["Location"]
    elif answer.get("Content-Type", "").startswith("text/html"):
        yield from (unescape(link) for link in LINK.findall(answer.content.decode()))


@pytest.mark.parametrize("person", ["auditor", "colleague"])
def test_whatever_link_somebody_is_shown_opens(cast, sign_in, person):
    make_world(cast, decider=cast.head, role=Role.HEAD, asked=cast.colleague)
    client = sign_in(getattr(cast, person))
    waiting, seen, closed = [("/", "")], {_alike("/")}, []
    while waiting:
        url, shown_on = waiting.pop()
        answer = client.get(url)
        if answer.status_code >= 400:
            closed.append((answer.status_code, url, shown_on))
            continue
        for link in _links(answer):
            if not link.startswith("/static/") and _alike(link) not in seen:
                seen.add(_alike(link))
                waiting.append((link, url))
        assert len(seen) < MOST
    assert closed == []
