"""Open invoices of an earlier system: they become open items as a whole, or every fault is named."""

from datetime import date
from decimal import Decimal

import pytest

from domain.bank.inputs import LeastConfidence
from domain.commands import execute
from domain.engine.commands import Command
from domain.imports.model import DataImport, ImportKind
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.parties.model import Customer
from domain.receivables.inputs import Payment, WriteOff
from domain.receivables.model import Receivable, ReceivableStatus
from tests.makers.bank_files import Entry, camt
from tests.makers.bank_files import imported as a_bank_file
from tests.makers.billing import the_operator
from tests.makers.imports import a_file, checked, imported, the_example
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer
from tests.makers.receivables import a_receivable
from tests.makers.records import the_events_of
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
OPEN_INVOICES = ImportKind.OPEN_INVOICES
ROW = {
    "number": "2025-1042",
    "issued_on": "2026-01-15",
    "due_on": "2026-01-29",
    "amount": "1190,00",
    "customer_name": "Kunde XYZ",
    "customer_postcode": "10115",
}
READ = """query { receivables { nodes { invoiceNumber isOpeningBalance daysOverdue invoice { id }
    customer { legalName } remaining { amount } } } }"""


async def taken_over(**more: str) -> Receivable:
    await a_customer()
    await imported(OPEN_INVOICES, a_file(ROW | more), FINANCE)
    return await Receivable.get(opening_number=(ROW | more)["number"])


async def test_the_example_becomes_open_items_once_its_customers_are_here() -> None:
    await imported(ImportKind.MEMBERS, the_example(ImportKind.MEMBERS))
    await imported(ImportKind.CUSTOMERS, the_example(ImportKind.CUSTOMERS))

    await imported(OPEN_INVOICES, the_example(OPEN_INVOICES), ADMIN)

    rows = await Receivable.all().order_by("opening_number")
    assert [(row.opening_number, row.amount_cents, row.due_on) for row in rows] == [
        ("2025-1042", 1_190_00, date(2025, 10, 20)),
        ("2025-1043", 595_50, date(2025, 10, 27)),
        ("2025-1051", 89_25, date(2025, 12, 8)),
    ]
    assert {row.status for row in rows} == {ReceivableStatus.OPEN}
    assert rows[0].customer_id == (await Customer.get(legal_name="Müller & Söhne GmbH")).id
    assert await the_events_of(rows[0].id) == ["receivable.import"]


async def test_finance_reads_it_with_its_customer_and_without_an_invoice(in_operations: SchemaClient) -> None:
    await taken_over()

    found = await in_operations.ask(READ, FINANCE)

    assert found["receivables"]["nodes"] == [
        {
            "invoiceNumber": "2025-1042",
            "isOpeningBalance": True,
            "daysOverdue": 62,
            "invoice": None,
            "customer": {"legalName": "Kunde XYZ"},
            "remaining": {"amount": "1190.00"},
        }
    ]


async def test_nobody_but_finance_sees_it(in_operations: SchemaClient) -> None:
    await taken_over()

    assert (await in_operations.ask(READ, STAFF))["receivables"]["nodes"] == []


async def test_it_is_paid_in_part_and_the_rest_is_given_up() -> None:
    row = await taken_over(amount="95.00")
    for move, takes in (
        ("recordPayment", Payment(amount=Decimal(50), received_on=date(2026, 4, 1))),
        ("writeOff", WriteOff(reason="Insolvent.")),
    ):
        await execute(Command(noun="receivable", move=move, subject_id=row.id, input=takes), FINANCE)

    await row.refresh_from_db()
    assert (row.status, row.paid_cents, row.written_off_cents) == (ReceivableStatus.PARTLY_PAID, 50_00, 45_00)


async def test_a_bank_file_pays_it_by_its_number() -> None:
    await the_operator()
    row = await taken_over()
    file_id = await a_bank_file(camt(Entry(amount="1190.00", reference="Rechnung 2025 1042")))

    book = Command(noun="bankFile", move="bookSuggestions", subject_id=file_id, input=LeastConfidence())
    await execute(book, FINANCE)

    await row.refresh_from_db()
    assert row.status is ReceivableStatus.PAID


async def test_every_fault_is_named_by_line_and_column_and_nothing_is_entered() -> None:
    number = (await a_receivable()).billed.invoice.number
    content = a_file(
        ROW,
        ROW,
        ROW | {"number": number, "customer_name": "Nie gehört"},
        ROW | {"number": "=1+1", "amount": "viel", "issued_on": "31.02.2026"},
        ROW | {"number": "A-1", "amount": "0", "issued_on": "2026-04-02"},
        ROW | {"number": "A-2", "amount": "1.001", "due_on": "2026-01-14"},
        ROW | {"number": "A-3", "customer_name": ""},
    )

    with pytest.raises(Refused) as refused:
        await checked(OPEN_INVOICES, content, FINANCE)

    assert sorted((each.path[1], each.path[2], each.reason) for each in refused.value.refusals) == [
        ("3", "number", "import_repeated"),
        ("4", "customer_name", "import_customers_found"),
        ("4", "number", "import_invoice_exists"),
        ("5", "amount", "import_no_decimal"),
        ("5", "issued_on", "import_no_day"),
        ("5", "number", "import_formula"),
        ("6", "amount", "amount_not_positive"),
        ("6", "issued_on", "day_in_future"),
        ("7", "amount", "more_than_two_decimals"),
        ("7", "due_on", "due_before_issued"),
        ("8", "customer_name", "import_customers_found"),
    ]
    assert (await DataImport.all().count(), await Receivable.filter(invoice_id=None).count()) == (0, 0)


async def test_what_is_open_already_is_not_taken_over_again() -> None:
    await taken_over()

    with pytest.raises(Refused) as refused:
        await checked(OPEN_INVOICES, a_file(ROW), FINANCE)

    assert [each.reason for each in refused.value.refusals] == ["import_invoice_exists"]


@pytest.mark.parametrize(
    ("kind", "actor", "reason"),
    [(ImportKind.MEMBERS, FINANCE, "import_kind_of_staff"), (OPEN_INVOICES, STAFF, "import_kind_of_finance")],
)
async def test_employees_and_finance_import_what_is_theirs(kind: ImportKind, actor: Actor, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await checked(kind, the_example(kind), actor)

    assert [each.reason for each in refused.value.refusals] == [reason]
