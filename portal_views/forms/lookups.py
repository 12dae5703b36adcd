"""Fields that find a row by typing: what was chosen, and what a search finds for those without a script."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, QueryParams

from portal_views.forms.form_parser import clean_text
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext

MOST_FOUND, MOST_CHOSEN = 10, 100
MAX_SEARCH_LENGTH = 100
# The button that searches instead of submitting, and the text to search for beside the field's own name.
FIND, SEARCH_SUFFIX = "find", "-search"

Values = Mapping[str, Sequence[str]]
Posted = FormData | QueryParams


@dataclass(frozen=True, kw_only=True)
class LookupKind:
    """Rows of one kind: `document` lists them as `found`, and `options` makes what one of them offers."""

    document: str
    prefix: str
    options: Callable[[JsonObject], Iterable[JsonObject]]
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """One field as its template shows it; `found` is None while nothing was searched for."""

    kind: str
    chosen: Sequence[JsonObject] = ()
    text: str = ""
    found: Sequence[JsonObject] | None = None


def lookup_option(value: str, label: str, hint: str = "") -> JsonObject:
    """One row as a field that finds rows by typing offers it."""
    return {"value": value, "label": label, "hint": hint}


def _customer(row: JsonObject) -> list[JsonObject]:
    return [lookup_option(row["id"], row["legalName"], f"{row['postcode']} {row['city']}")]


def _contacts(row: JsonObject) -> list[JsonObject]:
    """The customer with each of its contacts, or alone where it has none."""
    return [
        lookup_option(f"{row['id']}|{each['id']}", f"{row['legalName']} – {each['name']}", each["email"] or "")
        for each in row["contacts"]
    ] or [lookup_option(f"{row['id']}|", row["legalName"])]


def _member(row: JsonObject) -> list[JsonObject]:
    return [lookup_option(row["id"], f"{row['name']} ({row['number']})")]


def _account(row: JsonObject) -> list[JsonObject]:
    return [lookup_option(row["id"], row["name"], row["email"])]


def _order(row: JsonObject) -> list[JsonObject]:
    parts = (row["number"], row["project"])
    hint = row["customer"]["legalName"] if row["customer"] else ""
    return [lookup_option(row["id"], " · ".join(part for part in parts if part), hint)]


KINDS: Mapping[str, LookupKind] = {
    "customer": LookupKind(document="find_customers", prefix="cus", options=_customer),
    "contact": LookupKind(document="find_contacts", prefix="cus", options=_contacts),
    "member": LookupKind(document="find_members", prefix="mem", options=_member),
    "account": LookupKind(document="find_accounts", prefix="acc", options=_account),
    "employee": LookupKind(document="find_accounts", prefix="acc", options=_account, where={"role": "STAFF"}),
    "order": LookupKind(document="find_orders", prefix="ord", options=_order),
    "active_order": LookupKind(
        document="find_orders",
        prefix="ord",
        options=_order,
        where={"status": {"in": ["ACTIVE"]}, "archived": False},
    ),
    "claimable_order": LookupKind(
        document="find_orders", prefix="ord", options=_order, where={"status": {"in": ["ACTIVE", "COMPLETED"]}}
    ),
}


async def find_options(context: PageContext, kind: str, text: str) -> list[JsonObject]:
    """What a search of this kind offers, a page at most; without a text the first ones by name."""
    searched = {"search": text} if text else {}
    return await _options(context, KINDS[kind], {**KINDS[kind].where, **searched}, MOST_FOUND)


async def form_lookups(
    context: PageContext, kinds: Mapping[str, str], chosen: Values, posted: Posted | None = None
) -> dict[str, Lookup]:
    """The lookup of each field by its kind: with what was posted, else with the chosen values."""
    found = {}
    for name, kind in kinds.items():
        values = [clean_text(each) for each in posted.getlist(name)] if posted is not None else chosen.get(name, ())
        text = search_text(posted.get(f"{name}{SEARCH_SUFFIX}", "")) if posted is not None else ""
        found[name] = Lookup(
            kind=kind,
            chosen=await _named_options(context, kind, values),
            text=text,
            found=await find_options(context, kind, text) if text else None,
        )
    return found


def search_text(text: object) -> str:
    """What was typed, as the API takes it."""
    return clean_text(text).strip()[:MAX_SEARCH_LENGTH]


def is_search(posted: Posted) -> bool:
    """Whether a form was posted by the button of a lookup, to search and not to submit."""
    return FIND in posted


async def _named_options(context: PageContext, kind: str, values: Sequence[str]) -> list[JsonObject]:
    """The options of these values by their names; values that lead to no row are left out."""
    lookup_kind = KINDS[kind]
    ids = dict.fromkeys(each.partition("|")[0] for each in values)
    known = [each for each in ids if is_id_of(lookup_kind.prefix, each)][:MOST_CHOSEN]
    if not known:
        return []
    found = await _options(context, lookup_kind, {"id": {"in": known}}, len(known))
    return [each for each in found if each["value"] in values]


async def _options(context: PageContext, kind: LookupKind, where: Mapping[str, Any], first: int) -> list[JsonObject]:
    rows = (await context.query(kind.document, where=where, first=first))["found"]["nodes"]
    return [option for row in rows for option in kind.options(row)]
