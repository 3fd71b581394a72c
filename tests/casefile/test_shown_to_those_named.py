"""Somebody whose identity is protected is shown only to those named on their cases."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.cases.domain.ending import lift_restriction
from infosharing.cases.domain.hearing import end_protection, protect_person
from infosharing.cases.domain.opening import (
    NewPerson,
    UnableToName,
    exclude_from_case,
    join_person,
    open_case,
)
from infosharing.cases.enums import AccessKind, Part
from infosharing.cases.models import Case, Protection
from tests.decisions.afterwards import a_decision
from tests.factories import a_case, its_person

NOW = timezone.now
CHILD = NewPerson(name="Zofia Nowak", age_band="under_16")


def _case(cast, **rest):
    by = rest.pop("by", cast.dsl)
    return a_case(by=by, organisation=cast.school, people=[CHILD], **rest)


def _protect(case, by, person=None, *, named_only=True):
    return protect_person(
        case=case,
        person=person or its_person(case),
        from_whom="Her father",
        why="He is looking for her",
        named_only=named_only,
        by=by,
        at=NOW(),
    )


def _named(case):
    rows = case.access.filter(kind=AccessKind.NAMED, ended_at=None)
    return set(rows.values_list("user__username", flat=True))


def test_a_mark_alone_closes_nothing_and_with_the_tick_every_case_of_the_person(cast):
    case = _case(cast)
    zofia = its_person(case)
    other = _case(cast)
    join_person(case=other, person=zofia, part=Part.RELATIVE, by=cast.dsl, at=NOW())
    apart = _case(cast)
    _protect(case, cast.dsl, named_only=False)
    assert not Case.objects.filter(restricted=True).exists()
    _protect(case, cast.head)
    assert set(Case.objects.filter(restricted=True)) == {case, other}
    assert not Case.objects.get(pk=apart.pk).restricted
    assert _named(case) == _named(other) == {"dsl", "head"}


def test_who_closes_a_case_they_must_not_see_is_not_named_on_it(cast):
    case = _case(cast)
    other = _case(cast, by=cast.head)
    join_person(case=other, person=its_person(case), part=Part.SUBJECT, by=cast.head, at=NOW())
    exclude_from_case(case=other, user=cast.dsl, reason="About him", by=cast.head, at=NOW())
    _protect(case, cast.dsl)
    assert Case.objects.get(pk=other.pk).restricted
    assert _named(other) == {"head"}


def test_every_case_they_join_later_is_closed_as_well(cast):
    case = _case(cast)
    zofia = its_person(case)
    _protect(case, cast.dsl)
    later = _case(cast)
    join_person(case=later, person=zofia, part=Part.SUBJECT, by=cast.dsl, at=NOW())
    opened = open_case(
        organisation=cast.school, summary="x", people=[], known=[zofia], by=cast.dsl, at=NOW()
    )
    assert [Case.objects.get(pk=one.pk).restricted for one in (later, opened)] == [True, True]


def test_a_case_is_opened_again_only_after_the_mark_has_ended(cast):
    case = _case(cast)
    mark = _protect(case, cast.dsl)
    with pytest.raises(UnableToName):
        lift_restriction(case=case, reason="Over", by=cast.dsl, at=NOW())
    end_protection(case=case, protection=mark, reason="He has died", by=cast.dsl, at=NOW())
    assert Case.objects.get(pk=case.pk).restricted
    lift_restriction(case=case, reason="Over", by=cast.dsl, at=NOW())
    assert not Case.objects.get(pk=case.pk).restricted


def test_only_those_who_lead_hide_somebody_and_the_form_offers_it_to_them_alone(cast, sign_in):
    case = _case(cast, by=cast.staff)
    with pytest.raises(PermissionDenied):
        _protect(case, cast.staff)
    url = f"/cases/{case.public_id}/people/{its_person(case).public_id}/protection/new/"
    typed = {"from_whom": "Her father", "why": "Danger", "named_only": "on"}
    assert 'name="named_only"' not in sign_in(cast.staff).get(url).content.decode()
    assert 'name="named_only"' in sign_in(cast.dsl).get(url).content.decode()
    sign_in(cast.staff).post(url, typed)
    assert not Protection.objects.get().named_only
    sign_in(cast.dsl).post(url, typed)
    assert (Protection.objects.filter(named_only=True).count(), _named(case)) == (
        1,
        {"staff", "dsl"},
    )


@pytest.mark.parametrize("who", ["deputy", "head", "auditor", "stranger"])
def test_nobody_else_learns_that_there_is_such_a_person(cast, sign_in, who):
    case = _case(cast)
    a_decision(cast, case=case)
    reader = sign_in(getattr(cast, who))
    _protect(case, cast.dsl)
    for url in ("/cases/", "/requests/?stands=all", "/decisions/"):
        assert "Nowak" not in reader.get(url).content.decode()
        found = reader.post(url.split("?")[0], {"find": "Zofia"}, follow=True)
        assert found.context["count"] == 0
    absent = reader.get(f"/cases/{'A' * 22}/")
    page = reader.get(f"/cases/{case.public_id}/")
    assert (page.status_code, page.content) == (404, absent.content)


def test_who_is_named_sees_the_mark_on_the_person_and_in_the_chronology(cast, sign_in):
    case = _case(cast)
    _protect(case, cast.dsl)
    client = sign_in(cast.dsl)
    words = "Shown only to those named on the case."
    assert words in client.get(f"/cases/{case.public_id}/").content.decode()
    told = client.get(f"/cases/{case.public_id}/chronology/").content.decode()
    assert "Shown only to those named on their cases." in told
    assert "Restricted to the people named" in told
