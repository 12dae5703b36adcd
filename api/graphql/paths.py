"""Paths of the GraphQL endpoints; routes, body limits and the format of refusals derive from them."""

from collections.abc import Mapping

from schema.api_schema import SchemaName

SCHEMA_PATHS: Mapping[SchemaName, str] = {"operations": "/graphql", "portal": "/portal/graphql"}
STREAM_SUFFIX = "/stream"
GRAPHQL_PATHS = frozenset(path + suffix for path in SCHEMA_PATHS.values() for suffix in ("", STREAM_SUFFIX))
# The operations schema has mutations that name thousands of orders.
BULK_PATHS = frozenset({SCHEMA_PATHS["operations"]})
