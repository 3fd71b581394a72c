"""``manage.py check`` fails while any address of the product has an undeclared view (A1)."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from infosharing.access.declared import declared


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every address pattern of the product with its view, from the resolver itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


@register("access")
def every_view_declares_access(**_: Any) -> list[CheckMessage]:
    """Report each address whose view says neither who may use it nor what it shows."""
    return [
        Error(
            f"The view behind /{address} does not declare who may use it.",
            hint="Put @requires(Access.…, shows=Shows.…) on it, outermost.",
            obj=getattr(view, "__qualname__", repr(view)),
            id="access.E001",
        )
        for address, view in patterns()
        if declared(view) is None
    ]
