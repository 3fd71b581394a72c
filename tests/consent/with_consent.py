"""A case in which somebody says something about sharing."""

from infosharing.cases.domain.opening import NewPerson
from infosharing.cases.enums import Part
from tests.factories import a_case

CHILD = NewPerson(name="Ife Adeyemi", age_band="under_16")
MOTHER = NewPerson(name="Grace Adeyemi", age_band="adult", part=Part.RELATIVE)


def case_of(cast, people=(CHILD,)):
    return a_case(by=cast.staff, organisation=cast.school, people=people)


def new_at(case):
    return f"/cases/{case.public_id}/consents/new/"


def text_of(page):
    return " ".join(page.content.decode().split())


DOUBTS = (
    "knows_what_happens",
    "knows_who_is_told",
    "knows_onward_sharing",
    "knows_why",
    "consequences_explained",
    "understood",
    "freely_given",
)
