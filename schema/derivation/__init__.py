"""Mutations, their inputs and the menus of open actions, derived from the lifecycle tables."""
