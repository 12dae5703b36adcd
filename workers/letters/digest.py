"""What a digest says: every client status it speaks of once, as it is when the mail is sent."""

from collections.abc import Iterator, Sequence

from domain.kernel import i18n
from workers.letters.contents import Contents, Data, Said, Telling, below, day, instant

# A mail of thousands of rows is read by nobody and accepted by few mail servers.
MOST_LISTED = 200
MOST_NAMED = 3
Row = tuple[str, str]


def of_changes(data: Data, telling: Telling) -> Contents:
    """A customer's daily summary, the newest change first."""
    statuses = sorted(data["found"], key=lambda status: status["changedAt"] or "", reverse=True)
    listed = statuses[:MOST_LISTED]
    said: Said = {
        "names": _named([status["name"] for status in statuses], telling.language),
        "and_more": _and_more(len(listed), len(statuses), telling.language),
    }
    table = tuple((status["name"], _changed(status, telling)) for status in listed)
    return Contents(said=said, facts=(), page="/", table=table)


def of_stale(data: Data, telling: Telling) -> Contents:
    """Staff's word about client statuses that have not changed for long, the oldest first."""
    orders = sorted(data["found"], key=lambda order: (order["clientStatus"]["changedAt"], order["number"]))
    listed = orders[:MOST_LISTED]
    said: Said = {
        "numbers": _named([order["number"] for order in orders], telling.language),
        "days": below(data, "statusRules", "staleAfterDays"),
        "and_more": _and_more(len(listed), len(orders), telling.language),
    }
    table = tuple((order["number"], _unchanged(order, telling)) for order in listed)
    return Contents(said=said, facts=(), page="/orders", table=table)


def _changed(status: Data, telling: Telling) -> str:
    return "\n".join(_lines_of_change(status, telling))


def _lines_of_change(status: Data, telling: Telling) -> Iterator[str]:
    yield status["label"]
    if status["description"]:
        yield status["description"]
    if status["expectedOn"]:
        yield i18n.translate(telling.language, "letter.digest.expected_on", day=day(status["expectedOn"]))
    if status["changedAt"]:
        yield _when("changed_at", status["changedAt"], telling)
    if number := below(status, "order", "number"):
        yield i18n.translate(telling.language, "letter.digest.order", number=number)


def _unchanged(order: Data, telling: Telling) -> str:
    customer, member = below(order, "customer", "legalName"), below(order, "member", "name")
    lines = [
        order["project"],
        i18n.translate(telling.language, "letter.digest.parties", member=member, customer=customer),
        below(order, "clientStatus", "label"),
        _when("unchanged_since", below(order, "clientStatus", "changedAt"), telling),
    ]
    return "\n".join(line for line in lines if line)


def _when(key: str, at: str, telling: Telling) -> str:
    return i18n.translate(telling.language, f"letter.digest.{key}", zone=telling.zone, instant=instant(at))


def _named(names: Sequence[str], language: str) -> str:
    """The first few of several, and how many more there are."""
    if len(names) <= MOST_NAMED:
        return i18n.format_value(names, language)
    rest = i18n.translate(language, "letter.digest.more", count=len(names) - MOST_NAMED + 1)
    return i18n.format_value([*names[: MOST_NAMED - 1], rest], language)


def _and_more(shown: int, count: int, language: str) -> str | None:
    return i18n.translate(language, "letter.digest.and_more", shown=shown, count=count) if shown < count else None
