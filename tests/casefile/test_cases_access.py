"""Who sees a case: naming a colleague, keeping somebody from it, restricting it."""

import pytest
from django.utils import timezone

from infosharing.cases.domain.opening import NewPerson, exclude_from_case, restrict_case
from infosharing.cases.models import CaseAccess
from tests.factories import a_case

NOW = timezone.now
CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")


def _case(cast):
    return a_case(by=cast.staff, organisation=cast.school, people=[CHILD])


def _url(case, rest=""):
    return f"/cases/{case.public_id}/{rest}"


def _text(page):
    return " ".join(page.content.decode().split())


def _access(case, user):
    return sorted(
        CaseAccess.objects.filter(case=case, user=user, ended_at=None).values_list(
            "kind", flat=True
        )
    )


def test_a_colleague_is_brought_in_with_a_reason(cast, sign_in):
    case = _case(cast)
    url = _url(case, "access/")
    typed = {"do": "name", "name-user": cast.colleague.public_id, "name-reason": "Her form tutor"}
    assert sign_in(cast.staff).post(url, typed).headers["Location"] == url
    assert _access(case, cast.colleague) == ["named"]
    assert sign_in(cast.colleague).get(_url(case)).status_code == 200


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("colleague", "Priya Nair can work on this case now."),
        ("auditor", "Aisha Rahman can read this case now."),
    ],
)
def test_whoever_names_somebody_is_told_what_they_can_do_now(cast, sign_in, person, told):
    case = _case(cast)
    user = getattr(cast, person)
    typed = {"do": "name", "name-user": user.public_id, "name-reason": "The inspection"}
    assert told in _text(sign_in(cast.dsl).post(_url(case, "access/"), typed, follow=True))


def test_somebody_is_kept_from_it_with_a_reason_and_finds_it_no_more(cast, sign_in):
    case = _case(cast)
    typed = {"do": "keep", "keep-user": cast.dsl.public_id, "keep-reason": "It is about her"}
    sign_in(cast.staff).post(_url(case, "access/"), typed)
    assert _access(case, cast.dsl) == ["excluded"]
    assert sign_in(cast.dsl).get(_url(case)).status_code == 404


def test_a_case_is_restricted_by_somebody_who_leads_with_a_reason(cast, sign_in):
    case = _case(cast)
    client, url = sign_in(cast.dsl), _url(case, "access/")
    wrong = client.post(url, {"do": "restrict"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["sure", "reason"])
    client.post(url, {"do": "restrict", "restrict-sure": "on", "restrict-reason": "A colleague"})
    case.refresh_from_db()
    assert case.restricted
    assert _access(case, cast.dsl) == ["named"]
    assert [sign_in(user).get(_url(case)).status_code for user in (cast.head, cast.staff)] == [
        404,
        200,
    ]
    assert case.history.order_by("-history_id")[0].history_change_reason == "A colleague"


def test_a_practitioner_cannot_restrict_a_case_so_that_nobody_who_leads_sees_it(cast, sign_in):
    case = _case(cast)
    client, url = sign_in(cast.staff), _url(case, "access/")
    assert "Restrict it" not in _text(client.get(url))
    typed = {"do": "restrict", "restrict-sure": "on", "restrict-reason": "Mine"}
    page = client.post(url, typed)
    assert page.status_code == 403
    assert "Only a safeguarding lead" in _text(page)
    case.refresh_from_db()
    assert not case.restricted


def test_in_a_restricted_case_a_practitioner_names_nobody_and_learns_of_nobody(cast, sign_in):
    case = _case(cast)
    exclude_from_case(case=case, user=cast.deputy, reason="About him", by=cast.staff, at=NOW())
    restrict_case(case=case, by=cast.dsl, at=NOW())
    client, url = sign_in(cast.staff), _url(case, "access/")
    page = client.get(url)
    assert page.status_code == 200
    assert "Tomasz" not in _text(page)
    assert "<form" not in page.content.decode().split('id="main"')[1]
    typed = {"do": "name", "name-user": cast.colleague.public_id, "name-reason": "x"}
    assert client.post(url, typed).status_code == 403
    assert _access(case, cast.colleague) == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"do": "name"}, ["user", "reason"]),
        ({"do": "keep", "keep-user": "nobody", "keep-reason": "Kept so"}, ["user"]),
        ({"do": "keep", "keep-reason": "nul \x00 Kept so"}, ["user", "reason"]),
    ],
)
def test_an_access_form_that_is_wrong_is_shown_again_with_ids_of_its_own(
    cast, sign_in, typed, wrong
):
    page = sign_in(cast.staff).post(_url(_case(cast), "access/"), typed)
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, sorted(wrong))
    for item in page.context["form"].error_summary():
        assert page.content.count(f'id="{item.id}"'.encode()) == 1
    assert ("Kept so" in _text(page)) is ("Kept so" in str(typed))


def test_nobody_is_named_twice_nor_after_being_kept_from_it(cast, sign_in):
    case = _case(cast)
    exclude_from_case(case=case, user=cast.dsl, reason="About her", by=cast.staff, at=NOW())
    form = sign_in(cast.staff).get(_url(case, "access/")).context["forms"]["name"]
    offered = {value for value, _ in form.fields["user"].choices}
    assert cast.dsl.public_id not in offered
    assert cast.staff.public_id not in offered


def test_a_form_that_does_not_say_what_to_do_is_refused(cast, sign_in):
    assert sign_in(cast.staff).post(_url(_case(cast), "access/"), {}).status_code == 400
