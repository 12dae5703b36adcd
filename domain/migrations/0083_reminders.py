"""Reminders of receivables: their steps, what they charge, the operator's rules for them, and base rates of interest."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id
from domain.receivables.model import EntryKind
from domain.receivables.reminders import immutability

KINDS = "PAYMENT PAYMENT_REVERSAL CANCELLATION WRITE_OFF REFUND REMINDER_FEE INTEREST CHARGE_WAIVER"
NOTHING = "SELECT 1"
# As the Deutsche Bundesbank has announced them; where one is not listed, that of half a year before went on.
BASE_RATES = (
    """INSERT INTO base_rates (id, holds_from, percent) SELECT uuidv7(), known.holds_from::date, known.percent
    FROM (VALUES ('2023-01-01', 1.62), ('2023-07-01', 3.12), ('2024-01-01', 3.62), ('2024-07-01', 3.37),
        ('2025-01-01', 2.27), ('2025-07-01', 1.27)) AS known (holds_from, percent)""",
    "DELETE FROM base_rates",
)
RULES_ARE_POSSIBLE = ddl.check(
    "operator_settings",
    "operator_settings_reminders",
    """friendly_reminder_days >= 1 AND first_reminder_days > friendly_reminder_days
    AND formal_reminder_days > first_reminder_days AND formal_reminder_days <= 365
    AND least(friendly_reminder_fee, first_reminder_fee, formal_reminder_fee) >= 0""",
)
# What is overdue for longer is left to finance: an upgrade sends no reminders by itself.
ARM_FIRST_STEP = (
    """INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state, attempts,
        next_attempt_at, armed_at)
    SELECT uuidv7(), 'receivable.friendlyReminder', 'receivable', found.id, found.order_id, found.due_at, found.due_at,
        'due_on', 'PENDING', 0, found.due_at, app_now()
    FROM (SELECT r.id, r.order_id, (r.due_on + s.friendly_reminder_days + time '09:00') AT TIME ZONE s.zone AS due_at
        FROM receivables r CROSS JOIN operator_settings s
        WHERE r.amount_cents - r.canceled_cents - r.paid_cents > 0 AND r.disputed_at IS NULL
            AND r.written_off_cents = 0 AND r.due_on IS NOT NULL) found
    WHERE found.due_at > app_now()""",
    "DELETE FROM deadlines WHERE subject_kind = 'receivable'",
)
forward, backward = ddl.run(*immutability.STATEMENTS, RULES_ARE_POSSIBLE, BASE_RATES, ARM_FIRST_STEP)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _fee() -> Any:
    return fields.DecimalField(default=0, db_default=0, max_digits=8, decimal_places=2)


def _text() -> Any:
    return fields.TextField(default="", db_default="", unique=False)


class Migration(migrations.Migration):
    """Columns of receivables, settings, and a table of base rates."""

    dependencies = [("domain", "0082_bank_files")]
    operations = [
        AddFields(
            "OperatorSettings",
            reminders_are_automatic=fields.BooleanField(default=True, db_default=True),
            friendly_reminder_days=fields.IntField(default=7, db_default=7),
            first_reminder_days=fields.IntField(default=14, db_default=14),
            formal_reminder_days=fields.IntField(default=21, db_default=21),
            friendly_reminder_fee=_fee(),
            first_reminder_fee=_fee(),
            formal_reminder_fee=_fee(),
            interest_is_charged=fields.BooleanField(default=False, db_default=False),
            friendly_reminder_de=_text(),
            friendly_reminder_en=_text(),
            first_reminder_de=_text(),
            first_reminder_en=_text(),
            formal_reminder_de=_text(),
            formal_reminder_en=_text(),
        ),
        AddFields(
            "Receivable",
            charges_cents=fields.BigIntField(default=0, db_default=0),
            reminder_step=fields.IntField(default=0, db_default=0),
            reminded_on=fields.DateField(null=True),
            formal_announced_on=fields.DateField(null=True),
            reminders_not_before=fields.DateField(null=True),
            reminders_paused_until=fields.DateField(null=True),
            reminders_pause_reason=fields.TextField(null=True, unique=False),
        ),
        ops.AlterField(
            model_name="ReceivableEntry",
            name="kind",
            field=fields.CharEnumField(description=_described(KINDS), enum_type=EntryKind, max_length=20),
        ),
        ops.CreateModel(
            name="BaseRate",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("holds_from", fields.DateField(unique=True)),
                ("percent", fields.DecimalField(max_digits=5, decimal_places=2)),
            ],
            options={
                "table": "base_rates",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The base rate of statutory interest in percent, and the day from which it holds.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
