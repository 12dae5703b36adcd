"""The rows that a form refers to: ticked one by one, or all that the filter of their list finds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import FormData, QueryParams

from portal_views.forms.form_parser import clean_text
from portal_views.forms.selectable_lists import LISTS, ORDERS, SelectableList
from portal_views.web.formats import Formats
from portal_views.web.identifiers import ID_PATTERN

MAX_SELECTED = 1000
MAX_FILTER_LENGTH = 1000
RETURN_PATHS = re.compile(
    rf"/(board|board/off|(orders|customers)(/{ID_PATTERN.pattern})?|lines|invoices|receivables(/dunning)?)?(\?[^#\s]*)?"
)


@dataclass(frozen=True)
class Selection:
    """`filter` is the query of the list `of` when all that it finds are selected; else `ids` lists them.

    `token` is the selection of the preview that was shown, whose rows are worked on.
    """

    of: SelectableList = ORDERS
    ids: tuple[str, ...] = ()
    filter: str | None = None
    token: str | None = None

    def __bool__(self) -> bool:
        return bool(self.ids) or self.filter is not None

    @property
    def single_id(self) -> str | None:
        """The selected row, if it is exactly one."""
        return self.ids[0] if self.filter is None and len(self.ids) == 1 else None

    def to_input(self, formats: Formats) -> Mapping[str, Any]:
        """The selection as the API's bulk operations take it."""
        if self.token is not None:
            return {"selection": self.token}
        if self.filter is None:
            return {self.of.ids_input: list(self.ids)}
        if self.is_everything(formats):
            return {"all": True}
        return {"where": self.where(formats)}

    def where(self, formats: Formats) -> Mapping[str, Any]:
        """The selection as a filter of its list."""
        if self.filter is None:
            return {"id": {"in": list(self.ids)}}
        return dict(self.of.read_filter(QueryParams(self.filter), formats).where)

    def is_everything(self, formats: Formats) -> bool:
        """Whether all that a list without any filter finds is selected."""
        if self.filter is None:
            return False
        return not self.of.read_filter(QueryParams(self.filter), formats).restricts_something


def posted_selection(form: FormData) -> Selection:
    """The selection of a posted form, without identifiers that cannot be one; of orders unless it says of what."""
    of = LISTS.get(clean_text(form.get("of", "")), ORDERS)
    if form.get("all"):
        return Selection(of, filter=clean_text(form.get("filter", ""))[:MAX_FILTER_LENGTH])
    posted = dict.fromkeys(clean_text(each) for each in form.getlist(of.noun))
    return Selection(of, ids=tuple(each for each in posted if ID_PATTERN.fullmatch(each))[:MAX_SELECTED])


def with_preview_token(selection: Selection, form: FormData, field: str = "selection") -> Selection:
    """The selection, with the token of the preview that a form confirms."""
    token = clean_text(form.get(field, ""))
    return replace(selection, token=token) if ID_PATTERN.fullmatch(token) else selection


def return_path(form: FormData, otherwise: str) -> str:
    """The page that the form says it stands on, if that is a page with such rows; else `otherwise`."""
    return local_return_path(clean_text(form.get("back", ""))) or otherwise


def local_return_path(path: str) -> str | None:
    """The path if it is that of a page with rows to select."""
    return path if RETURN_PATHS.fullmatch(path) else None
