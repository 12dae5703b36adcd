"""The one row of rules for client statuses: everybody who tells clients anything may know it."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.status_templates.scope import ALL_BUT_CUSTOMER_KINDS

STATUS_RULES_SCOPE = ScopedTable(
    name="status_rules", table="status_rules", predicates=dict.fromkeys(ALL_BUT_CUSTOMER_KINDS, EVERYTHING)
)
