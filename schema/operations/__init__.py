"""The API for members, staff, finance and administrators."""

from schema.operations import enums as enums  # Before any type that shows them.
from schema.operations.bulk import enums as bulk_enums  # noqa: F401
from schema.operations.schema import schema as schema
