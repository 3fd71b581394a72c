"""A journey as data: order, statuses, next and back all derive from it."""

from dataclasses import dataclass

import pytest

from infosharing.journeys.steps import Journey, Section, ShortPath, Status, Step, entries, status


@dataclass(frozen=True)
class Weather:
    raining: bool = False
    hurry: bool = False


def _short(weather):
    if not weather.hurry:
        return None
    return ShortPath(("leave", "door"), Section("now", "Now"), Section("rest", "Later"))


JOURNEY = Journey(
    sections=(Section("a", "Indoors"), Section("b", "Outdoors"), Section("c", "Empty")),
    steps=(
        Step("dress", "Dress", "a"),
        Step("map", "Look at the map", "a", walked=False),
        Step(
            "umbrella",
            "Umbrella",
            "a",
            applies_when=lambda weather: weather.raining,
            otherwise="Only in the rain.",
        ),
        Step("leave", "Leave", "b"),
        Step("door", "Lock the door", "b"),
    ),
    short_path=_short,
)
DRY, WET, HURRY = Weather(), Weather(raining=True), Weather(raining=True, hurry=True)


def keys(steps):
    return [step.key for step in steps]


@pytest.mark.parametrize(
    ("weather", "key", "after", "before"),
    [
        (DRY, "dress", "leave", None),
        (WET, "dress", "umbrella", None),
        (WET, "umbrella", "leave", "dress"),
        (DRY, "umbrella", "leave", "dress"),
        (DRY, "map", "leave", "dress"),
        (DRY, "door", None, "leave"),
        (HURRY, "leave", "door", None),
        (HURRY, "door", None, "leave"),
        (HURRY, "dress", "umbrella", None),
        (HURRY, "umbrella", None, "dress"),
    ],
)
def test_what_follows_and_what_was_before(weather, key, after, before):
    following, previous = JOURNEY.following(weather, key), JOURNEY.previous(weather, key)
    assert (following and following.key, previous and previous.key) == (after, before)


def test_sections_without_steps_are_left_out():
    assert [(g.section.title, keys(g.steps)) for g in JOURNEY.groups(DRY)] == [
        ("Indoors", ["dress", "map", "umbrella"]),
        ("Outdoors", ["leave", "door"]),
    ]


def test_a_short_path_comes_first_and_hides_nothing():
    assert [(g.section.title, keys(g.steps)) for g in JOURNEY.groups(HURRY)] == [
        ("Now", ["leave", "door"]),
        ("Later", ["dress", "map", "umbrella"]),
    ]


def test_the_first_step_that_is_open():
    done = {"dress"}
    assert JOURNEY.first_open(DRY, lambda step: step.key in done).key == "map"
    assert JOURNEY.first_open(HURRY, lambda step: step.key in done).key == "leave"
    assert JOURNEY.first_open(DRY, lambda step: True) is None


def test_a_key_that_is_not_there():
    with pytest.raises(KeyError):
        JOURNEY.step("swim")


@pytest.mark.parametrize(
    ("key", "weather", "saved", "wanted", "expected"),
    [
        ("dress", DRY, [], False, Status.NOT_STARTED),
        ("dress", DRY, [], True, Status.NOT_STARTED),
        ("dress", DRY, [True], False, Status.COMPLETE),
        ("dress", DRY, [True], True, Status.IN_PROGRESS),
        ("dress", DRY, [True, False], False, Status.IN_PROGRESS),
        ("umbrella", DRY, [True], False, Status.NOT_NEEDED),
        ("umbrella", DRY, [], False, Status.NOT_NEEDED),
        ("umbrella", WET, [], False, Status.NOT_STARTED),
    ],
)
def test_how_far_a_step_has_come(key, weather, saved, wanted, expected):
    assert status(JOURNEY.step(key), weather, saved, wanted=wanted) is expected


def test_a_question_that_stays_open_is_complete_once_answered_though_not_needed():
    step = Step("q", "Q", "a", applies_when=lambda _: False, stays_open=True)
    assert status(step, DRY, [True], wanted=False) is Status.COMPLETE
    assert status(step, DRY, [], wanted=False) is Status.NOT_NEEDED


def test_entries_come_in_the_order_of_their_index():
    pages = {("x", 10): {"a": ["ten"]}, ("y", 1): {}, ("x", 2): {"a": ["two"]}}
    assert entries(pages, "x") == [(2, {"a": ["two"]}), (10, {"a": ["ten"]})]
