"""Reads compiled: one GraphQL operation becomes one SQL statement that returns the response text."""
