"""The register: every number with its document, every gap with its reason, for finance and administrators."""

import asyncpg
import pytest

from domain.billing.inputs import Reversal
from domain.billing.model import InvoiceStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor, Role
from domain.operator.inputs import NumbersAmendment
from domain.operator.model import OperatorSettings
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.time import berlin
from tests.support.graphql.schema_client import SchemaClient
from tests.support.tampering import tamper

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

ENTRIES = """query($where: RegisterEntryWhere) { registerEntries(where: $where) { totalCount nodes {
    number series sequence year issuedOn allocatedAt allocatedBy isAutomatic seal
    invoice { kind reverses { number } reversedBy { number } gross { amount } documents { sha256 } } } } }"""
SERIES = """{ numberSeries { name year firstSequence lastSequence numbers startSetBy
    gaps { first last reason label } } }"""


async def number_formats(**values: object) -> None:
    """Change number formats as an administrator, in a firm that has begun."""
    await an_account(Role.ADMIN)
    settings = await OperatorSettings.get()
    command = Command(
        noun="operator", move="setNumberFormats", subject_id=settings.id, input=NumbersAmendment(**values)
    )
    await execute(command, ADMIN)


async def test_every_number_is_explained(in_operations: SchemaClient) -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await billed.move("reverse", takes=Reversal(reason="Typo"))

    entries = (await in_operations.ask(ENTRIES, FINANCE))["registerEntries"]

    reversal, invoice = sorted(entries["nodes"], key=lambda entry: entry["number"], reverse=True)
    assert (invoice["number"], invoice["series"], invoice["sequence"]) == ("RE-2026-00001", "RE-2026", 1)
    assert (invoice["allocatedBy"], invoice["isAutomatic"]) == (FINANCE.name, False)
    assert (invoice["year"], invoice["issuedOn"], len(invoice["seal"])) == (2026, "2026-04-01", 64)
    assert invoice["invoice"]["reversedBy"] == [{"number": reversal["number"]}]
    assert (reversal["invoice"]["kind"], reversal["invoice"]["reverses"]) == (
        "CANCELLATION",
        {"number": "RE-2026-00001"},
    )
    assert len(invoice["invoice"]["documents"][0]["sha256"]) == 64


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ({"series": {"eq": "ST-2026"}}, {"ST-2026-00001"}),
        ({"number": {"contains": "re-2026-00001"}}, {"RE-2026-00001"}),
        ({"search": "st-2026"}, {"ST-2026-00001"}),
        ({"search": "kunde"}, {"RE-2026-00001", "ST-2026-00001"}),
        ({"search": "nobody of this name"}, set()),
        ({"year": {"eq": 2025}}, set()),
        ({"year": {"eq": 2026}}, {"RE-2026-00001", "ST-2026-00001"}),
    ],
)
async def test_it_is_filtered_by_series_number_and_year(
    in_operations: SchemaClient, where: dict[str, object], numbers: set[str]
) -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await billed.move("reverse", takes=Reversal(reason="Typo"))

    entries = (await in_operations.ask(ENTRIES, FINANCE, where=where))["registerEntries"]

    assert {entry["number"] for entry in entries["nodes"]} == numbers


async def test_a_series_that_another_system_began_says_who_let_it_begin_later(in_operations: SchemaClient) -> None:
    await the_operator()
    await number_formats(first_invoice_number=501)
    await an_invoice(InvoiceStatus.PRINTED)

    (series,) = (await in_operations.ask(SERIES, FINANCE))["numberSeries"]

    assert (series["firstSequence"], series["lastSequence"], series["numbers"]) == (501, 501, 1)
    assert series["startSetBy"] == ADMIN.name
    assert series["gaps"] == [
        {
            "first": 1,
            "last": 500,
            "reason": "BEFORE_START",
            "label": "given by another system; the operator let the series begin later",
        }
    ]


async def test_the_series_of_another_year_can_be_told_where_it_begins(in_operations: SchemaClient) -> None:
    await the_operator()
    await number_formats(first_invoice_number=77, first_numbers_year=2025)

    (series,) = (await in_operations.ask(SERIES, FINANCE))["numberSeries"]

    assert (series["name"], series["firstSequence"], series["lastSequence"]) == ("RE-2025", 77, None)


async def test_a_number_that_is_gone_is_a_gap_without_an_excuse(
    in_operations: SchemaClient, owner: asyncpg.Connection
) -> None:
    await the_operator()
    for _ in range(4):
        await an_invoice(InvoiceStatus.PRINTED)
    await tamper(owner, "DELETE FROM document_numbers WHERE sequence IN (2, 4)", table="document_numbers")

    (series,) = (await in_operations.ask(SERIES, FINANCE))["numberSeries"]

    assert [(gap["first"], gap["last"], gap["reason"]) for gap in series["gaps"]] == [
        (2, 2, "MISSING"),
        (4, 4, "MISSING"),
    ]


async def test_others_find_nothing(in_operations: SchemaClient) -> None:
    await the_operator()
    await an_invoice(InvoiceStatus.PRINTED)

    answers = [await in_operations.ask(f"{{ {part} }}", reader) for part, reader in parts(STAFF)]

    assert answers == [{"registerEntries": {"nodes": []}}, {"numberSeries": []}, {"registerEntry": None}]


def parts(reader: Actor) -> list[tuple[str, Actor]]:
    wanted = (
        "registerEntries { nodes { number } }",
        "numberSeries { name }",
        'registerEntry(number: "RE-2026-00001") { number }',
    )
    return [(part, reader) for part in wanted]
