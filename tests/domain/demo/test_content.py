"""Content of the demo, seeded once for this file: complete and with its history."""

from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest_asyncio
from tortoise import connections

from domain.accounts.authentication.passwords import matches
from domain.accounts.model import Account, AccountStatus
from domain.bulk.model import BulkOperation, BulkSubject
from domain.client_status.contradictions.rules import CONTRADICTS
from domain.client_status.model import ClientStatus, Visibility
from domain.database import clock
from domain.database.anchors import anchor_finished_days
from domain.deliveries.model import Defect, Delivery, DeliveryStatus
from domain.demo import seed
from domain.engine import event_log
from domain.engine.model import Deadline, DeadlineState, Event
from domain.imports.model import DataImport, DataImportStatus, ImportKind
from domain.orders.model import Order, OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, Customer, CustomerKind, CustomerState, Member, MembershipStatus
from domain.verification.verify import verify
from settings import Settings
from tests.makers.records import the_events_of
from tests.makers.time import berlin
from tests.support.demo_content import shows_every_status
from tests.support.servers import TestDatabase

PASSWORD = "ein langes Passwort"
SELECT_CONTRADICTING = f"""SELECT o.project FROM client_statuses s JOIN orders o ON o.id = s.id
    WHERE {CONTRADICTS.replace("{t}", "s").replace("{o}", "o")}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def now(own_database: TestDatabase, pools: None) -> AsyncIterator[datetime]:
    frozen = await clock.freeze(berlin(2026, 11, 20, 8, 30))
    await seed(PASSWORD)
    yield frozen
    await own_database.clean()


async def test_it_shows_every_status() -> None:
    await shows_every_status()
    assert await ClientStatus.filter(visibility=Visibility.SHOWN).count() >= 5
    assert 38 <= await Order.all().count() <= 48


async def test_it_holds_the_order_everybody_knows() -> None:
    order = await Order.get(number="AF-00654-0779")

    customer = await Customer.get(orders__id=order.id)
    assert (order.project, customer.legal_name) == ("Projekt ABC", "Kunde XYZ")
    assert (order.net_cents, order.budget_inflow_cents) == (50_000, 45_500)
    assert order.status is OrderStatus.ACTIVE


async def test_its_people_sign_in_with_the_given_password() -> None:
    accounts = await Account.all()

    assert {account.email.removesuffix("@werkstand.example") for account in accounts} == {
        "member",
        "member2",
        "customer",
        "consumer",
        "staff",
        "finance",
        "finance2",
        "admin",
        "office",
        "former",
        "invited",
        "nele@xyz.example",
    }
    assert not any(account.must_change_password for account in accounts)
    hashes = [account.password_hash for account in accounts if account.status is not AccountStatus.INVITED]
    assert len(hashes) == 10
    for password_hash in set(hashes):
        assert await matches(PASSWORD, password_hash)


async def test_one_of_them_has_two_roles_one_left_and_one_was_only_invited() -> None:
    office, former, invited = [
        await Account.get(email=f"{key}@werkstand.example") for key in ("office", "former", "invited")
    ]

    assert (office.roles, office.status) == (["STAFF", "FINANCE"], AccountStatus.ACTIVE)
    assert await matches(PASSWORD, office.password_hash)
    assert (former.status, invited.status) == (AccountStatus.DEACTIVATED, AccountStatus.INVITED)


async def test_there_are_three_members_and_eight_customers_one_of_them_a_consumer() -> None:
    assert await Member.all().count() == 3
    assert await Customer.all().count() == 8
    assert await Customer.filter(kind=CustomerKind.CONSUMER).count() == 1


async def test_a_member_is_paused_a_second_contact_invited_and_another_customer_may_be_a_duplicate() -> None:
    paused = await Member.get(status=MembershipStatus.PAUSED)
    contacts = await Contact.filter(customer__legal_name="Kunde XYZ").order_by("id").prefetch_related("account")
    proposed = await Customer.get(status=CustomerState.PROPOSED)

    assert (paused.number, paused.account_id) == (802, None)
    assert [contact.account and contact.account.status for contact in contacts] == [
        AccountStatus.ACTIVE,
        AccountStatus.INVITED,
    ]
    assert await Customer.filter(vat_id=proposed.vat_id).count() == 2


async def test_files_were_imported_and_many_rows_changed_at_once() -> None:
    imports = {each.kind: each.status for each in await DataImport.all()}
    operations = await BulkOperation.all().order_by("created_at")

    assert imports == dict.fromkeys((ImportKind.CUSTOMERS, ImportKind.OPEN_INVOICES), DataImportStatus.IMPORTED)
    assert [(each.subject, each.applied, each.total) for each in operations] == [
        (BulkSubject.ORDER, 3, 3),
        (BulkSubject.ORDER, 2, 2),
        (BulkSubject.INVOICE, 3, 3),
        (BulkSubject.CLAIM, 3, 3),
    ]


async def test_the_clock_stands_where_it_stood_and_nothing_is_overdue(now: datetime) -> None:
    overdue = await Deadline.filter(state=DeadlineState.PENDING, due_at__lte=now)

    assert await clock.now(connections.get("default")) == now
    assert [deadline.kind for deadline in overdue] == []
    assert await Deadline.filter(state=DeadlineState.FAILED).count() == 0


async def test_its_history_was_written_in_the_past_and_its_chains_hold(now: datetime) -> None:
    assert await Event.filter(at__gt=now).count() == 0
    assert await event_log.broken_chains(connections.get("default")) == []


async def test_its_history_is_verified_with_its_days_its_offers_and_its_numbers(
    own_database: TestDatabase, settings: Settings
) -> None:
    await anchor_finished_days()

    report = await verify(own_database.url, settings.storage_url)

    assert report.findings == []
    assert (report.events > 400, report.rows > 40, report.documents > 5) == (True, True, True)


async def test_what_nobody_answered_was_accepted_by_the_clock() -> None:
    order = await Order.get(project="Fotostrecke Produktneuheiten")
    delivery = await Delivery.get(order_id=order.id)

    assert await the_events_of(delivery.id) == [
        "delivery.create",
        "delivery.describe",
        "delivery.submit",
        "delivery.autoAccept",
    ]


async def test_only_messages_whose_links_still_work_wait_to_be_sent() -> None:
    waiting = await OutboxMessage.filter(state=MessageState.PENDING, digest_at=None)

    asked = {"order.approve", "order.proposeDue", "delivery.submit", "delivery.resubmit", "supplement.offer"}
    assert {message.name for message in waiting if message.subject_kind != "clientStatus"} == asked
    assert 5 <= len(waiting) <= 14
    assert await OutboxMessage.filter(state=MessageState.FAILED, name="invoice.print").count() == 1


async def test_contacts_without_an_account_wait_for_one_status_mail_each() -> None:
    waiting = await OutboxMessage.filter(state=MessageState.PENDING, digest_at=None, subject_kind="clientStatus")

    contacts = [message.contact_id for message in waiting]
    assert 1 <= len(contacts) == len(set(contacts)) <= 3
    assert await Contact.filter(id__in=contacts, account_id=None).count() == len(contacts)


async def test_telling_it_again_changes_nothing() -> None:
    before = await Event.all().count()

    assert await seed(PASSWORD) is False

    assert await Event.all().count() == before


async def test_some_client_statuses_contradict_the_facts() -> None:
    found = await connections.get("default").execute_query_dict(SELECT_CONTRADICTING)

    projects = {row["project"] for row in found}
    assert "Vorschau Frühjahrsprogramm" in projects
    assert len(projects) <= 5


async def test_a_day_of_delivery_waits_for_an_answer_and_another_was_agreed(now: datetime) -> None:
    (waiting,) = await Order.filter(due_proposed_on__isnull=False)
    (agreed,) = await Event.filter(name="order.acceptDue")

    assert (waiting.project, waiting.due_proposed_on) == ("Kundenmagazin Winter", date(2026, 11, 26))
    assert (await Order.get(id=agreed.order_id)).delivery_due_at == berlin(2026, 12, 2, 18)


async def test_a_delivery_that_is_put_right_has_its_defects_at_file_and_page_and_some_answered() -> None:
    delivery = await Delivery.get(order__project="Verpackung Pralinen")

    defects = await Defect.filter(delivery=delivery).order_by("id").prefetch_related("file")
    named = [(each.file.name if each.file else None, each.page, each.corrected_at is not None) for each in defects]
    assert delivery.status is DeliveryStatus.REVISION_REQUESTED
    assert named == [("Schachteln.pdf", 1, True), ("Schachtel offen.png", None, False), (None, None, False)]
    assert [each.answer is not None for each in defects] == [False, True, False]


async def test_an_offer_was_made_again_with_changes() -> None:
    order = await Order.get(project="Imagebroschüre")

    assert (order.status, order.offer_revision) == (OrderStatus.AWAITING_CUSTOMER, 2)
