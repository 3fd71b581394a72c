"""Cases found by their words and people; who may see what is decided in ``queries``."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from infosharing.accounts.models import User
from infosharing.cases.models import Case, CasePerson
from infosharing.cases.queries import visible_cases
from infosharing.search.queries import as_reference, found_by, found_often, has_words
from infosharing.search.walking import row_by_row


def matching_cases(text: str) -> QuerySet[Case, Any]:
    """Return the keys of cases with this reference, or this person, or about this.

    All words are of one name, or of one summary. It knows nothing of who asks: to be used inside
    ``__in`` on what they may see.
    """
    people = CasePerson.objects.filter(person__in=found_by("person", text))
    found = Case.objects.filter(pk__in=found_by("case", text)).values("pk")
    named = Case.objects.filter(reference=as_reference(text)).values("pk")
    return named.union(found, people.values("case"))


def case_says(text: str, path: str = "") -> Q:
    """Return what is true of rows whose case is among ``matching_cases``, asked row by row.

    ``path`` is the way to the case, such as ``case__``.
    """
    key = f"{path.removesuffix('__')}_id" if path else "pk"
    named = Case.objects.filter(reference=as_reference(text)).values("pk")
    return Q(**{f"{key}__in": named}) | has_words("case", text, key) | case_is_about(text, path)


def case_is_about(name: str, path: str = "") -> Q:
    """Return what is true of rows whose case is among ``cases_about``, asked row by row."""
    key = f"{path.removesuffix('__')}_id" if path else "pk"
    people = CasePerson.objects.filter(has_words("person", name, "person_id"), case=OuterRef(key))
    return row_by_row(people)


def cases_about(name: str) -> QuerySet[CasePerson, Any]:
    """Return the keys of cases somebody of this name has a part in, for use inside ``__in``."""
    return CasePerson.objects.filter(person__in=found_by("person", name)).values("case")


def find_cases(user: User, text: str) -> QuerySet[Case]:
    """Return the visible cases with this reference, this person, or that are about this.

    Names are compared without accents and capitals; a reference may be typed with spaces or
    dashes, and with the letters O, I and L for the digits they look like.
    """
    words = {"find": text}
    often = found_often(words, {"find": ("case", "person")})
    found = case_says(text) if often else Q(pk__in=matching_cases(text))
    return visible_cases(user).filter(found)
