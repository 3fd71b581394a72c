"""Signing: once, what was shown, by somebody who worked on it, frozen from then on."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from decisions import needs, policies, typed
from decisions.enums import Handling, Others, ProgressKind, ReviewState, State, VersionKind
from decisions.events import DecisionEvent
from decisions.facts import Material, material_of
from decisions.models import (
    ConsentConsidered,
    Decision,
    Draft,
    Item,
    ItemPerson,
    PackVersion,
    Progress,
    Recipient,
    SignedVersion,
    Undecided,
)
from decisions.packs import pack_of_draft
from decisions.permissions import check_user_can_sign, deciding_roles
from decisions.signed_body import Prepared, body, digest, prepare
from infosharing.accounts.models import User
from infosharing.accounts.queries import standing
from infosharing.audit.acts import act
from infosharing.audit.recording import record
from infosharing.cases.queries import working_days
from infosharing.guidance.pack import Pack


def prepared_draft(draft: Draft, at: datetime, by: User | None = None) -> Prepared:
    """Return a draft as ``by`` would sign it at a moment; its ``on`` is that day in London."""
    roles = deciding_roles(by, draft.decision.organisation_id) if by else ()
    material = material_of(draft, pack_of_draft(draft), localdate(at), roles=roles)
    return with_need(prepare(material), draft.decision)


def with_need(prepared: Prepared, decision: Decision, rules: needs.Rules | None = None) -> Prepared:
    """Return it with who will have to review it, as the setting of the place is now.

    One query without ``rules``.
    """
    rules = rules or needs.rules_of(needs.setting_of(decision.organisation_id))
    return replace(prepared, need=needs.need_of(prepared, rules, decision).as_data())


@act
def sign(*, draft: Draft, seen: str, by: User, at: datetime) -> SignedVersion:
    """Freeze a draft as the next version of its decision.

    ``seen`` is the hash that the page carried; the role is the one chosen in the draft.

    :raises decisions.policies.AlreadySigned: with the version, on a double click or a replay.
    :raises decisions.policies.ChangedSinceShown: when facts or guidance differ from what was
        shown: midnight, a birthday, a new consent, another editor.
    :raises decisions.policies.StillIncomplete: with everything that is missing.
    :raises PermissionDenied: for somebody who did not work on it, or not in that role.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=draft.decision_id)
    current = Draft.objects.select_related(
        "decision__case__organisation", "decision__organisation", "decision__request"
    ).get(pk=draft.pk)
    policies.check_is_open(current)
    prepared = prepared_draft(current, at, by)
    role = prepared.material.role
    check_user_can_sign(by, current, role)
    if prepared.seen != seen:
        raise policies.ChangedSinceShown
    missing = policies.incomplete(prepared.material, prepared.guidance)
    if missing or role is None:
        raise policies.StillIncomplete(missing)

    number = decision.versions.count() + 1
    kind = policies.kind_signed(current.kind, prepared.guidance)
    in_place_of = standing(by).in_place_of(decision.organisation_id, role)
    text = body(
        prepared,
        draft=current,
        kind=kind,
        number=number,
        by=by,
        role=role,
        at=at,
        in_place_of=in_place_of,
    )
    due = _write_up_due(decision, prepared, at)
    need = needs.need_of_data(prepared.need)
    look_back = None
    if need.look_back_days:
        look_back = needs.look_back_by(need, at, working_days(decision.organisation_id))
    outcome = prepared.given["decision"]["outcome"]
    version = SignedVersion.objects.create(
        decision=decision,
        number=number,
        kind=kind,
        reason=current.reason,
        known_on=current.known_on,
        known_from=current.known_from,
        draft=current,
        pack=_keep(prepared.material.pack, at),
        body=text,
        digest=digest(text),
        outcome=outcome,
        signed_by=by,
        signed_as=role,
        signed_at=at,
        write_up_due=due,
        review_because=list(need.because),
        second_because=list(need.second),
        look_back_due=look_back,
        in_place_of=in_place_of,
        **(_happened(prepared.material) if kind == VersionKind.EMERGENCY else {}),
    )
    _rows(version, prepared.material, outcome)
    current.closed_at = at
    current.save(update_fields=["closed_at"])
    decision.state = State.SIGNED
    decision.version = version
    decision.outcome = outcome
    decision.suggestion = prepared.guidance.suggestion
    decision.without_consent = prepared.guidance.without_consent
    decision.against_suggestion = policies.against_suggestion(decision.suggestion, outcome)
    decision.against_advice = bool(prepared.material.contrary_advice)
    decision.signed_by = by
    decision.signed_at = at
    decision.write_up_due = due
    decision.telling_planned = prepared.given["decision"]["person_informed"]
    decision.review_state = ReviewState.WAITING if need.because else ReviewState.NOT_NEEDED
    decision.look_back_due = decision.look_back_due or look_back
    if decision.closed_at is not None:
        decision.closed_at = None
        Progress.objects.create(
            decision=decision,
            kind=ProgressKind.REOPENED,
            happened_on=localdate(at),
            words=f"Version {number} was signed.",
            recorded_by=by,
            recorded_at=at,
        )
    decision.save()
    Undecided.objects.filter(request=decision.request_id).delete()
    record(
        DecisionEvent.SIGNED,
        by=by,
        at=at,
        organisation=decision.organisation,
        case=decision.case,
        about=version,
        details={
            "outcome": outcome,
            "digest": version.digest,
            "role": str(role),
            "in_place_of": in_place_of.public_id if in_place_of else None,
            "review": need.as_data(),
        },
    )
    return version


def _write_up_due(decision: Decision, prepared: Prepared, at: datetime) -> datetime | None:
    """Until when the rest is written up: what was set first stays, while anything is left."""
    if not policies.left_open(prepared.material, prepared.guidance):
        return None
    return decision.write_up_due or working_days(decision.organisation_id).write_up_due(at)


def _happened(material: Material) -> dict[str, Any]:
    """When an emergency happened, where that was not when it was signed."""
    happened = typed.emergency(material.pages)
    return {"happened_on": happened.shared_on, "happened_time": happened.shared_time}


def _keep(pack: Pack, at: datetime) -> PackVersion:
    kept, _made = PackVersion.objects.get_or_create(
        digest=pack.digest,
        defaults={
            "code": pack.code,
            "version": pack.version,
            "body": pack.canonical(),
            "kept_at": at,
        },
    )
    return kept


def _rows(version: SignedVersion, material: Material, outcome: str) -> None:
    """Write the same facts as rows, for lists and for what is sent afterwards."""
    for consent in material.consents_of_chosen:
        covers = material.covers(consent)
        ConsentConsidered.objects.create(
            version=version,
            consent=consent,
            covers_purpose=bool(covers["purpose"]),
            covers_recipients=bool(covers["recipients"]),
            covers_information=bool(covers["information"]),
        )
    if outcome not in policies.SHARING:
        return
    people = {part.person.public_id: part.person for part in material.parts}
    for number, (_index, entry) in enumerate(typed.repeated(material.pages, "item"), start=1):
        item = Item.objects.create(version=version, number=number, **_item(entry))
        for person_id in dict.fromkeys(typed.several(entry, "about")):
            if person_id in people:
                ItemPerson.objects.create(item=item, person=people[person_id])
    recipients = typed.repeated(material.pages, "recipient")
    for number, (_index, entry) in enumerate(recipients, start=1):
        Recipient.objects.create(
            version=version,
            number=number,
            name=typed.text(entry, "name") or "",
            organisation=typed.text(entry, "organisation") or "",
            method=typed.text(entry, "method") or "",
            address=typed.text(entry, "address") or "",
            need_to_know=typed.yes_no(entry, "need_to_know") or False,
            told_confidential=typed.yes_no(entry, "told_confidential") or False,
            intended_use=typed.text(entry, "intended_use") or "",
            address_source=typed.text(entry, "address_source") or "",
            onward=typed.onward(entry) or "",
            onward_limits=typed.onward_limits(entry) or "",
        )


def _item(entry: typed.Typed) -> dict[str, Any]:
    return {
        "what": typed.text(entry, "what") or "",
        "nature": typed.text(entry, "nature") or "",
        "handling": typed.handling(entry) or Handling.SHARE,
        "handling_reason": typed.text(entry, "handling_reason") or "",
        "source_checked": typed.yes_no(entry, "source_checked") or False,
        "source_not_checked_because": typed.text(entry, "source_not_checked_because") or "",
        "source": typed.text(entry, "source") or "",
        "is_history": typed.yes_no(entry, "history"),
        "history_when": typed.text(entry, "history_when") or "",
        "others": typed.one_of(entry, "others", Others.values) or "",
        "others_done": typed.text(entry, "others_done") or "",
        "as_sent": typed.text(entry, "as_sent") or "",
    }
