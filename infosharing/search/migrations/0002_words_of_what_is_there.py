"""Everything recorded so far is found by its words, too."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import migrations

from infosharing.search.folding import kept_words

REASONS = (
    "reasons",
    "withheld",
    "no_consent_because",
    "not_informed_because",
    "refusal_not_discussed_because",
    "override_reasons",
)
Found = tuple[str, int, Iterable[str]]


def _found(apps: Any) -> Iterator[Found]:
    for one in apps.get_model("cases", "Person").objects.order_by("pk").iterator():
        yield "person", one.pk, (one.name, one.preferred_name)
    for one in apps.get_model("cases", "Case").objects.order_by("pk").iterator():
        yield "case", one.pk, (one.summary,)
    for one in apps.get_model("decisions", "Request").objects.order_by("pk").iterator():
        who = (one.requester_name, one.requester_role, one.requester_organisation)
        yield "request", one.pk, (one.asked_for, one.purpose, one.legal_power, *who)
    decisions = apps.get_model("decisions", "Decision").objects.exclude(version=None)
    for one in decisions.select_related("version").order_by("pk").iterator():
        yield from _of_version(one.pk, one.version)


def _of_version(key: int, version: Any) -> Iterator[Found]:
    signed = json.loads(version.body)
    given = signed.get("given", {})
    decided = given.get("decision", {})
    people = [
        person.get(name) or ""
        for person in signed.get("people", ())
        for name in ("name", "preferred_name")
    ]
    yield "decision", key, (*(decided.get(name) or "" for name in REASONS), *people)
    yield "author", key, (signed.get("signed", {}).get("name") or "",)
    yield "ground", key, given.get("grounds", ())
    for item in version.items.all():
        yield "decision", key, (item.what, item.handling_reason)
    for recipient in version.recipients.all():
        yield "recipient", key, (recipient.name, recipient.organisation)
        yield "decision", key, (recipient.name, recipient.organisation, recipient.intended_use)


def keep_words(apps: Any, _editor: Any) -> None:
    """Keep the words of everything that is there."""
    words = apps.get_model("search", "Word")
    rows: list[Any] = []
    for kind, key, texts in _found(apps):
        rows += [words(kind=kind, word=one.encode(), key=key) for one in kept_words(texts)]
        if len(rows) > 1000:
            words.objects.bulk_create(rows, ignore_conflicts=True, batch_size=300)
            rows = []
    words.objects.bulk_create(rows, ignore_conflicts=True, batch_size=300)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("cases", "0002_documents"),
        ("decisions", "0002_request_documents"),
    ]

    operations = [migrations.RunPython(keep_words, migrations.RunPython.noop)]
