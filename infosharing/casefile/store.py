"""Where exports and kept pages lie: random names in a folder that no web server serves."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

_PART: Final = 1024 * 1024


class Damaged(Exception):
    """A file is gone, or is not what was put there."""


def root() -> Path:
    """Return the folder of all exports."""
    return Path(settings.EXPORTS_DIR)


def place_of(stored_as: str) -> Path:
    """Return where a file lies under its random name."""
    return root() / stored_as[:2] / stored_as


def new_place() -> tuple[str, Path]:
    """Return a new random name and where its file is to be written; the folder is made."""
    stored_as = secrets.token_hex(16)
    place = place_of(stored_as)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return stored_as, place


def put(body: bytes) -> tuple[str, str]:
    """Write a file, settled on the disk; return its random name and its SHA-256."""
    stored_as, place = new_place()
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return stored_as, hashlib.sha256(body).hexdigest()


def read(stored_as: str, sha256: str) -> bytes:
    """Return a file whole, and proved to be what was put there.

    :raises Damaged: when it is gone or has changed.
    """
    try:
        body = place_of(stored_as).read_bytes()
    except OSError as error:
        raise Damaged(stored_as) from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Damaged(stored_as)
    return body


def checksum(place: Path) -> str:
    """Return the SHA-256 of a file, read in parts.

    :raises Damaged: when it cannot be read.
    """
    found = hashlib.sha256()
    try:
        with place.open("rb") as file:
            while part := file.read(_PART):
                found.update(part)
    except OSError as error:
        raise Damaged(place.name) from error
    return found.hexdigest()


def drop(stored_as: str) -> None:
    """Delete a file; nothing happens where there is none."""
    if stored_as:
        place_of(stored_as).unlink(missing_ok=True)


def files() -> Iterator[Path]:
    """Return every file that lies there."""
    yield from root().glob("??/*")
