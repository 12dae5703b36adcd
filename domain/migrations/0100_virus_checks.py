"""Files wait for a check for viruses, and infected ones are quarantined."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.uploads import immutability
from domain.uploads.model import FileState, VirusCheck

STATES = "UPLOADING CHECKING FINISHED QUARANTINED REMOVED"
FINDINGS = "CLEAN INFECTED TOO_LARGE"

forward, backward = ddl.run(*immutability.CHECK_STATEMENTS)


def _listed(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


class Migration(migrations.Migration):
    """More states, what was found, and what the database refuses."""

    dependencies = [("domain", "0099_files_of_comments")]
    operations = [
        ops.AlterField(
            model_name="File",
            name="state",
            field=fields.CharEnumField(
                default=FileState.UPLOADING,
                db_default="UPLOADING",
                description=_listed(STATES),
                enum_type=FileState,
                max_length=16,
            ),
        ),
        AddFields(
            "File",
            virus_check=fields.CharEnumField(
                null=True, description=_listed(FINDINGS), enum_type=VirusCheck, max_length=16
            ),
            virus_name=fields.CharField(null=True, max_length=200),
        ),
        ops.RunSQL(forward, backward),
    ]
