"""Advice: asked of a colleague and given by them, reported, or tried in vain; never confused."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from decisions.models.decision import Decision
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.audit.history import tracked
from infosharing.cases.matching import words_of
from infosharing.identifiers import CROCKFORD, Identified


def question_reference(public_id: str) -> str:
    """Return four characters to tell questions apart by, which say nothing of the case (R20)."""
    number = hashlib.sha256(public_id.encode("ascii")).digest()
    return "".join(CROCKFORD[byte % 32] for byte in number[:4])


class AdviceRequest(Identified):
    """A question put to a colleague, who sees it and nothing else of the case (R20)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advice_requests")
    question = models.TextField("the question, exactly as the colleague sees it")
    typed = models.TextField("the question as typed, before names were taken out", blank=True)
    named_because = models.TextField("why the person is named in it", blank=True)
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="advice_asked_of")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="advice_asked")
    asked_at = models.DateTimeField()
    anonymous = models.BooleanField("the person is not named in it")
    answered_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        indexes = [
            models.Index(fields=["asked_of", "answered_at"]),
            # What nobody has answered yet, which is little of what was ever asked.
            models.Index(
                fields=["asked_at"],
                condition=Q(answered_at=None),
                name="decisions_advicerequest_open",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def reference(self) -> str:
        """What the question is called between who asks and who is asked."""
        return question_reference(self.public_id)


class Advice(Identified):
    """What was advised: given by somebody signed in, or reported by the practitioner."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advice")
    request = models.OneToOneField(
        AdviceRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="answer"
    )
    given_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="advice_given"
    )
    in_place_of = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="advice_in_place"
    )
    adviser = models.CharField("name of who advised", max_length=450)
    role = models.CharField(max_length=30, choices=Role.choices)
    given_on = models.DateField()
    anonymous = models.BooleanField("the person was not named")
    advised = models.CharField(max_length=20, blank=True)
    words = models.TextField("what was advised")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="advice_recorded")
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None, request=None) | Q(given_by=models.F("recorded_by")),
                name="decisions_advice_given_by_who_recorded_it",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, and whose it may be where it was reported."""
        super().save(*args, **kwargs)
        if self.reported:
            note_advisers(advice=self)

    @property
    def reported(self) -> bool:
        """Whether the practitioner reported it, rather than the adviser signed in."""
        return self.given_by_id is None


class MayHaveAdvised(models.Model):
    """Somebody whose name a piece of reported advice gives, however it was typed (R57).

    A name is theirs if all words of theirs stand in it: accents, capitals, spaces, titles, order
    and the kind of apostrophe or dash aside, on both databases alike.
    """

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="may_be_of")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="may_have_advised")

    unprotected_because = "made from the record, which is protected; can be made again from it"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advice", "user"], name="decisions_mayhaveadvised_once")
        ]

    def __str__(self) -> str:
        return f"{self.advice_id}/{self.user_id}"


def note_advisers(*, advice: Advice | None = None, user: User | None = None) -> None:
    """Keep whose a new piece of reported advice may be, or which advice may be a new user's."""
    users = [user] if user else User.objects.only("pk", "name")
    told = [advice] if advice else Advice.objects.filter(given_by=None).only("pk", "adviser")
    MayHaveAdvised.objects.bulk_create(
        [
            MayHaveAdvised(advice_id=key, user_id=who)
            for key, who in advisers(
                ((one.pk, one.adviser) for one in told), ((one.pk, one.name) for one in users)
            )
        ],
        ignore_conflicts=True,
        batch_size=300,
    )


def advisers(
    told: Iterable[tuple[int, str]], users: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, int]]:
    """Yield which advice may be whose: keys and names as typed, keys and names of users.

    A name without any word is nobody's.
    """
    named = [(key, words) for key, name in users if (words := words_of(name))]
    by_word: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for key, words in named:
        by_word.setdefault(min(words), []).append((key, words))
    for advice, adviser in told:
        typed = words_of(adviser)
        for word in typed:
            yield from ((advice, key) for key, words in by_word.get(word, ()) if words <= typed)


class AdviceTried(Identified):
    """Somebody could not be reached: whom, by what means, when (guide.md section 5)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advice_tried")
    role = models.CharField(max_length=30, choices=Role.choices)
    how = models.TextField()
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="advice_tried_recorded"
    )
    recorded_at = models.DateTimeField()

    append_only = True
    history = tracked()

    def __str__(self) -> str:
        return self.public_id
