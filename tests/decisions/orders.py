"""A machine that uses the wizard in every order: two people, two tabs of one of them, a stranger.

It knows what a draft must hold after each answer, from the answers alone, and looks at the rows
after each step. Hypothesis chooses what is done next; see ``test_every_order.py``.
"""

import json
from html import unescape
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from decisions.models import DraftPage
from tests.decisions.order_parts import (
    GONE,
    PROSE,
    Expected,
    Page,
    Place,
    Sent,
    World,
    held,
    rows_of,
    token_in,
    typed_on,
)

WORDS = st.sampled_from(["Seen on Monday", "Heard on Tuesday <b>", "Both, and O’Brien’s note"])
HOW = st.sampled_from(["right", "right", "right", "wrong", "forged"])
TABS = st.sampled_from(["dsl 1", "dsl 2", "second 1"])
PLACES: list[Place] = [
    ("purpose", 0),
    ("outcome", 0),
    ("item", 1),
    ("item", 2),
    ("recipient", 1),
    ("no-consent", 0),
]
ENTRIES = [("item", 1), ("item", 2)]
# Forms that are sent before anybody signs: a draft that is signed at once shows little.
ENOUGH = 2


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
            self.nothing_of_anybody_else_has_changed()
            self.everything_accepted_is_kept()
            call_command("verify_log", stdout=StringIO())
        finally:
            self.roll_back()

    def roll_back(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # Where things are

    def path(self, place: Place, end: str = "") -> str:
        name, index = place
        args = [self.world.draft.public_id, name] + ([index] if index else [])
        return reverse(f"decisions:draft-{'entry' if index else 'page'}{end}", args=args)

    def who(self, tab: str) -> str:
        return tab.split()[0]

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

    @rule(tab=TABS, place=st.sampled_from(PLACES))
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

    @rule(
        tab=TABS,
        place=st.sampled_from(PLACES),
        how=HOW,
        words=WORDS,
        leaves=st.booleans(),
        anew=st.booleans(),
    )
    def saves(self, tab: str, place: Place, how: str, words: str, leaves: bool, anew: bool) -> None:
        """Press a button of a page opened before, however long ago, or opened for it."""
        if anew or (tab, place) not in self.opened:
            self.opens(tab, place)
        if (tab, place) in self.opened:
            self.save(tab, place, how, words, leaves=leaves)

    def save(self, tab: str, place: Place, how: str, words: str, *, leaves: bool = False) -> None:
        version, token = self.opened[tab, place]
        fields = typed_on(self.world, place, how, words)
        posted = {**fields, "version": version, "once": token}
        if leaves:
            posted["next"] = "/"
        after = self.after_saving
        self.sends(
            Sent(
                tab,
                self.path(place),
                posted,
                lambda: after(tab, place, version, (how, words), fields, leaves),
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
            return Expected("saved after the signature", {302})
        if leaves and now is not None and now.content == content:
            return Expected("left without a change", {302})
        there = now.version if now else 0
        if there != version and (now is None or now.content != content):
            return Expected("somebody else was quicker", {409}, shows=(content[1],))

        def kept() -> None:
            self.pages[place] = Page(there + 1, content, fields)
            self.kept.append((place, fields))
            self.editors.add(self.who(tab))

        return Expected(f"saved {content[0]}", {302} if leaves else {302, 422}, kept)

    @rule(tab=TABS, place=st.sampled_from(ENTRIES), anew=st.booleans())
    def takes_off(self, tab: str, place: Place, anew: bool) -> None:
        """Take an item off."""
        if anew or (tab, place) not in self.opened:
            self.opens(tab, place)
        if (tab, place) in self.opened:
            self.take_off(tab, place)

    def take_off(self, tab: str, place: Place) -> None:
        version, token = self.opened[tab, place]
        posted = {"version": version, "once": token}
        after = self.after_taking_off
        path = self.path(place, "-remove")
        self.sends(Sent(tab, path, posted, lambda: after(tab, place, version, token)))

    def after_taking_off(self, tab: str, place: Place, version: int, token: str) -> Expected:
        now = self.pages.get(place)
        if (self.who(tab), token) in self.claimed:
            return Expected("taken off again", {302, 409})
        if self.signed:
            return Expected("taken off after the signature", {302})
        if now is None:
            return Expected("taken off before it was there", {404})
        if now.content == GONE:
            return Expected("taken off by somebody else before", {302})
        if now.version != version:
            return Expected("taken off after somebody changed it", {409})

        def gone() -> None:
            self.pages[place] = Page(now.version + 1, GONE, {})
            self.editors.add(self.who(tab))
            self.claimed.add((self.who(tab), token))

        return Expected("taken off", {302}, gone)

    def checks(self, tab: str) -> None:
        """Open the page on which everything is checked."""
        path = reverse("decisions:draft-check", args=[self.world.draft.public_id])
        response = self.world.tabs[tab].get(path)
        if self.signed:
            assert response.status_code == 302
            return
        assert response.status_code == 200
        seen = response.context["carry"]["seen"]
        self.checked[tab] = (seen, token_in(response.content.decode()), self.state())

    @precondition(lambda self: len(self.sent) > ENOUGH)
    @rule(tab=TABS, times=st.integers(1, 2), anew=st.booleans())
    def signs(self, tab: str, times: int, anew: bool) -> None:
        """Press "Sign" on a page that was opened before, or for it, once or twice."""
        if anew or tab not in self.checked:
            self.checks(tab)
        if tab in self.checked:
            self.sign(tab, times)

    def sign(self, tab: str, times: int = 1) -> None:
        seen, token, state = self.checked[tab]
        path = reverse("decisions:draft-sign", args=[self.world.draft.public_id])
        sent = Sent(
            tab, path, {"seen": seen, "once": token}, lambda: self.after_signing(tab, state)
        )
        for _ in range(times):
            self.sends(sent)

    def after_signing(self, tab: str, state: Any) -> Expected:
        if self.signed:
            return Expected("signed again", {302})
        if self.who(tab) not in self.editors:
            return Expected("signed by somebody who did not work on it", {403})
        if state != self.state():
            return Expected("signed what is no longer there", {409})
        if not self.complete():
            return Expected("signed too early", {422})

        def signed() -> None:
            self.signed = True
            body = self.world.draft.decision.versions.get().body
            for page in self.pages.values():
                for name in PROSE[1:]:  # a note beside an answer explains, and decides nothing
                    words = json.dumps(page.fields.get(name, ""), ensure_ascii=False)[1:-1]
                    assert words in body, "what was signed is not what stood there"

        return Expected("signed", {302}, signed)

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
        response = self.world.tabs[sent.tab].post(sent.path, sent.fields)
        what = (expected.what, response.status_code, sent.path, sent.fields)
        assert response.status_code in expected.status, what
        for words in expected.shows:
            text = response.content.decode()
            assert words.split("<")[0] in unescape(text), ("not on the page of a conflict", what)
        expected.then()
        if not again:
            self.sent.append(sent)

    # What always holds

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
            assert row.version == page.version, ("saved, though it must not be", place)
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
