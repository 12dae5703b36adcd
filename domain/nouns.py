"""The nouns of the business, each one folder; what can be derived from them is."""

from domain.acceptance_records.noun import NOUN as ACCEPTANCE_RECORDS
from domain.accounts.noun import NOUN as ACCOUNTS
from domain.automations.noun import NOUN as AUTOMATIONS
from domain.bank.noun import NOUN as BANK
from domain.billing.noun import NOUN as BILLING
from domain.budgets.noun import NOUN as BUDGETS
from domain.bulk.noun import NOUN as BULK
from domain.claims.noun import NOUN as CLAIMS
from domain.client_status.noun import NOUN as CLIENT_STATUS
from domain.contacts.noun import NOUN as CONTACTS
from domain.deliveries.noun import NOUN as DELIVERIES
from domain.imports.noun import NOUN as DATA_IMPORTS
from domain.invoice_runs.noun import NOUN as INVOICE_RUNS
from domain.members.noun import NOUN as MEMBERS
from domain.messages.noun import NOUN as MESSAGES
from domain.operator.noun import NOUN as OPERATOR
from domain.order_templates.noun import NOUN as ORDER_TEMPLATES
from domain.orders.noun import NOUN as ORDERS
from domain.parties.noun import NOUN as PARTIES
from domain.pipelines.noun import NOUN as PIPELINES
from domain.receivables.noun import NOUN as RECEIVABLES
from domain.status_templates.noun import NOUN as STATUS_TEMPLATES
from domain.supplements.noun import NOUN as SUPPLEMENTS
from domain.uploads.noun import NOUN as UPLOADS
from domain.webhooks.noun import NOUN as WEBHOOKS

# Consequences of one event run in this order.
NOUNS = (
    ORDERS,
    DELIVERIES,
    BILLING,
    ACCEPTANCE_RECORDS,
    RECEIVABLES,
    BANK,
    BUDGETS,
    CLAIMS,
    SUPPLEMENTS,
    CLIENT_STATUS,
    PARTIES,
    CONTACTS,
    MEMBERS,
    MESSAGES,
    OPERATOR,
    ACCOUNTS,
    AUTOMATIONS,
    PIPELINES,
    STATUS_TEMPLATES,
    ORDER_TEMPLATES,
    BULK,
    UPLOADS,
    INVOICE_RUNS,
    DATA_IMPORTS,
    WEBHOOKS,
)
