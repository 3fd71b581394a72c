"""Files on their way in: on disk in the data folder, and never more of one than may be kept."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import (
    InMemoryUploadedFile,
    TemporaryUploadedFile,
    UploadedFile,
)
from django.core.files.uploadhandler import FileUploadHandler


class LimitedFile(TemporaryUploadedFile):
    """A file in the folder of the documents, readable by its owner alone."""

    def __init__(self, name: str | None, content_type: str | None) -> None:
        folder = Path(settings.DOCUMENTS_DIR) / "incoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file: Any = NamedTemporaryFile(dir=folder, suffix=".upload")  # noqa: SIM115 - Django closes it
        UploadedFile.__init__(self, file, name, content_type, 0)


class LimitedUploadHandler(FileUploadHandler):
    """Writes a file until it is too large, then reads on and drops the rest.

    The file says its true size, so that a form can refuse it with words and keep what was typed
    beside it; so it does when the disk takes no more. Nothing of a file is ever written to a
    folder for everybody.
    """

    file: LimitedFile | InMemoryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        try:
            self.file = LimitedFile(self.file_name, self.content_type)
        except OSError:
            self.file = self._lost()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a chunk, unless the file would be too large with it or is lost already."""
        if start + len(raw_data) > settings.DOCUMENT_MAX_BYTES:
            return
        if isinstance(self.file, LimitedFile):
            try:
                self.file.write(raw_data)
            except OSError:
                self._lose(self.file)

    def file_complete(self, file_size: int) -> LimitedFile | InMemoryUploadedFile:
        """Return the file, which knows how large it was sent; empty when the disk was full."""
        if isinstance(self.file, LimitedFile):
            try:
                self.file.seek(0)  # what was held back is written now
            except OSError:
                self._lose(self.file)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Take away what had come when the connection broke."""
        if hasattr(self, "file"):
            self.file.close()

    def _lose(self, file: LimitedFile) -> None:
        self.file = self._lost()
        with suppress(OSError):
            file.close()

    def _lost(self) -> InMemoryUploadedFile:
        """Return what stands for a file that the disk did not take."""
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "", self.content_type, 0, self.charset
        )
