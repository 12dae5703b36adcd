"""Mutations: what they answer when all goes well, and how they say no."""

from typing import Any

from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Actor
from domain.kernel.ids import external, new_id
from domain.orders.model import OrderStatus
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case, a_returned_draft, an_order
from tests.makers.parties import STAFF, a_member, acting_for_member
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient, outside

ORDER = "order { number status version budgetInflow { amount formatted } }"
APRIL = berlin(2026, 4, 1, 10)


def only(payload: dict[str, Any]) -> dict[str, Any]:
    """The one error of a payload."""
    (error,) = payload["errors"]
    return dict(error)


async def test_a_member_drafts_an_order_and_sees_its_budget_inflow(in_operations: SchemaClient) -> None:
    case = await an_order()
    given = {
        "project": "Projekt ABC",
        "customerId": external("cus", case.customer.id),
        "plannedInvoices": [{"text": "Workshop", "unitPrice": "500.00", "invoiceOn": "2026-05-10"}],
    }

    payload = await in_operations.move("orderCreate", case.by_member, given, entity=ORDER)

    assert payload["errors"] == []
    assert payload["order"]["status"] == "DRAFT"
    assert payload["order"]["budgetInflow"] == {"amount": "455.00", "formatted": "€455.00"}


async def test_the_same_key_answers_again_and_changes_nothing(in_operations: SchemaClient) -> None:
    case = await an_order()
    given = {"id": outside(case.order.id), "idempotencyKey": "once"}

    first = await in_operations.move("orderSubmit", case.by_member, given, entity=ORDER)
    again = await in_operations.move("orderSubmit", case.by_member, given, entity=ORDER)

    assert (first["replayed"], again["replayed"]) == (False, True)
    assert again["order"] == first["order"]


async def test_the_same_key_for_something_else_is_a_conflict(in_operations: SchemaClient) -> None:
    case, other = await an_order(), await an_order()
    await in_operations.move("orderSubmit", case.by_member, {"id": outside(case.order.id), "idempotencyKey": "once"})
    given = {"id": outside(other.order.id), "idempotencyKey": "once"}

    payload = await in_operations.move("orderSubmit", case.by_member, given)

    assert only(payload)["__typename"] == "IdempotencyConflict"


async def test_a_move_from_the_wrong_state_names_states_and_open_actions(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    query = """mutation($id: ID!) { orderSubmit(input: {id: $id}) { order { status }
        errors { ... on IllegalTransition { from allowedFrom openActions } } } }"""

    answer = await in_operations.slowly(query, case.by_member, id=outside(case.order.id))

    error = only(answer["orderSubmit"])
    assert (error["from"], error["allowedFrom"]) == ("IN_REVIEW", ["DRAFT"])
    assert "orderWithdraw" in error["openActions"]
    assert "orderApprove" not in error["openActions"]
    assert answer["orderSubmit"]["order"] == {"status": "IN_REVIEW"}


async def test_refusals_name_state_role_and_remedy(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    query = """mutation($id: ID!) { orderSubmit(input: {id: $id}) { errors { message remedy } }
        orderApprove(input: {id: $id}) { errors { message remedy } } }"""

    answer = await in_operations.slowly(query, case.by_member, id=outside(case.order.id))

    state, role = only(answer["orderSubmit"]), only(answer["orderApprove"])
    assert state["message"] == "This is not possible while the status is “In review”."
    assert state["remedy"] == "It is possible only in this status: Draft."
    assert role["remedy"].startswith("Only this role may: Staff")


async def test_customers_are_told_of_no_internal_state(in_portal: SchemaClient) -> None:
    case = await an_active_order()
    query = """mutation($id: ID!) { orderDecline(input: {id: $id}) { errors { message remedy } } }"""

    answer = await in_portal.slowly(query, case.by_customer, id=outside(case.order.id))

    error = only(answer["orderDecline"])
    assert error["message"] == "Das ist so, wie es jetzt steht, nicht mehr oder noch nicht möglich."
    assert error["remedy"] == "Laden Sie die Seite neu; sie zeigt, was jetzt möglich ist."


async def test_another_role_s_move_is_refused(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)

    payload = await in_operations.move("orderApprove", case.by_member, {"id": outside(case.order.id)})

    assert (only(payload)["code"], only(payload)["reason"]) == ("FORBIDDEN", "not_your_move")


async def test_a_failed_guard_says_what_helps(in_operations: SchemaClient) -> None:
    case = await an_order(planned_invoices=())

    payload = await in_operations.move("orderSubmit", case.by_member, {"id": outside(case.order.id)})

    error = only(payload)
    assert (error["__typename"], error["reason"]) == ("GuardFailed", "billing_plan_empty")
    assert error["remedy"] == "Add at least one planned invoice."


async def test_a_stale_version_tells_who_changed_it(in_operations: SchemaClient) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    query = """mutation($id: ID!) { orderApprove(input: {id: $id, expectedVersion: 1}) {
        errors { ... on StaleVersion { currentVersion changedBy changedAt path } } } }"""

    answer = await in_operations.slowly(query, STAFF, id=outside(case.order.id))

    error = only(answer["orderApprove"])
    assert (error["currentVersion"], error["changedBy"]) == (2, "Mara Member")
    assert error["path"] == ["expectedVersion"]


async def test_what_is_not_yours_and_what_does_not_exist_look_alike(in_operations: SchemaClient) -> None:
    case, stranger = await an_order(), acting_for_member(await a_member())
    answers = [
        await in_operations.move("orderSubmit", stranger, {"id": identifier}, entity="order { id }")
        for identifier in (outside(case.order.id), outside(new_id()), "ord_nonsense", "del_1", "")
    ]

    assert all(each == answers[0] | {"errors": each["errors"]} for each in answers)
    assert {only(each)["message"] for each in answers} == {"This does not exist, or it is not for you."}
    assert answers[0]["order"] is None


async def test_flaws_of_an_input_name_the_fields_as_the_api_spells_them(in_operations: SchemaClient) -> None:
    case = await an_order()
    malformed = {
        "id": outside(case.order.id),
        "customerId": "cus_nonsense",
        "serviceFrom": "0001-01-01",
        "plannedInvoices": [{"text": "Workshop", "unitPrice": "5.00", "invoiceOn": "9999-12-31"}],
    }
    too_short = {"id": outside(case.order.id), "plannedInvoices": [{"text": "", "unitPrice": "5.00"}]}

    unread = await in_operations.move("orderAmend", case.by_member, malformed)
    refused = await in_operations.move("orderAmend", case.by_member, too_short)

    assert [error["path"] for error in unread["errors"]] == [
        ["customerId"],
        ["serviceFrom"],
        ["plannedInvoices", "0", "invoiceOn"],
    ]
    assert only(refused)["path"] == ["plannedInvoices", "0", "text"]


async def test_an_amendment_tells_null_from_what_is_left_out(in_operations: SchemaClient) -> None:
    case = await an_order(tags=("express",), internal_notes="Quietly.")
    given = {"id": outside(case.order.id), "project": "Another name", "tags": None}
    entity = "order { project tags internalNotes customer { id } plannedInvoices { text } }"

    payload = await in_operations.move("orderAmend", case.by_member, given, entity=entity)

    order = payload["order"]
    assert payload["errors"] == []
    assert (order["project"], order["tags"], order["internalNotes"]) == ("Another name", [], "Quietly.")
    assert order["customer"] is not None
    assert len(order["plannedInvoices"]) == 1


async def test_an_undefined_variable_of_an_amendment_changes_nothing(in_operations: SchemaClient) -> None:
    case = await an_order(tags=("express",))
    query = """mutation ($id: ID!, $tags: [String!]) { orderAmend(input: { id: $id, project: "New", tags: $tags }) {
        order { project tags } errors { reason } } }"""

    payload = (await in_operations.slowly(query, case.by_member, id=outside(case.order.id)))["orderAmend"]

    assert payload == {"order": {"project": "New", "tags": ["express"]}, "errors": []}


async def test_amounts_beyond_all_measure_are_refused_politely(in_operations: SchemaClient) -> None:
    case = await an_order()
    entries = [("5.00", "999999999999999"), ("9999999999", "999999"), ("5.00", "0.00001"), ("0.00005", "1")]

    for price, quantity in entries:
        entry = {"text": "Workshop", "unitPrice": price, "quantity": quantity}
        given = {"id": outside(case.order.id), "plannedInvoices": [entry]}
        error = only(await in_operations.move("orderAmend", case.by_member, given))
        assert (error["code"], error["path"][:2]) == ("VALIDATION_FAILED", ["plannedInvoices", "0"])


async def test_only_employees_are_assigned(in_operations: SchemaClient) -> None:
    case = await a_returned_draft()
    given = {"id": outside(case.order.id), "accountIds": [external("acc", new_id())]}

    error = only(await in_operations.move("orderAssign", STAFF, given))

    assert (error["reason"], error["path"]) == ("employee_unknown", ["accountIds", "0"])


async def test_a_late_confirmation_meets_the_end_of_the_offer(in_portal: SchemaClient) -> None:
    await the_clock_shows(APRIL)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await the_clock_shows(berlin(2026, 5, 11, 0, 0, 1))

    payload = await _confirm(in_portal, case, case.by_customer)

    error = only(payload)
    assert error["__typename"] == "DeadlinePassed"
    assert "11. Mai 2026" in error["message"]
    assert payload["order"]["status"] == "REJECTED"


async def test_portal_errors_name_no_people_and_no_states(in_portal: SchemaClient) -> None:
    await the_clock_shows(APRIL)
    case = await an_order(OrderStatus.ACTIVE)
    stale = {"id": outside(case.order.id), "text": "Hello", "expectedVersion": 1}

    wrong_state = await _confirm(in_portal, case, case.by_customer)
    changed = await in_portal.move("orderComment", case.by_customer, stale)

    told = str(wrong_state["errors"]) + str(changed["errors"])
    assert only(wrong_state)["__typename"] == "IllegalTransition"
    assert only(changed)["__typename"] == "StaleVersion"
    assert not any(word in told for word in ("Sam", "Mara", "AWAITING", "ACTIVE", "Bestätigung", "Aktiv"))


async def test_a_customer_confirms_in_their_own_words(in_portal: SchemaClient) -> None:
    await the_clock_shows(APRIL)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    payload = await _confirm(in_portal, case, case.by_customer)

    assert payload["errors"] == []
    assert payload["order"] == {"status": "ACTIVE", "confirmation": {"by": "Kim Kontakt", "revision": 1}}


async def test_creating_below_an_order_answers_the_new_row(in_operations: SchemaClient) -> None:
    await the_clock_shows(APRIL)
    case = await an_order(OrderStatus.ACTIVE)
    given = {"orderId": outside(case.order.id)}

    made = await in_operations.move("deliveryCreate", case.by_member, given, entity="delivery { status }")
    again = await in_operations.move("deliveryCreate", case.by_member, given, entity="delivery { status }")

    assert made["delivery"] == {"status": "DRAFT"}
    assert (again["delivery"], only(again)["__typename"]) == (None, "GuardFailed")


async def test_a_customer_extends_and_accepts_a_review(in_portal: SchemaClient) -> None:
    case = await a_delivery(DeliveryStatus.DELIVERED, at=APRIL)
    query = (
        """query($id: ID!) { delivery(id: $id) { currentNumber review { endsAt extensionsLeft latestExtension } } }"""
    )
    identifier = external("del", case.id)
    seen = (await in_portal.ask(query, case.around.by_customer, id=identifier))["delivery"]
    longer = {"id": identifier, "until": seen["review"]["latestExtension"]}
    accepted = {"id": identifier, "versionNumber": seen["currentNumber"], "rating": 5}

    extended = await in_portal.move(
        "deliveryExtendReview", case.around.by_customer, longer, entity="delivery { review { endsAt } }"
    )
    payload = await in_portal.move(
        "deliveryAccept", case.around.by_customer, accepted, entity="delivery { status rating }"
    )

    assert extended["delivery"]["review"]["endsAt"] == seen["review"]["latestExtension"]
    assert payload["delivery"] == {"status": "ACCEPTED", "rating": 5}


async def _confirm(side: SchemaClient, case: Case, actor: Actor) -> Any:
    given = {"id": outside(case.order.id), "name": "Kim Kontakt", "revision": 1}
    return await side.move("orderConfirm", actor, given, entity="order { status confirmation { by revision } }")


async def test_a_deleted_order_is_named_by_its_identifier_alone(in_operations: SchemaClient) -> None:
    case = await an_order()
    given = {"id": outside(case.order.id), "idempotencyKey": "once"}

    deleted = await in_operations.move("orderDelete", case.by_member, given, entity="deletedId order { id }")
    again = await in_operations.move("orderDelete", case.by_member, given, entity="deletedId order { id }")

    assert (deleted["deletedId"], deleted["order"], deleted["errors"]) == (outside(case.order.id), None, [])
    assert (again["deletedId"], again["replayed"]) == (outside(case.order.id), True)


async def test_what_was_not_deleted_is_not_named_as_deleted(in_operations: SchemaClient) -> None:
    await the_clock_shows(APRIL)
    case = await an_order(OrderStatus.ACTIVE)

    payload = await in_operations.move(
        "orderDelete", case.by_member, {"id": outside(case.order.id)}, entity="deletedId order { id }"
    )

    assert (payload["deletedId"], payload["order"]) == (None, {"id": outside(case.order.id)})
    assert only(payload)["__typename"] == "IllegalTransition"
