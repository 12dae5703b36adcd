"""The menu of a row as the API shows it, judged by the same rules as the move itself."""

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
    """Makes the field `openActions` for the nouns of one schema, and `beginnings` for what belongs to none yet."""

    def __init__(self, surface: ApiProfile) -> None:
        self._surface = surface
        self._forms = ActionInputs(surface)

    def open_actions(self, noun: str) -> Any:
        """The declared field for objects of one noun."""
        lifecycle = self._surface.registry.lifecycles[noun]

        def open_actions(facts: Any, arguments: Mapping[str, Any], context: EvaluationContext) -> list[OpenAction]:
            closed = bool(arguments.get("include_closed"))
            menu = evaluation.available_actions(self._surface.registry, noun, facts, context, include_closed=closed)
            return [
                self._open_action(entry, lifecycle, facts, context)
                for entry in menu
                if self._surface.offers(entry.transition.roles)
            ]

        return computed(
            lifecycle.facts,
            open_actions,
            arguments=[INCLUDE_CLOSED],
            description="What the viewer may do with it now, and what each action needs.",
        )

    def beginnings(self) -> Any:
        """The declared root field for what is not made out of anything that is there already."""
        alone = [
            (lifecycle, move)
            for lifecycle, move in self._surface.moves()
            if move.creates and subject_field(lifecycle, move) is None
        ]

        def begun(facts: None, arguments: Mapping[str, Any], context: EvaluationContext) -> list[Beginning]:
            asked = arguments.get("mutation")
            return [
                self._beginning(lifecycle, move, context.actor.language)
                for lifecycle, move in alone
                if not evaluation.refusals(None, move, None, context)
                and asked in (None, mutation_name(lifecycle, move))
            ]

        return computed(
            None,
            begun,
            arguments=[MUTATION],
            description="What the viewer's role may begin on its own, and what each needs.",
        )

    def _beginning(self, lifecycle: Lifecycle, move: Transition, language: str) -> Beginning:
        event = lifecycle.event_name(move)
        return Beginning(
            name=move.name,
            event=event,
            mutation=mutation_name(lifecycle, move),
            label=translate(language, f"move.{event}"),
            explanation=translate(language, f"explain.{event}"),
            inputs=self._forms.inputs(lifecycle, move, language),
        )

    def _open_action(self, entry: Action, judged: Lifecycle, facts: Any, context: EvaluationContext) -> OpenAction:
        lifecycle, move, language = entry.lifecycle, entry.transition, context.actor.language
        event = lifecycle.event_name(move)
        return OpenAction(
            name=move.name,
            event=event,
            mutation=mutation_name(lifecycle, move),
            label=translate(language, f"move.{event}"),
            explanation=translate(language, f"explain.{event}"),
            allowed=entry.is_allowed,
            reasons=[action_reason(refusal, context) for refusal in entry.refusals],
            open_until=entry.open_until,
            subject_field=subject_field(lifecycle, move) or "id",
            subject_id=strawberry.ID(ids.external(judged.id_prefix, facts.id)),
            inputs=self._forms.inputs(lifecycle, move, language),
            weight=move.weight,
        )


def action_reason(refusal: Refusal, context: EvaluationContext) -> ActionReason:
    """One refusal as whoever asks reads it."""
    told = common_attributes(refusal, ErrorContext(language=context.actor.language, zone=context.settings.zone))
    told.pop("path")
    return ActionReason(**told)
