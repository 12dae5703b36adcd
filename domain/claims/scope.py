"""Scopes of claims with their receipts and files, the member's own and finance's; and of payment files."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

FINANCE = {ActorKind.FINANCE: EVERYTHING, ActorKind.ADMIN: EVERYTHING, ActorKind.CLOCK: EVERYTHING}
# Drafts are the member's alone, and so are those that never were anything else.
SUBMITTED_ONCE = "({t}.submitted_at IS NOT NULL AND {t}.status <> 'DRAFT')"
VISIBLE = {
    ActorKind.MEMBER: "{t}.member_id = {member}",
    ActorKind.FINANCE: SUBMITTED_ONCE,
    ActorKind.ADMIN: SUBMITTED_ONCE,
    ActorKind.CLOCK: EVERYTHING,
}


def _within_claim(scope: str) -> str:
    return f"EXISTS (SELECT 1 FROM claims c WHERE c.id = {{t}}.claim_id AND {scope.replace('{t}', 'c')})"


OF_CLAIM = {kind: _within_claim(scope) for kind, scope in VISIBLE.items()}

CLAIMS_SCOPE = ScopedTable(name="claims", table="claims", predicates=VISIBLE)
RECEIPTS_SCOPE = ScopedTable(name="claim_receipts", table="claim_receipts", predicates=OF_CLAIM)
CLAIM_FILES_SCOPE = ScopedTable(name="claim_files", table="claim_files", predicates=OF_CLAIM)
PAYMENT_FILES_SCOPE = ScopedTable(name="payment_files", table="payment_files", predicates=FINANCE)
