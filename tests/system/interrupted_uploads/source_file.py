"""A file of any size in which no two places are alike."""

import hashlib
import os
from pathlib import Path

BLOCK_BYTES = 1024 * 1024


def write_source(path: Path, size: int) -> str:
    """Write so many bytes; returns their SHA-256. A block that is lost, doubled or moved changes it."""
    noise, digest = os.urandom(BLOCK_BYTES), hashlib.sha256()
    with path.open("wb") as file:
        for number in range(0, size, BLOCK_BYTES):
            block = (number.to_bytes(8, "big") + noise)[: min(BLOCK_BYTES, size - number)]
            digest.update(block)
            file.write(block)
    return digest.hexdigest()
