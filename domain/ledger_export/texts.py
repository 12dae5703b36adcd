"""Texts of files: what a code page can show, what a field may hold, and what no spreadsheet runs as a formula."""

import re
import unicodedata

CODE_PAGE = "cp1252"
# A spreadsheet would run such a text as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Signs that the field of a document's number takes.
REFERENCE = re.compile(r"[^A-Za-z0-9_$%/-]")
# Letters whose stroke is no accent that could be taken off.
PLAIN_LETTERS = str.maketrans("ŁłĐđĦħŦŧıĿŀ", "LlDdHhTtiLl")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def formula_safe(text: str) -> str:
    """The text with an apostrophe before it where it begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def in_code_page(text: str) -> str:
    """The text in one line, in signs of the code page: letters without their accents, where need be, or a mark."""
    return "".join(map(_shown, CONTROL.sub(" ", text)))


def reference(text: str, longest: int) -> str:
    """The number of a document: other signs become dashes, and none stands at its beginning."""
    return REFERENCE.sub("-", in_code_page(text)).lstrip("-")[:longest]


def _shown(sign: str) -> str:
    for each in (sign, sign.translate(PLAIN_LETTERS), unicodedata.normalize("NFKD", sign)[:1]):
        try:
            each.encode(CODE_PAGE)
        except UnicodeEncodeError:
            continue
        return each
    return "?"
