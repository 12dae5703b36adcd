"""All lifecycles and what their moves ask of each other, checked as a whole when they are put together."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from domain.core.actors import Role
from domain.core.lifecycle import Lifecycle, Timer, Transition
from domain.core.moment import Moment

Consequence = Callable[[Any], Awaitable[None]]
After = Callable[[Any, Moment], Awaitable[None]]


class Misdrawn(Exception):
    """A table contradicts itself; raised on import, before anything can be moved."""


class Book:
    """The lifecycles by noun, the consequences by event name, and what follows `after` everything a command did."""

    def __init__(
        self,
        lifecycles: Iterable[Lifecycle],
        consequences: Mapping[str, tuple[Consequence, ...]],
        after: After | None = None,
    ) -> None:
        self.after = after
        self.lifecycles = {item.noun: item for item in lifecycles}
        self.consequences = consequences
        self.events = {
            item.event(move): (item, move) for item in self.lifecycles.values() for move in item.moves.values()
        }
        self.timers: dict[str, tuple[Lifecycle, Timer]] = {
            timer.kind: (item, timer) for item in self.lifecycles.values() for timer in item.timers
        }
        problems = [*self._problems()]
        if problems:
            raise Misdrawn("; ".join(problems))

    def judged_on(self, lifecycle: Lifecycle, move: Transition) -> Lifecycle | None:
        """The lifecycle whose row a move is judged on: its own, its parent's, or none when it stands alone."""
        if not move.creates:
            return lifecycle
        return self.lifecycles[move.on_noun] if move.on_noun else None

    def moves_on(self, noun: str) -> list[tuple[Lifecycle, Transition]]:
        """Every move that is judged on a row of this noun: its own, then those that create something below it."""
        return [
            (item, move)
            for item, move in self.events.values()
            if (judged := self.judged_on(item, move)) is not None and judged.noun == noun
        ]

    def _problems(self) -> Iterable[str]:
        for name in self.consequences:
            if name not in self.events:
                yield f"a consequence of {name}, which is no move"
        kinds = [timer.kind for item in self.lifecycles.values() for timer in item.timers]
        yield from (f"{kind} is due twice" for kind in sorted(set(kinds)) if kinds.count(kind) > 1)
        for item in self.lifecycles.values():
            yield from self._problems_of(item)

    def _problems_of(self, item: Lifecycle) -> Iterable[str]:
        if len(item.moves) != len(item.transitions) + len(item.commands):
            yield f"{item.noun} has two moves of one name"
        for move in item.moves.values():
            yield from self._problems_of_move(item, move)
        for timer in item.timers:
            if timer.asks and f"{timer.asks.noun}.{timer.asks.move}" not in self.events:
                yield f"{timer.kind} asks for a move that does not exist"
        yield from _unreachable(item)

    def _problems_of_move(self, item: Lifecycle, move: Transition) -> Iterable[str]:
        name = item.event(move)
        judged = self.judged_on(item, move)
        states = set(judged.states) if judged else set()
        if not move.by:
            yield f"{name} can be made by nobody"
        if not move.doc:
            yield f"{name} has no sentence that says what it does"
        if not move.sources <= states:
            yield f"{name} starts in a state that does not exist"
        if not move.sources and not move.creates:
            yield f"{name} starts nowhere"
        if not move.targets <= set(item.states):
            yield f"{name} leads to a state that does not exist"
        if move.due and Role.CLOCK not in move.by:
            yield f"{name} is due, but the clock may not make it"


def _unreachable(item: Lifecycle) -> Iterable[str]:
    reached = {item.start, *item.written_elsewhere} if item.start else {*item.written_elsewhere}
    reached |= {target for move in item.moves.values() if move.creates for target in move.targets}
    size = -1
    while size != len(reached):
        size = len(reached)
        for move in item.transitions:
            if move.sources & reached:
                reached |= move.targets
    for state in item.states:
        if state not in reached:
            yield f"{item.noun} never reaches {state}"
