"""Rows of invoices' files are sealed, verifications count the files, and administrators can ask for one."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing.documents.requests import OPERATOR_CHANGES
from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.verification.sealed_tables import INVOICE_DOCUMENTS, statements_of

forward, backward = ddl.run(*statements_of(INVOICE_DOCUMENTS), OPERATOR_CHANGES)


def _count() -> fields.BigIntField:
    return fields.BigIntField(default=0, db_default=0)


class Migration(migrations.Migration):
    """What is stored is sealed as it is now."""

    dependencies = [("domain", "0058_cards_counted_in_the_index")]
    operations = [
        AddFields("Verification", files=_count(), unchecked=_count()),
        AddFields(
            "OperatorSettings",
            verification_requested_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(forward, backward),
    ]
