"""What happened in a case: one chronology on a page of its own; and what both pages cost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consent.domain.recording import withdraw_consent
from consent.enums import How
from decisions.domain import advising
from decisions.enums import ReviewOutcome
from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.knowing import record_judgement, record_responsibility
from infosharing.cases.domain.opening import (
    NewPerson,
    add_person,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from infosharing.cases.enums import Holds, JudgementKind
from tests.counting import statements
from tests.decisions import afterwards
from tests.factories import a_case, a_consent, a_draft, a_request
from tests.people import make_member

NOW = timezone.now
CHILD = NewPerson(name="Ife Adeyemi", born=date(2017, 4, 11))


def _case(cast, **rest):
    return a_case(by=cast.dsl, organisation=cast.school, people=[CHILD], **rest)


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _shown(page):
    return [(entry["title"], entry["text"], entry["by"]) for entry in page.context["entries"]]


def _everything(cast, case, number):
    """So many of everything that a case can hold, by the DSL."""
    by, at = cast.dsl, NOW
    for index in range(number):
        person = add_person(
            case=case,
            person=NewPerson(name=f"Person {index}", born=date(2016, 3, 1)),
            by=by,
            at=at(),
        )
        record_responsibility(
            case=case,
            person=person,
            holder="Funmi Adeyemi",
            relationship="Mother",
            holds=Holds.YES,
            evidence="",
            by=by,
            at=at(),
        )
        record_judgement(
            case=case,
            person=person,
            kind=JudgementKind.COMPETENCE,
            matter="Whether the GP is told.",
            able=bool(index % 2),
            reasons="She could not say it back.",
            judged_on=timezone.localdate(),
            judged_by="Dilys Morgan",
            by=by,
            at=at(),
        )
    for _ in range(number):
        _decided(cast, case)
        _being_decided(cast, case)
        a_request(case=case, by=by)
    # What was said comes after the decisions: a decision considers each yes and no before it.
    for _ in range(number):
        yes = a_consent(case=case, by=by)
        withdraw_consent(
            consent=yes,
            withdrawn_on=timezone.localdate(),
            withdrawn_by="Mother",
            how=How.TELEPHONE,
            words="Not any more.",
            by=by,
            at=at(),
        )
        a_consent(case=case, by=by, status="refused", giver="Father")
    for user in (cast.colleague, cast.staff, cast.manager)[:number]:
        name_on_case(case=case, user=user, reason="Helps.", by=by, at=at())
    for user in (cast.deputy, cast.dpl, cast.auditor)[:number]:
        exclude_from_case(case=case, user=user, reason="About them.", by=by, at=at())


def _decided(cast, case):
    decision = afterwards.a_decision(cast, case=case)
    afterwards.a_receipt(afterwards.a_disclosure(decision, cast.dsl), cast.dsl)
    afterwards.not_told(decision, cast.dsl, look_again_in=9)
    afterwards.told(decision, cast.dsl)
    words = "Say why the mother was not asked."
    afterwards.a_review(decision, cast.head, Role.HEAD, ReviewOutcome.RETURNED, words)


def _being_decided(cast, case):
    decision = a_draft(case=case, by=cast.dsl).decision
    advising.record_advice_tried(
        decision=decision, role=Role.HEAD, how="Rang twice.", by=cast.dsl, at=NOW()
    )
    advising.report_advice(
        decision=decision,
        adviser="Ann Bright",
        role=Role.DSL,
        given_on=timezone.localdate(),
        anonymous=True,
        advised="share",
        words="Tell the GP.",
        by=cast.dsl,
        at=NOW(),
    )


def test_every_kind_of_thing_that_happens_is_told_in_its_words(cast, sign_in):
    case = _case(cast, summary="Bruises on both arms.")
    _everything(cast, case, 1)
    page = sign_in(cast.head).get(_url(case, "chronology/"))
    dsl = "Dilys Morgan"
    of_child = "The child, young person or adult it is about"
    asked = "What was seen and said, with dates"
    purpose = "To decide what help is needed"
    assert _shown(page) == [
        ("Agreed to sharing", f"By Mother (a parent), about Ife Adeyemi: {purpose}", dsl),
        ("Refused sharing", f"By Father (a parent), about Ife Adeyemi: {purpose}", dsl),
        ("Case opened", "Bruises on both arms.", dsl),
        ("Person added to the case", f"{of_child}: Ife Adeyemi.", dsl),
        ("Named on the case", "Colleague: Dilys Morgan. Opened the case", dsl),
        ("Person added to the case", f"{of_child}: Person 0.", dsl),
        ("Parental responsibility recorded", "Of Funmi Adeyemi, for Person 0: Yes.", dsl),
        (
            "Competence judged",
            "About Person 0: not able to decide this. Whether the GP is told.",
            dsl,
        ),
        ("Request received", asked, dsl),
        (
            "Requester’s identity checked",
            "Checked: they are who they say. Wrote from an address we already hold",
            dsl,
        ),
        ("Decision started", "", dsl),
        ("Decision signed", "Share.", f"{dsl}, Designated safeguarding lead (DSL)"),
        ("Information sent", "To Jo Hart, by Dilys Morgan. Ticket 4711", dsl),
        ("Receipt", "Sent to Jo Hart: confirmed by the recipient by Jo Hart.", dsl),
        (
            "Person not told",
            "About Ife Adeyemi: It could put her at risk while enquiries go on.",
            dsl,
        ),
        (
            "Person told",
            "To Ife and her grandmother, about Ife Adeyemi. At school, together.",
            dsl,
        ),
        (
            "Review: returned with changes to make",
            "Say why the mother was not asked.",
            "Helen Achebe, Head",
        ),
        ("Sharing thought of", asked, dsl),
        ("Decision started", "", dsl),
        ("Advice sought in vain", "Head: Rang twice.", dsl),
        (
            "Advice reported",
            "From Ann Bright (Designated safeguarding lead (DSL)): Tell the GP.",
            dsl,
        ),
        ("Sharing thought of", asked, dsl),
        ("Consent withdrawn", "By Mother. Not any more.", dsl),
        ("Named on the case", "Colleague: Priya Nair. Helps.", dsl),
        ("Kept from the case", "Colleague: Tomasz Łęcki. About them.", dsl),
    ]


def test_an_entry_leads_to_the_draft_until_something_is_signed_and_then_to_the_decision(
    cast, sign_in
):
    case = _case(cast)
    decision = afterwards.a_decision(cast, case=case)
    afterwards.an_amendment(decision, cast.dsl)
    draft = a_draft(case=case, by=cast.dsl)
    consent = a_consent(case=case, by=cast.dsl)
    page = sign_in(cast.dsl).get(_url(case, "chronology/"))
    links = {(entry["title"], entry["url"]) for entry in page.context["entries"] if entry["url"]}
    assert links == {
        ("Agreed to sharing", f"/consents/{consent.public_id}/"),
        ("Request received", f"/requests/{decision.request.public_id}/"),
        ("Requester’s identity checked", f"/requests/{decision.request.public_id}/"),
        ("Decision started", f"/decisions/{decision.public_id}/"),
        ("Decision signed", f"/decisions/{decision.public_id}/"),
        ("New version begun", f"/decisions/{decision.public_id}/"),
        ("Sharing thought of", f"/requests/{draft.decision.request.public_id}/"),
        ("Decision started", f"/drafts/{draft.public_id}/"),
    }


def test_whoever_only_reads_is_led_to_a_page_they_can_open_and_to_no_draft(cast, sign_in):
    case = _case(cast)
    draft = a_draft(case=case, by=cast.dsl)
    afterwards.a_question(draft.decision, cast.deputy, cast.dsl)
    client = sign_in(cast.auditor)
    page = client.get(_url(case, "chronology/"))
    links = {entry["title"]: entry["url"] for entry in page.context["entries"] if entry["url"]}
    here = f"/decisions/{draft.decision.public_id}/"
    assert (links["Decision started"], links["Advice asked for"]) == (here, here)
    assert [client.get(link).status_code for link in links.values()] == [200] * len(links)


def test_nothing_of_another_case_is_told(cast, sign_in):
    case, other = _case(cast), _case(cast, summary="Another matter")
    _everything(cast, other, 1)
    page = sign_in(cast.dsl).get(_url(case, "chronology/"))
    assert [title for title, _, _ in _shown(page)] == [
        "Case opened",
        "Person added to the case",
        "Named on the case",
    ]


def test_the_chronology_comes_in_pages_of_fifty_the_earliest_first(cast, sign_in):
    case = _case(cast, at=NOW() - timedelta(days=1))
    for number in range(48):
        person = NewPerson(name=f"Person {number}", age_band="adult")
        add_person(case=case, person=person, by=cast.dsl, at=NOW())
    client, here = sign_in(cast.dsl), _url(case, "chronology/")
    first, second, third = (client.get(f"{here}?page={page}") for page in (1, 2, 3))
    assert [len(page.context["entries"]) for page in (first, second, third)] == [50, 1, 0]
    assert _shown(first)[0][0] == "Case opened"
    assert _shown(second)[0][1].endswith(": Person 47.")
    ways = [
        [page.context[way] for way in ("earlier_url", "later_url", "latest_url")]
        for page in (first, second, third)
    ]
    assert ways == [
        ["", f"{here}?page=2", f"{here}?page=2"],
        [f"{here}?page=1", "", ""],
        [f"{here}?page=2", "", ""],
    ]
    assert third.status_code == 200
    assert "There is nothing on this page" in third.content.decode()


def test_the_chronology_of_a_case_one_may_not_see_leaves_no_trace(cast, sign_in):
    case = _case(cast)
    restrict_case(case=case, by=cast.dsl, at=NOW())
    for user in (cast.head, cast.staff, cast.stranger, cast.auditor):
        client = sign_in(user)
        page = client.get(_url(case, "chronology/"))
        absent = client.get(f"/cases/{'A' * 22}/chronology/")
        assert (page.status_code, page.content) == (404, absent.content)
    assert sign_in(cast.admin).get(_url(case, "chronology/")).status_code == 403


def test_the_chronology_is_read_only_and_that_it_was_read_is_recorded(cast, sign_in):
    case = _case(cast)
    client = sign_in(cast.auditor)
    assert client.post(_url(case, "chronology/")).status_code == 405
    title = client.get(_url(case, "chronology/")).content.split(b"</title>")[0].decode()
    assert case.spoken_reference in title
    assert "Adeyemi" not in title
    assert Entry.objects.order_by("-seq")[0].event == "cases.case_seen"


# Somebody who reaches down from the trust asks once more: which schools it has.
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("rest", "by_head", "by_trust"), [("", 11, 12), ("chronology/", 10, 11), ("access/", 9, 10)]
)
def test_a_page_asks_the_database_as_often_for_three_of_everything_as_for_one(
    cast, sign_in, number, rest, by_head, by_trust
):
    case = _case(cast)
    _everything(cast, case, number)
    make_member(cast.stranger, cast.trust, Role.DSL)
    for user, allowed in ((cast.head, by_head), (cast.stranger, by_trust)):
        client = sign_in(user)
        client.get("/cases/")
        with statements(allowed):
            assert client.get(_url(case, rest)).status_code == 200
