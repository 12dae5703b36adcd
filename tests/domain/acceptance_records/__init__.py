"""Tests of acceptance records."""
