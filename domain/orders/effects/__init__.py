"""Effects of the moves and commands of an order."""
