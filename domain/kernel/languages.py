"""The languages Werkstand speaks, and the customs by which each writes numbers and dates."""

from functools import cache

from babel import Locale

LANGUAGES = ("de", "en")
_LOCALES = {"de": "de", "en": "en_GB"}


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale: English is written the British way, day before month and 24 hours."""
    return Locale.parse(_LOCALES[language])
