"""Operations through the API: by ids or by filter, repeated safely, with a result for each place (DESIGN §3)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.bulk.model import BulkOperation
from domain.client_status.model import ClientStatus
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external, new_id
from domain.orders.model import Assignment, Order, OrderStatus
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line
from tests.makers.bulk import some_orders
from tests.makers.orders import Case, a_returned_draft
from tests.makers.parties import FINANCE, STAFF, acting_for_member
from tests.support.graphql.schema_client import SchemaClient, operations_client, outside

WHOLE = """clientStatusBulk { state stateLabel total done applied unchanged failed progress dryRun foreseen { orders }
    results { position orderId order { number } outcome outcomeLabel errors { code reason message remedy path } } }"""

WHOLE_ID = "clientStatusBulk { id }"


@pytest.fixture
def in_operations(settings: Settings, database: str) -> SchemaClient:
    return operations_client(settings)


async def asked(side: SchemaClient, actor: Actor, **given: Any) -> Any:
    return await side.move("clientStatusBulkSet", actor, {"label": "In progress"} | given, entity=WHOLE)


def numbers(payload: Any) -> list[str | None]:
    """The numbers of the orders in the results, null for those that are not visible."""
    return [each["order"] and each["order"]["number"] for each in payload["clientStatusBulk"]["results"]]


def named(cases: list[Case]) -> list[str]:
    return [outside(case.order.id) for case in cases]


async def test_the_answer_holds_every_result(in_operations: SchemaClient) -> None:
    (case,) = await some_orders(1)
    absent = external("ord", new_id())

    payload = await asked(in_operations, STAFF, orderIds=[absent, outside(case.order.id)])

    operation = payload["clientStatusBulk"]
    assert (operation["state"], operation["stateLabel"], operation["progress"]) == ("DONE", "Done", 1)
    assert (operation["total"], operation["applied"], operation["failed"]) == (2, 1, 1)
    assert [each["orderId"] for each in operation["results"]] == [absent, outside(case.order.id)]
    assert [each["position"] for each in operation["results"]] == [1, 2]
    (error,) = operation["results"][0]["errors"]
    assert (error["code"], error["message"]) == ("NOT_FOUND", "This does not exist, or it is not for you.")
    assert operation["results"][1]["errors"] == []


async def test_a_malformed_identifier_fails_alone_at_its_place(in_operations: SchemaClient) -> None:
    first, second = await some_orders(2)
    given = [outside(first.order.id), "ord_nonsense", outside(second.order.id), "", "ord_nonsense"]

    payload = await asked(in_operations, STAFF, orderIds=given)

    results = payload["clientStatusBulk"]["results"]
    assert payload["errors"] == []
    assert [each["orderId"] for each in results] == given
    assert [each["outcome"] for each in results] == ["APPLIED", "FAILED", "APPLIED", "FAILED", "FAILED"]
    (error,) = results[1]["errors"]
    assert (error["code"], error["message"]) == ("VALIDATION_FAILED", "This is no valid identifier.")
    assert results[3]["errors"][0]["path"] == ["orderIds", "3"]
    assert numbers(payload) == [first.order.number, None, second.order.number, None, None]


async def test_a_malformed_identifier_stays_one_when_the_rest_is_retried(in_operations: SchemaClient) -> None:
    await asked(in_operations, STAFF, orderIds=["ord_nonsense", external("ord", new_id())])
    operation = await BulkOperation.get()
    entity = WHOLE.replace("clientStatusBulk", "bulkOperation", 1)

    payload = await in_operations.move(
        "bulkOperationRetry", STAFF, {"id": external("blk", operation.id)}, entity=entity
    )

    results = payload["bulkOperation"]["results"]
    assert [each["errors"][0]["reason"] for each in results] == ["identifier_malformed", "not_found"]
    assert results[0]["orderId"] == "ord_nonsense"


async def test_a_malformed_identifier_refuses_an_atomic_operation(in_operations: SchemaClient) -> None:
    (case,) = await some_orders(1)

    payload = await asked(in_operations, STAFF, orderIds=[outside(case.order.id), "ord_nonsense"], mode="ATOMIC")

    (error,) = payload["errors"]
    assert (error["reason"], error["path"]) == ("identifier_malformed", ["orderIds", "1"])
    assert payload["clientStatusBulk"] is None
    assert (await ClientStatus.get(id=case.order.id)).label_de == ""


async def test_a_malformed_identifier_is_the_same_request_again(in_operations: SchemaClient) -> None:
    given = {"orderIds": ["ord_nonsense"], "idempotencyKey": "once"}
    await asked(in_operations, STAFF, **given)

    again = await asked(in_operations, STAFF, **given)

    assert (again["replayed"], again["errors"]) == (True, [])


async def test_results_name_what_changed_since_the_preview(in_operations: SchemaClient) -> None:
    account = await an_account(Role.STAFF)
    actor = replace(STAFF, account_id=account.id)
    first, second, third = await some_orders(3, OrderStatus.ACTIVE)
    entity = "clientStatusBulk { id selection changedSincePreview }"
    given = {"label": "In progress", "orderIds": [*named([first, second, third]), "ord_nonsense"], "dryRun": True}
    trial = (await in_operations.move("clientStatusBulkSet", actor, given, entity=entity))["clientStatusBulk"]
    await second.move("archive", second.by_member)

    payload = await in_operations.move(
        "clientStatusBulkSet", actor, {"label": "In progress", "selection": trial["selection"]}, entity=WHOLE_ID
    )

    query = """query ($id: ID!) { bulkOperation(id: $id) { selection changedSincePreview
        items(first: 9, where: { changedSincePreview: true }) { nodes { position outcome foreseenOutcome } }
        results { orderId changedSincePreview } } }"""
    operation = (await in_operations.ask(query, actor, id=payload["clientStatusBulk"]["id"]))["bulkOperation"]
    assert (trial["selection"], trial["changedSincePreview"]) == (trial["id"], 0)
    assert (operation["selection"], operation["changedSincePreview"]) == (None, 1)
    assert operation["items"]["nodes"] == [{"position": 2, "outcome": "FAILED", "foreseenOutcome": "APPLIED"}]
    assert [each["changedSincePreview"] for each in operation["results"]] == [False, True, False, False]
    assert operation["results"][3]["orderId"] == "ord_nonsense"


async def test_the_selection_of_another_account_is_not_shown(in_operations: SchemaClient) -> None:
    (case,) = await some_orders(1)
    actor = replace(STAFF, account_id=(await an_account(Role.STAFF)).id)
    other = replace(STAFF, account_id=(await an_account(Role.STAFF)).id)
    given = {"label": "In progress", "orderIds": named([case]), "dryRun": True}
    trial = await in_operations.move("clientStatusBulkSet", actor, given, entity=WHOLE_ID)
    query = "query ($id: ID!) { bulkOperation(id: $id) { selection foreseenMails { mails people dailyReaders } } }"

    seen = (await in_operations.ask(query, other, id=trial["clientStatusBulk"]["id"]))["bulkOperation"]

    assert seen == {"selection": None, "foreseenMails": {"mails": 0, "people": 0, "dailyReaders": 0}}


async def test_a_filter_finds_what_the_list_finds(in_operations: SchemaClient) -> None:
    first, second = await some_orders(2, tags=("express",))
    await a_returned_draft()

    payload = await asked(in_operations, STAFF, where={"tag": "express", "status": {"eq": "DRAFT"}})

    assert numbers(payload) == [second.order.number, first.order.number]


async def test_all_are_only_the_member_s_own(in_operations: SchemaClient) -> None:
    (case,), (_,) = await some_orders(1), await some_orders(1)
    own = replace(case.by_member, account_id=(await an_account(Role.MEMBER)).id)

    payload = await asked(in_operations, own, all=True)

    assert numbers(payload) == [case.order.number]


ONE_TAG = {"tag": "express"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"orderIds": [], "where": ONE_TAG},
        {"orderIds": [], "all": True},
        {"where": ONE_TAG, "all": True},
    ],
)
async def test_ids_filter_and_all_exclude_each_other(in_operations: SchemaClient, given: dict[str, Any]) -> None:
    payload = await asked(in_operations, STAFF, **given)

    (error,) = payload["errors"]
    assert (error["reason"], error["path"]) == ("orders_named_or_described", ["orderIds"])
    assert payload["clientStatusBulk"] is None


async def test_no_orders_are_an_operation_without_results(in_operations: SchemaClient) -> None:
    payload = await asked(in_operations, STAFF, orderIds=[])

    operation = payload["clientStatusBulk"]
    assert (operation["state"], operation["total"], operation["progress"], operation["results"]) == ("DONE", 0, 1, [])


async def test_more_than_ten_thousand_are_too_many(in_operations: SchemaClient) -> None:
    one = external("ord", new_id())

    payload = await asked(in_operations, STAFF, orderIds=[one] * 10_001)

    (error,) = payload["errors"]
    assert (error["__typename"], error["path"]) == ("LimitExceeded", ["orderIds"])
    assert "10,000" in error["message"]


async def test_the_same_request_is_done_once_although_its_filter_would_find_others_now(
    in_operations: SchemaClient,
) -> None:
    (case,) = await some_orders(1, tags=("express",))
    given = {"where": {"tag": "express"}, "idempotencyKey": "once"}
    first = await asked(in_operations, STAFF, **given)
    (later,) = await some_orders(1, tags=("express",))

    again = await asked(in_operations, STAFF, **given)

    assert (first["replayed"], again["replayed"]) == (False, True)
    assert again["clientStatusBulk"] == first["clientStatusBulk"]
    assert numbers(again) == [case.order.number]
    assert (await ClientStatus.get(id=later.order.id)).label_de == ""


async def test_another_filter_with_the_same_key_is_a_conflict(in_operations: SchemaClient) -> None:
    await asked(in_operations, STAFF, where={"tag": "express"}, idempotencyKey="once")

    payload = await asked(in_operations, STAFF, where={"tag": "other"}, idempotencyKey="once")

    assert [error["__typename"] for error in payload["errors"]] == ["IdempotencyConflict"]


async def test_an_employee_sees_and_moves_only_what_is_assigned_to_them(in_operations: SchemaClient) -> None:
    assigned, other = await some_orders(2, OrderStatus.ACTIVE)
    account = await an_account(Role.STAFF)
    await Assignment.create(order_id=assigned.order.id, account_id=account.id)
    limited = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, account_id=account.id, language="en")

    payload = await asked(in_operations, limited, orderIds=named([assigned, other]))

    outcomes = [each["outcome"] for each in payload["clientStatusBulk"]["results"]]
    assert outcomes == ["APPLIED", "FAILED"]
    assert numbers(payload) == [assigned.order.number, None]


async def test_finance_neither_sets_statuses_nor_sees_operations(in_operations: SchemaClient) -> None:
    (case,) = await some_orders(1)
    await asked(in_operations, STAFF, orderIds=named([case]))

    payload = await asked(in_operations, FINANCE, orderIds=named([case]))
    listed = await in_operations.ask("{ bulkOperations(first: 5) { totalCount nodes { id } } }", FINANCE)

    assert [error["reason"] for error in payload["errors"]] == ["not_your_move"]
    assert listed == {"bulkOperations": {"totalCount": 0, "nodes": []}}


async def test_operations_are_listed_for_those_who_began_them(in_operations: SchemaClient) -> None:
    (case,) = await some_orders(1)
    own = replace(acting_for_member(case.member), account_id=(await an_account(Role.MEMBER)).id)
    other = replace(own, account_id=(await an_account(Role.MEMBER)).id)
    await asked(in_operations, own, orderIds=named([case]))
    query = """{ bulkOperations(first: 5) { nodes { kind kindLabel mode version createdAt finishedAt
        openActions { name } items(first: 1, where: { outcome: { eq: APPLIED } }) { nodes { orderId } } } } }"""

    (found,) = (await in_operations.ask(query, own))["bulkOperations"]["nodes"]

    assert (found["kind"], found["kindLabel"], found["version"]) == ("CLIENT_STATUS_SET", "Set status", 1)
    assert found["items"]["nodes"] == [{"orderId": outside(case.order.id)}]
    assert (await in_operations.ask(query, other))["bulkOperations"]["nodes"] == []
    assert len((await in_operations.ask(query, STAFF))["bulkOperations"]["nodes"]) == 1


async def test_the_result_of_a_line_names_the_line_and_no_order(in_operations: SchemaClient) -> None:
    line = await a_manual_line()
    entity = "lineBulk { subject kind results { subjectId outcome order { id } line { id status } invoice { id } } }"

    given = {"lineIds": [external("lin", line.id)]}
    payload = await in_operations.move("lineBulkHold", FINANCE, given, entity=entity)

    named = external("lin", line.id)
    result = {"subjectId": named, "outcome": "APPLIED", "order": None, "invoice": None}
    assert payload["errors"] == []
    assert payload["lineBulk"] == {
        "subject": "LINE",
        "kind": "LINE_HOLD",
        "results": [{**result, "line": {"id": named, "status": "ON_HOLD"}}],
    }


async def test_finance_sees_the_operations_of_billing_and_no_others(in_operations: SchemaClient) -> None:
    line, (case,) = await a_manual_line(), await some_orders(1)
    await in_operations.move("lineBulkHold", FINANCE, {"lineIds": [external("lin", line.id)]})
    await asked(in_operations, STAFF, orderIds=[outside(case.order.id)])

    found = (await in_operations.ask("{ bulkOperations(first: 5) { nodes { subject } } }", FINANCE))["bulkOperations"][
        "nodes"
    ]

    assert found == [{"subject": "LINE"}]


async def test_a_dry_run_shows_what_each_order_would_become_and_who_would_be_mailed(
    in_operations: SchemaClient,
) -> None:
    first, second = await some_orders(2, OrderStatus.IN_REVIEW)
    _, active = await some_orders(2, OrderStatus.ACTIVE)
    actor = replace(STAFF, account_id=(await an_account(Role.STAFF)).id)
    given = {"orderIds": named([second, active, first]), "dryRun": True}
    entity = "bulkOperation { foreseenChanges { subjectId values { name before after } mailTo } }"

    payload = await in_operations.move("orderBulkApprove", actor, given, entity=entity)

    changes = payload["bulkOperation"]["foreseenChanges"]
    assert [each["subjectId"] for each in changes] == named([second, first])
    for each in changes:
        assert {"name": "status", "before": "In review", "after": "Awaiting customer"} in each["values"]
        assert "Kim Kontakt" in each["mailTo"]
    assert (await Order.get(id=first.order.id)).status == OrderStatus.IN_REVIEW
