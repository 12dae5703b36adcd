"""Implementation of the pages' `SitePort`: the operator's settings, one statement each."""

import base64

from domain.database.outages import is_outage
from domain.database.pools import read_sessions
from domain.kernel.languages import LANGUAGES
from portal_views.web.site import LEGAL_TEXTS, Site

SELECT_SITE = """SELECT name_de, name_en, version, logo IS NOT NULL AS has_logo, accent_color, support_contact,
    imprint_de || imprint_en <> '' AS has_imprint, privacy_de || privacy_en <> '' AS has_privacy
    FROM operator_settings"""
SELECT_TEXT = "SELECT coalesce(nullif({name}_{language}, ''), {name}_de || {name}_en) FROM operator_settings"
SELECT_LOGO = "SELECT logo FROM operator_settings"


class SiteReader:
    """Reads the operator's settings for pages; while the database is away, pages show the product's own name."""

    async def site(self) -> Site:
        """Everything but texts and logo."""
        try:
            row = await read_sessions().fetchrow(SELECT_SITE)
        except Exception as fault:
            if not is_outage(fault):
                raise
            return Site()
        assert row is not None
        return Site(
            names={language: row[f"name_{language}"] for language in LANGUAGES},
            version=row["version"],
            has_logo=row["has_logo"],
            accent_color=row["accent_color"],
            legal_texts=tuple(name for name in LEGAL_TEXTS if row[f"has_{name}"]),
            support_contact=row["support_contact"],
        )

    async def legal_text(self, name: str, language: str) -> str:
        """Imprint or privacy notice; the caller names one of `LEGAL_TEXTS` and a known language."""
        assert name in LEGAL_TEXTS
        assert language in LANGUAGES
        text: str = await read_sessions().fetchval(SELECT_TEXT.format(name=name, language=language))
        return text

    async def logo(self) -> bytes | None:
        """The logo as a PNG."""
        stored = await read_sessions().fetchval(SELECT_LOGO)
        return base64.b64decode(stored) if stored else None
