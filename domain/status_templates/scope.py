"""Scope of status templates: everyone but customers, because all of them inform clients of orders."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ALL_BUT_CUSTOMER_KINDS

STATUS_TEMPLATES_SCOPE = ScopedTable(
    name="status_templates", table="status_templates", predicates=dict.fromkeys(ALL_BUT_CUSTOMER_KINDS, EVERYTHING)
)
