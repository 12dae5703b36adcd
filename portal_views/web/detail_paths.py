"""The paths of the pages that show one row, found by the prefix of the row's identifier."""

DETAIL_PATHS = {
    "ord": "/orders",
    "cus": "/customers",
    "acc": "/accounts",
    "mem": "/members",
    "lin": "/lines",
    "inv": "/invoices",
    "ivr": "/runs",
    "rcv": "/receivables",
    "bkf": "/bank/files",
    "btx": "/bank/transactions",
    "bud": "/budgets",
    "clm": "/claims",
    "pay": "/payment-files",
    "blk": "/bulk",
    "imp": "/imports",
    "stt": "/setup/templates",
    "aut": "/setup/automations",
    "pip": "/setup/pipelines",
    "ort": "/setup/order-templates",
    "whe": "/settings/webhooks",
}


def detail_path(external_id: str | None) -> str:
    """The path of the page of one row, the first page for a row that cannot be read any more.

    Raises KeyError for a kind of row that has no page of its own.
    """
    return f"{DETAIL_PATHS[external_id[:3]]}/{external_id}" if external_id else "/"
