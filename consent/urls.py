"""Addresses of this app."""

from django.urls import path

from consent.views import consents, steps

app_name = "consent"
urlpatterns = [
    path("cases/<str:public_id>/consents/new/", consents.consent_new, name="new"),
    path("consents/<str:public_id>/", consents.consent_detail, name="detail"),
    path("consents/<str:public_id>/withdraw/", consents.consent_withdraw, name="withdraw"),
    path("consents/<str:public_id>/narrow/", steps.narrow, name="narrow"),
    path("consents/<str:public_id>/review/", steps.review, name="review"),
    path("cases/<str:public_id>/people/<str:person_id>/consent/", steps.person, name="person"),
    path("cases/<str:public_id>/people/<str:person_id>/consent/ask/", steps.ask, name="ask"),
    path(
        "cases/<str:public_id>/people/<str:person_id>/consent/not-asked/",
        steps.not_asked,
        name="not-asked",
    ),
    path("consent-steps/<str:public_id>/", steps.step, name="step"),
    path("consent-steps/<str:public_id>/no-answer/", steps.no_answer, name="no-answer"),
]
