"""The mutation type of a schema, with one mutation for each move and command of its profile."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types.info import Info

from domain import commands
from domain.engine import evaluation
from domain.engine.commands import Command, Outcome
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel import ids
from domain.kernel.errors import Code, Refusal, Refused
from schema.derivation.api_profile import ApiProfile
from schema.derivation.input_fields import InputField
from schema.derivation.input_reader import read_idempotency_key, read_input, subject_id
from schema.derivation.input_types import InputTypes
from schema.derivation.mutation_names import mutation_name, subject_field
from schema.derivation.payload_types import payload_names, payload_type
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
    mutation_type: type = strawberry.type(
        type("Mutation", (), body),
        name="Mutation",
        description="Every move and command, named noun first. Nothing is changed when `errors` is not empty.",
    )
    return mutation_type


def _mutation(profile: ApiProfile, inputs: InputTypes, lifecycle: Lifecycle, move: Transition) -> Any:
    entity = profile.entity(lifecycle.noun)
    names = payload_names(lifecycle.noun, profile.payload_fields)
    input_type, result_type = inputs.input_type(lifecycle, move), payload_type(lifecycle, move, entity, names)
    return strawberry.mutation(
        resolver=_resolver(
            _MutationResolver(profile, lifecycle, move, profile.input_fields(lifecycle, move)), input_type, result_type
        ),
        name=mutation_name(lifecycle, move),
        description=move.doc,
    )


def _resolver(mutation_resolver: "_MutationResolver", input_type: type, payload_type: type) -> Callable[..., Any]:
    async def resolve(info: Any, input_object: Any) -> Any:
        return await mutation_resolver.resolve(info, input_object, payload_type)

    resolve.__annotations__ = {
        "info": Info,
        "input_object": Annotated[input_type, strawberry.argument(name="input", description=INPUT_DESCRIPTION)],
        "return": payload_type,
    }
    return resolve


class _MutationResolver:
    """Executes one move for a caller and answers with its payload."""

    def __init__(
        self, profile: ApiProfile, lifecycle: Lifecycle, move: Transition, fields: tuple[InputField, ...]
    ) -> None:
        self._profile, self._lifecycle, self._move, self._input_fields = profile, lifecycle, move, fields
        self._subject_lifecycle = profile.registry.subject_lifecycle(lifecycle, move)
        self._field = subject_field(lifecycle, move)

    async def resolve(self, info: Info[Context, None], input_object: Any, payload_type: type) -> Any:
        """The payload; a refused move gives typed errors."""
        context, command = info.context, None
        try:
            command = self._command(input_object, SearchInputs(self._profile.searchable_lists, info.schema))
            outcome = await commands.execute(command, context.actor)
        except Refused as refused:
            subject = None if command is None else command.subject_id
            errors = await self._errors(context, refused.refusals, subject)
            shown_subject = None if self._move.creates else subject
            return payload_type(subject_id=shown_subject, errors=errors, replayed=False)
        return _success(payload_type, outcome, self._lifecycle, self._move)

    def _command(self, input_object: Any, search_inputs: SearchInputs) -> Command:
        subject, version = None, None
        if self._subject_lifecycle is not None and self._field is not None:
            subject = subject_id(self._subject_lifecycle, input_object.subject, self._field)
            version = input_object.expected_version
        return Command(
            noun=self._lifecycle.noun,
            move=self._move.name,
            subject_id=subject,
            input=read_input(self._move.input, input_object, self._input_fields, search_inputs),
            expected_version=version,
            idempotency_key=read_idempotency_key(input_object),
        )

    async def _errors(self, context: Context, refusals: tuple[Refusal, ...], subject: UUID | None) -> list[Any]:
        refusal_context = await read_refusal_context(context, self._subject_lifecycle, subject)
        open_actions: tuple[str, ...] = ()
        if (
            self._subject_lifecycle
            and refusal_context.facts
            and any(each.code is Code.ILLEGAL_TRANSITION for each in refusals)
        ):
            actions = evaluation.available_actions(
                self._profile.registry, self._subject_lifecycle.noun, refusal_context.facts, refusal_context.evaluation
            )
            open_actions = tuple(
                mutation_name(action.lifecycle, action.transition) for action in actions if action.is_allowed
            )
        error_context = ErrorContext(
            language=context.language, zone=refusal_context.evaluation.settings.zone, open_actions=open_actions
        )
        return [self._profile.to_error(refusal, error_context) for refusal in refusals]


def _success(payload_type: type, outcome: Outcome, lifecycle: Lifecycle, move: Transition) -> Any:
    payload = payload_type(subject_id=outcome.subject_id, errors=[], replayed=outcome.replayed)
    if move.deletes and outcome.subject_id is not None:
        payload.deleted_id = strawberry.ID(ids.external(lifecycle.id_prefix, outcome.subject_id))
    return payload
