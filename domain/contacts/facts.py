"""Facts of a contact, which guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.facts import fact
from domain.orders.scope import WAS_SUBMITTED
from domain.parties.model import ContactState

# Orders whose offer, delivery or supplement waits for the contact's answer.
WAITING = """ARRAY(SELECT o.{column} FROM orders o WHERE o.contact_id = {t}.id AND o.deleted_at IS NULL
    AND (o.status = 'AWAITING_CUSTOMER' OR o.status IN ('ACTIVE', 'CANCELLATION_REVIEW', 'COMPLETED')
        AND (EXISTS (SELECT 1 FROM deliveries d
                WHERE d.order_id = o.id AND d.status IN ('DELIVERED', 'REVISION_REQUESTED'))
            OR EXISTS (SELECT 1 FROM supplements s WHERE s.order_id = o.id AND s.status = 'OPEN')))
    ORDER BY o.number LIMIT 10)"""


UNISSUED = """(SELECT count(*) FROM invoices i JOIN customers c ON c.id = i.customer_id
    WHERE c.id = {t}.customer_id AND c.kind = 'CONSUMER' AND i.number IS NULL AND i.status <> 'CANCELED')"""
# A draft that was never submitted does not exist for those who erase, and is not named to them.
RUNNING = f"""ARRAY(SELECT o.number FROM orders o WHERE o.contact_id = {{t}}.id AND o.deleted_at IS NULL
    AND {WAS_SUBMITTED.replace("{t}", "o")}
    AND o.status IN ('DRAFT', 'IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW')
    ORDER BY o.number LIMIT 10)"""


@dataclass(frozen=True)
class ContactFacts:
    """A contact as its guards see it; `waiting_members` own the `waiting_orders` of the same place."""

    id: UUID = fact("{t}.id")
    status: ContactState = fact("{t}.status")
    others: int = fact("""(SELECT count(*) FROM contacts k WHERE k.customer_id = {t}.customer_id
        AND k.id <> {t}.id AND k.status = 'KNOWN')""")
    running_orders: tuple[str, ...] = fact(RUNNING)
    unissued_invoices: int = fact(UNISSUED)
    waiting_orders: tuple[str, ...] = fact(WAITING.replace("{column}", "number"))
    waiting_members: tuple[UUID, ...] = fact(WAITING.replace("{column}", "member_id"))
