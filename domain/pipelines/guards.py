"""Claims that must hold before a pipeline is saved or retired."""

from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.amendments import given_values
from domain.kernel.colors import color_error
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.pipelines.facts import PipelineFacts
from domain.pipelines.inputs import StageEntry


def has_no_open_orders(pipeline: PipelineFacts, context: EvaluationContext) -> Refusal | None:
    if pipeline.open_orders:
        return guard_failed("pipeline_has_open_orders", orders=pipeline.open_orders)
    return None


def pipeline_is_unused(pipeline: PipelineFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("pipeline_in_use", users=pipeline.used_by) if pipeline.used_by else None


def stage_names_are_unique(pipeline: PipelineFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    """No two stages share their name in a language."""
    names: set[tuple[str, str]] = set()
    for position, stage in enumerate(_given_stages(entry)):
        for field in ("name_de", "name_en"):
            name = (field, getattr(stage, field).strip().casefold())
            if name in names:
                return invalid("stage_named_twice", "stages", str(position), field)
            names.add(name)
    return None


def kept_stages_belong_to_pipeline(
    pipeline: PipelineFacts | None, entry: Any, context: EvaluationContext
) -> Refusal | None:
    """Each stage is kept once; a stage of another pipeline looks like an absent one."""
    remaining = set(pipeline.stage_ids) if pipeline else set()
    for position, stage in enumerate(_given_stages(entry)):
        if stage.id is not None and stage.id not in remaining:
            return invalid("stage_unknown", "stages", str(position), "id")
        remaining.discard(stage.id)
    return None


def colors_are_valid(pipeline: PipelineFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    errors = (
        color_error(stage.color, "stages", str(position), "color")
        for position, stage in enumerate(_given_stages(entry))
    )
    return next(filter(None, errors), None)


def _given_stages(entry: Any) -> tuple[StageEntry, ...]:
    """The stages of an entry or of an amendment; none where they stay as they are."""
    stages: tuple[StageEntry, ...] = given_values(entry).get("stages", ())
    return stages
