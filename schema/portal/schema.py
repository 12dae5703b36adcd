"""The portal schema, for customers."""

from schema.derivation.schema_builder import build_schema
from schema.portal.api_profile import PROFILE
from schema.portal.errors import ERROR_TYPES
from schema.portal.query import Query
from schema.portal.subscription import Subscription

schema = build_schema(Query, Subscription, PROFILE, ERROR_TYPES)
