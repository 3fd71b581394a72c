"""Addresses of this app."""

from django.urls import path

from infosharing.casefile.views import (
    case_access,
    case_access_ends,
    case_list,
    case_state,
    cases,
    chronologies,
    contacts,
    documents,
    exported,
    exporting,
    exports,
    figures,
    histories,
    home,
    known,
    leaflets,
    looks,
    notes,
    people,
    same,
)

app_name = "casefile"
urlpatterns = [
    # Cases and the people in them.
    path("cases/", case_list.case_list, name="cases"),
    path("cases/csv/", case_list.cases_csv, name="cases-csv"),
    path("cases/new/", cases.case_new, name="case-new"),
    path("cases/<str:public_id>/", cases.case_page, name="case"),
    path("cases/<str:public_id>/chronology/", chronologies.case_chronology, name="chronology"),
    path("cases/<str:public_id>/close/", case_state.close, name="case-close"),
    path(
        "cases/<str:public_id>/people/<str:person_id>/chronology/",
        chronologies.person_chronology,
        name="person-chronology",
    ),
    # For those named on them alone.
    path("cases/<str:public_id>/notes/", notes.notes, name="notes"),
    path("cases/<str:public_id>/notes/new/", notes.note_new, name="note-new"),
    path("notes/<str:public_id>/", notes.note, name="note"),
    path("notes/<str:public_id>/change/", notes.note_change, name="note-change"),
    path("cases/<str:public_id>/looks/", looks.looks, name="looks"),
    path("cases/<str:public_id>/history/", histories.case_history, name="case-history"),
    path("decisions/<str:public_id>/history/", histories.decision_history, name="decision-history"),
    path("cases/<str:public_id>/as-it-stood/", histories.case_as_it_stood, name="case-as-it-stood"),
    path(
        "decisions/<str:public_id>/as-it-stood/",
        histories.decision_as_it_stood,
        name="decision-as-it-stood",
    ),
    path("cases/<str:public_id>/access/", case_access.case_access, name="case-access"),
    path(
        "cases/<str:public_id>/access/open-up/", case_access_ends.open_up, name="case-access-open"
    ),
    path(
        "cases/<str:public_id>/access/<str:access_id>/end/",
        case_access_ends.end,
        name="case-access-end",
    ),
    path("cases/<str:public_id>/people/new/", people.person_new, name="person-new"),
    path(
        "cases/<str:public_id>/people/<str:person_id>/same/", same.person_same, name="person-same"
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/change/",
        people.person_change,
        name="person-change",
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/responsibility/new/",
        people.responsibility_new,
        name="responsibility-new",
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/protection/new/",
        known.protection_new,
        name="protection-new",
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/protection/end/",
        known.protection_end,
        name="protection-end",
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/orders/new/",
        known.court_order_new,
        name="court-order-new",
    ),
    path(
        "cases/<str:public_id>/people/<str:person_id>/views/new/",
        known.view_new,
        name="view-new",
    ),
    path("cases/<str:public_id>/judgements/new/", people.judgement_new, name="judgement-new"),
    # Documents of a case; only their ids stand in an address.
    path("cases/<str:public_id>/documents/new/", documents.document_new, name="document-new"),
    path("documents/<str:public_id>/", documents.document, name="document"),
    path("figures/", figures.figures, name="figures"),
    path("figures/summary/", figures.figures_summary, name="figures-summary"),
    # Whom the school shares with.
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/new/", contacts.contact_new, name="contact-new"),
    path("contacts/<str:public_id>/", contacts.contact, name="contact"),
    path("contacts/<str:public_id>/change/", contacts.contact_change, name="contact-change"),
    path("contacts/<str:public_id>/details/new/", contacts.detail_new, name="contact-detail-new"),
    path("", home.home, name="home"),
    path("decisions/<str:public_id>/pdf/", exports.decision_pdf, name="decision-pdf"),
    # PDFs made in the background, each its owner's alone.
    path("exports/", exported.export_list, name="exports"),
    path("exports/decisions/", exporting.decisions_export, name="decisions-export"),
    path("cases/<str:public_id>/export/", exporting.case_export, name="case-export"),
    path(
        "cases/<str:public_id>/people/<str:person_id>/export/",
        exporting.person_export,
        name="person-export",
    ),
    path("exports/<str:public_id>/", exported.export, name="export"),
    path("exports/<str:public_id>/cancel/", exported.cancel, name="export-cancel"),
    path("exports/<str:public_id>/take/", exported.take, name="export-take"),
    # For the person: what is asked, or a copy of what was agreed.
    path("consent-steps/<str:public_id>/leaflet/", leaflets.leaflet, name="leaflet"),
    path("consent-steps/<str:public_id>/leaflet/pdf/", leaflets.leaflet_pdf, name="leaflet-pdf"),
    path("consents/<str:public_id>/leaflet/", leaflets.consent_leaflet, name="consent-leaflet"),
    path(
        "consents/<str:public_id>/leaflet/pdf/",
        leaflets.consent_leaflet_pdf,
        name="consent-leaflet-pdf",
    ),
]
