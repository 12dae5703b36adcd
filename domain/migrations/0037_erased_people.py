"""Contacts and accounts can be erased; of an erased account no address is left, so that many have none."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.accounts.model import AccountStatus
from domain.database import ddl
from domain.parties.model import ContactState

DROP_UNIQUE = ("DROP INDEX accounts_email", "CREATE UNIQUE INDEX accounts_email ON accounts (lower(email))")
UNIQUE_WHERE_GIVEN = ddl.index("accounts_email", "accounts (lower(email)) WHERE email <> ''", unique=True)
LOOKED_UP = ddl.index("accounts_by_email", "accounts (lower(email))")

forward, backward = ddl.run(DROP_UNIQUE, UNIQUE_WHERE_GIVEN, LOOKED_UP)


class Migration(migrations.Migration):
    """Two states, and the index of addresses."""

    dependencies = [("domain", "0036_withdrawal_notice")]
    operations = [
        ops.AlterField(
            model_name="Account",
            name="status",
            field=fields.CharEnumField(
                default=AccountStatus.ACTIVE,
                db_default="ACTIVE",
                description="INVITED: INVITED\nACTIVE: ACTIVE\nDEACTIVATED: DEACTIVATED\nERASED: ERASED",
                enum_type=AccountStatus,
                max_length=16,
            ),
        ),
        ops.AlterField(
            model_name="Contact",
            name="status",
            field=fields.CharEnumField(
                default=ContactState.KNOWN,
                db_default="KNOWN",
                description="KNOWN: KNOWN\nREMOVED: REMOVED\nERASED: ERASED",
                enum_type=ContactState,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
