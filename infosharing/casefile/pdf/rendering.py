"""From data to a tagged PDF/UA-1 that was made of our own files and nothing else (W4)."""

import threading
from functools import lru_cache
from typing import Any, Final

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from infosharing.casefile.pdf.fonts import FAMILIES, FOLDER, all_printable

SCHEME: Final = "ownfile:"
_FONTS: Final = {
    f"{SCHEME}fonts/{name}.ttf": FOLDER / "fonts" / f"{name}.ttf"
    for weights in FAMILIES
    for name in weights
}
# Fonts are registered once in a process, and one document is set at a time.
_one_at_a_time = threading.Lock()


class NotOurs(FatalURLFetchingError):  # type: ignore[misc]
    """A document asked for something that is not one of our own files: it is not made."""


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Gives the fonts by their exact names; no network, no other file, no data, no redirect."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return one of our fonts.

        :raises NotOurs: for anything else.
        """
        path = _FONTS.get(url)
        if path is None:
            raise NotOurs(f"refused: {url[:100]!r}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


@lru_cache(maxsize=1)
def _style() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    text = (FOLDER / "print.css").read_text(encoding="utf-8")
    return CSS(string=text, url_fetcher=OwnFilesOnly(), font_config=fonts), fonts


def render(template: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of a template filled with data; every text is made printable first.

    The template names its language and its title. Nothing but our own fonts is read.

    :raises NotOurs: when the template asks for anything else.
    """
    return write_pdf(render_to_string(template, all_printable(data)))


def write_pdf(html: str) -> bytes:
    """Return the PDF of a page of ours; as ``render``, with texts that are printable already.

    :raises NotOurs: when it asks for anything but our own fonts.
    """
    with _one_at_a_time:
        style, fonts = _style()
        document = HTML(string=html, base_url=None, url_fetcher=OwnFilesOnly())
        made: bytes = document.write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            presentational_hints=False,
        )
    return made
