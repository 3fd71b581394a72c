"""A day to look at something again is one that comes, and is refused beside its field."""

from datetime import timedelta

import pytest
from django.utils import timezone

from infosharing.cases.domain.opening import NewPerson
from tests.casefile.typed import asking, day, said
from tests.factories import a_case, its_person

CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")


def _today():
    return timezone.localdate()


def _days(number):
    return _today() + timedelta(days=number)


def _case(cast, people=(CHILD,)):
    return a_case(by=cast.staff, organisation=cast.school, people=people)


def _url(case, rest="", person=None):
    return f"/cases/{case.public_id}/people/{(person or its_person(case)).public_id}/consent/{rest}"


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("ask/", {"kind": "to_ask"}),
        (
            "not-asked/",
            {"words": "Unsafe", **day("happened_on", _today()), "taken_by": "Sam Okafor"},
        ),
    ],
)
def test_a_day_to_look_again_that_has_passed_is_refused_beside_it(cast, sign_in, page, sent):
    case = _case(cast)
    typed = asking() | sent if page == "ask/" else sent
    client = sign_in(cast.staff)
    answer = client.post(_url(case, page), typed | day("again_on", _days(-1)))
    assert answer.status_code == 422
    (error,) = answer.context["form"].error_summary()
    assert (error.id, error.message) == (
        "id_again_on",
        "This day has passed. Choose today or later.",
    )
    assert client.post(_url(case, page), typed | day("again_on", _today())).status_code == 302


@pytest.mark.parametrize(("until", "status"), [(9, 422), (-2, 302)])
def test_a_yes_still_holding_is_looked_at_from_today_on(cast, sign_in, until, status):
    case = _case(cast)
    typed = {
        "continuing": "yes",
        **day("said_on", _days(-30)),
        **day("review_on", _days(-3)),
        **day("until", _days(until)),
    }
    page = sign_in(cast.staff).post(f"/cases/{case.public_id}/consents/new/", said(**typed))
    assert page.status_code == status
    if status == 422:
        (error,) = page.context["form"].error_summary()
        assert error.id == "id_review_on"
