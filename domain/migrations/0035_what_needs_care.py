"""Indexes of what administrators look for: the audit trail by time, and what was given up."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(
    ddl.index("audit_at", "audit (at, id)"),
    ddl.index("deadlines_failed", "deadlines (due_at, id) WHERE state = 'FAILED'"),
    ddl.index("outbox_failed", "outbox (id) WHERE state = 'FAILED'"),
)


class Migration(migrations.Migration):
    """Three indexes; those of what was given up stay small."""

    dependencies = [("domain", "0034_reasons_of_refused_deadlines")]
    operations = [ops.RunSQL(forward, backward)]
