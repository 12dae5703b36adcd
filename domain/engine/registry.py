"""All lifecycles and what follows from their moves, built from the list of nouns and validated as a whole."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

from domain.engine.lifecycle import Lifecycle, Timer, Transition
from domain.engine.noun import Consequence, Extension, Noun
from domain.engine.registry_validation import errors_in

AfterCommand = Callable[[Any], Awaitable[None]]


class InvalidLifecycle(Exception):
    """A table contradicts itself; raised on import, before anything can be moved."""


class Registry:
    """The lifecycles by noun, the consequences by event name, and what runs `after_command`.

    Within one event, consequences run in the order of the nouns. Raises `InvalidLifecycle` when the tables contradict
    themselves or each other.
    """

    def __init__(self, nouns: Iterable[Noun], after_command: AfterCommand | None = None) -> None:
        self.nouns = tuple(nouns)
        self.after_command = after_command
        self.lifecycles = {item.noun: item for item in extended_lifecycles(self.nouns)}
        self.consequences = _merged(noun.consequences for noun in self.nouns)
        self.events = {
            item.event_name(move): (item, move) for item in self.lifecycles.values() for move in item.moves.values()
        }
        self.timers: dict[str, tuple[Lifecycle, Timer]] = {
            timer.kind: (item, timer) for item in self.lifecycles.values() for timer in item.timers
        }
        self.recipients = {name: found for noun in self.nouns for name, found in noun.recipients.items()}
        self.default_recipients = {
            role: query for noun in self.nouns for role, query in noun.default_recipients.items()
        }
        self.after_sending = {name: found for noun in self.nouns for name, found in noun.after_sending.items()}
        self.context_facts = {name: sql for noun in self.nouns for name, sql in noun.context_facts.items()}
        errors = [*errors_in(self)]
        if errors:
            raise InvalidLifecycle("; ".join(errors))
        self.root = next(item for item in self.lifecycles.values() if item.is_root)
        self.kinds_enforced_on_access = tuple(
            kind for kind, (_, timer) in self.timers.items() if timer.enforced_on_access
        )

    def subject_lifecycle(self, lifecycle: Lifecycle, move: Transition) -> Lifecycle | None:
        """The lifecycle whose row a move is evaluated on: its own, its parent's, or none when it stands alone."""
        if not move.creates:
            return lifecycle
        return self.lifecycles[move.parent_noun] if move.parent_noun else None

    def transitions_on(self, noun: str) -> list[tuple[Lifecycle, Transition]]:
        """Every move that is evaluated on a row of this noun: its own, then those that create something below it."""
        return [
            (item, move)
            for item, move in self.events.values()
            if (subject := self.subject_lifecycle(item, move)) is not None and subject.noun == noun
        ]


def extended_lifecycles(nouns: Iterable[Noun]) -> Iterator[Lifecycle]:
    """The lifecycles in the order of the nouns, each with the moves that other nouns add to it."""
    nouns, extensions = tuple(nouns), defaultdict[str, list[Extension]](list)
    for noun in nouns:
        for extension in noun.extensions:
            extensions[extension.noun].append(extension)
    for noun in nouns:
        for lifecycle in noun.lifecycles:
            for extension in extensions[lifecycle.noun]:
                lifecycle = lifecycle.with_command(extension.command, after=extension.after)
            yield lifecycle


def _merged(parts: Iterable[Mapping[str, tuple[Consequence, ...]]]) -> dict[str, tuple[Consequence, ...]]:
    """Consequences by event name; within one event they keep the order of the parts."""
    merged: defaultdict[str, list[Consequence]] = defaultdict(list)
    for part in parts:
        for event, consequences in part.items():
            merged[event].extend(consequences)
    return {event: tuple(consequences) for event, consequences in merged.items()}
