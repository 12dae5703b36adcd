"""One mutation for each move and command, straight from the tables to the one door."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types.info import Info

from domain import commands
from domain.engine import evaluation
from domain.engine.commands import Command, Outcome
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.errors import Code, Refusal, Refused
from schema.derivation.api_profile import ApiProfile
from schema.derivation.input_fields import InputField
from schema.derivation.input_reader import read_idempotency_key, read_input, subject_id
from schema.derivation.input_types import InputTypes
from schema.derivation.mutation_names import mutation_name, subject_field
from schema.derivation.payload_types import payload_type
from schema.derivation.refusal_context import read_refusal_context
from schema.derivation.search_inputs import SearchInputs
from schema.shared.context import Context
from schema.shared.errors import ErrorContext

INPUT_DESCRIPTION = "Which row, what the move takes, and how to repeat it safely."


def mutations(profile: ApiProfile) -> type:
    """The mutation type of one schema."""
    inputs = InputTypes(profile)
    body: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for lifecycle, move in profile.moves():
        body[f"{lifecycle.noun}_{move.name}"] = _mutation(profile, inputs, lifecycle, move)
    made: type = strawberry.type(
        type("Mutation", (), body),
        name="Mutation",
        description="Every move and command, named noun first. Nothing is changed when `errors` is not empty.",
    )
    return made


def _mutation(profile: ApiProfile, inputs: InputTypes, lifecycle: Lifecycle, move: Transition) -> Any:
    entity = profile.entities[lifecycle.noun]
    input_type, result_type = inputs.input_type(lifecycle, move), payload_type(lifecycle, move, entity)
    return strawberry.mutation(
        resolver=_resolver(
            _MutationResolver(profile, lifecycle, move, profile.input_fields(lifecycle, move)), input_type, result_type
        ),
        name=mutation_name(lifecycle, move),
        description=move.doc,
    )


def _resolver(making: "_MutationResolver", input_type: type, payload_type: type) -> Callable[..., Any]:
    async def resolve(info: Any, given: Any) -> Any:
        return await making.resolve(info, given, payload_type)

    resolve.__annotations__ = {
        "info": Info,
        "given": Annotated[input_type, strawberry.argument(name="input", description=INPUT_DESCRIPTION)],
        "return": payload_type,
    }
    return resolve


class _MutationResolver:
    """Makes one move for a caller and tells what became of it."""

    def __init__(
        self, profile: ApiProfile, lifecycle: Lifecycle, move: Transition, chosen: tuple[InputField, ...]
    ) -> None:
        self._profile, self._lifecycle, self._move, self._input_fields = profile, lifecycle, move, chosen
        self._subject_lifecycle = profile.registry.subject_lifecycle(lifecycle, move)
        self._field = subject_field(lifecycle, move)

    async def resolve(self, info: Info[Context, None], given: Any, payload_type: type) -> Any:
        """The payload, with typed errors for what was refused."""
        context, command = info.context, None
        try:
            command = self._command(given, SearchInputs(self._profile.searchable_lists, info.schema))
            outcome = await commands.execute(command, context.actor)
        except Refused as refused:
            known = None if command is None else command.subject_id
            told = await self._errors(context, refused.refusals, known)
            own = None if self._move.creates else known
            return payload_type(subject_id=own, errors=told, replayed=False)
        return _success(payload_type, outcome)

    def _command(self, given: Any, searching: SearchInputs) -> Command:
        subject, version = None, None
        if self._subject_lifecycle is not None and self._field is not None:
            subject = subject_id(self._subject_lifecycle, given.subject, self._field)
            version = given.expected_version
        return Command(
            noun=self._lifecycle.noun,
            move=self._move.name,
            subject_id=subject,
            input=read_input(self._move.input, given, self._input_fields, searching),
            expected_version=version,
            idempotency_key=read_idempotency_key(given),
        )

    async def _errors(self, context: Context, refusals: tuple[Refusal, ...], known: UUID | None) -> list[Any]:
        now = await read_refusal_context(context, self._subject_lifecycle, known)
        open_now: tuple[str, ...] = ()
        if self._subject_lifecycle and now.facts and any(each.code is Code.ILLEGAL_TRANSITION for each in refusals):
            menu = evaluation.available_actions(
                self._profile.registry, self._subject_lifecycle.noun, now.facts, now.evaluation
            )
            open_now = tuple(mutation_name(entry.lifecycle, entry.transition) for entry in menu if entry.is_allowed)
        telling = ErrorContext(language=context.language, zone=now.evaluation.settings.zone, open_actions=open_now)
        return [self._profile.to_error(refusal, telling) for refusal in refusals]


def _success(payload_type: type, outcome: Outcome) -> Any:
    return payload_type(subject_id=outcome.subject_id, errors=[], replayed=outcome.replayed)
