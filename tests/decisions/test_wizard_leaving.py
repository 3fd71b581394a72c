"""Every way off a wizard page keeps what was typed there, without JavaScript (peers.md part 4)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from infosharing.audit.models import Entry
from tests.engines import some_on_postgres
from tests.factories import a_case, a_draft, its_person, save
from tests.people import make_user


@pytest.fixture
def draft(cast):
    return a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)


@pytest.fixture
def staff(cast, sign_in):
    return sign_in(cast.staff)


def page(draft, key, index=0):
    if index:
        return reverse("decisions:draft-entry", args=[draft.public_id, key, index])
    return reverse("decisions:draft-page", args=[draft.public_id, key])


def main_of(response) -> str:
    """What stands between the header and the footer."""
    text = response.content.decode()
    return text[text.index('class="isd-above"') : text.index("<footer")]


def links(response) -> list[str]:
    """Where the links between header and footer lead, those on the same page aside."""
    return [
        where
        for where in re.findall(r'<a\b[^>]*href="([^"]*)"', main_of(response))
        if not where.startswith("#")
    ]


def ways_off(response) -> list[str]:
    """The places that the buttons of the page's form lead to."""
    return [
        unescape(found)
        for found in re.findall(r'form="typed" name="next" value="([^"]*)"', main_of(response))
    ]


PAGES = ["people", "purpose", "harm", "consent", "item", "recipient", "outcome", "telling"]


@pytest.mark.parametrize("key", some_on_postgres(PAGES, 3))
def test_a_page_has_no_link_that_would_leave_what_was_typed(cast, staff, draft, key):
    about = {"people": [its_person(draft.decision.case).public_id]}
    save(draft, cast.staff, {("people", 0): about})
    response = staff.get(page(draft, key, 1 if key in ("item", "recipient") else 0))
    assert response.status_code == 200
    assert links(response) == []
    assert reverse("decisions:draft", args=[draft.public_id]) in ways_off(response)


def test_every_way_off_keeps_what_was_typed_and_goes_there(staff, draft):
    for number, way in enumerate(sorted(set(ways_off(staff.get(page(draft, "purpose")))))):
        typed = {"note_purpose": f"Half a sentence {number}", "version": number, "next": way}
        response = staff.post(page(draft, "purpose"), typed)
        assert (response.status_code, response["Location"]) == (302, way)
        kept = draft.pages.get(page="purpose", index=0)
        assert kept.typed["note_purpose"] == [f"Half a sentence {number}"]


def test_what_is_wrong_on_the_page_is_kept_too(staff, draft):
    tasks = reverse("decisions:draft", args=[draft.public_id])
    typed = {"what": "", "source_checked": "nonsense", "version": 0, "next": tasks}
    assert staff.post(page(draft, "item", 1), typed)["Location"] == tasks
    assert draft.pages.get(page="item").typed["source_checked"] == ["nonsense"]


def test_looking_and_leaving_keeps_nothing(staff, draft):
    tasks = reverse("decisions:draft", args=[draft.public_id])
    for key, index in (("purpose", 0), ("item", 1), ("outcome", 0)):
        form = staff.get(page(draft, key, index)).context["form"]
        offered = {bound.html_name: bound.value() for bound in form if bound.value()}
        posted = {**offered, "version": 0, "next": tasks, "what": "  ", "reasons": ""}
        assert staff.post(page(draft, key, index), posted)["Location"] == tasks
    assert not draft.pages.exists()
    assert not Entry.objects.filter(event="decisions.page_saved").exists()


def test_going_on_from_a_kept_page_without_a_change_saves_nothing_again(cast, staff, draft):
    save(draft, cast.staff, {("purpose", 0): {"answer_purpose": ["yes"]}})
    typed = {"answer_purpose": "yes", "version": 1, "next": reverse("casefile:home")}
    assert staff.post(page(draft, "purpose"), typed).status_code == 302
    assert draft.pages.get(page="purpose").version == 1


def test_emptying_a_page_is_a_change(cast, staff, draft):
    save(draft, cast.staff, {("purpose", 0): {"answer_purpose": ["yes"], "note_purpose": ["Why"]}})
    typed = {"answer_purpose": "yes", "note_purpose": "", "version": 1, "next": "/"}
    assert staff.post(page(draft, "purpose"), typed).status_code == 302
    assert draft.pages.get(page="purpose").typed["note_purpose"] == [""]


@pytest.mark.parametrize(
    "forged",
    some_on_postgres(
        [
            "https://elsewhere.example/",
            "//elsewhere.example/",
            "/\\elsewhere.example/",
            "/\t/elsewhere.example",
            "javascript:alert(1)",
            "/requests/\r\nX-Forged: yes/",
            "/no/such/page/",
            "//[",
            "requests/",
        ],
        3,
    ),
)
def test_a_forged_place_leads_nowhere_else_and_the_page_is_kept_all_the_same(staff, draft, forged):
    typed = {"note_purpose": "Half a sentence", "version": 0, "next": forged}
    response = staff.post(page(draft, "purpose"), typed)
    assert response.status_code == 422
    assert draft.pages.get(page="purpose").typed["note_purpose"] == ["Half a sentence"]


def test_leaving_by_a_link_never_overwrites_what_a_colleague_saved(cast, staff, draft):
    save(draft, cast.dsl, {("purpose", 0): {"note_purpose": ["What the DSL wrote"]}})
    typed = {"note_purpose": "What I wrote", "version": 0, "next": "/"}
    response = staff.post(page(draft, "purpose"), typed)
    assert response.status_code == 409
    text = response.content.decode()
    assert "What the DSL wrote" in text
    assert "What I wrote" in text
    assert ways_off(response) == []  # nothing leads away from a text that is not kept yet
    assert links(response) == [page(draft, "purpose")]  # "Keep theirs"


def test_enter_in_a_field_saves_and_does_not_go_back(staff, draft):
    text = main_of(staff.get(page(draft, "purpose")))
    first = re.findall(r"<button\b[^>]*>", text)[0]
    assert 'form="typed"' in first
    assert "name=" not in first


def test_in_practice_too_the_ways_off_keep_what_was_typed(cast, sign_in):
    client = sign_in(make_user("somebody"))
    state = client.post("/practice/", {"go": "start"}).context["state"]
    shown = client.post("/practice/", {"state": state, "go": "page:purpose:0"})
    ways = re.findall(r'form="typed" name="go" value="([^"]*)"', shown.content.decode())
    assert len(ways) > 3
    for way in sorted(set(ways)):
        typed = {"note_purpose": "Half a sentence", "state": shown.context["state"]}
        there = client.post("/practice/", {**typed, "page": "purpose", "index": 0, "go": way})
        assert there.status_code == 200
        back = client.post("/practice/", {"state": there.context["state"], "go": "page:purpose:0"})
        assert "Half a sentence" in back.content.decode()
