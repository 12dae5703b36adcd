"""The portal schema, for customers."""

from schema.derivation.schema_builder import build_schema
from schema.portal.api_profile import PROFILE
from schema.portal.errors import ERROR_TYPES
from schema.portal.query import Query
from schema.portal.subscription import Subscription

DESCRIPTION = """Werkstand for customers: offers, work in progress, deliveries and invoices, as far as they concern
the viewer. Every answer a customer may give is a mutation, named noun first; its payload holds the row as it is then,
and typed errors."""

schema = build_schema(Query, Subscription, PROFILE, ERROR_TYPES, description=DESCRIPTION)
