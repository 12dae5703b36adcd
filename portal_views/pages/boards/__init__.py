"""The board: its columns, moves of cards, and the client status of a card."""
