"""The API for members, staff, finance and administrators."""

from schema.operations.build import schema as schema
