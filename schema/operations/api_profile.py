"""What members, staff, finance and administrators may move."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.bulk.selection import OrderSearch
from domain.kernel.actors import Role
from domain.orders.scope import ORDERS_SCOPE
from domain.registry import REGISTRY
from schema.compiler.id_query import FilteredList
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.operations.errors import to_error
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere

if TYPE_CHECKING:
    from schema.operations.automations.automation import Automation
    from schema.operations.automations.runs import AutomationRun
    from schema.operations.bulk_operations import BulkOperation
    from schema.operations.client_status.status import ClientStatus
    from schema.operations.client_status.templates import StatusTemplate
    from schema.operations.deliveries import Delivery
    from schema.operations.invoices.billable_lines import BillableLine
    from schema.operations.invoices.invoice import Invoice
    from schema.operations.orders.order import Order
    from schema.operations.orders.templates import OrderTemplate
    from schema.operations.parties import Customer
    from schema.operations.pipelines import Pipeline
    from schema.operations.status_rules import StatusRules
    from schema.operations.timeline import Deadline

AnOrder = Annotated["Order", strawberry.lazy("schema.operations.orders.order")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
ALine = Annotated["BillableLine", strawberry.lazy("schema.operations.invoices.billable_lines")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices.invoice")]
ACustomer = Annotated["Customer", strawberry.lazy("schema.operations.parties")]
AClientStatus = Annotated["ClientStatus", strawberry.lazy("schema.operations.client_status.status")]
ADeadline = Annotated["Deadline", strawberry.lazy("schema.operations.timeline")]
AnAutomation = Annotated["Automation", strawberry.lazy("schema.operations.automations.automation")]
ARun = Annotated["AutomationRun", strawberry.lazy("schema.operations.automations.runs")]

APipeline = Annotated["Pipeline", strawberry.lazy("schema.operations.pipelines")]
ABulkOperation = Annotated["BulkOperation", strawberry.lazy("schema.operations.bulk_operations")]
AStatusTemplate = Annotated["StatusTemplate", strawberry.lazy("schema.operations.client_status.templates")]
AnOrderTemplate = Annotated["OrderTemplate", strawberry.lazy("schema.operations.orders.templates")]
TheStatusRules = Annotated["StatusRules", strawberry.lazy("schema.operations.status_rules")]

ENTITIES: dict[str, Any] = {
    "order": AnOrder,
    "delivery": ADelivery,
    "line": ALine,
    "invoice": AnInvoice,
    "clientStatus": AClientStatus,
    "customer": ACustomer,
    "deadline": ADeadline,
    "automation": AnAutomation,
    "automationRun": ARun,
    "pipeline": APipeline,
    "statusTemplate": AStatusTemplate,
    "statusRules": TheStatusRules,
    "orderTemplate": AnOrderTemplate,
    "clientStatusBulk": ABulkOperation,
    "orderBulk": ABulkOperation,
    "bulkOperation": ABulkOperation,
}
PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    to_error=to_error,
    searchable_lists={OrderSearch: FilteredList(ORDERS_SCOPE, OrderWhere, ORDER_SORTS)},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
