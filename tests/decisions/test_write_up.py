"""The write-up after an emergency: due, begun from what was signed, complete, late said as late."""

import html
import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions.domain import advising, drafting, emergency, signing, writing_up
from decisions.models import Decision, Draft, SignedVersion
from decisions.policies import StillIncomplete
from infosharing.accounts.roles import Role
from infosharing.casefile.pdf.document import decision_data
from infosharing.cases.domain.closing import add_closure, remove_closure
from infosharing.cases.domain.opening import NewPerson, exclude_from_case, name_on_case
from infosharing.workdays.clock import end_of
from tests.counting import statements
from tests.factories import a_case, a_complete_draft, complete_pages, its_person, save

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 17, 40, tzinfo=LONDON)
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=LONDON)
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=LONDON)


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def an_emergency(cast, *, by=None, role=Role.DSL, at=FRIDAY, already=None, people=None) -> Decision:
    version = emergency.share_in_emergency(
        place=cast.school,
        case=None,
        people=people or [NewPerson(name="Ife Adeyemi", born=date(2010, 11, 22))],
        shared=emergency.Shared(
            what="Where she is and what he said",
            recipient="999",
            method="telephone",
            why="He is at the gate.",
            role=role,
            already=already,
        ),
        by=by or cast.dsl,
        at=at,
    )
    return Decision.objects.get(pk=version.decision_id)


def begun(decision, by, at=MONDAY) -> Draft:
    return writing_up.start_write_up(decision=decision, by=by, at=at)


def fill(draft, by, at=MONDAY, role="dsl"):
    pages = complete_pages(its_person(draft.decision.case), role=role)
    pages[("danger", 0)] = {"answer_immediate_danger": ["yes"]}
    save(draft, by, pages, at)


def sign(draft, by, at=MONDAY) -> SignedVersion:
    return signing.sign(draft=draft, seen=signing.prepared_draft(draft, at, by).seen, by=by, at=at)


def written_up(cast, at=MONDAY, **rest) -> Decision:
    decision = an_emergency(cast, **rest)
    draft = begun(decision, cast.dsl, at)
    fill(draft, cast.dsl, at)
    sign(draft, cast.dsl, at)
    return Decision.objects.get(pk=decision.pk)


# Writing it up


def test_it_begins_with_what_was_typed_in_the_emergency(cast):
    decision = an_emergency(cast)
    draft = begun(decision, cast.dsl)
    found = {(page.page, page.index): page.typed for page in draft.pages.all()}
    assert found[("item", 1)]["what"] == ["Where she is and what he said"]
    assert found[("outcome", 0)] == {"outcome": ["share"], "reasons": ["He is at the gate."]}
    assert draft.kind == "write_up"


def test_what_the_emergency_left_open_holds_the_write_up_back(cast):
    decision = an_emergency(cast)
    left = set(json.loads(decision.version.body)["guidance"]["to_write_up"])
    draft = begun(decision, cast.dsl)
    with pytest.raises(StillIncomplete) as held:
        sign(draft, cast.dsl)
    assert left <= {one.code for one in held.value.missing}
    assert "lawful_basis" in left


def test_written_up_it_is_a_version_of_its_own_and_nothing_is_due(cast):
    decision = written_up(cast)
    assert [(one.number, one.kind) for one in decision.versions.order_by("number")] == [
        (1, "emergency"),
        (2, "write_up"),
    ]
    assert (decision.version.number, decision.write_up_due) == (2, None)
    assert decision.versions.get(number=1).write_up_due == end_of(date(2026, 11, 23))
    assert decision.review_state == "waiting"


def test_ages_are_those_of_the_day_it_was_signed(cast):
    """She turned 16 on the Sunday between."""
    decision = written_up(cast)
    body = json.loads(decision.version.body)
    assert body["people"][0]["age"] == "15 (born 22 November 2010)"
    assert body["given"]["on"] == "2026-11-23"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (MONDAY, "In time"),
        (datetime(2026, 11, 23, 23, 59, tzinfo=LONDON), "In time"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=LONDON), "1 working day late"),
        (WEDNESDAY, "2 working days late"),
    ],
)
def test_event_record_and_write_up_stand_side_by_side_and_late_is_said_in_working_time(
    cast, sign_in, at, words
):
    already = emergency.SharedAlready(on=date(2026, 11, 20), time="5.30pm")
    decision = written_up(cast, at=at, already=already)
    data = decision_data(decision, by=cast.dsl, at=at)
    sections = {one["code"]: one["rows"] for one in data["in_force"]["sections"]}
    said = {row["label"]: (row["value"], row["note"]) for row in sections["writing-up"]}
    assert said["Version 1 signed"][0] == "20 November 2026 at 5:40pm"
    assert said["To be written up by"][0] == "The end of 23 November 2026"
    assert said["Written up"][1] == words
    assert sections["emergency"][0]["value"] == "20 November 2026"
    assert [row["key"] for row in data["times"]] == [
        "Happened",
        "Recorded and signed",
        "To be written up by",
        "Written up",
    ]
    text = _text(sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/"))
    assert "Happened 20 November 2026, 5.30pm" in text
    assert "Recorded and signed 20 November 2026 at 5:40pm, Dilys Morgan" in text
    assert "To be written up by the end of 23 November 2026" in text
    assert words.lower() in text.lower()


def test_the_chronology_has_the_emergency_when_it_happened_and_the_write_up_when_written(
    cast, sign_in
):
    already = emergency.SharedAlready(on=date(2026, 11, 18), time="5.30pm")
    decision = written_up(cast, already=already)
    text = _text(sign_in(cast.dsl).get(f"/cases/{decision.case.public_id}/chronology/"))
    assert text.index("Emergency signed") < text.index("Case opened")
    assert text.index("Case opened") < text.index("Write-up signed")


def test_advice_that_still_cannot_be_had_is_recorded_as_tried_and_ends_the_write_up(cast):
    decision = an_emergency(cast, by=cast.staff, role=Role.PRACTITIONER)
    advising.record_advice_tried(
        decision=decision, role=Role.DSL, how="Rang twice", by=cast.staff, at=FRIDAY
    )
    draft = begun(decision, cast.staff)
    fill(draft, cast.staff, role="practitioner")
    version = sign(draft, cast.staff)
    decision.refresh_from_db()
    assert json.loads(version.body)["guidance"]["to_write_up"] == ["advice:dsl"]
    assert (version.write_up_due, decision.write_up_due) == (None, None)


def test_an_ordinary_decision_whose_adviser_was_not_reached_is_due_too(cast):
    draft = a_complete_draft(
        case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff, role="practitioner"
    )
    advising.record_advice_tried(
        decision=draft.decision, role=Role.DSL, how="Rang twice", by=cast.staff, at=FRIDAY
    )
    version = sign(draft, cast.staff, FRIDAY)
    assert (version.kind, version.write_up_due) == ("decision", end_of(date(2026, 11, 23)))
    assert version.decision.write_up_due == end_of(date(2026, 11, 23))


def test_an_amendment_keeps_the_time_that_was_set_first(cast):
    decision = an_emergency(cast)
    draft = drafting.start_amendment(
        decision=decision, reason="Wrong number", by=cast.dsl, at=WEDNESDAY
    )
    version = sign(draft, cast.dsl, WEDNESDAY)
    assert version.write_up_due == end_of(date(2026, 11, 23))


def test_the_days_the_place_is_closed_do_not_count_and_what_is_due_keeps_its_time(cast):
    before = an_emergency(cast)
    closure = add_closure(
        organisation=cast.school,
        first_on=date(2026, 11, 23),
        last_on=date(2026, 11, 24),
        what="Training",
        by=cast.admin,
        at=FRIDAY,
    )
    after = an_emergency(cast)
    remove_closure(closure=closure, by=cast.admin, at=FRIDAY)
    again = an_emergency(cast)
    found = [Decision.objects.get(pk=one.pk).write_up_due for one in (before, after, again)]
    assert found == [end_of(date(2026, 11, day)) for day in (23, 25, 23)]


# Refusals


def test_somebody_who_may_not_work_on_the_case_writes_nothing_up(cast):
    decision = an_emergency(cast)
    with pytest.raises(PermissionDenied):
        begun(decision, cast.auditor)


def test_it_is_begun_once(cast, sign_in):
    decision = an_emergency(cast)
    client = sign_in(cast.dsl)
    first = client.post(f"/decisions/{decision.public_id}/write-up/")
    second = client.post(f"/decisions/{decision.public_id}/write-up/")
    assert first.url == second.url
    assert Draft.objects.filter(kind="write_up").count() == 1


def test_nothing_left_leads_back_to_the_decision(cast, sign_in):
    decision = written_up(cast)
    client = sign_in(cast.dsl)
    for answer in (
        client.get(f"/decisions/{decision.public_id}/write-up/"),
        client.post(f"/decisions/{decision.public_id}/write-up/"),
    ):
        assert (answer.status_code, answer.url) == (302, f"/decisions/{decision.public_id}/")
    with pytest.raises(writing_up.NothingToWriteUp):
        begun(decision, cast.dsl)


# Where it is seen


def _due(sign_in, user):
    tasks = sign_in(user).get("/").context["tasks"]
    return [(one.url, one.status, one.colour) for one in tasks if one.title.startswith("Write up")]


def test_it_is_the_signers_and_the_safeguarding_leads_until_it_is_done(cast, sign_in):
    decision = an_emergency(cast, by=cast.staff, role=Role.PRACTITIONER, at=timezone.now())
    url = f"/decisions/{decision.public_id}/write-up/"
    for person in (cast.staff, cast.dsl, cast.deputy):
        assert [line[0] for line in _due(sign_in, person)] == [url]
    name_on_case(
        case=decision.case, user=cast.colleague, reason="Tutor", by=cast.dsl, at=timezone.now()
    )
    for person in (cast.colleague, cast.head, cast.stranger):
        assert _due(sign_in, person) == []
    draft = begun(decision, cast.staff, timezone.now())
    assert _due(sign_in, cast.staff) == []
    assert [line[0] for line in _due(sign_in, cast.dsl)] == [url]
    lines = sign_in(cast.staff).get("/").context["tasks"]
    assert [one.url for one in lines if one.status.startswith("Write-up: ")] == [
        f"/drafts/{draft.public_id}/"
    ]


def test_who_is_kept_from_the_case_is_not_asked(cast, sign_in):
    decision = an_emergency(cast, by=cast.staff, role=Role.PRACTITIONER)
    exclude_from_case(
        case=decision.case, user=cast.deputy, reason="Relative", by=cast.dsl, at=timezone.now()
    )
    assert _due(sign_in, cast.deputy) == []


def test_a_late_write_up_says_so_in_working_time(cast, sign_in):
    old = timezone.now() - timedelta(days=21)
    decision = an_emergency(cast, at=old)
    [(_url, status, colour)] = _due(sign_in, cast.dsl)
    assert re.fullmatch(r"\d+ working days late", status)
    assert colour == "red"
    text = _text(sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/"))
    assert "Write-up late" in text
    listed = _text(sign_in(cast.dsl).get("/decisions/?marks=write_up"))
    assert decision.spoken_reference in listed
    assert re.search(r"[Ww]rite-up \d+ working days late", listed)


def test_the_list_to_be_written_up_has_nothing_else(cast, sign_in):
    left, done = an_emergency(cast), written_up(cast)
    listed = _text(sign_in(cast.dsl).get("/decisions/?marks=write_up"))
    assert left.spoken_reference in listed
    assert done.spoken_reference not in listed


def test_the_page_says_what_is_left_and_until_when(cast, sign_in):
    decision = an_emergency(cast, at=timezone.now())
    text = _text(sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/write-up/"))
    assert "Choose the lawful basis" in text
    assert "working day left" in text


def test_each_line_leads_to_the_page_where_it_is_done_and_begins_the_write_up(cast, sign_in):
    decision = an_emergency(cast)
    client, url = sign_in(cast.dsl), f"/decisions/{decision.public_id}/write-up/"
    page = client.get(url)
    left = {one.text: one.url for one in page.context["left"]}
    assert left["Think about 7 rules."] == "rules:0"
    assert left["Information 1: say whether it is fact, opinion or both."] == "item:1"
    assert 'name="page" value="item:1"' in page.content.decode()
    went = client.post(url, {"page": "item:1"})
    draft = Draft.objects.get(kind="write_up")
    assert went.url == f"/drafts/{draft.public_id}/item/1/"
    assert client.get(went.url).status_code == 200
    assert client.get(url).url == f"/drafts/{draft.public_id}/"


@pytest.mark.parametrize("forged", ["", "outcome:0", "item:9", "../../", "nothing"])
def test_a_line_that_is_not_there_leads_to_all_pages(cast, sign_in, forged):
    decision = an_emergency(cast)
    went = sign_in(cast.dsl).post(f"/decisions/{decision.public_id}/write-up/", {"page": forged})
    assert went.url == f"/drafts/{Draft.objects.get(kind='write_up').public_id}/"


def _grouped(page):
    return {
        section["title"]: [task["url"] for task in section["tasks"]]
        for section in page.context["sections"]
    }


def test_what_is_done_is_shown_as_done_and_saving_leads_to_what_is_left(cast, sign_in):
    decision = an_emergency(cast)
    draft = begun(decision, cast.dsl)
    client, here = sign_in(cast.dsl), f"/drafts/{draft.public_id}"
    pages = complete_pages(its_person(decision.case))
    pages[("danger", 0)] = {"answer_immediate_danger": ["yes"]}
    rest = {key: pages.pop(key) for key in (("rules", 0), ("telling", 0))}
    save(draft, cast.dsl, pages)
    page = client.get(f"{here}/")
    found = _grouped(page)
    assert found["Still to be written up"] == [f"{here}/rules/", f"{here}/telling/"]
    assert f"{here}/basis/" in found["Done, and not signed yet"]
    assert "By the end of 23 November 2026" in _text(page)
    went = client.post(f"{here}/rules/", {"version": "0", "rules": rest[("rules", 0)]["rules"]})
    assert went.url == f"{here}/telling/"
    save(draft, cast.dsl, {("telling", 0): rest[("telling", 0)]})
    page = client.get(f"{here}/")
    assert "Still to be written up" not in _grouped(page)
    assert _grouped(page)["Check and sign"] == [f"{here}/check/"]


def test_one_goes_on_with_what_is_left_and_never_with_what_is_not_needed(cast, sign_in):
    draft = begun(an_emergency(cast), cast.dsl)
    client = sign_in(cast.dsl)
    page = client.get(f"/drafts/{draft.public_id}/")
    left = page.context["sections"][0]
    assert left["title"] == "Still to be written up"
    assert page.context["next_step"]["url"] == left["tasks"][0]["url"]
    fill(draft, cast.dsl)
    page = client.get(f"/drafts/{draft.public_id}/")
    assert page.context["next_step"]["text"] == "Check what you have written"


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_of_what_is_left_take_few_statements(cast, sign_in, people):
    decision = an_emergency(
        cast, people=[NewPerson(name=f"Child {n}", age_band="under_16") for n in range(people)]
    )
    client = sign_in(cast.dsl)
    client.get(f"/decisions/{decision.public_id}/write-up/")
    with statements(14):
        client.get(f"/decisions/{decision.public_id}/write-up/")
    draft = begun(decision, cast.dsl)
    with statements(15):
        client.get(f"/drafts/{draft.public_id}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_home_and_lists_cost_the_same_for_one_and_for_three(cast, sign_in, rows):
    for _ in range(rows):
        an_emergency(cast)
    client = sign_in(cast.dsl)
    client.get("/")
    with statements(9):
        client.get("/")
    with statements(11):
        client.get("/decisions/?marks=write_up")


def test_the_decision_page_stays_within_its_statements(cast, sign_in):
    decision = written_up(cast, at=WEDNESDAY)
    client = sign_in(cast.dsl)
    client.get("/")
    with statements(12):
        client.get(f"/decisions/{decision.public_id}/")
