"""What a list of decisions can be narrowed to; it stands in the address."""

from typing import Final

from decisions.enums import ReviewState

EVERYTHING: Final = "all"
NOBODY: Final = "nobody"
WRITE_UP: Final = "write_up"

SHOWS: Final[tuple[tuple[str, str], ...]] = (
    (EVERYTHING, "All"),
    ("share", "Shared"),
    ("share_in_part", "Shared in part"),
    ("do_not_share", "Not shared"),
    (WRITE_UP, "To be written up"),
    (ReviewState.WAITING.value, "Waiting for review"),
    (NOBODY, "Nobody here can review"),
    (ReviewState.RETURNED.value, "Returned with changes to make"),
    (ReviewState.AGREED.value, "Reviewed: agreed"),
)
LAST_PAGE: Final = 2000


def chosen(show: str | None) -> str:
    """Return what to show; everything where the address says nothing that is known."""
    return show if show in dict(SHOWS) else EVERYTHING


def page_number(page: str | None) -> int:
    """Return the page asked for, from 1; the first for anything that is no page."""
    if page and page.isascii() and page.isdecimal() and len(page) <= len(str(LAST_PAGE)):
        return min(max(int(page), 1), LAST_PAGE)
    return 1
