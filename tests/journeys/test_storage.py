"""What travels in the page comes back unchanged, for the same person, for a short time."""

import pytest
import time_machine

from infosharing.journeys.storage import PageStorage, Saved, TooLong, Unreadable

TYPED = {"what": ["Zoë’s attendance\nthis term"], "boxes": ["a", "b"]}


def kept():
    storage = PageStorage("salt")
    storage.save("item", 1, TYPED)
    return storage


def test_what_was_typed_comes_back():
    again = PageStorage.read(kept().token(), "salt")
    assert again.pages() == {("item", 1): TYPED}
    assert again.page("item", 1) == Saved(TYPED)
    assert again.page("item", 2) is None


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "A" + t, lambda t: "", lambda t: t.replace(":", "", 1)]
)
def test_a_changed_text_is_refused(spoil):
    with pytest.raises(Unreadable):
        PageStorage.read(spoil(kept().token()), "salt")


def test_somebody_elses_text_is_refused():
    with pytest.raises(Unreadable):
        PageStorage.read(kept().token(), "another salt")


def test_an_old_text_is_refused():
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        token = kept().token()
    with time_machine.travel("2026-11-20T13:59:00Z", tick=False):
        assert PageStorage.read(token, "salt").pages() == {("item", 1): TYPED}
    with time_machine.travel("2026-11-20T14:00:01Z", tick=False), pytest.raises(Unreadable):
        PageStorage.read(token, "salt")


def test_too_much_text_is_refused_and_what_was_there_stays(monkeypatch):
    monkeypatch.setattr(PageStorage, "LIMIT", 400)
    storage = PageStorage("salt")
    storage.save("note", 0, {"a": ["short"]})
    letters = "".join(chr(0x4E00 + number) for number in range(500))
    with pytest.raises(TooLong):
        storage.save("note", 0, {"a": [letters]})
    assert storage.pages() == {("note", 0): {"a": ["short"]}}


def test_a_text_over_the_limit_is_not_even_looked_at(monkeypatch):
    token = kept().token()
    monkeypatch.setattr(PageStorage, "LIMIT", len(token) - 1)
    with pytest.raises(Unreadable):
        PageStorage.read(token, "salt")


def test_entries_are_taken_away_and_their_index_is_free_again():
    storage = kept()
    assert storage.next_index("item") == 2
    storage.save("item", 2, TYPED)
    storage.remove("item", 1)
    assert storage.next_index("item") == 1
    assert list(storage.pages()) == [("item", 2)]
