"""The languages Werkstand speaks, and the customs by which each writes numbers and dates."""

from dataclasses import dataclass
from functools import cache

from babel import Locale

LANGUAGES = ("de", "en")
_LOCALES = {"de": "de", "en": "en_GB"}


@dataclass(frozen=True)
class LocalizedText:
    """A text that people wrote in each language."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.de


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale: English is written the British way, day before month and 24 hours."""
    return Locale.parse(_LOCALES[language])


def country_name(code: str, language: str) -> str:
    """The name of the country with this ISO 3166 code in a language; the code itself where there is no such country."""
    return str(locale_of(language).territories.get(code, code))
