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


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ("document.querySelector('label[for]').remove()", "label"),
        ("document.querySelector('main').style.minWidth = '400px'", "wide on a phone"),
        ("document.querySelector('h1').outerHTML = '<p>Sign in</p>'", "no one main heading"),
    ],
    ids=["a field without its label", "a page too wide", "no heading"],
)
def test_a_page_that_is_spoilt_is_complained_of(visit, spoilt, complaint):
    somebody = visit()
    somebody.opens("/sign-in/")
    somebody.page.evaluate(spoilt)
    with pytest.raises(AssertionError, match=complaint):
        somebody.finds_the_page_accessible()
