"""Tests of both GraphQL schemas."""
