"""Identifiers that authorities and banks give out: their spelling and check digits."""

import re

from babel import Locale
from stdnum import iban as ibans
from stdnum.de import stnr
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())
VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def compact(identifier: str) -> str:
    """The identifier in capitals without the blanks, dots and dashes that people write into it."""
    return re.sub(r"[\s.\-]", "", identifier).upper()


def is_iban(text: str) -> bool:
    """Whether a compact text is a bank account number with the right length and check digits for its country."""
    return text.isascii() and bool(ibans.is_valid(text))


def compact_iban(text: str) -> str | None:
    """The compact bank account number; nothing when it is none."""
    found = compact(text)
    return found if is_iban(found) else None


def grouped_iban(text: str) -> str:
    """A bank account number in groups of four, as people read and type it."""
    found = compact(text)
    return " ".join(found[start : start + 4] for start in range(0, len(found), 4))


def is_bic(text: str) -> bool:
    """Whether a compact text has the form of a bank's identifier (ISO 9362)."""
    return BIC.fullmatch(text) is not None


def is_vat_id(text: str) -> bool:
    """Whether a compact text is a VAT identification number; in the EU its check digits count too."""
    if not VAT_ID.fullmatch(text):
        return False
    try:
        vat.validate(text)
    except ValidationError:
        return text[:2].lower() not in vat.MEMBER_STATES and text[:2] != "EL"
    return True


def is_german_tax_number(text: str) -> bool:
    """Whether a text is a German tax number, as an office writes it or in the 13 digits of all offices."""
    return text.isascii() and bool(stnr.is_valid(text))
