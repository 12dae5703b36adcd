"""The var folder: everything that is written while Werkstand runs, and one supervisor at a time in it."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from workers.errors import CommandError

LOCK_WAIT_SECONDS = 20.0
ENDING = "ending"


def prepare_var_folder(var_dir: Path) -> None:
    """Create the var folder with its log folder; others may pass through it but not list it."""
    try:
        for folder in (var_dir, var_dir / "log"):
            folder.mkdir(parents=True, exist_ok=True)
        probe = var_dir / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
        if var_dir.stat().st_uid == os.geteuid():
            var_dir.chmod(0o711)
    except OSError as problem:
        raise CommandError(
            f"The folder {var_dir} cannot be written ({problem.strerror}): make it writable, "
            "or name another one in WERKSTAND_VAR_DIR."
        ) from None


@contextlib.contextmanager
def supervisor_lock(var_dir: Path) -> Iterator["FolderLock"]:
    """Hold the folder's lock; a second supervisor is refused, one that follows an ending one waits for it."""
    with open(var_dir / "lock", "a+", encoding="utf-8") as file:
        _acquire(file.fileno(), var_dir)
        lock = FolderLock(var_dir / "lock")
        lock.write_state("running")
        yield lock


class FolderLock:
    """The held lock; its note tells the next one whether waiting makes sense."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write_state(self, state: str) -> None:
        self._path.write_text(f"{os.getpid()} {state}\n", encoding="utf-8")


def _acquire(descriptor: int, var_dir: Path) -> None:
    give_up_at = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder, _, state = (var_dir / "lock").read_text(encoding="utf-8").strip().partition(" ")
        if state != ENDING or time.monotonic() > give_up_at:
            raise CommandError(
                f"Werkstand is already running in this folder (process {holder or 'unknown'}): "
                "end that one first, or start this one with another WERKSTAND_VAR_DIR and PORT."
            )
        time.sleep(0.1)


def rotate_log(log: Path, limit: int = 5_000_000) -> None:
    """Move a log that has grown past `limit` bytes aside, so that two generations are kept."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))
