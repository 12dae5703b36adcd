"""Downloads of stored files: one way for all, through the scope of the row that a file belongs to."""
