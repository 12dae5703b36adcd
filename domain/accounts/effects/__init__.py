"""Effects of the moves of an account."""
