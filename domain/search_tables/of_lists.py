"""The words by which lists of orders, invoices, receivables and lines find their rows."""

from domain.search_tables.search_table import Change, SearchTable, TextOrigin
from domain.search_tables.text_origins import customer, member, order, own

OF_ITEMS = "SELECT DISTINCT invoice_id FROM changed"

ORDER_SEARCH = SearchTable(
    name="order_search",
    key="order_id",
    table="orders",
    text="concat_ws(' ', t.number, t.project, c.legal_name)",
    joined="LEFT JOIN customers c ON c.id = t.customer_id",
    origins=(
        *own("orders", "number", "project", "customer_id"),
        customer("SELECT o.id FROM changed JOIN orders o ON o.customer_id = changed.id"),
    ),
)
INVOICE_SEARCH = SearchTable(
    name="invoice_search",
    key="invoice_id",
    table="invoices",
    text="""concat_ws(' ', coalesce(t.number, t.provisional_number), c.legal_name, m.name,
                (SELECT string_agg(concat_ws(' ', o.number, o.project), ' ') FROM invoice_items x
                    JOIN billable_lines l ON l.id = x.line_id JOIN orders o ON o.id = l.order_id
                    WHERE x.invoice_id = t.id))""",
    joined="LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN members m ON m.id = t.member_id",
    origins=(
        *own("invoices", "number", "customer_id", "member_id"),
        TextOrigin(table="invoice_items", on=Change.ADDED, ids=OF_ITEMS),
        TextOrigin(table="invoice_items", on=Change.REMOVED, ids=OF_ITEMS),
        order(
            """SELECT DISTINCT x.invoice_id FROM changed JOIN billable_lines l ON l.order_id = changed.id
                JOIN invoice_items x ON x.line_id = l.id"""
        ),
        customer("SELECT i.id FROM changed JOIN invoices i ON i.customer_id = changed.id"),
        member("SELECT i.id FROM changed JOIN invoices i ON i.member_id = changed.id"),
    ),
)
# Of an invoice, or imported with an opening balance.
RECEIVABLE_SEARCH = SearchTable(
    name="receivable_search",
    key="receivable_id",
    table="receivables",
    text="concat_ws(' ', i.number, t.opening_number, c.legal_name, m.name)",
    joined="""LEFT JOIN invoices i ON i.id = t.invoice_id LEFT JOIN members m ON m.id = i.member_id
                LEFT JOIN customers c ON c.id = coalesce(i.customer_id, t.customer_id)""",
    origins=(
        *own("receivables", "opening_number", "customer_id"),
        customer(
            """SELECT r.id FROM changed JOIN invoices i ON i.customer_id = changed.id
                JOIN receivables r ON r.invoice_id = i.id
                UNION SELECT r.id FROM changed JOIN receivables r ON r.customer_id = changed.id"""
        ),
        member(
            """SELECT r.id FROM changed JOIN invoices i ON i.member_id = changed.id
                JOIN receivables r ON r.invoice_id = i.id"""
        ),
    ),
)
LINE_SEARCH = SearchTable(
    name="line_search",
    key="line_id",
    table="billable_lines",
    text="concat_ws(' ', t.text, c.legal_name, m.name, o.number, o.project)",
    joined="""LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN members m ON m.id = t.member_id
                LEFT JOIN orders o ON o.id = t.order_id""",
    origins=(
        *own("billable_lines", "text", "customer_id", "member_id", "order_id"),
        order("SELECT l.id FROM changed JOIN billable_lines l ON l.order_id = changed.id"),
        customer("SELECT l.id FROM changed JOIN billable_lines l ON l.customer_id = changed.id"),
        member("SELECT l.id FROM changed JOIN billable_lines l ON l.member_id = changed.id"),
    ),
)
SEARCH_TABLES = (ORDER_SEARCH, INVOICE_SEARCH, RECEIVABLE_SEARCH, LINE_SEARCH)
