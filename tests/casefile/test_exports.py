"""PDFs made in the background: asked for, made, taken away by who asked and nobody else (R57)."""

import hashlib
import html
from datetime import timedelta

import pytest
from django.utils import timezone

from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.casefile import store
from infosharing.casefile.domain import exporting, working
from infosharing.casefile.enums import ExportState
from infosharing.casefile.models import Export
from infosharing.casefile.worker import tidy
from infosharing.cases.domain.opening import exclude_from_case, name_on_case, restrict_case
from tests.counting import statements
from tests.decisions.afterwards import a_decision, a_refusal
from tests.exports import an_export, decisions_of, file_of, made_now
from tests.factories import a_case, its_person


def _page(export):
    return f"/exports/{export.public_id}/"


def _text(answer):
    return html.unescape(answer.content.decode())


def _body(answer):
    return b"".join(answer.streaming_content)


def _events():
    rows = Entry.objects.filter(event__startswith="casefile.").order_by("seq")
    return list(rows.values_list("event", "actor_id"))


# From asking to taking away


def test_the_auditor_asks_for_a_case_and_takes_it_away_when_it_is_made(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.auditor)
    answer = client.post(f"/cases/{decision.case.public_id}/export/")
    export = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, _page(export))
    assert "Waiting for its turn" in _text(client.get(_page(export)))
    made_now(export)
    assert "Take the PDF away" in _text(client.get(_page(export)))
    taken = client.post(f"{_page(export)}take/")
    body = _body(taken)
    assert body.startswith(b"%PDF-1.7")
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Content-Disposition"] == f'attachment; filename="export-{export.reference}.pdf"'
    assert taken["Cache-Control"] == "no-store, private"
    assert _events() == [
        ("casefile.export_asked", cast.auditor.public_id),
        ("casefile.export_made", "system"),
        ("casefile.export_taken", cast.auditor.public_id),
    ]
    entry = Entry.objects.get(event="casefile.export_taken")
    assert (entry.case_id, entry.object_id) == (decision.case.public_id, export.public_id)
    assert details_of([entry])[entry.seq]["sha256"] == hashlib.sha256(body).hexdigest()


def test_it_is_logged_before_it_is_sent_or_not_sent_at_all(cast, sign_in, monkeypatch):
    from django.db import OperationalError

    from infosharing.access import sights

    export = made_now(an_export(cast))

    def broken(*given, **more):
        raise OperationalError("disk full")

    monkeypatch.setattr(sights, "record_sight", broken)
    client = sign_in(cast.auditor)
    client.raise_request_exception = False
    assert client.post(f"{_page(export)}take/").status_code == 503


@pytest.mark.parametrize("name", ["staff", "manager", "colleague", "admin"])
def test_who_may_not_take_away_may_not_ask(cast, sign_in, name):
    case = a_case(by=cast.dsl, organisation=cast.school)
    name_on_case(case=case, user=cast.staff, reason="Class", by=cast.dsl, at=timezone.now())
    client = sign_in(getattr(cast, name))
    addresses = [
        f"/cases/{case.public_id}/export/",
        f"/cases/{case.public_id}/people/{its_person(case).public_id}/export/",
        "/exports/decisions/",
    ]
    assert [client.post(address).status_code for address in addresses] == [403, 403, 403]
    assert not Export.objects.exists()


def test_a_dsl_elsewhere_does_not_take_away_a_case_they_are_only_named_on(cast, sign_in):
    from infosharing.accounts.roles import Role
    from tests.people import make_member

    make_member(cast.stranger, cast.school, Role.PRACTITIONER)
    case = a_case(by=cast.dsl, organisation=cast.school)
    name_on_case(case=case, user=cast.stranger, reason="Class", by=cast.dsl, at=timezone.now())
    client = sign_in(cast.stranger)
    assert client.get(f"/cases/{case.public_id}/").status_code == 200
    assert client.post(f"/cases/{case.public_id}/export/").status_code == 403


def test_buttons_are_where_one_may_ask_and_nowhere_else(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    a_decision(cast)
    page, there = f"/cases/{case.public_id}/", f"/cases/{case.public_id}/export/"
    assert there in _text(sign_in(cast.auditor).get(page))
    assert there not in _text(sign_in(cast.staff).get(page))
    assert "/exports/decisions/" in _text(sign_in(cast.dsl).get("/decisions/"))
    assert "/exports/decisions/" not in _text(sign_in(cast.staff).get("/decisions/"))


# Whose it is


def test_somebody_elses_pdf_looks_like_one_that_is_not_there(cast, sign_in):
    export = made_now(an_export(cast))
    client = sign_in(cast.dsl)
    for method, tail in (("get", ""), ("post", "take/"), ("post", "cancel/")):
        found = getattr(client, method)(f"{_page(export)}{tail}")
        absent = getattr(client, method)(f"/exports/AAAAAAAAAAAAAAAAAAAAAA/{tail}")
        assert (found.status_code, absent.status_code) == (404, 404)
        assert found.content == absent.content
    assert export.spoken_reference not in _text(client.get("/exports/"))
    assert "casefile.export_taken" not in dict(_events())


def test_what_one_may_not_see_any_more_is_not_given_out(cast, sign_in):
    decision = a_decision(cast)
    a_refusal(cast)
    export = made_now(decisions_of(cast))
    client = sign_in(cast.auditor)
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    answer = client.post(f"{_page(export)}take/", follow=True)
    said = _text(answer)
    assert "not open to you any more" in said
    assert decision.spoken_reference not in said
    assert "Take the PDF away" not in said
    assert [event for event, _who in _events()][-1] == "casefile.export_refused"
    for page in ("/exports/", _page(export)):
        listed = _text(client.get(page))
        assert "Not open to you any more" in listed
        assert "Ready to take away" not in listed
    again = made_now(decisions_of(cast))
    assert _body(client.post(f"{_page(again)}take/")) == file_of(again)


def test_an_ended_membership_ends_taking_away(cast, sign_in):
    export = made_now(an_export(cast))
    cast.auditor.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert sign_in(cast.auditor).post(f"{_page(export)}take/").status_code == 403


def test_what_became_closed_while_it_was_made_is_not_in_it_and_not_counted(cast):
    decision = a_decision(cast)
    a_refusal(cast)
    export = decisions_of(cast)
    exclude_from_case(
        case=decision.case, user=cast.auditor, reason="Aunt", by=cast.dsl, at=timezone.now()
    )
    made_now(export)
    assert export.state == ExportState.READY
    assert export.records.count() == 1
    gone = decisions_of(cast)
    restrict_case(
        case=Export.objects.get(pk=gone.pk).records.get().decision.case,
        by=cast.dsl,
        at=timezone.now(),
    )
    made_now(gone)
    assert (gone.state, gone.records.count()) == (ExportState.FAILED, 0)
    assert "open to you" in gone.why


# Which decisions


def test_the_filter_decides_what_is_in_it_and_is_told_in_words(cast, sign_in):
    shared, refused = a_decision(cast), a_refusal(cast)
    client = sign_in(cast.auditor)
    client.post("/exports/decisions/?outcome=do_not_share")
    export = Export.objects.get()
    assert [row.decision for row in export.records.all()] == [refused]
    assert export.told == ["Outcome: Do not share"]
    assert "Outcome: Do not share" in _text(client.get(_page(export)))
    entry = Entry.objects.get(event="casefile.export_asked")
    assert details_of([entry])[entry.seq] == {
        "kind": "decisions",
        "records": 1,
        "list": "decisions",
        "choices": {"outcome": ["do_not_share"]},
        "words": {},
    }
    assert shared.spoken_reference not in _text(client.get(_page(export)))


def test_a_saved_filter_with_words_narrows_it_and_its_words_stay_out_of_addresses(cast, sign_in):
    decision = a_decision(cast)
    a_refusal(cast)
    client = sign_in(cast.auditor)
    where = client.post("/decisions/", {"find": decision.spoken_reference})["Location"]
    query = where.partition("?")[2]
    answer = client.post(f"/exports/decisions/?{query}")
    export = Export.objects.get()
    assert [row.decision for row in export.records.all()] == [decision]
    assert decision.spoken_reference in export.told[0]
    assert "find" not in answer["Location"]


@pytest.mark.parametrize(
    "query", ["outcome=nonsense", "search=AAAAAAAAAAAAAAAAAAAAAA", "since_day=99"]
)
def test_a_filter_that_is_not_understood_takes_nothing_away(cast, sign_in, query):
    a_decision(cast)
    answer = sign_in(cast.auditor).post(f"/exports/decisions/?{query}")
    assert (answer.status_code, Export.objects.count()) == (302, 0)
    assert answer["Location"].startswith("/decisions/")


def test_nothing_found_is_no_pdf(cast, sign_in):
    a_decision(cast)
    client = sign_in(cast.auditor)
    answer = client.post("/exports/decisions/?outcome=do_not_share", follow=True)
    assert "no PDF was begun" in _text(answer)
    assert not Export.objects.exists()


def test_only_so_many_are_made_for_one_person_at_a_time(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    for _number in range(exporting.MOST_GOING_ON):
        an_export(cast, case)
    answer = sign_in(cast.auditor).post(f"/cases/{case.public_id}/export/", follow=True)
    assert "Wait for one, or cancel one" in _text(answer)
    assert Export.objects.count() == exporting.MOST_GOING_ON
    an_export(cast, case, by=cast.dsl)


def test_the_chronology_of_a_person_spans_the_cases_one_may_take_away(cast, sign_in):
    first = a_case(by=cast.dsl, organisation=cast.school)
    person = its_person(first)
    second = a_case(by=cast.dsl, organisation=cast.school, people=(), known=[person])
    third = a_case(by=cast.dsl, organisation=cast.school, people=(), known=[person])
    restrict_case(case=third, by=cast.dsl, at=timezone.now())
    sign_in(cast.auditor).post(f"/cases/{first.public_id}/people/{person.public_id}/export/")
    export = Export.objects.get()
    assert {row.case for row in export.records.all()} == {first, second}
    assert (export.kept_back, export.told) == (0, [f"Somebody in case {first.spoken_reference}"])


# The pages


def test_a_page_looks_again_by_itself_only_if_asked_to_can_be_stopped_and_stops(cast, sign_in):
    export = an_export(cast)
    client = sign_in(cast.auditor)
    watching = client.get(f"{_page(export)}?watch=yes")
    assert '<meta http-equiv="refresh" content="5">' in _text(watching)
    assert "Stop that" in _text(watching)
    assert "refresh" not in _text(client.get(_page(export)))
    Export.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert "refresh" not in _text(client.get(f"{_page(export)}?watch=yes"))
    made_now(export)
    assert "refresh" not in _text(client.get(f"{_page(export)}?watch=yes"))


def test_it_is_said_when_nothing_makes_pdfs(cast, sign_in):
    export = an_export(cast)
    client = sign_in(cast.auditor)
    assert "work_exports" not in _text(client.get(_page(export)))
    Export.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "bin/manage work_exports" in _text(client.get(_page(export)))


def test_progress_is_what_has_been_done(cast, sign_in):
    export = an_export(cast)
    claim = working.new_claim()
    working.claim_next(claim=claim, at=timezone.now())
    working.show_life(export, claim=claim, done=37, total=1000, at=timezone.now())
    said = _text(sign_in(cast.auditor).get(_page(export)))
    assert "37 of 1,000 steps done" in said
    assert '<progress value="37" max="1000"' in said


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_few_things_however_much_there_is(cast, sign_in, number):
    for _number in range(number):
        export = made_now(decisions_of_new(cast))
    client = sign_in(cast.auditor)
    client.get("/exports/")
    with statements(6):
        client.get("/exports/")
    with statements(7):
        client.get(_page(export))


def decisions_of_new(cast):
    a_refusal(cast)
    return decisions_of(cast)


# Ends


def test_a_waiting_pdf_is_cancelled_and_never_made(cast, sign_in):
    export = an_export(cast)
    client = sign_in(cast.auditor)
    client.post(f"{_page(export)}cancel/")
    made_now(export)
    assert export.state == ExportState.CANCELLED
    assert "There is no file" in _text(client.post(f"{_page(export)}take/", follow=True))
    again = _text(client.post(f"{_page(export)}cancel/", follow=True))
    assert "had ended before" in again
    assert [event for event, _who in _events()] == [
        "casefile.export_asked",
        "casefile.export_cancelled",
    ]


def test_a_file_goes_when_its_time_is_over_and_that_it_was_made_stays(cast, sign_in):
    export = made_now(an_export(cast))
    place = store.place_of(export.stored_as)
    client = sign_in(cast.auditor)
    Export.objects.update(keep_until=timezone.now() - timedelta(seconds=1))
    assert "There is no file" in _text(client.post(f"{_page(export)}take/", follow=True))
    for page in ("/exports/", _page(export)):
        said = _text(client.get(page))
        assert "No longer kept" in said
        assert "Ready to take away" not in said
        assert "Take the PDF away" not in said
    tidy()
    export.refresh_from_db()
    assert (export.state, export.stored_as, place.exists()) == (ExportState.EXPIRED, "", False)
    assert "No longer kept" in _text(client.get("/exports/"))
    assert _events()[-1] == ("casefile.export_expired", "system")


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_file_that_is_not_what_was_made_is_not_sent(cast, sign_in, harm):
    export = made_now(an_export(cast))
    assert file_of(export).startswith(b"%PDF")
    place = store.place_of(export.stored_as)
    if harm == "gone":
        place.unlink()
    else:
        place.write_bytes(place.read_bytes() + b"x")
    answer = sign_in(cast.auditor).post(f"{_page(export)}take/", follow=True)
    assert "missing or damaged" in _text(answer)
    assert "casefile.export_taken" not in dict(_events())
