"""What is written when the rules for client statuses change."""

from dataclasses import fields

from domain.core.move import Move


def amend(move: Move) -> None:
    """Replace the rules; the event says what became what."""
    for item in fields(move.takes):
        old, new = getattr(move.row, item.name), getattr(move.takes, item.name)
        if old != new:
            move.note[item.name] = {"from": old, "to": new}
        setattr(move.row, item.name, new)
