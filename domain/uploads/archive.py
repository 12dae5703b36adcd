"""All files of a version as one ZIP, made while it is downloaded, in the memory of one portion."""

from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import PurePosixPath

from domain.files.object_store import ObjectStore
from domain.files.zip_stream import STORED, ZipStream
from domain.uploads.finished_files import FinishedFile
from domain.uploads.keys import file_key


async def archive(store: ObjectStore, files: Sequence[FinishedFile], at: datetime) -> AsyncIterator[bytes]:
    """The bytes of the archive. One that fails ends without its list of files, and no program opens it.

    Raises `StorageUnavailable`, and `FileNotFoundError` when a file was removed meanwhile.
    """
    with closing(ZipStream(at)) as written:
        for name, file in zip(distinct_names([file.name for file in files]), files, strict=True):
            async for portion in written.stream(name, await store.open_stream(file_key(file.id)), STORED):
                yield portion
        for portion in written.end():
            yield portion


def distinct_names(names: Sequence[str]) -> Sequence[str]:
    """The names, those numbered that would replace an earlier one where letters of either case are the same."""
    taken, distinct = set[str](), list[str]()
    for name in names:
        path, number, free = PurePosixPath(name), 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        taken.add(free.casefold())
        distinct.append(free)
    return distinct
