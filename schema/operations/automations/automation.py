"""Automations as the operator's people see them: their trigger, their conditions and their runs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from domain.automations.model import AutomationAction, AutomationState, ExpectedRule
from domain.automations.scope import AUTOMATION_RUNS_SCOPE, REHEARSALS_SCOPE
from domain.automations.sentence import SentenceFacts, sentence
from domain.automations.triggers import TRIGGERS
from domain.client_status.model import Visibility
from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.pipelines.scope import PIPELINES_SCOPE, STAGES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.automations.rehearsals import REHEARSAL_SORTS, Rehearsal
from schema.operations.automations.runs import RUN_SORTS, AutomationRunWhere
from schema.operations.client_status.templates import KINDS_SEEING_ALL_ORDERS, StatusTemplate
from schema.operations.orders.templates import OrderTemplate
from schema.operations.parties import Customer, Member
from schema.operations.pipelines import Pipeline, Stage
from schema.operations.references import AnAutomationRun
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter, IdFilter, TextFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated


@strawberry.type(description="An event that an automation may follow.")
class AutomationTrigger:
    """An event that an automation may follow."""

    name: str = strawberry.field(description="The event: `delivery.submit`.")
    label: str = strawberry.field(description="What happens then, in the viewer's language.")


def triggers(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[AutomationTrigger]:
    """Every event that an automation may follow, order by order, delivery by delivery."""
    language = context.actor.language
    return [AutomationTrigger(name=name, label=translate(language, f"happened.{name}")) for name in TRIGGERS]


@strawberry.type(description="What follows by itself when something happens to an order, a delivery or an invoice.")
class Automation(Node):
    """A rule that acts by itself after an event."""

    id: strawberry.ID = column(id_prefix="aut", description="The automation's identifier.")
    state: AutomationState = column(description="Whether it runs.")
    state_label: str = translated("status.automationState", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    name: str = column(description="What it is called among colleagues.")
    position: int = column(description="Its place in the order in which automations run.")
    sentence: str = computed(SentenceFacts, sentence, description="All of it in one sentence of the viewer's language.")
    trigger: str = column(description="The event it follows: `delivery.submit`.")
    trigger_label: str = translated("happened", "{t}.trigger", description="That in the viewer's language.")
    stage: Stage | None = to_one(
        STAGES_SCOPE, on="{t}.id = {p}.stage_id", description="The stage whose entry it follows."
    )
    tags: list[str] = column(description="The tags an order must have, all of them.")
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Whose orders it is for."
    )
    member: Member | None = to_one(
        MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="The member whose orders it is for."
    )
    pipeline: Pipeline | None = to_one(
        PIPELINES_SCOPE, on="{t}.id = {p}.pipeline_id", description="The board whose orders it is for."
    )
    order_template: OrderTemplate | None = to_one(
        ORDER_TEMPLATES_SCOPE,
        on="{t}.id = {p}.order_template_id",
        description="The template from which its orders were begun.",
    )
    from_template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on="{t}.id = {p}.from_template_id",
        description="The template an order's client status must have come from.",
    )
    action: AutomationAction = column(description="What it does.")
    action_label: str = translated(
        "status.automationAction", "{t}.action", description="That in the viewer's language."
    )
    template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE, on="{t}.id = {p}.template_id", description="The template it sets."
    )
    visibility: Visibility | None = column(description="Whether the status is shown with the template it sets.")
    expected_rule: ExpectedRule | None = column(description="Which day the client may expect the result.")
    expected_in_days: int | None = column(description="How many calendar days after the event.")
    target_stage: Stage | None = to_one(
        STAGES_SCOPE, on="{t}.id = {p}.target_stage_id", description="The stage it moves orders to."
    )
    created_at: datetime = column(description="When it was written down.")
    runs: Connection[AnAutomationRun] = connection(
        AUTOMATION_RUNS_SCOPE,
        on="{t}.automation_id = {p}.id",
        filters=AutomationRunWhere,
        sorts=RUN_SORTS,
        description="What came of it, newest first, for orders in sight.",
    )
    rehearsed_changes: int | None = column(
        "(SELECT count(*) FROM rehearsals r WHERE r.automation_id = {t}.id)",
        only_for=KINDS_SEEING_ALL_ORDERS,
        description="How much it would have changed, by its last rehearsal, at most 10 000.",
    )
    rehearsal: Connection[Rehearsal] = connection(
        REHEARSALS_SCOPE,
        on="{t}.automation_id = {p}.id",
        sorts=REHEARSAL_SORTS,
        description="What it would have changed in the past, by its last rehearsal, for orders in sight.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("automation")


@where_input(description="Which automations to list; all that is given must hold.")
class AutomationWhere:
    """The filter of automation lists."""

    id: IdFilter | None = filter_field(id_prefix="aut", description="By identifier.")
    state: EnumFilter[AutomationState] | None = filter_field(description="By whether they run.")
    trigger: TextFilter | None = filter_field(description="By the event they follow.")
    action: EnumFilter[AutomationAction] | None = filter_field(description="By what they do.")


AUTOMATION_SORTS = ordering(
    "Automation",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="The order in which they run."),
    NAME=sort_key("{t}.name", description="The name."),
)
