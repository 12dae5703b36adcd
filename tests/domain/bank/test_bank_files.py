"""Bank files: imported once and as a whole, booked one by one or all that is sure, and undone."""

import asyncio
from collections.abc import Awaitable
from decimal import Decimal
from uuid import UUID

import pytest

from domain.bank.inputs import Booking, LeastConfidence, ShareInput, Undoing
from domain.bank.model import BankFile, BankTransaction, BankTransactionStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.kernel.ids import external, new_id
from domain.operator.model import OperatorSettings
from domain.receivables.model import EntryKind, ReceivableStatus
from tests.makers.bank_files import (
    Entry,
    a_transaction,
    bank_file_content,
    camt,
    imported,
    move_transaction,
    paying,
    transactions_of,
)
from tests.makers.billing import someone_in_finance, the_operator
from tests.makers.parties import FINANCE, STAFF
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

SUGGESTED = """query ($id: ID!) { bankTransaction(id: $id) { status amount { amount } suggestions { confidence reasons
    explanation shares { invoiceNumber amount } } } }"""
IMPORT = """mutation ($content: String!) { bankFileImport(input: { fileName: "a.xml", content: $content }) {
    bankFile { transactionCount openCount } errors { reason message path } } }"""


def pays(owed: Owed, **more: str) -> Entry:
    return Entry(reference=str(owed.billed.invoice.number), **more)  # type: ignore[arg-type]


async def book_sure(file_id: UUID) -> None:
    least = LeastConfidence(confidence=90)
    await execute(Command(noun="bankFile", move="bookSuggestions", subject_id=file_id, input=least), FINANCE)


async def reasons_of(attempt: Awaitable[object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        await attempt
    return [each.reason for each in refused.value.refusals]


async def test_a_file_is_imported_once() -> None:
    content = camt(Entry(), Entry(direction="DBIT", amount="20.00"))
    file_id = await imported(content)

    income, expense = await transactions_of(file_id)
    assert (income.status, expense.status) == (BankTransactionStatus.OPEN, BankTransactionStatus.SET_ASIDE)
    assert await reasons_of(imported(content)) == ["bank_file_known"]


async def test_of_two_imports_of_one_file_at_once_one_is_refused() -> None:
    content = camt(Entry())

    outcomes = await asyncio.gather(imported(content), imported(content), return_exceptions=True)

    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert [each.refusals[0].reason for each in refused] == ["bank_file_known"]
    assert (len(outcomes), await BankFile.all().count(), await BankTransaction.all().count()) == (2, 1, 1)


async def test_a_broken_file_leaves_nothing() -> None:
    assert await reasons_of(imported(camt(Entry(), closing="1.00"))) == ["bank_totals_wrong"]

    assert not await BankFile.exists()
    assert not await BankTransaction.exists()


async def test_equal_bookings_of_a_day_are_two_and_known_ones_are_left_out() -> None:
    await imported(camt(Entry(), Entry()))

    file_id = await imported(camt(Entry(), Entry(), Entry(), number="2026-092"))

    file = await BankFile.get(id=file_id)
    assert (file.transaction_count, file.known_count) == (1, 2)
    assert await BankTransaction.all().count() == 3


async def test_a_transaction_is_booked_as_payment_and_undone() -> None:
    owed, _, transaction = await a_transaction()
    fay = await someone_in_finance()

    transaction = await move_transaction(transaction, "book", paying((owed, "595.00")), fay)
    await owed.refresh()

    (entry,) = await owed.entries()
    assert (transaction.status, owed.row.status) == (BankTransactionStatus.BOOKED, ReceivableStatus.PAID)
    assert (entry.bank_transaction_id, entry.entered_by_id) == (transaction.id, fay.account_id)

    transaction = await move_transaction(transaction, "undo", Undoing(reason="Another customer."), fay)
    await owed.refresh()

    assert (transaction.status, owed.row.status) == (BankTransactionStatus.OPEN, ReceivableStatus.OPEN)
    assert [each.kind for each in await owed.entries()] == [EntryKind.PAYMENT, EntryKind.PAYMENT_REVERSAL]


async def test_one_transaction_pays_several() -> None:
    first, second = await a_receivable(), await a_receivable(net="100.00")
    file_id = await imported(camt(Entry(amount="714.00")))
    (transaction,) = await transactions_of(file_id)

    assert await reasons_of(move_transaction(transaction, "book", paying((first, "595.00"), (second, "118.00")))) == [
        "bank_shares_do_not_add_up"
    ]
    await move_transaction(transaction, "book", paying((first, "595.00"), (second, "119.00")))

    for owed in (first, second):
        await owed.refresh()
        assert owed.row.status is ReceivableStatus.PAID


async def test_an_unknown_receivable_is_refused_and_nothing_is_booked() -> None:
    owed, _, transaction = await a_transaction()
    unknown = ShareInput(receivable_id=new_id(), amount=Decimal("95.00"))
    known = ShareInput(receivable_id=owed.row.id, amount=Decimal("500.00"))

    found = await reasons_of(move_transaction(transaction, "book", Booking(shares=(known, unknown))))

    assert (found, await owed.entries()) == (["bank_receivable_unknown"], [])


async def test_what_is_sure_is_booked_at_once_and_a_double_payment_is_not() -> None:
    owed, part = await a_receivable(), await a_receivable(net="200.00")
    file_id = await imported(
        camt(pays(owed), pays(owed), pays(part, amount="100.00"), Entry(reference="Danke", amount="12.34"))
    )

    await book_sure(file_id)

    booked, double, partial, unknown = await transactions_of(file_id)
    assert booked.status is BankTransactionStatus.BOOKED
    assert {each.status for each in (double, partial, unknown)} == {BankTransactionStatus.OPEN}
    await owed.refresh()
    assert owed.row.paid_cents == 595_00


async def test_suggestions_are_read_with_their_reasons(in_operations: SchemaClient) -> None:
    owed, _, transaction = await a_transaction()
    key = external("btx", transaction.id)

    (found,) = (await in_operations.ask(SUGGESTED, FINANCE, id=key))["bankTransaction"]["suggestions"]

    assert found["confidence"] == 100
    assert found["reasons"] == ["NUMBER", "AMOUNT", "NAME"]
    assert found["shares"] == [{"invoiceNumber": owed.billed.invoice.number, "amount": "595.00"}]
    assert (await in_operations.ask(SUGGESTED, STAFF, id=key))["bankTransaction"] is None


async def test_a_broken_file_is_refused_with_its_line(in_operations: SchemaClient) -> None:
    broken = bank_file_content(camt(Entry(currency="USD"))).content

    payload = (await in_operations.slowly(IMPORT, FINANCE, content=broken))["bankFileImport"]

    (error,) = payload["errors"]
    assert (payload["bankFile"], error["reason"], error["path"]) == (None, "bank_currency_wrong", ["content"])
    assert "8" in error["message"]


async def test_of_accounts_that_are_not_the_operators_nothing_is_read() -> None:
    await the_operator()
    other = camt(Entry(), account="DE02100500000024290661")
    assert await reasons_of(imported(other)) == ["bank_account_unknown"]

    await OperatorSettings.all().update(further_ibans="DE02 5001 0517 0137 0750 30, DE02 1005 0000 0024 2906 61")

    assert len(await transactions_of(await imported(other))) == 1


async def test_no_day_that_is_more_than_a_week_ahead_is_read() -> None:
    assert await reasons_of(imported(camt(Entry(day="2026-04-09")))) == ["bank_day_to_come"]

    assert len(await transactions_of(await imported(camt(Entry(day="2026-04-08"))))) == 1
