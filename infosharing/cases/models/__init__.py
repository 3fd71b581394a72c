"""People and cases."""

from infosharing.cases.models.case import Case, CaseAccess, CasePerson, CaseQuerySet
from infosharing.cases.models.closure import Closure
from infosharing.cases.models.contact import Contact, ContactDetail
from infosharing.cases.models.document import Document
from infosharing.cases.models.known import CourtOrder, Protection, ViewHeard
from infosharing.cases.models.note import NoteReader, RestrictedNote
from infosharing.cases.models.person import Judgement, Person, Responsibility
from infosharing.cases.models.retention import KeptFor
from infosharing.cases.models.same import SamePerson
from infosharing.cases.models.standing_in import StandIn

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
    "KeptFor",
    "NoteReader",
    "Person",
    "Protection",
    "Responsibility",
    "RestrictedNote",
    "SamePerson",
    "StandIn",
    "ViewHeard",
]
