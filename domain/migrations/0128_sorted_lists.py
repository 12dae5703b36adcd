"""Lists are sorted by indexes in every order that pages offer, and what is rare among many is found by one."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

OF_CARDS = "orders (stage_id, stage_entered_at, id) INCLUDE (status, offer_revision, created_by_id)"
ON_A_BOARD = "WHERE stage_id IS NOT NULL AND archived_at IS NULL AND deleted_at IS NULL"
IS_OPEN = "status NOT IN ('CANCELED', 'REJECTED', 'COMPLETED')"
# Ended orders stay in their stage, and are shown only when they are asked for.
ALL_CARDS = ddl.index("orders_on_board", f"{OF_CARDS} {ON_A_BOARD}")
OPEN_CARDS = ddl.index("orders_on_board", f"{OF_CARDS} {ON_A_BOARD} AND {IS_OPEN}")
# Tabs are counted, and what is on no board is found, without the table.
OF_STATUS = "orders (status, id) INCLUDE (stage_id, archived_at, deleted_at, offer_revision, created_by_id)"
INDEXES = (
    ddl.index("orders_by_project", "orders (lower(project), id)"),
    ddl.index("orders_by_net", "orders (net_cents, id)"),
    ddl.index("orders_by_due", "orders (coalesce(delivery_due_at, 'infinity'::timestamptz), id)"),
    ddl.index("orders_by_status", OF_STATUS),
    ddl.index("client_statuses_by_change", "client_statuses (coalesce(changed_at, '-infinity'::timestamptz), id)"),
    ddl.index(
        "client_statuses_of_template", "client_statuses (template_id, template_edition) WHERE template_id IS NOT NULL"
    ),
    ddl.index(
        "invoices_without_rate", "invoices (id) WHERE number IS NULL AND currency <> 'EUR' AND exchange_rate IS NULL"
    ),
    ddl.index("invoice_checks_with_findings", "invoice_checks (invoice_id) WHERE findings <> '[]'"),
    ddl.index("deadlines_fired_by_day", "deadlines (due_at, id) WHERE state = 'FIRED'"),
    ddl.index("events_by_link", "events (link_id) WHERE link_id IS NOT NULL"),
)
forward, backward = ddl.run(ddl.undo(ALL_CARDS), OPEN_CARDS, *INDEXES)


class Migration(migrations.Migration):
    """Eleven indexes."""

    dependencies = [("domain", "0127_more_search_tables")]
    operations = [ops.RunSQL(forward, backward)]
