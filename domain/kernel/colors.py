"""Colours as people enter them: a hash sign and six hexadecimal digits, like #2563eb."""

import re

from domain.kernel.errors import Refusal, invalid

COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def color_error(color: str | None, *path: str) -> Refusal | None:
    """The refusal of what is no colour, for the input field that `path` names; nothing for no colour at all."""
    return None if color is None or COLOR.fullmatch(color) else invalid("not_a_color", *path)
