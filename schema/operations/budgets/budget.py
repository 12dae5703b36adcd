"""Budgets of members: what is planned, invoiced, received, reserved, paid and available, and what it comes from."""

import strawberry

from domain.budgets.expectations import expected
from domain.budgets.facts import AVAILABLE
from domain.budgets.scope import BUDGET_ENTRIES_SCOPE, EXPECTATIONS_SCOPE, ORDER_BUDGETS_SCOPE
from domain.parties.scope import MEMBERS_SCOPE
from domain.text_search import MEMBER_TEXT
from schema.declarations.fields import column, connection, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.budgets.ledger import (
    BUDGET_ENTRY_SORTS,
    EURO,
    BudgetEntry,
    BudgetEntryWhere,
    BudgetExpectation,
    OrderBudget,
)
from schema.operations.parties import Member
from schema.operations.timeline import Event, events_field
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.filters import IdFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.pagination import Connection

SEARCH = f"""EXISTS (SELECT 1 FROM members m WHERE m.id = {{t}}.member_id
    AND {contains(MEMBER_TEXT.replace("{t}", "m"))})"""
MOST_EXPECTATIONS = 200


@field_order(
    """
    id version member planned invoiced received reserved paid available orders expectations entries events open_actions
    """
)
@strawberry.type(description="The budget of a member, in euro: an append-only ledger and what it still expects.")
class MemberBudget(Node):
    """The budget of a member."""

    id: strawberry.ID = column(id_prefix="bud", description="The budget's identifier.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    member: Member | None = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Its member.")
    planned: Money = money_field(
        expected("PLANNED"), currency=EURO, description="The share of lines that are not invoiced yet."
    )
    invoiced: Money = money_field(
        expected("INVOICED"), currency=EURO, description="The share of issued invoices that is not received yet."
    )
    received: Money = money_field(
        "{t}.received_cents", currency=EURO, description="What came in, less what was taken back, with corrections."
    )
    reserved: Money = money_field("{t}.reserved_cents", currency=EURO, description="What is held for claims.")
    paid: Money = money_field("{t}.paid_cents", currency=EURO, description="What was paid for claims.")
    available: Money = money_field(
        AVAILABLE, currency=EURO, description="What can still be claimed: received less reserved and paid."
    )
    orders: list[OrderBudget] = to_many(
        ORDER_BUDGETS_SCOPE,
        on="{t}.budget_id = {p}.id",
        order="{t}.order_id DESC NULLS LAST",
        limit=100,
        description="The same figures for each order, the latest first; what belongs to no order comes last.",
    )
    expectations: list[BudgetExpectation] = to_many(
        EXPECTATIONS_SCOPE,
        on="{t}.budget_id = {p}.id",
        order="{t}.expected_on NULLS LAST, {t}.position, {t}.order_id",
        limit=MOST_EXPECTATIONS,
        description="What is planned and invoiced, one share each, the next first.",
    )
    entries: Connection[BudgetEntry] = connection(
        BUDGET_ENTRIES_SCOPE,
        on="{t}.budget_id = {p}.id",
        filters=BudgetEntryWhere,
        sorts=BUDGET_ENTRY_SORTS,
        description="What changed it, the newest first.",
    )
    events: Connection[Event] = events_field("memberBudget")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("memberBudget")


@where_input(description="Which budgets to list; all that is given must hold.")
class MemberBudgetWhere:
    """The filter of budgets."""

    id: IdFilter | None = filter_field(id_prefix="bud", description="By identifier.")
    member: IdFilter | None = filter_field("{t}.member_id", id_prefix="mem", description="By member.")
    overdrawn: bool | None = filter_field(
        f"({AVAILABLE} < 0) = {{value}}", description="Whether more was taken back than is left."
    )
    search: str | None = filter_field(SEARCH, description="Part of the member's name or number.")


MEMBER_BUDGET_SORTS = ordering(
    "MemberBudget",
    default="MEMBER",
    MEMBER=sort_key("(SELECT m.name FROM members m WHERE m.id = {t}.member_id)", description="The member's name."),
    AVAILABLE=sort_key(AVAILABLE, "bigint", description="What can be claimed."),
)
