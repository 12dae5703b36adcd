"""The origins of words that search tables share; `ids` is SQL for the rows that are found by them."""

from domain.search_tables.search_table import Change, TextOrigin

OWN = "SELECT id FROM changed"


def own(table: str, *columns: str) -> tuple[TextOrigin, TextOrigin]:
    """The rows of the list themselves: new ones, and those of which one of these columns changes."""
    return (
        TextOrigin(table=table, on=Change.ADDED, ids=OWN),
        TextOrigin(table=table, on=Change.CHANGED, ids=OWN, columns=columns),
    )


def order(ids: str) -> TextOrigin:
    """An order, which other rows are found by."""
    return TextOrigin(table="orders", on=Change.CHANGED, ids=ids, columns=("number", "project"))


def customer(ids: str) -> TextOrigin:
    """A customer, whose name finds other rows."""
    return TextOrigin(table="customers", on=Change.CHANGED, ids=ids, columns=("legal_name",))


def member(ids: str, *columns: str) -> TextOrigin:
    """A member, whose name, or these columns, find other rows."""
    return TextOrigin(table="members", on=Change.CHANGED, ids=ids, columns=columns or ("name",))
