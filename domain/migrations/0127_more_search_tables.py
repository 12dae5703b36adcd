"""Customers, members, accounts, bank transactions and claims are found by search tables, and more lists by indexes."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain import text_search
from domain.database import ddl
from domain.search_tables.of_people_and_payments import SEARCH_TABLES

INDEXED = ("customers", "members", "accounts", "bank_transactions", "claims")
INDEXES = (
    ddl.index(
        "billable_lines_expected_of_member",
        "billable_lines (member_id) WHERE consumed_at IS NULL AND status <> 'CANCELED'",
    ),
    ddl.index("orders_due", "orders (delivery_due_at, id) WHERE status = 'ACTIVE' AND delivery_due_at IS NOT NULL"),
    ddl.index("orders_archived", "orders (created_at, id) WHERE archived_at IS NOT NULL"),
    ddl.index("receivables_to_write_off", "receivables (due_on, id) WHERE write_off_proposed_at IS NOT NULL"),
    ddl.index("invoices_of_status_by_day", "invoices (status, invoice_on, id)"),
)

forward, backward = ddl.run(
    *(ddl.undo(text_search.index_of(table)) for table in INDEXED),
    *(statement for table in SEARCH_TABLES for statement in table.statements),
    *INDEXES,
)


class Migration(migrations.Migration):
    """Five tables with their triggers in place of five indexes, and five indexes of lists."""

    dependencies = [("domain", "0125_write_offs_taken_back")]
    operations = [ops.RunSQL(forward, backward)]
