"""The one look of all letters: the same words as plain text and as HTML that every mail program shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
ESCAPED = ("mjml",)
# All that XML cannot hold, and nothing that other scripts need to join or part their words.
INVALID_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class MessageTexts:
    """Everything a letter shows, in its reader's language. `rows` are pairs of label and value.

    With `unsubscribe`, an address, the reader can end letters of this kind; `why` and `leave` say so in words.
    """

    language: str
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    rows: Sequence[tuple[str, str]]
    button: str
    url: str
    link_fallback: str
    closing: str
    operator: str
    operator_lines: Sequence[str] = field(default=())
    notes: Sequence[str] = field(default=())
    unsubscribe_url: str = ""
    unsubscribe_reason: str = ""
    unsubscribe_label: str = ""


def render_text(texts: MessageTexts) -> str:
    """The plain part."""
    return _environment.get_template("message.txt").render(message=texts).strip() + "\n"


def render_html(texts: MessageTexts) -> str:
    """The HTML part."""
    source = _environment.get_template("message.mjml").render(message=texts)
    content: str = mrml.to_html(INVALID_XML.sub("", source)).content
    return content


def _line_breaks(text: str) -> Markup:
    """Line breaks people wrote stay line breaks; everything else they wrote is text, never markup."""
    return Markup("<br />").join(escape(line) for line in text.splitlines())


_environment = Environment(
    loader=FileSystemLoader(TEMPLATE_FOLDER),
    autoescape=select_autoescape(enabled_extensions=ESCAPED, default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["breaks"] = _line_breaks
