"""Claims that must hold before a pipeline is drawn up or put away."""

from domain.client_status.guards import COLOR
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.pipelines.facts import PipelineFacts
from domain.pipelines.takes import PipelineEntry


def no_open_order_lies_in_it(pipeline: PipelineFacts, moment: EvaluationContext) -> Refusal | None:
    if pipeline.open_orders:
        return guard_failed("pipeline_has_open_orders", orders=pipeline.open_orders)
    return None


def nothing_works_with_it(pipeline: PipelineFacts, moment: EvaluationContext) -> Refusal | None:
    return guard_failed("pipeline_in_use", users=pipeline.used_by) if pipeline.used_by else None


def every_stage_has_a_name_of_its_own(
    pipeline: PipelineFacts | None, entry: PipelineEntry, moment: EvaluationContext
) -> Refusal | None:
    seen: set[str] = set()
    for place, stage in enumerate(entry.stages):
        name = stage.name.strip().casefold()
        if name in seen:
            return invalid("stage_named_twice", "stages", str(place), "name")
        seen.add(name)
    return None


def every_stage_that_stays_is_one_of_its_own(
    pipeline: PipelineFacts | None, entry: PipelineEntry, moment: EvaluationContext
) -> Refusal | None:
    """A stage stays once; one of another pipeline looks like none."""
    left = set(pipeline.stage_ids) if pipeline else set()
    for place, stage in enumerate(entry.stages):
        if stage.id is not None and stage.id not in left:
            return invalid("stage_unknown", "stages", str(place), "id")
        left.discard(stage.id)
    return None


def the_colors_are_colors(
    pipeline: PipelineFacts | None, entry: PipelineEntry, moment: EvaluationContext
) -> Refusal | None:
    for place, stage in enumerate(entry.stages):
        if not COLOR.fullmatch(stage.color):
            return invalid("not_a_color", "stages", str(place), "color")
    return None
