"""A move never waits for somebody who edits or rehearses an automation, and runs are found quickly."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl


def _unchecked(name: str, to: str, related_name: str) -> ops.AlterField:
    """Automations and orders are never deleted, and a foreign key would lock the automation's row."""
    field: Any = fields.ForeignKeyField(
        f"domain.{to}", source_field=f"{name}_id", related_name=related_name, db_constraint=False
    )
    return ops.AlterField(model_name="AutomationRun", name=name, field=field)


def _unlinked(column: str, to: str) -> tuple[str, str]:
    constraint = f"automation_runs_{column}_fkey"
    return (
        f"ALTER TABLE automation_runs DROP CONSTRAINT {constraint}",
        f"ALTER TABLE automation_runs ADD CONSTRAINT {constraint} FOREIGN KEY ({column}) REFERENCES {to} (id)",
    )


EXCEPTIONS = "automation_runs (at, id) WHERE outcome IN ('FAILED', 'LOOP')"
ONLY_FAILED = ddl.index("automation_runs_failed", "automation_runs (at, id) WHERE outcome = 'FAILED'")

forward, backward = ddl.run(
    _unlinked("automation_id", "automations"),
    _unlinked("order_id", "orders"),
    (ONLY_FAILED[1], ONLY_FAILED[0]),
    ddl.index("automation_runs_exceptions", EXCEPTIONS),
    ddl.index("automation_runs_at", "automation_runs (at, id)"),
    ddl.index("automation_runs_of_automation", "automation_runs (automation_id, at, id)"),
)


class Migration(migrations.Migration):
    """Fewer foreign keys, other indexes."""

    dependencies = [("domain", "0008_boards")]
    operations = [
        _unchecked("automation", "Automation", "runs"),
        _unchecked("order", "Order", "automation_runs"),
        ops.RunSQL(forward, backward),
    ]
