"""The mails that a dry run would have sent: how many, to how many people, and who reads of it in a daily mail."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.client_status.notices import quiet_period
from domain.engine.unit_of_work import UnitOfWork
from domain.outbox.claims import OF_OPERATION

# No quiet period is longer.
AFTER_QUIET_PERIOD = timedelta(days=2)
SELECT_MAILS = f"""SELECT coalesce(o.account_id, o.contact_id, o.customer_id)::text AS reader, count(*) AS messages,
        o.digest_at IS NOT NULL AS is_daily, {OF_OPERATION} AS is_one_mail
    FROM outbox o LEFT JOIN contacts c ON c.id = o.contact_id
    WHERE o.operation_id = $1 AND coalesce(c.email, '-') <> '' GROUP BY reader, is_daily, is_one_mail"""


@dataclass(frozen=True)
class MailPreview:
    """Readers by the number of their mails apart, those of one mail for all their orders, and those of a daily mail."""

    apart: Mapping[str, int] = field(default_factory=dict)
    together: frozenset[str] = frozenset()
    daily: frozenset[str] = frozenset()

    @property
    def mails(self) -> int:
        return sum(self.apart.values()) + len(self.together)

    @property
    def people(self) -> int:
        return len(self.together | self.apart.keys())

    def __add__(self, other: "MailPreview") -> "MailPreview":
        apart = Counter(self.apart) + Counter(other.apart)
        return MailPreview(apart, self.together | other.together, self.daily | other.daily)


async def count_mails(work: UnitOfWork, operation_id: UUID, ids: Sequence[UUID]) -> MailPreview:
    """Count the mails of this portion, which changed the rows with these ids and which the caller rolls back.

    What a quiet period postpones is published first, as if the period were over.
    """
    context = await work.read_context()
    later = replace(context, now=context.now + AFTER_QUIET_PERIOD)
    orders = {*ids, *(each.order_id for each in work.events if each.order_id)}
    await quiet_period.publish_for_orders(work, [*orders], later)
    rows = await work.connection.execute_query_dict(SELECT_MAILS, [operation_id])
    at_once = [row for row in rows if not row["is_daily"]]
    return MailPreview(
        apart={row["reader"]: row["messages"] for row in at_once if not row["is_one_mail"]},
        together=frozenset(row["reader"] for row in at_once if row["is_one_mail"]),
        daily=frozenset(row["reader"] for row in rows if row["is_daily"]),
    )


def dump(preview: MailPreview) -> dict[str, Any]:
    """The preview as JSON."""
    return {"apart": dict(preview.apart), "together": sorted(preview.together), "daily": sorted(preview.daily)}


def load(stored: Mapping[str, Any]) -> MailPreview:
    """The preview that `dump` wrote; an empty one for an operation without."""
    if not stored:
        return MailPreview()
    return MailPreview(stored["apart"], frozenset(stored["together"]), frozenset(stored["daily"]))
