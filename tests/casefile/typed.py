"""What somebody types into the pages before the wizard: complete, and right unless changed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone


def day(name: str, value: date) -> dict[str, str]:
    """The three boxes of a date."""
    return {
        f"{name}_day": str(value.day),
        f"{name}_month": str(value.month),
        f"{name}_year": str(value.year),
    }


def _today() -> date:
    return timezone.localdate()


def a_person(**changes: Any) -> dict[str, Any]:
    """A child whose date of birth is not known."""
    return {"name": "Ife Adeyemi", "preferred_name": "", "age": "under_16"} | changes


def a_new_case(**changes: Any) -> dict[str, Any]:
    """A person and what the case is about."""
    return a_person() | {"summary": "Bruises on both arms, seen in PE."} | changes


def own(**changes: Any) -> dict[str, Any]:
    """We are thinking of sharing something."""
    return {
        "asked_for": "What was seen in PE",
        "purpose": "To find out whether the child is safe",
        **day("happened_on", _today()),
        "happened_time": "after lunch, about 3",
    } | changes


def received(**changes: Any) -> dict[str, Any]:
    """Somebody rang us."""
    return {
        "channel": "telephone",
        "requester_kind": "social_care",
        "requester_name": "Jo Hart",
        "requester_role": "Social worker",
        "requester_organisation": "Northfield Council",
        "requester_contact": "01234 567890",
        "asked_for": "Attendance since September",
        "purpose": "An enquiry under section 47",
        "crime_investigation": "no",
        "legal_power_kind": "section_47",
        "legal_power": "Section 47 of the Children Act 1989",
        **day("happened_on", _today()),
        "happened_time": "about 3",
    } | changes


def checked(**changes: Any) -> dict[str, Any]:
    """A caller rung back on a number found independently."""
    return {
        "identity": "verified",
        "identity_how": "called_back",
        "call_back_source": "The council’s website",
        "identity_note": "Put through to her by the switchboard",
        "entitled": "yes",
        "entitlement": "She leads the enquiry",
    } | changes


def said(**changes: Any) -> dict[str, Any]:
    """A mother agreed yesterday, in full understanding."""
    return {
        "status": "given",
        **day("said_on", _today() - timedelta(days=1)),
        "given_by": "parent",
        "giver": "Grace Adeyemi",
        "parental_responsibility": "yes",
        "authority_evidenced": "no",
        "knows_what_happens": "yes",
        "knows_who_is_told": "yes",
        "knows_onward_sharing": "yes",
        "knows_why": "yes",
        "consequences_explained": "yes",
        "understood": "yes",
        "freely_given": "yes",
        "scope_purpose": "To decide what help is needed",
        "scope_recipients": "Children’s social care",
        "scope_information": "What was seen and said",
        "how": "in_person",
        "taken_by": "Sam Okafor",
        "evidence": "She said: yes, tell them",
    } | changes


def withdrawn(**changes: Any) -> dict[str, Any]:
    """The mother took it back today."""
    return {
        **day("withdrawn_on", _today()),
        "withdrawn_by": "Grace Adeyemi",
        "how": "telephone",
        "words": "I have changed my mind",
    } | changes


def asking(**changes: Any) -> dict[str, Any]:
    """The mother is asked today, and again in a week."""
    return {
        "whom": "Grace Adeyemi",
        "standing": "parent",
        "scope_information": "How she speaks in class",
        "scope_recipients": "The speech service\nThe school nurse",
        "scope_purpose": "To find a speech therapist",
        "onward": "Nobody",
        "if_yes": "They ring within two weeks.",
        "if_no": "Nothing changes at school.",
        "kept": "Seven years.",
        "contact": "Sam Okafor, 01234 567890",
        "kind": "asked",
        **day("happened_on", _today()),
        "how": "in_person",
        "taken_by": "Sam Okafor",
        **day("again_on", _today() + timedelta(days=7)),
    } | changes


def competence(**changes: Any) -> dict[str, Any]:
    """A child judged able to decide one matter."""
    return {
        "matter": "Whether we tell her GP",
        "understands": "yes",
        "retains": "yes",
        "weighs": "yes",
        "communicates": "yes",
        "own_view": "yes",
        "why": "She said what would follow either way",
        "able": "yes",
        "judged_by": "Dilys Morgan, DSL",
        **day("judged_on", _today()),
    } | changes


def capacity(**changes: Any) -> dict[str, Any]:
    """Somebody judged unable to decide one matter, because of an impairment."""
    return {
        "matter": "Whether we tell her GP",
        "support": "Plain words and pictures",
        "understands": "yes",
        "retains": "no",
        "weighs": "yes",
        "communicates": "yes",
        "impairment": "yes",
        "impairment_what": "Dementia",
        "because_of_impairment": "yes",
        "why": "After two minutes she did not know what was asked",
        "able": "no",
        "judged_by": "Dilys Morgan, DSL",
        **day("judged_on", _today()),
    } | changes
