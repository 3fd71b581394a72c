"""A caller who is not who they said is refused on one page, once (guide.md section 2, rule 1)."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from decisions.domain import refusing
from decisions.domain.requesting import Identity
from decisions.models import Decision, Request, SignedVersion
from decisions.policies import AlreadySigned, StillIncomplete
from infosharing.accounts.roles import Role
from infosharing.cases.models import Case
from tests.factories import a_case, a_draft, a_request, a_signed_decision, save

FAILED = Identity(
    identity="failed", identity_how="called_back", identity_note="The police do not know of it."
)
CHECK = {
    "identity_how": "called_back",
    "identity_note": "The police do not know of it.",
    "reasons": "They are not the police.",
}
NEW = CHECK | {
    "channel": "telephone",
    "requester_kind": "police",
    "requester_name": "PC Smith",
    "name": "Ife Adeyemi",
    "age": "under_16",
    "asked_for": "Where she is, to bring her home",
}


def day(when):
    return {
        "happened_on_day": when.day,
        "happened_on_month": when.month,
        "happened_on_year": when.year,
    }


def unchecked(cast, by=None, **rest):
    person = by or cast.staff
    case = a_case(by=person, organisation=cast.school)
    return a_request(case=case, by=person, received=True, identity="not_verified", **rest)


def refusal(role=Role.PRACTITIONER, identity=FAILED):
    return refusing.Refusal(reasons="They are not the police.", role=role, identity=identity)


def refuse(request, by, **rest):
    return refusing.refuse_requester(
        request=request, refusal=refusal(**rest), by=by, at=timezone.now()
    )


def url(request):
    return f"/requests/{request.public_id}/refuse/"


# The act


def test_the_failed_check_and_the_signed_refusal_are_one(cast):
    request = unchecked(cast)
    version = refuse(request, cast.staff)
    request.refresh_from_db()
    body = json.loads(version.body)
    assert (version.outcome, version.kind) == ("do_not_share", "decision")
    assert (request.identity, request.identity_checked_by) == ("failed", cast.staff)
    assert body["guidance"]["because"][0] == "2.1"
    assert (body["guidance"]["missing"], body["guidance"]["to_write_up"]) == ([], [])
    assert version.decision.write_up_due is None


def test_a_draft_somebody_began_is_signed_and_what_it_said_stays_in_its_history(cast):
    request = unchecked(cast)
    draft = a_draft(case=request.case, by=cast.dsl, request=request)
    save(draft, cast.dsl, {("outcome", 0): {"outcome": ["share"], "reasons": ["Half a thought"]}})
    version = refuse(request, cast.staff)
    assert version.draft == draft
    said = [row.typed for row in draft.pages.get(page="outcome").history.all()]
    assert {"outcome": ["share"], "reasons": ["Half a thought"]} in said


def test_a_refusal_without_a_failed_check_is_not_signed_on_this_page(cast):
    with pytest.raises(StillIncomplete):
        refuse(unchecked(cast), cast.staff, identity=None)
    assert SignedVersion.objects.count() == 0


def test_what_is_decided_is_not_refused_again(cast):
    request = unchecked(cast)
    version = refuse(request, cast.staff)
    with pytest.raises(AlreadySigned) as signed:
        refuse(request, cast.staff)
    assert signed.value.version == version


def test_nobody_is_refused_where_nobody_asked_or_by_somebody_who_only_reads(cast):
    own = a_request(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    with pytest.raises(refusing.NobodyToRefuse):
        refuse(own, cast.staff)
    with pytest.raises(PermissionDenied):
        refuse(unchecked(cast), cast.auditor)
    with pytest.raises(PermissionDenied):
        refuse(unchecked(cast), cast.staff, role=Role.DSL)
    assert SignedVersion.objects.count() == 0


def test_the_record_says_only_what_somebody_was_asked(cast):
    version = refuse(unchecked(cast, crime_investigation=None), cast.staff)
    sections = json.loads(version.body)["sections"]
    assert [one["title"] for one in sections] == [
        "The request",
        "Whom the information is about",
        "The decision",
        "What the guide suggested",
    ]
    rows = [row for one in sections for row in one["rows"]]
    assert {row["label"] for row in rows} & {"To prevent or detect a crime", "Legal power"} == set()
    assert not any(row["value"] in ("No", "Not answered") for row in rows)


def test_what_was_asked_of_a_requester_stands_in_the_record_of_the_refusal(cast):
    version = refuse(unchecked(cast, crime_investigation=True), cast.staff)
    rows = [row for one in json.loads(version.body)["sections"] for row in one["rows"]]
    assert [row["value"] for row in rows if row["label"] == "To prevent or detect a crime"] == [
        "Yes"
    ]


def test_what_was_typed_before_stands_in_the_record_of_the_refusal(cast):
    request = unchecked(cast)
    draft = a_draft(case=request.case, by=cast.dsl, request=request)
    save(draft, cast.dsl, {("danger", 0): {"answer_immediate_danger": ["no"]}})
    codes = [one["code"] for one in json.loads(refuse(request, cast.staff).body)["sections"]]
    assert codes == ["request", "people", "danger", "outcome", "guide"]


def test_nobody_is_known_personally_who_is_not_who_they_said(cast, sign_in):
    request = unchecked(cast)
    form = sign_in(cast.staff).get(url(request)).context["form"]
    words = dict(form.fields["identity_how"].choices)
    assert words["known_to_us"] == "Somebody here knows the real person, and it was not them"
    identity = Identity(identity="failed", identity_how="known_to_us", identity_note="Not her.")
    version = refuse(request, cast.staff, identity=identity)
    page = sign_in(cast.staff).get(f"/decisions/{version.decision.public_id}/")
    assert "Known to us personally" not in page.content.decode()
    page = sign_in(cast.staff).get(f"/requests/{request.public_id}/")
    assert words["known_to_us"] in page.content.decode()


# The page of a recorded request


def test_one_page_refuses_and_a_second_click_leads_to_the_same(cast, sign_in):
    request = unchecked(cast)
    client = sign_in(cast.staff)
    first = client.post(url(request), CHECK)
    second = client.post(url(request), CHECK)
    decision = Decision.objects.get()
    assert first.url == second.url == reverse("decisions:decision", args=[decision.public_id])
    assert SignedVersion.objects.count() == 1


def test_where_the_check_has_failed_already_one_sentence_is_enough(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    request = a_request(case=case, by=cast.staff, received=True, identity="failed")
    client = sign_in(cast.staff)
    assert list(client.get(url(request)).context["form"].fields) == ["reasons"]
    assert client.post(url(request), {"reasons": "Not the police."}).status_code == 302
    assert Decision.objects.get().outcome == "do_not_share"


@pytest.mark.parametrize("missing", sorted(CHECK))
def test_what_is_missing_is_said_beside_it_and_the_rest_stays(cast, sign_in, missing):
    request = unchecked(cast)
    response = sign_in(cast.staff).post(url(request), CHECK | {missing: " "})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [missing])
    for name in ({"identity_note", "reasons"}) - {missing}:
        assert CHECK[name] in response.content.decode()
    request.refresh_from_db()
    assert (request.identity, SignedVersion.objects.count()) == ("not_verified", 0)


def test_it_is_reached_from_the_request_the_check_and_the_start(cast, sign_in):
    request = unchecked(cast)
    client = sign_in(cast.staff)
    for path in (f"/requests/{request.public_id}/", f"/requests/{request.public_id}/identity/"):
        assert url(request) in client.get(path).content.decode()
    assert "/requests/refuse/" in client.get("/requests/new/").content.decode()
    page = client.get(url(request)).content.decode()
    assert f"/cases/{request.case.public_id}/requests/new/?origin=own_initiative" in page


def test_our_own_initiative_and_a_decided_request_lead_back(cast, sign_in):
    own = a_request(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    client = sign_in(cast.staff)
    assert client.get(url(own)).url == f"/requests/{own.public_id}/"
    signed = a_signed_decision(
        case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl, received=True
    )
    led = sign_in(cast.dsl).post(url(signed.decision.request), CHECK)
    assert led.url == f"/decisions/{signed.decision.public_id}/"


# Somebody new


def test_a_call_not_recorded_yet_is_recorded_and_refused_on_one_page(cast, sign_in):
    response = sign_in(cast.staff).post("/requests/refuse/", NEW | day(timezone.localdate()))
    decision = Decision.objects.get()
    assert response.url == f"/decisions/{decision.public_id}/"
    request = Request.objects.get()
    assert (request.identity, request.requester_name) == ("failed", "PC Smith")
    assert (decision.outcome, decision.request) == ("do_not_share", request)
    assert [part.person.name for part in decision.case.parts.all()] == ["Ife Adeyemi"]


def test_sent_twice_it_is_one_refusal(cast, sign_in):
    client = sign_in(cast.staff)
    typed = NEW | day(timezone.localdate()) | {"once": "A" * 22}
    first, second = client.post("/requests/refuse/", typed), client.post("/requests/refuse/", typed)
    assert first.url == second.url
    assert (Case.objects.count(), SignedVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({name: ""}, name)
        for name in (
            *("channel", "requester_kind", "requester_name", "name", "age", "asked_for"),
            *("identity_how", "identity_note", "reasons"),
        )
    ],
)
def test_nothing_is_recorded_while_something_is_missing(cast, sign_in, changes, field):
    typed = NEW | day(timezone.localdate()) | changes
    response = sign_in(cast.staff).post("/requests/refuse/", typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Case.objects.count() == 0


def test_a_day_that_has_not_come_is_refused(cast, sign_in):
    ahead = timezone.localdate() + timedelta(days=2)
    response = sign_in(cast.staff).post("/requests/refuse/", NEW | day(ahead))
    assert list(response.context["form"].errors) == ["happened_on"]
    assert Case.objects.count() == 0


def test_it_joins_a_case_at_hand_but_none_one_may_not_see(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    hidden = a_case(by=cast.dsl, organisation=cast.school)
    client = sign_in(cast.staff)
    typed = NEW | day(timezone.localdate())
    refused = client.post("/requests/refuse/", typed | {"who": hidden.public_id})
    assert refused.status_code == 422
    assert client.post("/requests/refuse/", typed | {"who": case.public_id}).status_code == 302
    assert Decision.objects.get().case == case
