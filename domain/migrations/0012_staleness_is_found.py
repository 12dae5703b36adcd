"""Stale client statuses are looked for once a day; no deadline follows their changes any more."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

# What waits in the outbox is told by the first look instead; deadlines are derived, so none comes back.
TOLD_ALREADY = (
    """UPDATE client_statuses s SET stale_told_for = s.changed_at
    WHERE EXISTS (SELECT 1 FROM deadlines d WHERE d.subject_id = s.id AND d.kind = 'clientStatus.stale'
            AND d.state = 'FIRED' AND d.fired_at >= s.changed_at)
        AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.subject_id = s.id AND l.name = 'clientStatus.stale'
            AND l.state = 'PENDING')""",
    "SELECT 1",
)
NO_LETTERS = ("DELETE FROM outbox WHERE name = 'clientStatus.stale' AND state = 'PENDING'", "SELECT 1")
NO_DEADLINES = ("DELETE FROM deadlines WHERE kind = 'clientStatus.stale'", "SELECT 1")

forward, backward = ddl.run(TOLD_ALREADY, NO_LETTERS, NO_DEADLINES)


def _instant(model: str, name: str) -> ops.AddField:
    return ops.AddField(model_name=model, name=name, field=fields.DatetimeField(null=True))


class Migration(migrations.Migration):
    """Three columns, and rows that nobody needs any more."""

    dependencies = [("domain", "0011_whom_changes_were_told")]
    operations = [
        _instant("ClientStatus", "stale_told_for"),
        _instant("ClientStatus", "stale_told_at"),
        _instant("StatusRules", "stale_looked_at"),
        ops.RunSQL(forward, backward),
    ]
