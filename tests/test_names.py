"""The language of the code: standard names and plain docstrings, as the glossary has them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "domain", "portal_views", "schema", "workers")
# Words with a meaning of their own in this code base once; the glossary has the standard term for each.
FORMER_MODULES = frozenset(
    {
        "announce",
        "asked",
        "assembling",
        "beginning",
        "belonging",
        "bodies",
        "book",
        "clientele",
        "collector",
        "composing",
        "creating",
        "desk",
        "doing",
        "door",
        "drafting",
        "enter",
        "entered",
        "entering",
        "entrance",
        "entries",
        "envelope",
        "executing",
        "filled",
        "firing",
        "foreseeing",
        "gate",
        "going_on",
        "handbook",
        "holes",
        "homes",
        "judge",
        "judging",
        "kept",
        "later_letters",
        "mailing",
        "many",
        "matching",
        "moving",
        "noting",
        "origins",
        "patience",
        "performers",
        "proposals",
        "quiet",
        "recognise",
        "refilling",
        "rehearsing",
        "restating",
        "retrying",
        "running",
        "sending",
        "sides",
        "sight",
        "sources",
        "stating",
        "surface",
        "takes",
        "taken",
        "taking",
        "things",
        "unsubscribing",
        "viewing",
        "wording",
        "working",
        "writes",
    }
)
FORMER_CLASSES = frozenset(
    {
        "Asked",
        "Book",
        "Branch",
        "BrokenPromise",
        "Changes",
        "Claimed",
        "Executor",
        "Filling",
        "Happened",
        "Happening",
        "Letter",
        "Misdrawn",
        "Moment",
        "Posting",
        "Parts",
        "Recent",
        "Recogniser",
        "Recognised",
        "Seen",
        "Side",
        "Sight",
        "Situation",
        "Source",
        "StandIns",
        "Surface",
        "View",
        "Whole",
        "Work",
    }
)
BANNED_WORDS = re.compile(
    r"\b(whoever|whatever|whichever|somebody|nobody|anybody|everybody|eyes|deeds?|sight)\b", re.IGNORECASE
)
QUESTION = re.compile(r"(What|Which|Who|Whom|Whose|How|When|Where|Why)\b")


def sources() -> list[Path]:
    """Every Python file of the product, migrations aside."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [ROOT / "settings.py", *(path for path in files if "migrations" not in path.parts)]


def docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every docstring with the line of what it describes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "lineno", 1), text


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_carries_a_former_name() -> None:
    assert [relative(path) for path in sources() if path.stem in FORMER_MODULES] == []


def test_no_class_carries_a_former_name() -> None:
    named = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name in FORMER_CLASSES
    ]

    assert named == []


def test_docstrings_are_plain_english() -> None:
    odd = [
        f"{relative(path)}:{line} {found[0]}"
        for path in sources()
        for line, text in docstrings(ast.parse(path.read_text(encoding="utf-8")))
        if (found := BANNED_WORDS.search(text))
    ]

    assert odd == []


def test_modules_say_what_they_are_and_ask_nothing() -> None:
    odd = []
    for path in sources():
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if path.stat().st_size and (text is None or QUESTION.match(text)):
            odd.append(relative(path))

    assert odd == []


@pytest.mark.parametrize("package", PACKAGES)
def test_folders_can_be_overlooked(package: str) -> None:
    folders: dict[str, int] = {}
    for path in (ROOT / package).rglob("*.py"):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            folders[relative(path.parent)] = folders.get(relative(path.parent), 0) + 1

    assert {folder: count for folder, count in folders.items() if count > 21} == {}
