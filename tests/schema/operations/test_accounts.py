"""Accounts in the operations schema: who finds which, and what an invitation answers."""

import pytest

from domain.access.model import LinkPurpose
from domain.accounts.authentication.credentials import holder_actor
from domain.accounts.model import Account, AccountStatus
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.ids import external
from domain.parties.model import Contact
from tests.makers.accounts import an_account
from tests.makers.invitations import an_invitation, the_link
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member, acting_for_member, working_together
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.database
ACCOUNTS = "query ($where: AccountWhere) { accounts(first: 50, where: $where) { nodes { email status } totalCount } }"
ACCOUNT = """query ($id: ID!) { account(id: $id) { email isActive statusLabel contacts { name } member { name }
    openActions { name allowed } } }"""
INVITED_CONTACT = "query ($id: ID!) { contact(id: $id) { email account { status } customer { legalName } } }"


async def emails(schema: SchemaClient, actor: Actor, **where: object) -> set[str]:
    found = await schema.ask(ACCOUNTS, actor, where=where or None)
    return {node["email"] for node in found["accounts"]["nodes"]}


async def test_administrators_find_all_and_filter_by_status_role_and_text(in_operations: SchemaClient) -> None:
    await an_account(Role.FINANCE, email="fay@werkstand.example")
    await an_account(Role.CUSTOMER, email="kim@kunde.example", is_active=False)
    await an_invitation()

    assert len(await emails(in_operations, ADMIN)) == 3
    assert await emails(in_operations, ADMIN, status={"in": ["INVITED"]}) == {"nele@werkstand.example"}
    assert await emails(in_operations, ADMIN, role="FINANCE") == {"fay@werkstand.example"}
    assert await emails(in_operations, ADMIN, search="KUNDE") == {"kim@kunde.example"}


async def test_employees_find_colleagues_and_invitations_of_contacts_but_no_customer(
    in_operations: SchemaClient,
) -> None:
    contact = await Contact.get(customer_id=(await a_customer()).id)
    await an_account(Role.FINANCE, email="fay@werkstand.example")
    await an_account(Role.CUSTOMER, email="other@kunde.example")
    await an_invitation(STAFF, contact_id=contact.id)

    assert await emails(in_operations, STAFF) == {"fay@werkstand.example", "kim@kunde.example"}
    assert await emails(in_operations, FINANCE) == {"fay@werkstand.example"}


async def test_a_member_finds_the_invitation_of_an_own_contact_only(in_operations: SchemaClient) -> None:
    member, stranger, customer = await a_member(), await a_member("Somebody else"), await a_customer()
    await working_together(member, customer)
    contact = await Contact.get(customer_id=customer.id)
    await an_invitation(acting_for_member(member), contact_id=contact.id)
    contact_id = external("con", contact.id)

    found = await in_operations.ask(INVITED_CONTACT, acting_for_member(member), id=contact_id)
    hidden = await in_operations.ask(INVITED_CONTACT, acting_for_member(stranger), id=contact_id)

    assert found["contact"]["account"] == {"status": "INVITED"}
    assert hidden["contact"] is None


async def test_an_administrator_sees_what_can_be_done_with_an_account(in_operations: SchemaClient) -> None:
    account = await an_account(Role.STAFF)

    found = await in_operations.ask(ACCOUNT, ADMIN, id=external("acc", account.id))

    assert (found["account"]["isActive"], found["account"]["statusLabel"]) == (True, "Active")
    assert [action["name"] for action in found["account"]["openActions"]] == [
        "deactivate",
        "setRoles",
        "setOrderAccess",
        "setApprovalLimit",
        "chooseMails",
    ]


async def test_only_null_takes_the_approval_limit_away(in_operations: SchemaClient) -> None:
    employee = await an_account(Role.FINANCE)
    limits = []

    for given in ({"approvalLimit": "500.00"}, {}, {"approvalLimit": None}):
        payload = await in_operations.move(
            "accountSetApprovalLimit",
            ADMIN,
            {"id": external("acc", employee.id), **given},
            entity="account { approvalLimit { amount } }",
        )
        limits.append(payload["account"]["approvalLimit"])

    assert limits == [{"amount": "500.00"}, {"amount": "500.00"}, None]


async def test_an_invitation_through_the_api_answers_with_the_account(in_operations: SchemaClient) -> None:
    given = {"email": "nele@werkstand.example", "name": "Nele Neu", "roles": ["STAFF"]}

    payload = await in_operations.move("accountInvite", ADMIN, given, entity="account { status roles }")

    assert payload["account"] == {"status": "INVITED", "roles": ["STAFF"]}
    assert (await Account.get()).status is AccountStatus.INVITED


async def test_what_a_holder_does_alone_is_no_mutation(in_operations: SchemaClient) -> None:
    mutations = in_operations.schema._schema.mutation_type
    assert mutations is not None

    assert {name for name in mutations.fields if name.startswith("account")} == {
        "accountInvite",
        "accountResendInvitation",
        "accountDeactivate",
        "accountReactivate",
        "accountSetRoles",
        "accountSetOrderAccess",
        "accountSetApprovalLimit",
        "accountChooseMails",
        "accountErase",
    }


async def test_a_holder_by_link_reads_nothing_but_the_own_account(in_operations: SchemaClient) -> None:
    account, _ = await an_invitation(), await an_account(Role.ADMIN)
    link = await the_link(account, LinkPurpose.INVITATION)
    holder = holder_actor(account.id, name="Nele", language="en", link_id=link.id)

    found = await in_operations.slowly(ACCOUNTS, holder)

    assert holder.kind is ActorKind.ACCOUNT
    assert [node["email"] for node in found["accounts"]["nodes"]] == [account.email]
