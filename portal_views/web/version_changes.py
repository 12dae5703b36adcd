"""The changes from one version of a delivery to the next: words of its description, its link, its files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

Version = Mapping[str, Any]
FileRow = Mapping[str, Any]
WORDS, LINES = re.compile(r"\s+|[^\s]+"), re.compile(r"[^\n]*\n|[^\n]+")
# Longer texts are compared line by line.
MOST_WORDS = 2_000


class FileChange(StrEnum):
    """What became of a file."""

    SAME = "SAME"
    RENAMED = "RENAMED"
    REPLACED = "REPLACED"
    REMOVED = "REMOVED"
    ADDED = "ADDED"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a text that the other version has, too, or has not."""

    text: str
    is_changed: bool


@dataclass(frozen=True, kw_only=True)
class FilePair:
    """A file of the earlier version and what it is in the later one; None where it is not there."""

    change: FileChange
    before: FileRow | None
    after: FileRow | None


@dataclass(frozen=True, kw_only=True)
class VersionChanges:
    """A version beside the one before it."""

    earlier: Version
    later: Version
    before: Sequence[Piece]
    after: Sequence[Piece]
    files: Sequence[FilePair]

    @property
    def link_changed(self) -> bool:
        return bool((self.earlier["link"] or "") != (self.later["link"] or ""))

    @property
    def text_changed(self) -> bool:
        return any(piece.is_changed for piece in (*self.before, *self.after))

    @property
    def file_counts(self) -> Mapping[FileChange, int]:
        """How many files changed in each way that is a change."""
        found = [pair.change for pair in self.files if pair.change is not FileChange.SAME]
        return {change: found.count(change) for change in FileChange if change in found}


def version_changes(versions: Sequence[Version], number: int) -> VersionChanges | None:
    """The version of this number beside the one before it; None for the first."""
    by_number = {each["number"]: each for each in versions}
    earlier, later = by_number.get(number - 1), by_number.get(number)
    if earlier is None or later is None:
        return None
    before, after = _compared(earlier["description"], later["description"])
    files = _file_pairs(earlier["files"], later["files"])
    return VersionChanges(earlier=earlier, later=later, before=before, after=after, files=files)


def _compared(before: str, after: str) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Both texts in pieces, word by word."""
    pattern = WORDS if max(before.count(" "), after.count(" ")) < MOST_WORDS else LINES
    left, right = pattern.findall(before), pattern.findall(after)
    olds, news = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        olds.append(Piece(text="".join(left[i1:i2]), is_changed=tag != "equal"))
        news.append(Piece(text="".join(right[j1:j2]), is_changed=tag != "equal"))
    return [each for each in olds if each.text], [each for each in news if each.text]


def _file_pairs(before: Sequence[FileRow], after: Sequence[FileRow]) -> Sequence[FilePair]:
    """Files that belong together: those of one hash, then those of one name; the rest was removed or added."""
    olds, pairs, rest = list(before), [], []
    for new in after:
        old = next((each for each in olds if each["sha256"] == new["sha256"]), None)
        if old is None:
            rest.append(new)
            continue
        olds.remove(old)
        change = FileChange.SAME if old["name"] == new["name"] else FileChange.RENAMED
        pairs.append(FilePair(change=change, before=old, after=new))
    for new in rest:
        old = next((each for each in olds if each["name"] == new["name"]), None)
        if old is not None:
            olds.remove(old)
        pairs.append(FilePair(change=FileChange.REPLACED if old else FileChange.ADDED, before=old, after=new))
    return [*pairs, *(FilePair(change=FileChange.REMOVED, before=old, after=None) for old in olds)]
