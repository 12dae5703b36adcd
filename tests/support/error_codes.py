"""The codes of top-level errors, found where the source of the API writes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("api", "schema/execution", "schema/compiler")


def top_level_codes() -> set[str]:
    """Every code that the API puts into `extensions.code`, read from its source."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return {code for path in files for code in _codes_in(ast.parse(path.read_text("utf-8")))}


def _codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for value in _places_of_codes(node):
            is_certain = isinstance(node, ast.Call | ast.Dict)
            yield from (text for text in _texts(value) if _is_code(text) and (is_certain or "_" in text))


def _places_of_codes(node: ast.AST) -> list[ast.expr]:
    """What a node may write as a code: arguments of an error, entries named `code`, and constants."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if _makes_an_error(name):
            return args
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "code"]
        case ast.Assign(value=value) | ast.Return(value=ast.expr() as value):
            return [value]
        case _:
            return []


def _makes_an_error(name: str) -> bool:
    return "error" in name.lower() or name in {"RequestRefused", "BadRequest", "AccessRefused"}


def _texts(node: ast.expr) -> Iterator[str]:
    yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isupper() and text.replace("_", "").isalpha() and len(text) > len("OPTIONS")
