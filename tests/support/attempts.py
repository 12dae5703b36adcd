"""Attempts to make moves, as far as tests look at them: the refusals."""

from typing import Any
from uuid import UUID

from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import Actor
from domain.kernel.errors import Refusal, Refused


async def refusals_of(
    lifecycle: Lifecycle, move: Transition, subject_id: UUID | None, input: Any, actor: Actor
) -> tuple[Refusal, ...]:
    """The refusals of a move; empty when it was made."""
    command = Command(noun=lifecycle.noun, move=move.name, subject_id=subject_id, input=input)
    try:
        await execute(command, actor)
    except Refused as refused:
        return refused.refusals
    return ()
