"""Values that a credit transfer file is written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One transfer, in cents of a euro."""

    end_to_end_id: str
    amount_cents: int
    payee_name: str
    payee_iban: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class TransferFile:
    """The transfers of one account on one day."""

    message_id: str
    created_at: datetime
    execute_on: date
    payer_name: str
    payer_iban: str
    payer_bic: str
    transfers: Sequence[Transfer]
