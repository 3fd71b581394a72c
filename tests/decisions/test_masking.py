"""A question for advice reaches the adviser without the identity of anybody the case knows."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.domain import advising
from decisions.masking import Known, masked
from decisions.models import AdviceRequest
from decisions.timeline import entries
from infosharing.cases.domain.opening import NewPerson
from tests.factories import a_case, a_consent, a_draft

KNOWN = Known(
    people=[
        ["Ife Adeyemi", "Fifi"],
        ["Zoë O’Brien", ""],
        ["May Adeyemi", ""],
        ["Mother"],
        ["李明"],
        ["Łucja Wiśniewska-Nowak"],
    ],
    born=[date(2017, 4, 11)],
    requesters=["Jo Hart"],
    references=["7K3MQ0ZP4T"],
)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Ife Adeyemi has bruises.", "Person A has bruises."),
        ("IFE’s arm; fifi's arm; ife.", "Person A’s arm; Person A's arm; Person A."),
        ("Adeyemi, Ife", "Person A or Person C, Person A"),
        ("zoe o'brien and ZOË O’BRIEN", "Person B and Person B"),
        ("Zo\u0065\u0308 came", "Person B came"),
        ("Lucja Wisniewska Nowak and Nowak", "Person F and Person F"),
        ("李明是好人", "Person E是好人"),
        ("May was there. We may ask.", "Person C was there. We may ask."),
        ("Jo Hart asked.", "the requester asked."),
        ("Mother said so.", "Mother said so."),
        ("born 11/4/2017", "born a date of birth"),
        ("born 11.04.17", "born a date of birth"),
        ("born 11th of April 2017", "born a date of birth"),
        ("born Apr 11, 2017", "born a date of birth"),
        ("born 2017-04-11", "born a date of birth"),
        ("on 12 April 2017", "on 12 April 2017"),
        ("case 7K3 MQ0 ZP4T", "case a reference"),
        ("case 7k3mq0zp4t", "case a reference"),
        ("UPN A123456789012", "UPN a pupil number"),
        ("ring 07700 900123", "ring a telephone number"),
        ("write to ife.adeyemi@home.example", "write to an e-mail address"),
        ("lives at SW1A 1AA", "lives at a postcode"),
        ("NHS 943 476 5919", "NHS a number"),
        ("Rife with knife wounds, her heart", "Rife with knife wounds, her heart"),
    ],
)
def test_what_the_case_knows_is_replaced_the_same_way_everywhere(typed, seen):
    assert masked(typed, KNOWN).text == seen


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Adeymi", ["Adeymi"]),
        ("the Adeyemis", ["Adeyemis"]),
        ("IfeAdeyemi", ["IfeAdeyemi"]),
        ("obrien", ["obrien"]),
        ("Harts", ["Harts"]),
        ("a chart of her heart", []),
        ("Ife Adeyemi", []),
        ("A person may ask", []),
    ],
)
def test_what_still_looks_like_a_name_is_pointed_at(typed, left):
    assert masked(typed, KNOWN).left == left


def test_a_person_whose_name_is_like_our_own_words_does_not_block_them():
    assert masked("Persson said so", Known(people=[["Ann Persson"]])).left == []


def test_the_same_letters_for_thirty_people():
    people = [[f"Zxq{chr(97 + n // 26)}{chr(97 + n % 26)}"] for n in range(30)]
    assert masked(people[27][0], Known(people=people)).text == "Person AB"


# On the pages


@pytest.fixture
def draft(cast):
    people = [
        NewPerson(name="Ife Adeyemi", preferred_name="Fifi", born=date(2017, 4, 11)),
        NewPerson(name="Tunde Balogun", age_band="adult"),
    ]
    case = a_case(by=cast.staff, organisation=cast.school, people=people)
    a_consent(case=case, by=cast.staff, giver="Folake Adeyemi")
    return a_draft(case=case, by=cast.staff, received=True)


TYPED = "Jo Hart asks about Fifi (11/04/2017). Tunde and Folake disagree."
SEEN = "the requester asks about Person A (a date of birth). Person B and Person C disagree."


def _asking(draft):
    return reverse("decisions:draft-advice-ask", args=[draft.public_id])


def _typed(cast, **changes):
    return {
        "asked_of": cast.manager.public_id,
        "question": TYPED,
        "how": "withheld",
        "named_because": "",
        **changes,
    }


def test_who_asks_sees_the_question_as_the_adviser_will_and_then_it_is_sent(cast, draft, sign_in):
    client = sign_in(cast.staff)
    preview = client.post(_asking(draft), _typed(cast))
    assert preview.context["asked"].question == SEEN
    assert SEEN in preview.content.decode()
    assert AdviceRequest.objects.count() == 0
    client.post(_asking(draft), _typed(cast, then="send", shown=SEEN))
    asked = AdviceRequest.objects.get()
    assert (asked.question, asked.typed, asked.anonymous) == (SEEN, TYPED, True)
    told = [one.words for one in entries(draft.decision.case, cast.staff)]
    assert f"Of Martin Boyle: {SEEN}" in told


def test_the_adviser_gets_exactly_that_and_nothing_else_of_the_case(cast, draft, sign_in):
    sign_in(cast.staff).post(_asking(draft), _typed(cast, then="send", shown=SEEN))
    asked = AdviceRequest.objects.get()
    adviser = sign_in(cast.manager)
    for address in ("/", "/advice/", f"/advice/{asked.public_id}/"):
        page = adviser.get(address)
        text = page.content.decode()
        for secret in ("Ife", "Fifi", "Adeyemi", "Tunde", "Folake", "11/04", "Jo Hart"):
            assert secret not in text
        assert draft.decision.spoken_reference not in text
        assert draft.decision.public_id not in text
    assert SEEN in text
    answered = adviser.post(
        f"/advice/{asked.public_id}/", {"advised": "share", "words": "Yes.", "role": "manager"}
    )
    assert answered.status_code == 302
    assert "Ife" not in adviser.get(f"/advice/{asked.public_id}/").content.decode()


def test_going_back_keeps_everything_typed_and_sends_nothing(cast, draft, sign_in):
    page = sign_in(cast.staff).post(_asking(draft), _typed(cast, then="back", shown=SEEN))
    assert page.status_code == 200
    assert TYPED in page.content.decode()
    assert "error-summary" not in page.content.decode()
    assert AdviceRequest.objects.count() == 0


def test_a_name_that_may_be_left_in_it_blocks_asking_without_a_name(cast, draft, sign_in):
    client = sign_in(cast.staff)
    for then in ({}, {"then": "send", "shown": "Adeymi has bruises"}):
        page = client.post(_asking(draft), _typed(cast, question="Adeymi has bruises", **then))
        assert page.status_code == 422
        assert "This looks like a name known to the case: “Adeymi”" in page.content.decode()
    assert AdviceRequest.objects.count() == 0


def test_naming_the_person_takes_a_reason_which_the_adviser_does_not_see(cast, draft, sign_in):
    client = sign_in(cast.staff)
    named = _typed(cast, how="named", then="send", shown=TYPED)
    assert client.post(_asking(draft), named).status_code == 422
    client.post(_asking(draft), {**named, "named_because": "She teaches him too."})
    asked = AdviceRequest.objects.get()
    assert (asked.question, asked.anonymous, asked.named_because) == (
        TYPED,
        False,
        "She teaches him too.",
    )
    page = sign_in(cast.manager).get(f"/advice/{asked.public_id}/").content.decode()
    assert TYPED in page
    assert "She teaches him too." not in page
    assert (
        "She teaches him too."
        in client.get(reverse("decisions:draft-advice", args=[draft.public_id])).content.decode()
    )


def test_what_was_not_shown_is_not_sent(cast, draft, sign_in):
    page = sign_in(cast.staff).post(_asking(draft), _typed(cast, then="send", shown="Forged"))
    assert page.status_code == 409
    assert page.context["asked"].question == SEEN
    assert AdviceRequest.objects.count() == 0


def test_nothing_is_chosen_beforehand(cast, draft, sign_in):
    page = sign_in(cast.staff).get(_asking(draft)).content.decode()
    assert " checked" not in page


def test_the_verb_refuses_what_the_page_refuses(cast, draft):
    given = {
        "decision": draft.decision,
        "asked_of": cast.manager,
        "by": cast.staff,
        "at": timezone.now(),
    }
    with pytest.raises(advising.UnableToAsk):
        advising.ask_for_advice(question="Adeymi?", anonymous=True, **given)
    with pytest.raises(advising.UnableToAsk):
        advising.ask_for_advice(question="May I?", anonymous=False, **given)
    with pytest.raises(advising.SeenOtherwise):
        advising.ask_for_advice(question="May I?", anonymous=True, shown="Must I?", **given)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("May I share this today?", "May I share this today?"),
        ("May she stay? May was late.", "May she stay? Person A was late."),
        ("She may be at May's house.", "She may be at Person A's house."),
    ],
)
def test_a_name_that_begins_a_question_is_left_where_it_asks(typed, shown):
    found = masked(typed, Known(people=[("Maya Castellano", "May")]))
    assert (found.text, found.left) == (shown, [])
