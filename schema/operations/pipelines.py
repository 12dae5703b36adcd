"""Pipelines and their stages: the operator's board, with the orders in it as cards."""

from datetime import datetime

import strawberry

from domain.automations.scope import AUTOMATIONS_SCOPE
from domain.automations.triggers import STAGE_ENTERED
from domain.kernel.availability import Availability
from domain.orders.scope import ORDERS_SCOPE
from domain.pipelines.facts import USED_BY
from domain.pipelines.reads import COUNTED_ON_THE_BOARD, ON_THE_BOARD
from domain.pipelines.scope import PIPELINES_SCOPE, STAGES_SCOPE
from schema.declarations.fields import column, connection, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.orders.lists import CARD_SORTS, OrderWhere
from schema.operations.references import AnAutomation, AnOrder, APipeline
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import localized_column, translated

RUN_ON_ENTRY = f"{{t}}.stage_id = {{p}}.id AND {{t}}.trigger = '{STAGE_ENTERED}' AND {{t}}.state = 'ACTIVE'"
CARDS = f"{{t}}.stage_id = {{p}}.id AND {ON_THE_BOARD.replace('{o}', '{t}')}"
OVER_LIMIT = f"""(coalesce({{t}}.card_limit < (SELECT count(*) FROM orders o
    WHERE o.stage_id = {{t}}.id AND {COUNTED_ON_THE_BOARD.replace("{o}", "o")}), FALSE))"""


@strawberry.type(description="One column of a board.")
class Stage(Node):
    """One column of a board."""

    id: strawberry.ID = column(id_prefix="stg", description="The stage's identifier.")
    name: str = column(localized_column("name"), description="Its name in the viewer's language.")
    name_de: str = column(description="Its name in German.")
    name_en: str = column(description="Its name in English.")
    color: str = column(description="Its colour, like `#2563eb`.")
    position: int = column(description="Its place in the pipeline, the first is 1.")
    card_limit: int | None = column(description="How many open orders it is meant to hold; null for any number.")
    over_limit: bool = column(OVER_LIMIT, description="Whether it holds more than that.")
    advances: bool = column(description="Whether an order goes on to the next stage once its work is done.")
    pipeline: APipeline | None = to_one(
        PIPELINES_SCOPE, on="{t}.id = {p}.pipeline_id", description="The pipeline it belongs to."
    )
    automations: list[AnAutomation] = to_many(
        AUTOMATIONS_SCOPE,
        on=RUN_ON_ENTRY,
        order="{t}.position, {t}.id",
        limit=100,
        description="What runs when an order enters it and fits, in the order in which it runs.",
    )
    cards: Connection[AnOrder] = connection(
        ORDERS_SCOPE,
        on=CARDS,
        filters=OrderWhere,
        sorts=CARD_SORTS,
        description="The orders in it that were not put away, those that entered first at the top.",
    )


@strawberry.type(description="A board: stages that orders pass through.")
class Pipeline(Node):
    """A board: stages that orders pass through."""

    id: strawberry.ID = column(id_prefix="pip", description="The pipeline's identifier.")
    name: str = column(localized_column("name"), description="Its name in the viewer's language.")
    name_de: str = column(description="Its name in German.")
    name_en: str = column(description="Its name in English.")
    position: int = column(description="Its place among the pipelines.")
    state: Availability = column(description="Whether orders may enter it.")
    state_label: str = translated("status.availability", "{t}.state", description="That in the viewer's language.")
    shows_client_status: bool = column(description="Whether its cards show what the client is told.")
    stages: list[Stage] = to_many(
        STAGES_SCOPE,
        on="{t}.pipeline_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=30,
        description="Its stages, first to last.",
    )
    used_by: list[str] = column(
        USED_BY, description="Names of the automations and order templates that work with it, in alphabetical order."
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    created_at: datetime = column(description="When it was drawn up.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("pipeline")


@where_input(description="Which pipelines to list; all that is given must hold.")
class PipelineWhere:
    """The filter of pipeline lists."""

    id: IdFilter | None = filter_field(id_prefix="pip", description="By identifier.")
    state: EnumFilter[Availability] | None = filter_field(description="By whether they are in use.")


PIPELINE_SORTS = ordering(
    "Pipeline",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="Their place."),
    NAME=sort_key(localized_column("name"), description="The name in the viewer's language."),
)
