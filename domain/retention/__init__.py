"""Retention: how long the law keeps which records, from the end of the year in which they were made."""
