"""Mails that people do without: left out at sending, except those that have to arrive."""

from typing import Any

import pytest
from lxml import html

from domain.accounts.authentication.credentials import actor_of_account
from domain.accounts.mail_choices import GROUPS_OF_ROLE, MailGroup, group_of
from domain.accounts.model import Account
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import external
from domain.orders.inputs import CommentText, RequiredComment
from domain.orders.model import CommentVisibility, OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.registry import REGISTRY
from settings import Settings
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer, a_member
from tests.support.account_client import Target
from tests.support.fixtures import in_operations as in_operations
from tests.support.fixtures import site as site
from tests.support.graphql.schema_client import SchemaClient
from tests.support.inbox import Inbox
from tests.support.site import Site
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.database

CHOICES = "{ viewer { account { mailChoices { group label wanted requiredBecause } } } }"
OF_OTHERS = "query($id: ID!) { account(id: $id) { mailChoices { group } } }"
BELL = "{ notifications(first: 9) { nodes { name } } }"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def acting(account: Account, role: Role) -> Actor:
    actor = await actor_of_account(account.id, role)
    assert actor is not None
    return actor


async def choose(side: SchemaClient, account: Account, actor: Actor, *unwanted: str) -> Any:
    return await side.move("accountChooseMails", actor, {"id": external("acc", account.id), "unwanted": [*unwanted]})


async def a_member_who_does_without_orders(side: SchemaClient) -> tuple[Case, Account, Actor]:
    """The member of an order in review, who wants no mails about orders."""
    member = await a_member()
    account = await a_member_account(member)
    actor = await acting(account, Role.MEMBER)
    answer = await choose(side, account, actor, "ORDERS")
    assert answer["errors"] == []
    return await an_order(OrderStatus.IN_REVIEW, member=member), account, actor


async def test_an_unwanted_mail_is_left_out_and_stands_under_the_bell(
    in_operations: SchemaClient, dispatcher: Dispatcher, smtp: Inbox
) -> None:
    case, account, actor = await a_member_who_does_without_orders(in_operations)
    await case.move("comment", STAFF, CommentText(text="Hello", visibility=CommentVisibility.MEMBER))
    await case.move("sendBack", STAFF, RequiredComment(comment="Please say more."))

    await dispatcher.send_waiting()

    told = await OutboxMessage.filter(account_id=account.id).order_by("id")
    assert {message.name: message.state for message in told} == {
        "order.comment": MessageState.SENT,
        "order.sendBack": MessageState.UNWANTED,
    }
    assert len(smtp.mails_to(account.email)) == 1
    bell = await in_operations.ask(BELL, actor)
    assert {node["name"] for node in bell["notifications"]["nodes"]} == {"order.comment", "order.sendBack"}


async def test_the_choice_holds_at_the_moment_of_sending(
    in_operations: SchemaClient, dispatcher: Dispatcher, smtp: Inbox
) -> None:
    case, account, actor = await a_member_who_does_without_orders(in_operations)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please say more."))
    await choose(in_operations, account, actor)

    await dispatcher.send_waiting()

    assert len(smtp.mails_to(account.email)) == 1


async def test_what_has_to_arrive_arrives(in_operations: SchemaClient, dispatcher: Dispatcher, smtp: Inbox) -> None:
    member = await a_member()
    account = await a_member_account(member)
    actor = await acting(account, Role.MEMBER)
    everything = [group for group in GROUPS_OF_ROLE[Role.MEMBER] if group is not MailGroup.MEMBERSHIP]
    await choose(in_operations, account, actor, *everything)
    refused = await choose(in_operations, account, actor, "ORDERS", "MEMBERSHIP")
    await execute(Command(noun="member", move="pause", subject_id=member.id), STAFF)

    await dispatcher.send_waiting()

    assert [(each["reason"], each["path"]) for each in refused["errors"]] == [("mails_are_required", ["unwanted", "1"])]
    assert [message.name for message in await OutboxMessage.filter(state=MessageState.SENT)] == ["member.pause"]


async def test_choices_are_listed_for_their_holder_alone(in_operations: SchemaClient) -> None:
    account, colleague = await an_account(Role.FINANCE), await an_account(Role.FINANCE)
    actor = await acting(account, Role.FINANCE)
    await choose(in_operations, account, actor, "PAYMENTS")

    own = (await in_operations.ask(CHOICES, actor))["viewer"]["account"]["mailChoices"]
    others = await in_operations.ask(OF_OTHERS, actor, id=external("acc", colleague.id))
    refused = await choose(in_operations, colleague, actor, "PAYMENTS")

    assert [(each["group"], each["wanted"], each["requiredBecause"] is None) for each in own] == [
        ("INVOICES", True, True),
        ("PAYMENTS", False, True),
        ("CLAIMS", True, True),
        ("ALARMS", True, False),
        ("ACCOUNT", True, False),
    ]
    assert others["account"]["mailChoices"] is None
    assert refused["errors"][0]["reason"] == "on_oneself_only"


async def test_the_page_of_ones_account_offers_the_choice_with_its_reasons(site: Site) -> None:
    account, client = await an_account(Role.STAFF), Target(site.dependencies, site.client)
    page = html.fromstring((await client.get("/account", account)).text)
    offered = page.xpath("//input[@name='mails']/@value")

    answer = await client.post("/account", account, {"do": "mails", "mails": ["ORDERS", "MEMBERS"]})

    assert answer.status_code == 303
    assert offered == ["ORDERS", "COMMENTS", "CLIENT_STATUSES", "INVOICES", "MEMBERS"]
    assert "deadlines pass" in page.text_content()
    await account.refresh_from_db()
    assert account.unwanted_mails == ["COMMENTS", "CLIENT_STATUSES", "INVOICES"]


async def test_a_customers_page_says_which_mails_always_come_and_why(site: Site) -> None:
    account = await a_customer_account(await a_customer())

    page = html.fromstring((await Target(site.dependencies, site.client).get("/account", account)).text)

    assert page.xpath("//input[@name='mails']") == []
    assert page.xpath("//article[@aria-labelledby='mails']//a/@href") == ["/settings"]
    assert "Silence counts as acceptance" in page.text_content()


def test_each_role_can_choose_among_all_that_it_is_told() -> None:
    told = {
        (role, group_of(event, role))
        for event, (_, move) in REGISTRY.events.items()
        for role in move.notifies & GROUPS_OF_ROLE.keys()
    }

    of_nobody = {(role, group) for role, group in told if group not in GROUPS_OF_ROLE[role]}
    assert {group for _, group in of_nobody} <= {MailGroup.ACCOUNT}  # What everyone gets.
