"""Contents of digests: each client status once, with its values at sending."""

from collections.abc import Iterator, Sequence

from domain.kernel import i18n
from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    parse_date,
    parse_instant,
    value_at,
)

# Few mail servers accept a mail of thousands of rows, and it is too long to read.
MAX_LISTED = 200
MAX_NAMED = 3
Row = tuple[str, str]


def digest_contents(data: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a customer's daily digest, or of a bulk operation's mail, the newest change first."""
    statuses = sorted(data["found"], key=lambda status: status["changedAt"] or "", reverse=True)
    listed = statuses[:MAX_LISTED]
    said: Placeholders = {
        "names": _name_list([status["name"] for status in statuses], context.language),
        "and_more": _and_more(len(listed), len(statuses), context.language),
    }
    table = tuple((status["name"], _change_text(status, context)) for status in listed)
    return MessageContents(placeholders=said, facts=(), path="/", table=table)


def stale_statuses_contents(data: Data, context: MessageContext) -> MessageContents:
    """Return the contents of the staff digest of stale client statuses, the oldest first."""
    orders = sorted(data["found"], key=lambda order: (order["clientStatus"]["changedAt"], order["number"]))
    listed = orders[:MAX_LISTED]
    said: Placeholders = {
        "numbers": _name_list([order["number"] for order in orders], context.language),
        "days": value_at(data, "statusRules", "staleAfterDays"),
        "and_more": _and_more(len(listed), len(orders), context.language),
    }
    table = tuple((order["number"], _stale_text(order, context)) for order in listed)
    return MessageContents(placeholders=said, facts=(), path="/orders", table=table)


def _change_text(status: Data, telling: MessageContext) -> str:
    return "\n".join(_lines_of_change(status, telling))


def _lines_of_change(status: Data, telling: MessageContext) -> Iterator[str]:
    yield status["label"]
    if status["description"]:
        yield status["description"]
    if status["expectedOn"]:
        yield i18n.translate(telling.language, "message.digest.expected_on", day=parse_date(status["expectedOn"]))
    if status["changedAt"]:
        yield _time_line("changed_at", status["changedAt"], telling)
    if number := value_at(status, "order", "number"):
        yield i18n.translate(telling.language, "message.digest.order", number=number)


def _stale_text(order: Data, telling: MessageContext) -> str:
    customer, member = value_at(order, "customer", "legalName"), value_at(order, "member", "name")
    lines = [
        order["project"],
        i18n.translate(telling.language, "message.digest.parties", member=member, customer=customer),
        value_at(order, "clientStatus", "label"),
        _time_line("unchanged_since", value_at(order, "clientStatus", "changedAt"), telling),
    ]
    return "\n".join(line for line in lines if line)


def _time_line(key: str, at: str, telling: MessageContext) -> str:
    return i18n.translate(telling.language, f"message.digest.{key}", zone=telling.zone, instant=parse_instant(at))


def _name_list(names: Sequence[str], language: str) -> str:
    """Return the first few items and the number of the others."""
    if len(names) <= MAX_NAMED:
        return i18n.format_value(names, language)
    rest = i18n.translate(language, "message.digest.more", count=len(names) - MAX_NAMED + 1)
    return i18n.format_value([*names[: MAX_NAMED - 1], rest], language)


def _and_more(shown: int, count: int, language: str) -> str | None:
    return i18n.translate(language, "message.digest.and_more", shown=shown, count=count) if shown < count else None
