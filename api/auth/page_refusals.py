"""Refusals of sign-in and account pages, in the visitor's language."""

from api.auth.rate_limits import RateLimited
from api.error_responses import translate_params
from domain.kernel import i18n
from domain.kernel.errors import Refused
from portal_views.web.ports.auth import AuthRefusal


def refusal(code: str, language: str) -> AuthRefusal:
    """The refusal with this code."""
    return AuthRefusal(code, i18n.translate(language, f"reason.{code}"))


def translated_refusals(refused: Refused, language: str) -> tuple[AuthRefusal, ...]:
    """The refusals of the domain, each with its remedy where there is one and the field it speaks of."""
    return tuple(
        AuthRefusal(
            each.reason,
            translate_params(language, f"reason.{each.reason}", each.params),
            remedy=_remedy(language, each.reason),
            field="-".join(each.path),
        )
        for each in refused.refusals
    )


def rate_limit_refusal(often: RateLimited, language: str) -> AuthRefusal:
    """The refusal of an attempt that comes too soon."""
    text = i18n.translate(language, "reason.too_many_attempts", seconds=often.seconds)
    return AuthRefusal("too_many_attempts", text, retry_after_seconds=often.seconds)


def _remedy(language: str, reason: str) -> str:
    key = f"remedy.{reason}"
    return i18n.translate(language, key) if i18n.has_translation(language, key) else ""
