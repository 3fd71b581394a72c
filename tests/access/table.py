"""Who may do what at every address: the one table to review when an address is added.

The case behind the addresses is the world of ``world.make_world``: opened by ``staff``, decided
by ``dsl``, with a question put to ``colleague``. A row says who is let in by the declared access,
and what each of them is answered to GET (and HEAD) and to POST with nothing or little typed.
Everybody else is answered 403, and whoever is not signed in is sent to sign in (302). Every other
method is answered 405 to whoever is let in.
"""

from dataclasses import dataclass, field
from typing import Any

from infosharing.access.declared import Access, Shows

EVERYBODY = "staff colleague dsl deputy head manager dpl auditor admin stranger"
ANYBODY = f"{EVERYBODY} anonymous"
WORKERS = "staff colleague dsl deputy head manager dpl stranger"
READERS = f"{WORKERS} auditor"
INSIDE = "staff dsl deputy head dpl"  # those who work on the case
SEEING = f"{INSIDE} auditor"
OUTSIDE = "colleague manager stranger"  # those who do not know of it

LET_IN = {
    Access.PUBLIC: ANYBODY,
    Access.SIGNED_IN: EVERYBODY,
    Access.READER: READERS,
    Access.STAFF: WORKERS,
    Access.OVERSEER: "dsl deputy head dpl auditor stranger",
    Access.MANAGING: "manager head",
    Access.REVIEWER: "dsl deputy head dpl stranger",
    Access.ADMINISTRATOR: "admin",
    Access.DEPUTISING: "dsl admin stranger",
}

Answers = dict[int, str]


@dataclass(frozen=True)
class Row:
    """What an address answers; None where a method is not offered (405)."""

    access: Access
    shows: Shows
    get: Answers | None
    post: Answers | None = None
    typed: dict[str, Any] = field(default_factory=dict)
    query: str = ""


def record(access: Access, get: Answers | None, post: Answers | None = None, **rest: Any) -> Row:
    return Row(access, Shows.RECORD, get, post, **rest)


def listing(access: Access, get: Answers | None, post: Answers | None = None, **rest: Any) -> Row:
    return Row(access, Shows.LIST, get, post, **rest)


def plain(access: Access, get: Answers | None, post: Answers | None = None, **rest: Any) -> Row:
    return Row(access, Shows.NOTHING, get, post, **rest)


READ: Answers = {200: SEEING, 404: OUTSIDE}
WORK: Answers = {200: INSIDE, 404: OUTSIDE}
INCOMPLETE: Answers = {422: INSIDE, 404: OUTSIDE}
READ_PAGE = record(Access.READER, READ)
WORK_PAGE = record(Access.STAFF, WORK)
WORK_FORM = record(Access.STAFF, WORK, INCOMPLETE)
# Saved by somebody else since the page was shown, as far as an empty form tells.
STALE: Answers = {409: INSIDE, 404: OUTSIDE}

NOT_NAMED_WORK = "colleague dsl deputy head manager dpl stranger"
NOT_NAMED = f"{NOT_NAMED_WORK} auditor"
OWN_NOTE: Answers = {200: "staff", 404: NOT_NAMED}
OWN_NOTE_WORK: Answers = {200: "staff", 404: NOT_NAMED_WORK}
STOOD = "?on_day=21&on_month=11&on_year=2025"
COLLEAGUES = "staff colleague dsl deputy head manager dpl"
OURS: Answers = {200: COLLEAGUES, 404: "stranger"}
OURS_WRONG: Answers = {422: COLLEAGUES, 404: "stranger"}

TABLE: dict[str, Row] = {
    "casefile:home": listing(
        Access.SIGNED_IN,
        # An auditor goes on to the decisions, an administrator to the members.
        {200: WORKERS, 302: "auditor admin"},
    ),
    # Cases. The list is searched by POST, so that no name stands in an address.
    "casefile:cases": listing(Access.READER, {200: READERS}, {422: READERS}),
    "casefile:cases-csv": listing(
        Access.OVERSEER, None, {200: "dsl deputy head dpl auditor stranger"}
    ),
    "casefile:case-new": listing(Access.STAFF, {200: WORKERS}, {422: WORKERS}),
    "casefile:case": READ_PAGE,
    "casefile:chronology": READ_PAGE,
    "casefile:person-chronology": READ_PAGE,
    # A restricted note is for those named on it: here for the practitioner who wrote it.
    "casefile:notes": READ_PAGE,
    "casefile:note-new": WORK_FORM,
    "casefile:note": record(
        Access.READER, OWN_NOTE, {422: "staff", 404: NOT_NAMED}, typed={"do": "show"}
    ),
    "casefile:note-change": record(
        Access.STAFF, OWN_NOTE_WORK, {422: "staff", 404: NOT_NAMED_WORK}
    ),
    # Who looked is for those who oversee.
    "casefile:looks": record(
        Access.READER, {200: "dsl deputy head dpl auditor", 403: "staff", 404: OUTSIDE}
    ),
    "casefile:case-close": record(
        Access.STAFF, WORK, INCOMPLETE, typed={"closing": "yes", "reason": ""}
    ),
    "casefile:case-access": record(
        Access.READER,
        READ,
        {422: INSIDE, 403: "auditor", 404: OUTSIDE},
        typed={"do": "name"},
    ),
    "casefile:case-history": READ_PAGE,
    "casefile:decision-history": READ_PAGE,
    "casefile:figures": listing(Access.OVERSEER, {200: LET_IN[Access.OVERSEER]}),
    "casefile:figures-summary": listing(Access.MANAGING, {200: "manager", 404: "head"}),
    "casefile:case-as-it-stood": record(Access.READER, READ, query=STOOD),
    "casefile:decision-as-it-stood": record(Access.READER, READ, query=STOOD),
    "casefile:case-access-end": WORK_FORM,
    # The case is not restricted: there is nothing to open.
    "casefile:case-access-open": record(
        Access.STAFF,
        {302: "dsl deputy head dpl", 403: "staff", 404: OUTSIDE},
        {302: "dsl deputy head dpl", 403: "staff", 404: OUTSIDE},
    ),
    "casefile:person-new": WORK_FORM,
    "casefile:person-change": WORK_FORM,
    # There is nobody like the only person of the case, so nothing is asked.
    "casefile:person-same": record(
        Access.STAFF, {302: INSIDE, 404: OUTSIDE}, {302: INSIDE, 404: OUTSIDE}
    ),
    "casefile:responsibility-new": WORK_FORM,
    "casefile:protection-new": WORK_FORM,
    "casefile:protection-end": WORK_FORM,
    "casefile:court-order-new": WORK_FORM,
    "casefile:view-new": WORK_FORM,
    "casefile:judgement-new": record(Access.STAFF, WORK, INCOMPLETE, query="?person={person}"),
    "casefile:document-new": WORK_FORM,
    "casefile:document": READ_PAGE,
    "casefile:decision-pdf": record(
        Access.READER, None, {200: "dsl deputy head dpl auditor", 403: "staff", 404: OUTSIDE}
    ),
    # Contacts belong to the school, not to a case: whoever records there keeps them.
    "casefile:contacts": listing(Access.STAFF, {200: WORKERS}),
    "casefile:contact-new": plain(Access.STAFF, {200: WORKERS}, {422: WORKERS}),
    "casefile:contact": record(Access.STAFF, OURS),
    "casefile:contact-change": record(Access.STAFF, OURS, OURS_WRONG),
    "casefile:contact-detail-new": record(Access.STAFF, OURS, OURS_WRONG),
    # Requests.
    "decisions:requests": listing(Access.READER, {200: READERS}, {422: READERS}),
    "decisions:requests-csv": listing(
        Access.OVERSEER, None, {200: "dsl deputy head dpl auditor stranger"}
    ),
    "decisions:request-new": listing(Access.STAFF, {200: WORKERS}, {422: WORKERS}),
    "decisions:request": READ_PAGE,
    "decisions:request-identity": WORK_FORM,
    "decisions:request-document-new": WORK_FORM,
    "decisions:request-correct": WORK_FORM,
    "decisions:case-request-new": WORK_FORM,
    "decisions:refuse": WORK_FORM,
    "decisions:refuse-new": listing(Access.STAFF, {200: WORKERS}, {422: WORKERS}),
    # Emergency.
    "decisions:emergency": listing(Access.STAFF, {200: WORKERS}, {422: WORKERS}),
    "decisions:emergency-sheet": plain(Access.PUBLIC, {200: ANYBODY}),
    "decisions:write-up": record(Access.STAFF, WORK, {302: INSIDE, 404: OUTSIDE}),
    # Drafts: only somebody who worked on one signs it.
    "decisions:decide": plain(Access.STAFF, None, {302: INSIDE, 404: OUTSIDE}),
    "decisions:draft": WORK_PAGE,
    "decisions:draft-check": WORK_PAGE,
    "decisions:draft-sign": record(
        Access.STAFF, None, {409: "staff", 403: "dsl deputy head dpl", 404: OUTSIDE}
    ),
    "decisions:draft-page": WORK_FORM,
    "decisions:draft-entry": record(Access.STAFF, WORK, STALE),
    "decisions:draft-entry-remove": record(Access.STAFF, WORK, STALE),
    "decisions:draft-advice": record(Access.STAFF, WORK, {302: INSIDE, 404: OUTSIDE}),
    "decisions:draft-advice-ask": WORK_FORM,
    "decisions:draft-advice-report": WORK_FORM,
    "decisions:draft-advice-tried": WORK_FORM,
    "decisions:advice-list": listing(Access.STAFF, {200: WORKERS}),
    # Whoever is asked sees the question; nobody else does, not even whoever asked.
    "decisions:advice-answer": record(
        Access.STAFF,
        {200: "colleague", 404: f"{INSIDE} manager stranger"},
        {422: "colleague", 404: f"{INSIDE} manager stranger"},
    ),
    "decisions:practice": plain(Access.SIGNED_IN, {200: EVERYBODY}, {400: EVERYBODY}),
    # Decisions.
    # The lists are searched by POST, so that no name stands in an address.
    "decisions:decisions": listing(Access.READER, {200: READERS}, {422: READERS}),
    "decisions:decisions-csv": listing(
        Access.OVERSEER, None, {200: "dsl deputy head dpl auditor stranger"}
    ),
    "decisions:decision": READ_PAGE,
    "decisions:version": READ_PAGE,
    "decisions:disclosure-new": WORK_FORM,
    "decisions:known-already": WORK_FORM,
    "decisions:receipt-new": WORK_FORM,
    "decisions:telling-new": WORK_FORM,
    "decisions:afterwards": WORK_FORM,
    "decisions:amend": WORK_FORM,
    "decisions:progress-new": WORK_FORM,
    # An empty form does not say which way it turns the decision, so that nothing is done.
    "decisions:close": record(Access.STAFF, WORK, {302: INSIDE, 404: OUTSIDE}),
    "decisions:follow-ups": listing(Access.OVERSEER, {200: LET_IN[Access.OVERSEER]}),
    "decisions:breaches": listing(Access.OVERSEER, {200: LET_IN[Access.OVERSEER]}),
    "decisions:breach": READ_PAGE,
    "decisions:breach-step-new": WORK_FORM,
    # The DSL signed it, so somebody else reviews it.
    "decisions:review": record(
        Access.REVIEWER,
        {200: "deputy head dpl", 403: "dsl", 404: "stranger"},
        {409: "deputy head dpl", 403: "dsl", 404: "stranger"},
    ),
    # A reviewer does not agree with the emergency that the practitioner signed.
    "decisions:disagreement": record(
        Access.STAFF,
        {200: "staff", 403: "dsl deputy head dpl", 404: OUTSIDE},
        {302: "staff", 403: "dsl deputy head dpl", 404: OUTSIDE},
    ),
    "decisions:look-back": record(
        Access.REVIEWER,
        {200: "dsl deputy head dpl", 404: "stranger"},
        {422: "dsl deputy head dpl", 404: "stranger"},
    ),
    "decisions:review-rules": listing(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "decisions:outgoing": READ_PAGE,
    # Nothing changed of what the decision of the world relied on.
    "decisions:consent-changed": record(
        Access.STAFF, {302: INSIDE, 404: OUTSIDE}, {302: INSIDE, 404: OUTSIDE}
    ),
    # Consent.
    "consent:new": WORK_FORM,
    "consent:detail": READ_PAGE,
    "consent:withdraw": WORK_FORM,
    "consent:narrow": WORK_FORM,
    "consent:review": WORK_FORM,
    "consent:person": READ_PAGE,
    "consent:ask": WORK_FORM,
    "consent:not-asked": WORK_FORM,
    "consent:step": READ_PAGE,
    "consent:no-answer": WORK_FORM,
    # PDFs made in the background: this one is the DSL's own.
    "casefile:exports": plain(Access.OVERSEER, {200: LET_IN[Access.OVERSEER]}),
    "casefile:case-export": plain(
        Access.OVERSEER, None, {302: "dsl deputy head dpl auditor", 404: "stranger"}
    ),
    "casefile:person-export": plain(
        Access.OVERSEER, None, {302: "dsl deputy head dpl auditor", 404: "stranger"}
    ),
    "casefile:decisions-export": plain(Access.OVERSEER, None, {302: LET_IN[Access.OVERSEER]}),
    "casefile:export": plain(
        Access.OVERSEER, {200: "dsl", 404: "deputy head dpl auditor stranger"}
    ),
    "casefile:export-cancel": plain(
        Access.OVERSEER, None, {302: "dsl", 404: "deputy head dpl auditor stranger"}
    ),
    "casefile:export-take": record(
        Access.OVERSEER, None, {302: "dsl", 404: "deputy head dpl auditor stranger"}
    ),
    "casefile:leaflet": READ_PAGE,
    "casefile:leaflet-pdf": record(Access.READER, None, READ),
    "casefile:consent-leaflet": READ_PAGE,
    "casefile:consent-leaflet-pdf": record(Access.READER, None, READ),
    # Members and roles.
    # Colleague's: what they typed when they were signed out.
    "access:kept": plain(
        Access.SIGNED_IN,
        {200: "colleague", 302: EVERYBODY.replace(" colleague", "")},
        {302: EVERYBODY},
    ),
    "access:members": listing(Access.ADMINISTRATOR, {200: "admin"}),
    "access:invite": plain(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "access:checklist": plain(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "access:invitation": record(Access.ADMINISTRATOR, {200: "admin"}),
    "access:withdraw_invitation": record(Access.ADMINISTRATOR, {200: "admin"}, {302: "admin"}),
    "access:give_role": listing(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "access:end_role": record(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "access:kept_for": plain(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    "access:closures": plain(Access.ADMINISTRATOR, {200: "admin"}, {422: "admin"}),
    # The stranger is the lead of another school: there they say who stands in, here they do not.
    "access:stand_ins": listing(
        Access.DEPUTISING, {200: "dsl admin stranger"}, {422: "dsl admin stranger"}
    ),
    "access:stand_in_end": plain(Access.DEPUTISING, None, {302: "dsl admin", 404: "stranger"}),
    "access:closure_remove": plain(Access.ADMINISTRATOR, None, {302: "admin"}),
    # For everybody. Whoever is signed in makes no second account.
    "access:accept_invitation": plain(
        Access.PUBLIC, {200: ANYBODY}, {409: EVERYBODY, 422: "anonymous"}
    ),
    "access:health": plain(Access.PUBLIC, {200: ANYBODY}),
    "account_login": plain(
        Access.PUBLIC,
        {200: "anonymous", 302: EVERYBODY},
        {422: "anonymous", 302: EVERYBODY},
    ),
    "account_logout": plain(Access.PUBLIC, {200: EVERYBODY, 302: "anonymous"}, {302: ANYBODY}),
    "account_inactive": plain(Access.PUBLIC, {200: ANYBODY}),
    "account_change_password": plain(Access.SIGNED_IN, {200: EVERYBODY}, {422: EVERYBODY}),
    "account_reset_password": plain(Access.PUBLIC, {200: ANYBODY}, {422: ANYBODY}),
    "account_reset_password_done": plain(Access.PUBLIC, {200: ANYBODY}),
    # The key goes into the session and out of the address.
    "account_reset_password_from_key": plain(Access.PUBLIC, {302: ANYBODY}, {302: ANYBODY}),
    "account_reset_password_from_key_done": plain(Access.PUBLIC, {200: ANYBODY}),
}


def expected(row: Row, method: str, who: str) -> int:
    """What somebody is answered by a row of the table."""
    if who not in LET_IN[row.access].split():
        return 302 if who == "anonymous" else 403
    answers = {"GET": row.get, "HEAD": row.get, "POST": row.post}.get(method)
    if answers is None:
        return 405
    [status] = [status for status, people in answers.items() if who in people.split()]
    return status


# Each page is read by the first of these that may.
READING = ("dsl", "staff", "admin", "colleague", "manager")
# Of the wizard, shown to whoever may write the draft.
DRAFT_PAGES = (
    *("people", "danger", "purpose", "identifying", "harm", "consent", "grounds", "rules"),
    *("outcome", "item", "questions-right_to_share"),
)

# Plain text for whatever watches the server; a download, which is no page.
NO_PAGES = {"access:health", "casefile:document"}


def pages_of(person: str) -> list[str]:
    """The addresses that this person is shown, each given to one person of the cast."""
    found = []
    for name, row in TABLE.items():
        if name in NO_PAGES:
            continue
        shown = str((row.get or {}).get(200, "")).split()
        first = next((one for one in READING if one in shown), "")
        if first == person:
            found.append(name)
    return found
