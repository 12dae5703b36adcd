"""Client statuses and their templates know their kind, and rules say what becomes of one that contradicts the facts."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.status_templates.kinds import StatusKind

NOTHING = "SELECT 1"
FIRST_KINDS = (
    """UPDATE status_templates t SET kind = known.kind FROM (VALUES ('Planned', 'PLANNED'), ('On hold', 'ON_HOLD'),
        ('In progress', 'IN_PROGRESS'), ('In review', 'IN_REVIEW'), ('Done', 'DONE')) AS known (label, kind)
    WHERE t.label_en = known.label""",
    NOTHING,
)
COPIED_KINDS = (
    """UPDATE client_statuses s SET kind = t.kind FROM status_templates t
    WHERE t.id = s.template_id AND NOT s.edited_by_hand AND t.kind IS NOT NULL""",
    NOTHING,
)
PENDING_KINDS = (
    """UPDATE pending_statuses s SET kind = t.kind FROM status_templates t
    WHERE t.id = s.template_id AND NOT s.edited_by_hand AND t.kind IS NOT NULL""",
    NOTHING,
)
forward, backward = ddl.run(FIRST_KINDS, COPIED_KINDS, PENDING_KINDS)


def _kind(model_name: str) -> ops.AddField:
    return ops.AddField(
        model_name=model_name,
        name="kind",
        field=fields.CharEnumField(
            null=True,
            description="\n".join(f"{kind}: {kind}" for kind in StatusKind),
            enum_type=StatusKind,
            max_length=12,
        ),
    )


class Migration(migrations.Migration):
    """Columns, filled for the templates that every installation begins with and what was copied from them."""

    dependencies = [("domain", "0067_files_as_evidence")]
    operations = [
        _kind("StatusTemplate"),
        _kind("ClientStatus"),
        _kind("PendingStatus"),
        ops.AddField(
            model_name="ClientStatus", name="contradiction_told", field=fields.CharField(null=True, max_length=32)
        ),
        ops.AddField(
            model_name="StatusRules",
            name="applies_fitting_status",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.RunSQL(forward, backward),
    ]
