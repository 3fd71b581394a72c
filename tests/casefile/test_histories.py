"""Every change field by field, in words: lists and removals too, paged, and nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from decisions.domain import drafting
from decisions.models import AdviceRequest, Decision, DisclosedItem, DraftPage
from infosharing.accounts.roles import Role
from infosharing.audit.acts import act
from infosharing.audit.changes import tracked_models
from infosharing.audit.recording import record
from infosharing.casefile.presenters.histories import case_arms, path_to
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    join_person,
    name_on_case,
    restrict_case,
)
from infosharing.cases.enums import Part
from infosharing.cases.events import CaseEvent
from infosharing.cases.models import Case
from infosharing.guidance.codes import REQUESTER_KINDS
from tests.access.world import make_world
from tests.counting import data_statements, statements
from tests.decisions.afterwards import a_decision, a_question
from tests.factories import (
    a_case,
    a_consent,
    a_draft,
    a_request,
    a_signed_decision,
    its_person,
    save,
)
from tests.people import make_member, make_user

NOW = timezone.now


def _url(case, rest="history/"):
    return f"/cases/{case.public_id}/{rest}"


def _text(page):
    return " ".join(page.content.decode().split())


def _changes(client, url):
    page = client.get(url)
    assert page.status_code == 200
    return page.context["changes"]


def _said(change):
    return {line.label: (line.before, line.after) for line in change.lines}


def _rename(case, user, name="Ife Adeyemi-Cole", reason="The birth certificate says so"):
    person = its_person(case)
    change_person(
        case=case,
        person=person,
        details=NewPerson(name=name, age_band="under_16"),
        reason=reason,
        by=user,
        at=NOW(),
    )
    return person


def test_a_change_says_before_and_after_who_in_which_role_when_and_why(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    _rename(case, cast.dsl)
    change = _changes(sign_in(cast.head), _url(case))[0]
    assert (change.title, change.who, change.role, change.why) == (
        "Person changed",
        "Dilys Morgan",
        "Designated safeguarding lead (DSL)",
        "The birth certificate says so",
    )
    assert abs(NOW() - change.at) < timedelta(minutes=1)
    assert _said(change) == {
        "Full name": ("Ife Adeyemi", "Ife Adeyemi-Cole"),
        "Date of birth": ("11 April 2017", ""),
        "Age band": ("", "Under 16"),
    }


def test_codes_are_words_yes_is_yes_and_no_key_is_shown(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    a_consent(case=case, by=cast.staff)
    a_request(case=case, by=cast.staff, received=True)
    changes = _changes(sign_in(cast.dsl), _url(case))
    said = {change.title: _said(change) for change in changes}
    request = said["Request recorded"]
    assert request["How it came"] == ("", "Email")
    assert request["Kind of requester"] == ("", dict(REQUESTER_KINDS)["social_care"])
    consent = said["What was said about sharing recorded"]
    assert consent["What they said"] == ("", "Yes, they agreed")
    assert consent["Given freely, without pressure"] == ("", "Yes")
    assert consent["About whom"] == ("", "Ife Adeyemi")
    for told in said.values():
        for label, values in told.items():
            assert "_" not in label
            assert not any(value in ("True", "False", "None") for value in values)


def test_what_was_typed_on_a_draft_is_told_answer_by_answer_with_what_was_taken_out(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    person = its_person(case)
    save(draft, cast.staff, {("item", 1): {"what": ["Seen in PE"], "about": [person.public_id]}})
    save(
        draft, cast.staff, {("item", 1): {"what": ["Seen in the corridor"], "handling": ["share"]}}
    )
    row = draft.pages.get(page="item")
    drafting.remove_entry(
        draft=draft, page="item", index=1, version=row.version, by=cast.staff, at=NOW()
    )
    removed, changed = [
        change
        for change in _changes(sign_in(cast.dsl), _url(case))
        if change.title == "Page of the draft changed"
    ]
    assert _said(changed) == {
        "What is it?": ("Seen in PE", "Seen in the corridor"),
        "Whom is it about?": ("Ife Adeyemi", ""),
        "What happens to it?": ("", "Share it"),
    } | {label: said for label, said in _said(changed).items() if label.startswith("Saved")}
    assert _said(removed)["Taken off the list"] == ("No", "Yes")
    assert (changed.which, removed.which) == ("Information, number 1", "Information, number 1")


def test_an_id_of_another_case_that_was_typed_in_names_nobody(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    other = a_case(by=cast.dsl, organisation=cast.school)
    secret = its_person(other)
    draft = a_draft(case=case, by=cast.staff)
    save(draft, cast.staff, {("people", 0): {"people": [secret.public_id]}})
    page = sign_in(cast.staff).get(_url(case))
    assert "A record that is not in this case" in _text(page)
    assert secret.public_id not in page.content.decode()


def test_what_was_changed_of_a_person_in_another_case_keeps_its_reason_there(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    other = a_case(by=cast.dsl, organisation=cast.school, keep_from=[cast.staff])
    person = its_person(case)
    join_person(case=other, person=person, part=Part.OTHER, by=cast.dsl, at=NOW())
    change_person(
        case=other,
        person=person,
        details=NewPerson(name="Ife Cole", age_band="under_16"),
        reason="Her teacher is accused",
        by=cast.dsl,
        at=NOW(),
    )
    assert "Her teacher is accused" not in _text(sign_in(cast.staff).get(_url(case)))
    assert "Her teacher is accused" in _text(sign_in(cast.dsl).get(_url(other)))


def test_who_is_kept_from_a_case_is_told_only_to_those_who_may_know(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    name_on_case(case=case, user=cast.colleague, reason="Tutor", by=cast.staff, at=NOW())
    exclude_from_case(case=case, user=cast.deputy, reason="Cousin", by=cast.dsl, at=NOW())
    assert "Cousin" in _text(sign_in(cast.dsl).get(_url(case)))
    restrict_case(case=case, reason="x", by=cast.dsl, at=NOW())
    page = sign_in(cast.colleague).get(_url(case))
    assert page.status_code == 200
    assert "Cousin" not in _text(page)
    assert "Tomasz" not in _text(page)


def test_nothing_of_another_case_or_decision_is_shown(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    first = a_signed_decision(case=case, by=cast.dsl)
    second = a_signed_decision(case=case, by=cast.dsl)
    other = a_case(by=cast.dsl, organisation=cast.school, summary="A SECRET OF ANOTHER CASE")
    a_signed_decision(case=other, by=cast.dsl)
    client = sign_in(cast.dsl)
    for url in (_url(case), f"/decisions/{first.decision.public_id}/history/"):
        page = client.get(url)
        assert "A SECRET OF ANOTHER CASE" not in _text(page)
    changes = _changes(client, f"/decisions/{first.decision.public_id}/history/")
    assert [change.title for change in changes].count("Decision recorded") == 1
    assert second.decision.reference not in _text(client.get(url))


def test_one_record_is_shown_alone_and_a_foreign_one_not_at_all(cast, sign_in):
    case, other = (a_case(by=cast.staff, organisation=cast.school) for _ in range(2))
    person, foreign = its_person(case), its_person(other)
    _rename(case, cast.dsl)
    client = sign_in(cast.dsl)
    found = _changes(client, _url(case) + f"?record=cases.person.{person.pk}")
    assert [change.title for change in found] == ["Person changed", "Person recorded"]
    for named in (
        f"cases.person.{foreign.pk}",
        "cases.person.x",
        "accounts.user.1",
        "cases.person." + "9" * 30,
        "nonsense",
    ):
        assert _changes(client, _url(case) + f"?record={named}") == []


def _many_changes(case, by, number):
    """Changes as they would have been made, one after the other, in one act."""

    @act
    def change_often(*, by, at):
        for turn in range(number):
            case.summary = f"Summary {turn}"
            case.save(update_fields=["summary"])
        record(CaseEvent.OPENED, by=by, at=at, organisation=case.organisation, case=case)

    change_often(by=by, at=NOW())


@pytest.mark.parametrize("number", [10, 1000])
def test_a_page_of_changes_costs_the_same_at_ten_and_at_a_thousand(cast, sign_in, number):
    case = a_case(by=cast.staff, organisation=cast.school)
    a_signed_decision(case=case, by=cast.dsl)
    _many_changes(case, cast.dsl, number)
    client = sign_in(cast.dsl)
    client.get(_url(case))
    with CaptureQueriesContext(connection) as captured:
        page = client.get(_url(case))
    assert len(data_statements(captured)) == 11
    assert (len(page.context["changes"]) == 50) is (number == 1000)
    assert _said(page.context["changes"][0])["What the case is about"] == (
        f"Summary {number - 2}",
        f"Summary {number - 1}",
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("of", "number"), [("case", 12), ("decision", 12)])
def test_somebody_of_the_trust_reads_a_history_with_as_many_statements_for_three_as_for_one(
    cast, sign_in, of, number, rows
):
    lead = make_user("trust_dpl", "Tara Lund")
    make_member(lead, cast.trust, Role.DATA_PROTECTION_LEAD)
    case = a_case(by=cast.staff, organisation=cast.school)
    decisions = [a_decision(cast, case=case) for _ in range(rows)]
    for decision in decisions:
        a_question(decision, cast.deputy, cast.dsl)
    url = _url(case) if of == "case" else f"/decisions/{decisions[0].public_id}/history/"
    client = sign_in(lead)
    client.get(url)

    with statements(number):
        page = client.get(url)
    assert page.context["changes"]


def test_a_question_for_advice_is_told_as_it_was_typed_and_nobody_is_given_words(cast, sign_in):
    decision = a_decision(cast)
    a_question(decision, cast.deputy, cast.dsl)
    changes = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/history/").context["changes"]
    said = [line.after for one in changes for line in one.lines]
    assert "May I tell the GP?" in said
    assert {one.why for one in changes} == {""}


def test_the_pages_follow_each_other_to_the_first_change(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    _many_changes(case, cast.dsl, 60)
    client = sign_in(cast.dsl)
    first = client.get(_url(case))
    second = client.get(first.context["older_url"])
    assert second.context["older_url"] == ""
    titles = [change.title for change in second.context["changes"]]
    assert sorted(titles[-4:]) == [
        "Case recorded",
        "Part in the case recorded",
        "Person recorded",
        "Who sees the case recorded",
    ]
    assert len(first.context["changes"]) + len(titles) == 64
    assert _changes(client, _url(case) + "?page=9") == []


def test_every_model_with_history_is_reached_from_a_case_or_says_why_not(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    shown = {arm.model for arm in case_arms(case, cast.dsl)}
    left_out = {
        model._meta.label_lower
        for model, _past in tracked_models()
        if model not in shown and model._meta.app_label != "auditsample"
    }
    # The school's closed days, its contacts and how long it keeps records belong to no case.
    assert left_out == {
        "cases.closure",
        "cases.contact",
        "cases.contactdetail",
        "cases.keptfor",
        # For those named on them alone, on a page of their own.
        "cases.notereader",
        "cases.restrictednote",
        # The school's: who stands in for whom, and what is reviewed.
        "cases.standin",
        "decisions.reviewsetting",
    }


def test_the_way_to_the_case_is_the_shortest_that_is_always_there():
    assert {model: path_to(model, Case) for model in (Case, Decision, DraftPage)} == {
        Case: "",
        Decision: "case",
        DraftPage: "draft__decision__case",
    }
    assert path_to(DisclosedItem, Case) == "disclosure__decision__case"
    assert path_to(AdviceRequest, Case) == "decision__case"


@pytest.mark.parametrize("who", ["dsl", "stranger", "colleague"])
def test_who_does_not_see_the_case_sees_no_history(cast, sign_in, who):
    world = make_world(
        cast, decider=cast.head, role=Role.HEAD, asked=cast.manager, keep_from=(cast.dsl,)
    )
    client = sign_in(getattr(cast, who))
    assert client.get(_url(world.case)).status_code == 404
    assert client.get(f"/decisions/{world.decision.public_id}/history/").status_code == 404


def test_an_auditor_reads_who_signed_with_no_form_on_the_page(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    page = sign_in(cast.auditor).get(f"/decisions/{version.decision.public_id}/history/")
    signed = next(c for c in page.context["changes"] if c.title == "Signed version recorded")
    assert _said(signed)["What was decided"] == ("", "Share")
    assert _said(signed)["Signed by"] == ("", "Dilys Morgan")
