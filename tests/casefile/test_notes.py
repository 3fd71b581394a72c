"""A restricted note is there for those named on it, and for nobody else in any way."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.audit.models import Entry
from infosharing.casefile.pdf.casework import entries_of
from infosharing.cases.domain.noting import (
    UnableToShow,
    change_note,
    hide_note,
    show_note,
    write_note,
)
from infosharing.cases.domain.opening import exclude_from_case, name_on_case, restrict_case
from infosharing.cases.models import RestrictedNote
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, its_person

NOW = timezone.now
SECRET = "Zebedee told her in confidence"


def _case(cast, **rest):
    return a_case(by=cast.staff, organisation=cast.school, **rest)


def _note(cast, case, *readers, by=None):
    return write_note(case=case, words=SECRET, readers=readers, by=by or cast.staff, at=NOW())


def _plain(page):
    """The page without what differs each time it is made."""
    return re.sub(r'value="[^"]*"|\b\d{1,2}:\d\d(am|pm)', "", page.content.decode())


def test_a_note_is_written_read_changed_and_every_change_is_told(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.staff)
    url = f"/cases/{case.public_id}/notes/"
    assert client.post(f"{url}new/", {"words": ""}).status_code == 422
    posted = client.post(f"{url}new/", {"words": SECRET, "readers": [cast.head.public_id]})
    note = RestrictedNote.objects.get()
    assert (posted.status_code, posted["Location"]) == (302, f"/notes/{note.public_id}/")
    named = set(note.readers.values_list("user__username", flat=True))
    assert (note.words, note.written_by, named) == (SECRET, cast.staff, {"staff", "head"})
    change = f"/notes/{note.public_id}/change/"
    wrong = client.post(change, {"words": "Her aunt rang", "reason": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["reason"])
    assert "Her aunt rang" in wrong.content.decode()
    client.post(change, {"words": "Her aunt rang", "reason": "Misheard"})
    page = sign_in(cast.head).get(f"/notes/{note.public_id}/")
    latest = page.context["changes"][0]
    told = [(line.label, line.before, line.after) for line in latest.lines]
    assert told == [("The note", SECRET, "Her aunt rang")]
    assert (latest.who, latest.title) == ("Sam Okafor", "Restricted note changed")
    assert [one.event for one in Entry.objects.filter(event__startswith="cases.note")][-1] == (
        "cases.note_seen"
    )


def test_whoever_is_named_reads_it_until_they_are_named_no_longer(cast, sign_in):
    case = _case(cast)
    note = _note(cast, case)
    url = f"/notes/{note.public_id}/"
    dsl, staff = sign_in(cast.dsl), sign_in(cast.staff)
    assert dsl.get(url).status_code == 404
    assert staff.post(url, {"do": "show"}).status_code == 422
    shown = staff.post(url, {"do": "show", "show-user": cast.dsl.public_id})
    assert shown.status_code == 302
    assert SECRET in dsl.get(url).content.decode()
    hidden = dsl.post(url, {"do": "hide", "hide-user": cast.staff.public_id})
    assert hidden.status_code == 302
    assert staff.get(url).status_code == 404
    last = dsl.post(url, {"do": "hide", "hide-user": cast.dsl.public_id})
    assert last.status_code == 422
    assert "Nobody could read the note any more" in last.content.decode()


def test_only_somebody_who_sees_the_case_is_named_and_only_by_somebody_named(cast, sign_in):
    case = _case(cast)
    with pytest.raises(UnableToShow):
        _note(cast, case, cast.colleague)
    note = _note(cast, case)
    for act in (
        lambda: show_note(note=note, user=cast.colleague, by=cast.staff, at=NOW()),
        lambda: show_note(note=note, user=cast.staff, by=cast.staff, at=NOW()),
        lambda: hide_note(note=note, user=cast.dsl, by=cast.staff, at=NOW()),
    ):
        with pytest.raises(UnableToShow):
            act()
    for act in (
        lambda: show_note(note=note, user=cast.head, by=cast.dsl, at=NOW()),
        lambda: change_note(note=note, words="x", reason="y", by=cast.dsl, at=NOW()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    page = sign_in(cast.staff).get(f"/cases/{case.public_id}/notes/new/")
    offered = dict(page.context["form"].fields["readers"].choices)
    assert set(offered) == {
        getattr(cast, who).public_id for who in ("dsl", "deputy", "head", "dpl", "auditor")
    }


def test_who_is_kept_from_the_case_does_not_read_the_note_either(cast, sign_in):
    case = _case(cast)
    note = _note(cast, case, cast.deputy, cast.head)
    assert sign_in(cast.deputy).get(f"/notes/{note.public_id}/").status_code == 200
    exclude_from_case(case=case, user=cast.deputy, reason="About him", by=cast.staff, at=NOW())
    assert sign_in(cast.deputy).get(f"/notes/{note.public_id}/").status_code == 404
    restrict_case(case=case, by=cast.dsl, at=NOW())
    assert sign_in(cast.head).get(f"/notes/{note.public_id}/").status_code == 404


@pytest.mark.parametrize("who", ["dsl", "auditor", "colleague"])
def test_nothing_of_a_note_is_to_be_learnt_by_anybody_else(cast, sign_in, who):
    case = _case(cast)
    reader = getattr(cast, who)
    name_on_case(case=case, user=cast.colleague, reason="Helps.", by=cast.staff, at=NOW())
    decision = a_decision(cast, case=case)
    person = its_person(case)
    urls = [
        "/",
        "/cases/",
        "/requests/",
        "/decisions/",
        f"/cases/{case.public_id}/",
        f"/cases/{case.public_id}/chronology/",
        f"/cases/{case.public_id}/chronology/?whole=yes",
        f"/cases/{case.public_id}/people/{person.public_id}/chronology/",
        f"/cases/{case.public_id}/history/",
        f"/cases/{case.public_id}/history/?kind=cases.case",
        f"/cases/{case.public_id}/notes/",
        f"/decisions/{decision.public_id}/",
        f"/decisions/{decision.public_id}/history/",
    ]
    client = sign_in(reader)
    before = {url: _plain(client.get(url, follow=True)) for url in urls}
    note = _note(cast, case)
    change_note(note=note, words=f"{SECRET} again", reason="More", by=cast.staff, at=NOW())
    sign_in(cast.staff).get(f"/notes/{note.public_id}/")
    for url in urls:
        assert _plain(client.get(url, follow=True)) == before[url], url
    history = client.get(f"/cases/{case.public_id}/history/?record=cases.restrictednote.{note.pk}")
    assert history.context["changes"] == []
    for url in (f"/notes/{note.public_id}/", f"/notes/{note.public_id}/change/"):
        absent = client.get(url.replace(note.public_id, "A" * 22))
        page = client.get(url)
        assert (page.status_code, _plain(page)) == (absent.status_code, _plain(absent))
    found = client.post("/cases/", {"find": "Zebedee"}, follow=True)
    assert found.context["count"] == 0
    if who != "colleague":
        rows = client.get(f"/cases/{case.public_id}/looks/").context["rows"]
        assert not any("note" in row[2]["text"] for row in rows)
        stood = timezone.localtime()
        day = f"on_day={stood.day}&on_month={stood.month}&on_year={stood.year}"
        past = client.get(f"/cases/{case.public_id}/as-it-stood/?{day}")
        assert "Zebedee" not in past.content.decode()


def test_whoever_is_named_sees_it_in_the_chronology_but_not_on_what_is_printed(cast, sign_in):
    case = _case(cast)
    _note(cast, case, cast.dsl)
    client = sign_in(cast.dsl)
    here = f"/cases/{case.public_id}/chronology/"
    page = client.get(here, {"kinds": "note"})
    assert [(entry["title"], entry["text"]) for entry in page.context["entries"]] == [
        ("Restricted note", SECRET)
    ]
    [told] = re.findall(r'<li class="([^"]*)">(?:(?!</li>).)*Zebedee', page.content.decode(), re.S)
    assert "isd-no-print" in told  # where a page is printed as it stands
    whole = client.get(here, {"whole": "yes"})
    assert "Zebedee" not in whole.content.decode()
    assert "Restricted notes are never printed" in whole.content.decode()
    assert "Restricted note" not in {entry.kind for entry in entries_of(case, cast.dsl)}
    assert "Zebedee" not in client.get(f"/cases/{case.public_id}/history/").content.decode()
    looks = client.get(f"/cases/{case.public_id}/looks/").context["rows"]
    assert "Restricted note looked at" not in [row[2]["text"] for row in looks]
    note = client.get(f"/notes/{RestrictedNote.objects.get().public_id}/").content.decode()
    assert re.search(r'class="[^"]*isd-no-print" dir="auto">[^<]*Zebedee', note)
    looks = client.get(f"/cases/{case.public_id}/looks/").context["rows"]
    assert "Restricted note looked at" in [row[2]["text"] for row in looks]
    title = client.get(f"/cases/{case.public_id}/notes/").content.decode().split("</title>")[0]
    assert "Adeyemi" not in title
