"""Whole pages: titles, frame, and the pages for when something went wrong."""

from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from infosharing.access import errors
from infosharing.journeys.templatetags import isd
from tests.look import samples
from tests.look.pages import all_pages, check_answers, page, question
from tests.look.support import every, read

PLAIN = ("400", "403", "403_csrf", "404", "500", "503")


def title(html: str) -> str:
    (element,) = every(html, "title")
    return " ".join(element.text.split())


@pytest.fixture
def pages():
    return all_pages()


def test_every_page_has_one_heading_a_language_a_title_and_nothing_inline(pages):
    for name, html in pages.items():
        tree = read(html)
        assert len(every(html, "h1")) == 1, name
        assert every(html, "html")[0].attributes["lang"] == "en-GB"
        assert title(html).endswith(" – Infosharing"), name
        assert not every(html, "style"), name
        for element in tree.all():
            inline = {key for key in element.attributes if key == "style" or key.startswith("on")}
            assert not inline, (name, element.tag)
            if element.tag == "script":
                assert element.attributes["src"].startswith("/static/")
                assert element.text == ""


def test_every_address_on_a_page_is_here(pages):
    for name, html in pages.items():
        for element in every(html):
            for attribute in ("href", "src", "action"):
                address = element.attributes.get(attribute, "")
                assert address == "" or address.startswith(("/", "#")), (name, address)


def test_headings_go_down_one_step_at_a_time(pages):
    for name, html in pages.items():
        levels = [int(e.tag[1]) for e in every(html) if e.tag in {"h1", "h2", "h3", "h4"}]
        main = levels[levels.index(1) :]
        assert all(b <= a + 1 for a, b in pairwise(main)), (name, levels)


def test_the_title_says_when_there_is_an_error(pages):
    assert title(pages["form"]) == "About the request – Infosharing"
    assert title(pages["form-wrong"]) == "Error: About the request – Infosharing"
    assert title(pages["sign-in-wrong"]) == "Error: Sign in – Infosharing"


def test_a_title_is_never_taken_from_a_heading():
    html = page(
        "journeys/page.html", form=samples.EveryForm(), heading="What did Mia say?", caption=""
    )
    assert title(html) == "Question – Infosharing"
    assert every(html, "h1")[0].text == "What did Mia say?"


def test_a_question_alone_is_the_heading(pages):
    (heading,) = every(pages["question"], "h1")
    assert heading.text.strip() == "Who is asking?"


def test_a_question_page_offers_to_save_and_to_leave(pages):
    html = pages["form"]
    buttons = [b for b in every(html, "button") if b.attributes["type"] == "submit"]
    assert [b.text for b in buttons] == ["Sign out", "Save and continue", "Save and leave"]
    assert (buttons[2].attributes["name"], buttons[2].attributes["value"]) == ("then", "leave")
    (version,) = every(html, "input", name="version")
    assert (version.attributes["type"], version.attributes["value"]) == ("hidden", "3")
    (form,) = [f for f in every(html, "form") if "novalidate" in f.attributes]
    assert form.attributes["autocomplete"] == "off"
    assert form.attributes["enctype"] == "multipart/form-data"
    assert every(form_html(html), "input", name="csrfmiddlewaretoken")


def form_html(html: str) -> str:
    start = html.index('<form method="post" action="" novalidate')
    return html[start : html.index("</form>", start) + 7]


def test_the_frame_says_where_you_are_and_who(pages):
    html = pages["tasks"]
    (header,) = every(html, "header")
    text = " ".join(header.text.split())
    assert text == (
        "Infosharing Larkfield Community School Dilys Morgan, designated safeguarding lead Sign out"
    )
    (sign_out,) = [f for f in every(html, "form") if f.attributes["action"].endswith("logout/")]
    assert sign_out.attributes["method"] == "post"
    current = [a for a in every(html, "a") if "aria-current" in a.attributes]
    assert [a.text.strip() for a in current] == ["Cases"]
    assert "made-up people only. Do not type real names." in html


def test_without_a_demonstration_and_a_person_the_frame_says_less():
    html = render_to_string("account/login.html", {"form": samples.WhoForm()})
    assert "Demonstration" not in html
    assert "Sign out" not in html
    assert not every(html, "nav")


def test_signing_is_offered_only_when_it_can_be_done():
    assert "Two answers are missing." in check_answers(why_not="Two answers are missing.")
    assert not [
        f for f in every(check_answers(why_not="No"), "form") if "novalidate" in f.attributes
    ]
    html = check_answers(save_text="Sign this decision")
    assert [b.text for b in every(html, "button")] == ["Sign out", "Sign this decision"]


def test_a_page_without_anything_optional_is_still_a_page():
    html = page("journeys/page.html", form=samples.EveryForm(), heading="H")
    assert not every(html, class_="isd-suggestion")
    assert not every(html, class_="govuk-back-link")
    for name in ("task_list", "check_answers"):
        assert every(page(f"journeys/{name}.html", heading="H"), "h1")


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_for_something_wrong_needs_nothing_and_gives_nothing_away(name):
    html = render_to_string(f"{name}.html")
    assert html == render_to_string(f"{name}.html", {"request_path": "/case/1", "nav": [{}]})
    assert not every(html, "form")
    assert not every(html, "script")
    assert "csrf" not in html.lower()
    assert "Sign out" not in html
    assert [a.attributes["href"] for a in every(html, "a")][-1] == "/"


def test_not_found_is_the_same_for_every_address(rf):
    answers = {errors.not_found(rf.get(path), Exception(path)).content for path in ("/a", "/b?c=d")}
    assert len(answers) == 1


def test_forbidden_says_the_sentence(rf):
    answer = errors.forbidden(rf.get("/"), PermissionError("Only the <lead> may review this."))
    assert "Only the &lt;lead&gt; may review this." in answer.content.decode()


def test_a_page_for_something_wrong_is_shown_even_without_static_files(monkeypatch):
    class Broken:
        def url(self, name):
            raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(isd, "staticfiles_storage", Broken())
    html = render_to_string("500.html")
    assert "Something went wrong" in html
    assert not every(html, "link")


def test_what_was_typed_is_given_back_to_be_copied(pages):
    (area,) = every(pages["503"], "textarea")
    assert area.text == "To know"
    assert "readonly" in area.attributes


def test_a_question_page_shows_what_is_wrong_above_the_heading():
    html = question(samples.EveryForm(samples.BAD))
    assert html.index("There is a problem") < html.index("<h1")
