"""Mutations, their inputs and the fields of open actions, derived from the lifecycles."""
