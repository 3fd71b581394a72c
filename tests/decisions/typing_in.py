"""Typing a scenario into the real pages, as somebody would."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from consent.domain.recording import record_consent, withdraw_consent
from consent.enums import GivenBy, How, Status
from decisions.domain import drafting
from decisions.domain.requesting import Asked, Identity, Requester, record_request
from decisions.facts import material_of
from decisions.models import Draft
from decisions.packs import pack_of_draft, shipped
from decisions.permissions import deciding_roles
from infosharing.accounts.models import User
from infosharing.cases.domain.knowing import record_judgement
from infosharing.cases.domain.opening import NewPerson, open_case
from infosharing.cases.enums import JudgementKind
from infosharing.cases.models import Case
from infosharing.guidance.facts import age_on
from infosharing.guidance.loading import DEFAULT
from tests.factories import what_was_said

FOLDER = Path(__file__).parent.parent / "scenarios"
LONDON = ZoneInfo("Europe/London")
FILES = sorted(FOLDER.glob("*.json"))


def scenario(stem: str) -> dict[str, Any]:
    """A scenario by the name of its file."""
    found: dict[str, Any] = json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))
    return found


def noon(day: str) -> datetime:
    """Noon in London of a day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=LONDON).replace(
        hour=12
    )


class Typist:
    """Somebody who types one scenario into the pages; remembers which person is which."""

    def __init__(self, client: Client, user: User, told: dict[str, Any]) -> None:
        self.client = client
        self.user = user
        self.told = told
        self.given = told["given"]
        self.at = noon(self.given["on"])
        self.pack = shipped(told.get("pack") or DEFAULT)
        self.judgements: dict[str, str] = {}
        self.consents: list[str] = []
        self.case = self._case()
        self.ids = {
            person["id"]: part.person.public_id
            for person, part in zip(
                self.given["people"], self.case.parts.order_by("id"), strict=False
            )
        }
        self._judgements()
        self._consents()
        self.draft = self._draft()

    def _case(self) -> Case:
        people = [
            NewPerson(
                name=f"Person {person['id']}",
                born=date.fromisoformat(person["born"]) if person.get("born") else None,
                age_band=person.get("age_band") or "",
            )
            for person in self.given["people"]
        ]
        organisation = self.user.memberships.get().organisation
        organisation.pack = self.pack.code
        organisation.save()
        return open_case(
            organisation=organisation,
            summary=self.told["story"],
            people=people,
            by=self.user,
            at=self.at,
        )

    def _person(self, person_id: str):
        return self.case.parts.get(person__public_id=self.ids[person_id]).person

    def _judgements(self) -> None:
        for person in self.given["people"]:
            born = date.fromisoformat(person["born"])
            under_16 = age_on(born, date.fromisoformat(self.given["on"])) < 16
            able = person["competent"] if under_16 else person["capacity"]
            if able is None:
                continue
            judgement = record_judgement(
                case=self.case,
                person=self._person(person["id"]),
                kind=JudgementKind.COMPETENCE if under_16 else JudgementKind.CAPACITY,
                matter="This sharing",
                able=able,
                reasons="Talked it through.",
                judged_on=self.at.date(),
                judged_by="Sam Okafor",
                by=self.user,
                at=self.at,
            )
            self.judgements[person["id"]] = judgement.public_id

    def _consents(self) -> None:
        for said in self.given["consents"]:
            until = said.get("until")
            consent = record_consent(
                case=self.case,
                person=self._person(said["person"]),
                said=what_was_said(
                    status=Status(said["status"]),
                    said_on=date.fromisoformat(said["on"]),
                    until=date.fromisoformat(until) if until else None,
                    given_by=GivenBy(said["given_by"]),
                    giver=said["giver"],
                    parental_responsibility=said["parental_responsibility"],
                    authority_evidenced=said["authority_evidenced"],
                    knows_what_happens="what_happens" in said["informed"],
                    knows_who_is_told="who_is_told" in said["informed"],
                    knows_onward_sharing="onward_sharing" in said["informed"],
                    knows_why="why" in said["informed"],
                    consequences_explained=said["consequences_explained"],
                    freely_given=said["freely_given"],
                    understood=said["understood"],
                ),
                by=self.user,
                at=self.at,
            )
            if said.get("withdrawn_on"):
                withdraw_consent(
                    consent=consent,
                    withdrawn_on=date.fromisoformat(said["withdrawn_on"]),
                    withdrawn_by=said["giver"],
                    how=How.TELEPHONE,
                    words="",
                    by=self.user,
                    at=self.at,
                )
            self.consents.append(consent.public_id)

    def _draft(self) -> Draft:
        asked = self.given["request"]
        received = asked["origin"] == "received"
        request = record_request(
            case=self.case,
            asked=Asked(asked_for="It", purpose="For this", happened_on=self.at.date()),
            requester=Requester(
                channel=asked["channel"],
                requester_kind=asked["requester_kind"],
                crime_investigation=asked["crime_investigation"],
            )
            if received
            else None,
            identity=Identity(
                identity=asked["identity"],
                call_back_source=asked.get("call_back_source") or "",
            )
            if received
            else None,
            by=self.user,
            at=self.at,
        )
        response = self.client.post(reverse("decisions:decide", args=[request.public_id]))
        assert response.status_code == 302
        return Draft.objects.get(decision__request=request)

    def pages(self) -> list[tuple[str, int, dict[str, Any]]]:
        """What is typed, page by page; nothing for a page of which the story says nothing."""
        answers = self.given["answers"]
        found: list[tuple[str, int, dict[str, Any]]] = [("people", 0, self._people())]
        for key, codes in (
            ("danger", ["immediate_danger"]),
            ("purpose", ["purpose"]),
            ("identifying", ["identifiable", "confidential"]),
            ("harm", ["significant_harm", "serious_crime", "legal_duty"]),
        ):
            found.append((key, 0, self._answers(codes, answers)))
        for section in self.pack.sections:
            if section.stage == "before":
                codes = [question.code for question in section.questions]
                found.append((f"questions-{section.code}", 0, self._answers(codes, answers)))
        found.append(("consent", 0, self._covers()))
        found.append(("grounds", 0, {"grounds": self.given["grounds"]}))
        decision = self.given.get("decision")
        if decision:
            found += self._decision(decision)
        return found

    @staticmethod
    def _answers(codes: list[str], answers: dict[str, str]) -> dict[str, str]:
        return {f"answer_{code}": answers[code] for code in codes if code in answers}

    def _people(self) -> dict[str, Any]:
        chosen = {"people": list(self.ids.values())}
        for person_id, judgement in self.judgements.items():
            chosen[f"judgement_{self.ids[person_id]}"] = [judgement]
        return chosen

    def _covers(self) -> dict[str, str]:
        return {
            f"covers_{consent}_{part}": "yes" if covered else "no"
            for consent, said in zip(self.consents, self.given["consents"], strict=True)
            for part, covered in said["covers"].items()
        }

    def _decision(self, decision: dict[str, Any]) -> list[tuple[str, int, dict[str, Any]]]:
        def texts(*names: str) -> dict[str, Any]:
            return {name: _typed(decision[name]) for name in names if decision[name] is not None}

        found: list[tuple[str, int, dict[str, Any]]] = [
            ("rules", 0, {"rules": [str(number) for number in decision["rules_considered"]]}),
            ("outcome", 0, texts("outcome", "reasons", "decided_by_role")),
            ("against", 0, texts("override_reasons")),
            ("withheld", 0, texts("withheld")),
            (
                "basis",
                0,
                texts("lawful_basis", "special_category", "special_category_condition"),
            ),
            ("no-consent", 0, texts("no_consent_because", "no_consent_reason")),
            ("telling", 0, texts("person_informed", "not_informed_because")),
            ("refusal", 0, texts("refusal_discussed", "refusal_not_discussed_because")),
        ]
        if not self.pack.rules:
            found = [page for page in found if page[0] != "rules"]
        for key, entries in (("item", decision["items"]), ("recipient", decision["recipients"])):
            for index, entry in enumerate(entries, start=1):
                typed = {name: _typed(value) for name, value in entry.items() if value is not None}
                if key == "item":
                    typed |= {"handling": "share", "about": list(self.ids.values())}
                found.append((key, index, typed))
        return found

    def url(self, key: str, index: int = 0) -> str:
        """The address of a page of the draft."""
        args = [self.draft.public_id, key] + ([index] if index else [])
        return reverse(f"decisions:draft-{'entry' if index else 'page'}", args=args)

    def type_in(self, pages: list[tuple[str, int, dict[str, Any]]] | None = None) -> None:
        """Post every page, then the advice; each is kept, valid or not."""
        for key, index, typed in self.pages() if pages is None else pages:
            response = self.client.post(self.url(key, index), {**typed, "version": "0"})
            assert response.status_code in (302, 422), (key, index, response.status_code)
        self._advice()

    def _advice(self) -> None:
        for advice in self.given["advice"]:
            on = date.fromisoformat(advice["on"])
            response = self.client.post(
                reverse("decisions:draft-advice-report", args=[self.draft.public_id]),
                {
                    "adviser": "Dilys Morgan",
                    "role": advice["from"],
                    "given_on_day": on.day,
                    "given_on_month": on.month,
                    "given_on_year": on.year,
                    "named": "no" if advice["anonymous"] else "yes",
                    "advised": advice["advised"] or "neither",
                    "words": "As I see it.",
                },
            )
            assert response.status_code == 302
        decision = self.given.get("decision") or {}
        for tried in decision.get("advice_tried") or []:
            response = self.client.post(
                reverse("decisions:draft-advice-tried", args=[self.draft.public_id]), tried
            )
            assert response.status_code == 302

    def material(self):
        """What the draft holds now."""
        draft = Draft.objects.select_related("decision__request", "decision__case").get(
            pk=self.draft.pk
        )
        roles = deciding_roles(self.user, draft.decision.organisation_id)
        return material_of(draft, pack_of_draft(draft), self.at.date(), roles=roles)

    def version_of(self, key: str, index: int = 0) -> int:
        """The version of a page now."""
        row = self.draft.pages.filter(page=key, index=index).first()
        return row.version if row else 0


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


__all__ = ["FILES", "Typist", "drafting", "noon", "scenario"]
