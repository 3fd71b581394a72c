"""How long records are kept: said by the administrator, offered and never forced on leaflets."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infosharing.accounts.roles import Role
from infosharing.audit.models import Entry
from infosharing.cases.domain.retaining import UnableToSay, say_how_long_kept
from infosharing.cases.models import KeptFor
from infosharing.cases.queries import kept_for
from tests.casefile.typed import asking
from tests.counting import statements
from tests.factories import a_case, a_consent, a_question, its_person, what_is_asked
from tests.people import NAMES, make_member, make_user

UNTIL_25 = "Until you are 25. Then it is destroyed."
URL = "/members/how-long-kept/"


def _say(cast, words=UNTIL_25, organisation=None, by=None):
    return say_how_long_kept(
        organisation=organisation or cast.school,
        words=words,
        because="Our schedule of March",
        by=by or cast.admin,
        at=timezone.now(),
    )


def _text(page):
    return " ".join(page.content.decode().split())


def _ask(case, person):
    return f"/cases/{case.public_id}/people/{person.public_id}/consent/ask/"


def test_the_administrator_says_it_and_the_earlier_words_stay_readable_with_who_and_when(
    cast, sign_in
):
    client = sign_in(cast.admin)
    assert URL in client.get("/members/").content.decode()
    assert "Nothing is written here yet" in _text(client.get(URL))
    for words in (UNTIL_25, "Until you are 30."):
        page = client.post(URL, {"words": words, "because": "Our schedule"})
        assert (page.status_code, page.url) == (302, URL)
    page = client.get(URL)
    assert page.context["form"].initial == {"words": "Until you are 30.", "because": "Our schedule"}
    assert [one.words for one in page.context["earlier"]] == [UNTIL_25]
    assert UNTIL_25 in _text(page)
    assert "Alex Byrne" in _text(page)
    entries = Entry.objects.filter(event="cases.kept_for_said")
    assert {(one.actor_id, one.organisation_id) for one in entries} == {
        (cast.admin.public_id, cast.school.public_id)
    }
    assert entries.count() == KeptFor.objects.count() == 2


def test_without_words_nothing_is_said(cast, sign_in):
    page = sign_in(cast.admin).post(URL, {"words": "  ", "because": "Our schedule"})
    assert page.status_code == 422
    assert [one.message for one in page.context["form"].error_summary()] == [
        "Say how long it is kept"
    ]
    assert "Our schedule" in _text(page)
    with pytest.raises(UnableToSay):
        _say(cast, words=" ")
    assert not KeptFor.objects.exists()


@pytest.mark.parametrize("who", [name for name in NAMES if name != "admin"])
def test_nobody_else_says_it(cast, sign_in, who):
    user = getattr(cast, who)
    assert sign_in(user).post(URL, {"words": UNTIL_25}).status_code == 403
    with pytest.raises(PermissionDenied):
        _say(cast, by=user)
    assert not KeptFor.objects.exists()


def test_an_administrator_of_another_school_does_not_say_it_here(cast, sign_in):
    other = make_user("elsewhere")
    make_member(other, cast.other_school, Role.ADMINISTRATOR)
    page = sign_in(other).get(f"{URL}?organisation={cast.school.public_id}")
    assert page.status_code == 404
    with pytest.raises(PermissionDenied):
        _say(cast, by=other)


def test_a_school_that_says_nothing_has_its_trusts_words_and_never_another_schools(cast):
    for place in (cast.trust, cast.other_school):
        make_member(cast.admin, place, Role.ADMINISTRATOR)
    assert kept_for(cast.school) == ""
    _say(cast, "Hill Rise keeps it ten years", cast.other_school)
    assert kept_for(cast.school) == ""
    _say(cast, "The trust keeps it seven years", cast.trust)
    assert kept_for(cast.school) == "The trust keeps it seven years"
    _say(cast, UNTIL_25)
    _say(cast, "The trust keeps it eight years", cast.trust)
    assert kept_for(cast.school) == UNTIL_25
    assert kept_for(cast.trust) == "The trust keeps it eight years"


def test_it_stands_ready_on_the_question_and_whoever_asks_changes_it_there(cast, sign_in):
    _say(cast)
    case = a_case(by=cast.staff, organisation=cast.school)
    client, url = sign_in(cast.staff), _ask(case, its_person(case))
    assert client.get(url).context["form"].initial["kept"] == UNTIL_25
    page = client.post(url, asking(kept="Until the plan ends."))
    leaflet = _text(client.get(f"{page.url}leaflet/"))
    assert "Until the plan ends." in leaflet
    assert UNTIL_25 not in leaflet


def test_where_nobody_typed_it_the_leaflet_says_what_the_school_says(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    consent = a_consent(case=case, by=cast.staff)
    client, url = sign_in(cast.staff), f"/consents/{consent.public_id}/leaflet/"
    assert "retention policy of Marsh Lane School" in _text(client.get(url))
    _say(cast)
    assert UNTIL_25 in _text(client.get(url))
    with statements(11):
        client.get(url)


def test_what_a_leaflet_said_before_stays_as_it_was(cast, sign_in):
    case = a_case(by=cast.staff, organisation=cast.school)
    question = a_question(case=case, by=cast.staff, question=what_is_asked(kept=UNTIL_25))
    _say(cast, "Until you are 99.")
    leaflet = _text(sign_in(cast.staff).get(f"/consent-steps/{question.public_id}/leaflet/"))
    assert UNTIL_25 in leaflet
    assert "Until you are 99." not in leaflet
