"""Home: what is yours to do, each line one step from done; and what stands around every page."""

import re
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from decisions.domain import progress
from decisions.enums import ReceiptState
from infosharing.accounts.models import Membership
from infosharing.accounts.roles import Role
from infosharing.casefile import queries
from infosharing.cases.domain.closing import add_closure
from infosharing.cases.domain.opening import exclude_from_case, name_on_case, restrict_case
from infosharing.workdays.clock import LONDON
from tests.casefile.at_home import (
    all_answered,
    answer_afterwards,
    answered_by,
    case_of,
    text_of,
)
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
from tests.factories import a_draft, a_request, save
from tests.people import make_member, make_user


def _lines(sign_in, user):
    page = sign_in(user).get("/")
    assert page.status_code == 200
    tasks = page.context["tasks"]
    counts = [item["count"] for item in page.context["nav"] if item["label"] == "Yours to do"]
    assert counts == [len(tasks)]
    return [(task.title, task.url, task.hint, task.status, task.colour) for task in tasks]


# What is mine


def test_my_draft_is_mine_to_go_on_with(cast, sign_in):
    draft = a_draft(case=case_of(cast), by=cast.staff)
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
    draft = a_draft(case=case_of(cast), by=cast.staff)
    save(draft, cast.dsl, {("purpose", 0): {"answer_purpose": ["yes"]}})
    assert len(_lines(sign_in, cast.dsl)) == 1


def test_a_request_i_recorded_is_mine_until_it_is_being_decided(cast, sign_in):
    request = a_request(case=case_of(cast), by=cast.staff)
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
    case = case_of(cast)
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
    case = case_of(cast)
    late = a_request(case=case, by=cast.staff, by_when=FRIDAY)
    places = ("/", f"/cases/{case.public_id}/", f"/requests/{late.public_id}/", "/requests/")

    def words():
        client = sign_in(cast.staff)
        return [re.findall(r"(\d) working days? late", text_of(client.get(url))) for url in places]

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
    draft = a_draft(case=case_of(cast), by=cast.staff)
    asked = a_question(draft.decision, cast.manager, cast.staff)
    (line,) = _lines(sign_in, cast.manager)
    title = f"Answer Sam Okafor’s question {asked.reference}"
    assert line[:2] == (title, f"/advice/{asked.public_id}/")
    assert line[2].endswith(": May I tell the GP?")
    page = sign_in(cast.manager).get("/").content.decode()
    assert "Ife" not in page
    assert draft.decision.spoken_reference not in page


def test_questions_of_two_colleagues_can_be_told_apart(cast, sign_in):
    first = a_question(a_draft(case=case_of(cast), by=cast.staff).decision, cast.dsl, cast.staff)
    again = a_draft(case=case_of(cast, "deputy"), by=cast.deputy)
    second = a_question(again.decision, cast.dsl, cast.deputy)
    titles = [line[0] for line in _lines(sign_in, cast.dsl)]
    assert titles == [
        f"Answer Sam Okafor’s question {first.reference}",
        f"Answer Tomasz Łęcki’s question {second.reference}",
    ]
    assert first.reference != second.reference


def test_advice_that_came_into_my_draft_is_mine_to_read(cast, sign_in):
    draft = a_draft(case=case_of(cast), by=cast.staff)
    answered_by(cast, draft, cast.manager, cast.staff)
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
    early = a_request(
        case=case_of(cast), by=cast.staff, by_when=timezone.now() + timedelta(hours=3)
    )
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
    all_answered(decision, cast.dsl)
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
    answer_afterwards(decision, cast.dsl, "person_aware")
    assert _lines(sign_in, cast.dsl) == [afterwards]
    answer_afterwards(decision, cast.dsl, "recorded")
    assert _lines(sign_in, cast.dsl) == []


def _with_a_second_recipient(cast, decision, name):
    draft = an_amendment(decision, cast.dsl)
    other = {**draft.pages.get(page="recipient").typed, "name": [name]}
    save(draft, cast.dsl, {("recipient", 2): other})
    return signed(draft, cast.dsl).decision


def test_a_recipient_who_is_new_in_a_version_is_sent_to_as_well(cast, sign_in):
    decision = a_decision(cast)
    everything_followed(decision, cast.dsl)
    all_answered(decision, cast.dsl)
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
    all_answered(decision, cast.dsl)
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
    all_answered(decision, cast.dsl)
    a_receipt(a_disclosure(decision, cast.dsl), cast.dsl, ReceiptState.NOT_RECEIVED)
    assert len(_lines(sign_in, cast.dsl)) == 1
    a_receipt(a_disclosure(decision, cast.dsl), cast.dsl)
    assert _lines(sign_in, cast.dsl) == []


def test_somebody_not_told_comes_back_on_the_day(cast, sign_in):
    decision = a_refusal(cast)
    all_answered(decision, cast.dsl)
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
    all_answered(decision, cast.dsl)
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
    case = case_of(cast)
    for _ in range(3):
        a_request(case=case, by=cast.staff)
    page = sign_in(cast.staff).get("/")
    assert len(page.context["tasks"]) == 2
    assert "These are the 2 most pressing." in text_of(page)
