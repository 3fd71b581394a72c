"""Where documents are kept: random names in a folder of the data folder that nothing serves.

A file is written whole under ``incoming``, then moved to its place inside the transaction that
writes its row. Whatever fails, it is taken away again. What a killed process left under
``incoming`` goes a day later, and ``bin/manage check_documents`` finds the rest.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from infosharing.cases.documents.kinds import ALLOWED_WORDS, FileKind, kind_of
from infosharing.cases.documents.names import safe_name

INCOMING: Final = "incoming"
LEFT_BEHIND_SECONDS: Final = 24 * 60 * 60
NOT_KEPT: Final = "The file could not be kept. Try again, and tell your administrator if it fails"


class UnableToKeep(Exception):
    """The file cannot be kept; the message says why and what to do."""


class Damaged(Exception):
    """A kept file is gone, or is not what it was."""


@dataclass
class Arrived:
    """A file that has come in whole; ``placed`` is where it was moved to, if it was."""

    path: Path
    name: str
    size: int
    sha256: str
    kind: FileKind
    placed: Path | None = None

    def place(self) -> str:
        """Move the file to where it stays and return the random name it has there.

        :raises UnableToKeep: when the disk does not take it.
        """
        stored_as = secrets.token_hex(16)
        place = place_of(stored_as)
        try:
            _folder(place.parent)
            self.path.rename(place)
            self.placed = place
            _settle(place.parent)
        except OSError as error:
            raise UnableToKeep(NOT_KEPT) from error
        return stored_as


def root() -> Path:
    """Return the folder of all documents."""
    return Path(settings.DOCUMENTS_DIR)


def place_of(stored_as: str) -> Path:
    """Return where a document is kept under its random name."""
    return root() / stored_as[:2] / stored_as


@contextmanager
def arriving(uploaded: "UploadedFile[bytes]") -> Iterator[Arrived]:
    """Write an uploaded file to disk; keep it only if all that happens inside succeeds.

    :raises UnableToKeep: for a file that is empty, too large or of a kind that is not kept, and
        when the disk does not take it.
    """
    if not uploaded.size:
        raise UnableToKeep("The file is empty. Choose the file again")
    if uploaded.size > settings.DOCUMENT_MAX_BYTES:
        most = settings.DOCUMENT_MAX_BYTES // (1024 * 1024)
        raise UnableToKeep(f"The file is larger than {most} MB. Choose a smaller file")
    path = root() / INCOMING / secrets.token_hex(16)
    arrived = None
    try:
        try:
            _sweep(_folder(path.parent))
            size, sha256 = _write(uploaded, path)
            kind = kind_of(path)
        except OSError as error:
            raise UnableToKeep(NOT_KEPT) from error
        if kind is None:
            raise UnableToKeep(f"This kind of file cannot be kept. Choose {ALLOWED_WORDS}")
        name = safe_name(uploaded.name or "", kind)
        arrived = Arrived(path=path, name=name, size=size, sha256=sha256, kind=kind)
        yield arrived
    except BaseException:
        if arrived and arrived.placed:
            arrived.placed.unlink(missing_ok=True)
        raise
    finally:
        path.unlink(missing_ok=True)


def arriving_if(
    uploaded: "UploadedFile[bytes] | None",
) -> AbstractContextManager[Arrived | None]:
    """Return what keeps a file that was given, or nothing to keep where none was."""
    return arriving(uploaded) if uploaded else nullcontext()


def read_kept(stored_as: str, sha256: str) -> bytes:
    """Return a kept file whole, and proved to be what was kept.

    :raises Damaged: when it is gone or has changed.
    """
    try:
        body = place_of(stored_as).read_bytes()
    except OSError as error:
        raise Damaged(stored_as) from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Damaged(stored_as)
    return body


def kept_files() -> Iterator[Path]:
    """Return every file in the store, those still coming in left out."""
    for path in sorted(root().glob("??/*")):
        if path.is_file():
            yield path


def _write(uploaded: "UploadedFile[bytes]", path: Path) -> tuple[int, str]:
    found, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
            found.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size != uploaded.size:
        raise OSError("the disk did not take all of it on its way in")
    return size, found.hexdigest()


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        try:
            if time() - path.stat().st_mtime > LEFT_BEHIND_SECONDS:
                path.unlink()
        except FileNotFoundError:
            continue
