"""What is somebody's to do, in the parts of the list, each line one step from done."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from infosharing.cases.due import Due, Group

LATE_TEXT = "The time for these has passed: take them first."


@dataclass
class Part:
    """One part of the list; ``code`` goes into its ids."""

    code: str
    title: str
    text: str
    tasks: list[Due] = field(default_factory=list)


def parts(found: Iterable[Due]) -> list[Part]:
    """Return the parts of the list that have anything in them, in their order."""
    made: dict[Group, Part] = {}
    for one in found:
        group = one.group
        text = LATE_TEXT if group is Group.LATE else ""
        part = made.setdefault(group, Part(group.name.lower(), group.value, text))
        part.tasks.append(one)
    return list(made.values())
