"""The open actions of a row as the API shows them, evaluated by the rules of the move itself."""

from collections.abc import Mapping
from typing import Any

import strawberry

from domain.engine import evaluation
from domain.engine.context import EvaluationContext
from domain.engine.evaluation import Action
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel import ids
from domain.kernel.errors import Refusal
from domain.kernel.i18n import translate
from schema.declarations.fields import computed, field_argument
from schema.derivation.action_inputs import ActionInputs
from schema.derivation.api_profile import ApiProfile
from schema.derivation.mutation_names import mutation_name, subject_field
from schema.shared.actions import ActionReason, Beginning, OpenAction
from schema.shared.errors import ErrorContext, common_attributes

INCLUDE_CLOSED = field_argument(
    "include_closed", bool, default=False, description="Also the moves that the object's state does not allow."
)
MUTATION = field_argument("mutation", str | None, default=None, description="Only the one that this mutation makes.")


class OpenActionFields:
    """Makes the field `openActions` for the nouns of one schema, and `beginnings` for moves that need no row."""

    def __init__(self, profile: ApiProfile) -> None:
        self._profile = profile
        self._action_inputs = ActionInputs(profile)

    def open_actions(self, noun: str) -> Any:
        """The declared field for objects of one noun."""
        lifecycle = self._profile.registry.lifecycles[noun]

        def open_actions(facts: Any, arguments: Mapping[str, Any], context: EvaluationContext) -> list[OpenAction]:
            closed = bool(arguments.get("include_closed"))
            actions = evaluation.available_actions(self._profile.registry, noun, facts, context, include_closed=closed)
            return [
                self._open_action(action, lifecycle, facts, context)
                for action in actions
                if self._profile.offers(action.transition.roles)
            ]

        return computed(
            lifecycle.facts,
            open_actions,
            arguments=[INCLUDE_CLOSED],
            description="What the viewer may do with it now, and what each action needs.",
        )

    def beginnings(self) -> Any:
        """The declared root field for moves that create a row and start from none."""
        moves_without_row = [
            (lifecycle, move)
            for lifecycle, move in self._profile.moves()
            if move.creates and subject_field(lifecycle, move) is None
        ]

        def beginnings(facts: None, arguments: Mapping[str, Any], context: EvaluationContext) -> list[Beginning]:
            wanted = arguments.get("mutation")
            return [
                self._beginning(lifecycle, move, context.actor.language)
                for lifecycle, move in moves_without_row
                if not evaluation.refusals(None, move, None, context)
                and wanted in (None, mutation_name(lifecycle, move))
            ]

        return computed(
            None,
            beginnings,
            arguments=[MUTATION],
            description="What the viewer's role may begin on its own, and what each needs.",
        )

    def _beginning(self, lifecycle: Lifecycle, move: Transition, language: str) -> Beginning:
        return Beginning(**self._attributes(lifecycle, move, language))

    def _open_action(
        self, action: Action, subject_lifecycle: Lifecycle, facts: Any, context: EvaluationContext
    ) -> OpenAction:
        lifecycle, move, language = action.lifecycle, action.transition, context.actor.language
        return OpenAction(
            **self._attributes(lifecycle, move, language),
            allowed=action.is_allowed,
            reasons=[action_reason(refusal, context) for refusal in action.refusals],
            open_until=action.open_until,
            subject_field=subject_field(lifecycle, move) or "id",
            subject_id=strawberry.ID(ids.external(subject_lifecycle.id_prefix, facts.id)),
            weight=move.weight,
        )

    def _attributes(self, lifecycle: Lifecycle, move: Transition, language: str) -> dict[str, Any]:
        """The attributes that open actions and beginnings have in common."""
        event = lifecycle.event_name(move)
        return {
            "name": move.name,
            "event": event,
            "mutation": mutation_name(lifecycle, move),
            "label": translate(language, f"move.{event}"),
            "explanation": translate(language, f"explain.{event}"),
            "inputs": self._action_inputs.inputs(lifecycle, move, language),
        }


def action_reason(refusal: Refusal, context: EvaluationContext) -> ActionReason:
    """One refusal in the viewer's language."""
    attributes = common_attributes(refusal, ErrorContext(language=context.actor.language, zone=context.settings.zone))
    attributes.pop("path")
    return ActionReason(**attributes)
