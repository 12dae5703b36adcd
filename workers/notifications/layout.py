"""Layout of all mails: the same texts as plain text and as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
ESCAPED = ("mjml",)
ACCENT_COLOR = "#1f5f6b"
# Characters XML does not allow; joiners and separators that other scripts need stay.
INVALID_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class MessageTexts:
    """All texts of a mail, in its reader's language. `rows` are pairs of label and value, `legal_links` of
    label and address.

    `unsubscribe_url` ends mails of this kind; `unsubscribe_reason` and `unsubscribe_label` are its texts. `logo_url`
    is the operator's logo, which takes the place of their name in the head of the mail.
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
    legal_links: Sequence[tuple[str, str]] = field(default=())
    accent_color: str = ACCENT_COLOR
    logo_url: str = ""
    notes: Sequence[str] = field(default=())
    unsubscribe_url: str = ""
    unsubscribe_reason: str = ""
    unsubscribe_label: str = ""


def render_text(texts: MessageTexts) -> str:
    """Return the plain-text part."""
    return _environment.get_template("message.txt").render(message=texts).strip() + "\n"


def render_html(texts: MessageTexts) -> str:
    """Return the HTML part."""
    source = _environment.get_template("message.mjml").render(message=texts)
    content: str = mrml.to_html(INVALID_XML.sub("", source)).content
    return content


def _line_breaks(text: str) -> Markup:
    """Escape a text for HTML and keep its line breaks."""
    return Markup("<br />").join(escape(line) for line in text.splitlines())


_environment = Environment(
    loader=FileSystemLoader(TEMPLATE_FOLDER),
    autoescape=select_autoescape(enabled_extensions=ESCAPED, default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["breaks"] = _line_breaks
