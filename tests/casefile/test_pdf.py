"""The PDF of a decision: whole, tagged, self-contained, and in the log before it is sent."""

import hashlib
import html
import json
import re
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from decisions import queries
from decisions.summary import Row, Section
from infosharing.audit.models import Entry
from infosharing.audit.reading import details_of
from infosharing.casefile.pdf import fonts, rendering
from infosharing.casefile.pdf.document import asks_at_length, decision_data, decision_pdf
from infosharing.cases.domain.opening import (
    NewPerson,
    exclude_from_case,
    name_on_case,
    restrict_case,
)
from tests.decisions.afterwards import (
    a_decision,
    a_disclosure,
    a_part_shared,
    a_refusal,
    a_review,
    an_amendment,
    everything_followed,
    not_told,
    signed,
)
from tests.factories import a_case, a_consent, a_draft, save
from tests.tools import verapdf

ARABIC, HINDI, CHINESE, EMOJI = "محمد القاسم", "आरव शर्मा", "王小明", "Zoë 😀"
HOSTILE = (
    '<link rel=attachment href="file:///etc/passwd"><img src="file:///etc/hostname">'
    "<style>@import url(http://127.0.0.1:1/x);</style><script>1</script>"
    '<a href="javascript:alert(1)">x</a><svg><image href="file:///etc/passwd"/></svg>'
)


def _url(decision):
    return f"/decisions/{decision.public_id}/pdf/"


def _read(pdf, tmp_path, *options, tool="pdftotext"):
    """What a reader finds in the file, on one line; spaces where lines end."""
    path = tmp_path / "read.pdf"
    path.write_bytes(pdf)
    command = [tool, *options, str(path)] + (["-"] if tool == "pdftotext" else [])
    run = subprocess.run(command, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def _squeezed(text):
    return re.sub(r"\s+", "", text)


def _made(decision, by):
    decision = queries.access_decision(by, decision.public_id)
    return decision_pdf(decision, by=by, at=timezone.now())


def _named(cast, *names):
    return a_case(
        by=cast.dsl,
        organisation=cast.school,
        people=[NewPerson(name=name, age_band="under_16") for name in names],
    )


def _everybody(case):
    return {"people": [part.person.public_id for part in case.parts.order_by("id")]}


# The download


def test_the_auditor_takes_a_decision_away_and_the_log_holds_its_hash_first(cast, sign_in):
    decision = a_decision(cast)
    answer = sign_in(cast.auditor).post(_url(decision))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="decision-{decision.reference}.pdf"'
    )
    assert answer["Cache-Control"] == "no-store, private"
    entry = Entry.objects.get(event="decisions.exported")
    assert (entry.outcome, entry.actor_id, entry.case_id, entry.object_id) == (
        "seen",
        cast.auditor.public_id,
        decision.case.public_id,
        decision.public_id,
    )
    assert details_of([entry])[entry.seq] == {
        "sha256": hashlib.sha256(answer.content).hexdigest(),
        "version": 1,
        "digest": decision.version.digest,
    }


def test_what_cannot_be_logged_is_not_sent(cast, sign_in, monkeypatch):
    from django.db import OperationalError

    from infosharing.access import sights

    decision = a_decision(cast)

    def broken(*given, **more):
        raise OperationalError("disk full")

    monkeypatch.setattr(sights, "record_sight", broken)
    client = sign_in(cast.auditor)
    client.raise_request_exception = False
    answer = client.post(_url(decision))
    assert answer.status_code == 503
    assert b"%PDF" not in answer.content


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("dsl", 200),
        ("deputy", 200),
        ("head", 200),
        ("dpl", 200),
        ("auditor", 200),
        ("staff", 403),
        ("manager", 404),
        ("colleague", 404),
        ("admin", 403),
        ("stranger", 404),
    ],
)
def test_who_takes_a_decision_away(cast, sign_in, monkeypatch, person, status):
    monkeypatch.setattr(
        "infosharing.casefile.views.exports.render_decision", lambda *_, **__: b"%PDF-made"
    )
    decision = a_decision(cast)
    name_on_case(
        case=decision.case, user=cast.staff, reason="Class", by=cast.dsl, at=timezone.now()
    )
    answer = sign_in(getattr(cast, person)).post(_url(decision))
    assert answer.status_code == status
    assert Entry.objects.filter(event="decisions.exported").count() == (status == 200)


def test_what_one_may_not_see_looks_absent(cast, sign_in):
    decision = a_decision(cast)
    client = sign_in(cast.auditor)
    absent = client.post("/decisions/AAAAAAAAAAAAAAAAAAAAAA/pdf/")
    restrict_case(case=decision.case, by=cast.dsl, at=timezone.now())
    assert client.post(_url(decision)).content == absent.content
    name_on_case(case=decision.case, user=cast.head, reason="Leads", by=cast.dsl, at=timezone.now())
    exclude_from_case(
        case=decision.case, user=cast.head, reason="Named in it", by=cast.dsl, at=timezone.now()
    )
    assert sign_in(cast.head).post(_url(decision)).content == absent.content
    assert Entry.objects.filter(event="decisions.exported").count() == 0


def test_a_pdf_is_asked_for_with_a_button_and_only_of_what_was_signed(cast, sign_in):
    draft = a_draft(case=a_case(by=cast.dsl, organisation=cast.school), by=cast.dsl)
    client = sign_in(cast.dsl)
    assert client.get(_url(draft.decision)).status_code == 405
    page = client.post(_url(draft.decision), follow=True)
    assert "Nothing has been signed yet" in html.unescape(page.content.decode())


# What it says


@pytest.mark.parametrize(
    ("rows", "wide"),
    [
        ([("Is it needed to protect or help the person?", "Yes", "")], True),
        ([("Reasons", "The injuries do not fit the account given at home.", "")], False),
        ([("Is it needed?", "Yes", "Because nobody else can see that she is safe.")], False),
        ([], False),
    ],
)
def test_what_asks_in_more_words_than_it_was_answered_gets_the_wider_column(rows, wide):
    section = Section("checklist", "The checklist", [Row(*row) for row in rows])
    assert asks_at_length(section) is wide


def test_a_time_typed_as_on_a_railway_clock_reads_like_the_others(cast, tmp_path):
    decision = a_decision(cast)
    a_disclosure(decision, cast.dsl, sent_time="14:15")
    text = _read(_made(decision, cast.auditor), tmp_path)
    assert ", 2:15pm" in text
    assert "14:15" not in text


def test_a_consent_says_what_to_whom_and_for_what_on_lines_of_their_own(cast):
    case = a_case(by=cast.dsl, organisation=cast.school)
    a_consent(
        case=case,
        by=cast.dsl,
        status="refused",
        scope_information="The hearing test",
        scope_recipients="The speech clinic",
        scope_purpose="Speech therapy",
    )
    decision = a_part_shared_of(cast, case)
    body = json.loads(decision.version.body)
    said = {row["value"] for section in body["sections"] for row in section["rows"]}
    assert "Information: The hearing test\nTo: The speech clinic\nFor: Speech therapy" in said


def test_every_answer_and_name_is_in_it(cast, tmp_path):
    case = a_case(by=cast.dsl, organisation=cast.school)
    a_consent(case=case, by=cast.dsl, status="refused", scope_purpose="Speech therapy")
    decision = a_part_shared_of(cast, case)
    everything_followed(decision, cast.dsl)
    not_told(decision, cast.dsl)
    a_review(decision, cast.deputy, outcome="returned", words="Say why the GP needs it.")
    text = _squeezed(_read(_made(decision, cast.auditor), tmp_path))
    body = json.loads(decision.version.body)
    said = {
        words
        for section in body["sections"]
        for row in section["rows"]
        for words in (section["title"], row["label"], row["value"], row["note"])
    }
    said |= {
        "The name of the neighbour who rang",
        "She could be found and hurt.",
        "Dilys Morgan",
        "Marsh Lane School",
        "jo.hart@northfield.example",
        "after lunch, about 2",
        "Confirmed by the recipient: Jo Hart",
        "Ife and her grandmother",
        "It could put her at risk while enquiries go on.",
        "She asked who would read it.",
        "Returned, with what to change",
        "Say why the GP needs it.",
        "Tomasz Łęcki",
        "Exported by Aisha Rahman",
        decision.version.digest,
        "Designated safeguarding lead (DSL)",
    }
    missing = [words for words in said if _squeezed(fonts.printable(words)) not in text]
    assert missing == []


def a_part_shared_of(cast, case):
    from tests.decisions.afterwards import HELD_BACK

    consent = case.consents.get()
    covers = {
        f"covers_{consent.public_id}_{part}": ["yes"]
        for part in ("purpose", "recipients", "information")
    }
    return a_decision(
        cast,
        case=case,
        outcome={"outcome": ["share_in_part"]},
        item_2=HELD_BACK,
        withheld={"withheld": ["Who rang us."]},
        consent=covers,
        grounds={"grounds": ["refusal_leaves_child_at_risk"]},
    )


def test_every_version_is_in_it_the_one_in_force_first(cast, tmp_path):
    decision = a_decision(cast)
    draft = an_amendment(decision, cast.dsl)
    outcome = draft.pages.get(page="outcome").typed | {"reasons": ["Better reasons."]}
    save(draft, cast.dsl, {("outcome", 0): outcome})
    signed(draft, cast.dsl)
    text = _read(_made(decision, cast.auditor), tmp_path)
    places = [
        text.rindex(words)
        for words in (
            "The decision in force: version 2",
            "Better reasons.",
            "Earlier version 1: Share",
            "The injuries do not fit",
        )
    ]
    # In the list of changes and in what was signed; the cover says it too.
    assert text.count("Better reasons.") == 3
    assert "What this version changed" in text
    assert "Why it was replaced: Asked for by the review" in text
    assert places[2] < places[3]
    digests = decision.versions.values_list("digest", flat=True)
    assert [digest in _squeezed(text) for digest in digests] == [True, True]


def test_nothing_runs_off_the_paper(cast, tmp_path):
    decision = a_decision(cast)
    draft = an_amendment(decision, cast.dsl)
    reasons = "She said again that it hurts when he comes home, and asked for help. " * 4
    outcome = draft.pages.get(page="outcome").typed | {"reasons": [reasons]}
    save(draft, cast.dsl, {("outcome", 0): outcome})
    signed(draft, cast.dsl)
    boxes = _read(_made(decision, cast.auditor), tmp_path, "-bbox")
    (width,) = set(re.findall(r'<page width="([0-9.]+)"', boxes))
    furthest = max(map(float, re.findall(r'xMax="([0-9.]+)"', boxes)))
    assert float(width) / 2 < furthest < float(width) - 30  # points; the margin is wider


def test_a_refusal_says_that_nothing_was_sent(cast, tmp_path):
    text = _read(_made(a_refusal(cast), cast.auditor), tmp_path)
    assert "Nothing: the decision is not to share." in text
    assert "Nobody has reviewed this version." in text


def test_each_page_says_which_of_how_many_it_is_and_whose(cast, tmp_path):
    decision = a_decision(cast)
    pdf = _made(decision, cast.auditor)
    pages = int(re.search(r"Pages: (\d+)", _read(pdf, tmp_path, tool="pdfinfo"))[1])
    text = _read(pdf, tmp_path)
    assert pages > 3
    assert [f"Page {one} of {pages}" in text for one in range(1, pages + 1)] == [True] * pages
    assert text.count(f"Decision {decision.spoken_reference}") >= pages
    assert text.count("Confidential. Exported by Aisha Rahman on ") == pages


def test_it_is_titled_by_its_reference_and_tagged(cast, tmp_path):
    decision = a_decision(cast)
    found = _read(_made(decision, cast.auditor), tmp_path, tool="pdfinfo")
    assert f"Title: Decision {decision.spoken_reference} Subject" in found
    assert "Author: Marsh Lane School" in found
    assert "Tagged: yes" in found
    assert "JavaScript: no" in found


def test_the_same_moment_gives_the_same_bytes(cast):
    decision = queries.access_decision(cast.auditor, a_decision(cast).public_id)
    at = timezone.now() - timedelta(days=1)
    made = {decision_pdf(decision, by=cast.auditor, at=at) for _ in range(2)}
    assert len(made) == 1


# Scripts


def test_names_in_other_scripts_are_printed_and_what_no_font_has_is_named(cast, tmp_path):
    case = _named(cast, ARABIC, HINDI, CHINESE, EMOJI)
    decision = a_decision(cast, case=case, people=_everybody(case))
    pdf = _made(decision, cast.auditor)
    text = _read(pdf, tmp_path)
    used = _read(pdf, tmp_path, tool="pdffonts")
    assert CHINESE in text
    assert "Zoë [U+1F600]" in text
    assert "😀" not in text
    for family in ("Record-Arabic", "Record-Devanagari", "Record-Chinese"):
        assert family in used
    assert "DejaVu" not in used


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Łukasz Zoë O’Brien", "Łukasz Zoë O’Brien"),
        ("Đặng Thị Ñuñez Δέσποινα Ирина", "Đặng Thị Ñuñez Δέσποινα Ирина"),
        (f"{ARABIC} {HINDI} {CHINESE} אברהם বাংলা ਪੰਜਾਬੀ ગુજરાતી தமிழ்",) * 2,
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("bell\x07 escape\x1b[31m", "bell[U+0007] escape[U+001B][31m"),
        ("one\r\ntwo\u2028three\ttab", "one\ntwo\nthree    tab"),
        ("😀👨‍👩‍👧", "[U+1F600][U+1F468]\u200d[U+1F469]\u200d[U+1F467]"),
        ("\U000e0041\ue000\uffff", "[U+E0041][U+E000][U+FFFF]"),
    ],
)
def test_nothing_is_lost_and_nothing_becomes_a_box(typed, printed):
    assert fonts.printable(typed) == printed


def test_every_text_of_the_data_is_made_printable():
    data = {"a": ["😀", ("😀", 1)], "b": {"c": "😀"}, "d": None}
    assert fonts.all_printable(data) == {
        "a": ["[U+1F600]", ["[U+1F600]", 1]],
        "b": {"c": "[U+1F600]"},
        "d": None,
    }


def test_the_style_names_every_font_that_ships_and_no_other():
    style = (fonts.FOLDER / "print.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\((.*?)\)", style))
    assert named == set(rendering._FONTS)
    assert {path.name for path in (fonts.FOLDER / "fonts").glob("*.ttf")} == {
        path.name for path in rendering._FONTS.values()
    }


# Hostile text


def test_hostile_text_is_printed_and_does_nothing(cast, tmp_path):
    name = HOSTILE[:200]
    case = _named(cast, name)
    decision = a_decision(cast, case=case)
    a_disclosure(decision, cast.dsl, note=HOSTILE, address=HOSTILE)
    pdf = _made(decision, cast.auditor)
    assert b"/EmbeddedFile" not in pdf
    assert b"/JavaScript" not in pdf
    text = _squeezed(_read(pdf, tmp_path))
    assert text.count(_squeezed(name)) > text.count(_squeezed(HOSTILE)) > 0
    assert "root:x:0" not in text
    listed = _read(pdf, tmp_path, "-list", tool="pdfdetach")
    assert listed == "0 embedded files"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://example.org/",
        "ftp://127.0.0.1/x",
        "data:text/plain,x",
        "ownfile:fonts/../print.css",
        "ownfile:/etc/passwd",
        "ownfile:fonts/NotoSans-Regular.ttf?x",
        "OWNFILE:fonts/NotoSans-Regular.ttf",
        "/etc/passwd",
        "",
    ],
)
def test_only_our_own_fonts_are_ever_read(url):
    with pytest.raises(rendering.NotOurs):
        rendering.OwnFilesOnly().fetch(url)


@pytest.mark.parametrize(
    "fragment",
    [
        '<img src="file:///etc/passwd" alt="">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>p { background: url(data:image/png;base64,AAAA) }</style>",
        "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }"
        "</style>",
    ],
)
def test_a_template_that_asked_for_another_file_would_make_no_pdf(settings, tmp_path, fragment):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    (tmp_path / "hostile.html").write_text(
        f'<!doctype html><html lang="en-GB"><title>x</title><body>{fragment}<p>x</p></html>'
    )
    with pytest.raises(rendering.NotOurs):
        rendering.render("hostile.html", {})


# The standard


@pytest.mark.verapdf
def test_it_is_pdf_ua_1(cast, tmp_path):
    case = _named(cast, ARABIC, HINDI, CHINESE, EMOJI)
    decision = a_decision(cast, case=case, people=_everybody(case))
    everything_followed(decision, cast.dsl)
    a_review(decision, cast.deputy, outcome="returned", words="Say why.")
    draft = an_amendment(decision, cast.dsl)
    save(draft, cast.dsl, {("answers", 0): {"unchanged_because": ["It says why already."]}})
    signed(draft, cast.dsl)
    plain, part, refused = a_decision(cast), a_part_shared(cast), a_refusal(cast)
    paths = []
    for number, one in enumerate((decision, plain, part, refused)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(_made(one, cast.auditor))
        paths.append(path)
    results = verapdf.validate(paths)
    assert [str(result) for result in results if not result.compliant] == []


def test_the_data_holds_every_part_that_the_page_has(cast):
    decision = queries.access_decision(cast.auditor, a_decision(cast).public_id)
    data = decision_data(decision, by=cast.auditor, at=timezone.now())
    assert (data["reference"], data["count"], data["earlier"]) == (
        decision.spoken_reference,
        1,
        [],
    )
    assert data["exported"]["roles"] == "Auditor"
