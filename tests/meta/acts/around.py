"""Acts around the record: members and passwords, searches, exports."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from infosharing.access.domain import members, passwords
from infosharing.accounts.models import Membership, OrganisationKind
from infosharing.accounts.roles import Role
from infosharing.casefile.domain import exporting, working
from infosharing.casefile.models import Export
from infosharing.search.domain.keeping import drop_filter, make_search, save_filter
from tests.exports import an_export, made, wanted
from tests.meta.acts.table import Call, case_of, done, writes
from tests.people import Cast


@writes(members.set_up_organisation, "access.organisation_set_up")
def set_up_organisation(cast: Cast) -> Call:
    return done(
        members.set_up_organisation,
        None,
        name="New School",
        kind=OrganisationKind.SCHOOL,
        pack="statutory-2024",
        parent=cast.trust,
    )


@writes(members.choose_pack, "access.pack_chosen")
def choose_pack(cast: Cast) -> Call:
    return done(members.choose_pack, cast.admin, organisation=cast.school, pack="trust-2015")


@writes(members.add_member, "access.member_added")
def add_member(cast: Cast) -> Call:
    return done(
        members.add_member,
        None,
        organisation=cast.school,
        username="new",
        name="New",
        email="",
        password_hash=make_password("nine blue herons"),
        role=Role.MANAGER,
    )


@writes(members.invite, "access.member_invited")
def invite(cast: Cast) -> Call:
    return done(
        members.invite,
        cast.admin,
        organisation=cast.school,
        name="Noor Haddad",
        email="noor@example.org",
        role=Role.MANAGER,
    )


@writes(members.withdraw_invitation, "access.invitation_withdrawn")
def withdraw_invitation(cast: Cast) -> Call:
    invitation, _secret = invite(cast)()
    return done(members.withdraw_invitation, cast.admin, invitation=invitation)


@writes(members.accept_invitation, "access.invitation_accepted")
def accept_invitation(cast: Cast) -> Call:
    invitation, _secret = invite(cast)()
    return done(
        members.accept_invitation,
        None,
        invitation=invitation,
        username="noor",
        password="nine blue herons",
    )


@writes(members.give_role, "access.role_given")
def give_role(cast: Cast) -> Call:
    return done(
        members.give_role,
        cast.admin,
        organisation=cast.school,
        user=cast.staff,
        role=Role.MANAGER,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=5),
    )


@writes(members.end_role, "access.role_ended")
def end_role(cast: Cast) -> Call:
    membership = Membership.objects.get(user=cast.staff)
    return done(members.end_role, cast.admin, membership=membership, ends_on=timezone.localdate())


@writes(passwords.change_password, "access.password_changed")
def change_password(cast: Cast) -> Call:
    return done(passwords.change_password, cast.staff, user=cast.staff, password="nine blue herons")


@writes(passwords.make_password_link, "access.password_link_made")
def make_password_link(cast: Cast) -> Call:
    return done(passwords.make_password_link, None, user=cast.staff)


@writes(make_search, "search.made")
def make_a_search(cast: Cast) -> Call:
    return done(make_search, cast.dsl, listing="decisions", words={"find": "Ife"})


@writes(save_filter, "search.kept")
def save_a_filter(cast: Cast) -> Call:
    filters = {"words": {"find": "Ife"}, "choices": {"outcome": ["share"]}}
    return done(save_filter, cast.dsl, listing="decisions", name="Ife", **filters)


@writes(drop_filter, "search.dropped")
def drop_a_filter(cast: Cast) -> Call:
    kept = save_a_filter(cast)()
    return done(drop_filter, cast.dsl, kept=kept)


@writes(exporting.ask_export, "casefile.export_asked")
def ask_export(cast: Cast) -> Call:
    return done(exporting.ask_export, cast.auditor, wanted=wanted(case_of(cast)))


@writes(exporting.cancel_export, "casefile.export_cancelled")
def cancel_export(cast: Cast) -> Call:
    return done(exporting.cancel_export, cast.auditor, export=an_export(cast))


def being_made(cast: Cast) -> dict[str, Any]:
    an_export(cast)
    claim = working.new_claim()
    return {"export": working.claim_next(claim=claim, at=timezone.now()), "claim": claim}


@writes(exporting.finish_export, "casefile.export_made")
def finish_export(cast: Cast) -> Call:
    return done(exporting.finish_export, None, **being_made(cast), made=made(), failed=0)


@writes(exporting.fail_export, "casefile.export_failed")
def fail_export(cast: Cast) -> Call:
    return done(exporting.fail_export, None, **being_made(cast), why="It did not go.")


@writes(exporting.expire_export, "casefile.export_expired")
def expire_export(cast: Cast) -> Call:
    finish_export(cast)()
    return done(exporting.expire_export, None, export=Export.objects.get())
