"""Home: what is yours to do, each line one step from done; and what stands around every page."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from decisions.domain import advising, following, progress
from decisions.enums import ReceiptState
from infosharing.accounts.models import Membership, User
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.casefile import context, queries
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.opening import exclude_from_case, name_on_case, restrict_case
from infosharing.workdays.clock import LONDON
from tests.counting import statements
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_question,
    a_receipt,
    a_refusal,
    a_review,
    an_amendment,
    everything_followed,
    not_told,
    signed,
    told,
)
from tests.factories import a_case, a_draft, a_request, save
from tests.people import make_member, make_user


def _text(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def _lines(sign_in, user):
    page = sign_in(user).get("/")
    assert page.status_code == 200
    tasks = page.context["tasks"]
    counts = [item["count"] for item in page.context["nav"] if item["label"] == "Yours to do"]
    assert counts == [len(tasks)]
    return [(task.title, task.url, task.hint, task.status, task.colour) for task in tasks]


def _answer_afterwards(decision, by, *codes):
    following.answer_all_afterwards(
        decision=decision,
        answers=[following.Answered(code, "yes") for code in codes],
        by=by,
        at=timezone.now(),
    )


def _all_answered(decision, by):
    _answer_afterwards(decision, by, "person_aware", "recorded")


def _case(cast, by="staff"):
    return a_case(by=getattr(cast, by), organisation=cast.school)


# What is mine


def test_my_draft_is_mine_to_go_on_with(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    assert _lines(sign_in, cast.staff) == [
        (
            f"Go on with decision {draft.decision.spoken_reference}",
            f"/drafts/{draft.public_id}/",
            "Ife Adeyemi",
            "To be decided",
            "",
        )
    ]
    assert _lines(sign_in, cast.dsl) == []


def test_a_draft_i_have_edited_is_mine_too(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    save(draft, cast.dsl, {("purpose", 0): {"answer_purpose": ["yes"]}})
    assert len(_lines(sign_in, cast.dsl)) == 1


def test_a_request_i_recorded_is_mine_until_it_is_being_decided(cast, sign_in):
    request = a_request(case=_case(cast), by=cast.staff)
    assert _lines(sign_in, cast.staff) == [
        (
            f"Decide on request {request.spoken_reference}",
            f"/requests/{request.public_id}/",
            "Ife Adeyemi",
            "To be decided",
            "",
        )
    ]
    a_draft(case=request.case, by=cast.staff, request=request)
    assert [line[3] for line in _lines(sign_in, cast.staff)] == ["To be decided"]


def test_what_is_overdue_is_the_safeguarding_leads_to_do(cast, sign_in):
    case = _case(cast)
    now = timezone.now()
    late = a_request(case=case, by=cast.staff, by_when=now - timedelta(hours=3))
    a_request(case=case, by=cast.staff, by_when=now + timedelta(hours=3))
    titles = [f"Decide on request {late.spoken_reference}"]
    for person in ("dsl", "deputy"):
        found = _lines(sign_in, getattr(cast, person))
        assert [line[0] for line in found] == titles
        assert (found[0][3].endswith("late"), found[0][4]) == (True, "red")
    assert _lines(sign_in, cast.head) == []
    assert [line[4] for line in _lines(sign_in, cast.staff)] == ["red", "yellow"]


FRIDAY, MONDAY, TUESDAY = (datetime(2027, 2, day, 17, tzinfo=LONDON) for day in (5, 8, 9))


@time_machine.travel(TUESDAY, tick=False)
def test_late_is_counted_in_the_schools_own_working_days(cast, sign_in):
    case = _case(cast)
    late = a_request(case=case, by=cast.staff, by_when=FRIDAY)
    places = ("/", f"/cases/{case.public_id}/", f"/requests/{late.public_id}/", "/requests/")

    def words():
        client = sign_in(cast.staff)
        return [re.findall(r"(\d) working days? late", _text(client.get(url))) for url in places]

    assert words() == [["2"]] * 4
    add_closure(
        organisation=cast.school,
        first_on=MONDAY.date(),
        last_on=MONDAY.date(),
        what="Training",
        by=cast.admin,
        at=timezone.now(),
    )
    assert words() == [["1"]] * 4


def test_advice_asked_of_me_shows_neither_case_nor_names(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    asked = a_question(draft.decision, cast.manager, cast.staff)
    (line,) = _lines(sign_in, cast.manager)
    title = f"Answer Sam Okafor’s question {asked.reference}"
    assert line[:2] == (title, f"/advice/{asked.public_id}/")
    assert line[2].endswith(": May I tell the GP?")
    page = sign_in(cast.manager).get("/").content.decode()
    assert "Ife" not in page
    assert draft.decision.spoken_reference not in page


def test_questions_of_two_colleagues_can_be_told_apart(cast, sign_in):
    first = a_question(a_draft(case=_case(cast), by=cast.staff).decision, cast.dsl, cast.staff)
    again = a_draft(case=_case(cast, "deputy"), by=cast.deputy)
    second = a_question(again.decision, cast.dsl, cast.deputy)
    titles = [line[0] for line in _lines(sign_in, cast.dsl)]
    assert titles == [
        f"Answer Sam Okafor’s question {first.reference}",
        f"Answer Tomasz Łęcki’s question {second.reference}",
    ]
    assert first.reference != second.reference


def _answered(cast, draft, adviser, asker):
    advising.give_advice(
        request=a_question(draft.decision, adviser, asker),
        role=Role.MANAGER,
        advised="share",
        words="Yes, with the school nurse.",
        by=adviser,
        at=timezone.now(),
    )


def test_advice_that_came_into_my_draft_is_mine_to_read(cast, sign_in):
    draft = a_draft(case=_case(cast), by=cast.staff)
    _answered(cast, draft, cast.manager, cast.staff)
    back, own = _lines(sign_in, cast.staff)
    assert back[:2] == (
        f"Read Martin Boyle’s advice on decision {draft.decision.spoken_reference}",
        f"/drafts/{draft.public_id}/advice/",
    )
    assert back[3:] == ("Advice has come", "teal")
    assert own[1] == f"/drafts/{draft.public_id}/"
    save(draft, cast.staff, {("purpose", 0): {"answer_purpose": ["yes"]}})
    assert len(_lines(sign_in, cast.staff)) == 2
    save(draft, cast.staff, {("advice", 0): {"read": ["it"]}})
    assert _lines(sign_in, cast.staff) == [own]


def test_what_is_late_comes_first_whatever_it_is(cast, sign_in):
    early = a_request(case=_case(cast), by=cast.staff, by_when=timezone.now() + timedelta(hours=3))
    late = a_request(case=early.case, by=cast.staff, by_when=timezone.now() - timedelta(hours=3))
    draft = a_draft(case=early.case, by=cast.staff, request=late)
    page = sign_in(cast.staff).get("/")
    assert [part.title for part in page.context["parts"]] == ["Late", "To be done"]
    assert [line[1] for line in _lines(sign_in, cast.staff)] == [
        f"/drafts/{draft.public_id}/",
        f"/requests/{early.public_id}/",
    ]


def test_a_decision_waits_for_review_by_those_without_a_hand_in_it(cast, sign_in):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl)
    title = f"Review decision {decision.spoken_reference}"
    for person in ("deputy", "head", "dpl"):
        (line,) = _lines(sign_in, getattr(cast, person))
        assert line[:2] == (title, f"/decisions/{decision.public_id}/review/")
    for person in ("dsl", "staff", "manager", "stranger"):
        assert title not in [line[0] for line in _lines(sign_in, getattr(cast, person))]
    a_review(decision, cast.deputy)
    assert _lines(sign_in, cast.head) == []


def test_what_was_returned_to_me_is_mine_until_i_begin(cast, sign_in):
    decision = a_refusal(cast)
    _all_answered(decision, cast.dsl)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    (line,) = _lines(sign_in, cast.dsl)
    assert line[:2] == (
        f"Make the changes to decision {decision.spoken_reference}",
        f"/decisions/{decision.public_id}/amend/",
    )
    an_amendment(decision, cast.dsl)
    (line,) = _lines(sign_in, cast.dsl)
    assert (line[0], line[3]) == (
        f"Go on with decision {decision.spoken_reference}",
        "Amendment",
    )


def test_what_was_signed_is_to_be_sent_then_to_be_confirmed(cast, sign_in):
    decision = a_decision(cast)
    (line,) = _lines(sign_in, cast.dsl)
    assert line[1] == f"/decisions/{decision.public_id}/sent/new/"
    disclosure = a_disclosure(decision, cast.dsl)
    receipt, telling, afterwards = _lines(sign_in, cast.dsl)
    assert receipt[:2] == (
        "Ask Jo Hart whether it arrived",
        f"/disclosures/{disclosure.public_id}/receipt/new/",
    )
    assert telling[1] == f"/decisions/{decision.public_id}/told/new/"
    assert afterwards[1] == f"/decisions/{decision.public_id}/afterwards/"
    a_receipt(disclosure, cast.dsl, ReceiptState.CHASED)
    assert receipt[:2] in [line[:2] for line in _lines(sign_in, cast.dsl)]
    a_receipt(disclosure, cast.dsl)
    assert _lines(sign_in, cast.dsl) == [telling, afterwards]
    told(decision, cast.dsl)
    assert _lines(sign_in, cast.dsl) == [afterwards]
    _answer_afterwards(decision, cast.dsl, "person_aware")
    assert _lines(sign_in, cast.dsl) == [afterwards]
    _answer_afterwards(decision, cast.dsl, "recorded")
    assert _lines(sign_in, cast.dsl) == []


def _with_a_second_recipient(cast, decision, name):
    draft = an_amendment(decision, cast.dsl)
    other = {**draft.pages.get(page="recipient").typed, "name": [name]}
    save(draft, cast.dsl, {("recipient", 2): other})
    return signed(draft, cast.dsl).decision


def test_a_recipient_who_is_new_in_a_version_is_sent_to_as_well(cast, sign_in):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    _all_answered(decision, cast.dsl)
    assert _lines(sign_in, cast.dsl) == []
    decision = _with_a_second_recipient(cast, decision, "Dr Ruth Amos")
    (line,) = _lines(sign_in, cast.dsl)
    assert line[1] == f"/decisions/{decision.public_id}/sent/new/"
    assert "Dr Ruth Amos has nothing yet" in line[2]
    assert line[3] == "Not sent to everybody yet"
    page = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/")
    step = page.context["steps"][0]
    assert (step.text, step.hint) == ("Record what was sent", "Nothing sent yet to Dr Ruth Amos.")
    second = decision.version.recipients.get(number=2)
    a_receipt(a_disclosure(decision, cast.dsl, recipient=second), cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_whoever_got_it_under_an_earlier_version_is_not_asked_about_again(cast, sign_in):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    _all_answered(decision, cast.dsl)
    signed(an_amendment(decision, cast.dsl), cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_one_of_two_who_has_nothing_yet_stays_on_the_lists_until_it_is_closed(cast, sign_in):
    decision = _with_a_second_recipient(cast, a_decision(cast), "Dr Ruth Amos")
    a_disclosure(decision, cast.dsl)
    assert "Not sent to everybody yet" in [one[3] for one in _lines(sign_in, cast.dsl)]
    [row] = sign_in(cast.deputy).get("/decisions/follow-ups/").context["rows"]
    assert "Nothing sent yet to Dr Ruth Amos" in row[3]
    left = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/close/").context["still"]
    assert "Nothing has been recorded as sent to Dr Ruth Amos." in left
    progress.close(decision=decision, reason="She has it", by=cast.dsl, at=timezone.now())
    assert _lines(sign_in, cast.dsl) == []


def test_telling_is_asked_for_only_when_somebody_can_be_recognised(cast, sign_in):
    nobody = {"about": []}
    decision = a_decision(cast, item_1=nobody)
    a_disclosure(decision, cast.dsl)
    assert "told" not in " ".join(line[1] for line in _lines(sign_in, cast.dsl))


def test_what_came_back_is_mine_until_it_is_sent_again(cast, sign_in):
    decision = a_decision(cast)
    told(decision, cast.dsl)
    _all_answered(decision, cast.dsl)
    a_receipt(a_disclosure(decision, cast.dsl), cast.dsl, ReceiptState.NOT_RECEIVED)
    assert len(_lines(sign_in, cast.dsl)) == 1
    a_receipt(a_disclosure(decision, cast.dsl), cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_somebody_not_told_comes_back_on_the_day(cast, sign_in):
    decision = a_refusal(cast)
    _all_answered(decision, cast.dsl)
    not_told(decision, cast.dsl, look_again_in=1)
    assert _lines(sign_in, cast.dsl) == []
    not_told(decision, cast.dsl, look_again_in=0)
    (line,) = _lines(sign_in, cast.dsl)
    assert line[:2] == (
        "Can Ife Adeyemi be told now?",
        f"/decisions/{decision.public_id}/told/new/",
    )
    told(decision, cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_a_refusal_leaves_nothing_to_send_but_is_asked_about_afterwards(cast, sign_in):
    decision = a_refusal(cast)
    (line,) = _lines(sign_in, cast.dsl)
    assert line[1] == f"/decisions/{decision.public_id}/afterwards/"
    _all_answered(decision, cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_what_i_may_no_longer_see_is_not_mine_to_do(cast, sign_in):
    decision = a_decision(cast, cast.deputy, "deputy_dsl")
    case = decision.case
    a_disclosure(decision, cast.deputy)
    not_told(decision, cast.deputy)
    a_request(case=case, by=cast.deputy, by_when=timezone.now() - timedelta(hours=1))
    a_draft(case=case, by=cast.deputy)
    name_on_case(case=case, user=cast.dsl, reason="Leads", by=cast.deputy, at=timezone.now())
    assert len(_lines(sign_in, cast.deputy)) == 5
    assert len(_lines(sign_in, cast.head)) == 1
    restrict_case(case=case, by=cast.dsl, at=timezone.now())
    assert _lines(sign_in, cast.head) == []
    exclude_from_case(
        case=case, user=cast.deputy, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    assert _lines(sign_in, cast.deputy) == []


def test_a_reviewer_of_the_trust_is_told_what_nobody_at_the_school_can_review(cast, sign_in):
    decision = a_decision(cast)
    lead = make_user("trust_dpl", "Tess Rowe")
    make_member(lead, cast.trust, Role.DATA_PROTECTION_LEAD)
    assert _lines(sign_in, lead) == []
    for person in ("deputy", "head", "dpl"):
        Membership.objects.filter(user=getattr(cast, person)).delete()
    (line,) = _lines(sign_in, lead)
    assert line[1] == f"/decisions/{decision.public_id}/review/"


def test_when_there_is_more_than_fits_the_page_says_so(cast, sign_in, monkeypatch):
    monkeypatch.setattr(queries, "LIMIT", 2)
    case = _case(cast)
    for _ in range(3):
        a_request(case=case, by=cast.staff)
    page = sign_in(cast.staff).get("/")
    assert len(page.context["tasks"]) == 2
    assert "These are the 2 most pressing." in _text(page)


# Where home leads


def test_home_offers_the_two_ways_to_begin(cast, sign_in):
    page = sign_in(cast.staff).get("/")
    text = page.content.decode()
    assert 'href="/requests/new/"' in text
    assert "Nothing is waiting for you" in _text(page)
    assert "Practise" in _text(page)


@pytest.mark.parametrize(("person", "where"), [("auditor", "/decisions/"), ("admin", "/members/")])
def test_those_who_record_nothing_are_led_to_their_own_list(cast, sign_in, person, where):
    page = sign_in(getattr(cast, person)).get("/")
    assert (page.status_code, page["Location"]) == (302, where)
    assert Entry.objects.filter(event="decisions.list_seen").count() == 0


def test_somebody_without_a_role_is_told_whom_to_ask(cast, sign_in):
    page = sign_in(make_user("newcomer")).get("/")
    assert page.status_code == 200
    assert "You have no role yet" in _text(page)
    assert page.context["nav"] == []


def test_nobody_sees_home_without_signing_in(client, db):
    page = client.get("/")
    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=/")


def test_looking_is_recorded_and_nothing_is_sent_there(cast, sign_in):
    client = sign_in(cast.staff)
    client.get("/")
    entry = Entry.objects.get(event="decisions.list_seen")
    assert (entry.actor_id, entry.organisation_id) == (
        cast.staff.public_id,
        cast.school.public_id,
    )
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("times", [1, 3])
def test_home_asks_the_database_as_often_for_three_of_each_as_for_one(cast, sign_in, times):
    for _ in range(times):
        a_decision(cast, cast.deputy, "deputy_dsl")
        decision = a_decision(cast)
        not_told(decision, cast.dsl)
        a_disclosure(decision, cast.dsl)
        a_decision(cast)
        case = _case(cast, "dsl")
        a_request(case=case, by=cast.dsl)
        a_draft(case=case, by=cast.dsl)
        elsewhere = a_draft(case=_case(cast), by=cast.staff)
        a_question(elsewhere.decision, cast.dsl, cast.staff)
        returned = a_refusal(cast)
        a_review(returned, cast.deputy, outcome="returned", words="Say why.")
        own = a_draft(case=_case(cast, "dsl"), by=cast.dsl)
        _answered(cast, own, cast.manager, cast.dsl)
    client = sign_in(cast.dsl)
    client.get("/")
    with statements(9):
        page = client.get("/")
    assert len(page.context["tasks"]) == 12 * times


# Around every page


def _around(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return context.surroundings(request)


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("staff", ["Yours to do", "Requests", "Decisions", "Cases"]),
        ("dsl", ["Yours to do", "Requests", "Decisions", "Cases", "Figures"]),
        ("manager", ["Yours to do", "Requests", "Decisions", "Cases", "Figures"]),
        ("auditor", ["Requests", "Decisions", "Cases", "Figures"]),
        ("admin", ["Members"]),
    ],
)
def test_the_head_of_a_page_leads_where_one_may_go(cast, person, labels):
    around = _around(getattr(cast, person), "/decisions/")
    assert [item["label"] for item in around["nav"]] == labels
    assert [item["label"] for item in around["nav"] if item["current"]] == (
        ["Decisions"] if "Decisions" in labels else []
    )
    assert around["organisation_name"] == "Marsh Lane School"
    assert around["person_name"] == getattr(cast, person).name


def test_several_roles_and_places_are_each_named_once(cast):
    make_member(cast.head, cast.school, Role.DSL)
    make_member(cast.head, cast.trust, Role.HEAD)
    around = _around(cast.head)
    assert around["role_name"] == "Designated safeguarding lead (DSL), Head"
    assert around["organisation_name"] == "Marsh Lane School, Vale Learning Trust"


def test_nobody_signed_in_has_nothing_around_them(db, settings):
    settings.DEMONSTRATION = True
    with statements(0):
        assert _around(AnonymousUser()) == {"demonstration": True}
        assert context.surroundings(RequestFactory().get("/")) == {"demonstration": True}


def test_a_page_is_still_made_while_the_database_does_not_answer(cast, monkeypatch):
    def unreachable(user):
        raise OperationalError("gone")

    monkeypatch.setattr(context, "how_much_to_do", unreachable)
    assert set(_around(cast.staff)) == {"demonstration"}


def test_the_count_costs_one_query(cast):
    a_decision(cast)
    standing_known = cast.dsl
    _around(standing_known)
    with statements(1):
        around = _around(standing_known)
    assert [item["count"] for item in around["nav"]] == [1, 0, 0, 0, 0]


def _anew(user):
    """As the next request finds them: nothing is kept on the user object."""
    return User.objects.get(pk=user.pk)


def test_the_number_follows_roles_given_and_ended_on_the_same_day(cast):
    a_decision(cast)
    colleague = cast.colleague
    assert context.how_much_to_do(_anew(colleague)) == 0
    given = make_member(colleague, cast.school, Role.DEPUTY_DSL)
    assert context.how_much_to_do(_anew(colleague)) == 1
    Membership.objects.filter(pk=given.pk).update(ends_on=date(2020, 1, 2))
    assert context.how_much_to_do(_anew(colleague)) == 0


def test_the_number_follows_the_moment_and_the_day(cast):
    with time_machine.travel("2026-11-16T10:00:00Z", tick=False):
        a_request(case=_case(cast), by=cast.staff, by_when=timezone.now() + timedelta(hours=2))
        decision = a_refusal(cast)
        _all_answered(decision, cast.dsl)
        not_told(decision, cast.dsl, look_again_in=1)
        assert context.how_much_to_do(_anew(cast.dsl)) == 0
    with time_machine.travel("2026-11-16T12:01:00Z", tick=False):
        assert context.how_much_to_do(_anew(cast.dsl)) == 1
    with time_machine.travel("2026-11-17T08:00:00Z", tick=False):
        assert context.how_much_to_do(_anew(cast.dsl)) == 2


def test_everything_done_counts_nothing(cast):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    a_review(decision, cast.deputy)
    assert context.how_much_to_do(cast.dsl) == 0
    assert queries.to_do(cast.dsl).listed(timezone.now()) == []
