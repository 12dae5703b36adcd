"""Validation of lifecycles: contradictions that can be found before anything is moved, each as a sentence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import Role

if TYPE_CHECKING:
    from domain.engine.registry import Registry


def errors_in(registry: "Registry") -> Iterator[str]:
    """Everything that contradicts itself; nothing when all is well."""
    for name in registry.consequences:
        if name not in registry.events:
            yield f"a consequence of {name}, which is no move"
    kinds = [timer.kind for item in registry.lifecycles.values() for timer in item.timers]
    yield from (f"{kind} is due twice" for kind in sorted(set(kinds)) if kinds.count(kind) > 1)
    if sum(item.is_root for item in registry.lifecycles.values()) != 1:
        yield "there must be one root noun, whose rows are locked first"
    for item in registry.lifecycles.values():
        yield from _lifecycle_errors(registry, item)


def _lifecycle_errors(registry: "Registry", item: Lifecycle) -> Iterator[str]:
    if len(item.moves) != len(item.transitions) + len(item.commands):
        yield f"{item.noun} has two moves of one name"
    for move in item.moves.values():
        yield from _transition_errors(registry, item, move)
    for timer in item.timers:
        if timer.command and f"{timer.command.noun}.{timer.command.move}" not in registry.events:
            yield f"{timer.kind} asks for a move that does not exist"
    yield from _unreachable_states(item)


def _transition_errors(registry: "Registry", item: Lifecycle, move: Transition) -> Iterator[str]:
    name = item.event_name(move)
    subject = registry.subject_lifecycle(item, move)
    states = set(subject.states) if subject else set()
    if not move.roles:
        yield f"{name} can be made by nobody"
    if not move.doc:
        yield f"{name} has no sentence that says what it does"
    if not move.from_states <= states:
        yield f"{name} starts in a state that does not exist"
    if not move.from_states and not move.creates:
        yield f"{name} starts nowhere"
    if not move.to_states <= set(item.states):
        yield f"{name} leads to a state that does not exist"
    if move.due and Role.CLOCK not in move.roles:
        yield f"{name} is due, but the clock may not make it"


def _unreachable_states(item: Lifecycle) -> Iterator[str]:
    reached = {item.start, *item.states_set_elsewhere} if item.start else {*item.states_set_elsewhere}
    reached |= {state for move in item.moves.values() if move.creates for state in move.to_states}
    size = -1
    while size != len(reached):
        size = len(reached)
        for move in item.transitions:
            if move.from_states & reached:
                reached |= move.to_states
    for state in item.states:
        if state not in reached:
            yield f"{item.noun} never reaches {state}"
