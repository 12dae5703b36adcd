"""The text that explains an export to who reads it, in both languages."""

from domain.audit_export.period import Period
from domain.kernel.i18n import translate
from domain.kernel.languages import LANGUAGES


def readme(period: Period) -> bytes:
    """What is in the archive, and how the hashes are computed."""
    values = {"first": period.first_day.isoformat(), "last": period.last_day.isoformat()}
    return "\n\n".join(translate(language, "audit_export.readme", **values) for language in LANGUAGES).encode()
