"""Reading a calendar feed by its secret address."""

from uuid import UUID
from zoneinfo import ZoneInfo

from domain.accounts.authentication.credentials import actor_of_account
from domain.calendar_feeds.addresses import read_token
from domain.calendar_feeds.dates import DEADLINES, calendar_dates
from domain.calendar_feeds.document import Feed, calendar_text
from domain.database.pools import read_sessions
from domain.kernel.actors import Role
from domain.kernel.i18n import translate

SELECT_FEED = """SELECT a.id, a.language, a.roles, app_now() AS now, s.zone,
        CASE a.language WHEN 'en' THEN s.name_en ELSE s.name_de END AS operator
    FROM accounts a CROSS JOIN operator_settings s WHERE a.calendar_feed_id = $1 AND a.status = 'ACTIVE'"""
SELECT_FEED_ID = "SELECT calendar_feed_id FROM accounts WHERE id = $1"


async def feed_text(token: str, *, key: bytes, base_url: str) -> bytes | None:
    """The dates of the account behind a token, in all its roles; None for a token that opens nothing (any more)."""
    feed_id = read_token(token, key)
    row = await read_sessions().fetchrow(SELECT_FEED, feed_id) if feed_id else None
    if row is None:
        return None
    dates = []
    for role in (Role(each) for each in row["roles"]):
        actor = await actor_of_account(row["id"], role)
        if actor is not None and role in DEADLINES:
            dates += [(role, each) for each in await calendar_dates(actor)]
    name = translate(row["language"], "calendar.name", operator=row["operator"])
    feed = Feed(name=name, language=row["language"], zone=ZoneInfo(row["zone"]), base_url=base_url, now=row["now"])
    return calendar_text(feed, dates)


async def feed_id_of(account_id: UUID) -> UUID | None:
    """The feed of an account; None where it has none."""
    found: UUID | None = await read_sessions().fetchval(SELECT_FEED_ID, account_id)
    return found
