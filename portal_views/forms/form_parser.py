"""Parser of posted forms: text fields become a mutation's input, guided by the inputs that the API describes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from starlette.datastructures import FormData

from portal_views.web.formats import Formats
from portal_views.words.catalogue import translate

LARGEST_INT = 2**31 - 1
# Eight digits without signs between them, or day, month and a year of two or four digits with some.
DATE_PATTERN = r"(\d{1,2})(?:[./\s]\s?|(?=\d{6}$))(\d{1,2})(?:[./\s]\s?|(?=\d{4}$))(\d{4}|\d{2})"
DAY_AND_TIME_PATTERN = r"(.+?)(?:,\s*|\s+)(\d{1,2}:\d{2})"
CENTURY = 2000
DECIMAL_PATTERN = r"-?[0-9]{1,15}(\.[0-9]{1,10})?"
ActionInput = Mapping[str, Any]


class ParseError(Exception):
    """The text is no number, no date or no time; `message_key` is the key of the sentence that says so."""

    def __init__(self, message_key: str) -> None:
        super().__init__(message_key)
        self.message_key = message_key


@dataclass
class FormParser:
    """Parses one form. Nested fields are named `rows-0-text`.

    `errors` holds a sentence for each field that failed, `faults` also one for each required text that is empty: those
    alone do not keep a form from the API, which checks lengths.
    """

    form: FormData
    formats: Formats
    errors: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def parse(self, inputs: Sequence[ActionInput], prefix: str = "") -> dict[str, Any]:
        """The value of every field that was filled in; empty ones are left out, so that their defaults hold.

        A field that would stay as it is when it is left out is null instead, which empties it.
        """
        read = {item["name"]: self._parse_input(item, prefix + item["name"]) for item in inputs}
        emptied = {item["name"] for item in inputs if item.get("unchangedWhenAbsent")}
        return {name: value for name, value in read.items() if value is not None or name in emptied}

    def _parse_input(self, item: ActionInput, name: str) -> Any:
        """An empty text or list goes to the API, which checks lengths; other missing values are errors here."""
        value = self._parse_value(item, name)
        if value is not None or not item["required"] or name in self.errors:
            return value
        if item["isList"] or item["type"] == "STRING":
            if item.get("shortest"):
                self.faults[name] = translate(self.formats.language, "form.missing")
            return [] if item["isList"] else ""
        self._fail(name, "form.missing")
        return None

    def _fail(self, name: str, key: str) -> None:
        self.errors[name] = self.faults[name] = translate(self.formats.language, key)

    def _parse_value(self, item: ActionInput, name: str) -> Any:
        if item["type"] == "OBJECT":
            return self._parse_rows(item, name) or None if item["isList"] else self.parse(item["fields"], f"{name}-")
        if item["type"] == "BOOLEAN":
            return name in self.form
        texts = [text for text in map(clean_text, self.form.getlist(name)) if text.strip()]
        values = [value for text in texts if (value := self._parse_scalar(item["type"], text, name)) is not None]
        if item["isList"]:
            return values if values or _is_emptied(item, name, self.form) else None
        return values[0] if values else None

    def _parse_rows(self, item: ActionInput, name: str) -> list[dict[str, Any]]:
        rows = []
        for number in row_numbers(self.form, name):
            prefix = f"{name}-{number}-"
            if is_filled(self.form, prefix, item["fields"]):
                rows.append(self.parse(item["fields"], prefix))
        return rows

    def _parse_scalar(self, kind: str, text: str, name: str) -> Any:
        try:
            return SCALAR_PARSERS.get(kind, _parse_string)(text, self.formats)
        except ParseError as unreadable:
            self._fail(name, unreadable.message_key)
            return None


def _is_emptied(item: ActionInput, name: str, form: FormData) -> bool:
    """Whether identifiers were offered and none was chosen: their form sends an empty one as well."""
    return bool(item.get("idKind")) and name in form


def clean_text(value: object) -> str:
    """Text with plain line ends and without NUL characters, which no text of the API may hold."""
    return str(value).replace("\0", "").replace("\r\n", "\n")


def row_numbers(form: FormData, name: str) -> list[int]:
    """The numbers of all rows of a nested list, ascending."""
    found = (re.fullmatch(rf"{re.escape(name)}-(\d{{1,3}})-\w+", key) for key in form)
    return sorted({int(match.group(1)) for match in found if match})


def is_filled(form: FormData, prefix: str, fields: Sequence[ActionInput]) -> bool:
    """Return whether a row was filled in; a choice or a field with a default counts only if it is a date."""
    typed = (item for item in fields if item["type"] == "DATE" or (item["type"] != "ENUM" and not item["default"]))
    return any(clean_text(form.get(prefix + item["name"], "")).strip() for item in typed)


def _parse_string(text: str, formats: Formats) -> str:
    return text


def _parse_int(text: str, formats: Formats) -> int:
    if not re.fullmatch(r"\s*-?\d{1,10}\s*", text) or abs(int(text)) > LARGEST_INT:
        raise ParseError("form.no_whole_number")
    return int(text)


def _parse_decimal(text: str, formats: Formats) -> str:
    """A number as the language writes it; a plain 12.50 is accepted in German too."""
    try:
        read = parse_decimal(text.strip(), locale=formats.locale, strict=True)
    except NumberFormatError:
        read = _plain_decimal(text.strip())
    if not read.is_finite() or abs(read.adjusted()) > 14 or not re.fullmatch(DECIMAL_PATTERN, f"{read:f}"):
        raise ParseError("form.no_number")
    return f"{read:f}"


def _plain_decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ParseError("form.no_number") from None


def read_day(text: str) -> date:
    """A day as people write it, the day first: 31.12.2026, 31/12/26, 31122026; or 2026-12-31, as browsers send it.

    Raises `ValueError` for anything else.
    """
    written = re.fullmatch(DATE_PATTERN, text.strip())
    if written is None:
        return date.fromisoformat(text.strip())
    day, month, year = map(int, written.groups())
    return date(year + CENTURY if year < 100 else year, month, day)


def _parse_date(text: str, formats: Formats) -> str:
    try:
        return read_day(text).isoformat()
    except ValueError:
        raise ParseError("form.no_date") from None


def _parse_datetime(text: str, formats: Formats) -> str:
    """An instant in UTC; a text without an offset is local time in the operator's zone: 31.12.2026, 18:00."""
    try:
        written = re.fullmatch(DAY_AND_TIME_PATTERN, text.strip())
        plain = f"{read_day(written[1])}T{written[2]:0>5}" if written else text.strip().replace("Z", "+00:00")
        read = datetime.fromisoformat(plain)
        return (read if read.tzinfo else read.replace(tzinfo=formats.zone)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        raise ParseError("form.no_time") from None


SCALAR_PARSERS: Mapping[str, Callable[[str, Formats], Any]] = {
    "INT": _parse_int,
    "DECIMAL": _parse_decimal,
    "DATE": _parse_date,
    "DATETIME": _parse_datetime,
}
