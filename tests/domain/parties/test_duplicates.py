"""Customers that look alike: employees find them and decide, members never learn of them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.kernel.ids import external
from domain.parties.inputs import ContactEntry, CustomerAmendment, MergeTarget, NewCustomer
from domain.parties.model import Collaboration, Customer, CustomerState
from tests.makers.parties import FINANCE, LIMITED_STAFF, STAFF, a_customer, a_member, acting_for_member
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.database

ENTRY = NewCustomer(
    legal_name="Kunde ABC",
    street="Musterweg 2",
    postcode="10115",
    city="Berlin",
    vat_id="DE999999999",
    invoice_email="rechnung@kunde.example",
    contact=ContactEntry(name="Kim Kontakt", email="kim@kunde.example"),
)
DUPLICATES = "query($id: ID!) { customer(id: $id) { possibleDuplicates { id } members { id } orderCount } }"
FOUND = "{ customers(first: 10, where: {hasPossibleDuplicate: true}) { totalCount nodes { legalName } } }"


async def entered(actor: Actor, **facts: Any) -> Customer:
    outcome = await execute(Command(noun="customer", move="create", input=replace(ENTRY, **facts)), actor)
    return await Customer.get(id=outcome.subject_id)


async def move(name: str, customer: Customer, actor: Actor = STAFF, takes: Any = None) -> None:
    await execute(Command(noun="customer", move=name, subject_id=customer.id, input=takes), actor)
    await customer.refresh_from_db()


@pytest.mark.parametrize(
    "facts",
    [
        {"legal_name": "Anders", "vat_id": "de 999 999 999"},
        {"legal_name": " kunde   abc", "vat_id": None, "postcode": "101 15"},
    ],
)
async def test_the_same_vat_id_or_name_and_postcode_look_alike(
    in_operations: SchemaClient, facts: dict[str, Any]
) -> None:
    one = await entered(STAFF)
    other = await entered(acting_for_member(await a_member()), **facts)

    answer = await in_operations.ask(DUPLICATES, STAFF, id=external("cus", one.id))

    assert answer["customer"]["possibleDuplicates"] == [{"id": external("cus", other.id)}]


async def test_another_postcode_is_another_customer(in_operations: SchemaClient) -> None:
    await entered(STAFF, vat_id=None)
    await entered(STAFF, vat_id=None, postcode="20095")

    assert (await in_operations.ask(FOUND, STAFF))["customers"]["totalCount"] == 0


async def test_a_member_sees_the_same_whether_the_customer_exists_or_not(in_operations: SchemaClient) -> None:
    await entered(STAFF)
    shown = []
    for facts in ({}, {"legal_name": "Ganz neu", "vat_id": "DE111111111"}):
        by_member = acting_for_member(await a_member())
        customer = await entered(by_member, **facts)
        query = "query($id: ID!) { customer(id: $id) { statusLabel possibleDuplicates { id } members { id } version } }"
        shown.append(json.dumps(await in_operations.ask(query, by_member, id=external("cus", customer.id))))

    assert shown[0] == shown[1]
    assert "Being checked" in shown[0]


@pytest.mark.parametrize("actor", [FINANCE, LIMITED_STAFF])
async def test_those_who_do_not_decide_find_no_duplicates(in_operations: SchemaClient, actor: Actor) -> None:
    for _ in range(2):
        await entered(STAFF)

    assert (await in_operations.ask(FOUND, actor))["customers"]["nodes"] == []


async def test_a_member_finds_no_duplicates(in_operations: SchemaClient) -> None:
    await entered(STAFF)
    by_member = acting_for_member(await a_member())
    await entered(by_member)

    assert (await in_operations.ask(FOUND, by_member))["customers"]["nodes"] == []


async def test_both_are_kept_once_that_is_decided(in_operations: SchemaClient) -> None:
    await entered(STAFF)
    proposed = await entered(acting_for_member(await a_member()))

    await move("keep", proposed)

    assert proposed.status is CustomerState.KNOWN
    assert (await in_operations.ask(FOUND, STAFF))["customers"]["totalCount"] == 0
    with pytest.raises(Refused, match="nothing_to_decide"):
        await move("keep", proposed)


async def test_an_employee_names_the_member_who_works_with_the_customer() -> None:
    member = await a_member()

    customer = await entered(STAFF, member_id=member.id)

    assert customer.status is CustomerState.KNOWN
    assert await Collaboration.filter(member=member, customer=customer).exists()


async def test_a_member_names_no_other_member() -> None:
    other = await a_member("Other")

    with pytest.raises(Refused, match="member_unknown"):
        await entered(acting_for_member(await a_member()), member_id=other.id)


async def test_an_amendment_leaves_what_is_absent_and_empties_what_is_null() -> None:
    customer = await entered(STAFF)

    await move("amend", customer, takes=CustomerAmendment(city="Hamburg", vat_id=None))

    assert (customer.city, customer.vat_id, customer.legal_name) == ("Hamburg", None, "Kunde ABC")
    with pytest.raises(Refused, match="cannot_be_empty"):
        await move("amend", customer, takes=CustomerAmendment(legal_name=None))


async def test_the_old_id_finds_the_customer_that_stays(in_operations: SchemaClient) -> None:
    one, other = await a_customer("A"), await a_customer("B")
    await move("merge", one, takes=MergeTarget(into_id=other.id))

    query = "query($id: ID!) { customer(id: $id) { legalName } }"
    answer = await in_operations.ask(query, STAFF, id=external("cus", one.id))

    assert answer == {"customer": {"legalName": "B"}}
    assert (await in_operations.ask("{ customers(first: 10) { totalCount } }", STAFF))["customers"]["totalCount"] == 1
