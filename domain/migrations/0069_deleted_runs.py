"""Invoice runs that have issued nothing can be deleted, and answered supplements are sealed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.verification.sealed_tables import SUPPLEMENTS, statements_of

forward, backward = ddl.run(*statements_of(SUPPLEMENTS))


class Migration(migrations.Migration):
    """A column; what was answered before is sealed as it is now."""

    dependencies = [("domain", "0068_status_kinds")]
    operations = [
        AddFields("InvoiceRun", deleted_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
        ops.RunSQL(forward, backward),
    ]
