"""A draft that was never submitted does not exist for the operator, on any path, unless an employee made it."""

import json
from collections import Counter
from collections.abc import Mapping

import pytest

from domain.accounts.model import OrderAccess
from domain.client_status.inputs import StatusInput
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import CommentText, Duplication, EvidenceEntry
from domain.orders.model import Assignment, CommentVisibility, Order, OrderStatus
from schema.execution import limits
from schema.operations import schema as operations
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.client_status import move_client_status
from tests.makers.orders import Case, an_order, planned
from tests.makers.time import berlin
from tests.support.graphql import schema_queries
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.schema_queries import Known, queries
from tests.support.secret_statuses import SECRET

pytestmark = [pytest.mark.thorough, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
KINDS = [ActorKind.STAFF, ActorKind.STAFF_ASSIGNED, ActorKind.FINANCE, ActorKind.ADMIN]
COUNTS = """query($search: String) { all: orders(first: 50, where: { search: $search }) { totalCount nodes { number } }
    drafts: orders(first: 50, where: { status: { eq: DRAFT } }) { totalCount } }"""
BY_NUMBER = "query($number: String!) { orderByNumber(number: $number) { id status } }"


async def test_no_path_leads_the_operator_to_a_draft(
    in_operations: SchemaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    monkeypatch.setattr(schema_queries, "DEEPEST", 2)
    draft, seen = await a_secret_draft()
    actors = [await an_employee(kind, [draft, seen]) for kind in KINDS]
    found = Counter[ActorKind]()

    for query, variables in queries(operations._schema, known_of(draft, seen)):
        for actor in actors:
            answer = await in_operations.fast_path.answer(query, variables, None, actor)
            assert answer is not None, query
            for secret in (SECRET, draft.order.number, str(draft.order.id)):
                assert secret not in answer.decode(), f"{actor.kind}: {query}\n{answer.decode()[:2000]}"
            found[actor.kind] += answer.count(b"Sichtbar")

    assert [kind for kind in KINDS if not found[kind]] == [], "the walk saw nothing at all"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_draft_is_in_no_count_and_no_search(in_operations: SchemaClient, kind: ActorKind) -> None:
    draft, seen = await a_secret_draft()
    actor = await an_employee(kind, [draft, seen])

    everything = await in_operations.ask(COUNTS, actor)
    searched = await in_operations.ask(COUNTS, actor, search=SECRET)

    assert [node["number"] for node in everything["all"]["nodes"]] == [seen.order.number]
    assert (everything["all"]["totalCount"], everything["drafts"]["totalCount"]) == (1, 0)
    assert searched["all"]["totalCount"] == 0


async def test_moves_and_bulk_operations_find_no_draft(in_operations: SchemaClient) -> None:
    draft, _ = await a_secret_draft()
    staff, order = await an_employee(ActorKind.STAFF, []), external("ord", draft.order.id)
    all_drafts = {"where": {"status": {"eq": "DRAFT"}}, "label": "Told", "mode": "PER_ITEM"}

    moved = await in_operations.move("orderArchive", staff, {"id": order}, entity="order { id }")
    bulk = await in_operations.move("clientStatusBulkSet", staff, all_drafts, entity="clientStatusBulk { total }")

    assert moved["order"] is None
    assert [error["__typename"] for error in moved["errors"]] == ["NotFound"]
    assert SECRET not in json.dumps(moved)
    assert (bulk["clientStatusBulk"] or {"total": 0})["total"] == 0


@pytest.mark.parametrize("move", ["withdraw", "sendBack"])
async def test_an_order_that_was_submitted_stays_visible_as_a_draft(in_operations: SchemaClient, move: str) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    staff = await an_employee(ActorKind.STAFF, [])
    given: Mapping[str, str] = {"comment": "Please add a date."} if move == "sendBack" else {}
    by = staff if move == "sendBack" else case.by_member
    payload = await in_operations.move(
        f"order{move[0].upper()}{move[1:]}", by, {"id": external("ord", case.order.id), **given}, entity="order { id }"
    )

    answer = await in_operations.ask(BY_NUMBER, staff, number=case.order.number)

    assert payload["errors"] == []
    assert answer["orderByNumber"]["status"] == "DRAFT"


async def test_an_employee_sees_the_duplicate_that_they_made_and_others_do_not(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    maker, other = await an_employee(ActorKind.STAFF, []), await an_employee(ActorKind.ADMIN, [])
    outcome = await case.move("duplicate", maker, Duplication())
    copy = await Order.get(id=outcome.subject_id)

    assert (await in_operations.ask(BY_NUMBER, maker, number=copy.number))["orderByNumber"]["status"] == "DRAFT"
    assert (await in_operations.ask(BY_NUMBER, case.by_member, number=copy.number))["orderByNumber"] is not None
    assert (await in_operations.ask(BY_NUMBER, other, number=copy.number))["orderByNumber"] is None


async def a_secret_draft() -> tuple[Case, Case]:
    """A draft with secrets in all that belongs to it, and an order that the operator sees."""
    await the_operator()
    seen = await an_order(OrderStatus.IN_REVIEW, project="Sichtbar Projekt")
    draft = await an_order(
        member=seen.member,
        customer=seen.customer,
        project=f"{SECRET} project",
        description=f"{SECRET} description",
        internal_notes=f"{SECRET} notes",
        tags=(f"{SECRET} tag",),
        planned_invoices=(planned(text=f"{SECRET} plan"),),
    )
    comment = CommentText(text=f"{SECRET} comment", visibility=CommentVisibility.CUSTOMER)
    await draft.move("comment", draft.by_member, comment)
    await draft.move(
        "attachEvidence", draft.by_member, EvidenceEntry(title=f"{SECRET} proof", link="https://a.example")
    )
    await move_client_status(draft, "show", StatusInput(label=f"{SECRET} label"), actor=draft.by_member)
    return draft, seen


async def an_employee(kind: ActorKind, assigned: list[Case]) -> Actor:
    """An employee with an account of this kind, assigned to these orders."""
    role = Role.STAFF if kind is ActorKind.STAFF_ASSIGNED else Role(kind.value)
    access = OrderAccess.ASSIGNED if kind is ActorKind.STAFF_ASSIGNED else OrderAccess.ALL
    account = await an_account(role, order_access=access)
    for case in assigned:
        await Assignment.create(order_id=case.order.id, account_id=account.id)
    return Actor(kind=kind, role=role, account_id=account.id, language="en", name=account.name)


def known_of(*cases: Case) -> Known:
    """The identifiers and numbers of these orders and their parties."""
    return Known(
        identifiers=[
            identifier
            for case in cases
            for identifier in (
                external("ord", case.order.id),
                external("mem", case.member.id),
                external("cus", case.customer.id),
            )
        ],
        numbers=[case.order.number for case in cases],
    )
