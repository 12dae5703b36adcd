"""Colours that people chose, made safe to draw with."""

import re

NEUTRAL_COLOR = "#64748b"


def safe_color(text: str | None) -> str:
    """A six-digit colour for an SVG attribute; anything else becomes the neutral one."""
    return text if text and re.fullmatch(r"#[0-9a-fA-F]{6}", text) else NEUTRAL_COLOR
