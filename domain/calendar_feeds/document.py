"""A calendar feed as text: one event for each date, with an identifier that stays when the date moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.calendar_feeds.dates import CalendarDate
from domain.kernel import ids
from domain.kernel.actors import Role
from domain.kernel.i18n import translate
from domain.registry import REGISTRY

REFRESH = timedelta(hours=1)
PAGES = {
    "order": "orders",
    "delivery": "deliveries",
    "supplement": "supplements",
    "invoice": "invoices",
    "clientStatus": "work",
}
# Customers have a page of each of these, whether they see the whole order or not.
PAGES_OF_CUSTOMERS = frozenset({"delivery", "supplement", "clientStatus"})


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What a feed is named and written with: `base_url` is the address of the pages, `now` the instant of reading."""

    name: str
    language: str
    zone: ZoneInfo
    base_url: str
    now: datetime


def calendar_text(feed: Feed, dates: Iterable[tuple[Role, CalendarDate]]) -> bytes:
    """The feed in iCalendar format; a date that concerns several roles of the account is in it once."""
    calendar = Calendar()
    calendar.add("prodid", "-//Werkstand//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    known = {_uid(feed, each): _event(feed, role, each) for role, each in dates}
    for event in known.values():
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _event(feed: Feed, role: Role, each: CalendarDate) -> Event:
    event = Event()
    event.add("uid", _uid(feed, each))
    event.add("dtstamp", feed.now.astimezone(UTC))
    day = each.day or (_ending_day(each.at, feed.zone) if each.at else None)
    if day is not None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    elif each.at is not None:
        event.add("dtstart", each.at.astimezone(UTC))
    event.add("summary", _summary(feed.language, each))
    event.add("url", _address(feed, role, each))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(feed: Feed, each: CalendarDate) -> str:
    """The identifier of what the date is about, which does not change when the date does."""
    return f"{each.kind}-{each.subject_id}@{urlsplit(feed.base_url).hostname}"


def _ending_day(at: datetime, zone: ZoneInfo) -> date | None:
    """The day before, for an instant with which a local day begins; else None."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() == time.min else None


def _summary(language: str, each: CalendarDate) -> str:
    key = f"calendar.{each.kind}" if "." not in each.kind else f"deadline.{each.kind}"
    what = translate(language, key)
    return f"{what}: {each.title}" if each.title else what


def _address(feed: Feed, role: Role, each: CalendarDate) -> str:
    """The page of the subject for the role, that of its order where the role has none of the subject."""
    noun, subject = each.subject_kind, each.subject_id
    is_own_page = noun == "invoice" or (role is Role.CUSTOMER and noun in PAGES_OF_CUSTOMERS)
    if not is_own_page and each.order_id is not None:
        noun, subject = "order", each.order_id
    prefix = REGISTRY.lifecycles[noun].id_prefix
    return f"{feed.base_url}/{PAGES[noun]}/{ids.external(prefix, subject)}"
