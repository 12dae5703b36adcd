"""Lazy references to the types of this schema, for types that refer to each other."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

if TYPE_CHECKING:
    from schema.operations.accounts import Account
    from schema.operations.administration.webhooks import WebhookEndpoint, WebhookMessage
    from schema.operations.automations.automation import Automation
    from schema.operations.automations.runs import AutomationRun
    from schema.operations.bank.files import BankFile
    from schema.operations.bank.transactions import BankTransaction
    from schema.operations.budgets.budget import MemberBudget
    from schema.operations.bulk.operation import BulkOperation
    from schema.operations.claims.claim import Claim
    from schema.operations.claims.payment_files import PaymentFile
    from schema.operations.client_status.status import ClientStatus
    from schema.operations.client_status.templates import StatusRules, StatusTemplate
    from schema.operations.deliveries import Delivery
    from schema.operations.files import File
    from schema.operations.imports.data_import import DataImport
    from schema.operations.invoice_runs.run import InvoiceRun
    from schema.operations.invoices.billable_lines import BillableLine
    from schema.operations.invoices.invoice import Invoice
    from schema.operations.invoices.supplements import Supplement
    from schema.operations.messages import Message
    from schema.operations.notifications import UserNotification
    from schema.operations.operator import Operator
    from schema.operations.orders.order import Order
    from schema.operations.orders.templates import OrderTemplate
    from schema.operations.parties import Contact, Customer, Member
    from schema.operations.pipelines import Pipeline, Stage
    from schema.operations.receivables.receivable import Receivable
    from schema.operations.timeline import Deadline

AnAccount = Annotated["Account", strawberry.lazy("schema.operations.accounts")]
AnAutomation = Annotated["Automation", strawberry.lazy("schema.operations.automations.automation")]
AnAutomationRun = Annotated["AutomationRun", strawberry.lazy("schema.operations.automations.runs")]
ABankFile = Annotated["BankFile", strawberry.lazy("schema.operations.bank.files")]
ABankTransaction = Annotated["BankTransaction", strawberry.lazy("schema.operations.bank.transactions")]
AMemberBudget = Annotated["MemberBudget", strawberry.lazy("schema.operations.budgets.budget")]
AClaim = Annotated["Claim", strawberry.lazy("schema.operations.claims.claim")]
APaymentFile = Annotated["PaymentFile", strawberry.lazy("schema.operations.claims.payment_files")]
ABillableLine = Annotated["BillableLine", strawberry.lazy("schema.operations.invoices.billable_lines")]
ABulkOperation = Annotated["BulkOperation", strawberry.lazy("schema.operations.bulk.operation")]
AClientStatus = Annotated["ClientStatus", strawberry.lazy("schema.operations.client_status.status")]
AContact = Annotated["Contact", strawberry.lazy("schema.operations.parties")]
ACustomer = Annotated["Customer", strawberry.lazy("schema.operations.parties")]
ADeadline = Annotated["Deadline", strawberry.lazy("schema.operations.timeline")]
AFile = Annotated["File", strawberry.lazy("schema.operations.files")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.operations.deliveries")]
ADataImport = Annotated["DataImport", strawberry.lazy("schema.operations.imports.data_import")]
AnInvoiceRun = Annotated["InvoiceRun", strawberry.lazy("schema.operations.invoice_runs.run")]
AnInvoice = Annotated["Invoice", strawberry.lazy("schema.operations.invoices.invoice")]
TheOperator = Annotated["Operator", strawberry.lazy("schema.operations.operator")]
AMember = Annotated["Member", strawberry.lazy("schema.operations.parties")]
AMessage = Annotated["Message", strawberry.lazy("schema.operations.messages")]
AUserNotification = Annotated["UserNotification", strawberry.lazy("schema.operations.notifications")]
AnOrder = Annotated["Order", strawberry.lazy("schema.operations.orders.order")]
AnOrderTemplate = Annotated["OrderTemplate", strawberry.lazy("schema.operations.orders.templates")]
APipeline = Annotated["Pipeline", strawberry.lazy("schema.operations.pipelines")]
AReceivable = Annotated["Receivable", strawberry.lazy("schema.operations.receivables.receivable")]
AStage = Annotated["Stage", strawberry.lazy("schema.operations.pipelines")]
TheStatusRules = Annotated["StatusRules", strawberry.lazy("schema.operations.client_status.templates")]
AStatusTemplate = Annotated["StatusTemplate", strawberry.lazy("schema.operations.client_status.templates")]
ASupplement = Annotated["Supplement", strawberry.lazy("schema.operations.invoices.supplements")]
AWebhookEndpoint = Annotated["WebhookEndpoint", strawberry.lazy("schema.operations.administration.webhooks")]
AWebhookMessage = Annotated["WebhookMessage", strawberry.lazy("schema.operations.administration.webhooks")]

# The type of each noun that this schema moves, in the order in which its mutations stand.
ENTITIES: dict[str, Any] = {
    "order": AnOrder,
    "delivery": ADelivery,
    "line": ABillableLine,
    "invoice": AnInvoice,
    "invoiceRun": AnInvoiceRun,
    "receivable": AReceivable,
    "bankFile": ABankFile,
    "bankTransaction": ABankTransaction,
    "memberBudget": AMemberBudget,
    "claim": AClaim,
    "paymentFile": APaymentFile,
    "clientStatus": AClientStatus,
    "customer": ACustomer,
    "contact": AContact,
    "member": AMember,
    "message": AMessage,
    "deadline": ADeadline,
    "automation": AnAutomation,
    "automationRun": AnAutomationRun,
    "pipeline": APipeline,
    "statusTemplate": AStatusTemplate,
    "statusRules": TheStatusRules,
    "orderTemplate": AnOrderTemplate,
    "operator": TheOperator,
    "clientStatusBulk": ABulkOperation,
    "orderBulk": ABulkOperation,
    "lineBulk": ABulkOperation,
    "invoiceBulk": ABulkOperation,
    "claimBulk": ABulkOperation,
    "bulkOperation": ABulkOperation,
    "account": AnAccount,
    "notification": AUserNotification,
    "upload": AFile,
    "dataImport": ADataImport,
    "webhookEndpoint": AWebhookEndpoint,
    "webhookMessage": AWebhookMessage,
}
