"""What stands in the PDF of a decision (R34, R44, R45, R49, R51, R54, R57)."""

from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from decisions import queries
from decisions.enums import ReviewState
from decisions.models import Decision, SignedVersion
from decisions.policies import SHARING
from decisions.presenters import breaches, followed, records, times
from decisions.presenters.relying import since_signed_of
from decisions.summary import Section
from infosharing.accounts import roles
from infosharing.accounts.models import User
from infosharing.casefile.pdf.rendering import render
from infosharing.casefile.presenters.leaflet import Leaflet
from infosharing.cases.documents import Named
from infosharing.cases.permissions import roles_on


def _version(version: SignedVersion) -> dict[str, Any]:
    signed = records.signed(version)
    review = getattr(version, "review", None)
    return {
        "number": signed.number,
        "kind": signed.kind,
        "reason": signed.reason,
        "reopened": signed.reopened,
        "known_on": signed.known_on,
        "known_from": signed.known_from,
        "without_consent": signed.without_consent,
        "against_suggestion": signed.against_suggestion,
        "outcome": signed.outcome.tag,
        "organisation": signed.organisation,
        "case": signed.case,
        "request": signed.request,
        "checklist": signed.checklist,
        "people": [dict(person) for person in signed.people],
        "sections": [
            {**asdict(section), "asks_at_length": asks_at_length(section)}
            for section in signed.sections
        ],
        "suggestion": signed.suggestion,
        "to_write_up": signed.to_write_up,
        "reasons": signed.said("outcome", "Reasons"),
        "name": signed.name,
        "role": signed.role,
        "at": signed.at,
        "editors": signed.editors,
        "digest": signed.digest,
        "need": signed.need_words,
        "shares": version.outcome in SHARING,
        "review": asdict(records.reviewed(review)) if review else None,
    }


def asks_at_length(section: Section) -> bool:
    """Return whether a section asks in more words than it was answered in, as a checklist does.

    What is asked gets the wider column then, so that it takes fewer lines.
    """
    asked = sum(len(row.label) for row in section.rows)
    return asked > sum(len(row.value) + len(row.note) for row in section.rows)


def _document(kept: Named | None) -> dict[str, str] | None:
    return {"line": kept.line, "checksum": kept.checksum} if kept else None


def decision_data(decision: Decision, *, by: User, at: datetime) -> dict[str, Any]:
    """Return everything the PDF of a signed decision says; ``by`` takes it away at ``at``.

    The version in force comes first, then earlier ones, each whole and in its own words.
    """
    rows = versions_with_reviews(decision)
    versions = [_version(version) for version in rows]
    for later, earlier in pairwise(range(len(rows))):
        versions[later]["changes"] = _changes(rows[earlier], rows[later])
        versions[earlier]["replaced"] = {
            name: versions[later][name] for name in ("number", "kind", "reason", "at")
        }
    in_force = next(one for one in versions if one["number"] == decision.version.number)  # type: ignore[union-attr]
    return standing_data(decision, rows, at) | {
        "in_force": in_force,
        "earlier": [one for one in versions if one is not in_force],
        "exported": {
            "name": by.name,
            "roles": ", ".join(roles.words(role) for role in roles_on(by, decision.case)),
            "at": at,
        },
    }


def versions_with_reviews(decision: Decision) -> list[SignedVersion]:
    """Return the signed versions of a decision, the one in force first, with their reviews."""
    return list(queries.versions_of(decision).prefetch_related("review__questions"))


def standing_data(decision: Decision, rows: list[SignedVersion], at: datetime) -> dict[str, Any]:
    """Return where a decision stands at a moment, and what followed; ``rows`` are its versions."""
    days = times.calendar(decision, rows)
    signed = records.signed(next(one for one in rows if one.pk == decision.version_id))
    emergency = any(one.look_back_due for one in rows)
    looked = getattr(decision, "look_back", None) if emergency else None
    what_followed = followed.followed(decision, signed, localdate(at))
    consent = since_signed_of(decision)
    return {
        "reference": decision.spoken_reference,
        "organisation": decision.organisation.name,
        "demonstration": settings.DEMONSTRATION,
        "review_words": str(ReviewState(decision.review_state).label),
        "count": len(rows),
        "look_back": asdict(records.looked_back(looked)) if looked else None,
        "look_back_due": decision.look_back_due,
        "times": times.times(rows, days) if days else [],
        "sent": [
            {
                **asdict(sent),
                "state": sent.state.tag,
                "document": _document(sent.document),
                "receipts": [
                    {**asdict(receipt), "document": _document(receipt.document)}
                    for receipt in sent.receipts
                ],
            }
            for sent in what_followed["sent"]
        ],
        **{
            name: [asdict(one) for one in consent[name]]
            for name in ("consent_open", "consent_settled", "consent_done")
        },
        "consent_head": consent["consent_head"],
        "told": [asdict(told) for told in what_followed["told"]],
        "afterwards": [asdict(asked) for asked in what_followed["afterwards"]],
        "progress": [asdict(line) for line in what_followed["progress"]],
        "closed_at": decision.closed_at,
        "breaches": breaches.for_print(decision),
    }


def in_short(version: SignedVersion) -> dict[str, Any]:
    """Return a version without what was asked and answered, for the page of where it stands."""
    return {**_version(version), "sections": []}


def version_data(version: SignedVersion, before: SignedVersion | None) -> dict[str, Any]:
    """Return a signed version as it stands for ever; ``before`` is the one it replaced."""
    found = _version(version)
    found.pop("review")
    if before is not None:
        found["changes"] = _changes(before, version)
    return {"version": found, "demonstration": settings.DEMONSTRATION}


def _changes(before: SignedVersion, after: SignedVersion) -> list[dict[str, Any]]:
    found = records.changes(records.signed(before), records.signed(after))
    return [asdict(change) for change in found]


def decision_pdf(decision: Decision, *, by: User, at: datetime) -> bytes:
    """Return a signed decision as a tagged PDF/UA-1."""
    return render("pdf/decision.html", decision_data(decision, by=by, at=at))


def leaflet_pdf(leaflet: Leaflet, *, large: bool) -> bytes:
    """Return a leaflet about sharing, with its form to sign, as a tagged PDF/UA-1 (R59)."""
    return render("pdf/leaflet.html", {"leaflet": asdict(leaflet), "large": large})
