"""What home lists for somebody, and what a page says."""

import html
import re

from django.utils import timezone

from decisions.domain import advising, following
from infosharing.accounts.roles import Role
from tests.decisions.afterwards import a_question
from tests.factories import a_case


def text_of(page):
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(plain).split())


def answer_afterwards(decision, by, *codes):
    following.answer_all_afterwards(
        decision=decision,
        answers=[following.Answered(code, "yes") for code in codes],
        by=by,
        at=timezone.now(),
    )


def all_answered(decision, by):
    answer_afterwards(decision, by, "person_aware", "recorded")


def case_of(cast, by="staff"):
    return a_case(by=getattr(cast, by), organisation=cast.school)


def answered_by(cast, draft, adviser, asker):
    advising.give_advice(
        request=a_question(draft.decision, adviser, asker),
        role=Role.MANAGER,
        advised="share",
        words="Yes, with the school nurse.",
        by=adviser,
        at=timezone.now(),
    )
