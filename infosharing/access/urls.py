"""Addresses for signing in, members and roles."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
