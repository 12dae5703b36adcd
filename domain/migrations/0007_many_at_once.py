"""Writing many client statuses at once: events are appended as a set, and nothing is checked or indexed needlessly."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.core import ddl


def _unchecked(model: str, name: str, to: str, related_name: str, *, null: bool) -> ops.AlterField:
    """The one writer of client statuses names rows that are never deleted; the database need not look each one up."""
    field = fields.ForeignKeyField(
        f"domain.{to}", source_field=f"{name}_id", related_name=related_name, null=null, db_constraint=False
    )
    return ops.AlterField(model_name=model, name=name, field=field)


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
        _unchecked("ClientStatus", "automation", "Automation", "client_statuses", null=True),
        _unchecked("ClientStatus", "template", "StatusTemplate", "client_statuses", null=True),
        _unchecked("ClientStatusChange", "account", "Account", "client_status_changes", null=True),
        _unchecked("ClientStatusChange", "order", "Order", "client_status_changes", null=False),
        ops.RunSQL(forward, backward),
    ]
