"""Practice mode: the same pages and the same guide; nothing is kept anywhere."""

import re

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from infosharing.journeys.storage import PageStorage
from tests.counting import data_statements
from tests.decisions.typing_in import scenario
from tests.engines import some_on_postgres
from tests.people import make_user

URL = "/practice/"


class Practice:
    """Somebody practising: carries the page's text from one page to the next."""

    def __init__(self, client):
        self.client = client
        self.response = client.post(URL, {"go": "start"})

    @property
    def state(self):
        return self.response.context["state"]

    def go(self, where):
        self.response = self.client.post(URL, {"state": self.state, "go": where})
        return self.response

    def type(self, page, typed, index=0, **more):
        posted = {"state": self.state, "page": page, "index": index, **typed, **more}
        self.response = self.client.post(URL, posted)
        return self.response

    @property
    def panel(self):
        return self.response.context["panel"]


@pytest.fixture
def practice(cast, sign_in):
    return Practice(sign_in(cast.staff))


def test_the_start_says_that_nothing_is_kept(cast, sign_in):
    response = sign_in(cast.staff).get(URL)
    assert response.status_code == 200
    assert "Nothing is kept" in response.content.decode()


@pytest.mark.parametrize(
    "who", ["staff", "dsl", "auditor", "admin", "stranger", "manager", "deputy"]
)
def test_everybody_signed_in_may_practise(cast, sign_in, who):
    client = sign_in(getattr(cast, who))
    assert client.get(URL).status_code == 200
    assert Practice(client).response.status_code == 200


def test_somebody_without_any_role_may_practise_too(cast, sign_in):
    assert Practice(sign_in(make_user("nobody"))).response.status_code == 200


def test_nobody_practises_without_signing_in(client, db):
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"go": "start"}).status_code == 302


def imagined_person(told, person):
    """What is typed about one person of a story, with one yes or no at the most."""
    typed = {"age": "born", "able": "nobody", "asked": "no"}
    typed |= _date("born", person["born"])
    for judged in (person["competent"], person["capacity"]):
        if judged is not None:
            typed["able"] = "yes" if judged else "no"
    for said in told["given"]["consents"]:
        if said["person"] != person["id"]:
            continue
        typed |= {
            "asked": "yes",
            "status": said["status"],
            "given_by": said["given_by"],
            "informed": said["informed"],
            "held": [
                name
                for name in (
                    "parental_responsibility",
                    "authority_evidenced",
                    "consequences_explained",
                    "freely_given",
                    "understood",
                )
                if said[name]
            ],
        }
        typed |= _date("said_on", said["on"])
        for name in ("until", "withdrawn_on"):
            if said[name]:
                typed |= _date(name, said[name])
    return typed


def _date(name, day):
    year, month, number = day.split("-")
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": number}


def imagined_request(told):
    asked = told["given"]["request"]
    typed = {"origin": asked["origin"]}
    if asked["origin"] == "received":
        typed |= {name: asked[name] for name in ("channel", "requester_kind", "identity")}
        typed["call_back_source"] = asked["call_back_source"] or ""
        typed["crime_investigation"] = "yes" if asked["crime_investigation"] else "no"
    return typed


ONE_CONSENT_EACH = [
    "social-worker-s47-email",
    "two-children-one-consent",
    "fourteen-and-competent",
    "fourteen-not-judged",
    "consent-withdrawn-yesterday",
    "special-guardian",
    "carer-signed-instead",
    "turning-sixteen-today",
    "identity-failed",
    "unknown-caller",
    "happening-now",
]


@pytest.mark.parametrize("stem", some_on_postgres(ONE_CONSENT_EACH, 3))
def test_an_imagined_matter_gives_what_the_guide_gives_a_real_one(stem, cast, sign_in):
    told = scenario(stem)
    given = told["given"]
    with time_machine.travel(given["on"] + "T12:00:00Z", tick=False):
        practice = Practice(sign_in(cast.staff))
        practice.type("request", imagined_request(told))
        for index, person in enumerate(given["people"], start=1):
            practice.type("person", imagined_person(told, person), index)
        for page, codes in (
            ("danger", ["immediate_danger"]),
            ("purpose", ["purpose"]),
            ("identifying", ["identifiable", "confidential"]),
            ("harm", ["significant_harm", "serious_crime", "legal_duty"]),
        ):
            answers = {f"answer_{c}": given["answers"][c] for c in codes if c in given["answers"]}
            practice.type(page, answers)
        covers = {}
        for index, person in enumerate(given["people"], start=1):
            for said in given["consents"]:
                if said["person"] == person["id"]:
                    covers |= {
                        f"covers_consent-{index}_{part}": "yes" if covered else "no"
                        for part, covered in said["covers"].items()
                    }
        practice.type("consent", covers)
        practice.type("grounds", {"grounds": given["grounds"]})
        practice.go("check")
    guide = next(card for card in practice.response.context["cards"] if "guide" in card["title"])
    from infosharing.guidance.words import consent_problem_words, suggestion_words

    assert guide["rows"][0]["lines"][0] == suggestion_words(told["expect"]["suggestion"]).title
    expected = [
        {consent_problem_words(code) for code in told["expect"]["consents"][person["id"]]}
        for person in given["people"]
    ]
    shown = practice.panel.consents
    if shown:
        assert [set(one.problems) for one in shown] == expected


def test_the_whole_way_to_the_check_page(practice):
    practice.type("danger", {"answer_immediate_danger": "yes"})
    assert practice.panel.words == "Share now"
    assert practice.response.context["carry"]["page"] == "request"
    practice.type("request", {"origin": "own_initiative"})
    assert practice.response.context["carry"]["page"] == "outcome"
    practice.type(
        "outcome", {"outcome": "share", "reasons": "Danger.", "decided_by_role": "practitioner"}
    )
    assert practice.response.context["carry"]["page"] == "item"
    practice.type("item", {"what": "Where he is"}, 1)
    assert practice.response.context["carry"]["page"] == "recipient"
    practice.go("page:item:0")
    assert [row["words"] for row in practice.response.context["rows"]] == ["Where he is"]
    practice.go("page:recipient:1")
    practice.type("recipient", {"name": "999", "method": "telephone"}, 1)
    text = practice.response.content.decode()
    assert "nothing is signed, and nothing is kept" in text
    assert "Where he is" in text
    assert "/sign/" not in text


def test_a_page_not_in_order_is_kept_in_the_page_and_shown_again(practice):
    response = practice.type("outcome", {"reasons": "Half a thought"})
    assert response.status_code == 422
    assert "Half a thought" in response.content.decode()
    practice.go("tasks")
    practice.go("page:outcome:0")
    assert "Half a thought" in practice.response.content.decode()


def test_fields_of_other_pages_are_ignored(practice):
    practice.type("purpose", {"answer_purpose": "yes", "outcome": "share", "reasons": "x"})
    assert "outcome" not in {
        key for key, _index in PageStorage.read(practice.state, salt_of(practice)).pages()
    }


def salt_of(practice):
    return f"decisions.practice.{practice.response.context['user'].public_id}"


def test_entries_are_added_up_to_three_people_and_taken_off(practice):
    typed = {"age": "under_16", "able": "nobody", "asked": "no"}
    for index in (1, 2, 3):
        practice.type("person", typed, index)
    assert practice.response.context["may_add"] is False
    refused = practice.client.post(
        URL, {"state": practice.state, "page": "person", "index": 4, **typed}
    )
    assert refused.status_code == 404
    practice.go("remove:person:2")
    assert [row["title"] for row in practice.response.context["rows"]] == ["Person 1", "Person 2"]


@pytest.mark.parametrize(
    "go",
    [
        "page:nonsense:0",
        "page:item:9",
        "page:purpose:1",
        "remove:item:1",
        "page:",
        "x",
        "page:item",
    ],
)
def test_places_that_there_are_not(practice, go):
    response = practice.client.post(URL, {"state": practice.state, "go": go})
    assert response.status_code == (200 if go == "page:item" else 404)


# Nothing is kept


def test_nothing_is_written_and_no_record_is_read(practice):
    everything_typed(practice)
    before = counts()
    stored = {s.pk: s.session_data for s in Session.objects.all()}
    with CaptureQueriesContext(connection) as captured:
        everything_typed(practice)
    found = data_statements(captured)
    assert counts() == before
    assert {s.pk: s.session_data for s in Session.objects.all()} == stored
    # "Yours to do" beside every page counts what waits in real cases; practice itself asks
    # for nobody but who is signed in.
    tables = {
        table
        for sql in found
        if "due_source" not in sql
        for table in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql)
    }
    assert tables <= {
        "django_session",
        "accounts_user",
        "accounts_membership",
        "accounts_organisation",
    }


def everything_typed(practice):
    practice.type("danger", {"answer_immediate_danger": "no"})
    practice.type("person", {"age": "adult", "able": "no", "asked": "no"}, 1)
    practice.type("advice", {"advised": "share", "role": "dsl"})
    practice.type("outcome", {"outcome": "share", "reasons": "x", "decided_by_role": "dsl"})
    practice.go("check")
    practice.go("tasks")


def counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
    }


# The text that travels


@pytest.mark.parametrize(
    "spoil", [lambda t: t + "x", lambda t: t[1:], lambda t: "", lambda t: "x:y:z"]
)
def test_a_changed_page_starts_again(practice, spoil):
    response = practice.client.post(URL, {"state": spoil(practice.state), "go": "tasks"})
    assert response.status_code == 400
    assert "This practice has ended" in response.content.decode()


def test_a_page_without_its_text_starts_again(practice):
    assert practice.client.post(URL, {"page": "danger"}).status_code == 400


def test_somebody_elses_page_starts_again(cast, sign_in, practice):
    response = sign_in(cast.dsl).post(URL, {"state": practice.state, "go": "tasks"})
    assert response.status_code == 400


def test_an_old_page_starts_again(cast, sign_in):
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        client = sign_in(cast.staff)
        state = Practice(client).state
    with time_machine.travel("2026-11-20T11:00:02Z", tick=False):
        client = sign_in(cast.staff)
        assert client.post(URL, {"state": state, "go": "tasks"}).status_code == 400


def test_too_much_text_is_refused_without_losing_it(practice, monkeypatch):
    monkeypatch.setattr(PageStorage, "LIMIT", len(practice.state) + 60)
    long = "".join(chr(0x4E00 + number) for number in range(300))
    response = practice.type("outcome", {"reasons": long})
    assert response.status_code == 422
    text = response.content.decode()
    assert "holds more text than one page can carry" in text
    assert long in text


def test_other_methods_are_refused(practice):
    assert practice.client.put(URL).status_code == 405
    assert practice.client.delete(URL).status_code == 405


def test_the_address_is_the_one_in_the_footer(cast, sign_in):
    assert reverse("decisions:practice") == URL


def test_what_does_not_fit_together_leads_to_its_question_too(practice):
    practice.type("outcome", {"outcome": "share", "reasons": "x", "decided_by_role": "dsl"})
    practice.type("item", {"what": "What was said", "handling": "share"}, 1)
    practice.go("check")
    [remark] = practice.response.context["remarks"]
    [way] = remark["ways"]
    assert way == {"text": "Information 1", "url": "page:item:1#id_others"}
    practice.go(way["url"])
    assert practice.response.context["carry"]["page"] == "item"
