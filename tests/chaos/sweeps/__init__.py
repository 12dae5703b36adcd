"""A sweep of many due deadlines that is killed again and again."""
