"""The withdrawal notice that the settings form proposes while none is saved: the law's model with the firm's facts."""

from portal_views.web.page_context import JsonObject
from portal_views.words.catalogue import LANGUAGES, translate


def with_proposed_notices(settings: JsonObject) -> JsonObject:
    """The settings with a notice in each language in which none is saved."""
    missing = [language for language in LANGUAGES if not settings[_field(language)]]
    return {**settings, **{_field(language): _proposal(settings, language) for language in missing}}


def proposes_notice(settings: JsonObject) -> bool:
    """Whether a notice is missing in a language."""
    return not all(settings[_field(language)] for language in LANGUAGES)


def _proposal(settings: JsonObject, language: str) -> str:
    reached = [settings[name] for name in ("phone", "email") if settings[name]]
    return translate(
        language,
        "withdrawal.template",
        firm=settings[f"name{language.title()}"],
        reached="".join(f", {each}" for each in reached),
        email=f", {settings['email']}" if settings["email"] else "",
        **{name: settings[name] for name in ("street", "postcode", "city")},
    ).strip()


def _field(language: str) -> str:
    return f"withdrawal{language.title()}"
