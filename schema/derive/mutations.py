"""One mutation for each move and command, straight from the tables to the one door."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types.info import Info

from domain import actions
from domain.engine import evaluation
from domain.engine.commands import Command, Outcome
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.errors import Code, Refusal, Refused
from schema.derive.inputs import Inputs
from schema.derive.naming import mutation_name, subject_field
from schema.derive.payloads import payload
from schema.derive.searching import Searching
from schema.derive.situation import situation
from schema.derive.surface import Surface
from schema.derive.taken import Taken
from schema.derive.taking import key_of, subject_id, taken_from
from schema.shared.context import Context
from schema.shared.errors import Telling

ARGUMENT = "Which row, what the move takes, and how to repeat it safely."


def mutations(surface: Surface) -> type:
    """The mutation type of one schema."""
    inputs = Inputs(surface)
    body: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for lifecycle, move in surface.moves():
        body[f"{lifecycle.noun}_{move.name}"] = _mutation(surface, inputs, lifecycle, move)
    made: type = strawberry.type(
        type("Mutation", (), body),
        name="Mutation",
        description="Every move and command, named noun first. Nothing is changed when `errors` is not empty.",
    )
    return made


def _mutation(surface: Surface, inputs: Inputs, lifecycle: Lifecycle, move: Transition) -> Any:
    entity = surface.entities[lifecycle.noun]
    input_type, payload_type = inputs.of(lifecycle, move), payload(lifecycle, move, entity)
    return strawberry.mutation(
        resolver=_resolver(_Making(surface, lifecycle, move, inputs.fields(lifecycle, move)), input_type, payload_type),
        name=mutation_name(lifecycle, move),
        description=move.doc,
    )


def _resolver(making: "_Making", input_type: type, payload_type: type) -> Callable[..., Any]:
    async def resolve(info: Any, given: Any) -> Any:
        return await making.answer(info, given, payload_type)

    resolve.__annotations__ = {
        "info": Info,
        "given": Annotated[input_type, strawberry.argument(name="input", description=ARGUMENT)],
        "return": payload_type,
    }
    return resolve


class _Making:
    """Makes one move for a caller and tells what became of it."""

    def __init__(self, surface: Surface, lifecycle: Lifecycle, move: Transition, chosen: tuple[Taken, ...]) -> None:
        self._surface, self._lifecycle, self._move, self._chosen = surface, lifecycle, move, chosen
        self._judged = surface.book.subject_lifecycle(lifecycle, move)
        self._field = subject_field(lifecycle, move)

    async def answer(self, info: Info[Context, None], given: Any, payload_type: type) -> Any:
        """The payload, with typed errors for what was refused."""
        context, command = info.context, None
        try:
            command = self._command(given, Searching(self._surface.listings, info.schema))
            outcome = await actions.perform(command, context.actor)
        except Refused as refused:
            known = None if command is None else command.subject_id
            told = await self._told(context, refused.refusals, known)
            own = None if self._move.creates else known
            return payload_type(subject_id=own, errors=told, replayed=False)
        return _done(payload_type, outcome)

    def _command(self, given: Any, searching: Searching) -> Command:
        subject, version = None, None
        if self._judged is not None and self._field is not None:
            subject = subject_id(self._judged, given.subject, self._field)
            version = given.expected_version
        return Command(
            noun=self._lifecycle.noun,
            move=self._move.name,
            subject_id=subject,
            input=taken_from(self._move.input, given, self._chosen, searching),
            expected_version=version,
            idempotency_key=key_of(given),
        )

    async def _told(self, context: Context, refusals: tuple[Refusal, ...], known: UUID | None) -> list[Any]:
        now = await situation(context, self._judged, known)
        open_now: tuple[str, ...] = ()
        if self._judged and now.facts and any(each.code is Code.ILLEGAL_TRANSITION for each in refusals):
            menu = evaluation.available_actions(self._surface.book, self._judged.noun, now.facts, now.moment)
            open_now = tuple(mutation_name(entry.lifecycle, entry.transition) for entry in menu if entry.is_allowed)
        telling = Telling(language=context.language, zone=now.moment.settings.zone, open_actions=open_now)
        return [self._surface.error(refusal, telling) for refusal in refusals]


def _done(payload_type: type, outcome: Outcome) -> Any:
    return payload_type(subject_id=outcome.subject_id, errors=[], replayed=outcome.replayed)
