"""The API for members, staff, finance and administrators."""

from schema.operations import enums  # Before any type that shows them.
from schema.operations.build import schema as schema
