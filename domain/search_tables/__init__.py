"""Search tables: the words that each row of a large list is found by."""
