"""Rules that hide a customer's own rows from them: the first that applies, derived from the scopes."""

from enum import StrEnum

from domain.access.scoped_table import ScopedTable
from domain.billing.scope import INVOICES_SCOPE
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.kernel.actors import ActorKind
from domain.orders.scope import ORDERS_SCOPE


class HidingRule(StrEnum):
    """A rule that hides something from its customer."""

    DRAFT = "DRAFT"
    IN_OPERATORS_REVIEW = "IN_OPERATORS_REVIEW"
    REJECTED_BY_OPERATOR = "REJECTED_BY_OPERATOR"
    ARCHIVED = "ARCHIVED"
    STATUS_ONLY_ACCESS = "STATUS_ONLY_ACCESS"
    STATUS_HIDDEN = "STATUS_HIDDEN"
    STATUS_IN_QUIET_PERIOD = "STATUS_IN_QUIET_PERIOD"
    STATUS_OF_HIDDEN_ORDER = "STATUS_OF_HIDDEN_ORDER"
    DELIVERY_NOT_DELIVERED = "DELIVERY_NOT_DELIVERED"
    DELIVERY_OF_HIDDEN_ORDER = "DELIVERY_OF_HIDDEN_ORDER"
    INVOICE_NOT_ISSUED = "INVOICE_NOT_ISSUED"


HidingConditions = tuple[tuple[str, HidingRule], ...]
CUSTOMER_OF_ORDER = "(SELECT w.customer_id FROM orders w WHERE w.id = {t}.order_id)"
HAS_PENDING_SHOW = "EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = {t}.order_id AND q.visibility = 'SHOWN')"


def visible_to_customer(source: ScopedTable, customer: str) -> str:
    """SQL: the row `{t}` is visible to this customer, by the scope that all their reads go through."""
    return source.predicates[ActorKind.CUSTOMER].replace("{customers}", f"ARRAY[{customer}]")


def hidden_by(visible: str, rules: HidingConditions, otherwise: HidingRule) -> str:
    """SQL: the first rule that hides the row; null exactly when it is seen."""
    arms = " ".join(f"WHEN {condition} THEN '{rule}'" for condition, rule in rules)
    return f"CASE WHEN {visible} THEN NULL {arms} ELSE '{otherwise}' END"


# An order that is not archived and whose status would let it be seen can only be hidden by the access.
ORDER_HIDING_RULES: HidingConditions = (
    ("{t}.status = 'DRAFT'", HidingRule.DRAFT),
    ("{t}.status = 'IN_REVIEW'", HidingRule.IN_OPERATORS_REVIEW),
    (
        "{t}.status = 'REJECTED' AND {t}.rejection_cause IS DISTINCT FROM 'CUSTOMER'"
        " AND {t}.rejection_cause IS DISTINCT FROM 'OFFER_EXPIRED'",
        HidingRule.REJECTED_BY_OPERATOR,
    ),
    ("{t}.archived_at IS NOT NULL", HidingRule.ARCHIVED),
)
ORDER_VISIBLE = visible_to_customer(ORDERS_SCOPE, "{t}.customer_id")
ORDER_HIDDEN_BY = hidden_by(ORDER_VISIBLE, ORDER_HIDING_RULES, HidingRule.STATUS_ONLY_ACCESS)

STATUS_VISIBLE = visible_to_customer(CLIENT_STATUSES_SCOPE, CUSTOMER_OF_ORDER)
STATUS_HIDING_RULES: HidingConditions = (
    (f"{{t}}.visibility <> 'SHOWN' AND {HAS_PENDING_SHOW}", HidingRule.STATUS_IN_QUIET_PERIOD),
    ("{t}.visibility <> 'SHOWN'", HidingRule.STATUS_HIDDEN),
)
STATUS_HIDDEN_BY = hidden_by(STATUS_VISIBLE, STATUS_HIDING_RULES, HidingRule.STATUS_OF_HIDDEN_ORDER)
# Hiding is at once: what waits is always something to be seen later.
CHANGE_HIDDEN_BY = f"CASE WHEN {STATUS_VISIBLE} AND {HAS_PENDING_SHOW} THEN '{HidingRule.STATUS_IN_QUIET_PERIOD}' END"

DELIVERY_VISIBLE = visible_to_customer(DELIVERIES_SCOPE, CUSTOMER_OF_ORDER)
ORDER_IS_HIDDEN = " OR ".join(f"({condition})" for condition, _ in ORDER_HIDING_RULES).replace("{t}", "u")
DELIVERY_HIDING_RULES: HidingConditions = (
    ("{t}.current_number = 0", HidingRule.DELIVERY_NOT_DELIVERED),
    (
        f"EXISTS (SELECT 1 FROM orders u WHERE u.id = {{t}}.order_id AND ({ORDER_IS_HIDDEN}))",
        HidingRule.DELIVERY_OF_HIDDEN_ORDER,
    ),
)
DELIVERY_HIDDEN_BY = hidden_by(DELIVERY_VISIBLE, DELIVERY_HIDING_RULES, HidingRule.STATUS_ONLY_ACCESS)

INVOICE_VISIBLE = visible_to_customer(INVOICES_SCOPE, "{t}.customer_id")
INVOICE_HIDDEN_BY = hidden_by(INVOICE_VISIBLE, (), HidingRule.INVOICE_NOT_ISSUED)

INVOICES_OF_ORDER = """SELECT l.invoice_id FROM billable_lines l WHERE l.order_id = {t}.id
    UNION SELECT j.id FROM invoices j WHERE j.order_id = {t}.id"""
# The customer does not see the order, its status, a change of it, a delivery or an invoice.
ORDER_HIDES_SOMETHING = f"""(NOT ({ORDER_VISIBLE})
    OR EXISTS (SELECT 1 FROM client_statuses h
        WHERE h.order_id = {{t}}.id AND NOT ({STATUS_VISIBLE.replace("{t}", "h")}))
    OR EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = {{t}}.id)
    OR EXISTS (SELECT 1 FROM deliveries h WHERE h.order_id = {{t}}.id AND NOT ({DELIVERY_VISIBLE.replace("{t}", "h")}))
    OR EXISTS (SELECT 1 FROM invoices h WHERE h.id = ANY(ARRAY({INVOICES_OF_ORDER}))
        AND NOT ({INVOICE_VISIBLE.replace("{t}", "h")})))"""
