"""Words kept in an older way are made anew when the product is upgraded."""

import pytest
from django.db import connection

from decisions.finding import _matching_decisions
from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.finding import find_cases
from infosharing.search.anew import words_made_anew
from infosharing.search.folding import FOLDING
from infosharing.search.models import Word
from tests.factories import a_case, a_signed_decision


def words():
    rows = Word.objects.exclude(kind="folding").values_list("kind", "key", "word")
    return sorted((kind, key, bytes(word)) for kind, key, word in rows)


@pytest.fixture
def found(cast):
    person = NewPerson(name="Sean O’Brien", age_band="under_16")
    case = a_case(by=cast.dsl, organisation=cast.school, people=[person])
    a_signed_decision(case=case, by=cast.dsl)
    return case


def as_before(number=FOLDING - 1):
    """Leave the words as an older release left them: other ones, and its number."""
    Word.objects.filter(kind="folding").update(key=number)
    Word.objects.exclude(kind="folding").filter(word=b"obrien").delete()


def test_words_of_an_older_folding_are_made_anew_and_only_once(cast, found):
    wanted = words()
    as_before()
    assert words() != wanted
    assert not find_cases(cast.dsl, "O'Brien").exists()
    words_made_anew(connection.alias)
    assert words() == wanted
    assert list(find_cases(cast.dsl, "O'Brien")) == [found]
    assert _matching_decisions("O'Brien").exists()
    as_before(FOLDING)
    words_made_anew(connection.alias)
    assert words() != wanted


def test_a_database_without_the_number_is_made_anew(cast, found):
    wanted = words()
    as_before()
    Word.objects.filter(kind="folding").delete()
    words_made_anew(connection.alias)
    assert words() == wanted
    assert [row.key for row in Word.objects.filter(kind="folding")] == [FOLDING]


def test_what_was_broken_off_is_begun_again(cast, found, monkeypatch):
    wanted = words()
    as_before()
    with monkeypatch.context() as broken:
        broken.setattr("infosharing.search.anew.add_words", lambda texts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            words_made_anew(connection.alias)
    words_made_anew(connection.alias)
    assert words() == wanted
