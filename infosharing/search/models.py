"""Words to find objects by, and searches that somebody has made or saved."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from infosharing.accounts.models import User
from infosharing.identifiers import Identified
from infosharing.search.folding import kept_words

Texts = Mapping[tuple[str, int], Iterable[str]]


class Word(models.Model):
    """One word by which one object is found; ``kind`` says where it stands, such as ``person``.

    Bytes, as both databases compare bytes alike and by index, whatever language they are set to.
    """

    kind = models.CharField(max_length=12)
    word = models.BinaryField()
    key = models.BigIntegerField("key of what is found by it")

    unprotected_because = "made from the record, which is protected; can be made again from it"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "word", "key"], name="search_word_once"),
        ]
        # With the word, so that what stands in one object is read from the index alone.
        indexes = [models.Index(fields=["kind", "key", "word"])]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


def add_words(texts: Texts) -> None:
    """Let objects be found by these texts too: kind and key to texts."""
    rows = [
        Word(kind=kind, word=word.encode(), key=key)
        for (kind, key), found in texts.items()
        for word in sorted(kept_words(found))
    ]
    Word.objects.bulk_create(rows, ignore_conflicts=True, batch_size=300)


def replace_words(texts: Texts) -> None:
    """Let objects be found by these texts and no longer by those of before."""
    for kind, key in texts:
        Word.objects.filter(kind=kind, key=key).delete()
    add_words(texts)


class Searched(models.Model):
    """Something that is found by its texts; they are kept in the transaction that saves it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, and what it is found by with it."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if new:
            add_words(self.searched())
        else:
            replace_words(self.searched())

    def searched(self) -> Texts:
        """Return the texts to find it by, by kind and key."""
        raise NotImplementedError

    @classmethod
    def found_now(cls) -> "models.QuerySet[Any]":
        """Return the rows that are found by their texts, with what ``searched`` reads of others."""
        return cls._base_manager.all()


class KeptSearch(Identified):
    """What somebody looks for in a list: theirs alone, under an id that says nothing (R56).

    ``words`` is what must not stand in an address; ``choices`` is what may, kept only with a name.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="searches")
    listing = models.CharField("which list", max_length=20)
    name = models.CharField(max_length=80, blank=True)
    words: "models.JSONField[dict[str, str], Any]" = models.JSONField(default=dict)
    choices: "models.JSONField[dict[str, list[str]], Any]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    unprotected_because = "how somebody looks at a list, theirs alone; nothing of the record"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listing", "name"],
                condition=~Q(name=""),
                name="search_keptsearch_name_once",
            ),
        ]
        indexes = [models.Index(fields=["owner", "listing", "-made_at"])]

    def __str__(self) -> str:
        return self.public_id
