"""What goes out: exactly what is sent to one recipient, never what is held back (R38, R39)."""

import pytest

from decisions.enums import Others
from decisions.models import Decision, Item
from decisions.summary import Row
from infosharing.audit.models import Entry
from tests.decisions.afterwards import HELD_BACK, a_decision, a_refusal
from tests.decisions.at_the_wizard import at, page, sign_it, typed
from tests.factories import a_case, a_complete_draft, its_person, save

REDACTED = {
    "what": ["What Mrs Quill saw from number 9"],
    "about": [],
    "nature": ["opinion"],
    "history": ["yes"],
    "history_when": ["Last winter"],
    "source": ["Mrs Quill, neighbour"],
    "source_checked": ["yes"],
    "others": ["yes"],
    "others_done": ["Mrs Quill: her name and house are taken out"],
    "handling": ["redact"],
    "handling_reason": ["Mrs Quill lives at number 9 and is afraid"],
    "as_sent": ["What a neighbour saw"],
}
NEVER = ("Quill", "number 9", "afraid", "The name of the neighbour who rang", "found and hurt")


def _decision(cast, **changes):
    return a_decision(
        cast,
        outcome={"outcome": ["share_in_part"]},
        withheld={"withheld": ["The neighbour who rang could be found and hurt."]},
        item_2={**REDACTED, **changes},
        item_3=HELD_BACK,
    )


def _sheet(client, decision, number=1):
    return client.get(f"/decisions/{decision.public_id}/goes-out/{number}/")


def test_the_sheet_has_what_is_shared_and_nothing_that_is_held_back_or_taken_out(cast, sign_in):
    decision = _decision(cast)
    page = _sheet(sign_in(cast.dsl), decision)
    whole = page.content.decode()
    for words in (
        "Confidential",
        "What was seen and said, with dates",
        "Ife Adeyemi",
        "What a neighbour saw",
        "Last winter",
        "Jo Hart",
        "To decide what help is needed",
    ):
        assert words in whole
    assert [words for words in NEVER if words in whole] == []
    assert len(page.context["sheet"].pieces) == 2


def test_without_the_words_that_go_out_a_redacted_item_is_attached_not_printed(cast, sign_in):
    whole = _sheet(sign_in(cast.dsl), _decision(cast, as_sent=[""])).content.decode()
    assert "Attached, with parts taken out." in whole
    assert [words for words in NEVER if words in whole] == []


def test_everything_said_of_an_item_is_kept_with_it_and_in_the_record(cast, sign_in):
    decision = _decision(cast)
    item = Item.objects.get(version=decision.version, number=2)
    assert (item.is_history, item.history_when, item.source, item.others, item.as_sent) == (
        True,
        "Last winter",
        "Mrs Quill, neighbour",
        "yes",
        "What a neighbour saw",
    )
    other = Item.objects.get(version=decision.version, number=1)
    assert (other.is_history, other.others, other.source) == (None, "", "")
    page = sign_in(cast.dsl).get(f"/decisions/{decision.public_id}/").content.decode()
    for words in ("Last winter", "What a neighbour saw", "her name and house are taken out"):
        assert words in page


def test_all_that_was_typed_of_what_is_held_back_is_signed_and_none_of_it_goes_out(cast, sign_in):
    case = a_case(by=cast.dsl, organisation=cast.school)
    draft = a_complete_draft(case=case, by=cast.dsl)
    parts = {
        ("outcome", 0): {**typed(draft, "outcome"), "outcome": ["share_in_part"]},
        ("withheld", 0): {"withheld": ["Who rang us."]},
    }
    save(draft, cast.dsl, parts)
    held = {
        "what": "What Mrs Quill saw",
        "about": its_person(case).public_id,
        "history": "no",
        "source": "Mrs Quill, by telephone",
        "source_checked": "no",
        "source_not_checked_because": "She would not leave a number",
        "others": "yes",
        "others_done": "Mrs Quill lives opposite: held back whole",
        "handling": "hold_back",
        "handling_reason": "Mrs Quill could be found",
    }
    client = sign_in(cast.dsl)
    assert client.post(page(draft, "item", 2), {**held, "version": "0"}).status_code == 302
    said = [
        Row("What is it?", "What Mrs Quill saw"),
        Row("Whom is it about?", "Ife Adeyemi"),
        Row("What happens to it?", "Hold it back", "Mrs Quill could be found"),
        Row("Is it about the past, rather than how things are now?", "No"),
        Row("Who told you, or who wrote it?", "Mrs Quill, by telephone"),
        Row(
            "Have you checked it with whoever told you or wrote it?",
            "No",
            "She would not leave a number",
        ),
        Row(
            "Could anybody else be recognised from it?",
            str(Others.YES.label),
            "Mrs Quill lives opposite: held back whole",
        ),
    ]
    check = client.get(at(draft, "draft-check")).content.decode()
    assert sign_it(client, draft).status_code == 302
    decision = Decision.objects.get(pk=draft.decision_id)
    record = client.get(f"/decisions/{decision.public_id}/")
    sections = {one.code: one.rows for one in record.context["signed"].sections}
    assert sections["item-2"] == said
    for row in said:
        for words in filter(None, (row.label, row.value, row.note)):
            assert words in check
            assert words in record.content.decode()
    sheet = _sheet(client, decision)
    assert len(sheet.context["sheet"].pieces) == 1
    whole = sheet.content.decode()
    assert [words for words in ("Quill", "telephone", "opposite") if words in whole] == []


def test_the_sheet_of_nobody_and_of_a_refusal_is_absent(cast, sign_in):
    client = sign_in(cast.dsl)
    decision = _decision(cast)
    assert _sheet(client, decision, 2).status_code == 404
    assert _sheet(client, a_refusal(cast)).status_code == 404


def test_each_look_is_recorded(cast, sign_in):
    _sheet(sign_in(cast.auditor), _decision(cast))
    assert Entry.objects.order_by("-seq")[0].event == "decisions.outgoing_seen"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"history": "yes"}, "history_when"),
        ({"others": "yes"}, "others_done"),
        ({"others": "perhaps"}, "others"),
    ],
)
def test_what_belongs_to_an_answer_is_asked_for(typed, wrong):
    from decisions.forms.pages_sharing import ItemForm

    form = ItemForm({"what": "x", "nature": "fact", **typed}, people=[])
    assert wrong in form.errors
