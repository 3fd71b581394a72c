"""Somebody kept from a case: people × pages, and nothing of it to be learnt anywhere."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.domain import advising
from infosharing.accounts.roles import Role
from infosharing.cases.domain.opening import exclude_from_case, restrict_case
from infosharing.cases.models import Case, CaseAccess
from tests.access.world import make_world
from tests.factories import a_case, a_draft

LISTS = [
    "casefile:home",
    "casefile:cases",
    "casefile:case-new",
    "decisions:requests",
    "decisions:request-new",
    "decisions:decisions",
    "decisions:advice-list",
]
NOW = timezone.now


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _text(page):
    return " ".join(page.content.decode().split())


def _looks(page):
    """What a page says, without what differs from one showing to the next."""
    body = re.sub(rb'name="(csrfmiddlewaretoken|sent)" value="[^"]*"', b"", page.content)
    return page.status_code, re.sub(rb'value="[A-Za-z0-9_:-]{22,}"', b"", body)


def _pages(client):
    found = {name: _looks(client.get(reverse(name))) for name in LISTS}
    for words in ("Ife", "Adeyemi", "ife adeyemi"):
        found[words] = _looks(client.post(reverse("casefile:cases"), {"find": words}))
    return found


@pytest.mark.parametrize("who", ["dsl", "deputy", "head", "dpl", "auditor", "colleague"])
def test_what_is_kept_from_somebody_leaves_every_list_as_if_it_were_not_there(cast, sign_in, who):
    user = getattr(cast, who)
    before = _pages(sign_in(user))
    decider = cast.head if who != "head" else cast.dsl
    role = Role.HEAD if who != "head" else Role.DSL
    world = make_world(cast, decider=decider, role=role, asked=cast.manager, keep_from=(user,))
    draft = a_draft(case=world.case, by=cast.staff)
    world.kept.delete()  # the colleague's own, and of no case
    assert world.case.access.filter(user=user, kind="excluded").exists()
    assert _pages(sign_in(user)) == before
    page = sign_in(user).post(reverse("casefile:cases"), {"find": world.case.reference})
    assert world.case.public_id not in page.content.decode()
    assert draft.public_id not in page.content.decode()


def test_a_question_put_to_somebody_goes_when_they_are_kept_from_the_case(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    draft = a_draft(case=case, by=cast.staff)
    before = _pages(sign_in(cast.deputy))
    exclude_from_case(case=case, user=cast.deputy, reason="x", by=cast.staff, at=NOW())
    without = _pages(sign_in(cast.deputy))
    advising.ask_for_advice(
        decision=draft.decision,
        asked_of=cast.manager,
        question="May I?",
        anonymous=True,
        by=cast.staff,
        at=NOW(),
    )
    assert _pages(sign_in(cast.deputy)) == without != before


def test_an_allegation_about_the_dsl_is_kept_from_her_before_its_first_page_is_saved(cast, sign_in):
    typed = {
        "name": "Ife Adeyemi",
        "age": "under_16",
        "summary": "A parent says the DSL grabbed a pupil",
        "keep_from": [cast.dsl.public_id],
    }
    page = sign_in(cast.staff).post(reverse("casefile:case-new"), typed)
    assert page.status_code == 302, _text(page)
    case = Case.objects.get()
    [kept] = CaseAccess.objects.filter(kind="excluded")
    assert (kept.user, kept.given_at) == (cast.dsl, case.opened_at)
    assert sign_in(cast.dsl).get(_url(case)).status_code == 404


def test_keeping_everybody_who_leads_away_is_refused_with_what_to_do(cast, sign_in):
    leads = [cast.dsl, cast.deputy, cast.head, cast.dpl]
    typed = {
        "name": "Ife Adeyemi",
        "age": "under_16",
        "summary": "Typed so",
        "keep_from": [user.public_id for user in leads],
    }
    page = sign_in(cast.staff).post(reverse("casefile:case-new"), typed)
    assert page.status_code == 422
    assert "One of them has to see it" in _text(page)
    assert "Typed so" in _text(page)
    assert not Case.objects.exists()


class TestPages:
    def _end(self, cast, case, user):
        access = case.access.get(user=user, ended_at=None)
        return _url(case, f"access/{access.public_id}/end/")

    def test_a_naming_is_ended_with_a_reason_that_is_seen_afterwards(self, cast, sign_in):
        case = a_case(by=cast.staff, organisation=cast.school)
        client = sign_in(cast.dsl)
        url = self._end(cast, case, cast.staff)
        assert url in client.get(_url(case, "access/")).content.decode()
        wrong = client.post(url, {"reason": " "})
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["reason"])
        assert client.post(url, {"reason": "Moved to another school"}).status_code == 302
        assert "Ended: Moved to another school" in _text(client.get(_url(case, "access/")))
        assert "No longer named on the case" in _text(client.get(_url(case, "chronology/")))
        assert sign_in(cast.staff).get(_url(case)).status_code == 404

    def test_who_ends_their_own_naming_and_sees_it_no_more_is_led_to_the_list(self, cast, sign_in):
        case = a_case(by=cast.staff, organisation=cast.school)
        gone = sign_in(cast.staff).post(self._end(cast, case, cast.staff), {"reason": "Not mine"})
        assert gone.headers["Location"] == "/cases/"

    def test_the_last_lead_is_told_plainly_what_to_do_first(self, cast, sign_in):
        case = a_case(by=cast.staff, organisation=cast.school)
        restrict_case(case=case, by=cast.dsl, at=NOW())
        page = sign_in(cast.dsl).post(self._end(cast, case, cast.dsl), {"reason": "Kept so"})
        assert page.status_code == 422
        assert "Bring another lead in first" in _text(page)
        assert "Kept so" in _text(page)

    def test_a_case_is_opened_again_and_the_chronology_says_by_whom_and_why(self, cast, sign_in):
        case = a_case(by=cast.staff, organisation=cast.school)
        restrict_case(case=case, reason="A colleague", by=cast.dsl, at=NOW())
        client, url = sign_in(cast.dsl), _url(case, "access/open-up/")
        assert url in client.get(_url(case, "access/")).content.decode()
        wrong = client.post(url, {})
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["sure", "reason"])
        client.post(url, {"sure": "on", "reason": "Nothing in it"})
        told = _text(client.get(_url(case, "chronology/")))
        for words in ("Restricted to the people named", "Opened again to those who lead"):
            assert words in told
        assert "Nothing in it" in told
        assert sign_in(cast.head).get(_url(case)).status_code == 200

    def test_only_those_who_lead_open_it_again(self, cast, sign_in):
        case = a_case(by=cast.staff, organisation=cast.school)
        restrict_case(case=case, by=cast.dsl, at=NOW())
        url = _url(case, "access/open-up/")
        statuses = {
            name: sign_in(user).get(url).status_code for name, user in cast.everybody().items()
        }
        assert {name for name, status in statuses.items() if status == 200} == {"dsl"}
        assert statuses["staff"] == 403
        assert statuses["head"] == 404

    def test_another_cases_naming_is_not_ended_through_this_one(self, cast, sign_in):
        case, other = (a_case(by=cast.staff, organisation=cast.school) for _ in range(2))
        foreign = other.access.get(user=cast.staff)
        url = _url(case, f"access/{foreign.public_id}/end/")
        client = sign_in(cast.dsl)
        assert client.post(url, {"reason": "x"}).status_code == 404
        absent = _url(case, f"access/{'A' * 22}/end/")
        assert _looks(client.get(url)) == _looks(client.get(absent))
        foreign.refresh_from_db()
        assert foreign.ended_at is None

    def test_somebody_who_is_only_named_learns_of_nobody_kept_from_it_by_trying(
        self, cast, sign_in
    ):
        case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.deputy])
        restrict_case(case=case, by=cast.dsl, at=NOW())
        client = sign_in(cast.staff)
        there = client.get(self._end(cast, case, cast.deputy))
        absent = client.get(_url(case, f"access/{'A' * 22}/end/"))
        assert there.status_code == 403
        assert _looks(there) == _looks(absent)

    def test_the_page_says_when_nobody_who_leads_sees_the_case(self, cast, sign_in):
        for user in (cast.deputy, cast.head, cast.dpl):
            user.memberships.all().delete()
        case = a_case(by=cast.staff, organisation=cast.school, keep_from=[cast.dsl])
        page = sign_in(cast.staff).get(_url(case, "access/"))
        assert "Nobody who leads on safeguarding here sees this case" in _text(page)
