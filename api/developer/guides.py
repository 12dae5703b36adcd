"""Texts for programmers as pages: headings with anchors, links to files of the repository turned into pages."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from settings import ROOT

GUIDE = "guide"
# By the last part of their path below `/docs`.
FILES: Mapping[str, Path] = {
    GUIDE: ROOT / "docs" / "api.md",
    "webhooks": ROOT / "docs" / "webhooks.md",
    "lifecycles": ROOT / "docs" / "lifecycles.md",
    "changelog": ROOT / "CHANGELOG.md",
}
EXAMPLE_ADDRESS = "http://127.0.0.1:8000"
SDL_LINK = re.compile(r"\.\./schema/sdl/(\w+)\.graphql")


def has_guide(name: str = GUIDE) -> bool:
    """Whether the text is there: it is part of a clone, not of an installed package."""
    return FILES[name].exists()


@cache
def guide(name: str, base_url: str) -> Markup:
    """The text as HTML, with the address of this system. HTML within it is shown as text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(FILES[name].read_text("utf-8").replace(EXAMPLE_ADDRESS, base_url))
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[position + 1].content))
        _rewrite_links(token.children or (), FILES[name].parent)
    markdown.add_render_rule("fence", _fence)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - rendered without HTML.


def _fence(_: object, tokens: Sequence[Token], position: int, *__: object) -> str:
    """A block of code, which the keyboard reaches, because it may be wider than the window."""
    return str(Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(tokens[position].content))


def anchor(title: str) -> str:
    """The anchor of a heading, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _rewrite_links(tokens: Sequence[Token], folder: Path) -> None:
    """Lead to the served SDL and texts; other paths of the repository are no links, because nothing serves them."""
    served = {path: name for name, path in FILES.items()}
    for token in tokens:
        target = str(token.attrGet("href") or "")
        if token.type != "link_open" or target.startswith(("#", "http")):
            continue
        file, _, heading = target.partition("#")
        if sdl := SDL_LINK.fullmatch(target):
            token.attrSet("href", f"/docs/{sdl.group(1)}.graphql")
        elif name := served.get((folder / file).resolve()):
            token.attrSet("href", f"/docs/{name}" + (f"#{heading}" if heading else ""))
        else:
            token.attrs = {"title": target}
