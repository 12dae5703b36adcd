"""Pipelines: the stages orders pass through on the operator's board."""
