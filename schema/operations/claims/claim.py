"""Claims with their receipts and files, for their member and finance."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.claims.model import ClaimKind, ClaimStatus
from domain.claims.scope import PAYMENT_FILES_SCOPE, RECEIPTS_SCOPE
from domain.kernel.actors import ActorKind
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import MEMBERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import column, connection, to_many, to_one
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.parties import Member
from schema.operations.references import AFile, AnOrder, APaymentFile
from schema.operations.timeline import EVENT_SORTS, Event
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

EURO = "'EUR'"
FINANCE = {ActorKind.ADMIN, ActorKind.FINANCE}
# Files of the member that belong to nothing yet, or to this claim.
IS_ATTACHABLE = """{t}.member_id = {p}.member_id AND {t}.for_order_id IS NULL
    AND {t}.state IN ('CHECKING', 'FINISHED', 'QUARANTINED')
    AND NOT EXISTS (SELECT 1 FROM claim_files f WHERE f.file_id = {t}.id AND f.claim_id <> {p}.id)"""


def _travel(name: str, sql_type: str = "") -> str:
    value = f"({{t}}.travel->>'{name}')"
    return f"{value}::{sql_type}" if sql_type else value


@strawberry.type(description="One receipt, or the part of one with one tax rate.")
class ClaimReceipt:
    """One receipt of an expense."""

    spent_on: date = column(description="Its day.")
    text: str = column(description="What was bought.")
    gross: Money = money_field("{t}.gross_cents", currency=EURO, description="What was paid, with tax.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate, in percent.")
    vat: Money = money_field("{t}.vat_cents", currency=EURO, description="The tax that is contained.")
    net: Money = money_field("{t}.gross_cents - {t}.vat_cents", currency=EURO, description="The amount without tax.")


@field_order(
    """
    id status status_label status_help version kind kind_label member order purpose amount receipts country
    departed_at returned_at kilometers breakfasts lunches dinners travel_rates_from travel_source payee_name
    payee_iban files attachable_files payment_file end_to_end_id decision_reason endorsed_at endorsed_by
    submitted_at decided_at paid_on created_at events open_actions
    """
)
@strawberry.type(description="What a member claims of their budget.")
class Claim(Node):
    """What a member claims of their budget."""

    id: strawberry.ID = column(id_prefix="clm", description="The claim's identifier.")
    status: ClaimStatus = column(description="Its state.")
    status_label: str = translated("status.claim", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    kind: ClaimKind = column(description="What is claimed.")
    kind_label: str = translated("status.claimKind", "{t}.kind", description="That in the viewer's language.")
    member: Member | None = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="The member.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.for_order_id", description="The order it counts for, if any."
    )
    purpose: str = column(description="What for; it stands on the transfer.")
    amount: Money = money_field("{t}.amount_cents", currency=EURO, description="The amount.")
    receipts: list[ClaimReceipt] = to_many(
        RECEIPTS_SCOPE,
        on="{t}.claim_id = {p}.id",
        order="{t}.position",
        limit=50,
        description="The receipts of an expense, in the member's order.",
    )
    country: str | None = column(_travel("country"), description="The country of a journey, whose rates hold.")
    departed_at: datetime | None = column(_travel("departed_at", "timestamptz"), description="When it began.")
    returned_at: datetime | None = column(_travel("returned_at", "timestamptz"), description="When it ended.")
    kilometers: int | None = column(_travel("kilometers", "int"), description="Kilometres by one's own car.")
    breakfasts: int | None = column(_travel("breakfasts", "int"), description="Breakfasts that were provided.")
    lunches: int | None = column(_travel("lunches", "int"), description="Lunches that were provided.")
    dinners: int | None = column(_travel("dinners", "int"), description="Dinners that were provided.")
    travel_rates_from: date | None = column(
        _travel("rates_from", "date"), description="The day from which the rates hold that it was computed by."
    )
    travel_source: str | None = column(_travel("source"), description="Where these rates stand.")
    payee_name: str | None = column(description="Who is or was paid; null before it is known.")
    payee_iban: str | None = column(description="Their account.")
    files: list[AFile] = to_many(
        FILES_SCOPE,
        through="claim_files",
        on="{v}.claim_id = {p}.id AND {v}.file_id = {t}.id",
        order="{v}.position",
        limit=20,
        description="The files that prove it.",
    )
    attachable_files: list[AFile] = to_many(
        FILES_SCOPE,
        on=IS_ATTACHABLE,
        order="{t}.id DESC",
        limit=50,
        description="Files of the member that belong to nothing else, the latest first, as far as they are visible; "
        "only those whose state is FINISHED can be attached.",
    )
    payment_file: APaymentFile | None = to_one(
        PAYMENT_FILES_SCOPE, on="{t}.id = {p}.payment_file_id", description="The file that pays it, for finance."
    )
    end_to_end_id: str = column(description="What the bank states it by.")
    decision_reason: str | None = column(description="Why it was rejected, or came back from the bank.")
    endorsed_at: datetime | None = column(
        only_for=FINANCE, description="When the first of two people agreed, where two are needed."
    )
    endorsed_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.endorsed_by_id", only_for=FINANCE, description="Who that was."
    )
    submitted_at: datetime | None = column(description="When it was submitted last.")
    decided_at: datetime | None = column(description="When finance decided.")
    paid_on: date | None = column(description="When the bank booked it.")
    created_at: datetime = column(description="When it was drafted.")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'claim'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("claim")
