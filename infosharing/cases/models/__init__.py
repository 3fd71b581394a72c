"""People and cases."""

from infosharing.cases.models.case import Case, CaseAccess, CasePerson, CaseQuerySet
from infosharing.cases.models.closure import Closure
from infosharing.cases.models.contact import Contact, ContactDetail
from infosharing.cases.models.document import Document
from infosharing.cases.models.known import CourtOrder, Protection, ViewHeard
from infosharing.cases.models.person import Judgement, Person, Responsibility

__all__ = [
    "Case",
    "CaseAccess",
    "CasePerson",
    "CaseQuerySet",
    "Closure",
    "Contact",
    "ContactDetail",
    "CourtOrder",
    "Document",
    "Judgement",
    "Person",
    "Protection",
    "Responsibility",
    "ViewHeard",
]
