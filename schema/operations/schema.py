"""The operations schema, for members, staff, finance and administrators."""

from schema.derivation.schema_builder import build_schema
from schema.operations.api_profile import PROFILE
from schema.operations.errors import ERROR_TYPES
from schema.operations.query import Query
from schema.operations.subscription import Subscription

DESCRIPTION = """Werkstand for members, staff, finance and administrators: orders from draft to invoice,
and what clients are told. Customers use the portal schema.
Every move of a lifecycle is a mutation, named noun first; its payload holds the row as it is then, and typed errors."""

schema = build_schema(Query, Subscription, PROFILE, ERROR_TYPES, description=DESCRIPTION)
