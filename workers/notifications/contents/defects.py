"""Defects of a version as messages list them: where they are, and what became of them."""

from collections.abc import Mapping
from typing import Any

from domain.kernel import i18n

Data = Mapping[str, Any]


def named(defect: Data, language: str) -> str:
    """A defect with its file and page, where they were named."""
    page = defect.get("page")
    parts = (defect.get("fileName"), i18n.translate(language, "message.defect.page", number=page) if page else None)
    place = ", ".join(part for part in parts if part)
    return f"• {defect['text']} ({place})" if place else f"• {defect['text']}"


def answered(defect: Data, language: str) -> str:
    """A defect with what the member says about it."""
    corrected = i18n.translate(language, "message.defect.corrected") if defect["corrected"] else None
    said = " – ".join(part for part in (corrected, defect["answer"]) if part)
    return f"{named(defect, language)}: {said}"
