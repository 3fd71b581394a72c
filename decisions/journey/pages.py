"""The pages of a decision, in order, as data (R9 to R17, R34 to R49).

A question of the guide or of the checklist is never hidden; what shows only when it applies are
the decision's own fields, and each says why it is not needed now.
"""

from collections.abc import Callable
from dataclasses import replace

from decisions import summary, typed
from decisions.facts import ANSWERS
from decisions.journey import page_forms
from decisions.journey.situation import Situation
from infosharing.guidance.pack import Pack
from infosharing.journeys.steps import Journey, Section, ShortPath, Step


def _stopped_before(*rules: str) -> Callable[[Situation], bool]:
    def needed(situation: Situation) -> bool:
        guidance = situation.guidance
        return guidance.suggestion == "unfinished" or guidance.rule not in rules

    return needed


def _identifiable(situation: Situation) -> bool:
    material = situation.material
    return material.answers_identifiable != "no" or bool(page_forms.consents_to_consider(material))


def _consent_matters(situation: Situation) -> bool:
    """Whether there is a yes or no to look at, or nothing but consent would let it be shared.

    Where nobody has said anything and another reason is there already, the page would ask nothing;
    what it shows stands on the page about that reason (R29).
    """
    material = situation.material
    if not _identifiable(situation):
        return False
    known = page_forms.consents_to_consider(material) or any(
        material.steps_about(part) for part in material.chosen
    )
    guidance = situation.guidance
    free = guidance.suggestion != "unfinished" and guidance.rule in WITHOUT_CONSENT
    return bool(known) or not free


def _in_confidence(situation: Situation) -> bool:
    guidance = situation.guidance
    return (guidance.identifying and guidance.in_confidence) or situation.wanted("grounds")


def _goes_against(situation: Situation) -> bool:
    kept = typed.page(situation.material.pages, "against")
    return (
        situation.wanted("against")
        or bool(typed.text(kept, "override_reasons"))
        or bool(situation.material.contrary_advice)
    )


def _received(situation: Situation) -> bool:
    return situation.material.request.received


def _advice_wanted(situation: Situation) -> bool:
    material = situation.material
    return (
        situation.wanted("advice")
        or bool(material.advice or material.tried)
        or situation.guidance.suggestion == "seek_advice"
    )


def _sharing(situation: Situation) -> bool:
    return situation.sharing or situation.urgent


def _sharing_identifying(situation: Situation) -> bool:
    return situation.sharing and situation.guidance.identifying


def _in_part(situation: Situation) -> bool:
    return situation.outcome == "share_in_part"


def _without_consent(situation: Situation) -> bool:
    return situation.guidance.without_consent


def _refusing_a_request(situation: Situation) -> bool:
    return situation.outcome == "do_not_share" and _received(situation)


def short_path(situation: Situation) -> ShortPath | None:
    """Return the few pages that matter now: in danger, or with a caller who is not who they say."""
    if situation.urgent:
        return ShortPath(
            keys=("danger", "request", "outcome", "item", "recipient"),
            now=Section(
                "now",
                "Now",
                "Somebody is in danger: ring 999 or social care first. These pages are all that "
                "the decision needs today.",
            ),
            rest=Section(
                "afterwards",
                "Afterwards",
                "Write these up by the end of the next working day, or go on with them now.",
            ),
        )
    if situation.refused_caller:
        return ShortPath(
            keys=("request", "outcome"),
            now=Section(
                "now", "Now", "Whoever asked is not who they say: your decision is enough."
            ),
            rest=Section("afterwards", "If you want to write down more", "None of it is needed."),
        )
    return None


# The guide's rules that let what was given in confidence be shared whatever anybody has said.
WITHOUT_CONSENT = ("2.2", "2.6", "2.8")
# Where a decision that has just been started begins.
FIRST_PAGE = "danger"
SHARES = "Only when you decide to share."


def _start() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "danger",
            summary.FLOW_PAGES["danger"][0],
            "start",
            page_forms.flow(*summary.FLOW_PAGES["danger"][1]),
        ),
        Step(
            "request",
            "Who is asking",
            "start",
            applies_when=_received,
            otherwise="Nobody asked: we thought of it ourselves.",
            walked=False,
        ),
        Step("people", "Whom the information is about", "about", page_forms.people),
    )


def _about() -> tuple[Step[Situation], ...]:
    answered = "The guide does not need it after your other answers."
    purpose, identifying, harm = (
        summary.FLOW_PAGES[key] for key in ("purpose", "identifying", "harm")
    )
    return (
        Step("purpose", purpose[0], "about", page_forms.flow(*purpose[1])),
        Step(
            "identifying",
            identifying[0],
            "about",
            page_forms.flow(*identifying[1]),
            applies_when=_stopped_before("2.3"),
            otherwise=answered,
            stays_open=True,
        ),
        Step(
            "harm",
            harm[0],
            "about",
            page_forms.flow(*harm[1]),
            applies_when=_stopped_before("2.3", "2.4", "2.5"),
            otherwise=answered,
            stays_open=True,
        ),
        Step(
            "consent",
            "Consent",
            "consent",
            page_forms.consent,
            applies_when=_consent_matters,
            otherwise="Nobody has said yes or no, and it may be shared without. You can still "
            "record what somebody said.",
            stays_open=True,
        ),
        Step(
            "grounds",
            "Grounds for sharing without consent",
            "consent",
            page_forms.grounds,
            applies_when=_in_confidence,
            otherwise="Nothing here was given in confidence, or nobody can be recognised.",
            stays_open=True,
        ),
    )


def _checklist(pack: Pack) -> tuple[Step[Situation], ...]:
    steps: list[Step[Situation]] = [
        Step(
            f"questions-{section.code}",
            section.title,
            "checklist",
            page_forms.questions(section.questions),
        )
        for section in pack.sections
        if section.stage == "before"
    ]
    if pack.rules:
        steps.append(Step("rules", "The rules", "checklist", page_forms.rules))
    return tuple(steps)


def _deciding() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "advice",
            "Advice",
            "decision",
            applies_when=_advice_wanted,
            otherwise="Nobody has to be asked. You still may.",
            stays_open=True,
        ),
        Step("outcome", "Your decision", "decision", page_forms.outcome),
        Step(
            "against",
            "Why you decide differently",
            "decision",
            page_forms.against,
            applies_when=_goes_against,
            otherwise="Only when your decision is not what the guide suggests or you were advised.",
        ),
    )


def _if_shared() -> tuple[Step[Situation], ...]:
    return (
        Step(
            "item",
            "What is shared",
            "sharing",
            page_forms.item,
            applies_when=_sharing,
            otherwise=SHARES,
            repeats=True,
            one="Information",
        ),
        Step(
            "withheld",
            "What is held back",
            "sharing",
            page_forms.withheld,
            applies_when=_in_part,
            otherwise="Only when you share part of it.",
        ),
        Step(
            "recipient",
            "The recipients, one by one",
            "sharing",
            page_forms.recipient,
            applies_when=_sharing,
            otherwise=SHARES,
            repeats=True,
            one="Recipient",
        ),
        Step(
            "basis",
            "The law",
            "sharing",
            page_forms.basis,
            applies_when=_sharing_identifying,
            otherwise="Only when you share something that points at somebody.",
        ),
        Step(
            "no-consent",
            "Sharing without consent",
            "sharing",
            page_forms.no_consent,
            applies_when=_without_consent,
            otherwise="Only when you share in confidence without everybody’s consent.",
        ),
        Step(
            "telling",
            "Telling the person",
            "sharing",
            page_forms.telling,
            applies_when=_sharing_identifying,
            otherwise="Only when you share something that points at somebody.",
        ),
        Step(
            "refusal",
            "Talking to whoever asked",
            "sharing",
            page_forms.refusal,
            applies_when=_refusing_a_request,
            otherwise="Only when you do not share what somebody asked for.",
        ),
    )


def sections(pack: Pack) -> tuple[Section, ...]:
    """Return the headings of the task list."""
    return (
        Section("start", "First"),
        Section("about", "People and purpose"),
        Section("consent", "Consent, and other reasons"),
        Section("checklist", "The checklist", f"Your organisation follows: {pack.title}."),
        Section("decision", "Advice and decision"),
        Section("sharing", "What follows from it"),
    )


def _returned() -> Step[Situation]:
    return Step(ANSWERS, "What the reviewer asked for", "start", page_forms.answers)


def _asking(step: Step[Situation]) -> Step[Situation]:
    """Return a step on whose page a reviewer's questions about it are answered."""
    if step.form is None:
        return step
    return replace(step, form=page_forms.with_questions(step.key, step.form))


def journey_for(pack: Pack, *, returned: bool = False) -> Journey[Situation]:
    """Return the pages of a decision under a checklist.

    ``returned``: of the new version of a decision that a reviewer returned; each of its pages
    asks what the reviewer asked about it.
    """
    steps = (*_start(), *_about(), *_checklist(pack), *_deciding(), *_if_shared())
    if returned:
        steps = tuple(_asking(step) for step in (_returned(), *steps))
    return Journey(sections=sections(pack), steps=steps, short_path=short_path)
