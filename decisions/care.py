"""The care each way of sending needs, as short lists (R41; domain.md section 7).

Pure data: which checks are ticked for a way, whether it is tracked, and whom to name where
somebody hears it or is handed it, so that nobody asks whether it arrived.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Care:
    """What one way of sending needs.

    ``checks`` are (code, words); ``heard`` and ``tracking`` are the questions asked, blank where
    there is none.
    """

    checks: tuple[tuple[str, str], ...]
    heard: str = ""
    tracking: str = ""


_ADDRESS = ("address_checked", "The address was read back letter by letter before sending")
_ENCLOSED = ("enclosure_checked", "What was attached or enclosed was checked, and nothing else")
_EMAIL = Care((_ADDRESS, _ENCLOSED))
_PORTAL = Care(
    (("account_checked", "The right organisation and mailbox were chosen there"), _ENCLOSED)
)

# Ways that need an e-mail address.
BY_EMAIL: Final = frozenset({"secure_email", "encrypted_email"})

CARE: Final[dict[str, Care]] = {
    "secure_email": _EMAIL,
    "encrypted_email": _EMAIL,
    "secure_portal": _PORTAL,
    "school_to_school": _PORTAL,
    "recorded_post": Care(
        (
            ("address_checked", "The address on the envelope was checked"),
            ("enclosure_checked", "What was in the envelope was checked, and nothing else"),
        ),
        tracking="Tracking number",
    ),
    "by_hand": Care(
        (
            ("identity_seen", "They showed who they are"),
            ("enclosure_checked", "What was handed over was checked, and nothing else"),
        ),
        heard="Who was it handed to?",
    ),
    "telephone": Care(
        (
            ("number_found", "We rang a number we found ourselves"),
            ("identity_checked", "We made sure who was speaking"),
            ("not_overheard", "Nobody else could hear it, at either end"),
        ),
        heard="Who heard it?",
    ),
    "meeting": Care(
        (
            ("all_need_it", "Everybody present needed to know it"),
            ("papers_back", "Papers were collected again, or everybody may keep them"),
        ),
        heard="Who was present?",
    ),
    "fax": Care(
        (
            ("number_checked", "The number was checked before it was dialled"),
            ("warned", "They were rung before it was sent"),
            ("awaited", "Somebody waited beside the machine"),
        ),
    ),
}
_OTHER: Final = Care((("recipient_checked", "The right recipient was chosen"), _ENCLOSED))


def care_of(method: str) -> Care:
    """Return the care a way needs; ways that only a checklist of one organisation has, too."""
    return CARE.get(method, _OTHER)


def is_heard(method: str) -> bool:
    """Whether somebody hears it or takes it, so that nobody asks whether it arrived."""
    return bool(care_of(method).heard)
