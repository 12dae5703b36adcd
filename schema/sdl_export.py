"""The committed SDL of both schemas: its export, and its comparison with the schemas."""

from pathlib import Path

import strawberry

from schema import operations, portal

FOLDER = Path(__file__).parent / "sdl"
SCHEMAS: dict[str, strawberry.Schema] = {"operations": operations.schema, "portal": portal.schema}


def write() -> list[Path]:
    """Write both files; returns those that changed."""
    stale = check()
    for name in SCHEMAS:
        _file(name).write_text(_text(name), encoding="utf-8")
    return stale


def check() -> list[Path]:
    """The files that differ from the schemas; empty when all are current."""
    return [_file(name) for name in SCHEMAS if not _file(name).exists() or _file(name).read_text() != _text(name)]


def _file(name: str) -> Path:
    return FOLDER / f"{name}.graphql"


def _text(name: str) -> str:
    return f"{SCHEMAS[name].as_str()}\n"
