"""What every answer says to the browser, whatever it is (W1, W2)."""

import pytest
from django.conf import settings as project
from django.test import Client

from infosharing.audit.models import Entry
from tests.factories import a_case
from tests.people import make_cast

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}


def policy_of(response) -> dict[str, str]:
    lines = response.headers["Content-Security-Policy"].split("; ")
    return dict(line.split(" ", 1) for line in lines)


def is_guarded(response) -> None:
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert policy_of(response) == POLICY


@pytest.fixture
def client(settings, db) -> Client:
    settings.ROOT_URLCONF = "tests.access.planted"
    client = Client(raise_request_exception=False)
    client.force_login(make_cast().dsl)
    return client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/password/change/", 200),
        ("/health/", 200),
        ("/sign-in/", 302),
        ("/no/such/page/", 404),
        ("/planted/undeclared/", 404),
        ("/planted/refuses/", 403),
        ("/planted/reads-badly/", 400),
        ("/planted/fails/", 500),
        ("/planted/database-fails/", 503),
        ("/planted/looks-unseen/200/", 503),
    ],
)
def test_every_answer_is_guarded_and_kept_by_nobody(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    is_guarded(response)
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in response.headers["Vary"]


def test_a_page_for_nobody_in_particular_is_guarded_too(db):
    response = Client().get("/sign-in/")
    assert response.status_code == 200
    is_guarded(response)


def test_a_method_that_is_not_offered_is_guarded_too(client):
    response = client.delete("/health/")
    assert response.status_code == 405
    is_guarded(response)


def test_a_form_from_elsewhere_is_refused_and_guarded(db):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
    is_guarded(response)


def test_a_forged_host_is_refused_and_guarded(db):
    response = Client().get("/sign-in/", headers={"host": "evil.example"})
    assert response.status_code == 400
    is_guarded(response)


def test_a_forged_host_is_guarded_where_https_is_forced_as_well(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/sign-in/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert policy_of(response) == POLICY


def test_static_files_are_guarded_and_may_be_kept(settings, tmp_path, db):
    (tmp_path / "page.css").write_text("body {}", encoding="ascii")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/page.css")
    assert response.status_code == 200
    is_guarded(response)
    assert "no-store" not in response.headers["Cache-Control"]
    response.close()


def test_nothing_unsafe_is_in_the_policy():
    assert "unsafe" not in str(project.CONTENT_SECURITY_POLICY)
    assert "*" not in str(project.CONTENT_SECURITY_POLICY)


def test_cookies_are_out_of_reach_for_scripts(db, settings):
    response = Client().get("/sign-in/")
    morsel = response.cookies[settings.CSRF_COOKIE_NAME]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")


def test_everything_that_one_request_records_has_one_id_and_the_next_has_another(cast, sign_in):
    client = sign_in(cast.staff)
    case = a_case(by=cast.staff, organisation=cast.school)
    client.get(f"/cases/{case.public_id}/")
    client.get(f"/cases/{case.public_id}/")
    ids = list(Entry.objects.filter(outcome="seen").values_list("request_id", flat=True))
    assert len(ids) == len(set(ids)) == 2
    assert {len(one) for one in ids} == {22}
