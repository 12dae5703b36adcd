"""Planned invoices may have a service period of their own, and those of templates may repeat."""

from tortoise import fields, migrations

from domain.database.add_fields import AddFields
from domain.orders.repetition import Repetition


class Migration(migrations.Migration):
    """Two days of a planned invoice, and the repetition of one of a template; empty for all that exist."""

    dependencies = [("domain", "0107_unwanted_mails")]
    operations = [
        AddFields("PlannedInvoice", service_from=fields.DateField(null=True), service_to=fields.DateField(null=True)),
        AddFields(
            "TemplateInvoice",
            repeats=fields.CharEnumField(
                description="MONTHLY: MONTHLY\nQUARTERLY: QUARTERLY\nYEARLY: YEARLY\nEVERY_N_MONTHS: EVERY_N_MONTHS",
                enum_type=Repetition,
                max_length=16,
                null=True,
            ),
            repeat_months=fields.IntField(null=True),
            repeat_count=fields.IntField(null=True),
        ),
    ]
