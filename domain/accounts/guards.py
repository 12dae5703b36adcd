"""Claims that must hold for the moves of an account."""

from typing import Any

from domain.access.model import LinkPurpose
from domain.accounts.facts import AccountFacts
from domain.accounts.inputs import Invitation, MailChoices, RolesInput
from domain.accounts.mail_choices import REQUIRED
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Guard
from domain.kernel.actors import ASSIGNABLE_ROLES, OFFICE, Role
from domain.kernel.amendments import ABSENT
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, deadline_passed, guard_failed, invalid
from domain.kernel.languages import LANGUAGES

HIGHEST_LIMIT = 10_000_000


def came_by_link(purpose: LinkPurpose) -> Guard:
    """The guard that only the holder of a mailed link for this purpose passes."""

    def came_by_mailed_link(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
        return None if context.actor.link_purpose == purpose else guard_failed("needs_mailed_link")

    return came_by_mailed_link


def invitation_is_open(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    if account.invitation_ends_at is None:
        return guard_failed("invitation_has_ended")
    if context.now >= account.invitation_ends_at:
        return deadline_passed("invitation_has_ended", account.invitation_ends_at)
    return None


def is_not_oneself(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    """No administrator locks themself out or raises their own limits."""
    return guard_failed("not_on_oneself") if account.id == context.actor.account_id else None


def is_oneself(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    return None if account.id == context.actor.account_id else guard_failed("on_oneself_only")


def unwanted_mails_are_optional(
    account: AccountFacts, entry: MailChoices, context: EvaluationContext
) -> Refusal | None:
    for place, group in enumerate(entry.unwanted):
        if group in REQUIRED:
            return invalid("mails_are_required", "unwanted", str(place))
    return None


def is_not_last_administrator(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("last_administrator") if account.is_last_administrator else None


def membership_has_ended(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("membership_goes_on") if account.has_running_membership else None


def nothing_needs_their_contacts(account: AccountFacts, context: EvaluationContext) -> Refusal | None:
    """Contacts of the account are erased with it."""
    if account.running_orders:
        return guard_failed("contact_has_running_orders", numbers=account.running_orders)
    return guard_failed("contact_has_open_invoices") if account.unissued_invoices else None


def keeps_an_administrator(account: AccountFacts, entry: RolesInput, context: EvaluationContext) -> Refusal | None:
    if Role.ADMIN not in entry.roles and account.is_last_administrator:
        return guard_failed("last_administrator")
    return None


def roles_can_be_assigned(account: AccountFacts, entry: RolesInput, context: EvaluationContext) -> Refusal | None:
    """A member's or customer's role needs a member or contact for whom the account acts."""
    roles = set(entry.roles)
    if not roles <= ASSIGNABLE_ROLES:
        return invalid("role_not_assignable", "roles")
    if (Role.MEMBER in roles and not account.has_member) or (Role.CUSTOMER in roles and not account.has_contact):
        return invalid("role_needs_person", "roles")
    return None


def invites_a_person_or_an_employee(nothing: Any, entry: Invitation, context: EvaluationContext) -> Refusal | None:
    """Either a member, or a contact, or roles of the operator."""
    if entry.member_id and entry.contact_id:
        return invalid("member_or_contact", "contact_id")
    if entry.member_id or entry.contact_id:
        expected = Role.MEMBER if entry.member_id else Role.CUSTOMER
        return None if set(entry.roles) <= {expected} else invalid("role_follows_from_person", "roles")
    if not entry.roles:
        return invalid("roles_missing", "roles")
    return None if set(entry.roles) <= OFFICE else invalid("role_needs_person", "roles")


def may_invite(nothing: Any, entry: Invitation, context: EvaluationContext) -> Refusal | None:
    """Administrators invite everyone, staff members and contacts, and members contacts only."""
    if context.actor.role is Role.ADMIN or entry.contact_id:
        return None
    return None if entry.member_id and context.actor.role is Role.STAFF else guard_failed("not_yours_to_invite")


def email_is_well_formed(account: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    return None if entry.email is None or to_ascii(entry.email.strip()) else invalid("email_malformed", "email")


def language_is_known(account: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    known = entry.language is None or entry.language in LANGUAGES
    return None if known else invalid("language_unknown", "language")


def limit_is_an_amount(account: AccountFacts, entry: Any, context: EvaluationContext) -> Refusal | None:
    limit = entry.approval_limit
    if limit in (ABSENT, None):
        return None
    is_amount = limit.is_finite() and 0 <= limit <= HIGHEST_LIMIT and limit == round(limit, 2)
    return None if is_amount else invalid("approval_limit_out_of_range", "approval_limit", most=HIGHEST_LIMIT)
