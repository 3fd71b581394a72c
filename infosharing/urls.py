"""Wiring: every address of the product."""

from django.urls import include, path

from infosharing.access import errors

urlpatterns = [
    path("", include("infosharing.casefile.urls")),
    path("", include("decisions.urls")),
    path("", include("consent.urls")),
    path("", include("infosharing.access.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
