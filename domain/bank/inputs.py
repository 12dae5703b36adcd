"""Inputs of the moves of bank files and their transactions."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.bank.camt.archive import MAX_FILE_BYTES
from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class BankFileContent:
    """A file of the bank as it is."""

    file_name: str = input_field("Its name.", shortest=1, longest=200)
    content: str = input_field(
        "Its bytes as Base64: CAMT.053 in version 02 or 08, as XML or in a ZIP archive.",
        longest=MAX_FILE_BYTES * 4 // 3 + 4,
    )


@dataclass(frozen=True, kw_only=True)
class LeastConfidence:
    """How sure suggestions have to be that are booked at once."""

    confidence: int = input_field("The least confidence in percent.", default=95, least=50, most=100)


@dataclass(frozen=True, kw_only=True)
class ShareInput:
    """The part of a transaction that pays one receivable."""

    receivable_id: UUID = input_field("The receivable.", id_prefix="rcv")
    amount: Decimal = input_field("What of the transaction pays it.")


@dataclass(frozen=True, kw_only=True)
class Booking:
    """The receivables that a transaction pays; the amounts add up to it."""

    shares: tuple[ShareInput, ...] = input_field("What it pays.", shortest=1, longest=50)


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """Why a booked transaction is open again."""

    reason: str = input_field("Why.", shortest=1, longest=500)


@dataclass(frozen=True, kw_only=True)
class SettingAside:
    """What a transaction is that pays no invoice."""

    note: str = input_field("What it is.", shortest=1, longest=500)
