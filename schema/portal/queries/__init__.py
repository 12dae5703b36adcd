"""The fields with which reading begins, by area."""
