"""Faults of a file: refusals that name the line and the column."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from domain.kernel import i18n
from domain.kernel.errors import Code, Refusal, Refused, invalid

MAX_NAMED = 100
CONTENT = "content"
_names_all: ContextVar[bool] = ContextVar("names_all", default=False)


@contextmanager
def all_faults_named() -> Iterator[None]:
    """Within this, a refused file names all of its faults, however many there are."""
    token = _names_all.set(True)
    try:
        yield
    finally:
        _names_all.reset(token)


def file_fault(reason: str, **params: object) -> Refused:
    """The whole file cannot be read."""
    return Refused(invalid(reason, CONTENT, **params))


def fault(line: int, column: str, reason: str, /, **params: object) -> Refusal:
    """A fault in one line; `column` is empty where it is about the line as a whole."""
    return located(Refusal(Code.VALIDATION_FAILED, reason, params), line, column)


def located(refusal: Refusal, line: int, column: str) -> Refusal:
    """A refusal of one entry, with its place in the file."""
    place = (str(line), column) if column else (str(line),)
    return Refusal(
        Code.VALIDATION_FAILED,
        refusal.reason,
        {**refusal.params, "file_line": line, "file_column": column},
        (CONTENT, *place),
    )


def raise_any(faults: Iterable[Refusal]) -> None:
    """Raise `Refused` when there are faults: the first hundred by line, and how many there are beyond them.

    Within `all_faults_named` it names all.
    """
    found = sorted(faults, key=_line)
    if found and _names_all.get():
        raise Refused(*found)
    if found:
        more = len(found) - MAX_NAMED
        rest = (invalid("import_more_faults", CONTENT, more=more),) if more > 0 else ()
        raise Refused(*found[:MAX_NAMED], *rest)


def placed_sentence(language: str, sentence: str, params: Mapping[str, object]) -> str:
    """The sentence of a refusal after its place in the file, where it has one."""
    line, column = params.get("file_line"), params.get("file_column")
    if line is None:
        return sentence
    key = "import_place.column" if column else "import_place.line"
    return f"{i18n.translate(language, key, line=str(line), column=column)} {sentence}"


def _line(refusal: Refusal) -> int:
    line = refusal.params["file_line"]
    assert isinstance(line, int)
    return line
