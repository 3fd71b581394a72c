"""Drafts: kept as typed, page by page; nothing lost, nothing overwritten unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import policies
from decisions.domain import drafting
from decisions.models import Draft, DraftPage
from infosharing.audit.models import Entry
from infosharing.cases.domain.opening import name_on_case
from tests.factories import a_case, a_draft, a_request, a_signed_decision, save


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school)


@pytest.fixture
def draft(case, cast):
    return a_draft(case=case, by=cast.staff)


def put(draft, by, typed, version, page="purpose", index=0):
    return drafting.save_page(
        draft=draft,
        page=page,
        index=index,
        typed=typed,
        version=version,
        by=by,
        at=timezone.now(),
    )


def test_a_page_is_kept_as_typed_valid_or_not(draft, cast):
    typed = {"answer_purpose": ["rubbish"], "note_purpose": ["  as typed \n  ä 🙂 "]}
    row = put(draft, cast.staff, typed, 0)
    row.refresh_from_db()
    assert (row.typed, row.version, row.saved_by) == (typed, 1, cast.staff)


def test_a_save_writes_one_history_row_and_one_entry(draft, cast):
    before = Entry.objects.count()
    row = put(draft, cast.staff, {"answer_purpose": ["yes"]}, 0)
    put(draft, cast.staff, {"answer_purpose": ["no"]}, 1)
    assert [entry.typed for entry in row.history.order_by("history_id")] == [
        {"answer_purpose": ["yes"]},
        {"answer_purpose": ["no"]},
    ]
    assert Entry.objects.count() == before + 2


def test_history_names_who_saved_from_the_act(draft, cast, case):
    name_on_case(
        case=case, user=cast.colleague, reason="Works on it", by=cast.staff, at=timezone.now()
    )
    row = put(draft, cast.staff, {"answer_purpose": ["yes"]}, 0)
    put(draft, cast.colleague, {"answer_purpose": ["no"]}, 1)
    actors = list(row.history.order_by("history_id").values_list("history_actor", flat=True))
    assert actors == [cast.staff.public_id, cast.colleague.public_id]


def test_two_tabs_conflict_and_nothing_is_overwritten(draft, cast):
    put(draft, cast.staff, {"note_purpose": ["first tab"]}, 0)
    with pytest.raises(drafting.PageChanged) as caught:
        put(draft, cast.staff, {"note_purpose": ["second tab"]}, 0)
    assert caught.value.current.typed == {"note_purpose": ["first tab"]}
    assert DraftPage.objects.get(draft=draft, page="purpose").typed == {
        "note_purpose": ["first tab"]
    }


def test_the_same_text_posted_twice_is_no_conflict(draft, cast):
    put(draft, cast.staff, {"note_purpose": ["once"]}, 0)
    row = put(draft, cast.staff, {"note_purpose": ["once"]}, 0)
    assert row.typed == {"note_purpose": ["once"]}


def test_an_entry_taken_off_stays_in_the_history(draft, cast):
    row = put(draft, cast.staff, {"what": ["Notes"]}, 0, page="item", index=1)
    drafting.remove_entry(
        draft=draft, page="item", index=1, version=1, by=cast.staff, at=timezone.now()
    )
    row.refresh_from_db()
    assert (row.removed, row.typed) == (True, {"what": ["Notes"]})
    assert drafting.next_index(draft, "item") == 2


def test_removing_what_somebody_changed_is_a_conflict(draft, cast):
    put(draft, cast.staff, {"what": ["Notes"]}, 0, page="item", index=1)
    put(draft, cast.staff, {"what": ["Other notes"]}, 1, page="item", index=1)
    with pytest.raises(drafting.PageChanged):
        drafting.remove_entry(
            draft=draft, page="item", index=1, version=1, by=cast.staff, at=timezone.now()
        )


def test_editors_are_remembered_once(draft, cast):
    put(draft, cast.dsl, {"note_purpose": ["a"]}, 0)
    put(draft, cast.dsl, {"note_purpose": ["b"]}, 1)
    assert list(draft.editors.order_by("id").values_list("user__username", flat=True)) == [
        "staff",
        "dsl",
    ]


@pytest.mark.parametrize("name", ["auditor", "admin", "stranger"])
def test_those_without_a_recording_role_here_change_nothing(name, draft, cast):
    with pytest.raises(PermissionDenied):
        put(draft, getattr(cast, name), {"note_purpose": ["x"]}, 0)
    assert not DraftPage.objects.exists()


def test_a_request_is_decided_in_one_thread(case, cast):
    request = a_request(case=case, by=cast.staff)
    first = drafting.start_decision(request=request, by=cast.staff, at=timezone.now())
    with pytest.raises(drafting.AlreadyStarted) as caught:
        drafting.start_decision(request=request, by=cast.dsl, at=timezone.now())
    assert caught.value.draft == first


def test_what_is_signed_cannot_be_edited(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    with pytest.raises(policies.AlreadySigned) as caught:
        put(version.draft, cast.dsl, {"note_purpose": ["later"]}, 1)
    assert caught.value.version == version


def test_an_amendment_starts_from_what_was_signed_and_leaves_it_as_it_was(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    version = a_signed_decision(case=case, by=cast.dsl)
    body = version.body
    draft = drafting.start_amendment(
        decision=version.decision, reason="A second bruise", by=cast.dsl, at=timezone.now()
    )
    kept = {(p.page, p.index): p.typed for p in version.draft.pages.all()}
    assert {(p.page, p.index): p.typed for p in draft.pages.all()} == kept
    put(draft, cast.dsl, {"answer_purpose": ["yes"], "note_purpose": ["new"]}, 1)
    version.refresh_from_db()
    assert version.body == body
    with pytest.raises(drafting.UnableToAmend):
        drafting.start_amendment(
            decision=version.decision, reason="again", by=cast.dsl, at=timezone.now()
        )
    assert Draft.objects.filter(decision=version.decision, closed_at=None).count() == 1


def test_pages_of_another_draft_are_untouched(draft, cast):
    other = a_draft(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    save(other, cast.staff, {("purpose", 0): {"note_purpose": ["other"]}})
    put(draft, cast.staff, {"note_purpose": ["mine"]}, 0)
    assert other.pages.get().typed == {"note_purpose": ["other"]}
