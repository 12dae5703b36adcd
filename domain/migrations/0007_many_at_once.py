"""Writing many client statuses at once: events are appended as a set, and nothing is checked or indexed needlessly."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl


# The one writer of client statuses names rows that are never deleted; the database need not look each one up.
AUTOMATION: Any = fields.ForeignKeyField(
    "domain.Automation",
    source_field="automation_id",
    related_name="client_statuses",
    null=True,
    db_constraint=False,
)
TEMPLATE: Any = fields.ForeignKeyField(
    "domain.StatusTemplate",
    source_field="template_id",
    related_name="client_statuses",
    null=True,
    db_constraint=False,
)
ACCOUNT: Any = fields.ForeignKeyField(
    "domain.Account",
    source_field="account_id",
    related_name="client_status_changes",
    null=True,
    db_constraint=False,
)
ORDER: Any = fields.ForeignKeyField(
    "domain.Order", source_field="order_id", related_name="client_status_changes", db_constraint=False
)


def _unlinked(table: str, column: str, to: str) -> tuple[str, str]:
    constraint = f"{table}_{column}_fkey"
    return (
        f"ALTER TABLE {table} DROP CONSTRAINT {constraint}",
        f"ALTER TABLE {table} ADD CONSTRAINT {constraint} FOREIGN KEY ({column}) REFERENCES {to} (id)",
    )


forward, backward = ddl.run(
    _unlinked("client_statuses", "automation_id", "automations"),
    _unlinked("client_statuses", "template_id", "status_templates"),
    _unlinked("client_status_changes", "account_id", "accounts"),
    _unlinked("client_status_changes", "order_id", "orders"),
    ddl.APPEND_EVENT_OF_SET,
    # The unique index on (order_id) finds what is shown as well.
    ("DROP INDEX client_statuses_shown", ddl.index("client_statuses_shown", "client_statuses (order_id)")[0]),
    (
        "DROP INDEX client_statuses_of_template",
        ddl.index("client_statuses_of_template", "client_statuses (template_id)")[0],
    ),
)


class Migration(migrations.Migration):
    """Set-wise events, fewer foreign keys, fewer indexes."""

    dependencies = [("domain", "0006_work_in_progress_rules")]
    operations = [
        ops.AlterField(model_name="ClientStatus", name="automation", field=AUTOMATION),
        ops.AlterField(model_name="ClientStatus", name="template", field=TEMPLATE),
        ops.AlterField(model_name="ClientStatusChange", name="account", field=ACCOUNT),
        ops.AlterField(model_name="ClientStatusChange", name="order", field=ORDER),
        ops.RunSQL(forward, backward),
    ]
