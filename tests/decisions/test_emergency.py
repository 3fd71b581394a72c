"""The emergency page: one page, signed at once; only what cannot be left out holds it up (R19)."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from decisions.domain import emergency
from decisions.models import Decision, Disclosure, Request, SignedVersion
from decisions.policies import StillIncomplete
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import NewPerson, exclude_from_case
from infosharing.cases.models import Case, Person
from infosharing.workdays.clock import end_of
from tests.engines import some_on_postgres
from tests.factories import a_case, its_person
from tests.people import make_member

PAGE = "/emergency/"
LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 17, 40, tzinfo=LONDON)
TYPED = {
    "name": "Ife Adeyemi",
    "age": "under_16",
    "why": "Her father is at the gate and has threatened to take her abroad tonight.",
    "what": "That she is here, and what he said.",
    "recipient": "999, police control room",
    "method": "telephone",
    "already": "no",
    "asked": "no",
    "danger": "on",
}
ASKED = {
    "asked": "yes",
    "channel": "telephone",
    "requester_kind": "police",
    "requester_name": "PC Ann Reed",
    "sure": "yes",
    "how_sure": "called_back",
    "call_back_source": "The force's own website",
}


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def told(at, **changes):
    return {"already": "yes", **day("shared_on", at), **changes}


def shared(**changes):
    given = {
        "what": "That she is here",
        "recipient": "999",
        "method": "telephone",
        "why": "He is at the gate.",
        "role": Role.PRACTITIONER,
    } | changes
    return emergency.Shared(**given)


def share(cast, *, at=FRIDAY, case=None, by=None, people=None, **changes):
    return emergency.share_in_emergency(
        place=cast.school,
        case=case,
        people=[NewPerson(name="Ife Adeyemi", age_band="under_16")] if people is None else people,
        shared=shared(**changes),
        by=by or cast.staff,
        at=at,
    )


# The act


def test_one_act_leaves_case_person_request_and_a_signed_emergency(cast):
    version = share(cast)
    decision = version.decision
    assert (version.kind, version.outcome, version.number) == ("emergency", "share", 1)
    assert (decision.state, decision.suggestion) == ("signed", "share_now")
    assert decision.request.origin == "own_initiative"
    assert [part.person.name for part in decision.case.parts.all()] == ["Ife Adeyemi"]
    assert [item.what for item in version.items.all()] == ["That she is here"]
    assert [person.name for person in version.items.get().about.all()] == ["Ife Adeyemi"]
    assert [one.name for one in version.recipients.all()] == ["999"]
    assert not decision.disclosures.exists()
    body = json.loads(version.body)
    assert body["kind"] == "emergency"
    assert body["guidance"]["missing"] == []


def test_what_is_left_is_due_at_the_end_of_the_next_working_day(cast):
    version = share(cast)
    assert version.write_up_due == version.decision.write_up_due == end_of(date(2026, 11, 23))


def test_what_was_shared_before_is_a_disclosure_at_its_own_time(cast):
    already = emergency.SharedAlready(
        on=date(2026, 11, 19), time="about 4pm", told_confidential=True
    )
    version = share(cast, already=already, address="999")
    sent = Disclosure.objects.get()
    assert (sent.decision, sent.sent_on, sent.sent_time) == (
        version.decision,
        date(2026, 11, 19),
        "about 4pm",
    )
    assert (sent.sent_by, sent.told_confidential, sent.address) == ("Sam Okafor", True, "999")
    assert (version.happened_on, version.happened_time) == (date(2026, 11, 19), "about 4pm")
    assert version.signed_at == FRIDAY


def test_a_sheet_typed_in_later_says_who_wrote_it_and_who_typed_it(cast):
    paper = emergency.FromPaper(by="Priya Nair", on=date(2026, 11, 18), time="5pm")
    already = emergency.SharedAlready(on=date(2026, 11, 18), time="4.45pm")
    version = share(cast, paper=paper, already=already)
    sections = {one["code"]: one["rows"] for one in json.loads(version.body)["sections"]}
    said = {row["label"]: (row["value"], row["note"]) for row in sections["emergency"]}
    assert said == {
        "Shared already": ("18 November 2026", "4.45pm"),
        "Written on paper first": ("By Priya Nair, 18 November 2026, 5pm", ""),
    }
    assert Disclosure.objects.get().sent_by == "Priya Nair"
    assert json.loads(version.body)["signed"]["name"] == "Sam Okafor"


@pytest.mark.parametrize(
    "changes",
    [
        {"already": emergency.SharedAlready(on=date(2026, 11, 21))},
        {"paper": emergency.FromPaper(by="Priya", on=date(2026, 11, 21))},
    ],
)
def test_a_day_that_has_not_come_leaves_nothing_behind(cast, changes):
    with pytest.raises(emergency.UnableToShare):
        share(cast, **changes)
    assert (Case.objects.count(), Person.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_only_what_the_guide_names_holds_it_back_and_then_nothing_is_left_behind(cast):
    with pytest.raises(StillIncomplete) as held:
        share(cast, what=" ", recipient="")
    assert {one.code for one in held.value.missing} == {"item:1:what", "recipient:1:name"}
    assert (Case.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_role_one_does_not_hold_leaves_nothing_behind(cast):
    with pytest.raises(PermissionDenied):
        share(cast, role=Role.DSL)
    assert Case.objects.count() == 0


def test_it_joins_a_case_that_is_there(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    version = share(cast, case=case, people=[])
    assert version.decision.case == case
    assert [one.name for one in version.items.get().about.all()] == ["Ife Adeyemi"]


# The page


def test_the_page_is_one_step_from_every_page_for_those_who_record_and_for_nobody_else(
    cast, sign_in
):
    for name in ("staff", "dsl", "head", "manager", "dpl"):
        for path in ("/", "/cases/", "/practice/", "/decisions/"):
            page = sign_in(getattr(cast, name)).get(path).content.decode()
            assert 'href="/emergency/"' in page, (name, path)
    for name in ("auditor", "admin"):
        page = sign_in(getattr(cast, name)).get("/practice/").content.decode()
        assert "/emergency/" not in page
    assert "/emergency/" not in sign_in(cast.staff).get("/sign-in/", follow=False).content.decode()


def test_nine_answers_sign_it(cast, sign_in):
    response = sign_in(cast.staff).post(PAGE, TYPED, follow=True)
    version = SignedVersion.objects.get()
    assert response.redirect_chain == [
        (reverse("decisions:decision", args=[version.decision.public_id]), 302)
    ]
    page = response.content.decode()
    assert "Now tell them. Write up the rest by the end of" in page
    assert version.signed_by == cast.staff
    assert len(TYPED) == 9


def test_what_was_told_already_is_recorded_as_sent(cast, sign_in):
    yesterday = timezone.localdate() - timedelta(days=1)
    response = sign_in(cast.staff).post(
        PAGE, TYPED | told(yesterday, shared_time="after lunch"), follow=True
    )
    assert "It is recorded as shared." in response.content.decode()
    assert Disclosure.objects.get().sent_time == "after lunch"


def test_what_followed_says_only_what_the_page_asked(cast, sign_in):
    version = share(cast, already=emergency.SharedAlready(on=FRIDAY.date()))
    page = sign_in(cast.dsl).get(f"/decisions/{version.decision.public_id}/")
    [sent] = page.context["sent"]
    assert (sent.state.tag, sent.taken, sent.not_taken) == ("Told directly", [], [])
    assert "Not ticked" not in page.content.decode()
    [row] = sign_in(cast.dsl).get("/decisions/follow-ups/").context["rows"]
    assert row[3] == "Nobody told yet"


@pytest.mark.parametrize(
    ("changes", "field"),
    some_on_postgres(
        [
            ({"name": ""}, "name"),
            ({"age": ""}, "age"),
            ({"why": ""}, "why"),
            ({"what": " "}, "what"),
            ({"recipient": ""}, "recipient"),
            ({"method": ""}, "method"),
            ({"method": "pigeon"}, "method"),
            ({"already": ""}, "already"),
            ({"already": "yes"}, "shared_on"),
            (told(date(2199, 1, 1)), "shared_on"),
            ({"asked": ""}, "asked"),
            ({"asked": "yes"}, "channel"),
            (ASKED | {"requester_kind": ""}, "requester_kind"),
            (ASKED | {"sure": ""}, "sure"),
            (ASKED | {"sure": "no"}, "sure"),
            (ASKED | {"how_sure": ""}, "how_sure"),
            (ASKED | {"call_back_source": ""}, "call_back_source"),
            ({"danger": ""}, "danger"),
        ],
        3,
    ),
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(cast, sign_in, changes, field):
    response = sign_in(cast.staff).post(PAGE, TYPED | changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    page = response.content.decode()
    for name in ("name", "why", "what", "recipient"):
        assert (TYPED | changes)[name].strip() in page
    assert Case.objects.count() == 0


def test_a_time_that_no_clock_shows_is_refused(cast, sign_in):
    typed = TYPED | told(timezone.localdate(), shared_time="25:40")
    page = sign_in(cast.staff).post(PAGE, typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["shared_time"]
    assert 'value="25:40"' in page.content.decode()
    assert not Decision.objects.exists()


def test_a_time_later_today_is_refused(cast, sign_in, monkeypatch):
    now = datetime(2026, 11, 20, 17, 40, tzinfo=LONDON)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client = sign_in(cast.staff)
    late = client.post(PAGE, TYPED | told(now.date(), shared_time="5.50pm"))
    assert list(late.context["form"].errors) == ["shared_time"]
    assert client.post(PAGE, TYPED | told(now.date(), shared_time="5.30pm")).status_code == 302


def test_somebody_who_asked_is_recorded_with_the_check(cast, sign_in):
    assert sign_in(cast.staff).post(PAGE, TYPED | ASKED).status_code == 302
    asked = Request.objects.get()
    assert (asked.origin, asked.identity, asked.identity_how) == (
        "received",
        "verified",
        "called_back",
    )
    assert (asked.requester_name, asked.call_back_source) == (
        "PC Ann Reed",
        "The force's own website",
    )


def test_a_case_at_hand_is_chosen_and_keeps_its_people(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    typed = {**TYPED, "who": case.public_id, "name": "", "age": ""}
    assert sign_in(cast.staff).post(PAGE, typed).status_code == 302
    assert Decision.objects.get().case == case
    assert Person.objects.count() == 1


def test_an_older_case_is_looked_for_without_losing_what_was_typed(cast, sign_in):
    old = a_case(
        by=cast.staff,
        organisation=cast.school,
        people=[NewPerson(name="Zoë Marsh", age_band="adult")],
    )
    for _ in range(5):
        a_case(by=cast.staff, organisation=cast.school)
    client = sign_in(cast.staff)
    assert old.public_id not in client.get(PAGE).content.decode()
    found = client.post(PAGE, {**TYPED, "who": "find", "find": "zoe"})
    page = found.content.decode()
    assert found.status_code == 200
    assert old.public_id in page
    assert TYPED["why"] in page
    assert client.post(PAGE, {**TYPED, "who": old.public_id}).status_code == 302
    assert Decision.objects.get().case == old
    nothing = client.post(PAGE, {**TYPED, "who": "find", "find": "nobody"})
    assert nothing.status_code == 422
    assert list(nothing.context["form"].errors) == ["find"]


def test_a_case_one_may_not_see_is_neither_offered_nor_taken(cast, sign_in):
    hidden = a_case(by=cast.dsl, organisation=cast.school)
    a_case(by=cast.staff, organisation=cast.school)
    client = sign_in(cast.staff)
    assert client.post(PAGE, {**TYPED, "who": hidden.public_id}).status_code == 422
    assert client.get(PAGE, {"case": hidden.public_id}).status_code == 404
    exclude_from_case(
        case=hidden, user=cast.head, reason="Relative", by=cast.dsl, at=timezone.now()
    )
    assert sign_in(cast.head).get(PAGE, {"case": hidden.public_id}).status_code == 404
    assert Decision.objects.count() == 0


def test_a_case_is_offered_by_names_and_ages_and_its_story_is_not_told(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    page = sign_in(cast.staff).get(PAGE).content.decode()
    assert its_person(case).name in page
    assert case.summary not in page
    assert "Bruises" not in page


def test_from_a_case_page_it_is_about_that_case(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    client = sign_in(cast.staff)
    typed = {name: value for name, value in TYPED.items() if name not in ("name", "age")}
    link = f'href="{PAGE}?case={case.public_id}"'
    assert link in client.get(f"/cases/{case.public_id}/").content.decode()
    assert link not in sign_in(cast.auditor).get(f"/cases/{case.public_id}/").content.decode()
    assert "How old are they?" not in client.get(PAGE, {"case": case.public_id}).content.decode()
    assert client.post(f"{PAGE}?case={case.public_id}", typed).status_code == 302
    assert Decision.objects.get().case == case


def test_who_holds_several_roles_chooses_one(cast, sign_in):
    make_member(cast.staff, cast.school, Role.DEPUTY_DSL)
    client = sign_in(cast.staff)
    assert list(client.post(PAGE, TYPED).context["form"].errors) == ["role"]
    assert client.post(PAGE, TYPED | {"role": "deputy_dsl"}).status_code == 302
    assert SignedVersion.objects.get().signed_as == "deputy_dsl"


def test_who_records_at_two_schools_says_for_which(cast, sign_in):
    make_member(cast.staff, cast.other_school, Role.PRACTITIONER)
    client = sign_in(cast.staff)
    assert list(client.post(PAGE, TYPED).context["form"].errors) == ["place"]
    chosen = TYPED | {"place": cast.other_school.public_id}
    assert client.post(PAGE, chosen).status_code == 302
    assert Case.objects.get().organisation == cast.other_school


def test_a_paper_sheet_is_typed_in_with_both_times(cast, sign_in):
    yesterday = timezone.localdate() - timedelta(days=1)
    typed = TYPED | told(yesterday, shared_time="4pm") | day("paper_on", yesterday)
    client = sign_in(cast.staff)
    assert list(client.post(f"{PAGE}?paper=1", typed).context["form"].errors) == ["paper_by"]
    page = client.post(f"{PAGE}?paper=1", typed | {"paper_by": "Priya Nair"}, follow=True)
    assert "By Priya Nair" in page.content.decode()


def test_sent_twice_it_is_one_emergency(cast, sign_in):
    client = sign_in(cast.staff)
    typed = TYPED | {"once": "A" * 22}
    first, second = client.post(PAGE, typed), client.post(PAGE, typed)
    assert first.url == second.url
    assert (Case.objects.count(), SignedVersion.objects.count()) == (1, 1)


# The sheet


def test_the_sheet_is_reached_without_signing_in(client, db):
    assert "/emergency/sheet/" in client.get("/sign-in/").content.decode()


def test_the_sheet_is_printed_beforehand_by_anybody_and_holds_no_data(client, cast):
    a_case(by=cast.staff, organisation=cast.school)
    page = client.get("/emergency/sheet/").content.decode()
    assert "Who is in danger?" in page
    assert "Ife" not in page
    assert cast.school.name not in page
