"""Inputs of the commands that set the rules for reminders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of


@dataclass(frozen=True, kw_only=True)
class ReminderRules:
    """When reminders of unpaid invoices go, what they charge, and what they say."""

    reminders_are_automatic: bool = input_field(
        "Whether each reminder goes by itself on its day; otherwise finance sends them in a dunning run.", default=True
    )
    friendly_reminder_days: int = input_field(
        "How many days after the due day the friendly reminder goes.", default=7, least=1, most=365
    )
    first_reminder_days: int = input_field("And the first reminder.", default=14, least=1, most=365)
    formal_reminder_days: int = input_field("And the formal reminder.", default=21, least=1, most=365)
    friendly_reminder_fee: Decimal = input_field(
        "What the friendly reminder charges, in the currency of the invoice.", default=Decimal(0)
    )
    first_reminder_fee: Decimal = input_field("What the first reminder charges.", default=Decimal(0))
    formal_reminder_fee: Decimal = input_field("What the formal reminder charges.", default=Decimal(0))
    interest_is_charged: bool = input_field("Whether reminders charge statutory interest.", default=False)
    friendly_reminder_de: str = input_field(
        "The text of the friendly reminder in German; empty for the product's own.", default="", longest=5_000
    )
    friendly_reminder_en: str = input_field("The same in English.", default="", longest=5_000)
    first_reminder_de: str = input_field("The text of the first reminder in German.", default="", longest=5_000)
    first_reminder_en: str = input_field("The same in English.", default="", longest=5_000)
    formal_reminder_de: str = input_field("The text of the formal reminder in German.", default="", longest=5_000)
    formal_reminder_en: str = input_field("The same in English.", default="", longest=5_000)


@dataclass(frozen=True, kw_only=True)
class BaseRateInput:
    """The base rate of statutory interest from a day on."""

    percent: Decimal = input_field("The base rate in percent, as the central bank has announced it.")
    holds_from: date = input_field("The first day on which it holds: 1 January or 1 July.")


RemindersAmendment = amendment_of(ReminderRules, "RemindersAmendment")
