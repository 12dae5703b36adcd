"""The API for customers, signed in or by a mailed link."""

from schema.portal.schema import schema as schema
