"""The words of a matter, section by section: the same on check-your-answers, record and PDF.

What is signed keeps these words as they were shown, so the record can be read in forty years
without the program that made it (R51, R54).
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from consent.enums import GivenBy, How, Status, Step
from consent.models import ConsentRecord, ConsentStep
from decisions import typed
from decisions.enums import Entitled, Handling, IdentityHow, LegalPower, Others, VersionKind
from decisions.facts import ANSWERS, Material
from decisions.known_words import answers_of, lines_of
from decisions.models import Request
from decisions.remarks import Remark, remarks
from infosharing.accounts import roles
from infosharing.cases.documents import checksum_words, document_words
from infosharing.cases.enums import AgeBand, JudgementKind, Part
from infosharing.cases.models import CasePerson
from infosharing.guidance import codes
from infosharing.guidance.facts import age_on
from infosharing.guidance.guide import Guidance
from infosharing.guidance.parts import Question
from infosharing.guidance.words import consent_problem_words, suggestion_words
from infosharing.journeys.templatetags.british import british_date, british_datetime
from infosharing.workdays.clock import day_of, end_of

NOT_ANSWERED = "Not answered"
YES_NO = {True: "Yes", False: "No", None: NOT_ANSWERED}


@dataclass(frozen=True)
class Row:
    """One line: what was asked, what was said, and the note beside it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One heading of the record; ``page`` and ``index`` say where a draft changes it."""

    code: str
    title: str
    rows: list[Row] = field(default_factory=list)
    page: str = ""
    index: int = 0


def as_data(sections: list[Section]) -> list[dict[str, Any]]:
    """Return sections as they are kept in what is signed."""
    return [asdict(section) for section in sections]


def from_data(data: list[dict[str, Any]]) -> list[Section]:
    """Return sections from what was signed."""
    return [
        Section(**{**section, "rows": [Row(**row) for row in section["rows"]]}) for section in data
    ]


def _words(choices: codes.Choices[Any], code: str | None) -> str:
    return codes.words_of(choices, code) if code else NOT_ANSWERED


def _renewal(material: Material) -> Iterator[Section]:
    """Why there is a new version, what a reviewer asked and what is answered (R50, R57)."""
    renewal = material.renewal
    if renewal is None:
        return
    reopened = renewal.kind == VersionKind.REOPENING
    rows = [
        Row("What is new" if reopened else "Reason", renewal.reason or "To write it up"),
        Row("It follows", f"Version {renewal.number}, which stays readable as it was signed"),
    ]
    if reopened and renewal.known_on:
        known = british_date(renewal.known_on)
        rows.insert(1, Row("Known since", known, f"From {renewal.known_from}"))
    review = renewal.returned_by
    if review is not None:
        by = f"{review.reviewer.name}, {roles.words(review.reviewed_as)}"
        note = f"{by}, on {british_datetime(review.reviewed_at)}"
        rows.append(Row(f"Version {renewal.number} was returned", review.words, note))
    for asked in renewal.questions:
        rows.append(Row(f"Question {asked.number}, about “{asked.place}”", asked.words))
        answer = material.answer_to(asked) or NOT_ANSWERED
        rows.append(Row(f"Answer to question {asked.number}", answer))
    why = typed.text(typed.page(material.pages, ANSWERS), "unchanged_because")
    if why:
        rows.append(Row("Why it is signed as it was", why))
    yield Section("renewal", "Why there is a new version", rows, page=ANSWERS)


def request_rows(request: Request) -> list[Row]:
    """Return a request line by line, as the record keeps it."""
    rows = [
        Row("Reference", request.spoken_reference),
        Row("Where it came from", codes.words_of(codes.ORIGINS, request.origin)),
        Row("Day", british_date(request.happened_on), request.happened_time),
        Row("Information", request.asked_for),
        Row("Purpose", request.purpose),
    ]
    if request.background:
        rows.append(Row("What else is known of it", request.background))
    if request.by_when:
        rows.append(Row("To be decided by", british_datetime(request.by_when)))
    if request.received:
        who = ", ".join(
            part
            for part in (
                request.requester_name,
                request.requester_role,
                request.requester_organisation,
            )
            if part
        )
        rows += [
            Row("Requester", who or "Not named"),
            Row("Kind of requester", codes.words_of(codes.REQUESTER_KINDS, request.requester_kind)),
            Row("How to reach them", request.requester_contact or "Not recorded"),
            Row("How it came", codes.words_of(codes.CHANNELS, request.channel)),
            Row(
                "To prevent or detect a crime",
                YES_NO[request.crime_investigation],
            ),
            Row("Legal power", power_words(request)),
            Row(
                "Identity of the requester",
                codes.words_of(codes.IDENTITIES, request.identity),
                request.identity_note,
            ),
        ]
        if request.identity_how:
            rows.append(Row("How it was checked", str(IdentityHow(request.identity_how).label)))
        if request.call_back_source:
            rows.append(Row("Where the number rung back came from", request.call_back_source))
        if request.identity_checked_by and request.identity_checked_at:
            rows.append(
                Row(
                    "Checked by",
                    request.identity_checked_by.name,
                    british_datetime(request.identity_checked_at),
                )
            )
        entitled = str(Entitled(request.entitled).label) if request.entitled else "Not recorded"
        rows.append(Row("Are they entitled to it?", entitled, request.entitlement))
    return rows


def power_words(request: Request) -> str:
    """Return the law or order a requester relies on, in words."""
    kind = str(LegalPower(request.legal_power_kind).label) if request.legal_power_kind else ""
    return ": ".join(filter(None, [kind, request.legal_power])) or "None given"


def _request(material: Material) -> Section:
    rows = request_rows(material.request)
    asked = [part.person.name for part in material.parts if getattr(part, "asked", False)]
    if asked:
        rows.insert(1, Row("Asked about", ", ".join(asked)))
    rows += [
        Row("Attached document", document_words(one), checksum_words(one))
        for one in material.attached
    ]
    return Section("request", "The request", rows)


def _emergency(material: Material) -> Iterator[Section]:
    """When an emergency happened, and who wrote it down first, where the emergency page said so."""
    if ("emergency", 0) not in material.pages:
        return
    said = typed.emergency(material.pages)
    if said.shared_on:
        rows = [Row("Shared already", british_date(said.shared_on), said.shared_time)]
    else:
        rows = [Row("Shared already", "No: signed first")]
    if said.paper_by:
        when = ", ".join(filter(None, [british_date(said.paper_on), said.paper_time]))
        rows.append(Row("Written on paper first", f"By {said.paper_by}, {when}"))
    yield Section("emergency", "The emergency", rows)


def _writing_up(material: Material) -> Iterator[Section]:
    """What a write-up writes up: the times side by side (guide.md section 5)."""
    found = material.writing_up
    if found is None:
        return
    late = f"{found.late} working day{'' if found.late == 1 else 's'} late" if found.late else ""
    rows = [
        Row(
            f"Version {found.number} signed",
            british_datetime(found.signed_at),
            f"By {found.signed_by}. Ages and consent below are those of that day.",
        ),
        Row("To be written up by", due_words(found.due) if found.due else "No time set"),
        Row("Written up", british_date(material.on), late or "In time"),
    ]
    yield Section("writing-up", "What this writes up", rows)


def due_words(moment: datetime) -> str:
    """Return until when; the last minute of a day is the whole day."""
    day = day_of(moment)
    return f"The end of {british_date(day)}" if end_of(day) <= moment else british_datetime(moment)


def age_words(part: CasePerson, material: Material) -> str:
    """Return a person's age on the day, in words."""
    person = part.person
    if not person.born and person.about_age is not None and person.about_age_on is not None:
        about = person.about_age + age_on(person.about_age_on, material.on)
        return f"About {about} (said on {british_date(person.about_age_on)})"
    if not person.born:
        return str(AgeBand(person.age_band).label)
    on = material.writing_up.signed_on if material.writing_up else material.on
    if person.born > on:
        return f"Expected {british_date(person.born)}"
    age = age_on(person.born, on)
    return f"{age} (born {british_date(person.born)})"


def _people(material: Material) -> Section:
    rows = []
    for part in material.chosen:
        person = part.person
        also = f"known as {person.preferred_name}" if person.preferred_name else ""
        rows.append(Row(person.name, age_words(part, material), also))
        rows.append(Row("Part in the case", str(Part(part.part).label)))
        judgement = material.judgement_of(part)
        if judgement:
            able = "Able to decide this" if judgement.able else "Not able to decide this"
            rows.append(
                Row(
                    str(JudgementKind(judgement.kind).label),
                    f"{able}: {judgement.reasons}",
                    f"Judged by {judgement.judged_by} on {british_date(judgement.judged_on)}, "
                    f"about: {judgement.matter}",
                )
            )
            rows += [Row(label, value) for label, value in answers_of(judgement)]
            if judgement.document is not None:
                shown = judgement.document
                rows.append(
                    Row("Document that shows it", document_words(shown), checksum_words(shown))
                )
        if material.known is not None:
            rows += [Row(*line) for line in lines_of(material.known, person)]
    if not rows:
        rows.append(Row("People", "Nobody chosen"))
    return Section("people", "Whom the information is about", rows, page="people")


def _answer(question: Question, material: Material, answers: dict[str, str], page: str) -> Row:
    note = typed.text(typed.page(material.pages, page), f"note_{question.code}") or ""
    found = answers.get(question.code)
    return Row(question.text, _words(codes.ANSWERS, found), note)


FLOW_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "danger": ("Danger now", ("immediate_danger",)),
    "purpose": ("Purpose", ("purpose",)),
    "identifying": ("Kind of information", ("identifiable", "confidential")),
    "harm": ("Harm, crime and duty", ("significant_harm", "serious_crime", "legal_duty")),
}


def _flow(material: Material, answers: dict[str, str]) -> Iterator[Section]:
    for page, (title, questions) in FLOW_PAGES.items():
        rows = [
            _answer(material.pack.question(code), material, answers, page) for code in questions
        ]
        yield Section(page, title, rows, page=page)


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
            f"{consent.scope_information} To: {consent.scope_recipients} "
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


def _consent(material: Material, guidance: Guidance) -> Section:
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


def _advice(material: Material) -> Section:
    rows = []
    for advice in material.advice:
        advised = (
            codes.words_of(codes.OUTCOMES, advice.advised) if advice.advised else "Advised neither"
        )
        how = "reported by the practitioner" if advice.reported else "given by them, signed in"
        named = "asked without a name, they say" if advice.anonymous else "the person was named"
        asked = ""
        if advice.request:
            because = advice.request.named_because
            named = "the person was not named" if advice.anonymous else "the person was named"
            named += f", because: {because}" if because else ""
            asked = f"; asked: {advice.request.question}"
        rows.append(
            Row(
                f"{advice.adviser}, {roles.words(advice.role)}",
                f"{advised}. {advice.words}",
                f"{british_date(advice.given_on)}; {how}; {named}{asked}",
            )
        )
    rows += [Row(f"Tried in vain: {roles.words(t.role)}", t.how) for t in material.tried]
    return Section("advice", "Advice", rows or [Row("Advice", "None")], page="advice")


def _grounds(material: Material) -> Section:
    found = typed.grounds(material.pages)
    rows = [Row("Ground", codes.words_of(codes.GROUNDS, code)) for code in found]
    note = typed.text(typed.page(material.pages, "grounds"), "note") or ""
    if not rows:
        rows = [Row("Grounds", "None ticked", note)]
    elif note:
        rows.append(Row("Note", note))
    return Section("grounds", "Grounds for sharing without consent", rows, page="grounds")


def _pack(material: Material, answers: dict[str, str]) -> Iterator[Section]:
    for section in material.pack.sections:
        if section.stage == "before":
            page = f"questions-{section.code}"
            rows = [_answer(q, material, answers, page) for q in section.questions]
            yield Section(page, section.title, rows, page=page)
    if material.pack.rules:
        ticked = set(typed.several(typed.page(material.pages, "rules"), "rules"))
        yield Section(
            "rules",
            "Rules considered",
            [
                Row(
                    f"{rule.number}. {rule.title}",
                    "Considered" if str(rule.number) in ticked else "Not considered yet",
                    rule.text,
                )
                for rule in material.pack.rules
            ],
            page="rules",
        )


def _outcome(material: Material, drafted: dict[str, Any]) -> Section:
    rows = [
        Row("Outcome", _words(codes.OUTCOMES, drafted["outcome"])),
        Row("Reasons", drafted["reasons"] or NOT_ANSWERED),
        Row("Decided as", roles.words(material.role) if material.role else NOT_ANSWERED),
    ]
    if drafted["override_reasons"]:
        rows.append(Row("Why do you decide differently?", drafted["override_reasons"]))
    contrary = material.contrary_advice
    why = typed.text(typed.page(material.pages, "against"), "advice_reasons")
    if contrary:
        of = ", ".join(f"{one.adviser}, {roles.words(one.role)}" for one in contrary)
        rows.append(
            Row("Why do you go against the advice?", why or NOT_ANSWERED, f"Advice of {of}")
        )
    return Section("outcome", "The decision", rows, page="outcome")


def _others(entry: typed.Typed) -> str:
    found = typed.one_of(entry, "others", Others.values)
    return str(Others(found).label) if found else NOT_ANSWERED


def _remarks(found: list[Remark]) -> Section:
    rows = [Row("Remark", one.words) for one in found]
    return Section("remarks", "What does not fit together", rows)


def _items(material: Material) -> Iterator[Section]:
    names = {part.person.public_id: part.person.name for part in material.parts}
    for number, (index, entry) in enumerate(typed.repeated(material.pages, "item"), start=1):
        handled = typed.handling(entry)
        about = [names[i] for i in typed.several(entry, "about") if i in names]
        rows = [
            Row("What is it?", typed.text(entry, "what") or NOT_ANSWERED),
            Row("Whom is it about?", ", ".join(about) or NOT_ANSWERED),
            Row(
                "What happens to it?",
                str(Handling(handled).label) if handled else NOT_ANSWERED,
                typed.text(entry, "handling_reason") or "",
            ),
        ]
        if handled == Handling.REDACT:
            words = typed.text(entry, "as_sent") or "A copy with parts taken out is attached"
            rows.append(Row("How does it read with those parts taken out?", words))
        if handled != Handling.HOLD_BACK:
            nature = typed.one_of(entry, "nature", codes.codes_of(codes.NATURES))
            rows += [
                Row("Is it fact or opinion?", _words(codes.NATURES, nature)),
                Row(
                    "Is it about the past, rather than how things are now?",
                    YES_NO[typed.yes_no(entry, "history")],
                    typed.text(entry, "history_when") or "",
                ),
                Row("Who told you, or who wrote it?", typed.text(entry, "source") or NOT_ANSWERED),
                Row(
                    "Have you checked it with whoever told you or wrote it?",
                    YES_NO[typed.yes_no(entry, "source_checked")],
                    typed.text(entry, "source_not_checked_because") or "",
                ),
                Row(
                    "Could anybody else be recognised from it?",
                    _others(entry),
                    typed.text(entry, "others_done") or "",
                ),
            ]
        yield Section(f"item-{number}", f"Information {number}", rows, page="item", index=index)


def _recipients(material: Material) -> Iterator[Section]:
    methods = material.pack.methods
    entries = typed.repeated(material.pages, "recipient")
    for number, (index, entry) in enumerate(entries, start=1):
        method = typed.one_of(entry, "method", codes.codes_of(methods))
        rows = [
            Row(
                "Who gets it?",
                typed.text(entry, "name") or NOT_ANSWERED,
                typed.text(entry, "organisation") or "",
            ),
            Row(
                "How will you send or tell it?",
                _words(methods, method),
                typed.text(entry, "address") or "",
            ),
            Row(
                "Do they need it to protect or help the person?",
                YES_NO[typed.yes_no(entry, "need_to_know")],
            ),
            Row(
                "Are they told that it is confidential, or will they be when you send it?",
                YES_NO[typed.yes_no(entry, "told_confidential")],
            ),
            Row("What will they do with it?", typed.text(entry, "intended_use") or NOT_ANSWERED),
        ]
        source = typed.text(entry, "address_source")
        if source:
            rows.insert(2, Row("Where did you find this address or number?", source))
        onward = typed.onward(entry)
        if onward:
            limits = typed.onward_limits(entry) or ""
            rows.append(Row("May they pass it on?", typed.ONWARD[onward], limits))
        yield Section(
            f"recipient-{number}", f"Recipient {number}", rows, page="recipient", index=index
        )


def _law(drafted: dict[str, Any]) -> Section:
    rows = [
        Row(
            "Which lawful basis do you rely on?",
            _words(codes.LAWFUL_BASES, drafted["lawful_basis"]),
        ),
        Row(
            "Is any of it especially private, or about a crime?",
            YES_NO[drafted["special_category"]],
        ),
    ]
    if drafted["special_category"]:
        rows.append(
            Row(
                "Which condition allows you to share it?",
                _words(codes.SPECIAL_CATEGORY_CONDITIONS, drafted["special_category_condition"]),
            )
        )
    return Section("basis", "The law", rows, page="basis")


def _no_consent(drafted: dict[str, Any]) -> Section:
    rows = [
        Row("Why are you sharing without consent?", drafted["no_consent_because"] or NOT_ANSWERED)
    ]
    if drafted["no_consent_reason"]:
        words = codes.words_of(codes.NO_CONSENT_REASONS, drafted["no_consent_reason"])
        rows.append(Row("Which of these is the reason?", words))
    return Section("no-consent", "Sharing without consent", rows, page="no-consent")


def _plans(material: Material, drafted: dict[str, Any], *, sharing: bool) -> Iterator[Section]:
    if sharing and drafted["withheld"]:
        rows = [Row("What are you holding back, and why?", drafted["withheld"])]
        yield Section("withheld", "What is held back", rows, page="withheld")
    if sharing:
        telling = typed.page(material.pages, "telling")
        told = Row(
            "Is the person told, or will they be?",
            YES_NO[drafted["person_informed"]],
            typed.text(telling, "telling_plan") or "",
        )
        rows = [told]
        if drafted["not_informed_because"] and not drafted["person_informed"]:
            rows.append(Row("Why not?", drafted["not_informed_because"]))
        yield Section("telling", "Telling the person", rows, page="telling")
    elif material.request.received:
        rows = [
            Row(
                "Have you talked it through with whoever asked?",
                YES_NO[drafted["refusal_discussed"]],
            )
        ]
        if drafted["refusal_not_discussed_because"] and not drafted["refusal_discussed"]:
            rows.append(Row("Why not?", drafted["refusal_not_discussed_because"]))
        yield Section("refusal", "Talking to the requester", rows, page="refusal")


def _guide(guidance: Guidance) -> Section:
    words = suggestion_words(guidance.suggestion)
    rows = [Row("Suggestion", words.title, words.text)]
    rows += [Row("Because", reason) for reason in guidance.reasons]
    return Section("guide", "What the guide suggested", rows)


def sections(material: Material, guidance: Guidance, drafted: dict[str, Any]) -> list[Section]:
    """Return the whole matter in words; ``drafted`` is ``facts.given(material)["decision"]``."""
    answers = typed.answers(material.pages, material.pack)
    sharing = drafted["outcome"] in ("share", "share_in_part")
    found = [*_emergency(material), *_writing_up(material), *_renewal(material)]
    found += [_request(material), _people(material), *_flow(material, answers)]
    found += [_consent(material, guidance), _grounds(material), _advice(material)]
    found += [*_pack(material, answers), _outcome(material, drafted)]
    if sharing:
        found += [*_items(material), *_recipients(material), _law(drafted)]
        if guidance.without_consent:
            found.append(_no_consent(drafted))
    found += _plans(material, drafted, sharing=sharing)
    odd = remarks(material, guidance, sharing=sharing)
    if odd:
        found.append(_remarks(odd))
    found.append(_guide(guidance))
    return found
