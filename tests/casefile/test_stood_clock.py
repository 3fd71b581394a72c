"""A case as it stood at a time by the clock: to the end of its minute, and when clocks change."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from infosharing.casefile.forms.moments import MomentForm
from infosharing.cases.domain.knowing import change_person
from infosharing.cases.domain.opening import NewPerson
from tests.casefile.at_home import text_of
from tests.factories import a_case, its_person

NOW = datetime(2026, 11, 22, 19, 30, 40, tzinfo=UTC)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def typed(day, time):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year, "time": time}


def meant(day, time="", now=NOW):
    form = MomentForm(typed(day, time), now=now)
    return form.cleaned_data["moment"] if form.is_valid() else dict(form.errors)


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        (date(2026, 3, 1), "9am", "2026-03-01 09:00:59.999999"),
        (date(2026, 7, 1), "9am", "2026-07-01 08:00:59.999999"),
        (date(2026, 7, 1), "", "2026-07-01 22:59:59.999999"),
        (date(2026, 7, 1), "midnight", "2026-06-30 23:00:59.999999"),
        # The clocks jump from 1am to 2am.
        (FORWARD, "0:59", "2026-03-29 00:59:59.999999"),
        (FORWARD, "2am", "2026-03-29 01:00:59.999999"),
        # 1am to 1:59am comes twice, and the second is meant.
        (BACK, "0:59", "2026-10-24 23:59:59.999999"),
        (BACK, "1am", "2026-10-25 01:00:59.999999"),
        (BACK, "1:30", "2026-10-25 01:30:59.999999"),
        (BACK, "2am", "2026-10-25 02:00:59.999999"),
        (BACK, "", "2026-10-25 23:59:59.999999"),
        # Today: the running minute and the end of the day are now.
        (NOW.date(), "19:29", "2026-11-22 19:29:59.999999"),
        (NOW.date(), "19:30", "2026-11-22 19:30:40"),
        (NOW.date(), "", "2026-11-22 19:30:40"),
    ],
)
def test_a_time_means_the_end_of_its_minute_in_london(day, time, moment):
    assert meant(day, time) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_in_the_first_of_two_hours_the_second_has_not_come():
    first = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    assert meant(BACK, "1:30", now=first) == first
    assert list(meant(BACK, "1:41", now=first)) == ["time"]


@pytest.mark.parametrize("time", ["1am", "1:30am", "01:59"])
def test_a_time_that_the_clocks_jumped_over_is_refused_beside_it(time):
    [words] = meant(FORWARD, time)["time"]
    assert words.startswith("There is no 1")
    assert "the clocks jump from 1am to 2am. Enter a time before 1am, or 2am or later" in words


@pytest.mark.parametrize("time", ["19:31", "23:59"])
def test_a_time_of_today_that_has_not_come_is_refused_beside_it(time):
    [words] = meant(NOW.date(), time)["time"]
    assert "has not come yet" in words


def renamed_in_the_night(cast):
    case = a_case(
        by=cast.dsl, organisation=cast.school, at=datetime(2026, 3, 1, 9, 0, 20, tzinfo=UTC)
    )
    for name, at in (
        ("Ada First", datetime(2026, 10, 25, 0, 30, 30, tzinfo=UTC)),
        ("Bea Second", datetime(2026, 10, 25, 1, 30, 30, tzinfo=UTC)),
    ):
        details = NewPerson(name=name, age_band="under_16")
        change_person(
            case=case, person=its_person(case), details=details, reason="-", by=cast.dsl, at=at
        )
    return case


def test_the_page_says_which_time_it_is_and_what_a_time_means(cast, sign_in):
    case = renamed_in_the_night(cast)
    client = sign_in(cast.dsl)

    def stood(day, time):
        return client.get(f"/cases/{case.public_id}/as-it-stood/", typed(day, time))

    # Opened twenty seconds past nine, which every page calls 9am.
    opened = text_of(stood(date(2026, 3, 1), "9am"))
    assert "Ife Adeyemi" in opened
    assert "everything recorded by the end of that minute" in opened
    assert "Nothing was on record" in text_of(stood(date(2026, 3, 1), "8:59"))

    twice = text_of(stood(BACK, "1:30am"))
    assert "Bea Second" in twice
    assert "As it stood on 25 October 2026 at 1:30am Greenwich Mean Time" in twice
    assert "so 1:30am came twice: this is the second time" in twice
    assert "came twice" not in text_of(stood(BACK, "2am"))

    never = stood(FORWARD, "1:30am")
    assert never.status_code == 422
    assert "There is no 1:30am on this day" in text_of(never)
    assert 'href="#id_time"' in never.content.decode()
    assert "Ife" not in text_of(never)


def test_while_the_hour_runs_for_the_first_time_the_page_says_so(cast, sign_in):
    with time_machine.travel(datetime(2026, 10, 25, 0, 31, tzinfo=UTC), tick=False):
        case = a_case(by=cast.dsl, organisation=cast.school)
        page = sign_in(cast.dsl).get(f"/cases/{case.public_id}/as-it-stood/", typed(BACK, "1:31am"))
    assert "1:31am British Summer Time" in text_of(page)
    assert "this is the first time" in text_of(page)
