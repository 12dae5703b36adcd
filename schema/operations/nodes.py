"""The entities of this schema with the tables of their rows, for the fields that find objects of any type."""

from domain.access.administration import AUDIT_SCOPE
from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.automations.scope import AUTOMATION_RUNS_SCOPE, AUTOMATIONS_SCOPE, REHEARSALS_SCOPE
from domain.bank.scope import BANK_FILES_SCOPE, BANK_TRANSACTIONS_SCOPE
from domain.billing.register import REGISTER_SCOPE
from domain.billing.scope import INVOICES_SCOPE, ITEMS_SCOPE, LINES_SCOPE
from domain.budgets.scope import BUDGET_ENTRIES_SCOPE, BUDGETS_SCOPE
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.claims.scope import CLAIMS_SCOPE, PAYMENT_FILES_SCOPE
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE, CLIENT_STATUSES_SCOPE, STATUS_RULES_SCOPE
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERIES_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.imports.scope import DATA_IMPORTS_SCOPE
from domain.invoice_runs.scope import INVOICE_RUNS_SCOPE
from domain.messages.scope import MESSAGES_SCOPE
from domain.operator.scope import OPERATOR_SCOPE
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE, TEMPLATE_INVOICES_SCOPE
from domain.orders.related_scopes import COMMENTS_SCOPE, EVIDENCE_SCOPE, PLANNED_INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.pipelines.scope import PIPELINES_SCOPE, STAGES_SCOPE
from domain.receivables.scope import ENTRIES_SCOPE, RECEIVABLES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from domain.supplements.scope import SUPPLEMENTS_SCOPE
from domain.timeline import DEADLINES_SCOPE, EVENTS_SCOPE, NOTIFICATIONS_SCOPE
from domain.uploads.scope import FILES_SCOPE
from domain.webhooks.scope import WEBHOOK_ATTEMPTS_SCOPE, WEBHOOK_ENDPOINTS_SCOPE, WEBHOOK_MESSAGES_SCOPE
from schema.declarations.nodes import node_sources
from schema.operations.accounts import Account
from schema.operations.administration.audit import AuditEntry
from schema.operations.administration.webhooks import WebhookAttempt, WebhookEndpoint, WebhookMessage
from schema.operations.automations.automation import Automation
from schema.operations.automations.rehearsals import Rehearsal
from schema.operations.automations.runs import AutomationRun
from schema.operations.bank.files import BankFile
from schema.operations.bank.transactions import BankTransaction
from schema.operations.budgets.budget import MemberBudget
from schema.operations.budgets.ledger import BudgetEntry
from schema.operations.bulk.operation import BulkOperation
from schema.operations.claims.claim import Claim
from schema.operations.claims.payment_files import PaymentFile
from schema.operations.client_status.status import ClientStatus, ClientStatusChange
from schema.operations.client_status.templates import StatusRules, StatusTemplate
from schema.operations.deliveries import Delivery, DeliveryVersion
from schema.operations.files import File
from schema.operations.imports.data_import import DataImport
from schema.operations.invoice_runs.run import InvoiceRun
from schema.operations.invoices.billable_lines import BillableLine
from schema.operations.invoices.invoice import Invoice, InvoiceItem
from schema.operations.invoices.register import RegisterEntry
from schema.operations.invoices.supplements import Supplement
from schema.operations.messages import Message
from schema.operations.notifications import UserNotification
from schema.operations.operator import Operator
from schema.operations.orders.order import Order
from schema.operations.orders.parts import Comment, Evidence, PlannedInvoice
from schema.operations.orders.templates import OrderTemplate, TemplateInvoice
from schema.operations.parties import Contact, Customer, Member
from schema.operations.pipelines import Pipeline, Stage
from schema.operations.receivables.receivable import Receivable, ReceivableEntry
from schema.operations.timeline import Deadline, Event
from schema.shared.deliveries.delivery import Defect

NODES = node_sources(
    {
        Order: ORDERS_SCOPE,
        PlannedInvoice: PLANNED_INVOICES_SCOPE,
        Comment: COMMENTS_SCOPE,
        Evidence: EVIDENCE_SCOPE,
        OrderTemplate: ORDER_TEMPLATES_SCOPE,
        TemplateInvoice: TEMPLATE_INVOICES_SCOPE,
        Delivery: DELIVERIES_SCOPE,
        DeliveryVersion: DELIVERY_VERSIONS_SCOPE,
        Defect: DEFECTS_SCOPE,
        File: FILES_SCOPE,
        BillableLine: LINES_SCOPE,
        Supplement: SUPPLEMENTS_SCOPE,
        Invoice: INVOICES_SCOPE,
        InvoiceItem: ITEMS_SCOPE,
        RegisterEntry: REGISTER_SCOPE,
        InvoiceRun: INVOICE_RUNS_SCOPE,
        DataImport: DATA_IMPORTS_SCOPE,
        Receivable: RECEIVABLES_SCOPE,
        ReceivableEntry: ENTRIES_SCOPE,
        BankFile: BANK_FILES_SCOPE,
        BankTransaction: BANK_TRANSACTIONS_SCOPE,
        MemberBudget: BUDGETS_SCOPE,
        BudgetEntry: BUDGET_ENTRIES_SCOPE,
        Claim: CLAIMS_SCOPE,
        PaymentFile: PAYMENT_FILES_SCOPE,
        ClientStatus: CLIENT_STATUSES_SCOPE,
        ClientStatusChange: CLIENT_STATUS_CHANGES_SCOPE,
        StatusTemplate: STATUS_TEMPLATES_SCOPE,
        StatusRules: STATUS_RULES_SCOPE,
        Customer: CUSTOMERS_SCOPE,
        Contact: CONTACTS_SCOPE,
        Member: MEMBERS_SCOPE,
        Account: ACCOUNTS_SCOPE,
        Message: MESSAGES_SCOPE,
        Event: EVENTS_SCOPE,
        Deadline: DEADLINES_SCOPE,
        AuditEntry: AUDIT_SCOPE,
        Automation: AUTOMATIONS_SCOPE,
        AutomationRun: AUTOMATION_RUNS_SCOPE,
        Rehearsal: REHEARSALS_SCOPE,
        BulkOperation: BULK_OPERATIONS_SCOPE,
        Pipeline: PIPELINES_SCOPE,
        Stage: STAGES_SCOPE,
        Operator: OPERATOR_SCOPE,
        UserNotification: NOTIFICATIONS_SCOPE,
        WebhookEndpoint: WEBHOOK_ENDPOINTS_SCOPE,
        WebhookMessage: WEBHOOK_MESSAGES_SCOPE,
        WebhookAttempt: WEBHOOK_ATTEMPTS_SCOPE,
    }
)
