"""The operations schema, ready to be asked of boards."""

from tests.schema.conftest import in_operations as in_operations
