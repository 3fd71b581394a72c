"""What people type on the pages of a draft, in the shape in which the pages post it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consent.models import ConsentRecord
from decisions.domain import drafting, signing
from decisions.models import Draft, SignedVersion
from decisions.packs import shipped
from infosharing.accounts.models import User
from infosharing.cases.models import Case, Judgement, Person
from infosharing.guidance.codes import FLOW

Typed = dict[str, list[str]]
Pages = dict[tuple[str, int], Typed]


def person_of(case: Case, number: int = 0) -> Person:
    """Return somebody in a case, in the order in which they were added."""
    return case.parts.select_related("person").order_by("id")[number].person


@dataclass
class Sheet:
    """Pages being filled in, one call a page."""

    pages: Pages = field(default_factory=dict)

    def people(self, people: Sequence[Person], judgement: Judgement | None = None) -> "Sheet":
        """Say whom the information is about, and which judgement holds."""
        typed: Typed = {"people": [person.public_id for person in people]}
        if judgement:
            typed[f"judgement_{judgement.person.public_id}"] = [judgement.public_id]
        self.pages["people", 0] = typed
        return self

    def flow(self, answers: Mapping[str, str], notes: Mapping[str, str] | None = None) -> "Sheet":
        """Answer the flow's questions; those not named here stay unanswered."""
        where = {
            "immediate_danger": "danger",
            "purpose": "purpose",
            "identifiable": "identifying",
            "confidential": "identifying",
        }
        assert set(answers) <= set(FLOW)  # noqa: S101 - the stories are ours
        for code, answer in answers.items():
            page = self.pages.setdefault((where.get(code, "harm"), 0), {})
            page[f"answer_{code}"] = [answer]
            page[f"note_{code}"] = [(notes or {}).get(code, "")]
        return self

    def covers(self, consents: Sequence[ConsentRecord], yes: bool = True) -> "Sheet":
        """Say whether what was said concerns this sharing."""
        page = self.pages.setdefault(("consent", 0), {})
        for consent in consents:
            for part in ("purpose", "recipients", "information"):
                page[f"covers_{consent.public_id}_{part}"] = ["yes" if yes else "no"]
        return self

    def checklist(
        self,
        pack: str,
        answers: Mapping[str, str] | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> "Sheet":
        """Answer the questions before sharing (yes unless said otherwise) and tick the rules."""
        for section in shipped(pack).sections:
            if section.stage == "before":
                page: Typed = {}
                for question in section.questions:
                    page[f"answer_{question.code}"] = [(answers or {}).get(question.code, "yes")]
                    page[f"note_{question.code}"] = [(notes or {}).get(question.code, "")]
                self.pages[f"questions-{section.code}", 0] = page
        self.pages["rules", 0] = {"rules": [str(rule.number) for rule in shipped(pack).rules]}
        return self

    def page(self, name: str, index: int = 0, /, **typed: str | Sequence[str]) -> "Sheet":
        """Fill in a page field by field."""
        self.pages[name, index] = {
            key: [value] if isinstance(value, str) else list(value) for key, value in typed.items()
        }
        return self

    def item(
        self, index: int, what: str, about: Sequence[Person], *, nature: str = "fact", **rest: str
    ) -> "Sheet":
        """List one piece of information; shared and checked unless said otherwise."""
        fields = {"handling": "share", "source_checked": "yes", **rest}
        about_ids = [person.public_id for person in about]
        return self.page("item", index, what=what, about=about_ids, nature=nature, **fields)

    def recipient(
        self, index: int, name: str, organisation: str, method: str, use: str, address: str = ""
    ) -> "Sheet":
        """Name somebody who is to be told."""
        return self.page(
            "recipient",
            index,
            name=name,
            organisation=organisation,
            method=method,
            address=address,
            need_to_know="yes",
            told_confidential="yes",
            intended_use=use,
        )

    def outcome(self, outcome: str, reasons: str, role: str) -> "Sheet":
        """Decide."""
        return self.page("outcome", outcome=outcome, reasons=reasons, decided_by_role=role)

    def basis(self, basis: str = "public_task", condition: str = "") -> "Sheet":
        """Say what the law says."""
        return self.page(
            "basis",
            lawful_basis=basis,
            special_category="yes" if condition else "no",
            special_category_condition=condition,
        )

    def save(self, draft: Draft, by: User, at: datetime) -> None:
        """Save every page as somebody would, one after the other, over what is there."""
        there = {(row.page, row.index): row.version for row in draft.pages.all()}
        for (page, index), typed in self.pages.items():
            version = there.get((page, index), 0)
            drafting.save_page(
                draft=draft, page=page, index=index, typed=typed, version=version, by=by, at=at
            )


def sign(draft: Draft, by: User, at: datetime) -> SignedVersion:
    """Look at the whole and sign it."""
    seen = signing.prepared_draft(draft, at).seen
    return signing.sign(draft=draft, seen=seen, by=by, at=at)
