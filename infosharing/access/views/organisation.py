"""Which organisation the administrator's pages are about."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from infosharing.access.queries import access_organisation, administered
from infosharing.accounts.models import Organisation


def chosen(request: HttpRequest) -> Organisation:
    """Return the organisation named in the address, else the first the user looks after.

    :raises Http404: for one that is absent or another's; the refusal is logged.
    """
    named = request.GET.get("organisation")
    if named is not None:
        return access_organisation(request.user, named)  # type: ignore[arg-type]
    return administered(request.user)[0]  # type: ignore[arg-type]


def address(name: str, organisation: Organisation, request: HttpRequest, **query: str) -> str:
    """Return the address of a page about an organisation; named only where there are several."""
    if len(administered(request.user)) > 1:  # type: ignore[arg-type]
        query = {"organisation": organisation.public_id, **query}
    return reverse(name) + (f"?{urlencode(query)}" if query else "")
