"""Every section of a matter, in the order in which they stand on the record."""

from typing import Any

from decisions import typed
from decisions.facts import Material
from decisions.remarks import remarks
from decisions.summary.asked import emergency, people, renewal, request_section, writing_up
from decisions.summary.decided import (
    advice_section,
    checklist,
    flow,
    grounds_section,
    guide_section,
    outcome_section,
    remarks_section,
)
from decisions.summary.rows import Section
from decisions.summary.said import consent_section
from decisions.summary.shared import items, law, no_consent, plans, recipients
from infosharing.guidance.guide import Guidance


def sections(material: Material, guidance: Guidance, drafted: dict[str, Any]) -> list[Section]:
    """Return the whole matter in words; ``drafted`` is ``facts.given(material)["decision"]``."""
    answers = typed.answers(material.pages, material.pack)
    sharing = drafted["outcome"] in ("share", "share_in_part")
    found = [*emergency(material), *writing_up(material), *renewal(material)]
    found += [request_section(material), people(material), *flow(material, answers)]
    found += [
        consent_section(material, guidance),
        grounds_section(material),
        advice_section(material),
    ]
    found += [*checklist(material, answers), outcome_section(material, drafted)]
    if sharing:
        found += [*items(material), *recipients(material), law(drafted)]
        if guidance.without_consent:
            found.append(no_consent(drafted))
    found += plans(material, drafted, sharing=sharing)
    odd = remarks(material, guidance, sharing=sharing)
    if odd:
        found.append(remarks_section(odd))
    found.append(guide_section(guidance))
    if guidance.rule == "2.1" and drafted["outcome"] == "do_not_share":
        return [section for section in found if _was_asked(section, material)]
    return found


def _was_asked(section: Section, material: Material) -> bool:
    """Whether anybody was asked what a section says.

    Refusing somebody who is not who they say needs two answers (guide.md section 5); the record
    then says nothing of what no page asked, rather than that it was not answered.
    """
    match section.code:
        case "consent":
            steps = any(material.steps_about(part) for part in material.chosen)
            return steps or bool(material.consents_of_chosen)
        case "advice":
            return bool(material.advice or material.tried or material.sought.open)
        case "renewal" | "people":
            return True
        case _:
            return not section.page or (section.page, section.index) in material.pages
