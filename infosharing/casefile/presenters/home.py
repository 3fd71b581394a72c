"""What is somebody's to do, in the parts of the list, each line one step from done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from infosharing.cases.due import Due, Group, Kind

LATE_TEXT = "The time for these has passed: take them first."


@dataclass
class Part:
    """One part of the list; ``code`` goes into its ids."""

    code: str
    title: str
    text: str
    tasks: list[Due] = field(default_factory=list)


def kinds(found: Mapping[Kind, int], limit: int, chosen: Kind | None) -> list[dict[str, str]]:
    """Return how much there is of each kind, each leading to exactly that."""
    home = reverse("casefile:home")
    shown = [
        {
            "number": str(number) if number <= limit else f"More than {limit}",
            "label": kind.value,
            "url": f"{home}?show={kind.code}",
            "tone": "go" if kind is chosen else "",
        }
        for kind, number in found.items()
    ]
    return shown if len(shown) > 1 or chosen else []


def parts(found: Iterable[Due]) -> list[Part]:
    """Return the parts of the list that have anything in them, in their order."""
    made: dict[Group, Part] = {}
    for one in found:
        group = one.group
        text = LATE_TEXT if group is Group.LATE else ""
        part = made.setdefault(group, Part(group.name.lower(), group.value, text))
        part.tasks.append(one)
    return list(made.values())
