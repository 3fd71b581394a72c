"""Addresses of this app."""

from django.urls import path

from decisions.views import (
    advice,
    attaching,
    breaches,
    correcting,
    draft_check,
    drafts,
    emergency,
    followup,
    intake,
    lists,
    outgoing,
    practice,
    progress,
    records,
    refusing,
    relying,
    requests,
    reviews,
)

app_name = "decisions"
urlpatterns = [
    # Before the wizard: what was asked, or thought of.
    path("requests/", requests.requests_list, name="requests"),
    path("requests/new/", intake.request_new, name="request-new"),
    path("requests/refuse/", refusing.refuse_new, name="refuse-new"),
    path("requests/<str:public_id>/", requests.request_page, name="request"),
    path("requests/<str:public_id>/refuse/", refusing.refuse, name="refuse"),
    path("requests/<str:public_id>/identity/", requests.request_identity, name="request-identity"),
    path("requests/<str:public_id>/correct/", correcting.correct, name="request-correct"),
    path("requests/<str:public_id>/documents/new/", attaching.attach, name="request-document-new"),
    path("cases/<str:public_id>/requests/new/", intake.case_request_new, name="case-request-new"),
    # Emergency: one page, its write-up, and the sheet for when the system is down.
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/sheet/", emergency.sheet, name="emergency-sheet"),
    path("decisions/<str:public_id>/write-up/", emergency.write_up, name="write-up"),
    # The wizard: drafts, advice inside it, and practice.
    path("requests/<str:public_id>/decide/", drafts.decide, name="decide"),
    path("drafts/<str:public_id>/", drafts.tasks, name="draft"),
    path("drafts/<str:public_id>/check/", draft_check.check, name="draft-check"),
    path("drafts/<str:public_id>/sign/", draft_check.sign, name="draft-sign"),
    path("drafts/<str:public_id>/advice/", advice.advice, name="draft-advice"),
    path("drafts/<str:public_id>/advice/ask/", advice.ask, name="draft-advice-ask"),
    path("drafts/<str:public_id>/advice/report/", advice.report, name="draft-advice-report"),
    path("drafts/<str:public_id>/advice/tried/", advice.tried, name="draft-advice-tried"),
    path("drafts/<str:public_id>/<slug:page>/", drafts.page, name="draft-page"),
    path("drafts/<str:public_id>/<slug:page>/<int:index>/", drafts.entry, name="draft-entry"),
    path(
        "drafts/<str:public_id>/<slug:page>/<int:index>/remove/",
        drafts.remove,
        name="draft-entry-remove",
    ),
    path("advice/", advice.asked_of_me, name="advice-list"),
    path("advice/<str:public_id>/", advice.answer, name="advice-answer"),
    path("practice/", practice.practice, name="practice"),
    # After the signature: lists, the record, what followed, review.
    path("decisions/", lists.decisions, name="decisions"),
    path("decisions/csv/", lists.decisions_csv, name="decisions-csv"),
    path("decisions/follow-ups/", progress.follow_ups, name="follow-ups"),
    path("decisions/<str:public_id>/", records.decision, name="decision"),
    path("decisions/<str:public_id>/versions/<int:number>/", records.version, name="version"),
    path("decisions/<str:public_id>/sent/new/", followup.disclosure_new, name="disclosure-new"),
    path("disclosures/<str:public_id>/receipt/new/", followup.receipt_new, name="receipt-new"),
    path("decisions/<str:public_id>/told/new/", followup.telling_new, name="telling-new"),
    path("decisions/<str:public_id>/afterwards/", followup.afterwards, name="afterwards"),
    path("decisions/<str:public_id>/goes-out/<int:number>/", outgoing.outgoing, name="outgoing"),
    path(
        "decisions/<str:public_id>/consent-changed/",
        relying.consent_changed,
        name="consent-changed",
    ),
    path("decisions/<str:public_id>/progress/new/", progress.progress_new, name="progress-new"),
    path("decisions/<str:public_id>/close/", progress.close, name="close"),
    path("breaches/", breaches.breach_list, name="breaches"),
    path("breaches/<str:public_id>/", breaches.breach, name="breach"),
    path("breaches/<str:public_id>/step/new/", breaches.step_new, name="breach-step-new"),
    path("decisions/<str:public_id>/review/", reviews.review, name="review"),
    path("decisions/<str:public_id>/amend/", followup.amend, name="amend"),
]
