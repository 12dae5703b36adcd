"""The API for customers, signed in or by a mailed link."""

from schema.portal.build import schema as schema
