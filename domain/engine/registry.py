"""All lifecycles and what their moves ask of each other, checked as a whole when they are put together."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle, Timer, Transition
from domain.kernel.actors import Role

Consequence = Callable[[Any], Awaitable[None]]
AfterCommand = Callable[[Any, EvaluationContext], Awaitable[None]]


class InvalidLifecycle(Exception):
    """A table contradicts itself; raised on import, before anything can be moved."""


class Registry:
    """The lifecycles by noun, the consequences by event name, and what follows `after` everything a command did."""

    def __init__(
        self,
        lifecycles: Iterable[Lifecycle],
        consequences: Mapping[str, tuple[Consequence, ...]],
        after: AfterCommand | None = None,
    ) -> None:
        self.after_command = after
        self.lifecycles = {item.noun: item for item in lifecycles}
        self.consequences = consequences
        self.events = {
            item.event_name(move): (item, move) for item in self.lifecycles.values() for move in item.moves.values()
        }
        self.timers: dict[str, tuple[Lifecycle, Timer]] = {
            timer.kind: (item, timer) for item in self.lifecycles.values() for timer in item.timers
        }
        problems = [*self._errors()]
        if problems:
            raise InvalidLifecycle("; ".join(problems))

    def subject_lifecycle(self, lifecycle: Lifecycle, move: Transition) -> Lifecycle | None:
        """The lifecycle whose row a move is judged on: its own, its parent's, or none when it stands alone."""
        if not move.creates:
            return lifecycle
        return self.lifecycles[move.parent_noun] if move.parent_noun else None

    def transitions_on(self, noun: str) -> list[tuple[Lifecycle, Transition]]:
        """Every move that is judged on a row of this noun: its own, then those that create something below it."""
        return [
            (item, move)
            for item, move in self.events.values()
            if (judged := self.subject_lifecycle(item, move)) is not None and judged.noun == noun
        ]

    def _errors(self) -> Iterable[str]:
        for name in self.consequences:
            if name not in self.events:
                yield f"a consequence of {name}, which is no move"
        kinds = [timer.kind for item in self.lifecycles.values() for timer in item.timers]
        yield from (f"{kind} is due twice" for kind in sorted(set(kinds)) if kinds.count(kind) > 1)
        for item in self.lifecycles.values():
            yield from self._lifecycle_errors(item)

    def _lifecycle_errors(self, item: Lifecycle) -> Iterable[str]:
        if len(item.moves) != len(item.transitions) + len(item.commands):
            yield f"{item.noun} has two moves of one name"
        for move in item.moves.values():
            yield from self._transition_errors(item, move)
        for timer in item.timers:
            if timer.command and f"{timer.command.noun}.{timer.command.move}" not in self.events:
                yield f"{timer.kind} asks for a move that does not exist"
        yield from _unreachable_states(item)

    def _transition_errors(self, item: Lifecycle, move: Transition) -> Iterable[str]:
        name = item.event_name(move)
        judged = self.subject_lifecycle(item, move)
        states = set(judged.states) if judged else set()
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


def _unreachable_states(item: Lifecycle) -> Iterable[str]:
    reached = {item.start, *item.states_set_elsewhere} if item.start else {*item.states_set_elsewhere}
    reached |= {target for move in item.moves.values() if move.creates for target in move.to_states}
    size = -1
    while size != len(reached):
        size = len(reached)
        for move in item.transitions:
            if move.from_states & reached:
                reached |= move.to_states
    for state in item.states:
        if state not in reached:
            yield f"{item.noun} never reaches {state}"
