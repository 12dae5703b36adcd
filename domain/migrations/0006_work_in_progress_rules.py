"""What the ORM cannot say of client statuses, boards and bulk operations, and what every installation begins with."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

# Texts of people come last, so that nothing they wrote is taken for a placeholder.
FILL_PLACEHOLDERS = (
    """CREATE FUNCTION fill_placeholders(t text, due text, expected text, number text, provider text, customer text,
        project text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN due IS NULL AND strpos(t, '{due}') > 0 OR expected IS NULL AND strpos(t, '{expected}') > 0
            OR customer IS NULL AND strpos(t, '{customer}') > 0 THEN NULL
        ELSE replace(replace(replace(replace(replace(replace(t, '{due}', coalesce(due, '')),
            '{expected}', coalesce(expected, '')), '{number}', number), '{provider}', provider),
            '{customer}', coalesce(customer, '')), '{project}', project) END $$""",
    "DROP FUNCTION fill_placeholders",
)
FOLLOW_CUSTOMER = (
    """CREATE FUNCTION client_status_follows_customer() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE client_statuses SET customer_id = NEW.customer_id WHERE id = NEW.id; RETURN NULL; END $$""",
    "DROP FUNCTION client_status_follows_customer()",
)
CUSTOMER_FOLLOWED = (
    """CREATE TRIGGER client_status_follows_customer AFTER UPDATE OF customer_id ON orders FOR EACH ROW
    WHEN (OLD.customer_id IS DISTINCT FROM NEW.customer_id) EXECUTE FUNCTION client_status_follows_customer()""",
    "DROP TRIGGER client_status_follows_customer ON orders",
)
NOTHING = "SELECT 1"
KNOWN_CUSTOMERS = (
    "UPDATE client_statuses s SET customer_id = o.customer_id FROM orders o WHERE o.id = s.id",
    NOTHING,
)
KNOWN_SIGHT = ("UPDATE client_status_changes SET seen = visibility = 'SHOWN'", NOTHING)
ONE_SET_OF_RULES = (
    """INSERT INTO status_rules (id, quiet_minutes, stale_after_days, digest_hour, version)
    VALUES (uuidv7(), 0, 14, 7, 1)""",
    "DELETE FROM status_rules",
)
FIRST_TEMPLATES = (
    """INSERT INTO status_templates (id, state, position, color, label_de, label_en, description_de, description_en,
        notification, edition, version, created_at)
    SELECT uuidv7(), 'ACTIVE', position, color, label_de, label_en, '', '', notification, 1, 1, clock_timestamp()
    FROM (VALUES (1, '#64748b', 'Geplant', 'Planned', 'AT_ONCE'), (2, '#b45309', 'Pausiert', 'On hold', 'AT_ONCE'),
        (3, '#2563eb', 'In Arbeit', 'In progress', 'AT_ONCE'), (4, '#7c3aed', 'In Prüfung', 'In review', 'AT_ONCE'),
        (5, '#15803d', 'Fertig', 'Done', 'AT_ONCE')) AS first (position, color, label_de, label_en, notification)""",
    "DELETE FROM status_templates",
)

forward, backward = ddl.run(
    FILL_PLACEHOLDERS,
    FOLLOW_CUSTOMER,
    CUSTOMER_FOLLOWED,
    KNOWN_CUSTOMERS,
    KNOWN_SIGHT,
    ddl.index("client_statuses_of_customer", "client_statuses (customer_id) WHERE visibility = 'SHOWN'"),
    # Room in each page and no index on what changes: most changes of a status touch no index at all.
    ("ALTER TABLE client_statuses SET (fillfactor = 70)", "ALTER TABLE client_statuses RESET (fillfactor)"),
    ddl.index("client_statuses_of_template", "client_statuses (template_id) WHERE template_id IS NOT NULL"),
    ddl.index("orders_of_stage", "orders (stage_id, stage_entered_at, id) WHERE stage_id IS NOT NULL"),
    ddl.index("automation_runs_failed", "automation_runs (at, id) WHERE outcome = 'FAILED'"),
    ddl.index("outbox_digests", "outbox (digest_at, id) WHERE state = 'PENDING' AND digest_at IS NOT NULL"),
    (
        "DROP INDEX outbox_pending",
        ddl.index("outbox_pending", "outbox (next_attempt_at, id) WHERE state = 'PENDING'")[0],
    ),
    ddl.index("outbox_at_once", "outbox (next_attempt_at, id) WHERE state = 'PENDING' AND digest_at IS NULL"),
    ddl.index("bulk_operations_running", "bulk_operations (created_at) WHERE state = 'RUNNING'"),
    ddl.index("status_rules_one_row", "status_rules ((TRUE))", unique=True),
    ddl.check("status_rules", "status_rules_bounds", "quiet_minutes >= 0 AND digest_hour BETWEEN 0 AND 23"),
    ddl.check("pending_statuses", "pending_statuses_shown", "visibility = 'SHOWN'"),
    ONE_SET_OF_RULES,
    FIRST_TEMPLATES,
)


class Migration(migrations.Migration):
    """Functions, triggers, indexes and first rows."""

    dependencies = [("domain", "0005_work_in_progress")]
    operations = [ops.RunSQL(forward, backward)]
