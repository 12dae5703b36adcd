"""JSON text as SQL builds it: fixed text, text that a row adds, and the concatenation of both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_CONCAT_ARGUMENTS = 100
QUALIFIED_NAME = re.compile(r"\w+\.\w+")


@dataclass(frozen=True)
class Fixed:
    """JSON text that is the same for every row."""

    text: str


@dataclass(frozen=True)
class Varying:
    """An SQL expression that gives JSON text; NULL counts as empty text."""

    sql: str


Piece = Fixed | Varying


def json_object(members: Iterable[tuple[str, Iterable[Piece]]]) -> list[Piece]:
    """The pieces of a JSON object, braces included; keys need no escapes."""
    pieces: list[Piece] = []
    for key, value in members:
        pieces += [Fixed(f'{"," if pieces else "{"}"{key}":'), *value]
    return [*(pieces or [Fixed("{")]), Fixed("}")]


def literal(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def parenthesized(sql: str) -> str:
    """The expression, safe to be followed by an operator or a cast."""
    return sql if QUALIFIED_NAME.fullmatch(sql) else f"({sql})"


def concat(pieces: Iterable[Piece]) -> str:
    """One expression for all pieces, nested because a call takes at most 100 arguments."""
    terms = [_term(piece) for piece in _merged(pieces)]
    while len(terms) > MAX_CONCAT_ARGUMENTS:
        terms = [_call(terms[at : at + MAX_CONCAT_ARGUMENTS]) for at in range(0, len(terms), MAX_CONCAT_ARGUMENTS)]
    return _call(terms)


def _merged(pieces: Iterable[Piece]) -> Iterable[Piece]:
    waiting = ""
    for piece in pieces:
        if isinstance(piece, Fixed):
            waiting += piece.text
            continue
        if waiting:
            yield Fixed(waiting)
            waiting = ""
        yield piece
    if waiting:
        yield Fixed(waiting)


def _term(piece: Piece) -> str:
    return literal(piece.text) if isinstance(piece, Fixed) else piece.sql


def _call(terms: list[str]) -> str:
    return f"concat({', '.join(terms)})"
