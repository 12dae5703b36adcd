"""What members, staff, finance and administrators may move."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.actions import BOOK
from domain.bulk.selection import OrderSearch
from domain.kernel.actors import Role
from domain.orders.sources import ORDERS_SOURCE
from schema.compiled.matching import FilteredList
from schema.derive.open_actions import OpenActionFields
from schema.derive.surface import ApiProfile
from schema.operations.errors import to_error
from schema.operations.order_lists import ORDER_SORTS, OrderWhere

if TYPE_CHECKING:
    from schema.operations.automation_runs import AutomationRun
    from schema.operations.automations import Automation
    from schema.operations.bulk import BulkOperation
    from schema.operations.client_status import ClientStatus
    from schema.operations.deliveries import Delivery
    from schema.operations.history import Deadline
    from schema.operations.invoices import Invoice
    from schema.operations.lines import BillableLine
    from schema.operations.order_templates import OrderTemplate
    from schema.operations.orders import Order
    from schema.operations.parties import Customer
    from schema.operations.pipelines import Pipeline
    from schema.operations.status_rules import StatusRules
    from schema.operations.status_templates import StatusTemplate

AnOrder = Annotated["Order", strawberry.lazy("schema.operations.orders")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
ALine = Annotated["BillableLine", strawberry.lazy("schema.operations.lines")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices")]
ACustomer = Annotated["Customer", strawberry.lazy("schema.operations.parties")]
AClientStatus = Annotated["ClientStatus", strawberry.lazy("schema.operations.client_status")]
ADeadline = Annotated["Deadline", strawberry.lazy("schema.operations.history")]
AnAutomation = Annotated["Automation", strawberry.lazy("schema.operations.automations")]
ARun = Annotated["AutomationRun", strawberry.lazy("schema.operations.automation_runs")]

APipeline = Annotated["Pipeline", strawberry.lazy("schema.operations.pipelines")]
ABulkOperation = Annotated["BulkOperation", strawberry.lazy("schema.operations.bulk")]
AStatusTemplate = Annotated["StatusTemplate", strawberry.lazy("schema.operations.status_templates")]
AnOrderTemplate = Annotated["OrderTemplate", strawberry.lazy("schema.operations.order_templates")]
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
    registry=BOOK,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    to_error=to_error,
    searchable_lists={OrderSearch: FilteredList(ORDERS_SOURCE, OrderWhere, ORDER_SORTS)},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
