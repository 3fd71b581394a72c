"""Every verb of the product is an act, and every act writes its entry (L5)."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infosharing.audit import submissions
from infosharing.audit.acts import is_act
from infosharing.audit.backends.statements import WRITES, effects
from infosharing.audit.models import Entry
from infosharing.audit.submissions import Sent, SentBefore
from infosharing.identifiers import new_public_id
from tests.meta.acts import TABLE

DOMAINS = (
    "infosharing.cases.domain",
    "infosharing.access.domain",
    "infosharing.search.domain",
    "consent.domain",
    "decisions.domain",
    "infosharing.casefile.domain",
)
# Public functions beside the verbs: they change nothing on their own.
HELPERS: dict[str, dict[str, str]] = {
    "consent.domain": {},
    "infosharing.cases.domain": {
        "keeping.what_shows_it": "part of the acts that record what a document shows",
        "knowing.check_in_case": "only looks",
        "opening.close_to_others": "part of the acts that restrict a case",
        "opening.ensure_named": "part of the acts that make a request or a draft",
    },
    "decisions.domain": {
        "advising.as_seen": "only looks",
        "breaches.check_is_to_come": "only looks",
        "advising.left_words": "computes",
        "drafting.next_index": "only looks",
        "following.decided_on": "only looks",
        "reviewing.shown_of": "only looks",
        "signing.prepared_draft": "only looks",
        "signing.with_need": "only looks",
    },
    "infosharing.casefile.domain": {
        **dict.fromkeys(
            (
                "working.waiting",
                "working.new_claim",
                "working.claim_next",
                "working.show_life",
                "working.give_back",
                "working.held_by",
                "working.begin_record",
                "working.note_beside",
                "working.record_ended",
                "working.leave_out",
            ),
            "how far the program is; what became of it is an act",
        ),
        **dict.fromkeys(
            ("pages.kept_pages", "pages.keep_pages", "pages.forget_pages", "pages.drop_unknown"),
            "computed from the record, and can be computed again",
        ),
    },
    "infosharing.access.domain": {
        "members.hashed": "computes",
        "members.check_user_can_administer": "only looks",
    },
}

# Acts that the same form may lead to again, each with why nothing is made twice.
REPEATABLE = {
    "decisions.domain.drafting.save_page": "the same text on the same page is the same page",
    "infosharing.search.domain.keeping.make_search": "the same words are the same search",
}

# Done before anybody is signed in, from a command or with the secret of an address, used up once.
BY_NOBODY = {
    "infosharing.access.domain.members.set_up_organisation",
    "infosharing.access.domain.members.add_member",
    "infosharing.access.domain.members.accept_invitation",
    "infosharing.access.domain.passwords.make_password_link",
    # By the program, which makes what somebody asked for.
    "infosharing.casefile.domain.exporting.finish_export",
    "infosharing.casefile.domain.exporting.fail_export",
    "infosharing.casefile.domain.exporting.expire_export",
}


def public_functions() -> Iterator[tuple[str, Any]]:
    for domain in DOMAINS:
        package = importlib.import_module(domain)
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{domain}.{found.name}")
            for name, function in vars(module).items():
                own = getattr(function, "__module__", "") == module.__name__
                if inspect.isfunction(function) and own and not name.startswith("_"):
                    yield f"{module.__name__}.{name}", function


def helpers() -> set[str]:
    return {f"{domain}.{name}" for domain, names in HELPERS.items() for name in names}


def test_every_public_function_of_a_domain_is_an_act_or_says_why_not():
    plain = {name for name, function in public_functions() if not is_act(function)}
    assert plain == helpers()


def test_every_act_is_in_the_table():
    acts = {name for name, function in public_functions() if is_act(function)}
    assert acts == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_an_act_writes_its_entries_and_no_others(cast, name):
    prepare, events = TABLE[name]
    call = prepare(cast)
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    call()
    written = Entry.objects.filter(seq__gt=last).order_by("seq")
    assert [entry.event for entry in written] == events
    assert {entry.outcome for entry in written} == {"done"}
    who = call.keywords["by"]
    accepted = "access.invitation_accepted"  # by whoever has just become a user
    if who is None and accepted not in events:
        assert {entry.actor_id for entry in written} == {"system"}
    elif who is not None:
        assert {entry.actor_id for entry in written} == {who.public_id}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_an_act_takes_the_lock_of_the_log_after_its_last_write(cast, name):
    """Whoever holds it waits for nobody, so two acts never wait for each other (PostgreSQL)."""
    call = TABLE[name][0](cast)
    with CaptureQueriesContext(connection) as captured:
        call()
    written = [
        "log" if effect.name.startswith("audit_") else "other"
        for query in captured.captured_queries
        for effect in effects(query["sql"])
        if effect.kind in WRITES
    ]
    assert "log" in written
    assert "other" not in written[written.index("log") :]


@pytest.mark.parametrize("name", sorted(set(TABLE) - set(REPEATABLE) - BY_NOBODY))
def test_the_same_form_leads_to_an_act_once(cast, name):
    prepare, _events = TABLE[name]
    call = prepare(cast)
    who = call.keywords["by"]
    token = new_public_id()
    with submissions.answering(Sent(token, who.public_id, "")):
        call()
    written = Entry.objects.count()
    with submissions.answering(Sent(token, who.public_id, "")), pytest.raises(SentBefore):
        call()
    assert Entry.objects.count() == written


@pytest.mark.parametrize("name", sorted(BY_NOBODY))
def test_nobody_is_signed_in_for_what_needs_nobody(cast, name):
    assert TABLE[name][0](cast).keywords["by"] is None


@pytest.mark.parametrize("name", sorted(REPEATABLE))
def test_a_repeatable_act_leaves_the_form_free(cast, name):
    prepare, _events = TABLE[name]
    call = prepare(cast)
    sent = Sent(new_public_id(), call.keywords["by"].public_id, "")
    with submissions.answering(sent):
        call()
    assert not sent.acted
    assert submissions.earlier(sent) is None
