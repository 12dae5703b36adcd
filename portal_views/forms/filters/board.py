"""The filters of the board: which values the address may give them, and the API's condition for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from portal_views.web.identifiers import is_id_of
from portal_views.web.pagination import changed_query
from portal_views.words.catalogue import translate

MAX_FILTER_LENGTH = 100
VISIBILITIES = ("SHOWN", "HIDDEN")
NOT_ARCHIVED = {"archived": False}
OPEN_STATES = ("DRAFT", "IN_REVIEW", "AWAITING_CUSTOMER", "ACTIVE", "CANCELLATION_REVIEW")
# A filter of the address that is dropped leaves this behind, so that the board does not begin as it was last seen.
NO_FILTERS = "filters=none"
CLOSED = "closed"
UNKNOWN_ROW = "…"
# `1` is the switch of earlier addresses: late, by much or not.
LATENESS: Mapping[str, Mapping[str, Any]] = {
    "1": {"in": ["LATE", "VERY_LATE"]},
    "LATE": {"in": ["LATE"]},
    "VERY_LATE": {"in": ["VERY_LATE"]},
}


@dataclass(frozen=True, kw_only=True)
class BoardFilter:
    """One parameter of the address. `condition` makes the API's condition on `field` from its value."""

    name: str
    field: str
    condition: Callable[[str], Any]
    is_valid: Callable[[str], bool] = lambda value: True
    is_switch: bool = False
    names_row: bool = False

    def label(self, value: str, options: Mapping[str, str], language: str) -> str:
        """The filter as a sentence part: its name and, unless it is a switch, the label of its value."""
        name = translate(language, f"board.{self.name}")
        return name if self.is_switch else f"{name}: {options.get(value, UNKNOWN_ROW if self.names_row else value)}"


def _equals(value: str) -> Mapping[str, str]:
    return {"eq": value}


def _row(name: str, field: str, prefix: str, condition: Callable[[str], Any] = _equals) -> BoardFilter:
    """A filter by a row of one kind, which the prefix of its identifier names."""

    def is_valid(value: str) -> bool:
        return is_id_of(prefix, value)

    return BoardFilter(name=name, field=field, condition=condition, is_valid=is_valid, names_row=True)


def _text(name: str) -> BoardFilter:
    return BoardFilter(name=name, field=name, condition=lambda value: value)


def _switch(name: str) -> BoardFilter:
    return BoardFilter(name=name, field=name, condition=lambda value: True, is_switch=True)


FILTERS = (
    _text("search"),
    _row("template", "clientStatusTemplate", "stt"),
    _row("member", "member", "mem"),
    _row("customer", "customer", "cus"),
    _row("assignee", "assignedTo", "acc", lambda value: value),
    BoardFilter(name="visibility", field="clientStatus", condition=_equals, is_valid=VISIBILITIES.__contains__),
    _text("tag"),
    BoardFilter(name="late", field="lateness", condition=LATENESS.__getitem__, is_valid=LATENESS.__contains__),
    _switch("stale"),
    _switch("contradicts"),
    BoardFilter(name=CLOSED, field="status", condition=lambda value: None, is_switch=True),
)


@dataclass(frozen=True, kw_only=True)
class ActiveFilter:
    """A filter that is set: its label, and the query without it."""

    label: str
    query_without: str


def board_where(query: QueryParams) -> Mapping[str, Any]:
    """The filters of the address as the API's `where`; invalid values are ignored, and ended orders are left out."""
    values = filter_values(query)
    conditions = {each.field: each.condition(values[each.name]) for each in FILTERS if each.name in values}
    return NOT_ARCHIVED | {"status": {"in": list(OPEN_STATES)}} | conditions


def filter_values(query: QueryParams) -> Mapping[str, str]:
    """The valid values of the filters that the address sets, by name."""
    texts = {each: query.get(each.name, "").replace("\0", "").strip()[:MAX_FILTER_LENGTH] for each in FILTERS}
    return {each.name: text for each, text in texts.items() if text and each.is_valid(text)}


def active_filters(query: QueryParams, options: Mapping[str, Mapping[str, str]], language: str) -> list[ActiveFilter]:
    """The filters that are set, in the order of `FILTERS`."""
    values = filter_values(query)
    return [
        ActiveFilter(
            label=each.label(values[each.name], options.get(each.name, {}), language),
            query_without=changed_query(query, **{each.name: None}) or NO_FILTERS,
        )
        for each in FILTERS
        if each.name in values
    ]
