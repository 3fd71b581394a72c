"""What the tests of signing in do over and over."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD

HERE = "10.0.0.1"
ELSEWHERE = "10.0.0.2"
TOO_MANY = "There were too many tries."
WRONG = "The user name or the password is not right."


def try_to(
    client: Client,
    login: str,
    password: str = PASSWORD,
    *,
    address: str = HERE,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    return client.post(
        "/sign-in/",
        {"login": login, "password": password},
        REMOTE_ADDR=address,
        headers=headers or {},
    )


def guess(client: Client, login: str, times: int, *, address: str = HERE) -> list[HttpResponse]:
    return [try_to(client, login, f"a guess {n}", address=address) for n in range(times)]


def looked_at(responses: list[HttpResponse]) -> int:
    """How many passwords were checked, rather than refused as one too many."""
    assert {response.status_code for response in responses} <= {422}
    return sum(WRONG in response.content.decode() for response in responses)


def got_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.url == reverse("casefile:home")


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_change_password")).status_code == 200


def body(response: HttpResponse) -> str:
    """A page without its CSRF tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
