"""Spelling of API names in camel case."""


def to_camel_case(snake: str) -> str:
    """`planned_invoices` as the API spells it: `plannedInvoices`."""
    first, *others = snake.split("_")
    return first + "".join(part.capitalize() for part in others)


def capitalize_first(name: str) -> str:
    """The name with a capital first letter, the rest untouched."""
    return name[:1].upper() + name[1:]
