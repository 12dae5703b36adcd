"""Queries of pipelines, templates, automations and operations on many rows."""

import strawberry

from domain.automations.run_lifecycle import IS_EXCEPTION
from domain.automations.scope import AUTOMATION_RUNS_SCOPE, AUTOMATIONS_SCOPE
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.client_status.scope import STATUS_RULES_SCOPE
from domain.imports.scope import DATA_IMPORTS_SCOPE
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.pipelines.scope import PIPELINES_SCOPE, STAGES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from schema.declarations.fields import computed, connection, lookup, singleton
from schema.operations.automations.automation import (
    AUTOMATION_SORTS,
    Automation,
    AutomationTrigger,
    AutomationWhere,
    triggers,
)
from schema.operations.automations.runs import RUN_SORTS, AutomationRun, AutomationRunWhere
from schema.operations.bulk.operation import OPERATION_SORTS, BulkOperation, BulkOperationWhere
from schema.operations.client_status.contradictions import ContradictionRule, contradiction_rules
from schema.operations.client_status.templates import (
    STATUS_TEMPLATE_SORTS,
    StatusRules,
    StatusTemplate,
    StatusTemplateWhere,
)
from schema.operations.imports.data_import import (
    IMPORT_COLUMNS,
    IMPORT_SORTS,
    DataImport,
    DataImportWhere,
    ImportColumn,
)
from schema.operations.orders.templates import ORDER_TEMPLATE_SORTS, OrderTemplate, OrderTemplateWhere
from schema.operations.pipelines import PIPELINE_SORTS, Pipeline, PipelineWhere, Stage
from schema.shared.pagination import Connection


@strawberry.type
class WorkflowQueries:
    """Queries of pipelines, templates, automations and operations on many rows."""

    pipeline: Pipeline | None = lookup(PIPELINES_SCOPE, column_name="id", id_prefix="pip", description="One pipeline.")
    pipelines: Connection[Pipeline] = connection(
        PIPELINES_SCOPE,
        filters=PipelineWhere,
        sorts=PIPELINE_SORTS,
        description="The boards, in their order; members see none.",
    )
    stage: Stage | None = lookup(
        STAGES_SCOPE, column_name="id", id_prefix="stg", description="One stage of a pipeline."
    )
    status_template: StatusTemplate | None = lookup(
        STATUS_TEMPLATES_SCOPE, column_name="id", id_prefix="stt", description="One status template."
    )
    status_templates: Connection[StatusTemplate] = connection(
        STATUS_TEMPLATES_SCOPE,
        filters=StatusTemplateWhere,
        sorts=STATUS_TEMPLATE_SORTS,
        default_filter="{t}.state = 'ACTIVE'",
        description="What clients can be told, in the templates' order; retired ones only when `where` asks for them.",
    )
    order_template: OrderTemplate | None = lookup(
        ORDER_TEMPLATES_SCOPE, column_name="id", id_prefix="ort", description="One order template."
    )
    order_templates: Connection[OrderTemplate] = connection(
        ORDER_TEMPLATES_SCOPE,
        filters=OrderTemplateWhere,
        sorts=ORDER_TEMPLATE_SORTS,
        default_filter="{t}.state = 'ACTIVE'",
        description="What orders can begin with; retired ones only when `where` asks for them, never for members.",
    )
    data_import: DataImport | None = lookup(
        DATA_IMPORTS_SCOPE, column_name="id", id_prefix="imp", description="One import; for staff and administrators."
    )
    data_imports: Connection[DataImport] = connection(
        DATA_IMPORTS_SCOPE,
        filters=DataImportWhere,
        sorts=IMPORT_SORTS,
        description="Imported files and those that were checked, the newest first by default.",
    )
    import_columns: list[ImportColumn] = IMPORT_COLUMNS
    status_rules: StatusRules = singleton(
        STATUS_RULES_SCOPE, where="TRUE", description="The rules that hold for all client statuses."
    )
    contradiction_rules: list[ContradictionRule] = computed(
        None, contradiction_rules, description="Which client statuses fit which phase of an order."
    )
    automation: Automation | None = lookup(
        AUTOMATIONS_SCOPE, column_name="id", id_prefix="aut", description="One automation."
    )
    automations: Connection[Automation] = connection(
        AUTOMATIONS_SCOPE,
        filters=AutomationWhere,
        sorts=AUTOMATION_SORTS,
        description="Automations, in the order in which they run.",
    )
    automation_triggers: list[AutomationTrigger] = computed(
        None, triggers, description="The events that an automation may follow."
    )
    automation_run: AutomationRun | None = lookup(
        AUTOMATION_RUNS_SCOPE,
        column_name="id",
        id_prefix="run",
        description="What came of an automation for one order.",
    )
    automation_runs: Connection[AutomationRun] = connection(
        AUTOMATION_RUNS_SCOPE,
        filters=AutomationRunWhere,
        sorts=RUN_SORTS,
        description="What came of automations.",
    )
    automation_exceptions: Connection[AutomationRun] = connection(
        AUTOMATION_RUNS_SCOPE,
        on=IS_EXCEPTION,
        filters=AutomationRunWhere,
        sorts=RUN_SORTS,
        description="What automations could not do and nobody has tried again or dismissed yet, newest first.",
    )
    bulk_operation: BulkOperation | None = lookup(
        BULK_OPERATIONS_SCOPE, column_name="id", id_prefix="blk", description="One operation on many rows."
    )
    bulk_operations: Connection[BulkOperation] = connection(
        BULK_OPERATIONS_SCOPE,
        filters=BulkOperationWhere,
        sorts=OPERATION_SORTS,
        description="Operations on many rows: one's own, all for staff who see every order, the newest first.",
    )
