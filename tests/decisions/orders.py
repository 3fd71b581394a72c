"""A machine that uses the wizard in every order: two people, two tabs of one of them, a stranger.

It knows what a draft must hold after each answer, from the answers alone, and looks at the rows
after each step. Hypothesis chooses what is done next; see ``test_every_order.py``.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consent.models import ConsentRecord
from decisions.models import Decision, Draft, DraftEditor, DraftPage, Request, SignedVersion
from infosharing.accounts.models import Membership, Organisation, User
from infosharing.cases.models import Case, CaseAccess, Person

Place = tuple[str, int]
GONE = ("gone", "")
WORDS = st.sampled_from(["Seen on Monday", "Heard on Tuesday <b>", "Both, and O’Brien’s note"])
HOW = st.sampled_from(["right", "right", "right", "wrong", "forged"])
PLACES: list[Place] = [
    ("purpose", 0),
    ("outcome", 0),
    ("item", 1),
    ("item", 2),
    ("recipient", 1),
    ("telling", 0),
]
ENTRIES = [("item", 1), ("item", 2)]
# What no form of the wizard has, to be sent with it.
EXTRA = {
    "id": "1",
    "pk": "1",
    "draft": "1",
    "draft_id": "1",
    "decision": "1",
    "case": "1",
    "organisation": "1",
    "saved_by": "1",
    "signed_by": "1",
    "closed_at": "2020-01-01",
    "state": "signed",
    "removed": "on",
    "typed": "{}",
    "index": "9",
    "page": "rules",
}


@dataclass(frozen=True)
class World:
    """What stands before anything is done: our draft, and one of a stranger."""

    draft: Draft
    foreign: Draft
    person: Person
    foreign_person: Person
    tabs: dict[str, Client]
    stranger: Client


def typed_on(world: World, place: Place, how: str, words: str) -> dict[str, str]:
    """What somebody types on a page: in order, with an answer left out, or with a forged one."""
    right: dict[str, dict[str, str]] = {
        "purpose": {"answer_purpose": "yes", "note_purpose": words},
        "outcome": {"outcome": "share", "reasons": words},
        "item": {
            "what": words,
            "nature": "fact",
            "source_checked": "yes",
            "handling": "share",
            "about": world.person.public_id,
        },
        "recipient": {
            "name": "Jo Hart",
            "method": "secure_email",
            "need_to_know": "yes",
            "told_confidential": "yes",
            "intended_use": words,
        },
        "telling": {"person_informed": "no", "not_informed_because": words},
    }
    spoilt = {
        "purpose": ("answer_purpose", "perhaps"),
        "outcome": ("outcome", "sign_it_for_me"),
        "item": ("nature", "whatever"),
        "recipient": ("method", "pigeon"),
        "telling": ("person_informed", world.foreign_person.public_id),
    }
    fields = dict(right[place[0]])
    name, forged = spoilt[place[0]]
    if how == "wrong":
        fields[name] = ""
    elif how == "forged":
        fields |= {name: forged, "people": world.foreign_person.public_id, **EXTRA}
    return fields


@dataclass
class Page:
    """What must stand on a page: its version, and how and with which words it was filled in."""

    version: int
    content: tuple[str, str]
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A form that somebody has sent, to be sent again as it was."""

    tab: str
    path: str
    fields: dict[str, Any]
    expect: Callable[[], "Expected"]


@dataclass(frozen=True)
class Expected:
    """What must be answered, and what must then stand in the draft."""

    status: set[int]
    then: Callable[[int], None]
    shows: tuple[str, ...] = ()


def token_in(text: str) -> str:
    """Return the token of the last form of a page, which is the one that is filled in."""
    found = re.findall(r'name="once" value="([A-Za-z0-9_-]{22})"', text)
    return str(found[-1]) if found else ""


def rows_of(world: World) -> dict[str, Any]:
    """Everything that belongs to somebody else, or that nothing here may change."""
    ours = world.draft.decision
    queries: list[models.QuerySet[Any]] = [
        DraftPage.objects.exclude(draft__decision=ours),
        Draft.objects.exclude(decision=ours),
        Decision.objects.exclude(pk=ours.pk),
        DraftEditor.objects.exclude(draft__decision=ours),
        SignedVersion.objects.exclude(decision=ours),
        Request.objects.all(),
        Case.objects.all(),
        CaseAccess.objects.all(),
        Person.objects.all(),
        ConsentRecord.objects.all(),
        Membership.objects.all(),
        User.objects.all(),
        Organisation.objects.all(),
    ]
    return {query.model.__name__: list(query.order_by("pk").values()) for query in queries}


def unchanged(_status: int) -> None:
    """Nothing stands in the draft that did not stand there before."""


class WizardMachine(RuleBasedStateMachine):
    """Two tabs of the DSL and one of a second lead, all on one draft that could be signed."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        # Rolled back at the end; inside it acts commit as they would alone.
        self.atomic = transaction.atomic()
        self.atomic._from_testcase = True
        self.atomic.__enter__()
        self.before = rows_of(world)
        self.pages: dict[Place, Page] = {
            (row.page, row.index): Page(row.version, ("as it was", ""))
            for row in world.draft.pages.all()
        }
        self.opened: dict[tuple[str, Place], tuple[int, str]] = {}
        self.checked: dict[str, tuple[str, str, Any]] = {}
        self.sent: list[Sent] = []
        self.claimed: set[tuple[str, str]] = set()
        self.editors = {"dsl"}
        self.kept: list[tuple[Place, dict[str, str]]] = []
        self.signed = False

    def teardown(self) -> None:
        try:
            self.everything_accepted_is_kept()
            call_command("verify_log", stdout=StringIO())
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # Where things are

    def path(self, place: Place, end: str = "") -> str:
        name, index = place
        args = [self.world.draft.public_id, name] + ([index] if index else [])
        return reverse(f"decisions:draft-{'entry' if index else 'page'}{end}", args=args)

    def who(self, tab: str) -> str:
        return tab.split()[0]

    def post(self, tab: str, path: str, fields: dict[str, Any]) -> Any:
        return self.world.tabs[tab].post(path, fields)

    def state(self) -> Any:
        """What would be signed, as far as this machine knows."""
        return sorted((place, page.content) for place, page in self.pages.items())

    def complete(self) -> bool:
        there = [place for place in ENTRIES if place in self.pages]
        items = [place for place in there if self.pages[place].content != GONE]
        others = [place for place in self.pages if place not in ENTRIES]
        good = ("right", "as it was")
        return bool(items) and all(
            self.pages[place].content[0] in good for place in [*items, *others]
        )

    # Rules

    @rule(tab=st.sampled_from(["dsl 1", "dsl 2", "second 1"]), place=st.sampled_from(PLACES))
    def opens(self, tab: str, place: Place) -> None:
        response = self.world.tabs[tab].get(self.path(place))
        if self.signed:
            assert response.status_code == 302
        elif place in ENTRIES and place in self.pages and self.pages[place].content == GONE:
            assert response.status_code == 404
        else:
            assert response.status_code == 200, (place, response.status_code)
            version = int(response.context["carry"]["version"])
            assert version == (self.pages[place].version if place in self.pages else 0)
            self.opened[tab, place] = (version, token_in(response.content.decode()))

    @precondition(lambda self: self.opened)
    @rule(data=st.data(), how=HOW, words=WORDS, leaves=st.booleans())
    def saves(self, data: Any, how: str, words: str, leaves: bool) -> None:
        """Press a button of a page opened before, however long ago."""
        tab, place = data.draw(st.sampled_from(sorted(self.opened)))
        version, token = self.opened[tab, place]
        fields: dict[str, Any] = typed_on(self.world, place, how, words)
        posted = {**fields, "version": version, "once": token}
        if leaves:
            posted["next"] = "/"
        self.sends(
            Sent(
                tab,
                self.path(place),
                posted,
                lambda: self.after_saving(tab, place, version, (how, words), fields, leaves),
            )
        )

    def after_saving(
        self,
        tab: str,
        place: Place,
        version: int,
        content: tuple[str, str],
        fields: dict[str, str],
        leaves: bool,
    ) -> Expected:
        now = self.pages.get(place)
        if self.signed:
            return Expected({302}, unchanged)
        if leaves and now is not None and now.content == content:
            return Expected({302}, unchanged)
        if (now.version if now else 0) != version and (now is None or now.content != content):
            shows = (content[1],) if content[1] else ()
            return Expected({409}, unchanged, shows)

        def kept(_status: int) -> None:
            self.pages[place] = Page((now.version if now else 0) + 1, content, fields)
            self.kept.append((place, fields))
            self.editors.add(self.who(tab))

        return Expected({302} if leaves else {302, 422}, kept)

    @precondition(lambda self: any(place in ENTRIES for _tab, place in self.opened))
    @rule(data=st.data())
    def takes_off(self, data: Any) -> None:
        there = sorted(key for key in self.opened if key[1] in ENTRIES)
        tab, place = data.draw(st.sampled_from(there))
        version, token = self.opened[tab, place]
        posted = {"version": version, "once": token}
        path = self.path(place, "-remove")
        self.sends(
            Sent(tab, path, posted, lambda: self.after_taking_off(tab, place, version, token))
        )

    def after_taking_off(self, tab: str, place: Place, version: int, token: str) -> Expected:
        now = self.pages.get(place)
        if (self.who(tab), token) in self.claimed:
            return Expected({302, 409}, unchanged)
        if self.signed:
            return Expected({302}, unchanged)
        if now is None:
            return Expected({404}, unchanged)
        if now.content == GONE:
            return Expected({302}, unchanged)
        if now.version != version:
            return Expected({409}, unchanged)

        def gone(_status: int) -> None:
            self.pages[place] = Page(now.version + 1, GONE, {})
            self.editors.add(self.who(tab))
            self.claimed.add((self.who(tab), token))

        return Expected({302}, gone)

    @rule(tab=st.sampled_from(["dsl 1", "dsl 2", "second 1"]))
    def checks(self, tab: str) -> None:
        path = reverse("decisions:draft-check", args=[self.world.draft.public_id])
        response = self.world.tabs[tab].get(path)
        if self.signed:
            assert response.status_code == 302
            return
        assert response.status_code == 200
        seen = response.context["carry"]["seen"]
        self.checked[tab] = (seen, token_in(response.content.decode()), self.state())

    @precondition(lambda self: self.checked)
    @rule(data=st.data(), times=st.integers(1, 2))
    def signs(self, data: Any, times: int) -> None:
        """Press "Sign" on a page that was opened before, once or twice."""
        tab = data.draw(st.sampled_from(sorted(self.checked)))
        seen, token, state = self.checked[tab]
        path = reverse("decisions:draft-sign", args=[self.world.draft.public_id])
        posted = {"seen": seen, "once": token}
        sent = Sent(tab, path, posted, lambda: self.after_signing(tab, state, token))
        for _ in range(times):
            self.sends(sent)

    def after_signing(self, tab: str, state: Any, token: str) -> Expected:
        if self.signed:
            return Expected({302}, unchanged)
        if self.who(tab) not in self.editors:
            return Expected({403}, unchanged)
        if state != self.state():
            return Expected({409}, unchanged)
        if not self.complete():
            return Expected({422}, unchanged)

        def signed(_status: int) -> None:
            self.signed = True
            self.claimed.add((self.who(tab), token))
            body = self.world.draft.decision.versions.get().body
            for page in self.pages.values():
                for name in PROSE[1:]:  # a note beside an answer explains, and decides nothing
                    words = json.dumps(page.fields.get(name, ""), ensure_ascii=False)[1:-1]
                    assert words in body, "what was signed is not what stood there"

        return Expected({302}, signed)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def sends_again(self, data: Any) -> None:
        """Send something once more, as the back button and a reload do."""
        self.sends(data.draw(st.sampled_from(self.sent)), again=True)

    @rule(
        tab=st.sampled_from(["dsl 1", "second 1"]),
        end=st.sampled_from(["page", "sign", "check", "remove"]),
        theirs=st.booleans(),
    )
    def reaches_for_what_is_not_theirs(self, tab: str, end: str, theirs: bool) -> None:
        """We at the stranger's draft, or the stranger at ours: there is no such page."""
        client = self.world.tabs[tab] if theirs else self.world.stranger
        draft = self.world.foreign if theirs else self.world.draft
        fields: dict[str, Any] = typed_on(self.world, ("outcome", 0), "right", "Not mine")
        paths = {
            "page": reverse("decisions:draft-page", args=[draft.public_id, "outcome"]),
            "sign": reverse("decisions:draft-sign", args=[draft.public_id]),
            "check": reverse("decisions:draft-check", args=[draft.public_id]),
            "remove": reverse("decisions:draft-entry-remove", args=[draft.public_id, "item", 1]),
        }
        seen = next(iter(self.checked.values()), ("",))[0]
        response = client.post(paths[end], {**fields, "version": 1, "seen": seen})
        assert response.status_code == (405 if end == "check" else 404), (end, response.status_code)
        assert "Ife" not in response.content.decode()

    def sends(self, sent: Sent, *, again: bool = False) -> None:
        expected = sent.expect()
        response = self.post(sent.tab, sent.path, sent.fields)
        what = (sent.path, sent.fields, "again" if again else "")
        assert response.status_code in expected.status, (
            response.status_code,
            expected.status,
            what,
        )
        for words in expected.shows:
            text = response.content.decode()
            assert words.split("<")[0] in text, ("a text is not on the page of a conflict", what)
        expected.then(response.status_code)
        if not again:
            self.sent.append(sent)

    # What always holds

    @invariant()
    def nothing_of_anybody_else_has_changed(self) -> None:
        now = rows_of(self.world)
        for name, rows in self.before.items():
            assert now[name] == rows, f"{name} changed"

    @invariant()
    def there_is_one_decision_and_one_version_at_the_most(self) -> None:
        decision = self.world.draft.decision
        assert decision.drafts.count() == 1
        assert decision.versions.count() == int(self.signed)

    @invariant()
    def the_draft_holds_what_was_accepted_last(self) -> None:
        rows = {(row.page, row.index): row for row in self.world.draft.pages.all()}
        assert set(rows) == set(self.pages)
        for place, page in self.pages.items():
            row = rows[place]
            assert row.version == page.version, place
            assert row.removed == (page.content == GONE), place
            held(row.typed, page.fields, place)

    def everything_accepted_is_kept(self) -> None:
        past: dict[Place, list[dict[str, list[str]]]] = {}
        for page, index, typed in DraftPage.history.filter(draft=self.world.draft).values_list(
            "page", "index", "typed"
        ):
            past.setdefault((page, index), []).append(typed)
        for place, fields in self.kept:
            wanted = {name: value for name, value in fields.items() if name in PROSE}
            assert any(
                all(typed.get(name) == [value] for name, value in wanted.items())
                for typed in past[place]
            ), ("a text that was accepted is in no version", place)


PROSE = ("note_purpose", "reasons", "what", "intended_use", "not_informed_because")


def held(typed: dict[str, list[str]], fields: dict[str, str], place: Place) -> None:
    """Assert that a page holds what was typed, and nothing that was forged beside its fields."""
    for name, value in fields.items():
        if name in typed:
            assert typed[name] == [value], (place, name)
        else:
            assert name not in PROSE, ("a text was not kept", place, name)
    assert not set(typed) & set(EXTRA), place
