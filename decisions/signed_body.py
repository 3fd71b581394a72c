"""What is signed: one canonical JSON with facts, guidance, words, people and signatory.

PDF, "as it stood" and later proofs are made from it alone (design.md "Records", R51).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from decisions import summary
from decisions.enums import VersionKind
from decisions.facts import Material, given, weigh
from decisions.models import Draft
from infosharing.accounts import roles
from infosharing.accounts.models import User
from infosharing.accounts.roles import Role
from infosharing.guidance.guide import Guidance
from infosharing.guidance.words import suggestion_words

# 1: without "documents". 2: with those attached to the request, and those that show a judgement,
# a consent, parental responsibility or an order. What reads a body asks for nothing that was not
# in the first form, or says what it means where it is not there.
FORM = 2


def canonical(data: Any) -> str:
    """Return JSON with sorted keys and no spaces: the same data gives the same bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Prepared:
    """A matter ready to be looked at before signing; ``seen`` is the hash the page carries."""

    material: Material
    given: dict[str, Any]
    guidance: Guidance
    sections: list[summary.Section]
    # Who will have to review it, and by when; nothing in practice.
    need: dict[str, Any] | None = None

    @property
    def seen(self) -> str:
        """The hash of facts, guidance, words and checklist as shown."""
        shown = {
            "given": self.given,
            "guidance": self.guidance.as_json(),
            "sections": summary.as_data(self.sections),
            "pack": self.material.pack.digest,
            "need": self.need,
        }
        return digest(canonical(shown))


def prepare(material: Material) -> Prepared:
    """Return what check-your-answers shows and a signature would keep."""
    facts = given(material)
    guidance = weigh(material, facts)
    sections = summary.sections(material, guidance, facts["decision"])
    return Prepared(material, facts, guidance, sections)


def _again(material: Material) -> dict[str, Any] | None:
    """Return why there is a further version, and what was asked and answered; None for a first."""
    renewal = material.renewal
    if renewal is None:
        return None
    return {
        "reason": renewal.reason,
        "known_on": renewal.known_on.isoformat() if renewal.known_on else None,
        "known_from": renewal.known_from,
        "follows": renewal.number,
        "review": renewal.review.public_id if renewal.review else None,
        "answers": [
            {"question": asked.public_id, "answer": material.answer_to(asked)}
            for asked in renewal.questions
        ],
    }


def body(
    prepared: Prepared,
    *,
    draft: Draft,
    kind: VersionKind,
    number: int,
    by: User,
    role: Role,
    at: datetime,
    in_place_of: User | None = None,
) -> str:
    """Return the canonical JSON of a signed version; ``at`` is aware and kept in UTC."""
    decision = draft.decision
    organisation = decision.organisation
    material = prepared.material
    words = suggestion_words(prepared.guidance.suggestion)
    return canonical(
        {
            "form": FORM,
            "reference": decision.reference,
            "case": decision.case.reference,
            "request": material.request.reference,
            "version": number,
            "kind": str(kind),
            "again": _again(material),
            "organisation": {"id": organisation.public_id, "name": organisation.name},
            "pack": {
                "code": material.pack.code,
                "version": material.pack.version,
                "title": material.pack.title,
                "digest": material.pack.digest,
            },
            "given": prepared.given,
            "guidance": {
                **prepared.guidance.as_json(),
                "title": words.title,
                "text": words.text,
            },
            "people": [
                {
                    "id": part.person.public_id,
                    "name": part.person.name,
                    "preferred_name": part.person.preferred_name,
                    "age": summary.age_words(part, material),
                    "part": part.part,
                }
                for part in material.chosen
            ],
            "documents": [
                {
                    "id": document.public_id,
                    "what": document.what,
                    "name": document.name,
                    "kind": document.kind,
                    "size": document.size,
                    "sha256": document.sha256,
                }
                for document in material.documents
            ],
            "sections": summary.as_data(prepared.sections),
            "review": prepared.need,
            "signed": {
                "by": by.public_id,
                "name": by.name,
                "username": by.username,
                "role": str(role),
                "role_words": roles.acting_words(role, in_place_of.name if in_place_of else ""),
                "in_place_of": in_place_of.public_id if in_place_of else None,
                "at": at.isoformat(),
                "on": localdate(at).isoformat(),
            },
            "editors": [
                {"id": editor.user.public_id, "name": editor.user.name}
                for editor in draft.editors.select_related("user").order_by("first_at", "id")
            ],
        }
    )
