"""Lazy references to the types of this schema, for types that refer to each other."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

if TYPE_CHECKING:
    from schema.operations.automations.automation import Automation
    from schema.operations.automations.runs import AutomationRun
    from schema.operations.bulk_operations import BulkOperation
    from schema.operations.client_status.status import ClientStatus
    from schema.operations.client_status.templates import StatusRules, StatusTemplate
    from schema.operations.deliveries import Delivery
    from schema.operations.invoices.billable_lines import BillableLine
    from schema.operations.invoices.invoice import Invoice
    from schema.operations.orders.order import Order
    from schema.operations.orders.templates import OrderTemplate
    from schema.operations.parties import Customer
    from schema.operations.pipelines import Pipeline, Stage
    from schema.operations.timeline import Deadline

AnAutomation = Annotated["Automation", strawberry.lazy("schema.operations.automations.automation")]
AnAutomationRun = Annotated["AutomationRun", strawberry.lazy("schema.operations.automations.runs")]
ABillableLine = Annotated["BillableLine", strawberry.lazy("schema.operations.invoices.billable_lines")]
ABulkOperation = Annotated["BulkOperation", strawberry.lazy("schema.operations.bulk_operations")]
AClientStatus = Annotated["ClientStatus", strawberry.lazy("schema.operations.client_status.status")]
ACustomer = Annotated["Customer", strawberry.lazy("schema.operations.parties")]
ADeadline = Annotated["Deadline", strawberry.lazy("schema.operations.timeline")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices.invoice")]
AnOrder = Annotated["Order", strawberry.lazy("schema.operations.orders.order")]
AnOrderTemplate = Annotated["OrderTemplate", strawberry.lazy("schema.operations.orders.templates")]
APipeline = Annotated["Pipeline", strawberry.lazy("schema.operations.pipelines")]
AStage = Annotated["Stage", strawberry.lazy("schema.operations.pipelines")]
TheStatusRules = Annotated["StatusRules", strawberry.lazy("schema.operations.client_status.templates")]
AStatusTemplate = Annotated["StatusTemplate", strawberry.lazy("schema.operations.client_status.templates")]

# The type of each noun that this schema moves, in the order in which its mutations stand.
ENTITIES: dict[str, Any] = {
    "order": AnOrder,
    "delivery": ADelivery,
    "line": ABillableLine,
    "invoice": AnInvoice,
    "clientStatus": AClientStatus,
    "customer": ACustomer,
    "deadline": ADeadline,
    "automation": AnAutomation,
    "automationRun": AnAutomationRun,
    "pipeline": APipeline,
    "statusTemplate": AStatusTemplate,
    "statusRules": TheStatusRules,
    "orderTemplate": AnOrderTemplate,
    "clientStatusBulk": ABulkOperation,
    "orderBulk": ABulkOperation,
    "bulkOperation": ABulkOperation,
}
