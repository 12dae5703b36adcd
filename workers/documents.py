"""Documents where no queue runs: checks and renderings follow each commit at once, in the process that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from domain.acceptance_records.rendering import document_worker
from domain.engine import after_commit
from domain.engine.after_commit import CommittedChanges
from domain.files.object_store import object_store

# Their moves request checks and documents.
DOCUMENTED_NOUNS = frozenset({"invoice", "line", "customer", "operator", "delivery"})


@contextmanager
def documents_follow_commits(storage_url: Callable[[], str]) -> Iterator[None]:
    """Within the block, all document work of a commit is done before its command returns, in the storage named then."""

    async def work(changes: CommittedChanges) -> None:
        if DOCUMENTED_NOUNS & changes.nouns:
            await document_worker(object_store(storage_url())).work_on_waiting()

    stop = after_commit.subscribe(work)
    try:
        yield
    finally:
        stop()
