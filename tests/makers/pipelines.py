"""Pipelines for tests, and orders that lie in their stages."""

from typing import Any
from uuid import UUID

from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.pipelines.inputs import PipelineInput, StageEntry, StageEntryInput
from domain.pipelines.model import Pipeline, Stage
from tests.makers.orders import Case
from tests.makers.parties import STAFF


async def a_pipeline(*stages: str | StageEntry, **facts: Any) -> Pipeline:
    """A pipeline with these stages, by name or in full; three unless some are given."""
    entries = tuple(a_stage(each) if isinstance(each, str) else each for each in stages or THREE)
    entry = PipelineInput(**(named("Werkstatt") | {"stages": entries} | facts))
    outcome = await execute(Command(noun="pipeline", move="create", input=entry), STAFF)
    return await Pipeline.get(id=outcome.subject_id)


def a_stage(name: str, **facts: Any) -> StageEntry:
    """The entry of a new stage with one name in both languages."""
    return StageEntry(**named(name), **facts)


def named(name: str) -> dict[str, Any]:
    """One name in both languages."""
    return {"name_de": name, "name_en": name}


async def move_pipeline(pipeline: Pipeline, name: str, takes: Any = None, actor: Actor = STAFF) -> Pipeline:
    """Make one move of a pipeline and return it as it is then."""
    await execute(Command(noun="pipeline", move=name, subject_id=pipeline.id, input=takes), actor)
    return await Pipeline.get(id=pipeline.id)


async def amended(pipeline: Pipeline, *stages: StageEntry) -> Pipeline:
    """The pipeline with these stages in place of those it had."""
    return await move_pipeline(
        pipeline, "amend", PipelineInput(name_de=pipeline.name_de, name_en=pipeline.name_en, stages=stages)
    )


async def the_stages(pipeline: Pipeline) -> list[Stage]:
    """Its stages in order."""
    return await Stage.filter(pipeline_id=pipeline.id).order_by("position")


def staying(stage: Stage, **changes: Any) -> StageEntry:
    """The entry of a stage that stays, with these changes."""
    facts: dict[str, Any] = {
        "id": stage.id,
        "name_de": stage.name_de,
        "name_en": stage.name_en,
        "color": stage.color,
        "card_limit": stage.card_limit,
        "advances": stage.advances,
    }
    return StageEntry(**(facts | changes))


async def ids_of(pipeline: Pipeline) -> list[UUID]:
    """The ids of its stages in order."""
    return [stage.id for stage in await the_stages(pipeline)]


THREE = ("Geplant", "In Arbeit", "Fertig")


async def enter(case: Case, stage_id: UUID | None, actor: Actor = STAFF, **facts: Any) -> Outcome:
    """Move an order into a stage, or off the board, and read it afresh."""
    return await case.move("enterStage", actor, StageEntryInput(stage_id=stage_id, **facts))
