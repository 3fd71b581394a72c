"""Which requests are undecided is looked up, so it must be true after whatever is done."""

import pytest

from decisions.models import Request, Undecided
from tests.decisions.afterwards import (
    a_decision,
    a_part_shared,
    a_refusal,
    an_amendment,
    everything_followed,
    shared_at_once,
    signed,
)
from tests.factories import a_case, a_draft, a_request


def _marked() -> list[int]:
    return sorted(Undecided.objects.values_list("request", flat=True))


def _true() -> list[int]:
    unsigned = Request.objects.exclude(decision__signed_at__isnull=False)
    return sorted(unsigned.values_list("pk", flat=True))


def test_a_request_is_undecided_from_the_first_and_while_it_is_being_decided(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    asked = a_request(case=case, by=cast.staff)
    assert _marked() == [asked.pk]
    a_draft(case=case, by=cast.staff, request=asked)
    assert _marked() == [asked.pk]


@pytest.mark.parametrize("sign", [a_decision, a_refusal, a_part_shared, shared_at_once])
def test_the_first_signature_decides_whatever_it_says_and_one_request_only(cast, sign):
    other = a_request(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    decision = sign(cast)
    assert decision.request_id not in _marked()
    assert _marked() == _true() == [other.pk]


def test_what_follows_a_signature_makes_nothing_undecided_again(cast):
    decision = a_decision(cast)
    draft = an_amendment(decision, cast.dsl)
    assert _marked() == []
    signed(draft, cast.dsl)
    decision.refresh_from_db()
    everything_followed(decision, cast.dsl)
    assert _marked() == _true() == []
