"""What every list with filters does: read them from the address, keep searches, tell them back.

Choices stand in the address. Words may be names, so they are posted, kept as the user's own row,
and only its id stands in the address (R56, docs/decisions/0009).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from decisions.forms.lists import NameForm
from infosharing.accounts.models import User
from infosharing.journeys.forms import BritishDateField, PlainForm
from infosharing.journeys.forms.dates import PARTS
from infosharing.journeys.templatetags.british import british_date
from infosharing.search import keyset
from infosharing.search.domain.keeping import UnableToSave, drop_filter, make_search, save_filter
from infosharing.search.keyset import Page, Place, place
from infosharing.search.models import KeptSearch
from infosharing.search.queries import found_often, own_searches
from infosharing.search.sheets import sheet

Row = TypeVar("Row", bound=Model)

MOST_COUNTED: Final = 1000
LOST = "This search is not kept any more. Type again what you are looking for"


@dataclass
class Listing:
    """One list as somebody asks for it: ``code`` names it, ``url`` is its address."""

    code: str
    url: str
    user: User
    query: QueryDict
    filter_form: PlainForm
    words_form: PlainForm
    name_form: PlainForm = field(default_factory=NameForm)
    shown_form: PlainForm | None = None  # one that was posted and is shown again
    # Of which kinds the words of each field are: see ``found_often``.
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _own(self) -> list[KeptSearch]:
        return own_searches(self.user, self.code, self.query.get("search", "")[:22])

    @property
    def search(self) -> KeptSearch | None:
        """The search whose id stands in the address, if it is kept."""
        asked = self.query.get("search", "")
        return next((one for one in self._own if one.public_id == asked), None)

    @property
    def words(self) -> dict[str, str]:
        """What is looked for in words."""
        return self.search.words if self.search else {}

    @cached_property
    def often(self) -> Set[str]:
        """The fields whose words stand in so much that the list is walked to find them."""
        return found_often(self.words, self.kinds)

    @property
    def lost(self) -> bool:
        """Whether the address asks for a search that is not there, or is somebody else's."""
        return bool(self.query.get("search")) and self.search is None

    @property
    def valid(self) -> bool:
        """Whether the list is to be shown: a filter not understood lists nothing, never all."""
        return self.filter_form.is_valid() and not self.lost and not self.misplaced

    @property
    def misplaced(self) -> bool:
        """Whether the address names a page that this list never had."""
        return keyset.misplaced(self.query)

    @property
    def chosen(self) -> dict[str, Any]:
        """The choices of the filter."""
        return self.filter_form.cleaned_data

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words) or any(self.chosen.values()) if self.valid else True

    @property
    def choices(self) -> dict[str, list[str]]:
        """The choices as they stand in the address, without what was left open."""
        found = {}
        for name, one in self.filter_form.fields.items():
            dated = isinstance(one, BritishDateField)
            for key in [f"{name}_{part}" for part in PARTS] if dated else [name]:
                values = [value for value in self.query.getlist(key) if value.strip()]
                if values:
                    found[key] = values
        return found

    @property
    def place(self) -> Place | None:
        """Where the page asked for begins."""
        return place(self.query)

    def address(self, url: str = "", **more: str) -> str:
        """Return the address of this list, or of another page about it, so narrowed."""
        asked: dict[str, Any] = dict(self.choices)
        if self.search:
            asked["search"] = self.search.public_id
        return with_query(url or self.url, asked | {k: v for k, v in more.items() if v})

    def told(self) -> list[str]:
        """Return the filter in words, one phrase for each part of it."""
        if not self.valid:
            return []
        phrases = [
            f"{name.label}: “{self.words[name.name]}”"
            for name in self.words_form
            if self.words.get(name.name)
        ]
        phrases += [phrase(one, self.chosen[one.name]) for one in self.filter_form]
        return [phrase for phrase in phrases if phrase]

    def details(self) -> dict[str, Any] | None:
        """Return what the log is told of the list looked at; nothing for all of it."""
        if not self.narrowed:
            return None
        return {"list": self.code, "choices": self.choices, "words": self.words}

    def posted(self, request: HttpRequest) -> HttpResponse | None:
        """Do what was posted and go on to the list; None when the form is to be shown again."""
        do = request.POST.get("do", "")
        if do == "drop":
            return self._drop(request)
        return self._save(request) if do == "save" else self._search(request)

    def _search(self, request: HttpRequest) -> HttpResponse | None:
        self.words_form = self.shown_form = type(self.words_form)(request.POST)
        if not self.words_form.is_valid():
            return None
        words = {name: text for name, text in self.words_form.cleaned_data.items() if text}
        made = make_search(listing=self.code, words=words, by=self.user, at=timezone.now())
        return redirect(with_query(self.url, self.choices | {"search": [made.public_id]}))

    def _save(self, request: HttpRequest) -> HttpResponse | None:
        self.name_form = self.shown_form = NameForm(request.POST)
        if not self.name_form.is_valid() or not self.valid:
            return None
        try:
            save_filter(
                listing=self.code,
                name=self.name_form.cleaned_data["name"],
                words=self.words,
                choices=self.choices,
                by=self.user,
                at=timezone.now(),
            )
        except UnableToSave as error:
            self.name_form.add_error("name", str(error))
            return None
        messages.success(request, "The filter is saved. Only you see it.")
        return redirect(self.address())

    def _drop(self, request: HttpRequest) -> HttpResponse:
        asked = request.POST.get("filter", "")
        kept = next((one for one in self._own if one.name and one.public_id == asked), None)
        if kept is not None:
            drop_filter(kept=kept, by=self.user, at=timezone.now())
            messages.success(request, "The filter is deleted. Nothing else was deleted.")
        return redirect(self.url)

    def context(self) -> dict[str, Any]:
        """Return what the parts of the page about finding need."""
        if self.lost and not self.shown_form:
            self.words_form = self.shown_form = type(self.words_form)({"find": " "})
            self.words_form.is_valid()
            self.words_form.errors.clear()
            self.words_form.add_error("find", LOST)
        wrong = self.shown_form or (self.filter_form if not self.filter_form.is_valid() else None)
        return {
            "finder": self,
            "filter_form": self.filter_form,
            "words_form": self.words_form,
            "name_form": self.name_form,
            "form": wrong,
            "words_open": any(name != "find" for name in {*self.words, *self.words_form.errors}),
            "filter_open": bool(self.choices) and not self.filter_form.is_valid(),
            "told": self.told(),
            "narrowed": self.narrowed,
            "here": self.address(),
            "list_url": self.url,
            "saved": [(one, self._address_of(one)) for one in self._own if one.name],
            "status": self.status,
        }

    def paged(self, rows: Any, page: Page[Any], field: str) -> dict[str, Any]:
        """Return what the page says of how much was found and of the pages beside this one.

        ``field`` is what the list is ordered by.
        """
        count, more = None, False
        if self.narrowed and self.often and (page.older or self.place):
            count, more = keyset.PAGE, True  # to count on would be to walk on
        elif self.narrowed:
            count, more = counted(rows, page, self.place, field)
        return {
            "count": count,
            "uncounted": more,
            "newer_url": self.address(newer=page.newer) if page.newer else "",
            "older_url": self.address(older=page.older) if page.older else "",
            "beyond": self.place is not None and not page.rows,
        }

    @property
    def status(self) -> int:
        """422 where something typed was not understood."""
        return 200 if self.valid and self.shown_form is None else 422

    def _address_of(self, kept: KeptSearch) -> str:
        search = {"search": [kept.public_id]} if kept.words else {}
        return with_query(self.url, kept.choices | search)


@dataclass(frozen=True)
class Plain(Generic[Row]):
    """A page of a list without filters: its rows, what the page says of it, and its status."""

    rows: list[Row]
    context: dict[str, Any]
    status: int


def plain(
    request: HttpRequest, rows: QuerySet[Row], field: str, *, rising: bool = False
) -> Plain[Row]:
    """Return the page of a list that an address asks for, and how many rows there are.

    One query, and one more where a page does not hold them all. 422 for a page that never was.
    """
    misplaced = keyset.misplaced(request.GET)
    where = place(request.GET)
    found: Page[Row] = (
        Page([], "", "") if misplaced else keyset.page(rows, field, where, rising=rising)
    )
    if found.rows:
        count, more = counted(rows, found, where, field)
    else:
        count, more = 0, False

    def address(way: str, at: str) -> str:
        return with_query(request.path, {way: at}) if at else ""

    context = {
        "count": count,
        "uncounted": more,
        "several_pages": bool(found.newer or found.older),
        "newer_url": address(keyset.NEWER, found.newer),
        "older_url": address(keyset.OLDER, found.older),
        "misplaced": misplaced,
        "beyond": not found.rows and (misplaced or where is not None),
        "here": request.path,
    }
    return Plain(found.rows, context, 422 if misplaced else 200)


def read(
    request: HttpRequest,
    code: str,
    url: str,
    filter_form: type[PlainForm],
    words_form: type[PlainForm],
    kinds: Mapping[str, Sequence[str]],
) -> Listing:
    """Return a list as the address asks for it; everybody who is let in is signed in.

    ``kinds`` says of which kinds the words of each field of ``words_form`` are.
    """
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    listing = Listing(
        code, url, user, request.GET, filter_form(request.GET), words_form(), kinds=kinds
    )
    listing.words_form.initial = listing.words
    return listing


def counted(rows: Any, page: Page[Any], where: Place | None, field: str) -> tuple[int, bool]:
    """Return how many rows there are, up to ``MOST_COUNTED``, and whether there are more.

    In the order of the list, so that it is walked as for a page. No query where the page holds
    them all.
    """
    if where is None and not page.older:
        return len(page.rows), False
    number = rows.order_by(f"-{field}").values("pk")[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def taken_away(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """Return rows as a CSV to keep, named after the list and today; nobody's name is in it."""
    return StreamingHttpResponse(
        sheet(headers, rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"'
        },
    )


def in_pages(rows: Any, field: str, size: int, *, rising: bool = False) -> Iterator[list[Any]]:
    """Yield all the rows, so many at a time, as ``keyset.page`` orders them; one query each."""
    where = None
    while True:
        page = keyset.page(rows, field, where, size=size, rising=rising)
        yield page.rows
        where = keyset.place({keyset.OLDER: page.older})
        if where is None:
            return


def with_query(url: str, asked: Mapping[str, Iterable[str] | str]) -> str:
    """Return an address with its query, if there is one."""
    query = urlencode(asked, doseq=True)
    return f"{url}?{query}" if query else url


def phrase(one: BoundField, value: Any) -> str:
    """Return a choice of a filter in words; empty where it was left open."""
    if not value:
        return ""
    if isinstance(value, date):
        return f"{one.label} {british_date(value)}"
    words = dict(getattr(one.field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return f"{one.label}: " + ", ".join(str(words[one]) for one in values)
