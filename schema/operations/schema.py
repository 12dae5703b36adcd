"""The operations schema, for members, staff, finance and administrators."""

from schema.derivation.schema_builder import build_schema
from schema.operations.api_profile import PROFILE
from schema.operations.errors import ERROR_TYPES
from schema.operations.query import Query
from schema.operations.subscription import Subscription

schema = build_schema(Query, Subscription, PROFILE, ERROR_TYPES)
