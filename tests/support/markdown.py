"""The code of a Markdown text: its fenced blocks, and the GraphQL documents within them."""

import re
from dataclasses import dataclass

FENCE = re.compile(r"^```(\w+)[ ]?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTED_DOCUMENT = re.compile(r"""[`"]\s*((?:query|mutation|subscription)\b[^`"]*\{[^`"]*\})\s*[`"]""")
FRAGMENT = re.compile(r'const ORDER = "([^"]*)"')
LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class CodeBlock:
    """One fenced block: `label` is the word behind the language, which says what the block is for."""

    language: str
    label: str
    code: str


def code_blocks(text: str) -> list[CodeBlock]:
    """All fenced blocks, in their order."""
    return [CodeBlock(*match.groups()) for match in FENCE.finditer(text)]


def quoted_documents(code: str) -> list[str]:
    """The GraphQL documents that stand as literals in a program, each with the fragment that it is joined with."""
    fragment = FRAGMENT.search(code)
    text = fragment.group(1) if fragment else ""
    return [match.group(1).replace("${ORDER}", text) for match in QUOTED_DOCUMENT.finditer(code)]


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
