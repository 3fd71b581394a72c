"""Whom it goes to: chosen from the contacts or typed, with what to check first (R40, R41)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.models import Recipient
from decisions.offering import REQUESTER
from infosharing.audit.models import Entry
from infosharing.cases.domain import contacts
from infosharing.cases.enums import ContactKind
from infosharing.cases.models import Contact, ContactDetail
from tests.counting import statements
from tests.decisions.afterwards import a_decision, typed_date
from tests.engines import some_on_postgres
from tests.factories import a_case, a_contact, a_draft, a_request, complete_pages, its_person, save

ANSWERS = {"need_to_know": "yes", "told_confidential": "yes", "intended_use": "To help"}


def _draft(cast, by=None, **request):
    user = by or cast.dsl
    case = a_case(by=user, organisation=cast.school)
    draft = a_draft(
        case=case, by=user, request=a_request(case=case, by=user, received=True, **request)
    )
    pages = complete_pages(its_person(case))
    del pages[("recipient", 1)]
    save(draft, user, pages)
    return draft


def _url(draft):
    return f"/drafts/{draft.public_id}/recipient/1/"


def _typed(draft):
    return draft.pages.get(page="recipient").typed


def test_a_contact_chosen_is_written_into_the_page_as_typed(cast, sign_in):
    contact = a_contact(organisation=cast.school, by=cast.dsl)
    detail = contact.details.get()
    draft = _draft(cast)
    client = sign_in(cast.dsl)
    page = client.post(
        _url(draft), {"contact": detail.public_id, "then": "fill", "version": "0"}, follow=True
    )
    assert (page.status_code, page.context["form"].error_summary()) == (200, [])
    today = timezone.localdate()
    assert {
        name: _typed(draft)[name] for name in ("name", "organisation", "method", "address")
    } == {
        "name": ["Jo Hart"],
        "organisation": ["Social worker, Northfield Council"],
        "method": ["telephone"],
        "address": ["01632 960 123"],
    }
    assert _typed(draft)["address_source"] == [
        f"Northfield Council's website, found on {today.day} {today:%B %Y} by Dilys Morgan"
    ]


def test_what_was_typed_beside_a_contact_is_never_overwritten(cast, sign_in):
    detail = a_contact(organisation=cast.school, by=cast.dsl).details.get()
    draft = _draft(cast)
    sign_in(cast.dsl).post(
        _url(draft),
        {
            "contact": detail.public_id,
            "name": "Joanna Hart",
            "then": "fill",
            "version": "0",
        },
    )
    assert (_typed(draft)["name"], _typed(draft)["address"]) == (["Joanna Hart"], ["01632 960 123"])


def test_choosing_and_saving_without_the_button_fills_in_too(cast, sign_in):
    detail = a_contact(organisation=cast.school, by=cast.dsl).details.get()
    draft = _draft(cast)
    page = sign_in(cast.dsl).post(_url(draft), {"contact": detail.public_id, "version": "0"})
    assert page["Location"] == f"{_url(draft)}?fill=1"
    assert _typed(draft)["name"] == ["Jo Hart"]


def test_only_contacts_of_the_school_that_are_in_use_are_offered(cast, sign_in):
    ours = a_contact(organisation=cast.school, by=cast.dsl, name="Ours")
    ended = a_contact(organisation=cast.school, by=cast.dsl, name="Ended")
    contacts.change_contact(
        contact=ended,
        name="Ended",
        role="",
        agency="",
        used=False,
        reason="Left",
        by=cast.dsl,
        at=timezone.now(),
    )
    a_contact(organisation=cast.other_school, by=cast.stranger, name="Theirs")
    form = sign_in(cast.dsl).get(_url(_draft(cast))).context["form"]
    assert [key for key, _words in form.fields["contact"].choices] == [
        "",
        REQUESTER,
        ours.details.get().public_id,
    ]


@pytest.mark.parametrize(
    ("identity", "source", "number"),
    [("not_verified", "", 2), ("verified", "", 1), ("verified", "The council's website", 1)],
)
def test_whoever_asked_is_offered_by_name_and_never_with_the_address_they_gave(
    cast, sign_in, identity, source, number
):
    draft = _draft(
        cast, identity=identity, call_back_source=source, requester_contact="01632 960 000"
    )
    client = sign_in(cast.dsl)
    client.post(
        _url(draft),
        {
            "contact": REQUESTER,
            "then": "fill",
            "version": "0",
        },
    )
    assert (_typed(draft)["name"], _typed(draft)["address"]) == (["Jo Hart"], [""])
    warned = client.get(_url(draft)).context["warnings"]
    assert len(warned) == number
    assert warned[-1] == (
        "When they asked they gave “01632 960 000”. It is not filled in, because it came from "
        "them. Find one yourself, such as on their organisation’s website, and say below where."
    )


@pytest.mark.parametrize(
    ("address", "source", "warned"),
    [
        ("01632960000", "", ["This address or number came from whoever asked."]),
        ("01632 960 000", "Our contact list", []),
        ("01632 960 111", "", []),
    ],
)
def test_the_askers_own_number_typed_in_is_said_to_be_theirs_until_it_says_where_from(
    cast, sign_in, address, source, warned
):
    draft = _draft(
        cast, call_back_source="The council's website", requester_contact="01632 960 000"
    )
    save(
        draft,
        cast.dsl,
        {
            ("recipient", 1): {
                "name": ["jo hart "],
                "address": [address],
                "address_source": [source],
            }
        },
    )
    found = sign_in(cast.dsl).get(_url(draft)).context["warnings"]
    assert [one.partition(" Find")[0] for one in found] == warned


def test_onward_limits_and_where_it_was_found_are_signed_and_shown(cast, sign_in):
    decision = a_decision(
        cast,
        recipient_1={
            "address": ["01632 960 123"],
            "address_source": ["The council's website"],
            "onward": ["named"],
            "onward_limits": ["Her health visitor, for the visit on Friday"],
        },
    )
    kept = Recipient.objects.get()
    assert (kept.address_source, kept.onward, kept.onward_limits) == (
        "The council's website",
        "named",
        "Her health visitor, for the visit on Friday",
    )
    text = sign_in(cast.auditor).get(f"/decisions/{decision.public_id}/").content.decode()
    for words in ("Only to those named here", kept.onward_limits, "council&#x27;s website"):
        assert words in text, words


def test_passing_on_to_some_names_them(cast, sign_in):
    draft = _draft(cast)
    sent = {"name": "Jo", "method": "telephone", **ANSWERS, "onward": "named", "version": "0"}
    page = sign_in(cast.dsl).post(_url(draft), sent)
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Say to whom they may pass it on"
    ]


@pytest.mark.parametrize("times", [1, 3])
def test_the_recipients_page_asks_as_often_for_three_contacts_as_for_one(cast, sign_in, times):
    for _ in range(times):
        a_contact(organisation=cast.school, by=cast.dsl)
    draft = _draft(cast)
    client = sign_in(cast.dsl)
    client.get("/cases/")
    with statements(15):
        client.get(_url(draft))


# What is typed as an address


EMAIL = {"name": "Jo Hart", "method": "secure_email", **ANSWERS, "version": "0"}
NO_EMAIL = (
    "This is not an e-mail address, such as name@council.example. Check it, or choose another way"
)


@pytest.mark.parametrize(
    ("method", "address", "errors"),
    some_on_postgres(
        [
            ("secure_email", "jo.hart@northfield.example", []),
            ("encrypted_email", "Jo Hart <jo.hart@northfield.example>", []),
            ("secure_email", "jo.hart@northfield.example (through the portal)", []),
            ("secure_email", "", []),
            ("secure_email", "the usual one", [NO_EMAIL]),
            ("encrypted_email", "jo.hart at northfield.example", [NO_EMAIL]),
            ("secure_email", "jo.hart@northfield", [NO_EMAIL]),
            ("recorded_post", "1 High Street", []),
        ],
        3,
    ),
)
def test_an_email_goes_to_an_email_address(cast, sign_in, method, address, errors):
    draft = _draft(cast)
    page = sign_in(cast.dsl).post(_url(draft), {**EMAIL, "method": method, "address": address})
    assert page.status_code == (422 if errors else 302)
    if errors:
        (found,) = page.context["form"].error_summary()
        assert (found.id, [found.message]) == ("id_address", errors)
    assert _typed(draft)["address"] == [address]


def _with_email(cast, value="jo.hart@northfield.example"):
    return a_contact(
        organisation=cast.school, by=cast.dsl, kind=ContactKind.EMAIL, value=value
    ).details.get()


def test_an_address_that_is_not_the_one_in_the_contacts_is_warned_about_once(cast, sign_in):
    _with_email(cast)
    draft = _draft(cast, requester_contact="")
    client = sign_in(cast.dsl)
    other = {**EMAIL, "address": "jo.hart@northfeild.example"}
    page = client.post(_url(draft), other, follow=True)
    assert page.redirect_chain == [(_url(draft), 302)]
    (warning,) = page.context["warnings"]
    assert warning.startswith("Your contacts have “jo.hart@northfield.example” for Jo Hart (")
    assert "Saved. Check the address below" in page.content.decode()
    # Saved once more it is the sender's decision; another slip is another warning.
    assert client.post(_url(draft), {**other, "version": "1"}).url != _url(draft)
    again = {**other, "address": "jo.heart@northfield.example", "version": "2"}
    assert client.post(_url(draft), again).url != _url(draft)


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "JO.HART@northfield.example"},
        {"name": "Jo Heart", "address": "other@northfield.example"},
        {"method": "telephone", "address": "01632 960 999"},
        {"address": ""},
    ],
)
def test_what_the_contacts_do_not_contradict_is_not_warned_about(cast, sign_in, changes):
    _with_email(cast)
    draft = _draft(cast)
    sent = EMAIL | {"method": "secure_email"} | changes
    assert sign_in(cast.dsl).post(_url(draft), sent).url != _url(draft)
    assert sign_in(cast.dsl).get(_url(draft)).context["warnings"] == []


def test_a_number_that_is_not_the_one_in_the_contacts_is_warned_about_too(cast, sign_in):
    a_contact(organisation=cast.school, by=cast.dsl)
    draft = _draft(cast)
    sent = EMAIL | {"method": "telephone", "address": "01632 960 321"}
    page = sign_in(cast.dsl).post(_url(draft), sent, follow=True)
    assert "01632 960 123" in page.context["warnings"][0]


def test_in_an_emergency_nothing_waits_for_an_address(cast, sign_in):
    _with_email(cast)
    draft = _draft(cast)
    save(draft, cast.dsl, {("danger", 0): {"answer_immediate_danger": ["yes"]}})
    for version, address in enumerate(("the usual one", "jo.hart@northfeild.example")):
        sent = EMAIL | {"address": address, "version": str(version)}
        assert sign_in(cast.dsl).post(_url(draft), sent).url != _url(draft)


def test_the_contacts_of_another_school_are_not_looked_at(cast, sign_in):
    a_contact(
        organisation=cast.other_school,
        by=cast.stranger,
        kind=ContactKind.EMAIL,
        value="x@y.example",
    )
    draft = _draft(cast)
    sent = EMAIL | {"address": "jo.hart@northfield.example"}
    assert sign_in(cast.dsl).post(_url(draft), sent).url != _url(draft)


# The contacts themselves


def _new(**changes):
    return {
        "name": "Front door",
        "role": "",
        "agency": "Northfield Council",
        "kind": "telephone",
        "value": "01632 960 999",
        "source": "Their website",
        "found_by": "Sam Okafor",
        **typed_date("found_on", timezone.localdate()),
        **changes,
    }


def test_a_contact_is_added_with_where_its_number_was_found(cast, sign_in):
    client = sign_in(cast.staff)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.post("/contacts/new/", _new(source="", **typed_date("found_on", tomorrow)))
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Answer the question “Where did you find it?”",
        "This day has not come yet",
    ]
    client.post("/contacts/new/", _new())
    detail = ContactDetail.objects.get()
    assert (detail.value, detail.source, detail.found_by, detail.added_by) == (
        "01632 960 999",
        "Their website",
        "Sam Okafor",
        cast.staff,
    )
    assert "Front door" in client.get("/contacts/").content.decode()


def test_a_replaced_number_stays_readable_and_is_no_longer_offered(cast, sign_in):
    contact = a_contact(organisation=cast.school, by=cast.dsl)
    old = contact.details.get()
    client = sign_in(cast.dsl)
    url = f"/contacts/{contact.public_id}/"
    sent = _new(replaces=old.public_id)
    page = client.post(f"{url}details/new/", sent)
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Say why the old one is no longer right"
    ]
    client.post(f"{url}details/new/", {**sent, "because": "She moved office"})
    old.refresh_from_db()
    assert (old.value, old.superseded_because) == ("01632 960 123", "She moved office")
    page = client.get(url)
    assert [one.value for one in page.context["current"]] == ["01632 960 999"]
    assert [one.value for one in page.context["superseded"]] == ["01632 960 123"]
    with pytest.raises(contacts.UnableToKeep, match="replaced already"):
        contacts.add_detail(
            contact=contact,
            found=contacts.Found(ContactKind.FAX, "1", "There", timezone.localdate(), "Sam Okafor"),
            in_place_of=old,
            because="Again",
            by=cast.dsl,
            at=timezone.now(),
        )
    assert ContactDetail.objects.count() == 2


def test_another_schools_contacts_are_not_seen_and_not_replaced(cast, sign_in):
    theirs = a_contact(organisation=cast.other_school, by=cast.stranger, name="Theirs")
    client = sign_in(cast.dsl)
    assert "Theirs" not in client.get("/contacts/").content.decode()
    for rest in ("", "change/", "details/new/"):
        assert client.get(f"/contacts/{theirs.public_id}/{rest}").status_code == 404
    ours = a_contact(organisation=cast.school, by=cast.dsl)
    page = client.post(
        f"/contacts/{ours.public_id}/details/new/",
        _new(replaces=theirs.details.get().public_id, because="x"),
    )
    assert page.status_code == 422
    assert ContactDetail.objects.filter(superseded_at=None).count() == 2


def test_looking_at_contacts_is_recorded(cast, sign_in):
    contact = a_contact(organisation=cast.school, by=cast.dsl)
    client = sign_in(cast.dsl)
    client.get("/contacts/")
    client.get(f"/contacts/{contact.public_id}/")
    seen = Entry.objects.filter(event__startswith="cases.contact").order_by("seq")
    assert [entry.event for entry in seen] == [
        "cases.contact_added",
        "cases.contacts_seen",
        "cases.contact_seen",
    ]


@pytest.mark.parametrize("times", [1, 3])
def test_the_contacts_ask_as_often_for_three_as_for_one(cast, sign_in, times):
    for _ in range(times):
        a_contact(organisation=cast.school, by=cast.dsl)
    client = sign_in(cast.dsl)
    with statements(9):
        client.get("/contacts/")
    with statements(9):
        client.get(f"/contacts/{Contact.objects.order_by('id')[0].public_id}/")
