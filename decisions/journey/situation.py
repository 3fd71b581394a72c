"""What the pages need to know of a matter: its material, and what the guide says of it."""

from dataclasses import dataclass

from decisions import facts, policies, typed
from decisions.facts import Material
from decisions.policies import SHARING, Incomplete
from infosharing.accounts.roles import Role
from infosharing.guidance.codes import REFUSALS
from infosharing.guidance.guide import Guidance

SAID_NO = REFUSALS | {"holders_disagree"}


@dataclass(frozen=True)
class Situation:
    """A matter with what the guide says of it, and the roles in which its reader may decide."""

    material: Material
    guidance: Guidance
    missing: list[Incomplete]
    later: list[Incomplete]
    roles: tuple[Role, ...]

    @property
    def outcome(self) -> str | None:
        """What was chosen on the outcome page."""
        return typed.one_of(
            typed.page(self.material.pages, "outcome"),
            "outcome",
            ("share", "share_in_part", "do_not_share"),
        )

    @property
    def sharing(self) -> bool:
        """Whether something is to be shared."""
        return self.outcome in SHARING

    @property
    def urgent(self) -> bool:
        """Whether somebody is in danger now and the outcome is not against sharing (R19)."""
        return (
            self.guidance.suggestion == "share_now"
            and self.outcome != "do_not_share"
            and not self.material.writing_up
        )

    @property
    def refused_caller(self) -> bool:
        """Whether the requester's identity failed and nothing is shared with them."""
        return self.guidance.rule == "2.1" and self.outcome in (None, "do_not_share")

    @property
    def relaxed(self) -> bool:
        """Whether most pages do not hold the signature back now."""
        return self.urgent or self.refused_caller

    @property
    def refused(self) -> bool:
        """Whether somebody who decides was asked and said no, or took a yes back (R28)."""
        return any(SAID_NO & set(problems) for problems in self.guidance.consents.values())

    def wanted(self, page: str, index: int | None = None) -> bool:
        """Return whether something on a page is still missing or to be written up."""
        return any(
            found.page == page and index in (None, found.index)
            for found in (*self.missing, *self.later)
        )


def situation_of(material: Material, roles: tuple[Role, ...]) -> Situation:
    """Return what the pages need to know of a matter; asks the guide once."""
    guidance = facts.guidance_on(material)
    return Situation(
        material=material,
        guidance=guidance,
        missing=policies.incomplete(material, guidance),
        later=policies.to_write_up(material, guidance),
        roles=roles,
    )
