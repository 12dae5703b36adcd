"""Memory available to PostgreSQL on this machine or in this container."""

import os
from contextlib import suppress
from pathlib import Path

MEBIBYTE = 1024 * 1024
MIN_SHARED_BUFFERS, MAX_SHARED_BUFFERS = 128 * MEBIBYTE, 1024 * MEBIBYTE
CGROUP_LIMIT_FILE = Path("/sys/fs/cgroup/memory.max")


def shared_buffers() -> str:
    """Return a quarter of the memory, within bounds, so that the working set is read from disk once."""
    there_is = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):
        there_is = min(there_is, int(CGROUP_LIMIT_FILE.read_text(encoding="ascii")))
    return f"{max(MIN_SHARED_BUFFERS, min(MAX_SHARED_BUFFERS, there_is // 4)) // MEBIBYTE}MB"
