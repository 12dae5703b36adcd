"""States of receivables, kinds of their entries and steps of reminders, as both schemas describe them."""

from domain.receivables.model import EntryKind, ReceivableStatus
from domain.receivables.reminders.steps import ReminderStep
from schema.shared.enums import describe_enum

describe_enum(
    ReceivableStatus,
    "How much of what an invoice asks for is paid; beside it, it may be disputed, canceled or written off.",
    OPEN="Nothing is paid.",
    PARTLY_PAID="A part is paid.",
    PAID="All is paid, or nothing was asked for.",
)
describe_enum(
    EntryKind,
    "What changed what remains to be paid.",
    PAYMENT="The customer paid.",
    PAYMENT_REVERSAL="A payment was taken back.",
    CANCELLATION="A cancellation invoice took back all or part of it.",
    WRITE_OFF="The operator gave up the rest.",
    REFUND="What was paid too much was paid back.",
    REMINDER_FEE="A reminder charged its fee.",
    INTEREST="A reminder charged statutory interest.",
    CHARGE_WAIVER="What reminders have charged was waived.",
    WRITE_OFF_REVERSAL="What was given up was canceled or paid since.",
)
describe_enum(
    ReminderStep,
    "The steps of a reminder.",
    FRIENDLY="The friendly reminder: perhaps it was overlooked.",
    FIRST="The first reminder that asks for the money.",
    FORMAL="The formal reminder, with a last day and what follows; its member knows.",
)
