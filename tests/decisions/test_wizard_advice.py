"""Advice inside the wizard: asked, given, reported, tried in vain; never confused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.domain import advising
from decisions.models import Advice, AdviceRequest, AdviceTried
from infosharing.accounts.models import Organisation, OrganisationKind
from infosharing.accounts.roles import Role
from infosharing.cases.domain.opening import exclude_from_case
from tests.counting import statements
from tests.factories import a_case, a_draft, its_person, save
from tests.people import make_member, make_user

QUESTION = "A pupil of nine has bruises. Do we ring social care before the mother?"


@pytest.fixture
def case(cast):
    return a_case(by=cast.staff, organisation=cast.school)


@pytest.fixture
def draft(cast, case):
    return a_draft(case=case, by=cast.staff)


@pytest.fixture
def staff(cast, sign_in):
    return sign_in(cast.staff)


def at(draft, name):
    return reverse(f"decisions:{name}", args=[draft.public_id])


def a_question(draft, cast, of=None):
    return advising.ask_for_advice(
        decision=draft.decision,
        asked_of=of or cast.dsl,
        question=QUESTION,
        anonymous=True,
        by=cast.staff,
        at=timezone.now(),
    )


def answering(question):
    return reverse("decisions:advice-answer", args=[question.public_id])


def test_a_colleague_is_asked(cast, draft, staff):
    typed = {"asked_of": cast.dsl.public_id, "question": QUESTION, "how": "withheld"}
    preview = staff.post(at(draft, "draft-advice-ask"), typed)
    assert preview.status_code == 200
    assert not AdviceRequest.objects.exists()
    response = staff.post(
        at(draft, "draft-advice-ask"), {**typed, "shown": QUESTION, "then": "send"}
    )
    assert (response.status_code, response.url) == (302, at(draft, "draft-advice"))
    asked = AdviceRequest.objects.get()
    assert (asked.asked_of, asked.asked_by, asked.question, asked.anonymous) == (
        cast.dsl,
        cast.staff,
        QUESTION,
        True,
    )
    page = staff.get(at(draft, "draft-advice")).content.decode()
    assert cast.dsl.name in page
    assert QUESTION in page


def offered(client, draft):
    form = client.get(at(draft, "draft-advice-ask")).context["form"]
    return [words.partition(",")[0] for _code, words in form.fields["asked_of"].choices]


def test_neither_oneself_nor_who_only_reads_is_offered(cast, draft, staff):
    assert offered(staff, draft) == [
        cast.dpl.name,
        cast.dsl.name,
        cast.head.name,
        cast.manager.name,
        cast.colleague.name,
        cast.deputy.name,
    ]


def test_somebody_kept_from_the_case_is_not_offered_and_cannot_be_asked(cast, case, draft, staff):
    exclude_from_case(
        case=case, user=cast.head, reason="About them", by=cast.staff, at=timezone.now()
    )
    page = staff.get(at(draft, "draft-advice-ask")).content.decode()
    assert cast.head.name not in page
    response = staff.post(
        at(draft, "draft-advice-ask"),
        {"asked_of": cast.head.public_id, "question": QUESTION, "how": "withheld"},
    )
    assert response.status_code == 422
    assert QUESTION in response.content.decode()
    assert not AdviceRequest.objects.exists()


def test_a_dsl_of_the_trust_is_offered_once(cast, draft, staff):
    trusted = make_user("trusted", "Tariq Lund")
    make_member(trusted, cast.trust, Role.DSL)
    make_member(trusted, cast.school, Role.PRACTITIONER)
    elsewhere = make_user("elsewhere", "Eve Moss")
    make_member(elsewhere, cast.trust, Role.HEAD)
    names = offered(staff, draft)
    assert (names.count("Tariq Lund"), names.count("Eve Moss")) == (1, 0)


def test_the_colleague_sees_the_question_and_nothing_else_of_the_case(cast, case, draft, sign_in):
    question = a_question(draft, cast, of=cast.colleague)
    colleague = sign_in(cast.colleague)
    response = colleague.get(answering(question))
    page = response.content.decode()
    assert response.status_code == 200
    assert QUESTION in page
    assert cast.staff.name in page
    assert "The person is not named." in page
    person = its_person(case)
    for secret in (
        person.name,
        case.spoken_reference,
        case.public_id,
        case.summary,
        draft.public_id,
        draft.decision.spoken_reference,
        draft.decision.request.asked_for,
    ):
        assert secret not in page
    assert colleague.get(reverse("decisions:draft", args=[draft.public_id])).status_code == 404


def test_advice_is_given_in_a_role_one_holds(cast, draft, sign_in):
    question = a_question(draft, cast)
    dsl = sign_in(cast.dsl)
    typed = {"role": "dsl", "advised": "share", "words": "Ring now."}
    assert dsl.post(answering(question), {**typed, "role": "head"}).status_code == 422
    assert dsl.post(answering(question), typed).url == reverse("decisions:advice-list")
    advice = Advice.objects.get()
    assert (advice.given_by, advice.role, advice.advised, advice.words, advice.anonymous) == (
        cast.dsl,
        "dsl",
        "share",
        "Ring now.",
        True,
    )


def test_advice_is_given_once(cast, draft, sign_in):
    question = a_question(draft, cast)
    dsl = sign_in(cast.dsl)
    typed = {"role": "dsl", "advised": "neither", "words": "Think of the brother."}
    dsl.post(answering(question), typed)
    response = dsl.post(answering(question), {**typed, "words": "Something else."})
    assert response.url == answering(question)
    page = dsl.get(answering(question)).content.decode()
    assert "Think of the brother." in page
    assert "Something else." not in page
    assert Advice.objects.get().advised == ""


def test_an_answer_that_is_not_in_order_keeps_what_was_typed(cast, draft, sign_in):
    response = sign_in(cast.dsl).post(answering(a_question(draft, cast)), {"words": "Ring now."})
    assert response.status_code == 422
    assert "Ring now." in response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("head", 404), ("staff", 404), ("stranger", 404), ("auditor", 403)]
)
def test_nobody_else_sees_the_question(cast, draft, sign_in, who, status):
    question = a_question(draft, cast)
    client = sign_in(getattr(cast, who))
    assert client.get(answering(question)).status_code == status
    assert client.post(answering(question), {"words": "x"}).status_code == status


def test_who_is_kept_from_the_case_later_no_longer_sees_the_question(cast, case, draft, sign_in):
    question = a_question(draft, cast)
    exclude_from_case(
        case=case, user=cast.dsl, reason="About them", by=cast.staff, at=timezone.now()
    )
    dsl = sign_in(cast.dsl)
    assert dsl.get(answering(question)).status_code == 404
    assert QUESTION not in dsl.get(reverse("decisions:advice-list")).content.decode()


def test_advice_given_elsewhere_is_kept_as_reported(cast, draft, staff):
    typed = {
        "adviser": "Duty social worker",
        "role": "manager",
        "given_on_day": "1",
        "given_on_month": "March",
        "given_on_year": "2026",
        "named": "no",
        "advised": "do_not_share",
        "words": "Not yet.",
    }
    assert staff.post(at(draft, "draft-advice-report"), typed).url == at(draft, "draft-advice")
    advice = Advice.objects.get()
    assert (advice.reported, advice.recorded_by, advice.given_by, advice.anonymous) == (
        True,
        cast.staff,
        None,
        True,
    )
    assert "Reported by" in staff.get(at(draft, "draft-advice")).content.decode()


def test_advice_cannot_be_of_a_day_to_come(draft, staff):
    typed = {"given_on_day": "1", "given_on_month": "3", "given_on_year": "2199", "words": "Hm."}
    response = staff.post(at(draft, "draft-advice-report"), typed)
    assert response.status_code == 422
    assert "Enter a day that has been" in response.content.decode()
    assert "Hm." in response.content.decode()


def test_that_nobody_could_be_reached_is_recorded_and_lets_one_go_on(cast, draft, staff):
    how = "Rang twice at 5:38pm, left a message."
    typed = {"role": "deputy_dsl", "how": how}
    assert staff.post(at(draft, "draft-advice-tried"), typed).url == at(draft, "draft-advice")
    assert AdviceTried.objects.get().how == how
    assert how in staff.get(at(draft, "draft-advice")).content.decode()


def test_who_came_from_checking_goes_back_there(draft, staff):
    url = at(draft, "draft-advice") + "?from=check"
    page = staff.get(url)
    assert page.context["continue_to"] == at(draft, "draft-check")
    typed = {"role": "dsl", "how": "Rang."}
    assert staff.post(page.context["tried_url"], typed).url == url


def test_when_the_draft_is_signed_nothing_more_is_asked(cast, draft, staff):
    draft.decision.drafts.update(closed_at=timezone.now())
    url = reverse("decisions:decision", args=[draft.decision.public_id])
    for name in ("draft-advice", "draft-advice-ask", "draft-advice-report", "draft-advice-tried"):
        assert staff.get(at(draft, name)).url == url


def test_the_advice_wanted_is_said_and_answers_the_guide(cast, draft, staff):
    save(draft, cast.staff, {("harm", 0): {"answer_legal_duty": ["not_sure"]}})
    wanted = staff.get(at(draft, "draft-advice")).context["wanted"]
    assert wanted == ["Ask the designated safeguarding lead (or deputy), or record that you tried."]
    a = a_question(draft, cast)
    advising.give_advice(
        request=a, role=Role.DSL, advised="share", words="Yes.", by=cast.dsl, at=timezone.now()
    )
    assert staff.get(at(draft, "draft-advice")).context["wanted"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_questions_costs_the_same_however_long_it_is(cast, draft, sign_in, number):
    for _each in range(number):
        question = a_question(draft, cast)
        a_question(draft, cast)
        advising.give_advice(
            request=question,
            role=Role.DSL,
            advised="",
            words="Hm.",
            by=cast.dsl,
            at=timezone.now(),
        )
    dsl = sign_in(cast.dsl)
    url = reverse("decisions:advice-list")
    dsl.get(url)
    with statements(9):
        page = dsl.get(url)
    assert (len(page.context["waiting"]), len(page.context["answered"])) == (number, number)


def test_nobody_asked_is_a_calm_page(cast, sign_in):
    page = sign_in(cast.head).get(reverse("decisions:advice-list")).content.decode()
    assert "Nobody is waiting for you." in page


def test_a_school_without_a_trust_has_its_own_advisers_only(cast, sign_in):
    lone = Organisation.objects.create(
        name="Lone School", kind=OrganisationKind.SCHOOL, made_at=timezone.now()
    )
    one, two = make_user("one", "Una Reid"), make_user("two", "Theo Pratt")
    make_member(one, lone, Role.PRACTITIONER)
    make_member(two, lone, Role.DSL)
    case = a_case(by=one, organisation=lone)
    draft = a_draft(case=case, by=one)
    assert offered(sign_in(one), draft) == ["Theo Pratt"]


def _advised(draft, cast):
    return advising.give_advice(
        request=a_question(draft, cast),
        role=Role.DSL,
        advised="share",
        words="Ring them first.",
        by=cast.dsl,
        at=timezone.now(),
    )


def test_who_asked_says_that_they_have_read_the_advice_once(cast, draft, staff):
    given = _advised(draft, cast)
    page = at(draft, "draft-advice")
    assert "I have read the advice" in staff.get(page).content.decode()
    for _ in range(2):
        response = staff.post(page, {"read": [given.public_id, "somebody-else"]})
        assert response.status_code == 302
    row = draft.pages.get(page="advice")
    assert (row.typed, row.version) == ({"read": [given.public_id]}, 1)
    assert "I have read the advice" not in staff.get(page).content.decode()


def test_whoever_only_looks_in_is_not_asked_whether_they_have_read_it(cast, draft, sign_in):
    _advised(draft, cast)
    page = sign_in(cast.head).get(at(draft, "draft-advice"))
    assert page.status_code == 200
    assert "I have read the advice" not in page.content.decode()
