"""Scopes of acceptance records: who sees a delivery sees its record."""

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import ScopedTable
from domain.deliveries.scope import DELIVERY_SCOPES

RECORDS_SCOPE = ScopedTable(name="acceptance_records", table="acceptance_records", predicates=DELIVERY_SCOPES)
DOCUMENTS_SCOPE = ScopedTable(
    name="acceptance_documents",
    table="acceptance_documents",
    predicates=inherit_scopes(RECORDS_SCOPE, "record_id"),
)
