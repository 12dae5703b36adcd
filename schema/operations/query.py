"""The queries of the operations schema."""

from datetime import datetime

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.automations.run_lifecycle import IS_EXCEPTION
from domain.automations.scope import AUTOMATION_RUNS_SCOPE, AUTOMATIONS_SCOPE
from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.client_status.scope import STATUS_RULES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.operator.scope import OPERATOR_SCOPE
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.pipelines.scope import PIPELINES_SCOPE, STAGES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from domain.timeline import DEADLINES_SCOPE
from schema.declarations.fields import column, computed, connection, embedded, lookup, singleton
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.automations.automation import (
    AUTOMATION_SORTS,
    Automation,
    AutomationTrigger,
    AutomationWhere,
    triggers,
)
from schema.operations.automations.runs import RUN_SORTS, AutomationRun, AutomationRunWhere
from schema.operations.bulk_operations import OPERATION_SORTS, BulkOperation, BulkOperationWhere
from schema.operations.client_status.templates import (
    STATUS_TEMPLATE_SORTS,
    StatusRules,
    StatusTemplate,
    StatusTemplateWhere,
)
from schema.operations.deliveries import DELIVERY_SORTS, Delivery, DeliveryWhere
from schema.operations.invoices.billable_lines import LINE_SORTS, BillableLine, LineWhere
from schema.operations.invoices.invoice import Invoice
from schema.operations.invoices.lists import INVOICE_SORTS, InvoiceWhere
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere
from schema.operations.orders.order import Order
from schema.operations.orders.templates import ORDER_TEMPLATE_SORTS, OrderTemplate, OrderTemplateWhere
from schema.operations.parties import (
    ACCOUNT_SORTS,
    CUSTOMER_SORTS,
    MEMBER_SORTS,
    Account,
    AccountWhere,
    Customer,
    CustomerWhere,
    Member,
    MemberWhere,
    Operator,
)
from schema.operations.pipelines import PIPELINE_SORTS, Pipeline, PipelineWhere, Stage
from schema.operations.timeline import DEADLINE_SORTS, Deadline, DeadlineWhere
from schema.operations.viewer import Viewer
from schema.shared.actions import Beginning
from schema.shared.pagination import Connection


@strawberry.type(description="Where reading begins. What the viewer may not see looks like what does not exist.")
class Query:
    """The root of all queries."""

    now: datetime = column("{now}", description="The instant by which everything here is judged.")
    viewer: Viewer = embedded(description="Who is asking.")
    operator: Operator = singleton(OPERATOR_SCOPE, where="TRUE", description="Who runs this platform.")
    beginnings: list[Beginning] = OPEN_ACTIONS.beginnings()

    order: Order | None = lookup(ORDERS_SCOPE, column_name="id", id_prefix="ord", description="One order.")
    order_by_number: Order | None = lookup(
        ORDERS_SCOPE, column_name="number", description="One order by its number.", argument_description="Its number."
    )
    orders: Connection[Order] = connection(
        ORDERS_SCOPE, filters=OrderWhere, sorts=ORDER_SORTS, description="Orders, the newest first by default."
    )
    delivery: Delivery | None = lookup(DELIVERIES_SCOPE, column_name="id", id_prefix="del", description="One delivery.")
    deliveries: Connection[Delivery] = connection(
        DELIVERIES_SCOPE, filters=DeliveryWhere, sorts=DELIVERY_SORTS, description="Deliveries of all orders."
    )
    line: BillableLine | None = lookup(LINES_SCOPE, column_name="id", id_prefix="lin", description="One billable line.")
    lines: Connection[BillableLine] = connection(
        LINES_SCOPE, filters=LineWhere, sorts=LINE_SORTS, description="Billable lines."
    )
    invoice: Invoice | None = lookup(INVOICES_SCOPE, column_name="id", id_prefix="inv", description="One invoice.")
    invoice_by_number: Invoice | None = lookup(
        INVOICES_SCOPE,
        column_name="number",
        description="One issued invoice by its number.",
        argument_description="The number of the document.",
    )
    invoices: Connection[Invoice] = connection(
        INVOICES_SCOPE, filters=InvoiceWhere, sorts=INVOICE_SORTS, description="Invoices and cancellation invoices."
    )
    customer: Customer | None = lookup(CUSTOMERS_SCOPE, column_name="id", id_prefix="cus", description="One customer.")
    customers: Connection[Customer] = connection(
        CUSTOMERS_SCOPE,
        filters=CustomerWhere,
        sorts=CUSTOMER_SORTS,
        description="Customers; members see those they work with.",
    )
    member: Member | None = lookup(MEMBERS_SCOPE, column_name="id", id_prefix="mem", description="One member.")
    members: Connection[Member] = connection(
        MEMBERS_SCOPE, filters=MemberWhere, sorts=MEMBER_SORTS, description="Members; members see themselves."
    )
    accounts: Connection[Account] = connection(
        ACCOUNTS_SCOPE,
        filters=AccountWhere,
        sorts=ACCOUNT_SORTS,
        description="Accounts: one's own, for employees those of colleagues, for administrators all.",
    )
    deadline: Deadline | None = lookup(DEADLINES_SCOPE, column_name="id", id_prefix="dln", description="One deadline.")
    deadlines: Connection[Deadline] = connection(
        DEADLINES_SCOPE,
        filters=DeadlineWhere,
        sorts=DEADLINE_SORTS,
        description="What happens at its time, of everything in sight.",
    )
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
    status_rules: StatusRules = singleton(
        STATUS_RULES_SCOPE, where="TRUE", description="The rules that hold for all client statuses."
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
        BULK_OPERATIONS_SCOPE, column_name="id", id_prefix="blk", description="One operation on many orders."
    )
    bulk_operations: Connection[BulkOperation] = connection(
        BULK_OPERATIONS_SCOPE,
        filters=BulkOperationWhere,
        sorts=OPERATION_SORTS,
        description="Operations on many orders: one's own, for those who see every order all, the newest first.",
    )
