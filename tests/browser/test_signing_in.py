"""Signing in: right, wrong, and without a word about who exists."""

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.browser


def test_staff_sign_in_and_see_what_is_theirs_to_do(visit):
    sam = visit("staff")
    sam.is_at("Your work")
    assert "Marsh Lane School" in sam.page.locator("header").inner_text()
    sam.presses("Sign out")
    sam.page.go_back()  # the next person at the laptop
    sam.is_at("Sign in")
    sam.does_not_see("Sam Okafor")


def test_a_wrong_password_says_so_and_does_not_say_whether_the_name_exists(visit):
    somebody = visit()
    somebody.signs_in("staff", "not the password")
    known = somebody.page.locator(".govuk-error-summary").inner_text()
    somebody.signs_in("nobody-of-that-name", PASSWORD)
    assert somebody.page.locator(".govuk-error-summary").inner_text() == known


def test_signing_in_works_without_scripts(visit):
    visit("staff", scripts=False).is_at("Your work")
