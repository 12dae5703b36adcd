"""What is written when the rules for client statuses change."""

from dataclasses import fields

from domain.engine.transition import TransitionContext


def amend_rules(move: TransitionContext) -> None:
    """Replace the rules; the event says what became what."""
    for item in fields(move.input):
        old, new = getattr(move.row, item.name), getattr(move.input, item.name)
        if old != new:
            move.event_body[item.name] = {"from": old, "to": new}
        setattr(move.row, item.name, new)
