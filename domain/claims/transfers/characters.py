"""Texts in the characters that every bank of the payment area accepts."""

import re
import unicodedata

REPLACED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": "+"})
# What the area writes where it has nothing to write.
NOTHING = "NOTPROVIDED"
REFUSED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def sepa_text(text: str, longest: int) -> str:
    """The text with letters without accents, other signs as dots, in one line and not longer than a bank takes it.

    A slash at either end or two in a row have a meaning of their own and are left out. It is never empty.
    """
    plain = unicodedata.normalize("NFKD", text.translate(REPLACED))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    line = " ".join(REFUSED.sub(".", " ".join(letters.split())).split())
    return re.sub(r"//+", "/", line)[:longest].strip(" /") or NOTHING
