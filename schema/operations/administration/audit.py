"""The audit trail: sign-ins, changed settings, and views of the portal as a customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.database.audit_details import detail_lines
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.parties.scope import CUSTOMERS_SCOPE
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.parties import Customer
from schema.shared.filters import DateTimeFilter, IdFilter, TextFilter
from schema.shared.node import Node

ACTION_WORDS = "audit.action."
# Every move of these nouns is audited under the name of its event, and shares its words.
AUDITED_EVENTS = ("happened.account.", "happened.operator.")
# What a detail names by its id, and has a field of its own for.
NAMED_ROWS = ("customer", "account")
NAMED_ROW = """{{t}}.id = CASE WHEN {{p}}.detail->>'{name}' LIKE '________-____-____-____-____________'
    THEN ({{p}}.detail->>'{name}')::uuid END"""


@dataclass(frozen=True)
class ActionFacts:
    """The action of an audit row."""

    action: str = fact("{t}.action")


@dataclass(frozen=True)
class DetailFacts:
    """The detail of an audit row."""

    detail: dict[str, Any] = fact("{t}.detail")


@strawberry.type(description="One value of an entry of the audit trail.")
class AuditDetail:
    """One value of an audit row."""

    name: str = strawberry.field(description="Its name.")
    label: str = strawberry.field(description="That in the viewer's language.")
    before: str | None = strawberry.field(description="What it was; null where the entry tells one value only.")
    after: str = strawberry.field(description="What it is.")


@strawberry.type(description="Something that the audit trail names.")
class AuditAction:
    """A kind of entry of the audit trail."""

    name: str = strawberry.field(description="Its name: `account.signIn`.")
    label: str = strawberry.field(description="That in the viewer's language.")


def action_label(facts: ActionFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The action in the viewer's language; one without words is shown by its name."""
    language = context.actor.language
    keys = (f"{ACTION_WORDS}{facts.action}", f"happened.{facts.action}")
    return next((i18n.translate(language, key) for key in keys if i18n.has_translation(language, key)), facts.action)


def details(facts: DetailFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[AuditDetail]:
    """The values of an audit row; the rows that it names are fields of their own."""
    lines = detail_lines(facts.detail, context.actor.language)
    return [
        AuditDetail(name=line.name, label=line.label, before=line.before, after=line.after)
        for line in lines
        if line.name not in NAMED_ROWS
    ]


def audit_actions(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[AuditAction]:
    """All actions that have words, by their label."""
    words = i18n.catalogue(context.actor.language)
    found = [
        AuditAction(name=key.removeprefix(ACTION_WORDS).removeprefix("happened."), label=label)
        for key, label in words.items()
        if key.startswith((ACTION_WORDS, *AUDITED_EVENTS))
    ]
    return sorted(found, key=lambda action: action.label.casefold())


@strawberry.type(description="Something that was done to the system itself: a sign-in, a setting, an impersonation.")
class AuditEntry(Node):
    """One row of the audit trail."""

    id: strawberry.ID = column(id_prefix="adt", description="The entry's identifier.")
    at: datetime = column(description="When it happened, in real time.")
    action: str = column(description="What was done: `account.signIn`.")
    action_label: str = computed(ActionFacts, action_label, description="That in the viewer's language.")
    account: Account | None = to_one(
        ACCOUNTS_SCOPE,
        on="{t}.id = {p}.account_id",
        description="Who did it; null for the system, and for sign-ins with an unknown address.",
    )
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on=NAMED_ROW.format(name="customer"), description="The customer it concerns."
    )
    concerned_account: Account | None = to_one(
        ACCOUNTS_SCOPE, on=NAMED_ROW.format(name="account"), description="The account it concerns, if it names one."
    )
    details: list[AuditDetail] = computed(
        DetailFacts, details, description="Its values in the viewer's language, changes with what was before."
    )


@where_input(description="Which entries to list; all that is given must hold.")
class AuditEntryWhere:
    """The filter of the audit trail."""

    account: IdFilter | None = filter_field("{t}.account_id", id_prefix="acc", description="By who did it.")
    action: TextFilter | None = filter_field(description="By what was done.")
    at: DateTimeFilter | None = filter_field(description="By when it happened.")


AUDIT_SORTS = ordering(
    "AuditEntry", default="-AT", AT=sort_key("{t}.at", "timestamptz", description="When it happened.")
)
