"""Reading in both schemas: who sees which rows, pages, filters, and following changes."""

from dataclasses import replace
from typing import Any

from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import Assignees, CommentText
from domain.orders.model import CommentVisibility, OrderStatus
from tests.makers.accounts import an_account
from tests.makers.orders import a_returned_draft, an_order, planned
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member, acting_for_member
from tests.makers.time import berlin, the_clock_shows
from tests.support.graphql.schema_client import SchemaClient, outside

NUMBERS = "query($id: ID!) { order(id: $id) { number } orders(first: 10) { totalCount nodes { number } } }"
COMMENTS = "query($id: ID!) { order(id: $id) { comments(first: 10) { nodes { text } } assignees { name } } }"


async def test_members_see_their_own_orders_and_customers_only(in_operations: SchemaClient) -> None:
    mine, theirs = await an_order(), await an_order()

    answer = await in_operations.ask(NUMBERS, mine.by_member, id=outside(theirs.order.id))
    customers = await in_operations.ask(
        "{ customers(first: 9) { nodes { id } } members(first: 9) { totalCount } }", mine.by_member
    )

    assert answer["order"] is None
    assert answer["orders"] == {"totalCount": 1, "nodes": [{"number": mine.order.number}]}
    assert customers["customers"]["nodes"] == [{"id": external("cus", mine.customer.id)}]
    assert customers["members"]["totalCount"] == 1


async def test_an_employee_with_assigned_orders_sees_those_alone(in_operations: SchemaClient) -> None:
    account = await an_account(Role.STAFF)
    assigned, other = await a_returned_draft(), await a_returned_draft()
    await assigned.move("assign", STAFF, Assignees(account_ids=(account.id,)))
    employee = replace(STAFF, kind=ActorKind.STAFF_ASSIGNED, account_id=account.id)

    answer = await in_operations.ask(NUMBERS, employee, id=outside(other.order.id))
    people = await in_operations.ask(
        "{ customers(first: 9) { totalCount } members(first: 9) { totalCount } }", employee
    )

    assert answer["order"] is None
    assert [node["number"] for node in answer["orders"]["nodes"]] == [assigned.order.number]
    assert people == {"customers": {"totalCount": 1}, "members": {"totalCount": 1}}


async def test_comments_reach_their_readers(in_operations: SchemaClient) -> None:
    case = await a_returned_draft()
    for visibility in CommentVisibility:
        await case.move("comment", STAFF, CommentText(text=visibility.value, visibility=visibility))

    of_member = await in_operations.ask(COMMENTS, case.by_member, id=outside(case.order.id))
    of_finance = await in_operations.ask(COMMENTS, FINANCE, id=outside(case.order.id))

    assert [node["text"] for node in of_member["order"]["comments"]["nodes"]] == ["MEMBER", "CUSTOMER"]
    assert [node["text"] for node in of_finance["order"]["comments"]["nodes"]] == ["INTERNAL", "MEMBER", "CUSTOMER"]
    assert (of_member["order"]["assignees"], of_finance["order"]["assignees"]) == (None, [])


async def test_accounts_are_for_colleagues(in_operations: SchemaClient) -> None:
    employee, member = await an_account(Role.STAFF), await an_account(Role.MEMBER)
    query = "{ accounts(first: 10) { nodes { id } } }"

    seen = {
        actor.kind: {node["id"] for node in (await in_operations.ask(query, actor))["accounts"]["nodes"]}
        for actor in (ADMIN, STAFF, acting_for_member(await a_member()))
    }

    assert seen[ActorKind.ADMIN] == {external("acc", employee.id), external("acc", member.id)}
    assert seen[ActorKind.STAFF] == {external("acc", employee.id)}
    assert seen[ActorKind.MEMBER] == set()


async def test_pages_of_orders_follow_each_other_over_equal_keys(in_operations: SchemaClient) -> None:
    member, customer = await a_member(), await a_customer()
    for _ in range(5):
        await a_returned_draft(member=member, customer=customer, project="Same")
    query = """query($after: String) { orders(first: 2, after: $after, orderBy: {field: PROJECT}) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""

    found: list[str] = []
    after = None
    for size in (2, 2, 1):
        page = (await in_operations.ask(query, STAFF, after=after))["orders"]
        assert len(page["nodes"]) == size
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert not page["pageInfo"]["hasNextPage"]
    assert found == sorted(set(found))
    assert len(found) == 5


async def test_orders_are_found_by_what_they_are_narrowed_to(in_operations: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    small = await a_returned_draft(project="Äpfel & Birnen", tags=("fruit",), planned_invoices=(planned("10.05"),))
    late = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 4, 2))
    await the_clock_shows(berlin(2026, 4, 3))
    wheres: dict[str, dict[str, Any]] = {
        "search": {"search": "äpfel"},
        "tag": {"tag": "fruit"},
        "late": {"late": True},
        "status": {"status": {"in": ["ACTIVE", "COMPLETED"]}},
        "member": {"member": {"eq": external("mem", small.member.id)}},
        "year": {"year": 2025},
        "nothing": {"status": {"in": []}},
    }
    query = "query($where: OrderWhere) { orders(first: 5, where: $where) { nodes { number late } } }"

    found = {
        name: [node["number"] for node in (await in_operations.ask(query, STAFF, where=where))["orders"]["nodes"]]
        for name, where in wheres.items()
    }

    assert found["search"] == found["tag"] == found["member"] == [small.order.number]
    assert found["late"] == found["status"] == [late.order.number]
    assert found["year"] == found["nothing"] == []


async def test_a_filter_by_what_is_no_identifier_is_an_error(in_operations: SchemaClient) -> None:
    query = 'query { orders(where: {id: {eq: "nonsense"}}) { totalCount } }'

    result = await in_operations.execute(query, STAFF)

    assert [error.extensions for error in result.errors] == [{"code": "BAD_USER_INPUT"}]


async def test_an_order_tells_what_is_derived(in_operations: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, planned_invoices=(planned("10.05"),) * 3)
    query = """query($id: ID!) { order(id: $id) { statusLabel net { amount } gross { amount } budgetInflow { amount }
        offerEndsAt late fulfilment paymentGuarantee { granted reasons } nextSteps { role label until } } }"""

    order = (await in_operations.ask(query, case.by_member, id=outside(case.order.id)))["order"]

    assert order["budgetInflow"]["amount"] == "27.45"
    assert (order["net"]["amount"], order["gross"]["amount"]) == ("30.15", "35.88")
    assert (order["statusLabel"], order["late"], order["fulfilment"]) == ("Awaiting customer", False, "NOT_STARTED")
    assert not order["paymentGuarantee"]["granted"]
    assert len(order["paymentGuarantee"]["reasons"]) == 1
    assert order["offerEndsAt"] == "2026-05-10T22:00:00Z"
    assert order["nextSteps"] == [{"role": "CUSTOMER", "label": "Answer the offer", "until": "2026-05-10T22:00:00Z"}]


async def test_the_timeline_says_who_did_what(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.ACTIVE)
    inside = "query($id: ID!) { order(id: $id) { events(first: 20) { nodes { name actorName } } } }"
    outside_ = "query($id: ID!) { order(id: $id) { timeline(first: 20) { nodes { name label at } } } }"

    events = (await in_operations.ask(inside, STAFF, id=outside(case.order.id)))["order"]["events"]["nodes"]
    told = (await in_portal.ask(outside_, case.by_customer, id=outside(case.order.id)))["order"]["timeline"]["nodes"]

    assert {"name": "order.approve", "actorName": "Sam Staff"} in events
    assert [entry["label"] for entry in told] == ["Angebot gesendet", "Angebot bestätigt"]


async def test_whoever_follows_gets_what_they_see(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    mine, theirs = await an_order(), await an_order()
    document = "subscription { orderChanged { number status } }"

    seen = await _followed(in_operations, document, mine.by_member, mine.order.id, theirs.order.id)
    by_customer = await _followed(in_portal, document, mine.by_customer, mine.order.id)

    assert seen == [{"orderChanged": {"number": mine.order.number, "status": "DRAFT"}}]
    assert by_customer == []


async def _followed(side: SchemaClient, document: str, actor: Actor, *changed: Any) -> list[Any]:
    following = await side.schema.subscribe(document, context_value=side.context(actor, *changed))
    return [result.data async for result in following]


async def test_the_viewer_and_the_operator_are_known(in_operations: SchemaClient, in_portal: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order()

    answer = await in_operations.ask(
        "{ viewer { name role language member { name } account { id } } now }", case.by_member
    )
    customer = await in_portal.ask(
        "{ viewer { viaLink customers { legalName } } operator { zone today } }", case.by_customer
    )

    assert answer["viewer"] == {
        "name": "Mara Member",
        "role": "MEMBER",
        "language": "en",
        "member": {"name": "Mara Member"},
        "account": None,
    }
    assert customer["viewer"] == {"viaLink": False, "customers": [{"legalName": "Kunde XYZ"}]}
    assert customer["operator"]["zone"] == "Europe/Berlin"


async def test_a_search_finds_the_text_as_it_stands(in_operations: SchemaClient) -> None:
    case = await an_order(project="100 % Übung\\")
    query = "query($text: String!) { orders(first: 9, where: {search: $text}) { totalCount } }"

    found = {
        text: (await in_operations.ask(query, case.by_member, text=text))["orders"]["totalCount"]
        for text in ("0 % ÜB", "\\", "_", "%%", "\u202e")
    }

    assert found == {"0 % ÜB": 1, "\\": 1, "_": 0, "%%": 0, "\u202e": 0}


async def test_a_customers_search_finds_the_text_as_it_stands(in_portal: SchemaClient) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, project="100 % Übung\\")
    query = "query($text: String!) { orders(first: 9, where: {search: $text}) { totalCount } }"

    found = {
        text: (await in_portal.ask(query, case.by_customer, text=text))["orders"]["totalCount"]
        for text in ("0 % ÜB", "\\", "_", "%%", "\u202e")
    }

    assert found == {"0 % ÜB": 1, "\\": 1, "_": 0, "%%": 0, "\u202e": 0}
