"""Placeholders of the operator's own texts of reminders: `{invoice_number}` for the number of the invoice."""

from string import Formatter

PLACEHOLDERS = frozenset(
    {"invoice_number", "customer", "amount", "paid", "charges", "remaining", "due_on", "days_overdue", "pay_until"}
)


def unknown_placeholder(text: str) -> str | None:
    """The first text in braces that is no placeholder, or a single brace; nothing when all are known."""
    try:
        parts = [*Formatter().parse(text)]
    except ValueError:
        return "{" if "{" in text else "}"
    for _, name, wanted_format, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or wanted_format or conversion):
            return f"{{{name}}}"
    return None
