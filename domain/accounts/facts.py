"""Facts of an account, which its guards evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.accounts.model import AccountStatus
from domain.engine.facts import fact

IS_LAST_ADMINISTRATOR = """({t}.status = 'ACTIVE' AND 'ADMIN' = ANY({t}.roles) AND NOT EXISTS (SELECT 1 FROM accounts o
    WHERE o.status = 'ACTIVE' AND 'ADMIN' = ANY(o.roles) AND o.id <> {t}.id))"""
HAS_MEMBER = "EXISTS (SELECT 1 FROM members m WHERE m.account_id = {t}.id)"
HAS_RUNNING_MEMBERSHIP = "EXISTS (SELECT 1 FROM members m WHERE m.account_id = {t}.id AND m.status <> 'ENDED')"
# Orders and invoices that still need the contacts of the account, which are the same person.
# A draft that was never submitted does not exist for those who erase, and is not named to them.
RUNNING_ORDERS = """ARRAY(SELECT o.number FROM orders o JOIN contacts k ON k.id = o.contact_id
    WHERE k.account_id = {t}.id AND o.deleted_at IS NULL
    AND (o.status <> 'DRAFT' OR o.offer_revision > 0)
    AND (o.status IN ('DRAFT', 'IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW')
        OR o.status = 'COMPLETED' AND EXISTS (SELECT 1 FROM deliveries d
            WHERE d.order_id = o.id AND d.status IN ('DELIVERED', 'REVISION_REQUESTED')))
    ORDER BY o.number LIMIT 10)"""
UNISSUED = """(SELECT count(*) FROM invoices i JOIN customers c ON c.id = i.customer_id
    JOIN contacts k ON k.customer_id = c.id
    WHERE k.account_id = {t}.id AND c.kind = 'CONSUMER' AND i.number IS NULL AND i.status <> 'CANCELED')"""
HAS_CONTACT = "EXISTS (SELECT 1 FROM contacts k WHERE k.account_id = {t}.id)"


@dataclass(frozen=True)
class AccountFacts:
    """An account as its guards see it; `has_member` and `has_contact` say whom it acts for."""

    id: UUID = fact("{t}.id")
    status: AccountStatus = fact("{t}.status")
    has_password: bool = fact("{t}.password_hash IS NOT NULL")
    invitation_ends_at: datetime | None = fact("{t}.invitation_ends_at")
    email_change_ends_at: datetime | None = fact("{t}.email_change_ends_at")
    is_last_administrator: bool = fact(IS_LAST_ADMINISTRATOR)
    has_member: bool = fact(HAS_MEMBER)
    has_contact: bool = fact(HAS_CONTACT)
    has_running_membership: bool = fact(HAS_RUNNING_MEMBERSHIP)
    running_orders: tuple[str, ...] = fact(RUNNING_ORDERS)
    unissued_invoices: int = fact(UNISSUED)
