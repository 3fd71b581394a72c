"""Addresses that the frame of the pages links to, so that these tests need no other app."""

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.account.urls"))]
