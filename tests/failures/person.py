"""A person at a browser without scripts: cookies, pages, forms as they are filled in and sent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

# Longer than any outage lets the server wait: a test that gets here has failed.
PATIENCE = 60
FORM = "application/x-www-form-urlencoded"
Files = Mapping[str, tuple[str, bytes]]


def words(length: int = 9_900) -> str:
    """Return text that no database makes smaller; as long as a field takes, unless said."""
    return " ".join(secrets.token_urlsafe(52) for _ in range(length // 71 + 1))[:length]


@dataclass
class Form:
    """One posted form of a page, with what its fields hold before anybody types."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.found.append(Form(given.get("action", "")))
            self.inside = True
        elif tag == "input" and self.inside and given.get("type") == "hidden":
            self.found[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str

    def form(self, action: str) -> Form:
        """Return the form of the page that posts to a place; one without posts to its own page."""
        parser = _Forms()
        parser.feed(self.text)
        there = [form for form in parser.found if urlsplit(form.action).path == action]
        return (there or [form for form in parser.found if not form.action])[-1]


class Person:
    """Somebody signed in at a product, by the cookies of their browser."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port = port
        self.cookies = dict(cookies)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, Any], files: Files | None = None) -> Answer:
        """Send a form."""
        if files is None:
            body = urlencode(fields, doseq=True).encode()
            return self._ask("POST", path, body, {"Content-Type": FORM})
        line = secrets.token_hex(16)
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
            for name, value in fields.items()
        ]
        parts += [
            f'Content-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            f"Content-Type: text/plain\r\n\r\n".encode()
            + body
            for name, (called, body) in files.items()
        ]
        edge = f"--{line}".encode()
        whole = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
        kind = f"multipart/form-data; boundary={line}"
        return self._ask("POST", path, whole, {"Content-Type": kind})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, {**headers, "Cookie": cookie})
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for given in response.headers.get_all("Set-Cookie") or []:
            name, _, value = given.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers.get("Location", ""), text)
