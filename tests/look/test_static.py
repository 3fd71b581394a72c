"""The built style sheet and script: small, ours, self-contained and not stale."""

import gzip
import hashlib
import re

import pytest
from django.core.management import call_command

from tests.look.support import ROOT

STATIC = ROOT / "static"
CSS = STATIC / "infosharing" / "app.css"
JS = STATIC / "infosharing" / "app.js"


def test_style_sheet_and_script_are_small():
    assert sum(len(gzip.compress(path.read_bytes())) for path in (CSS, JS)) < 100_000


def test_the_built_files_come_from_these_sources():
    source = STATIC / "src"
    names = ["app.js", "app.scss", *sorted(p.name for p in source.glob("_*.scss")), "package.json"]
    digest = hashlib.sha256(b"".join((source / name).read_bytes() for name in names)).hexdigest()
    for path in (CSS, JS):
        assert f"static/src {digest}" in path.read_text(), "run bin/build-static"


def test_nothing_is_fetched_from_elsewhere_and_nothing_is_inline():
    css = CSS.read_text()
    addresses = re.findall(r"url\(([^)]*)\)", css)
    assert {address.strip("\"'").rsplit("/", 1)[0] for address in addresses} == {
        "../vendor/atkinson-hyperlegible-next"
    }
    for text in (css, JS.read_text()):
        assert text.isascii()
        assert "sourceMappingURL" not in text
        assert "@import" not in text
    assert not re.search(r"\beval\(|new Function|fetch\(|XMLHttpRequest|https?://", JS.read_text())


def test_the_look_is_not_that_of_gov_uk():
    css = CSS.read_text().lower()
    for foreign in ("gds transport", "#1d70b8", "crown", "crest", "govuk-header", "govuk-footer"):
        assert foreign not in css


@pytest.mark.parametrize(
    ("name", "version"), [("govuk-frontend", "6.6.0"), ("atkinson-hyperlegible-next", "5.3.0")]
)
def test_what_is_others_is_named_with_its_licence(name, version):
    folder = STATIC / "vendor" / name
    assert (folder / "VERSION").read_text().strip() == version
    assert "Copyright" in (folder / "LICENSE").read_text()


def test_collecting_with_a_manifest_works(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (css,) = tmp_path.glob("infosharing/app.*.css")
    (font,) = tmp_path.glob("vendor/atkinson-hyperlegible-next/latin.*.woff2")
    assert font.name in css.read_text()
