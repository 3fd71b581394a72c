"""A bare signed-in page of Django: what the product's pages are measured against."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

MIDDLEWARE = [
    "tests.tools.bare.here",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
PAGE = """<!doctype html><title>Bare</title><p>{{ user.name }}</p>
<ul>{% for number in numbers %}<li>{{ number }}</li>{% endfor %}</ul>"""


def here(get_response: Any) -> Any:
    """Answer with the addresses of this module."""

    def answered(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return answered


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Say who is signed in, and count to ten."""
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"user": request.user, "numbers": range(10)}))


urlpatterns = [path("", bare)]
