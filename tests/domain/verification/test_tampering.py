"""Each way of changing the history behind the application's back is noticed, and its first broken row is named."""

import asyncpg
import pytest
from tortoise.transactions import in_transaction

from domain.billing.model import InvoiceStatus
from domain.database.anchors import anchor_finished_days
from domain.database.audit import audit
from domain.orders.model import OrderStatus
from domain.supplements.model import SupplementStatus
from domain.verification.findings import Report
from domain.verification.verify import verify
from settings import Settings
from tests.makers.billing import an_invoice, the_operator
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.supplements import a_supplement
from tests.makers.time import berlin, the_clock_shows
from tests.support.servers import TestDatabase
from tests.support.tampering import tamper

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

OF_LONGEST = """(SELECT subject_id FROM events GROUP BY subject_id ORDER BY count(*) DESC, subject_id LIMIT 1)"""
FIRST_DAY = "(SELECT min(day) FROM chain_anchors)"
LAST_NUMBER = "(SELECT max(number) FROM document_numbers)"

WAYS = [
    ("events", f"UPDATE events SET actor_name = 'Eve' WHERE subject_id = {OF_LONGEST} AND sequence = 2", "CHANGED"),
    ("events", f"DELETE FROM events WHERE subject_id = {OF_LONGEST} AND sequence = 2", "PREDECESSOR_MISSING"),
    (
        "events",
        f"UPDATE events e SET previous_hash = 'x', hash = event_hash('x', id, subject_kind, subject_id, sequence,"
        f" order_id, name, at, due_at, actor_role, account_id, link_id, actor_name, audience, body)"
        f" WHERE subject_id = {OF_LONGEST} AND sequence = 2",
        "NOT_LINKED",
    ),
    (
        "events",
        f"DELETE FROM events WHERE subject_id = {OF_LONGEST}"
        f" AND sequence = (SELECT max(sequence) FROM events WHERE subject_id = {OF_LONGEST})",
        "END_MISSING",
    ),
    ("events", f"DELETE FROM events WHERE subject_id = {OF_LONGEST}", "CHAIN_MISSING"),
    ("events", "DELETE FROM events WHERE at >= '2026-04-03'", "CHAIN_MISSING"),
    ("chain_heads", "UPDATE chain_heads SET hash = 'x'", "HEAD_CHANGED"),
    ("chain_heads", "DELETE FROM chain_heads", "HEAD_MISSING"),
    ("chain_anchors", f"UPDATE chain_anchors SET hash = 'x' WHERE day = {FIRST_DAY}", "DAY_CHANGED"),
    ("chain_anchors", f"DELETE FROM chain_anchors WHERE day = {FIRST_DAY}", "ANCHOR_MISSING"),
    ("chain_anchors", "DELETE FROM chain_anchors", "ROW_MISSING"),
    ("offer_revisions", "UPDATE offer_revisions SET content = '{}'", "CHANGED"),
    ("offer_revisions", "DELETE FROM offer_revisions", "ROW_MISSING"),
    ("delivery_versions", "UPDATE delivery_versions SET description = 'nothing'", "CHANGED"),
    ("audit", "DELETE FROM audit", "ROW_MISSING"),
    ("seals", "DELETE FROM seals", "SEAL_MISSING"),
    ("invoices", "UPDATE invoices SET snapshot = snapshot || '{\"net_cents\": 1}' WHERE number IS NOT NULL", "CHANGED"),
    ("invoices", "UPDATE invoices SET number = number || '0' WHERE number IS NOT NULL", "NOT_IN_REGISTER"),
    ("invoice_documents", "UPDATE invoice_documents SET sha256 = repeat('0', 64)", "CHANGED"),
    ("invoice_documents", "DELETE FROM invoice_documents", "ROW_MISSING"),
    ("supplements", "UPDATE supplements SET net_cents = 1", "CHANGED"),
    ("supplements", "UPDATE supplements SET answered_by = 'Eve'", "CHANGED"),
    ("document_numbers", f"DELETE FROM document_numbers WHERE number = {LAST_NUMBER}", "NUMBER_MISSING"),
    ("document_numbers", "DELETE FROM document_numbers WHERE sequence = 1", "NUMBER_MISSING"),
    (
        "document_numbers",
        f"UPDATE document_numbers SET sequence = 9 WHERE number = {LAST_NUMBER}",
        "NUMBER_BEYOND_SERIES",
    ),
    ("number_series", "UPDATE number_series SET last_sequence = last_sequence + 5", "NUMBER_MISSING"),
]


@pytest.fixture
async def history(own_database: TestDatabase, database: str) -> None:
    await own_database.fill("history", make_history)


async def make_history() -> None:
    """Three days with orders, a delivery, two issued invoices and a supplement; the first two days are anchored."""
    await the_operator()
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    await the_clock_shows(berlin(2026, 4, 2, 10))
    await a_delivery(at=berlin(2026, 4, 2, 10))
    await the_clock_shows(berlin(2026, 4, 3, 10))
    for _ in range(2):
        await an_invoice(InvoiceStatus.PRINTED)
    await a_supplement(SupplementStatus.CONFIRMED)
    await anchor_finished_days()
    async with in_transaction() as connection:
        await audit(connection, "account.signIn", None)


async def report(settings: Settings) -> Report:
    return await verify(settings.database_url, settings.storage_url)


async def test_an_untouched_history_is_intact_and_counted(history: None, settings: Settings) -> None:
    found = await report(settings)

    assert (found.is_ok, found.findings, found.documents) == (True, [], 2)
    assert found.events > 10
    assert found.rows > 5


@pytest.mark.parametrize(("table", "statement", "fault"), WAYS)
async def test_what_was_changed_is_found(
    history: None, settings: Settings, owner: asyncpg.Connection, table: str, statement: str, fault: str
) -> None:
    await tamper(owner, statement, table=table)

    found = await report(settings)

    assert not found.is_ok
    assert found.broken >= len(found.findings)
    assert fault in {finding.fault for finding in found.findings}


async def test_the_broken_row_is_named(history: None, settings: Settings, owner: asyncpg.Connection) -> None:
    row = await owner.fetchrow(
        f"SELECT id, subject_kind, subject_id FROM events WHERE subject_id = {OF_LONGEST} LIMIT 1"
    )
    await tamper(owner, "UPDATE events SET name = 'order.confirm' WHERE id = $1", row["id"])

    (finding,) = (await report(settings)).findings

    assert finding.row_id == str(row["id"])
    assert str(finding) == f"events {row['id']} ({row['subject_kind']} {row['subject_id']}): CHANGED"


@pytest.mark.parametrize("batch", [1, 3])
async def test_batches_go_on_where_the_last_one_ended(
    history: None, settings: Settings, owner: asyncpg.Connection, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await report(settings)
    for module in ("event_chains", "seals"):
        monkeypatch.setattr(f"domain.verification.{module}.BATCH", batch)
    assert (await report(settings)).events == before.events
    await tamper(owner, f"DELETE FROM events WHERE subject_id = {OF_LONGEST} AND sequence = 2")

    found = await report(settings)

    assert (found.findings[0].table, found.findings[0].fault) == ("events", "PREDECESSOR_MISSING")
