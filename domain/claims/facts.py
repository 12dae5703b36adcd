"""Facts of claims and payment files, which their guards evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.claims.model import ClaimKind, ClaimStatus, PaymentFileStatus
from domain.engine.facts import fact

AVAILABLE = """(SELECT b.received_cents - b.reserved_cents - b.paid_cents FROM member_budgets b
    WHERE b.id = {t}.budget_id)"""
FILE_COUNT = "(SELECT count(*) FROM claim_files f WHERE f.claim_id = {t}.id)"
MEMBER_IBAN = "(SELECT m.iban FROM members m WHERE m.id = {t}.member_id)"
PAID_CLAIMS = "(SELECT count(*) FROM claims c WHERE c.payment_file_id = {t}.id AND c.status = 'PAID')"


@dataclass(frozen=True)
class ClaimFacts:
    """One claim as its guards see it, with what is available of its budget; in cents of a euro."""

    id: UUID = fact("{t}.id")
    status: ClaimStatus = fact("{t}.status")
    kind: ClaimKind = fact("{t}.kind")
    budget_id: UUID = fact("{t}.budget_id")
    amount_cents: int = fact("{t}.amount_cents")
    available_cents: int = fact(AVAILABLE)
    file_count: int = fact(FILE_COUNT)
    payee_iban: str | None = fact("{t}.payee_iban")
    member_iban: str | None = fact(MEMBER_IBAN)
    approval_limit_euros: int = fact("(SELECT s.claim_approval_limit_euros FROM operator_settings s)")
    endorsed_at: datetime | None = fact("{t}.endorsed_at")
    endorsed_by_id: UUID | None = fact("{t}.endorsed_by_id")

    @property
    def is_above_approval_limit(self) -> bool:
        """Whether two people have to agree to it."""
        return self.amount_cents > self.approval_limit_euros * 100


@dataclass(frozen=True)
class PaymentFileFacts:
    """One payment file as its guards see it."""

    id: UUID = fact("{t}.id")
    status: PaymentFileStatus = fact("{t}.status")
    paid_claims: int = fact(PAID_CLAIMS)
