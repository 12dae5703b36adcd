"""Filters and orders of lists of invoices and of lines."""

from domain.billing.model import HoldCause, InvoiceKind, InvoiceStatus, LineSource, LineStatus
from domain.hidden_reasons import INVOICE_VISIBLE
from domain.search_tables.of_lists import INVOICE_SEARCH, LINE_SEARCH
from schema.declarations.fields import filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.shared.filters import DateFilter, DateTimeFilter, EnumFilter, IdFilter, TextFilter, contains

OF_ORDERS = """{t}.id = ANY(ARRAY(SELECT entry.invoice_id FROM (SELECT l.invoice_id, l.order_id FROM billable_lines l
    UNION ALL SELECT i.id, i.order_id FROM invoices i) entry WHERE {comparison}))"""
OF_NO_ORDER = """({t}.order_id IS NULL AND NOT EXISTS (SELECT 1 FROM billable_lines l
    WHERE l.invoice_id = {t}.id AND l.order_id IS NOT NULL))"""

# Failed jobs are few, and are found once for the whole list.
FAILED_JOBS = "SELECT j.invoice_id FROM document_jobs j WHERE j.state = 'FAILED' AND j.invoice_id IS NOT NULL"
RENDERING_FAILED = f"({{t}}.id IN ({FAILED_JOBS}))"
# The mail with the document failed or came back, and none was sent after it.
UNDELIVERED = """SELECT m.subject_id FROM outbox m JOIN invoices i ON i.id = m.subject_id AND i.number IS NOT NULL
    WHERE m.subject_kind = 'invoice' AND m.recipient_role = 'CUSTOMER' AND (m.state = 'FAILED' OR m.state = 'BOUNCED')
        AND NOT EXISTS (SELECT 1 FROM outbox later WHERE later.subject_kind = 'invoice'
            AND later.subject_id = m.subject_id AND later.recipient_role = 'CUSTOMER' AND later.id > m.id
            AND later.state IN ('PENDING', 'SENT'))"""
WITHOUT_RATE = """SELECT i.id FROM invoices i WHERE i.number IS NULL AND i.status <> 'CANCELED'
    AND i.currency <> 'EUR' AND i.vat_cents <> 0 AND i.exchange_rate IS NULL"""
REFUSED_BY_RULES = """SELECT k.invoice_id FROM invoice_checks k JOIN invoices i ON i.id = k.invoice_id
    WHERE k.findings <> '[]' AND i.number IS NULL AND i.status <> 'CANCELED'"""
# Each is looked up where it is rare, instead of being asked of every invoice.
NEEDS_ATTENTION = f"{{t}}.id IN ({' UNION ALL '.join((UNDELIVERED, WITHOUT_RATE, FAILED_JOBS, REFUSED_BY_RULES))})"
SEARCH = INVOICE_SEARCH.search(f"""{contains("coalesce({t}.number, {t}.provisional_number)")}
    OR EXISTS (SELECT 1 FROM customers c WHERE c.id = {{t}}.customer_id AND {contains("c.legal_name")})
    OR EXISTS (SELECT 1 FROM members m WHERE m.id = {{t}}.member_id AND {contains("m.name")})
    OR EXISTS (SELECT 1 FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
        JOIN orders o ON o.id = l.order_id WHERE x.invoice_id = {{t}}.id
        AND ({contains("o.number")} OR {contains("o.project")}))""")

LINE_SEARCH_CONDITION = LINE_SEARCH.search(f"""{contains("{t}.text")}
    OR EXISTS (SELECT 1 FROM customers c WHERE c.id = {{t}}.customer_id AND {contains("c.legal_name")})
    OR EXISTS (SELECT 1 FROM members m WHERE m.id = {{t}}.member_id AND {contains("m.name")})
    OR EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id
        AND ({contains("o.number")} OR {contains("o.project")}))""")
LINE_DAY = """coalesce({t}.invoice_on,
    ({t}.created_at AT TIME ZONE (SELECT s.zone FROM operator_settings s))::date)"""

IS_ARCHIVED = "EXISTS (SELECT 1 FROM archived_invoices a WHERE a.invoice_id = {t}.id)"


@where_input(description="Which invoices to list; all that is given must hold.")
class InvoiceWhere:
    """The filter of invoice lists."""

    id: IdFilter | None = filter_field(id_prefix="inv", description="By identifier.")
    status: EnumFilter[InvoiceStatus] | None = filter_field(index_prefix=True, description="By where they stand.")
    kind: EnumFilter[InvoiceKind] | None = filter_field(description="Invoices or cancellation invoices.")
    number: TextFilter | None = filter_field(
        "coalesce({t}.number, {t}.provisional_number)", description="By number, or provisional number before."
    )
    member: IdFilter | None = filter_field(
        "{t}.member_id", id_prefix="mem", index_prefix=True, description="By member."
    )
    customer: IdFilter | None = filter_field(
        "{t}.customer_id", id_prefix="cus", index_prefix=True, description="By customer."
    )
    order: IdFilter | None = filter_field(
        "entry.order_id",
        enclosing_condition=OF_ORDERS,
        id_prefix="ord",
        description="Those with something of an order.",
    )
    hold_cause: HoldCause | None = filter_field(
        "{value}::text = ANY({t}.hold_causes)", description="Those on hold for this cause."
    )
    of_no_order: bool | None = filter_field(
        f"{OF_NO_ORDER} = {{value}}", description="Whether nothing on them belongs to an order."
    )
    needs_attention: bool | None = filter_field(
        f"({NEEDS_ATTENTION}) = {{value}}",
        description="Whether finance has to do something: the official rules refuse the draft, its exchange "
        "rate is missing, its files failed, or the mail with them was not delivered.",
    )
    rendering_failed: bool | None = filter_field(
        f"{RENDERING_FAILED} = {{value}}", description="Whether its files could not be made, so that nothing is sent."
    )
    search: str | None = filter_field(
        SEARCH, description="Part of the number, the customer's or member's name, the order's number or project."
    )
    year: int | None = filter_field(
        "extract(year FROM coalesce({t}.issued_on, {t}.invoice_on)) = {value}", description="The year of their date."
    )
    archived: bool | None = filter_field(
        f"({IS_ARCHIVED}) = {{value}}", description="Whether they are archived; a list without any filter has none."
    )
    hidden: bool | None = filter_field(
        f"(NOT ({INVOICE_VISIBLE})) = {{value}}", description="Whether their customer does not see them."
    )
    invoice_on: DateFilter | None = filter_field(description="By planned date.")
    issued_on: DateFilter | None = filter_field(description="By the date of the document.")
    due_on: DateFilter | None = filter_field(description="By the day until which they are payable.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were made.")


INVOICE_SORTS = ordering(
    "Invoice",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was made."),
    INVOICE_ON=sort_key("{t}.invoice_on", "date", description="The planned date."),
    DUE_ON=sort_key(
        "coalesce({t}.due_on, '9999-12-31'::date)", "date", description="Until when it is payable; without a day last."
    ),
    GROSS=sort_key("{t}.net_cents + {t}.vat_cents", "bigint", description="The gross sum."),
    STATUS=sort_key("{t}.status", description="Where it stands, by the name of the state."),
    NUMBER=sort_key("coalesce({t}.number, {t}.provisional_number)", description="The number, or the provisional one."),
)


@where_input(name="LineWhere", description="Which lines to list; all that is given must hold.")
class LineWhere:
    """The filter of line lists."""

    id: IdFilter | None = filter_field(id_prefix="lin", description="By identifier.")
    status: EnumFilter[LineStatus] | None = filter_field(
        index_prefix=True, description="By whether they may be invoiced."
    )
    source: EnumFilter[LineSource] | None = filter_field(description="By what they came from.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")
    invoice: IdFilter | None = filter_field("{t}.invoice_id", id_prefix="inv", description="By invoice.")
    member: IdFilter | None = filter_field("{t}.member_id", id_prefix="mem", description="By member.")
    customer: IdFilter | None = filter_field("{t}.customer_id", id_prefix="cus", description="By customer.")
    composed: bool | None = filter_field(
        "({t}.invoice_id IS NOT NULL) = {value}", description="Whether they are on an invoice."
    )
    invoice_on: DateFilter | None = filter_field(description="By the day their invoice is to be dated.")
    search: str | None = filter_field(
        LINE_SEARCH_CONDITION,
        description="Part of the text, the customer's or member's name, the order's number or project.",
    )
    year: int | None = filter_field(
        f"extract(year FROM {LINE_DAY}) = {{value}}",
        description="The year of the day their invoice is to be dated; of those without one, that of their entry.",
    )


LINE_SORTS = ordering(
    "Line",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was made."),
    INVOICE_ON=sort_key(
        "coalesce({t}.invoice_on, '9999-12-31'::date)",
        "date",
        description="The day its invoice is to be dated; without one last.",
    ),
    CUSTOMER=sort_key(
        "(SELECT c.legal_name FROM customers c WHERE c.id = {t}.customer_id)", description="The name of the customer."
    ),
    NET=sort_key("{t}.net_cents", "bigint", description="The net amount."),
)
