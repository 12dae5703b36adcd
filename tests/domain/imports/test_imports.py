"""Imports: a file is checked, entered as a whole, and leaves its trace."""

import hashlib

import pytest
from tortoise import connections

from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.engine.model import Event
from domain.imports.model import DataImportStatus, ImportKind
from domain.kernel.errors import Refused
from domain.orders.model import OfferRevision, Order, OrderStatus, PlannedInvoice
from domain.parties.model import Collaboration, Contact, Customer, CustomerState, Member, MembershipStatus
from tests.makers.imports import MEMBER, a_file, checked, imported, the_example
from tests.makers.parties import STAFF, a_customer, a_member
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2025, 12, 1, 10))
MEMBERS, CUSTOMERS, ORDERS = ImportKind.MEMBERS, ImportKind.CUSTOMERS, ImportKind.ORDERS


async def test_members_come_with_their_numbers_and_the_series_of_their_orders() -> None:
    await imported(MEMBERS, the_example(MEMBERS))

    mara, tom = await Member.all().order_by("number")
    assert (mara.number, mara.name, mara.last_order_number, mara.iban) == (
        654,
        "Mara Malerin",
        779,
        "DE02120300000000202051",
    )
    assert (tom.number, tom.status, tom.street, tom.last_order_number) == (655, MembershipStatus.ACTIVE, None, 0)
    assert await the_events_of(mara.id) == ["member.import"]


async def test_customers_come_with_their_contact_and_their_member() -> None:
    await imported(MEMBERS, the_example(MEMBERS))

    await imported(CUSTOMERS, the_example(CUSTOMERS))

    customer = await Customer.get(legal_name="Müller & Söhne GmbH")
    contact = await Contact.get(customer_id=customer.id)
    assert (customer.status, customer.vat_id) == (CustomerState.KNOWN, "DE136695976")
    assert (contact.name, contact.email, customer.default_contact_id) == (
        "Karin Müller",
        "karin@mueller.example",
        contact.id,
    )
    member = await Member.get(number=654)
    assert await Collaboration.filter(member_id=member.id).count() == 2
    assert await the_events_of(customer.id) == ["customer.import"]


async def everything() -> None:
    for kind in (MEMBERS, CUSTOMERS, ORDERS):
        await imported(kind, the_example(kind))


async def test_orders_keep_numbers_statuses_and_days() -> None:
    await everything()

    done, active, offered = await Order.all().order_by("number")
    assert [each.number for each in (done, active, offered)] == ["AF-00654-0777", "AF-00654-0778", "AF-00654-0779"]
    assert [each.status for each in (done, active, offered)] == [
        OrderStatus.COMPLETED,
        OrderStatus.ACTIVE,
        OrderStatus.AWAITING_CUSTOMER,
    ]
    assert (active.activated_at, active.submitted_at) == (berlin(2025, 5, 10), berlin(2025, 5, 3))
    assert (active.confirmed_by, active.confirmed_revision, active.net_cents) == ("Karin Müller", 1, 350_050)
    assert done.completed_at == berlin(2025, 4, 2)
    assert [each.text for each in await PlannedInvoice.filter(order_id=active.id).order_by("position")] == [
        "Anzahlung",
        "Schlussrechnung",
    ]
    revision = await OfferRevision.get(order_id=active.id)
    assert (revision.revision, revision.content["number"]) == (1, "AF-00654-0778")


async def test_what_was_invoiced_before_is_settled_and_the_rest_is_invoiced_here() -> None:
    await everything()

    lines = await connections.get("default").execute_query_dict(
        "SELECT l.text, l.status FROM billable_lines l JOIN orders o ON o.id = l.order_id ORDER BY o.number, l.text"
    )

    assert [(each["text"], each["status"]) for each in lines] == [
        ("Drei Werbetafeln", "CANCELED"),
        ("Anzahlung", "CANCELED"),
        ("Schlussrechnung", "CONFIRMED"),
    ]


async def test_an_imported_offer_is_mailed_with_its_own_link_and_expires_on_its_last_day() -> None:
    await everything()

    offered = await Order.get(number="AF-00654-0779")
    sql = "SELECT name, recipient_role, link_id FROM outbox WHERE order_id = $1"
    (message,) = await connections.get("default").execute_query_dict(sql, [offered.id])
    assert (message["name"], message["recipient_role"]) == ("order.approve", "CUSTOMER")
    assert message["link_id"] is not None
    sql = "SELECT due_at FROM deadlines WHERE subject_id = $1 AND kind = 'order.expire' AND state = 'PENDING'"
    (deadline,) = await connections.get("default").execute_query_dict(sql, [offered.id])
    assert deadline["due_at"] == berlin(2099, 2, 1)


async def test_the_series_of_a_member_goes_on_after_imported_numbers() -> None:
    member = await a_member()
    customer = await a_customer(vat_id="DE136695976")
    number = f"AF-{member.number:05}-0040"
    row = {"number": number, "status": "DRAFT", "member_number": member.number, "customer_vat_id": customer.vat_id}

    await imported(ORDERS, a_file(row))

    await member.refresh_from_db()
    assert member.last_order_number == 40


async def test_an_import_is_kept_in_the_audit_trail_and_the_history_stays_intact() -> None:
    content = the_example(MEMBERS)

    data_import = await imported(MEMBERS, content)

    sha256 = hashlib.sha256(content).hexdigest()
    assert (data_import.status, data_import.sha256, data_import.row_count, data_import.text) == (
        DataImportStatus.IMPORTED,
        sha256,
        2,
        "",
    )
    assert await the_events_of(data_import.id) == ["dataImport.check", "dataImport.run"]
    event = await Event.get(subject_id=data_import.id, name="dataImport.run")
    assert event.actor_name == "Sam Staff"
    (audit,) = await connections.get("default").execute_query_dict(
        "SELECT detail->>'file' AS file, detail->>'sha256' AS sha256, detail->>'count' AS count FROM audit"
        " WHERE action = 'dataImport.run'"
    )
    assert audit == {"file": "alt.csv", "sha256": sha256, "count": "2"}
    assert await broken_chains(connections.get("default")) == []


async def test_a_check_enters_nothing() -> None:
    data_import = await checked(MEMBERS, the_example(MEMBERS))

    assert (data_import.status, data_import.row_count) == (DataImportStatus.CHECKED, 2)
    assert await Member.all().count() == 0


async def test_what_became_wrong_since_the_check_is_found_when_it_is_imported() -> None:
    data_import = await checked(MEMBERS, a_file(MEMBER, {"number": 655, "name": "Tom Texter"}))
    await Member.create(number=655, name="Schon da")

    with pytest.raises(Refused) as refused:
        await execute(Command(noun="dataImport", move="run", subject_id=data_import.id), STAFF)

    assert [each.reason for each in refused.value.refusals] == ["import_member_exists"]
    assert await Member.all().count() == 1
