"""The page of one order for members and the operator's roles."""
