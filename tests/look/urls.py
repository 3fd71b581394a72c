"""Addresses that the frame of the pages links to, so that these tests need no other app."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(_request):
    return HttpResponse()


urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("sheet/", include(([path("", nothing, name="emergency-sheet")], "decisions"))),
]
