"""Addresses of this app."""

from django.urls import path

from consent.views import consents

app_name = "consent"
urlpatterns = [
    path("cases/<str:public_id>/consents/new/", consents.consent_new, name="new"),
    path("consents/<str:public_id>/", consents.consent_detail, name="detail"),
    path("consents/<str:public_id>/withdraw/", consents.consent_withdraw, name="withdraw"),
]
