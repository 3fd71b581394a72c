"""A field for one file; what the file is, is found out from what is in it when it is kept."""

from typing import Any

from django import forms

from infosharing.cases.documents import ALLOWED_WORDS


class UploadField(forms.FileField):
    """A file to keep. Its browser control cannot be filled again after an error, so say so."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput())
        kwargs.setdefault("help_text", f"It can be {ALLOWED_WORDS}.")
        kwargs["max_length"] = None
        messages = {
            "required": "Choose a file",
            "invalid": "Choose the file again",
            "missing": "Choose the file again",
            "empty": "The file is empty. Choose the file again",
        }
        messages.update(kwargs.pop("error_messages", {}))
        super().__init__(error_messages=messages, **kwargs)
