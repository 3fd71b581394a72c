"""Giving a document, and saying what it is."""

from infosharing.journeys.forms import PlainForm, TextField, UploadField


class DocumentForm(PlainForm):
    """A file and what it is."""

    file = UploadField(label="The file")
    what = TextField(
        label="What is it?",
        max_length=300,
        help_text="For example: the police request form, or the letter from her father.",
        error_messages={"required": "Say what the document is"},
    )
