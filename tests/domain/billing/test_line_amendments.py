"""Amending a line: what is left out stays as it is, null empties what may be empty."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import LineChanges
from domain.billing.model import BillableLine, InvoiceStatus
from domain.kernel.errors import Refused
from domain.kernel.ids import external
from domain.kernel.money import VatCategory
from settings import Settings
from tests.makers.billing import a_manual_line, an_invoice, move_line
from tests.makers.parties import FINANCE
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient, operations_client

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
FACTS = ("text", "quantity", "unit_price_cents", "vat_category", "invoice_on")


@pytest.fixture
def in_operations(settings: Settings, database: str) -> SchemaClient:
    return operations_client(settings)


async def facts_of(line: Any) -> dict[str, Any]:
    fresh = await BillableLine.get(id=line.id)
    return {name: getattr(fresh, name) for name in FACTS}


async def the_reason(line: Any, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        await move_line(line, "amend", takes=LineChanges(**given))
    return refused.value.refusals[0].reason


async def test_a_text_alone_changes_nothing_else() -> None:
    line = await a_manual_line(invoice_on=date(2026, 5, 4), vat_category=VatCategory.REDUCED, quantity=Decimal(3))
    before = await facts_of(line)

    await move_line(line, "amend", takes=LineChanges(text=" Another text "))

    assert await facts_of(line) == before | {"text": "Another text"}


async def test_null_empties_the_date() -> None:
    line = await a_manual_line(invoice_on=date(2026, 5, 4))

    await move_line(line, "amend", takes=LineChanges(invoice_on=None))

    assert (await facts_of(line))["invoice_on"] is None


@pytest.mark.parametrize("name", ["text", "quantity", "unit_price", "vat_category"])
async def test_what_every_line_has_cannot_be_emptied(name: str) -> None:
    assert await the_reason(await a_manual_line(), **{name: None}) == "cannot_be_empty"


async def test_an_invoice_keeps_its_date() -> None:
    (line,) = await (await an_invoice(InvoiceStatus.ON_HOLD)).lines()

    assert await the_reason(line, invoice_on=None) == "cannot_be_empty"


async def test_an_undefined_variable_changes_nothing(in_operations: SchemaClient) -> None:
    line = await a_manual_line(invoice_on=date(2026, 5, 4))
    query = """mutation ($id: ID!, $on: Date) { lineAmend(input: { id: $id, text: "New", invoiceOn: $on }) {
        line { text invoiceOn } errors { reason } } }"""

    payload = (await in_operations.slowly(query, FINANCE, id=external("lin", line.id)))["lineAmend"]

    assert payload == {"line": {"text": "New", "invoiceOn": "2026-05-04"}, "errors": []}
