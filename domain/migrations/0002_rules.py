"""Functions, insert-only tables, checks and partial indexes, and the rows that every installation has."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

ONE_CLOCK = ("INSERT INTO clock (id, shift_seconds) VALUES (1, 0)", "DELETE FROM clock")
ONE_OPERATOR = (
    """INSERT INTO operator_settings (id, name_de, name_en, street, postcode, city, country, email, vat_id, iban,
        bank_name, zone, federal_state, approval_workflow, customer_access, max_review_extensions,
        max_review_extension_days, payment_days, order_prefix, invoice_prefix, cancellation_prefix, version)
    VALUES (1, 'Werkstand', 'Werkstand', '', '', '', 'DE', '', '', '', '', 'Europe/Berlin', 'BE', FALSE, 'FULL',
        1, 3, 14, 'AF', 'RE', 'ST', 1)""",
    "DELETE FROM operator_settings",
)
FIRST_FEE = (
    "INSERT INTO fee_rates (id, holds_from, percent) VALUES (uuidv7(), '2000-01-01', 9.00)",
    "DELETE FROM fee_rates",
)

forward, backward = ddl.run(
    ddl.APP_NOW,
    ddl.EVENT_HASH,
    ddl.APPEND_EVENT,
    ddl.REFUSE_CHANGE,
    ddl.insert_only("events"),
    ddl.insert_only("audit"),
    ddl.insert_only("chain_anchors"),
    ddl.insert_only("offer_revisions"),
    ddl.insert_only("delivery_versions"),
    ddl.insert_only("document_numbers"),
    ddl.index("accounts_email", "accounts (lower(email))", unique=True),
    ddl.index("deadlines_due", "deadlines (due_at, id) WHERE state = 'PENDING'"),
    ddl.index("deadlines_armed_once", "deadlines (subject_id, kind) WHERE state IN ('PENDING', 'FAILED')", unique=True),
    ddl.index("events_at", "events USING brin (at)"),
    ddl.index("outbox_pending", "outbox (next_attempt_at, id) WHERE state = 'PENDING'"),
    ddl.index(
        "deliveries_one_open",
        "deliveries (order_id) WHERE status IN ('DRAFT', 'DELIVERED', 'REVISION_REQUESTED')",
        unique=True,
    ),
    ddl.index("client_statuses_shown", "client_statuses (order_id) WHERE visibility = 'SHOWN'"),
    ddl.index("contacts_account", "contacts (account_id) WHERE account_id IS NOT NULL"),
    ddl.index("links_open", "links (order_id, purpose) WHERE ended_at IS NULL"),
    ddl.check("clock", "clock_one_row", "id = 1"),
    ddl.check("operator_settings", "operator_settings_one_row", "id = 1"),
    ddl.check("orders", "orders_period", "service_to IS NULL OR service_from IS NULL OR service_to >= service_from"),
    ddl.check("outbox", "outbox_one_reader", "num_nonnulls(account_id, contact_id, customer_id) = 1"),
    ddl.check("deliveries", "deliveries_rating", "rating IS NULL OR rating BETWEEN 1 AND 5"),
    ddl.check("client_statuses", "client_statuses_of_order", "id = order_id"),
    ONE_CLOCK,
    ONE_OPERATOR,
    FIRST_FEE,
)


class Migration(migrations.Migration):
    """What the ORM cannot say."""

    dependencies = [("domain", "0001_initial")]
    operations = [ops.RunSQL(forward, backward)]
