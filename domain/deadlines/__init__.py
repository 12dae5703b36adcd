"""Deadlines as people see them: what was given up can be tried again."""
