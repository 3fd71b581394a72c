"""What was said about sharing, and whether it can be relied on."""

from consent.enums import GivenBy, How, Status, Step
from consent.models import ConsentRecord, ConsentStep
from decisions.facts import Material
from decisions.summary.rows import YES_NO, Row, Section
from infosharing.cases.documents import checksum_words, document_words
from infosharing.guidance.guide import Guidance
from infosharing.guidance.words import consent_problem_words
from infosharing.journeys.templatetags.british import british_date


def step_words(step: ConsentStep) -> str:
    """Return how somebody was asked about sharing, or why not, in one sentence or two."""
    when, name = british_date(step.happened_on), step.person.name
    who = f"{step.whom} ({GivenBy(step.standing).label.lower()})" if step.standing else step.whom
    match step.kind:
        case Step.TO_ASK:
            found = f"{who} is to be asked about {name}; noted on {when}"
        case Step.ASKED:
            found = f"{who} was asked about {name} on {when} ({How(step.how).label.lower()})"
            if getattr(step, "open", True):
                found += "; no answer is recorded yet"
        case Step.NO_ANSWER:
            found = f"{who} was asked about {name}; no answer had come by {when}"
        case _:
            found = f"Nobody was asked about {name}, as {step.taken_by} decided on {when}"
    return f"{found}. {step.words}".strip() if step.words else f"{found}."


def taken_back_words(step: ConsentStep) -> str:
    """Return which part of a yes was taken back, when and by whom."""
    lines = [f"On {british_date(step.happened_on)} by {step.whom}."]
    if step.scope_recipients:
        lines.append(f"No longer with: {step.scope_recipients}")
    if step.scope_information:
        lines.append(f"No longer this information: {step.scope_information}")
    return "\n".join(lines)


def _understanding(consent: ConsentRecord) -> list[Row]:
    """What they knew, and whether they were free and understood; of a no nobody is asked."""
    if consent.understood is None:
        return []
    understanding = {
        "what will happen to the information": consent.knows_what_happens,
        "who will be told what": consent.knows_who_is_told,
        "whom they may tell": consent.knows_onward_sharing,
        "why": consent.knows_why,
        "what follows from yes and from no": consent.consequences_explained,
    }
    explained = [words for words, known in understanding.items() if known]
    left_out = [words for words, known in understanding.items() if not known]
    return [
        Row(
            "Explained to them",
            "; ".join(explained) or "Nothing",
            "Not explained: " + "; ".join(left_out) if left_out else "",
        ),
        Row("Given freely, without pressure", YES_NO[consent.freely_given]),
        Row("Understood by who said it", YES_NO[consent.understood]),
    ]


def _said(consent: ConsentRecord, material: Material) -> list[Row]:
    when = british_date(consent.said_on)
    until = f", holds until {british_date(consent.until)}" if consent.until else ""
    covers = material.covers(consent)
    rows = [
        Row(
            f"About {consent.person.name}",
            f"{Status(consent.status).label} on {when}{until}",
            f"Said by {consent.giver} ({GivenBy(consent.given_by).label}), "
            f"{How(consent.how).label}; asked by {consent.taken_by}; "
            f"record {consent.spoken_reference}",
        ),
        Row(
            "Standing of who said it",
            "Parental responsibility: " + YES_NO[consent.parental_responsibility],
            f"Authority: {consent.authority_evidence}" if consent.authority_evidence else "",
        ),
        *_understanding(consent),
        Row(
            "What it is about",
            f"Information: {consent.scope_information}\nTo: {consent.scope_recipients}\n"
            f"For: {consent.scope_purpose}",
        ),
        Row(
            "Does it concern this sharing?",
            f"Purpose: {YES_NO[covers['purpose']]}. Recipients: {YES_NO[covers['recipients']]}. "
            f"Information: {YES_NO[covers['information']]}.",
        ),
    ]
    if consent.document is not None:
        shown = consent.document
        rows.insert(1, Row("Document that shows it", document_words(shown), checksum_words(shown)))
    if consent.limits:
        rows.append(Row("They said no to", consent.limits))
    if consent.continuing and consent.review_on:
        again = getattr(consent, "look_again_on", None) or consent.review_on
        words = f"Yes, to be looked at again on {british_date(again)}"
        rows.append(Row("For going on sharing", words))
    rows += [
        Row("Part taken back", taken_back_words(step), step.words)
        for step in material.taken_back_of(consent)
    ]
    withdrawal = getattr(consent, "withdrawal", None)
    if withdrawal:
        rows.append(
            Row(
                "Withdrawn",
                f"On {british_date(withdrawal.withdrawn_on)} by {withdrawal.withdrawn_by}",
                withdrawal.words,
            )
        )
    return rows


def consent_section(material: Material, guidance: Guidance) -> Section:
    """Return what was said about sharing, and for each person whether it can be relied on."""
    rows: list[Row] = []
    for consent in material.consents_of_chosen:
        rows += _said(consent, material)
    for part in material.chosen:
        rows += [Row("Asking for consent", step_words(s)) for s in material.steps_about(part)]
        problems = guidance.consents.get(part.person.public_id, ())
        found = " ".join(consent_problem_words(code) for code in problems)
        rows.append(
            Row(
                f"Can consent be relied on for {part.person.name}?",
                "No" if problems else "Yes",
                found,
            )
        )
    return Section("consent", "Consent", rows, page="consent")
