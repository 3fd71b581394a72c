"""The addresses of the product, and some that break its rules."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import path

from infosharing.access.declared import Access, Shows, requires
from infosharing.urls import handler400, handler403, handler404, handler500  # noqa: F401
from infosharing.urls import urlpatterns as product


def undeclared(request):
    return HttpResponse("a secret")


@requires(Access.PUBLIC)
def fails(request):
    raise ZeroDivisionError("a secret")


@requires(Access.PUBLIC)
def database_fails(request):
    raise DatabaseError("a secret")


@requires(Access.PUBLIC)
def reads_badly(request):
    raise SuspiciousOperation("a secret")


@requires(Access.SIGNED_IN)
def refuses(request):
    raise PermissionDenied("A sentence for the person.")


@requires(Access.SIGNED_IN, shows=Shows.RECORD)
def looks_unseen(request, status: int):
    return HttpResponse("a secret", status=status)


@requires(Access.PUBLIC)
def holds_a_secret(request, secret: str):
    raise ZeroDivisionError


urlpatterns = [
    *product,
    path("planted/undeclared/", undeclared, name="undeclared"),
    path("planted/fails/", fails),
    path("planted/database-fails/", database_fails),
    path("planted/reads-badly/", reads_badly),
    path("planted/refuses/", refuses, name="refuses"),
    path("planted/looks-unseen/<int:status>/", looks_unseen),
    path("planted/secrets/<str:secret>/", holds_a_secret),
]
