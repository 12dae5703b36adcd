"""Pipelines: the stages that orders pass through on the operator's board."""
