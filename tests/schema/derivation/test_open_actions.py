"""Open actions: the menu of a row, and the forms its actions need."""

from datetime import UTC
from typing import Any

from domain.orders.model import OrderStatus
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient, outside

MENU = """query($id: ID!, $closed: Boolean!) { order(id: $id) { openActions(includeClosed: $closed) {
    name mutation event label explanation allowed openUntil subjectField subjectId
    reasons { code reason message remedy }
    inputs { name label type isList required unchangedWhenAbsent multiline default longest idKind
        options { value label } fields { name type required } } } } }"""


async def menu(side: SchemaClient, actor: Any, order_id: str, *, closed: bool = False) -> dict[str, Any]:
    """The actions by their mutation."""
    data = await side.ask(MENU, actor, id=order_id, closed=closed)
    return {action["mutation"]: action for action in data["order"]["openActions"]}


async def test_a_customer_is_offered_their_answers_and_told_until_when(in_portal: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    actions = await menu(in_portal, case.by_customer, outside(case.order.id))

    assert list(actions) == ["orderConfirm", "orderRequestChanges", "orderDecline", "orderComment"]
    confirm = actions["orderConfirm"]
    assert confirm["allowed"]
    assert confirm["label"] == "Angebot bestätigen"
    assert confirm["openUntil"] == berlin(2026, 5, 11).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [field["name"] for field in confirm["inputs"]] == ["name", "revision"]
    assert [field["name"] for field in actions["orderComment"]["inputs"]] == ["text", "fileIds"]


async def test_what_is_not_possible_says_why_and_what_helps(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.DRAFT, planned_invoices=())

    submit = (await menu(in_operations, case.by_member, outside(case.order.id)))["orderSubmit"]

    assert not submit["allowed"]
    (reason,) = submit["reasons"]
    assert reason == {
        "code": "GUARD_FAILED",
        "reason": "billing_plan_empty",
        "message": "Nothing is planned to be invoiced yet.",
        "remedy": "Add at least one planned invoice.",
    }


async def test_closed_actions_are_listed_only_when_asked_for(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.DRAFT)
    order_id = outside(case.order.id)

    listed = await menu(in_operations, case.by_member, order_id)
    everything = await menu(in_operations, case.by_member, order_id, closed=True)

    assert "orderReopen" not in listed
    assert everything["orderReopen"]["reasons"][0]["code"] == "ILLEGAL_TRANSITION"
    assert "orderApprove" not in everything


async def test_a_delivery_is_begun_from_the_menu_of_its_order(in_operations: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.ACTIVE)

    create = (await menu(in_operations, case.by_member, outside(case.order.id)))["deliveryCreate"]

    assert (create["subjectField"], create["subjectId"]) == ("orderId", outside(case.order.id))


async def test_a_form_can_be_drawn_from_the_inputs_of_an_action(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.DRAFT)

    amend = (await menu(in_operations, case.by_member, outside(case.order.id)))["orderAmend"]

    fields = {field["name"]: field for field in amend["inputs"]}
    assert fields["description"]["multiline"]
    assert not fields["project"]["multiline"]
    assert (fields["customerId"]["type"], fields["customerId"]["idKind"]) == ("ID", "cus")
    assert {"value": "WORKING_DAYS", "label": "Working days"} in fields["reviewUnit"]["options"]
    assert (fields["skipConfirmation"]["type"], fields["skipConfirmation"]["default"]) == ("BOOLEAN", "false")
    assert fields["skipConfirmation"]["unchangedWhenAbsent"]
    plan = fields["plannedInvoices"]
    assert (plan["type"], plan["isList"]) == ("OBJECT", True)
    assert {"name": "unitPrice", "type": "DECIMAL", "required": True} in plan["fields"]


async def test_staff_see_their_own_moves_of_an_order_in_review(in_operations: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.IN_REVIEW)

    actions = await menu(in_operations, STAFF, outside(case.order.id))

    assert {"orderApprove", "orderSendBack", "orderReject", "orderAssign"} <= set(actions)
    assert "orderWithdraw" not in actions
