"""Validators of what the operator says about itself."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Validator
from domain.kernel import identifiers
from domain.kernel.amendments import ABSENT, amended_value
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, invalid
from domain.kernel.languages import LANGUAGES
from domain.kernel.number_format import NumberFormat
from domain.operator.facts import OperatorFacts
from domain.operator.inputs import FeeInput

COLOR = re.compile(r"#[0-9a-fA-F]{6}")
ORDER_PREFIX = re.compile(r"[A-Za-z0-9]{1,8}")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_LOGO_BYTES = 200_000
MAX_LOGO_PIXELS = 2_000


def text_field(name: str, is_valid: Callable[[str], bool], reason: str) -> Validator:
    """The validator of one text: refused with this reason where it is given, not empty, and not valid."""

    def validate(operator: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
        value = getattr(entry, name)
        if value in (ABSENT, None, "") or is_valid(value):
            return None
        return invalid(reason, name)

    return validate


def _is_iban(text: str) -> bool:
    return identifiers.is_iban(identifiers.compact(text))


def _is_vat_id(text: str) -> bool:
    return identifiers.is_vat_id(identifiers.compact(text))


def _is_bic(text: str) -> bool:
    return identifiers.is_bic(identifiers.compact(text))


def is_known_by_tax_office(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    """Section 14 (4) no. 2 UStG: invoices name the VAT id or the tax number."""
    names = ("vat_id", "tax_number")
    values = [amended_value(entry, name, getattr(operator, name, "")) for name in names]
    return None if any(value.strip() for value in values) else invalid("tax_number_missing", "tax_number")


DETAILS = (
    text_field("country", identifiers.COUNTRIES.__contains__, "country_unknown"),
    text_field("email", lambda text: to_ascii(text.strip()) is not None, "email_malformed"),
    text_field("vat_id", _is_vat_id, "vat_id_wrong"),
    text_field("tax_number", identifiers.is_german_tax_number, "tax_number_wrong"),
    text_field("iban", _is_iban, "iban_wrong"),
    text_field("bic", _is_bic, "bic_wrong"),
    is_known_by_tax_office,
)


def very_late_follows_late(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    late, very_late = (
        amended_value(entry, name, getattr(operator, name, 0)) for name in ("late_after_hours", "very_late_after_hours")
    )
    return None if very_late > late else invalid("very_late_before_late", "very_late_after_hours")


RULES = (
    very_late_follows_late,
    text_field("zone", available_timezones().__contains__, "zone_unknown"),
    text_field("language", LANGUAGES.__contains__, "language_unknown"),
)


def formats_are_apart(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    """Two formats are the same, and share one series, or their numbers never meet."""
    texts = [
        amended_value(entry, name, getattr(operator, name, "")) for name in ("invoice_format", "cancellation_format")
    ]
    first, second = map(NumberFormat.parse, texts)
    if first is None or second is None or first == second or first.is_apart_from(second):
        return None
    return invalid("number_formats_overlap", "cancellation_format")


NUMBERS = (
    text_field("order_prefix", lambda text: ORDER_PREFIX.fullmatch(text.strip()) is not None, "order_prefix_malformed"),
    text_field("invoice_format", lambda text: NumberFormat.parse(text) is not None, "number_format_malformed"),
    text_field("cancellation_format", lambda text: NumberFormat.parse(text) is not None, "number_format_malformed"),
    formats_are_apart,
)


def is_color(text: str) -> bool:
    return COLOR.fullmatch(text) is not None


def is_small_png(text: str) -> bool:
    """A PNG in base64 of at most 200 KB and 2 000 pixels a side."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return raw.startswith(PNG_SIGNATURE) and len(raw) <= MAX_LOGO_BYTES and max(_png_sides(raw), default=0) > 0


def _png_sides(raw: bytes) -> Iterator[int]:
    """Width and height from the header, unless one of them is too large or missing."""
    sides = [int.from_bytes(raw[start : start + 4]) for start in (16, 20)] if raw[12:16] == b"IHDR" else []
    if all(0 < side <= MAX_LOGO_PIXELS for side in sides):
        yield from sides


BRANDING = (
    text_field("accent_color", is_color, "color_malformed"),
    text_field("logo", is_small_png, "logo_is_no_small_png"),
)


def fee_is_a_percentage(operator: Any, fee: FeeInput, context: EvaluationContext) -> Refusal | None:
    return None if is_percentage(fee.percent) else invalid("fee_malformed", "percent")


def is_percentage(percent: Decimal) -> bool:
    """From 0 to 100 with at most two decimals."""
    return 0 <= percent <= 100 and percent == percent.quantize(Decimal("0.01"))


def fee_holds_from_today_on(operator: OperatorFacts, fee: FeeInput, context: EvaluationContext) -> Refusal | None:
    """What was submitted has its fee; so a new one cannot hold for days that have passed."""
    if fee.holds_from >= context.today:
        return None
    return invalid("fee_holds_in_the_past", "holds_from", earliest=context.today)
