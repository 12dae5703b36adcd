"""A noun: everything that one business folder registers, from which all registries are built."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

# Called once with all moves of one transition that a unit of work makes together.
Consequence = Callable[[Sequence[Any]], Awaitable[None]]
Cleanup = Callable[[], Awaitable[int]]


def each_alone(consequence: Callable[[Any], Awaitable[None]]) -> Consequence:
    """A consequence that works on one move at a time."""

    async def follow(moves: Sequence[Any]) -> None:
        for move in moves:
            await consequence(move)

    return follow


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A command that one noun adds to the lifecycle of another, listed after the command named `after`."""

    noun: str
    command: Transition
    after: str


@dataclass(frozen=True, kw_only=True)
class AfterSending:
    """The move that the system makes once the mail server has accepted a customer's message.

    `still_applies` returns, from the id of the message's event, whether its subject was not replaced meanwhile.
    """

    move: str
    still_applies: Callable[[UUID | None], Awaitable[bool]] | None = None


@dataclass(frozen=True, kw_only=True)
class Noun:
    """What one folder of the domain registers.

    A lifecycle brings the noun's name, model, id prefix, scope, facts and moves; a folder has one, or several that
    belong together. `consequences` are what moves of any noun entail here, by event name; `extensions` the commands
    this noun adds to others. `recipients` says who receives messages about it, by noun, `default_recipients` who
    receives those about nouns without recipients of their own; `after_sending` is what follows when a message was
    sent, by message name. `context_facts` are SQL expressions, by name, that are read with the operator's settings
    into each evaluation context. With `has_timeline` its events and deadlines are read through its scope. `cleanups`
    remove what has expired, a portion at a time, and return how many rows went.
    """

    lifecycles: tuple[Lifecycle, ...] = ()
    consequences: Mapping[str, tuple[Consequence, ...]] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    recipients: Mapping[str, Recipients] = field(default_factory=dict)
    default_recipients: Mapping[Role, str] = field(default_factory=dict)
    after_sending: Mapping[str, AfterSending] = field(default_factory=dict)
    context_facts: Mapping[str, str] = field(default_factory=dict)
    has_timeline: bool = True
    cleanups: tuple[Cleanup, ...] = ()
