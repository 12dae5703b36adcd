"""Inputs of the moves of pipelines, and of the entry of orders into stages."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of

MAX_STAGES = 30


@dataclass(frozen=True, kw_only=True)
class StageEntry:
    """One stage of a pipeline."""

    id: UUID | None = input_field("The stage that stays; empty for a new one.", id_prefix="stg", default=None)
    name_de: str = input_field("Name of the stage in German, once in a pipeline.", shortest=1, longest=100)
    name_en: str = input_field("Name of the stage in English, once in a pipeline.", shortest=1, longest=100)
    color: str = input_field("Colour of the stage, like #2563eb.", default="#64748b", shortest=7, longest=7)
    card_limit: int | None = input_field(
        "Open orders it is meant to hold; empty for any number.", default=None, least=1, most=10_000
    )
    advances: bool = input_field("Orders go on to the next stage by themselves once their work is done.", default=False)


@dataclass(frozen=True, kw_only=True)
class PipelineInput:
    """All facts of a pipeline, and its stages in order."""

    name_de: str = input_field("Name of the pipeline in German.", shortest=1, longest=100)
    name_en: str = input_field("Name of the pipeline in English.", shortest=1, longest=100)
    position: int = input_field("Its place among the pipelines.", default=1, least=1, most=10_000)
    shows_client_status: bool = input_field("Whether its cards show the client status.", default=True)
    stages: tuple[StageEntry, ...] = input_field("The stages, first to last.", shortest=1, longest=MAX_STAGES)


PipelineAmendment = amendment_of(PipelineInput, "PipelineAmendment")


@dataclass(frozen=True, kw_only=True)
class StageEntryInput:
    """The stage an order enters, and the automations to skip."""

    stage_id: UUID | None = input_field(
        "The stage; empty to take the order off the board.", id_prefix="stg", default=None
    )
    skip_automation_ids: tuple[UUID, ...] = input_field(
        "Automations that are not to run this time.", id_prefix="aut", default=(), longest=100
    )
    despite_limit: bool = input_field("Even when the stage holds as many orders as it is meant to.", default=False)
