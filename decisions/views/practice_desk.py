"""An imagined matter made of nothing but the typed pages; no row is read or written for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from consent.enums import How
from consent.models import ConsentRecord, Withdrawal
from decisions import typed
from decisions.facts import Material
from decisions.forms.pages_advice import advised_code
from decisions.forms.pages_practice import (
    BORN,
    NOBODY,
    NOT_REACHED,
    PracticeAdviceForm,
    PracticePersonForm,
    PracticeRequestForm,
)
from decisions.journey import Situation, journey_for, situation_of
from decisions.models import Advice, Request
from decisions.packs import shipped
from decisions.sought import Sought, Tried
from decisions.views import wizard
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing, today
from infosharing.accounts.roles import RECORDING, Role
from infosharing.cases.enums import JudgementKind, Part
from infosharing.cases.models import CasePerson, Judgement, Person
from infosharing.guidance.facts import age_on
from infosharing.guidance.loading import DEFAULT
from infosharing.guidance.pack import Pack
from infosharing.journeys.forms import PlainForm
from infosharing.journeys.pages import as_posted
from infosharing.journeys.steps import Journey, Pages, Step, always, entries
from infosharing.journeys.storage import PageStorage

IMAGINED = "Imagined"
ROLES = tuple(role for role in Role if role in RECORDING)
MOST_PEOPLE = 3
STAND_INS = {"people": "person", "asked": "request"}


class PracticeLinks:
    """Where things are, as values of the buttons named "go"."""

    tasks = "tasks"
    check = "check"

    def page(self, key: str, index: int = 0) -> str:
        """Return the button value for a page."""
        return f"page:{STAND_INS.get(key, key)}:{index}"

    def remove(self, key: str, index: int) -> str:
        """Return the button value for taking an entry off."""
        return f"remove:{key}:{index}"


def _request_form(_situation: Situation, _index: int, data: Any) -> PlainForm:
    return PracticeRequestForm(data)


def _person_form(_situation: Situation, _index: int, data: Any) -> PlainForm:
    return PracticePersonForm(data)


def _advice_form(_situation: Situation, _index: int, data: Any) -> PlainForm:
    return PracticeAdviceForm(data)


def practice_journey(pack: Pack) -> Journey[Situation]:
    """Return the pages of a decision with imagined request, people and advice in their places."""
    journey = journey_for(pack)
    return replace(journey, steps=tuple(_imagined(step) for step in journey.steps))


def _imagined(step: Step[Situation]) -> Step[Situation]:
    match step.key:
        case "request":
            return replace(step, form=_request_form, walked=True, applies_when=always)
        case "people":
            return Step(
                "person",
                "Whom the information is about",
                "about",
                _person_form,
                repeats=True,
                most=MOST_PEOPLE,
                one="Person",
            )
        case "advice":
            return replace(step, form=_advice_form)
        case _:
            return step


def pack_for(user: User) -> Pack:
    """Return the checklist of the user's organisation, or the one that ships as the default."""
    memberships = standing(user).memberships
    return shipped(memberships[0].organisation.pack if memberships else DEFAULT)


@dataclass(frozen=True)
class _Imagined:
    part: CasePerson
    judgement: Judgement | None
    consent: ConsentRecord | None


def desk_of(user: User, storage: PageStorage) -> wizard.Desk:
    """Return the imagined matter of a page on a user's desk."""
    pack = pack_for(user)

    def weigh(pages: Pages) -> Situation:
        return situation_of(imagined_material(pages, pack, today()), ROLES)

    return wizard.Desk(
        journey=practice_journey(pack),
        situation=weigh(storage.pages()),
        storage=storage,
        links=PracticeLinks(),
        weigh=weigh,
        stand_ins=STAND_INS,
    )


def _understood(form: PlainForm) -> Mapping[str, Any]:
    """Return what is in order on a form, whatever else is not."""
    form.is_valid()
    return form.cleaned_data


def imagined_material(pages: Pages, pack: Pack, on: date) -> Material:
    """Return the material of an imagined matter; models are made but never saved."""
    people = [
        _person(index, _understood(PracticePersonForm(as_posted(found))), on)
        for index, found in entries(pages, "person")
    ]
    chosen: dict[str, list[str]] = {"people": [one.part.person.public_id for one in people]}
    for one in people:
        if one.judgement:
            chosen[f"judgement_{one.part.person.public_id}"] = [one.judgement.public_id]
    advice, tried = _advice(typed.page(pages, "advice"), on)
    return Material(
        request=_request(typed.page(pages, "request"), on),
        pages={**pages, ("people", 0): chosen},
        pack=pack,
        on=on,
        parts=[one.part for one in people],
        judgements=[one.judgement for one in people if one.judgement],
        consents=[one.consent for one in people if one.consent],
        advice=advice,
        sought=Sought(in_vain=tried),
    )


def _request(found: typed.Typed, on: date) -> Request:
    said = _understood(PracticeRequestForm(as_posted(found)))
    request = Request(origin="own_initiative", asked_for=IMAGINED, purpose=IMAGINED, happened_on=on)
    received = said.get("origin") == "received"
    if received and all(said.get(name) for name in ("channel", "requester_kind", "identity")):
        request.origin = "received"
        request.channel = said["channel"]
        request.requester_kind = said["requester_kind"]
        request.requester_name = IMAGINED
        request.identity = said["identity"]
        request.call_back_source = said.get("call_back_source") or ""
        request.crime_investigation = bool(said.get("crime_investigation"))
    return request


def _person(index: int, said: Mapping[str, Any], on: date) -> _Imagined:
    born = said.get("born") if said.get("age") == BORN else None
    band = str(said["age"]) if said.get("age") not in (None, "", BORN) else "under_16"
    person = Person(
        pk=index,
        public_id=f"person-{index}",
        name=f"Person {index}",
        born=born,
        age_band="" if born else band,
    )
    under_16 = age_on(born, on) < 16 if born else band in ("unborn", "under_16")
    judgement = None
    if said.get("able") in ("yes", "no"):
        judgement = Judgement(
            public_id=f"judgement-{index}",
            person=person,
            kind=JudgementKind.COMPETENCE if under_16 else JudgementKind.CAPACITY,
            matter=IMAGINED,
            able=said["able"] == "yes",
            reasons=IMAGINED,
            judged_on=on,
            judged_by=IMAGINED,
        )
    return _Imagined(
        part=CasePerson(person=person, part=Part.SUBJECT),
        judgement=judgement,
        consent=_consent(index, person, said, on),
    )


def _consent(index: int, person: Person, said: Mapping[str, Any], on: date) -> ConsentRecord | None:
    if not (said.get("asked") and said.get("status") and said.get("given_by")):
        return None
    informed, held = said.get("informed") or [], said.get("held") or []
    consent = ConsentRecord(
        public_id=f"consent-{index}",
        reference=f"PRACTICE{index:02}",
        person=person,
        status=said["status"],
        said_on=said.get("said_on") or on,
        until=said.get("until"),
        given_by=said["given_by"],
        giver=IMAGINED,
        parental_responsibility="parental_responsibility" in held,
        authority_evidenced="authority_evidenced" in held,
        knows_what_happens="what_happens" in informed,
        knows_who_is_told="who_is_told" in informed,
        knows_onward_sharing="onward_sharing" in informed,
        knows_why="why" in informed,
        consequences_explained="consequences_explained" in held,
        freely_given="freely_given" in held,
        understood="understood" in held,
        scope_purpose=IMAGINED,
        scope_recipients=IMAGINED,
        scope_information=IMAGINED,
        how=How.OTHER,
        taken_by=IMAGINED,
    )
    if said["status"] == "given" and said.get("withdrawn_on"):
        Withdrawal(
            consent=consent,
            withdrawn_on=said["withdrawn_on"],
            withdrawn_by=IMAGINED,
            how=How.OTHER,
        )
    return consent


def _advice(found: typed.Typed, on: date) -> tuple[list[Advice], list[Tried]]:
    said = _understood(PracticeAdviceForm(as_posted(found)))
    role, advised = said.get("role"), said.get("advised")
    if not role or advised in (None, "", NOBODY):
        return [], []
    if advised == NOT_REACHED:
        how = said.get("how") or ""
        return [], [Tried(role, how)] if how else []
    advice = Advice(
        adviser=IMAGINED,
        role=role,
        given_on=on,
        anonymous=True,
        advised=advised_code(advised),
        words=IMAGINED,
    )
    return [advice], []
