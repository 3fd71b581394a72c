"""What somebody typed and sent, to be given back when it could not be kept."""

from dataclasses import dataclass

from django.http import HttpRequest

# Fields of the page itself: never typed by anybody.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "once"})
# Never given back, wherever they are typed.
SECRET = ("password",)


@dataclass(frozen=True)
class Carried:
    """One field as it is shown: with a label made of its name, and what stood in it."""

    label: str
    value: str


def hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every posted field with its values, to be sent again; nothing secret."""
    return [
        (name, value)
        for name in request.POST
        if name not in OWN_FIELDS and not any(secret in name for secret in SECRET)
        for value in request.POST.getlist(name)
    ]


def carried(request: HttpRequest) -> list[Carried]:
    """Return what a person would miss: every text of more than a word or two, in page order."""
    return [
        Carried(name.replace("_", " ").replace("-", " ").strip().capitalize(), value)
        for name, value in hidden(request)
        if len(value.split()) > 1
    ]
