"""The moves that are measured: their mutations, who makes them, and rows on which they can be made."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.kernel.ids import external, new_id
from tests.benchmarks import move_rows
from tests.benchmarks.move_rows import Templates
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.automations import sets_template
from tests.makers.parties import a_customer, a_member

MUTATION = """mutation ($input: {input}!) {{ answer: {name}(input: $input) {{
    {entity} {{ id {status} }} errors {{ message }} }} }}"""
COMMENT, CONFIRM, SHOW, SUBMIT = "orderComment", "orderConfirm", "clientStatusShow", "deliverySubmit"

Rows = Callable[[asyncpg.Connection, Templates, int], Awaitable[Sequence[UUID]]]


@dataclass(frozen=True, kw_only=True, eq=False)
class MoveCase:
    """One move: where and how it is asked for, and how rows for it are copied."""

    name: str
    role: Role
    path: str
    prefix: str
    entity: str
    status: str
    input: Mapping[str, object]
    rows: Rows

    def body(self, subject_id: UUID) -> bytes:
        """The request to the API."""
        kind = f"{self.name[0].upper()}{self.name[1:]}Input"
        query = MUTATION.format(name=self.name, input=kind, entity=self.entity, status=self.status)
        given = {"id": external(self.prefix, subject_id), **self.input}
        return json.dumps({"query": query, "variables": {"input": given}}).encode()

    def short_body(self, subject_id: UUID, person: "Person") -> bytes:
        """The same request to an application that knows neither GraphQL nor tokens."""
        by = {"account": str(person.account.id), "actor": person.account.name}
        return json.dumps({"id": str(subject_id), **by, **self.input}).encode()


@dataclass(frozen=True)
class Person:
    """An account that makes moves, and its bearer token."""

    account: Account
    token: str


@dataclass(frozen=True)
class Prepared:
    """What all rounds share: the orders that are copied, and who makes the moves."""

    templates: Templates
    people: Mapping[Role, Person]


async def prepare() -> Prepared:
    """The people, their tokens, the automation and the templates; both pools are open."""
    staff = await an_account(Role.STAFF, email=f"moves-{new_id()}@bench.example")
    member, customer = await a_member(), await a_customer()
    accounts = {
        Role.STAFF: staff,
        Role.MEMBER: await a_member_account(member),
        Role.CUSTOMER: await a_customer_account(customer),
    }
    templates = await move_rows.templates(member, customer)
    await sets_template("In progress", "order.confirm")
    people = {role: Person(account, await issue_token(account.email)) for role, account in accounts.items()}
    return Prepared(templates, people)


async def _active_orders(connection: asyncpg.Connection, templates: Templates, count: int) -> Sequence[UUID]:
    return await move_rows.copy_orders(connection, templates.active, count)


async def _offered_orders(connection: asyncpg.Connection, templates: Templates, count: int) -> Sequence[UUID]:
    return await move_rows.copy_offers(connection, templates.offered, count)


async def _draft_deliveries(connection: asyncpg.Connection, templates: Templates, count: int) -> Sequence[UUID]:
    order_ids = await move_rows.copy_orders(connection, templates.active, count)
    return await move_rows.copy_deliveries(connection, templates.active, templates.delivery_id, order_ids)


CASES = (
    MoveCase(
        name=COMMENT,
        role=Role.STAFF,
        path="/graphql",
        prefix="ord",
        entity="order",
        status="status",
        input={"text": "The customer has called.", "visibility": "INTERNAL"},
        rows=_active_orders,
    ),
    MoveCase(
        name=CONFIRM,
        role=Role.CUSTOMER,
        path="/portal/graphql",
        prefix="ord",
        entity="order",
        status="status",
        input={"name": "Kim Kontakt", "revision": 1},
        rows=_offered_orders,
    ),
    MoveCase(
        name=SHOW,
        role=Role.STAFF,
        path="/graphql",
        prefix="ord",
        entity="clientStatus",
        status="visibility",
        input={"label": "In progress", "description": "We are on it."},
        rows=_active_orders,
    ),
    MoveCase(
        name=SUBMIT,
        role=Role.MEMBER,
        path="/graphql",
        prefix="del",
        entity="delivery",
        status="status",
        input={},
        rows=_draft_deliveries,
    ),
)
