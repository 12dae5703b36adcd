"""Secrecy of the operations schema: members and limited employees see only the people of their own orders."""

import json
import re
from collections import Counter

import pytest

from domain.accounts.model import Account
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.orders.inputs import Assignees, CommentText
from domain.orders.model import CommentVisibility, OrderStatus
from domain.parties.model import Contact, Customer, Member
from schema.execution import limits
from schema.operations import schema as operations
from schema.portal import schema as portal
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer, a_member
from tests.makers.time import berlin
from tests.support.graphql import schema_queries
from tests.support.graphql.schema_client import SchemaClient
from tests.support.graphql.schema_queries import every_path, queries
from tests.support.secret_rows import everything_known, make_people_secret
from tests.support.secret_statuses import SECRET

pytestmark = [pytest.mark.thorough, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
SECRETS = (SECRET, "45.67", "45,67")
VISITED = ["account", "accounts", "contact", "member", "members", "message", "messages", "operator", "auditEntries"]
READERS = [ActorKind.MEMBER, ActorKind.STAFF_ASSIGNED]
OF_ADMINISTRATORS = re.compile(r"iban|bankName|approvalLimit|orderAccess|roles|maxReview|feePercent|taxNumber|auditEnt")


async def test_no_path_leads_to_people_of_other_orders(
    in_operations: SchemaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_COST", 10**9)
    monkeypatch.setattr(schema_queries, "DEEPEST", 2)
    case = await _people_with_secrets()
    actors = [await _a_reader(kind, case) for kind in READERS]
    found, visited = Counter[ActorKind](), set[str]()

    for query, variables in queries(operations._schema, await everything_known()):
        for actor in actors:
            answer = (await in_operations.fast_path.answer(query, variables, None, actor) or b"").decode()
            secrets = [secret for secret in SECRETS if secret in answer.upper()]
            assert not secrets, f"{actor.kind}: {query}\n{answer[:2000]}"
            found[actor.kind] += answer.count("Sichtbar")
        visited |= {name for name in VISITED if re.search(rf"^[^{{]*\{{ {name}\b", query)}

    assert ([kind for kind in READERS if not found[kind]], visited) == ([], set(VISITED))


@pytest.mark.parametrize("kind", READERS)
async def test_lists_count_only_the_people_of_own_orders(in_operations: SchemaClient, kind: ActorKind) -> None:
    actor = await _a_reader(kind, await _people_with_secrets())
    query = "{ members(first: 9) { totalCount } customers(first: 9) { totalCount } messages(first: 9) { totalCount } }"

    counts = {name: listed["totalCount"] for name, listed in (await in_operations.ask(query, actor)).items()}

    mails = 0 if kind is ActorKind.MEMBER else 1
    assert counts == {"members": 1, "customers": 1, "messages": mails}


async def test_moves_of_other_people_find_nothing(in_operations: SchemaClient) -> None:
    case = await _people_with_secrets()
    stranger = await _a_reader(ActorKind.MEMBER, case)
    contact = await Contact.get(customer_id=case.customer.id)

    payload = await in_operations.move(
        "contactAmend", stranger, {"id": external("con", contact.id), "name": "Kim"}, entity="contact { id name }"
    )

    assert [error["__typename"] for error in payload["errors"]] == ["NotFound"]
    assert SECRET not in json.dumps(payload)


def test_the_portal_schema_has_no_field_for_people_and_limits_of_the_operator() -> None:
    found = sorted(path for path in every_path(portal._schema) if OF_ADMINISTRATORS.search(path))

    assert found == ["InvoiceParty.bankName", "InvoiceParty.iban"], "invoices name the account that is paid to"
    assert not {"Account", "Member", "MemberDetails", "Message", "AuditEntry"} & portal._schema.type_map.keys()


async def _people_with_secrets() -> Case:
    """An offered order, mailed to its contact, whose member, customer and contact are secret to others."""
    await the_operator()
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, project=f"{SECRET} project")
    await make_people_secret(case.member)
    await Member.filter(id=case.member.id).update(name=f"{SECRET} member")
    await Customer.filter(id=case.customer.id).update(legal_name=f"{SECRET} GmbH", street=SECRET)
    account = await an_account(Role.CUSTOMER, email="geheim@kunde.example")
    await Account.filter(id=account.id).update(name=f"{SECRET} contact")
    await Contact.filter(customer_id=case.customer.id).update(
        name=f"{SECRET} contact", email="geheim@kunde.example", account_id=account.id
    )
    return case


async def _a_reader(kind: ActorKind, other: Case) -> Actor:
    """A member with an order of their own, or an employee to whom that order is assigned."""
    case = await an_order(
        OrderStatus.AWAITING_CUSTOMER,
        member=await a_member(),
        customer=await a_customer("Sichtbar GmbH"),
        project="Sichtbar Projekt",
    )
    assert case.order.id != other.order.id
    if kind is ActorKind.MEMBER:
        return case.by_member
    employee = await an_account(Role.STAFF)
    await case.move("assign", STAFF, Assignees(account_ids=(employee.id,)))
    await case.move("comment", STAFF, CommentText(text="Sichtbar", visibility=CommentVisibility.INTERNAL))
    return Actor(kind=kind, role=Role.STAFF, account_id=employee.id, name="Sam")
